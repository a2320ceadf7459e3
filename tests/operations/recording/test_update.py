"""The form as it opens, and what of it is recorded: once, by right, and over nothing unseen."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Note, Progress
from bot.domain.questions.receipts import Recorded
from bot.domain.refusals.addressees import NotAContactOf, NotAddressed, NotRecordable
from bot.domain.refusals.recording import NothingChanged, ReasonRequired
from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.request import NotACoordinator
from bot.domain.refusals.taking_back import NotYours
from bot.domain.register.addressee import Addressee, Answer, ExpectedInThePast, Stage
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import PersonKey, Role
from bot.domain.register.update_form import ChangedMeanwhile, Form, StandOtherwise
from bot.domain.values import replace
from bot.operations.recording.note import note
from bot.operations.recording.progress import progress
from bot.operations.recording.undo import undo
from bot.operations.recording.update import Submitted, update
from bot.operations.recording.update_form import About, form
from storage import addressees
from storage.store import Store
from tests.cast import ALICE, BOB, CORA, NOW, VIC, occasion
from tests.storage import register
from tests.storage.audit import audit
from tests.storage.register import R15, body, enter, give, take

CANARY = "canary: ring her on 07700 900123"
KEY = "form:V1:0"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with register.with_contacts(database_url) as store:
        yield store


def kent(store: Store, number: str = "15") -> About:
    return About((Ref("stalking", number),), body(store, "kent").code)


def filled(store: Store, who: PersonKey = ALICE, number: str = "15", **entered: Any) -> Submitted:
    """The form as it opened for somebody, and what they entered in it."""
    about = kent(store, number)
    return sending(about, form(store, occasion(who), about), **entered)


def sending(about: About, opened: Form, **entered: Any) -> Submitted:
    """The form with what was entered in it, for whatever is ticked."""
    ticked = tuple(Ref("stalking", row.recommendation.number) for row in opened.about)
    return Submitted(about, ticked, replace(opened.entry, **entered), opened.as_shown)


def standing(store: Store, number: str = "15") -> Addressee:
    with store.reading() as connection:
        addressee = addressees.get(connection, f"stalking-{number}", body(store, "kent").code)
    assert addressee is not None
    return addressee


def sent(store: Store, submitted: Submitted, who: PersonKey = ALICE, key: str = KEY) -> Recorded:
    return update(store, occasion(who, key=key), submitted)


def meanwhile(store: Store, submitted: Submitted, who: PersonKey = ALICE) -> Form:
    """What is shown in place of the form to somebody who did not see the last change."""
    with pytest.raises(ChangedMeanwhile) as changed:
        sent(store, submitted, who)
    return changed.value.form


def test_the_form_opens_with_what_stands(store: Store) -> None:
    progress(store, occasion(ALICE), Progress(Stage.BLOCKED, (R15,), text="no funding"))
    opened = form(store, occasion(ALICE), About((R15,)))
    assert [offered.addressee for offered in opened.about] == [standing(store)]
    assert (opened.entry.answer, opened.entry.stage) == (None, Stage.BLOCKED)
    assert (opened.entry.note, opened.bodies) == ("", {})


def test_two_things_changed_are_two_updates_with_what_belongs_to_each(
    store: Store, database_url: str
) -> None:
    before = standing(store)
    recorded = sent(
        store,
        filled(
            store,
            answer=Answer.ACCEPTED_IN_PART,
            reason="all but the second point",
            stage=Stage.IN_PROGRESS,
            note="two ISACs start in April",
            evidence_url="https://www.kent-pcc.gov.uk/isacs",
            given_on=date(2025, 3, 1),
            decided_by="the PCC, in person",
            quotable=True,
        ),
    )
    response, moved = audit(database_url)[-2:]
    assert (response["kind"], response["text"], response["evidence_url"]) == (
        "response",
        "all but the second point",
        "",
    )
    assert (moved["kind"], moved["text"]) == ("progress", "two ISACs start in April")
    assert moved["evidence_url"] == "https://www.kent-pcc.gov.uk/isacs"
    for row in (response, moved):
        assert (str(row["stands_from"]), row["decided_by"]) == ("2025-03-01", "the PCC, in person")
    assert [recorded_update.quotable for _, _, recorded_update in recorded.items] == [True, True]
    now = standing(store)
    assert (now.answer, now.stage) == (Answer.ACCEPTED_IN_PART, Stage.IN_PROGRESS)
    assert now.version == before.version + 2


def test_parts_are_kept_with_the_addressee_and_told_in_the_history(store: Store, database_url: str) -> None:
    sent(store, filled(store, number="25", parts={"stalking-25": ("b", "a", "no such part")}))
    assert standing(store, "25").parts_addressed == ("a", "b")
    assert '"parts addressed"' in audit(database_url)[-1]["changes"]


def test_both_updates_are_taken_back_together(store: Store, database_url: str) -> None:
    before = standing(store)
    sent(store, filled(store, answer=Answer.NOT_ACCEPTED, reason="why", stage=Stage.BLOCKED, note="funding"))
    undo(store, occasion(ALICE))
    now = standing(store)
    assert (now.answer, now.stage, now.parts_addressed) == (
        before.answer,
        before.stage,
        before.parts_addressed,
    )
    assert [row["kind"] for row in audit(database_url)[-2:]] == ["undo", "undo"]


def test_the_same_sending_again_records_nothing_new(store: Store, database_url: str) -> None:
    submitted = filled(store, stage=Stage.IN_PROGRESS, note="only once")
    first, again = sent(store, submitted), sent(store, submitted)
    assert (first.again, again.again) == (False, True)
    assert first.items[0][2].seq == again.items[0][2].seq
    assert sum(row["text"] == "only once" for row in audit(database_url)) == 1


def test_a_sending_rewritten_after_one_that_seemed_to_fail_is_not_lost(store: Store) -> None:
    submitted = filled(store, note="the first words")
    sent(store, submitted)
    rewritten = replace(submitted, entry=replace(submitted.entry, note="better words"))
    again = meanwhile(store, rewritten)
    assert again.entry.note == "better words"
    assert [newer.draft.text for _, newer in again.meanwhile] == ["the first words"]


def test_the_second_of_two_sees_what_the_first_changed_and_loses_no_word(
    store: Store, database_url: str
) -> None:
    enter(store, BOB, "Bob Birch", "kent")
    theirs = filled(store, BOB, note="Bob's own words", decided_by="the PCC")
    sent(store, filled(store, stage=Stage.BLOCKED, note="no funding"))
    shown = meanwhile(store, theirs, BOB)
    ((_, changed),) = shown.meanwhile
    assert (changed.author_name, changed.draft.text) == ("Alice Ash", "no funding")
    # What Bob left alone is as Alice left it, so that sending again does not undo her.
    assert (shown.entry.stage, shown.entry.note) == (Stage.BLOCKED, "Bob's own words")
    assert all(row["text"] != "Bob's own words" for row in audit(database_url))

    sent(store, sending(theirs.about, shown), BOB, key=f"form:V2:{shown.as_shown.seq}")
    assert standing(store).stage is Stage.BLOCKED
    last = audit(database_url)[-1]
    assert (last["kind"], last["text"], last["decided_by"]) == ("note", "Bob's own words", "the PCC")


def test_what_both_changed_is_asked_with_the_second_ones_choice(store: Store) -> None:
    theirs = filled(store, CORA, stage=Stage.COMPLETE, note="done")
    sent(store, filled(store, stage=Stage.BLOCKED, note="no funding"))
    assert meanwhile(store, theirs, CORA).entry.stage is Stage.COMPLETE


def test_an_undo_meanwhile_is_a_change_too(store: Store) -> None:
    note(store, occasion(ALICE), Note(R15, text="we met"))
    theirs = filled(store, CORA, note="Cora's")
    undo(store, occasion(ALICE))
    assert [newer.draft.kind for _, newer in meanwhile(store, theirs, CORA).meanwhile] == ["undo"]


def test_a_form_opened_before_a_revocation_cannot_be_sent_after_it(store: Store, database_url: str) -> None:
    submitted = filled(store, note="too late")
    take(store, ALICE, Role.CONTACT, body(store, "kent").code)
    with pytest.raises(NotAContactOf):
        sent(store, submitted)
    assert all(row["text"] != "too late" for row in audit(database_url))


@pytest.mark.parametrize(
    ("who", "number", "slug", "refusal"),
    [
        (VIC, "15", "kent", NotAContactOf),
        (BOB, "15", "kent", NotAContactOf),
        (ALICE, "27", "kent", NotRecordable),
        (CORA, "15", "no such body", NotAddressed),
    ],
)
def test_what_a_form_carries_is_not_believed(
    store: Store, who: PersonKey, number: str, slug: str, refusal: type[Refusal]
) -> None:
    code = body(store, slug).code if slug == "kent" else slug
    about = About((Ref("stalking", number),), code)
    submitted = replace(filled(store, note="forged"), about=about, ticked=about.recommendations)
    with pytest.raises(refusal):
        sent(store, submitted, who)


def test_a_rule_broken_by_one_part_of_the_form_records_none_of_it(store: Store, database_url: str) -> None:
    seq = len(audit(database_url))
    with pytest.raises(ReasonRequired):
        sent(store, filled(store, answer=Answer.NOT_ACCEPTED, stage=Stage.COMPLETE, note="done"))
    with pytest.raises(NothingChanged):
        sent(store, filled(store))
    assert len(audit(database_url)) == seq


def test_a_coordinator_checks_in_their_own_name_and_nobody_else_can(store: Store, database_url: str) -> None:
    sent(store, filled(store, stage=Stage.COMPLETE, note="two ISACs at work"))
    with pytest.raises(NotACoordinator):
        sent(store, filled(store, stage=Stage.CHECKED), key="form:V2:1")
    sent(store, filled(store, CORA, stage=Stage.CHECKED), CORA, key="form:V3:1")
    last = audit(database_url)[-1]
    assert (last["kind"], bool(last["on_behalf"]), standing(store).stage) == ("check", False, Stage.CHECKED)


def test_what_is_checked_stays_so_when_it_is_left_alone(store: Store) -> None:
    sent(store, filled(store, stage=Stage.COMPLETE, note="done"))
    sent(store, filled(store, CORA, stage=Stage.CHECKED), CORA, key="form:V2:1")
    sent(store, filled(store, note="and a visit in May"), key="form:V3:2")
    assert standing(store).stage is Stage.CHECKED


def test_a_coordinator_records_on_behalf_of_the_body(store: Store) -> None:
    assert sent(store, filled(store, CORA, note="told by phone"), CORA).on_behalf


@pytest.mark.parametrize("field", ["note", "reason", "decided_by", "evidence_url"])
def test_what_may_identify_a_victim_reaches_no_file_before_it_is_confirmed(
    tmp_path: Path, sqlite_url: str, field: str
) -> None:
    canary = "https://a.uk/ring-07700900123" if field == "evidence_url" else CANARY
    with register.with_contacts(sqlite_url) as store:
        entered: dict[str, Any] = {"note": "harmless", "answer": Answer.NOT_ACCEPTED, "reason": "why"}
        entered |= {field: canary}
        submitted = filled(store, **entered)
        with pytest.raises(MayIdentify) as refusal:
            sent(store, submitted)
        assert list(refusal.value.findings) == [field]
        files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert canary.encode() not in files
        assert b"900123" not in files
        confirmed = replace(submitted, entry=replace(submitted.entry, no_victim=True))
        sent(store, confirmed)
    assert '"no victim"' in audit(sqlite_url)[-1]["changes"]


def test_words_that_stand_already_are_not_asked_about_again(store: Store) -> None:
    sent(store, filled(store, answer=Answer.NOT_ACCEPTED, reason=CANARY, no_victim=True))
    sent(store, filled(store, note="harmless"), key="form:V2:1")
    assert standing(store).answer is Answer.NOT_ACCEPTED


def test_a_command_is_guarded_too_and_its_confirmation_recorded(store: Store, database_url: str) -> None:
    with pytest.raises(MayIdentify):
        note(store, occasion(ALICE), Note(R15, text=CANARY))
    note(store, occasion(ALICE), Note(R15, text=CANARY, no_victim=True))
    assert '"no victim"' in audit(database_url)[-1]["changes"]


def test_who_cannot_record_is_told_so_in_the_form(store: Store) -> None:
    with pytest.raises(NotAContactOf):
        form(store, occasion(VIC), About())
    with pytest.raises(NotAContactOf):
        form(store, occasion(VIC), About((R15,)))
    with pytest.raises(NotAContactOf):
        form(store, occasion(BOB), kent(store))


def test_without_a_recommendation_all_is_ticked_that_the_body_has_open(store: Store) -> None:
    progress(store, occasion(ALICE), Progress(Stage.COMPLETE, (Ref("stalking", "16"),), text="done"))
    opened = form(store, occasion(ALICE), About())
    assert [offered.recommendation.title for offered in opened.offered] == ["stalking 15", "stalking 25"]
    assert opened.about == opened.offered
    give(store, ALICE, Role.CONTACT, body(store, "surrey").code)
    asking = form(store, occasion(ALICE), About())
    assert (list(asking.bodies.values()), asking.offered) == (["Kent", "Surrey"], ())


def test_from_one_recommendation_the_others_are_offered_and_only_it_is_ticked(store: Store) -> None:
    opened = form(store, occasion(ALICE), kent(store, "16"))
    assert [offered.recommendation.number for offered in opened.offered] == ["15", "16", "25"]
    assert [offered.recommendation.number for offered in opened.about] == ["16"]


def test_where_nothing_is_open_everything_is_offered_and_nothing_is_ticked(store: Store) -> None:
    refs = tuple(Ref("stalking", number) for number in ("15", "16", "25"))
    progress(store, occasion(ALICE), Progress(Stage.COMPLETE, refs, text="done"))
    opened = form(store, occasion(ALICE), About())
    assert (len(opened.offered), opened.about) == (3, ())


def test_three_are_recorded_by_one_form_and_taken_back_by_one_undo(store: Store, database_url: str) -> None:
    opened = form(store, occasion(ALICE), About())
    about = About(body_code=opened.body_code)
    entered: dict[str, Any] = {
        "stage": Stage.IN_PROGRESS,
        "note": "two ISACs start in April",
        "evidence_url": "https://kent-pcc.example.org/isacs",
        "decided_by": "the Commissioner",
        "given_on": date(2025, 3, 4),
        "parts": {"stalking-15": ("a",), "stalking-16": (), "stalking-25": ()},
    }
    recorded = sent(store, sending(about, opened, **entered))
    assert [recommendation.number for recommendation, _, _ in recorded.items] == ["15", "16", "25"]
    rows = audit(database_url)[-3:]
    for row in rows:
        assert (row["kind"], row["text"]) == ("progress", "two ISACs start in April")
        assert (row["evidence_url"], row["decided_by"]) == (
            "https://kent-pcc.example.org/isacs",
            "the Commissioner",
        )
        assert str(row["stands_from"]) == "2025-03-04"
    assert len({row["request_key"] for row in rows}) == 1
    assert standing(store).parts_addressed == ("a",)
    assert sent(store, sending(about, opened, **entered)).again
    undo(store, occasion(ALICE))
    assert {standing(store, number).stage for number in ("15", "16", "25")} == {Stage.NOT_STARTED}
    assert standing(store).parts_addressed == ()


def test_the_receipt_says_what_else_is_open(store: Store) -> None:
    opened = form(store, occasion(ALICE), About())
    submitted = sending(About(body_code=opened.body_code), opened, stage=Stage.COMPLETE, note="done")
    two = replace(submitted, ticked=submitted.ticked[:2])
    left = sent(store, two).still_open
    assert left is not None
    assert (left.total, [recommendation.title for recommendation in left.first]) == (1, ["stalking 25"])


def test_one_of_several_that_somebody_changed_meanwhile_is_told_and_every_entry_is_kept(store: Store) -> None:
    opened = form(store, occasion(CORA), About(body_code=body(store, "kent").code))
    theirs = sending(
        About(body_code=opened.body_code), opened, note="Cora's own words", evidence_url="https://a.uk"
    )
    theirs = replace(theirs, ticked=theirs.ticked[1:])
    sent(store, filled(store, number="25", stage=Stage.BLOCKED, note="no funding"))
    shown = meanwhile(store, theirs, CORA)
    assert [(stated.number, update.draft.text) for stated, update in shown.meanwhile] == [
        ("25", "no funding")
    ]
    assert [offered.recommendation.number for offered in shown.about] == ["16", "25"]
    assert (shown.entry.note, shown.entry.evidence_url) == ("Cora's own words", "https://a.uk")
    # Where they differ now, nothing is said of how far either is.
    assert shown.entry.stage is None
    assert len(sent(store, sending(theirs.about, shown), CORA, key="form:V2:1").items) == 2
    assert (standing(store, "16").stage, standing(store, "25").stage) == (Stage.NOT_STARTED, Stage.BLOCKED)


def test_what_was_ticked_since_is_not_moved_by_a_field_left_alone(store: Store) -> None:
    progress(store, occasion(ALICE), Progress(Stage.COMPLETE, (Ref("stalking", "16"),), text="done"))
    submitted = filled(store, number="16", note="an audit in May")
    both = replace(submitted, ticked=(*submitted.ticked, R15))
    with pytest.raises(StandOtherwise):
        sent(store, both)
    sent(store, replace(both, entry=replace(both.entry, stage=None)))
    assert (standing(store).stage, standing(store, "16").stage) == (Stage.NOT_STARTED, Stage.COMPLETE)


def test_the_response_is_asked_for_only_where_it_is_not_accepted_or_to_be_changed(store: Store) -> None:
    assert not form(store, occasion(ALICE), kent(store)).is_answering
    opened = form(store, occasion(ALICE), replace(kent(store), is_answering=True))
    assert (opened.is_answering, opened.entry.answer) == (True, Answer.ACCEPTED)
    sent(store, filled(store, answer=Answer.NOT_ACCEPTED, reason="no such service"))
    again = form(store, occasion(ALICE), kent(store))
    assert (again.entry.answer, again.entry.reason) == (Answer.NOT_ACCEPTED, "no such service")


def test_a_coordinator_chooses_among_all_bodies_addressed(store: Store) -> None:
    for about in (About((R15,)), About()):
        asking = form(store, occasion(CORA), about)
        assert (len(asking.bodies), asking.offered) == (43, ())


def test_words_typed_before_a_choice_in_the_form_are_kept(store: Store) -> None:
    typed = replace(
        form(store, occasion(CORA), kent(store)).entry, note="typed already", decided_by="the PCC"
    )
    opened = form(store, occasion(CORA), kent(store), typed)
    assert (opened.entry.note, opened.entry.decided_by) == ("typed already", "the PCC")


def test_an_old_update_is_corrected_and_both_stay(store: Store, database_url: str) -> None:
    first = progress(store, occasion(ALICE), Progress(Stage.IN_PROGRESS, (R15,), text="too ISACs"))
    seq = first.items[0][2].seq
    later = NOW + timedelta(hours=3)
    opened = form(store, occasion(ALICE, later), About(corrects=seq))
    assert opened.entry.note == "too ISACs"
    about = replace(kent(store), corrects=seq)
    submitted = sending(about, opened, note="two ISACs")
    update(store, occasion(ALICE, later, key=KEY), submitted)
    rows = audit(database_url)
    assert (rows[-1]["kind"], rows[-1]["text"], rows[-1]["about_seq"]) == ("progress", "two ISACs", seq)
    assert rows[-2]["text"] == "too ISACs"
    assert standing(store).progress_seq == rows[-1]["seq"]


def test_only_the_writer_corrects_and_only_where_it_was_written(store: Store) -> None:
    seq = note(store, occasion(ALICE), Note(R15, text="we met")).items[0][2].seq
    with pytest.raises(NotYours):
        form(store, occasion(CORA), About(corrects=seq))
    elsewhere = filled(store, number="16", note="forged")
    with pytest.raises(Refusal):
        sent(store, replace(elsewhere, about=replace(elsewhere.about, corrects=seq)))


def test_the_day_that_is_expected_is_recorded_with_why(store: Store) -> None:
    june = date(2025, 6, 30)
    recorded = update(store, occasion(ALICE), filled(store, expected_on=june, note="no provider has bid"))
    assert [(made.draft.kind, made.draft.text) for _, _, made in recorded.items] == [
        ("expected", "no provider has bid")
    ]
    both = update(
        store,
        occasion(ALICE),
        filled(store, stage=Stage.IN_PROGRESS, expected_on=date(2025, 7, 31), note="begun"),
    )
    assert [(made.draft.kind, made.draft.text) for _, _, made in both.items] == [
        ("expected", ""),
        ("progress", "begun"),
    ]
    assert standing(store).expected_on == date(2025, 7, 31)
    assert form(store, occasion(ALICE), kent(store)).entry.expected_on == date(2025, 7, 31)


@pytest.mark.parametrize(
    ("entered", "refusal"),
    [
        ({"expected_on": date(2025, 6, 30)}, ReasonRequired),
        ({"expected_on": date(2025, 3, 1), "note": "why"}, ExpectedInThePast),
        ({"expected_on": date(2025, 6, 30), "note": CANARY}, MayIdentify),
        ({"expected_on": date(2025, 6, 30), "stage": Stage.IN_PROGRESS, "note": CANARY}, MayIdentify),
    ],
)
def test_a_day_that_cannot_be_expected_is_refused(
    store: Store, entered: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        update(store, occasion(ALICE), filled(store, **entered))
    assert standing(store).expected_on is None


def test_where_one_thing_is_to_be_said_what_is_due_next_and_has_not_moved_is_ticked(store: Store) -> None:
    about = About(is_picking=True, ticks_next=True)
    first = form(store, occasion(ALICE), about)
    (ticked,) = first.ticked
    assert len(first.offered) > 1
    note_on_it = Progress(Stage.IN_PROGRESS, (Ref("stalking", ticked.rpartition("-")[2]),))
    progress(store, occasion(ALICE), note_on_it)
    (then,) = form(store, occasion(ALICE), about).ticked
    assert then != ticked
    assert form(store, occasion(ALICE), replace(about, ticks_next=False)).ticked == frozenset()
