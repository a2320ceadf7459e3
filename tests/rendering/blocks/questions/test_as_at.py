"""What is said of an earlier day, and how it is known."""

from datetime import date
from typing import Any

import pytest

from bot.domain.questions.answers import (
    BodyCounts,
    BodyOverview,
    BodyStanding,
    OverviewRow,
    RecommendationStanding,
    RegionOverview,
    RegisterOverview,
)
from bot.domain.questions.as_it_stood import AsItStood
from bot.domain.refusals.questions import DayToCome, NoSuchBodyThen, NotPublishedYet
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.recommendation import RecommendationKind, RecommendationStatus, Tally
from bot.domain.register.update import Change, UpdateKind
from bot.rendering.blocks.questions import as_at
from bot.rendering.blocks.refusals.refused import refused
from bot.rendering.blocks.refusals.wording import RefusalContext
from bot.rendering.screen import Screen
from tests.cast import REPORT, a_recommendation, an_addressee, an_update, tally_of
from tests.rendering.cases import NOTHING_LATE, of_all
from tests.rendering.screens import assert_valid, buttons, read

LETTER = date(2024, 11, 22)
LOADED = date(2025, 1, 6)
DUE = "due 27 March 2025 (125 days left, 86 working days)"
COUNTS_ALL = (
    "It counts what stands from 22 Nov 2024 or before, whenever it was recorded;"
    " `/recs stalking 15 as known at 22 Nov 2024` counts only what had been recorded by then."
)


def of_15(accepted: int, **facts: Any) -> AsItStood[RecommendationStanding]:
    addressees = of_all(accepted)
    standing = RecommendationStanding(a_recommendation("15"), tally_of(addressees), addressees, LETTER)
    usual: dict[str, Any] = {"known": False, "counted": accepted, "recorded_later": 0}
    return AsItStood(standing, "stalking 15", LETTER, **(usual | facts))


def shown(as_it_stood: AsItStood[RecommendationStanding]) -> Screen:
    made = as_at.recommendation(as_it_stood)
    assert_valid(made)
    return made


def test_the_first_sentence_says_the_day_the_counts_and_what_was_recorded_later() -> None:
    assert shown(of_15(43, recorded_later=43)).text == (
        f"As at 22 November 2024, stalking 15: 43 of 43 accepted, {DUE}; 43 recorded later."
    )
    assert shown(of_15(41, recorded_later=3)).text == (
        f"As at 22 November 2024, stalking 15: 41 of 43 accepted, {DUE}; 3 recorded later."
    )


def test_where_all_had_been_recorded_nothing_is_said_of_later() -> None:
    made = shown(of_15(43))
    assert made.text == f"As at 22 November 2024, stalking 15: 43 of 43 accepted, {DUE}."
    assert read(made)[-1] == COUNTS_ALL


def test_where_nothing_was_known_yet_it_says_since_when_anything_is() -> None:
    made = shown(of_15(0, known=True, begun_on=LOADED))
    assert made.text == (
        f"As known at 22 November 2024, stalking 15: 0 of 43 accepted, {DUE}; nothing had been recorded yet."
    )
    assert read(made)[-1] == (
        "It counts only what had been recorded by the end of 22 November 2024."
        " The first update was recorded on 6 January 2025."
        " `/recs stalking 15 as at 22 Nov 2024` also counts what was recorded later and stands from that day"
        " or before."
    )


def test_what_was_known_needs_no_first_update() -> None:
    made = shown(of_15(41, known=True))
    assert made.text == f"As known at 22 November 2024, stalking 15: 41 of 43 accepted, {DUE}."
    assert "first update" not in read(made)[-1]


def test_below_it_stands_what_the_lookup_of_that_day_says() -> None:
    texts = read(shown(of_15(43)))
    assert "Responses: 43 accepted" in texts
    assert "Progress: 43 not started" in texts


def test_the_buttons_ask_for_the_same_day() -> None:
    assert buttons(shown(of_15(43))) == {
        "Share in channel": "stalking 15 as at 2024-11-22",
        "More": "stalking 15 as at 2024-11-22 page 2",
    }
    assert buttons(shown(of_15(43, known=True)))["More"] == "stalking 15 as known at 2024-11-22 page 2"
    page = as_at.every_body(of_15(43))
    assert_valid(page)
    assert len(read(page)) == 43 + 1
    assert buttons(page) == {"Share in channel": "stalking 15 as at 2024-11-22 page 2"}


def test_what_had_ended_by_then_says_so_first() -> None:
    addressees = of_all(41, live=False)
    recommendation = a_recommendation("15", status=RecommendationStatus.WITHDRAWN)
    standing = RecommendationStanding(recommendation, tally_of(addressees), addressees, LETTER)
    made = shown(AsItStood(standing, "stalking 15", LETTER, known=False, counted=41, recorded_later=0))
    assert made.text == "As at 22 November 2024, stalking 15 is withdrawn: 41 of 43 had accepted."


def test_a_derived_recommendation_has_no_page_of_bodies() -> None:
    sources = tuple((a_recommendation(number), tally_of(of_all(43))) for number in ("15", "16", "25"))
    recommendation = a_recommendation("27", kind=RecommendationKind.DERIVED, derived_from=("15", "16", "25"))
    standing = RecommendationStanding(recommendation, Tally(), (), LETTER, sources)
    made = shown(AsItStood(standing, "stalking 27", LETTER, known=False, counted=129, recorded_later=129))
    assert made.text == "As at 22 November 2024, stalking 27: 129 of 129 answers are in; 129 recorded later."
    assert buttons(made) == {"Share in channel": "stalking 27 as at 2024-11-22"}


def test_a_body_says_how_it_stood() -> None:
    response = an_update(
        UpdateKind.RESPONSE,
        stands_from=LETTER,
        source="the letter",
        changes=(Change("answer", "awaiting", "accepted"),),
    )
    body_standing = BodyStanding(a_recommendation("15"), an_addressee("Kent"), (response,), response, LETTER)
    made = as_at.with_body(
        AsItStood(body_standing, "stalking 15 kent", LETTER, known=False, counted=1, recorded_later=1)
    )
    assert_valid(made)
    assert made.text == (
        f"As at 22 November 2024, stalking 15, Kent: accepted; not started; {DUE}; 1 recorded later."
    )
    assert read(made)[0] == "22 Nov 2024 · accepted (from the letter)"
    assert buttons(made) == {"Share in channel": "stalking 15 kent as at 2024-11-22"}


def test_a_name_with_marks_of_its_own_is_escaped_once() -> None:
    kent = an_addressee("Kent & <Medway>", answer=Answer.AWAITING, stage=Stage.BLOCKED)
    body_standing = BodyStanding(a_recommendation("15"), kent, (), None, LETTER)
    made = as_at.with_body(
        AsItStood(body_standing, "stalking 15 kent", LETTER, known=False, counted=0, recorded_later=0)
    )
    assert_valid(made)
    assert made.text == (
        f"As at 22 November 2024, stalking 15, Kent &amp; &lt;Medway&gt;: awaiting; blocked; {DUE}."
    )


def test_a_report_says_how_its_recommendations_stood() -> None:
    rows = tuple(OverviewRow(a_recommendation(number), tally_of(of_all(43))) for number in ("15", "16"))
    overview = RegisterOverview(
        rows, 2, 0, NOTHING_LATE, None, LETTER, typed="report stalking", report=REPORT
    )
    made = as_at.recommendations(
        AsItStood(overview, "report stalking", LETTER, known=False, counted=86, recorded_later=86)
    )
    assert_valid(made)
    assert made.text == (
        "As at 22 November 2024, stalking, 2 live recommendations: 43 of 43 accepted each;"
        " no deadline is ahead; 86 recorded later."
    )
    assert buttons(made) == {"Share in channel": "report stalking as at 2024-11-22"}


def test_several_recommendations_are_named_in_the_first_sentence() -> None:
    rows = tuple(OverviewRow(a_recommendation(number), tally_of(of_all(43))) for number in ("15", "16"))
    typed = "status stalking 15 stalking 16"
    overview = RegisterOverview(rows, 2, 0, NOTHING_LATE, None, LETTER, typed=typed, chosen=True)
    made = as_at.recommendations(
        AsItStood(overview, typed, LETTER, known=False, counted=86, recorded_later=86)
    )
    assert_valid(made)
    assert made.text == (
        "As at 22 November 2024, stalking 15 and 16: 43 of 43 accepted each;"
        " no deadline is ahead; 86 recorded later."
    )
    assert buttons(made) == {"Share in channel": f"{typed} as at 2024-11-22"}


def test_a_region_says_how_its_bodies_stood() -> None:
    rows = ((a_recommendation("15"), (an_addressee("Gwent"), an_addressee("South Wales"))),)
    region_overview = RegionOverview(
        "Wales", ("Gwent", "South Wales"), rows, BodyCounts(), None, LETTER, typed="region Wales"
    )
    made = as_at.region(
        AsItStood(region_overview, "region Wales", LETTER, known=True, counted=2, recorded_later=0)
    )
    assert_valid(made)
    assert made.text == ("As known at 22 November 2024, Wales, 2 bodies: 2 of 2 accepted; nothing is owed.")
    assert buttons(made) == {"Share in channel": "region Wales as known at 2024-11-22"}


def test_a_body_across_recommendations_keeps_its_capital() -> None:
    body_overview = BodyOverview("Kent", (), BodyCounts(), None, LETTER, typed="body kent")
    made = as_at.body(AsItStood(body_overview, "body kent", LETTER, known=False, counted=0, recorded_later=0))
    assert_valid(made)
    assert made.text == "As at 22 November 2024, Kent: no live recommendation is addressed to it."


@pytest.mark.parametrize(
    ("refusal", "first", "then"),
    [
        (
            DayToCome(date(2026, 1, 1)),
            "1 January 2026 is still to come, so nobody knows how it will stand.",
            "Ask for today or an earlier day.",
        ),
        (
            NotPublishedYet("stalking 15", date(2024, 1, 1), date(2024, 9, 27)),
            "Stalking 15 was published on 27 September 2024, so as at 1 January 2024"
            " there is nothing to show.",
            "Ask for 27 September 2024 or a later day.",
        ),
        (
            NoSuchBodyThen("Kent", date(2012, 1, 1), first_day=date(2012, 11, 22)),
            "Kent was not a policing body on 1 January 2012.",
            "It began on 22 November 2012.",
        ),
        (
            NoSuchBodyThen("Kent", date(2026, 5, 8), date(2012, 11, 22), date(2026, 5, 6)),
            "Kent was not a policing body on 8 May 2026.",
            "Its last day was 6 May 2026.",
        ),
    ],
)
def test_a_day_without_a_state_is_refused_in_words(refusal: Refusal, first: str, then: str) -> None:
    made = refused(refusal, RefusalContext("15 as at 1 Jan 2026"))
    assert_valid(made)
    assert made.text == first
    assert read(made) == [then, "You typed: 15 as at 1 Jan 2026"]
