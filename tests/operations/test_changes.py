"""Finding what changed."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.typed import requests
from bot.domain.update import UpdateKind
from bot.operations import (
    changes,
)
from tests.cast import (
    ALICE,
    BOB,
    ED,
    NOW,
    VIC,
    Register,
    occasion,
)
from tests.operations.digests import a_digest_was_sent


def test_changes_leave_out_the_example_notes_and_what_was_taken_back(register: Register) -> None:
    register.says(ALICE, "progress 15 in progress")
    register.says(ALICE, "note 15: a note")
    register.says(BOB, "progress 15 16 blocked: the board")
    register.says(BOB, "undo")
    register.says(ED, "partly 25: in part")
    found = changes.changes(register.store, occasion(VIC), requests.Changes())
    assert [(one.body_name, one.recommendation.number) for one in found.changes if one.recommendation] == [
        ("Essex", "25"),
        ("Kent", "15"),
    ]
    assert (found.total, found.bodies, found.since_digest) == (2, 2, None)


def test_changes_begin_after_the_last_digest(register: Register) -> None:
    told = register.says(ALICE, "progress 15 in progress")
    at = NOW + timedelta(minutes=1)
    a_digest_was_sent(register.store, through_seq=told, at=at)
    register.says(BOB, "complete 16")
    found = changes.changes(register.store, occasion(VIC), requests.Changes())
    assert [one.body_name for one in found.changes] == ["Surrey"]
    assert found.since_digest == at


def test_what_the_digest_told_and_was_taken_back_after_it_is_a_change(register: Register) -> None:
    told = register.says(ALICE, "progress 15 in progress")
    a_digest_was_sent(register.store, through_seq=told, at=NOW)
    register.says(ALICE, "undo", NOW + timedelta(minutes=5))
    found = changes.changes(register.store, occasion(VIC), requests.Changes())
    assert [(one.update.draft.kind, one.update.draft.about_seq) for one in found.changes] == [
        (UpdateKind.UNDO, told)
    ]


def test_changes_since_a_day_begin_at_midnight_in_london(register: Register) -> None:
    # In summer, London's midnight is 23:00 UTC of the day before.
    register.says(ALICE, "progress 15 in progress", datetime(2025, 6, 1, 22, 59, tzinfo=UTC))
    register.says(BOB, "progress 15 in progress", datetime(2025, 6, 1, 23, 1, tzinfo=UTC))
    later = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
    found = changes.changes(register.store, occasion(VIC, later), requests.Changes(since=date(2025, 6, 2)))
    assert [one.body_name for one in found.changes] == ["Surrey"]
