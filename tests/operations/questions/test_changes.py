"""Finding what changed."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.questions.answers import ChangeList, UpdateView
from bot.domain.questions.grammar import typed_commands
from bot.domain.register.people import PersonKey
from bot.domain.register.update import Change, UpdateKind
from bot.operations.questions import changes
from bot.operations.recording import quoting
from tests.cast import (
    ALICE,
    BOB,
    CORA,
    ED,
    NOW,
    VIC,
    Register,
    occasion,
)
from tests.operations.digests import a_digest_was_sent


def told_in(change_list: ChangeList) -> list[UpdateView]:
    return [change.view for change in change_list.changes]


def texts(register: Register, who: PersonKey) -> tuple[list[str], int, int]:
    """The texts that somebody reads there, how many notes there are, and how many are not shown."""
    change_list = changes.changes(register.store, occasion(who), typed_commands.Changes())
    return (
        [told_change.update.draft.text for told_change in change_list.changes],
        change_list.notes,
        change_list.hidden,
    )


def test_notes_are_counted_for_all_and_shown_to_whoever_may_read_them(register: Register) -> None:
    register.says(ALICE, "note 15: rang the provider")
    published = register.says(ALICE, "note 16: published")
    quoting.allow_quoting(register.store, occasion(ALICE), [published])
    register.says(BOB, "note 15: of Surrey")
    assert texts(register, CORA) == (["of Surrey", "published", "rang the provider"], 3, 0)
    assert texts(register, ALICE) == (["published", "rang the provider"], 3, 1)
    assert texts(register, VIC) == (["published"], 3, 2)
    quoting.stop_quoting(register.store, occasion(ALICE), [published])
    assert texts(register, VIC) == ([], 3, 3)


def test_the_same_state_again_with_a_text_is_a_note(register: Register) -> None:
    number = register.says(ALICE, "progress 15 in progress: begun")
    a_digest_was_sent(register.store, through_seq=number, instant=NOW)
    register.says(ALICE, "progress 15 in progress: two ISACs start in April")
    assert texts(register, ALICE) == (["two ISACs start in April"], 1, 0)


def test_one_line_says_from_what_to_what_and_what_ended_as_it_began_is_left_out(register: Register) -> None:
    number = register.says(ALICE, "progress 15 in progress")
    a_digest_was_sent(register.store, through_seq=number, instant=NOW)
    for typed in (
        "complete 15: all of it",
        "progress 15 in progress",
        "progress 16 in progress",
        "complete 16: all",
    ):
        register.says(ALICE, typed)
    change_list = changes.changes(register.store, occasion(VIC), typed_commands.Changes())
    assert [
        (told_change.view.recommendation, told_change.values)
        for told_change in change_list.changes
        if told_change.view.recommendation
    ] == [(change_list.changes[0].view.recommendation, (Change("stage", "not started", "complete"),))]
    assert (change_list.total, change_list.bodies) == (1, 1)


def test_changes_leave_out_the_example_notes_and_what_was_taken_back(register: Register) -> None:
    register.says(ALICE, "progress 15 in progress")
    register.says(ALICE, "note 15: a note")
    register.says(BOB, "progress 15 16 blocked: the board")
    register.says(BOB, "undo")
    register.says(ED, "partly 25: in part")
    change_list = changes.changes(register.store, occasion(VIC), typed_commands.Changes())
    assert [
        (view.body_name, view.recommendation.number) for view in told_in(change_list) if view.recommendation
    ] == [
        ("Essex", "25"),
        ("Kent", "15"),
    ]
    assert (change_list.total, change_list.bodies, change_list.since_digest) == (2, 2, None)


def test_changes_begin_after_the_last_digest(register: Register) -> None:
    number = register.says(ALICE, "progress 15 in progress")
    instant = NOW + timedelta(minutes=1)
    a_digest_was_sent(register.store, through_seq=number, instant=instant)
    register.says(BOB, "complete 16: all of it")
    change_list = changes.changes(register.store, occasion(VIC), typed_commands.Changes())
    assert [view.body_name for view in told_in(change_list)] == ["Surrey"]
    assert change_list.since_digest == instant


def test_what_the_digest_told_and_was_taken_back_after_it_is_a_change(register: Register) -> None:
    number = register.says(ALICE, "progress 15 in progress")
    a_digest_was_sent(register.store, through_seq=number, instant=NOW)
    register.says(ALICE, "undo", NOW + timedelta(minutes=5))
    change_list = changes.changes(register.store, occasion(VIC), typed_commands.Changes())
    assert [
        (told_change.update.draft.kind, told_change.update.draft.about_seq)
        for told_change in change_list.changes
    ] == [(UpdateKind.UNDO, number)]


def test_changes_since_a_day_begin_at_midnight_in_london(register: Register) -> None:
    # In summer, London's midnight is 23:00 UTC of the day before.
    register.says(ALICE, "progress 15 in progress", datetime(2025, 6, 1, 22, 59, tzinfo=UTC))
    register.says(BOB, "progress 15 in progress", datetime(2025, 6, 1, 23, 1, tzinfo=UTC))
    later = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
    change_list = changes.changes(
        register.store, occasion(VIC, later), typed_commands.Changes(since=date(2025, 6, 2))
    )
    assert [view.body_name for view in told_in(change_list)] == ["Surrey"]
