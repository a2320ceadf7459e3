"""Row 46: many write at once: nothing is lost or written twice, and "nothing was saved" is the truth."""

import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from bot.domain.questions.names import Body
from storage import bodies
from storage.store import Store
from tests.prove.recorders import STARTED_WITHIN, Answers, record, wait_for
from tests.storage import register
from tests.storage.audit import audit

pytestmark = [pytest.mark.prove, pytest.mark.alone]

PROCESSES, EACH = 16, 40
THREADS, EACH_OF_THEM = 8, 25
LONGER_THAN_A_REQUEST_WAITS = 2.0  # seconds


def test_sixteen_processes_record_forty_times_each_in_one_sqlite_file(sqlite_url: str) -> None:
    with register.loaded(sqlite_url) as store:
        before = len(audit(sqlite_url))
        spawning = multiprocessing.get_context("spawn")
        barrier = spawning.Barrier(PROCESSES + 1)
        with ProcessPoolExecutor(PROCESSES, spawning, wait_for, (barrier,)) as pool:
            recorders = [
                pool.submit(record, sqlite_url, body, EACH) for body in some_bodies(store, PROCESSES)
            ]
            barrier.wait(STARTED_WITHIN)
            # Somebody keeps the others out for so long that some of them are told that the store is busy.
            with register.held_by_another(store):
                time.sleep(LONGER_THAN_A_REQUEST_WAITS)
            must_be_true(sqlite_url, recorders, before, PROCESSES * EACH)
    assert any(recorder.result().busy for recorder in recorders)


def test_eight_threads_record_twenty_five_times_each_on_postgresql(postgresql_url: str) -> None:
    with register.loaded(postgresql_url) as store, ThreadPoolExecutor(THREADS) as pool:
        before = len(audit(postgresql_url))
        recorders = [
            pool.submit(record, postgresql_url, body, EACH_OF_THEM) for body in some_bodies(store, THREADS)
        ]
        must_be_true(postgresql_url, recorders, before, THREADS * EACH_OF_THEM)


def must_be_true(url: str, recorders: Sequence[Future[Answers]], before: int, recordings: int) -> None:
    """Check that what everybody was told is what the register holds."""
    recorded = [key for recorder in recorders for key in recorder.result().recorded]
    busy = {key for recorder in recorders for key in recorder.result().busy}
    print(f"{len(recorded)} recorded, {len(busy)} times busy")
    rows = audit(url)
    assert len(rows) == before + recordings
    written = [row["request_key"] for row in rows[before:]]
    assert sorted(written) == sorted(recorded)
    assert not busy & set(written)


def some_bodies(store: Store, many: int) -> list[Body]:
    with store.reading() as connection:
        return [Body(body.code, body.slug, body.short_name) for body in bodies.everyone(connection)[:many]]
