"""Recordings that are committed together are as if they had come one after the other."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.questions.grammar.typed_recordings import Note, Progress
from bot.domain.questions.names import Body
from bot.domain.refusals.addressees import NotAContactOf
from bot.domain.refusals.taking_back import NothingToUndo
from bot.domain.register.addressee import Stage
from bot.operations.recording.note import note
from bot.operations.recording.progress import progress
from bot.operations.recording.undo import undo
from storage import bodies
from storage.store import Store
from storage.verify import Unbroken, verify
from tests.cast import CORA, NOW, VIC, occasion
from tests.storage import register
from tests.storage.audit import audit
from tests.storage.register import R15
from tests.storage.test_commit_groups import TOGETHER, Together

SOON = NOW + timedelta(minutes=1)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with register.loaded(database_url, TOGETHER) as loaded:
        yield loaded
        assert isinstance(verify(loaded.database), Unbroken)
        audit(database_url)


def kent(store: Store) -> Body:
    with store.reading() as connection:
        (body,) = (body for body in bodies.everyone(connection) if body.slug == "kent")
    return Body(body.code, body.slug, body.short_name)


def test_a_recording_its_undo_a_refusal_and_another_recording(store: Store) -> None:
    body, together = kent(store), Together(store)
    outcomes = together.run(
        lambda: note(store, occasion(CORA, key="a"), Note(R15, body, "the provider was met")),
        lambda: undo(store, occasion(CORA, SOON, key="b")),
        lambda: note(store, occasion(VIC, key="c"), Note(R15, body, "not for a viewer")),
        lambda: undo(store, occasion(CORA, SOON, key="d")),
        lambda: progress(
            store, occasion(CORA, SOON, key="e"), Progress(Stage.COMPLETE, (R15,), body, "done")
        ),
    )
    assert [type(outcome) for outcome in outcomes] == [
        type(None),
        type(None),
        NotAContactOf,
        NothingToUndo,
        type(None),
    ]
    assert together.commits == 1


def test_the_same_request_twice_is_recorded_once(store: Store) -> None:
    body, together, seqs = kent(store), Together(store), list[tuple[bool, int]]()

    def record() -> None:
        recorded = note(store, occasion(CORA, key="a"), Note(R15, body, "the provider was met"))
        seqs.append((recorded.again, recorded.items[0][2].seq))

    assert together.run(record, record) == [None, None]
    # Both are answered after the commit, in whatever order.
    first, again = sorted(seqs)
    assert (first[0], again[0]) == (False, True)
    assert first[1] == again[1]
