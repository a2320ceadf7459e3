from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.messages.delivery import Payload
from bot.domain.messages.reminders import (
    MOST_LINES,
    Absence,
    Chased,
    Chasing,
    Leaver,
    NotReminded,
    Owed,
    Reminder,
    Snoozed,
)
from bot.domain.register.addressee import Answer, LatestUpdate, Stage
from bot.domain.register.recommendation import Report
from bot.domain.values import replace
from bot.rendering.blocks.messages import reminder as blocks
from bot.rendering.screen import Screen
from bot.standin.examination import examine
from tests.cast import REPORT, a_recommendation, an_addressee
from tests.rendering.screens import assert_valid, read

KEY = "reminder:T0HOME:U0KIM:2025-03-20"
TODAY = date(2025, 3, 20)
LATEST = LatestUpdate(
    131,
    "progress",
    "T0HOME",
    "U0KIM",
    datetime(2025, 3, 10, 10, 4, tzinfo=UTC),
    "two ISACs start in April",
    False,
)


def owed(number: str = "15", body_name: str = "Kent", asked_until: date | None = None, **facts: Any) -> Owed:
    return Owed(a_recommendation(number), an_addressee(body_name, number, **facts), asked_until)


def a_reminder(*owed: Owed, more: int = 0, snoozed: int = 0) -> Reminder:
    bodies = tuple(sorted({row.addressee.body_name for row in owed}))
    return Reminder(bodies, owed, len(owed) + more, snoozed, TODAY)


def message(reminder: Reminder) -> Screen:
    """As a person sees it, once Slack would have taken it."""
    return as_screen(blocks.reminder_message(reminder, KEY))


def as_screen(payload: Payload) -> Screen:
    assert examine(dict(payload)) == []
    shown = Screen(payload["text"], tuple(payload["blocks"]))
    assert_valid(shown)
    return shown


def text_of(*owed: Owed) -> str:
    return message(a_reminder(*owed)).text


def test_the_first_sentence_says_how_much_is_open_and_what_is_due_next() -> None:
    late = owed(due_on=date(2025, 3, 13))
    assert text_of(owed(), owed("25")) == (
        "Kent has 2 recommendations open. The next is due on 27 March 2025, in 7 days."
    )
    assert text_of(owed()) == "Kent has 1 recommendation open, due on 27 March 2025, in 7 days."
    assert text_of(owed(), owed(body_name="Surrey")) == (
        "Kent and Surrey have 2 recommendations open. The next is due on 27 March 2025, in 7 days."
    )
    assert text_of(late, owed("16")) == (
        "Kent has 2 recommendations open. The oldest is overdue by 7 days."
        " The next is due on 27 March 2025, in 7 days."
    )
    assert text_of(late) == "Kent has 1 recommendation open, overdue by 7 days (due on 13 March 2025)."
    assert text_of(owed(due_on=None)) == "Kent has 1 recommendation open, without a deadline."
    assert text_of(owed(due_on=None), owed("16", due_on=None)) == (
        "Kent has 2 recommendations open. None has a deadline."
    )


def test_before_a_deadline_it_says_what_is_due_then() -> None:
    eve = replace(a_reminder(owed(due_on=date(2025, 3, 21))), is_eve=True)
    assert message(eve).text == "Kent has 1 recommendation due tomorrow, on 21 March 2025."
    after_easter = replace(a_reminder(owed(due_on=date(2025, 3, 24)), owed("16")), is_eve=True)
    assert message(after_easter).text == "Kent has 2 recommendations due in 4 days, on 24 March 2025."


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (owed(), "Not started, no news yet · due on 27 March 2025, in 7 days"),
        (
            owed(due_on=date(2025, 3, 13)),
            "Not started, no news yet · overdue by 7 days (due on 13 March 2025, was 27 March 2025)",
        ),
        (
            owed(stage=Stage.BLOCKED, asked_until=date(2025, 4, 30), moved_on=date(2025, 3, 3)),
            "Blocked, last news on 3 March 2025 · due on 27 March 2025, in 7 days"
            " · extension asked for until 30 April 2025",
        ),
        (
            owed(stage=Stage.IN_PROGRESS, moved_on=date(2025, 3, 3), latest_update=LATEST),
            "In progress, last news on 10 March 2025: “two ISACs start in April”"
            " · due on 27 March 2025, in 7 days",
        ),
        (
            owed(answer=Answer.AWAITING),
            "Awaiting an answer, no news yet · answer overdue by 118 days (due on 22 November 2024)"
            " · due on 27 March 2025, in 7 days",
        ),
        (
            owed(answer=Answer.AWAITING, stage=Stage.COMPLETE, respond_by=date(2025, 4, 4)),
            "Awaiting an answer, no news yet · answer due on 4 April 2025, in 15 days",
        ),
        (owed(due_on=None), "Not started, no news yet"),
    ],
)
def test_each_line_says_how_it_stands_what_was_last_said_and_the_days_left(line: Owed, says: str) -> None:
    about, stands = read(message(a_reminder(line)))[:2]
    assert about.startswith("Stalking 15: ")
    assert stands == says


def test_each_line_begins_with_what_it_is_about() -> None:
    wording = f"Review {'the services that are commissioned, ' * 10}and report."
    line = Owed(replace(a_recommendation(), wording=wording), an_addressee())
    about = read(message(a_reminder(line)))[0]
    assert about.startswith("Stalking 15: Review the services that are commissioned, ")
    assert about.endswith(" …")
    assert len(about) < 140


def test_of_several_bodies_each_line_names_its_own() -> None:
    texts = read(message(a_reminder(owed(), owed(body_name="Surrey"))))
    assert texts[0].startswith("Kent, stalking 15: ")
    assert texts[2].startswith("Surrey, stalking 15: ")


def buttons_of(reminder: Reminder) -> list[tuple[str, str, str]]:
    (row,) = [block for block in message(reminder).blocks if block["type"] == "actions"]
    return [
        (element["text"]["text"], element["value"], element["accessibility_label"])
        for element in row["elements"]
    ]


def test_it_has_one_pair_of_buttons_for_all_of_it() -> None:
    snooze = ("Snooze a week", "snooze-all", "Snooze all your reminders for a week")
    assert buttons_of(a_reminder(owed(), owed("16"))) == [
        ("Update all", "update-all", "Update all that is open for Kent"),
        snooze,
    ]
    assert buttons_of(a_reminder(owed())) == [
        ("Update", "stalking-15 code of Kent", "Update stalking 15 for Kent"),
        snooze,
    ]


def test_what_is_not_listed_is_counted() -> None:
    text = read(message(a_reminder(owed(), more=12, snoozed=1)))[-1]
    assert text.startswith("And 12 more: `/recs mine`. Not listed: 1 more, which you snoozed.")


def test_as_many_lines_of_the_longest_texts_fit_as_a_reminder_may_have() -> None:
    report = Report("k" * 30, REPORT.title, REPORT.publishers, REPORT.published_on)
    recommendation = replace(a_recommendation("999z"), report=report, wording="word " * 600)
    addressee = an_addressee(
        "The Liverpool City Region",
        recommendation.number,
        answer=Answer.AWAITING,
        stage=Stage.BLOCKED,
        latest_update=replace(LATEST, excerpt="w" * 120),
    )
    lines = [
        Owed(
            recommendation,
            replace(addressee, body_code=f"E2300{n:04}", body_name=f"{addressee.body_name} {n}"),
            TODAY,
        )
        for n in range(MOST_LINES)
    ]
    shown = message(a_reminder(*lines, more=100, snoozed=5))
    assert sum(block["type"] == "section" for block in shown.blocks) == MOST_LINES + 1
    assert "And 100 more" in str(shown.blocks[-1])


def test_the_delivery_is_known_again_by_its_key() -> None:
    payload = blocks.reminder_message(a_reminder(owed()), KEY)
    assert payload["metadata"]["event_payload"] == {"key": KEY}
    assert payload["blocks"][0]["block_id"] == KEY


def test_coordinators_are_told_of_a_leaver_and_of_who_is_left() -> None:
    alone = as_screen(blocks.leaver_message(Leaver("Alice <Ames>", {"Kent": ()}), "leaver:U0ALICE:U0CORA"))
    assert alone.text == "Alice &lt;Ames&gt; has left Slack; Kent has no active contact."
    of_two = Leaver("Alice Ames", {"Kent": (), "Surrey": ("Bob Byrne", "Ed Moss")})
    shown = as_screen(blocks.leaver_message(of_two, "leaver:U0ALICE:U0CORA"))
    assert shown.text == "Alice Ames has left Slack; Kent has no active contact."
    assert read(shown)[0] == "Surrey: Bob Byrne and Ed Moss can still record."
    others = as_screen(blocks.leaver_message(Leaver("Alice Ames", {"Kent": ("Bob Byrne",)}), "leaver:1:2"))
    assert others.text == "Alice Ames has left Slack; Kent still has a contact."


def test_a_snooze_is_confirmed_with_the_day_it_ends() -> None:
    shown = blocks.snoozed(Snoozed(date(2025, 3, 26), next_weekly=date(2025, 4, 1)))
    assert_valid(shown)
    assert shown.text == "Snoozed: you get no reminders before 26 March 2025."
    assert "The next weekly reminder comes on 1 April 2025." in read(shown)[0]
    of_one = blocks.snoozed(Snoozed(date(2025, 3, 27), a_recommendation(), "Kent"))
    assert_valid(of_one)
    assert of_one.text == "Snoozed: no reminders of stalking 15 for Kent before 27 March 2025."


def test_whoever_is_away_reads_who_is_reminded_meanwhile() -> None:
    absence = Absence(date(2025, 4, 14), {"Essex": (), "Kent": ("Lee Ford",), "Surrey": ("Bo Ray", "Jo Li")})
    shown = blocks.away(absence)
    assert_valid(shown)
    assert shown.text == "You are away until 14 April 2025: you get no reminders before then."
    assert read(shown)[:3] == [
        "Essex: nobody gets them meanwhile. A coordinator can add another contact.",
        "Kent: Lee Ford gets them meanwhile.",
        "Surrey: Bo Ray and Jo Li get them meanwhile.",
    ]
    assert shown.blocks[-1]["elements"][0]["value"] == "back"


def test_the_coordinator_reads_who_is_reminded_and_why_others_are_not() -> None:
    shown = blocks.chasing(
        Chasing(
            a_recommendation(),
            (
                Chased("Cheshire", why_not=NotReminded.NO_CONTACT),
                Chased("Essex", "Ed Moss"),
                Chased("Gwent", "Gus Reed", NotReminded.LEFT),
                Chased("Kent", "Kim Hale"),
                Chased("Kent", "Vic Park", NotReminded.PAUSED),
                Chased("Surrey", "Bob Byrne", NotReminded.TODAY),
            ),
        )
    )
    assert_valid(shown)
    assert shown.text == "Stalking 15: 2 contacts are reminded, for 2 of the 5 bodies that owe it."
    assert read(shown) == [
        "Reminded: Essex (Ed Moss), Kent (Kim Hale)",
        "Not again, since they were reminded today already: Surrey (Bob Byrne)",
        "Not reminded, since they paused reminders and another contact gets them: Kent (Vic Park)",
        "Not reminded, since they have left Slack: Gwent (Gus Reed)",
        "Not reminded, since there is no contact: Cheshire",
    ]


def test_the_coordinator_reads_that_nobody_is_reminded() -> None:
    nobody_owes = blocks.chasing(Chasing(a_recommendation(), ()))
    assert nobody_owes.text == "Nobody owes anything on stalking 15, so nobody is reminded."
    no_contacts = tuple(Chased(f"Body {n}", why_not=NotReminded.NO_CONTACT) for n in range(43))
    shown = blocks.chasing(Chasing(a_recommendation(), no_contacts, is_repeat=True))
    assert_valid(shown)
    assert shown.text == "Nobody is reminded about stalking 15, which 43 bodies still owe."
    assert read(shown)[-1] == "You asked for this before; nobody is reminded twice."


@pytest.mark.parametrize(
    ("chased", "says"),
    [
        ((Chased("Kent", "Kim Hale"),), "Stalking 15: 1 contact is reminded, for Kent."),
        (
            (Chased("Kent", "Kim Hale", NotReminded.TODAY),),
            "Nobody is reminded about stalking 15, which Kent still owes.",
        ),
        ((), "Kent owes nothing on stalking 15, so nobody is reminded."),
    ],
)
def test_whoever_reminds_one_body_reads_of_that_body(chased: tuple[Chased, ...], says: str) -> None:
    assert blocks.chasing(Chasing(a_recommendation(), chased, body_name="Kent")).text == says
