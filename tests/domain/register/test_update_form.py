"""What of a filled-in form becomes updates."""

from datetime import date
from typing import Any

import pytest

from bot.domain.free_text import TextTooLong
from bot.domain.refusals.recording import NothingChanged, ReasonRequired
from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.taking_back import NothingToCorrect, NotYours
from bot.domain.register.addressee import Answer, BlockedOnWhat, NotComplete, Stage
from bot.domain.register.details import GivenInFuture, GivenTooEarly, NotALink
from bot.domain.register.update import Change, UpdateKind
from bot.domain.register.update_form import (
    Correction,
    Entry,
    NothingTicked,
    Offered,
    PartsNotTicked,
    ResponseRequired,
    Shown,
    StandOtherwise,
    beginning,
    merged,
    must_be_correctable,
    must_hold_of_each,
    steps,
)
from bot.domain.values import replace
from tests.cast import ALICE, BOB, TODAY, a_recommendation, an_addressee, an_update

PUBLISHED = date(2024, 9, 27)
STANDS = an_addressee(version=3)
DECLINED = an_addressee(answer=Answer.NOT_ACCEPTED)


def made(entry: Entry, correction: Correction | None = None, **begun: Any) -> list[tuple[str, str]]:
    """Kind and text of the updates, where the form began as the addressee stands."""
    first = replace(beginning([STANDS], "", correction), **begun)
    return [(step.kind, step.text) for step in steps(STANDS, first, entry, correction)]


def left_as_it_was(**changed: Any) -> Entry:
    return replace(beginning([STANDS], "", with_parts=["stalking-15"]), **changed)


def test_each_thing_that_changed_is_an_update_of_its_own() -> None:
    entry = left_as_it_was(
        answer=Answer.ACCEPTED_IN_PART, reason="not part b", stage=Stage.BLOCKED, note="no funding"
    )
    assert made(entry) == [("response", "not part b"), ("progress", "no funding")]


@pytest.mark.parametrize(
    ("changed", "recorded"),
    [
        ({"note": "we met the provider"}, [("note", "we met the provider")]),
        ({"stage": Stage.IN_PROGRESS}, [("progress", "")]),
        ({"reason": "as the letter said"}, [("response", "as the letter said")]),
        ({"parts": {"stalking-15": ("a",)}}, [("note", "")]),
        ({"evidence_url": "https://www.kent-pcc.gov.uk/a"}, [("note", "")]),
    ],
)
def test_what_was_left_alone_is_not_recorded_again(
    changed: dict[str, Any], recorded: list[tuple[str, str]]
) -> None:
    assert made(left_as_it_was(**changed)) == recorded


@pytest.mark.parametrize("alone", [{}, {"decided_by": "the PFCC"}, {"given_on": TODAY}, {"quotable": True}])
def test_nothing_changed_is_said_and_not_recorded(alone: dict[str, Any]) -> None:
    with pytest.raises(NothingChanged):
        made(left_as_it_was(**alone))


def test_parts_and_evidence_go_with_the_last_update_alone() -> None:
    entry = left_as_it_was(
        answer=Answer.NOT_ACCEPTED,
        reason="why",
        stage=Stage.IN_PROGRESS,
        parts={"stalking-15": ("a", "b")},
        evidence_url="https://a.uk",
    )
    response, progress = steps(STANDS, beginning([STANDS], ""), entry, None)
    assert (response.becomes.parts_addressed, response.evidence_url) == ((), "")
    assert (progress.becomes.parts_addressed, progress.evidence_url) == (("a", "b"), "https://a.uk")


def test_parts_go_with_the_response_where_only_that_changed() -> None:
    entry = left_as_it_was(answer=Answer.NOT_ACCEPTED, reason="why", parts={"stalking-15": ("a",)})
    (response,) = steps(STANDS, beginning([STANDS], ""), entry, None)
    assert response.becomes.parts_addressed == ("a",)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"answer": Answer.NOT_ACCEPTED}, ReasonRequired),
        ({"answer": Answer.ACCEPTED_IN_PART}, ReasonRequired),
        ({"stage": Stage.BLOCKED}, BlockedOnWhat),
        ({"stage": Stage.CHECKED}, NotComplete),
    ],
)
def test_the_rules_of_recording_hold_in_the_form_too(changed: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        made(left_as_it_was(**changed))


def test_a_reason_needs_a_response_that_it_explains() -> None:
    awaiting = an_addressee(answer=Answer.AWAITING)
    begun = beginning([awaiting], "")
    with pytest.raises(ResponseRequired):
        steps(awaiting, begun, replace(begun, reason="because"), None)


def test_a_reason_left_from_a_refusal_does_not_explain_the_acceptance_after_it() -> None:
    begun = beginning([DECLINED], "we have no such service")
    (step,) = steps(DECLINED, begun, replace(begun, answer=Answer.ACCEPTED), None)
    assert (step.becomes.answer, step.text) == (Answer.ACCEPTED, "")


@pytest.mark.parametrize(
    ("entry", "refusal"),
    [
        (Entry(evidence_url="javascript:alert(1)"), NotALink),
        (Entry(evidence_url="see the website"), NotALink),
        (Entry(evidence_url="https://a.uk/with a gap"), NotALink),
        (Entry(evidence_url="https://[broken"), NotALink),
        (Entry(evidence_url="https://a.uk/" + "x" * 500), TextTooLong),
        (Entry(given_on=date(2025, 3, 11)), GivenInFuture),
        (Entry(given_on=date(2024, 9, 26)), GivenTooEarly),
        (Entry(decided_by="x" * 121), TextTooLong),
        (Entry(note="x" * 3001), TextTooLong),
        (Entry(reason="x" * 3001), TextTooLong),
    ],
)
def test_what_cannot_be_so_is_refused(entry: Entry, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        entry.must_be_well_formed(PUBLISHED, TODAY)


@pytest.mark.parametrize("day", [PUBLISHED, TODAY, None])
def test_anything_from_publication_to_today_can_be_the_day(day: date | None) -> None:
    Entry(given_on=day, evidence_url="https://www.kent-pcc.gov.uk/?a=b&c").must_be_well_formed(
        PUBLISHED, TODAY
    )


def test_only_what_the_person_altered_is_kept_over_what_stands_now() -> None:
    shown = Shown(answer=Answer.ACCEPTED, stage=Stage.NOT_STARTED, parts={"stalking-15": ()})
    now = Entry(answer=Answer.NOT_ACCEPTED, reason="why", stage=Stage.BLOCKED, parts={"stalking-15": ("b",)})
    own = Entry(
        answer=Answer.ACCEPTED,
        stage=Stage.IN_PROGRESS,
        parts={"stalking-15": ()},
        note="her own words",
        decided_by="the PFCC",
    )
    assert merged(own, shown, "", now) == Entry(
        answer=Answer.NOT_ACCEPTED,
        reason="why",
        stage=Stage.IN_PROGRESS,
        parts={"stalking-15": ("b",)},
        note="her own words",
        decided_by="the PFCC",
    )


def test_a_correction_records_the_same_kind_and_names_the_old_update() -> None:
    update = an_update(seq=137, text="too ISACs")
    stands = an_addressee(stage=Stage.IN_PROGRESS, progress_seq=137)
    correction = Correction.made(update, stands)
    begun = beginning([stands], "", correction)
    assert begun.note == "too ISACs"
    (step,) = steps(stands, begun, replace(begun, note="two ISACs"), correction)
    assert (step.kind, step.text, step.about_seq) == (UpdateKind.PROGRESS, "two ISACs", 137)


def test_a_corrected_response_is_a_response() -> None:
    update = an_update(
        UpdateKind.RESPONSE, 137, text="we half no service", changes=(Change("answer", "", "not accepted"),)
    )
    stands = replace(DECLINED, response_seq=137)
    correction = Correction.made(update, stands)
    begun = beginning([stands], "we half no service", correction)
    (step,) = steps(stands, begun, replace(begun, reason="we have no service"), correction)
    assert (step.kind, step.text, step.about_seq) == (UpdateKind.RESPONSE, "we have no service", 137)


def test_words_about_progress_that_was_overtaken_are_corrected_by_a_note() -> None:
    stands = an_addressee(stage=Stage.COMPLETE, progress_seq=140)
    correction = Correction.made(an_update(seq=137, text="too ISACs"), stands)
    begun = beginning([stands], "", correction)
    (step,) = steps(stands, begun, replace(begun, note="two ISACs"), correction)
    assert (step.kind, step.becomes.stage, step.about_seq) == (UpdateKind.NOTE, Stage.COMPLETE, 137)


@pytest.mark.parametrize("changed", [{"given_on": date(2025, 3, 1)}, {"decided_by": "the PFCC"}])
def test_the_day_and_who_decided_can_be_corrected_alone(changed: dict[str, Any]) -> None:
    stands = an_addressee(stage=Stage.IN_PROGRESS, progress_seq=137)
    correction = Correction.made(an_update(seq=137, text="two ISACs"), stands)
    begun = beginning([stands], "", correction)
    (step,) = steps(stands, begun, replace(begun, **changed), correction)
    assert (step.kind, step.text) == (UpdateKind.PROGRESS, "two ISACs")


def test_a_correction_that_changes_nothing_is_said_to_be_none() -> None:
    stands = an_addressee(stage=Stage.IN_PROGRESS, progress_seq=137)
    correction = Correction.made(an_update(seq=137, text="two ISACs"), stands)
    begun = beginning([stands], "", correction)
    with pytest.raises(NothingChanged):
        steps(stands, begun, begun, correction)


def test_only_own_words_that_still_stand_can_be_corrected() -> None:
    assert must_be_correctable(an_update(), ALICE).seq == 131
    with pytest.raises(NotYours):
        must_be_correctable(an_update(), BOB)
    for gone in (None, an_update(undone=True), an_update(UpdateKind.CHECK)):
        with pytest.raises(NothingToCorrect):
            must_be_correctable(gone, ALICE)


def offered(number: str, **facts: Any) -> Offered:
    return Offered(a_recommendation(number), an_addressee(number=number, **facts))


def test_what_several_have_in_common_stands_in_the_form_and_what_differs_is_left_open() -> None:
    rows = [an_addressee(), an_addressee(number="16", stage=Stage.IN_PROGRESS)]
    begun = beginning(rows)
    assert (begun.answer, begun.stage) == (Answer.ACCEPTED, None)
    assert beginning(rows, is_answering=False).answer is None


def test_what_is_chosen_where_several_differ_is_recorded_of_each() -> None:
    rows = [an_addressee(), an_addressee(number="16", stage=Stage.IN_PROGRESS)]
    begun = beginning(rows)
    entry = replace(begun, stage=Stage.IN_PROGRESS)
    made = [steps(row, begun, entry, None) for row in rows]
    assert [[(step.kind, step.becomes.stage) for step in row_steps] for row_steps in made] == [
        [(UpdateKind.PROGRESS, Stage.IN_PROGRESS)]
    ] * 2


def test_what_is_left_as_each_stands_moves_none_of_them() -> None:
    rows = [an_addressee(), an_addressee(number="16", stage=Stage.COMPLETE)]
    begun = beginning(rows)
    for row in rows:
        (step,) = steps(row, begun, replace(begun, note="we met"), None)
        assert (step.kind, step.becomes.stage) == (UpdateKind.NOTE, row.stage)


@pytest.mark.parametrize(
    ("entry", "ticked", "refusal"),
    [
        (Entry(stage=Stage.NOT_STARTED), (), NothingTicked),
        (Entry(parts={"stalking-25": ("a",)}), (offered("15"),), PartsNotTicked),
        (Entry(stage=Stage.NOT_STARTED), (offered("16", stage=Stage.COMPLETE),), StandOtherwise),
        (Entry(answer=Answer.ACCEPTED), (offered("16", answer=Answer.NOT_ACCEPTED),), StandOtherwise),
    ],
)
def test_a_field_left_alone_says_nothing_of_what_was_ticked_since(
    entry: Entry, ticked: tuple[Offered, ...], refusal: type[Refusal]
) -> None:
    shown = Shown(answer=Answer.ACCEPTED, stage=Stage.NOT_STARTED, parts={"stalking-25": ()})
    with pytest.raises(refusal):
        must_hold_of_each(entry, shown, ticked)
    must_hold_of_each(replace(entry, answer=None, stage=None, parts={}), shown, ticked or (offered("15"),))
