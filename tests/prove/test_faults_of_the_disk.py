"""Row 8: the disk is full, fails in the middle of a write, or may not be written to. Whoever is told that
nothing was saved is told the truth, nothing is half written, and with room again work goes on."""

import random
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.domain.values import replace
from storage.database import Database
from tests.cast import Register, stalking_case
from tests.prove.failing_disk import Answers, record_while_it_fills
from tests.prove.size import size
from tests.storage.audit import audit

pytestmark = pytest.mark.prove

TIMES = size(20, 300)
MOST_ROOM = 400_000  # bytes
FULL_AFTER = 30  # pages
PAGE = 4096  # bytes


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = stalking_case(sqlite_url)
    yield made
    made.store.database.close()


def test_a_write_that_fails_anywhere_leaves_nothing_behind(
    register: Register, sqlite_url: str, tmp_path: Path
) -> None:
    """Each time in a copy: in one and the same register each time would have to fill twice as much."""
    chance = random.Random(8)
    before = len(audit(sqlite_url))
    register.store.database.close()
    whole = Answers()
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        for number in range(TIMES):
            copy = tmp_path / "copy" / "recbot.db"
            copy.parent.mkdir()
            shutil.copy(sqlite_url.removeprefix("sqlite:///"), copy)
            room, url = chance.randint(0, MOST_ROOM), f"sqlite:///{copy}"
            answers = pool.submit(record_while_it_fills, url, f"time {number}", room).result()
            assert answers.recorded[-1] == f"time {number}:again"
            must_be_true(answers, url, before)
            whole += answers
            shutil.rmtree(copy.parent)
    print(whole)


def test_a_full_disk_is_told_and_survived(register: Register, sqlite_url: str) -> None:
    before = len(audit(sqlite_url))
    full = register.store.database
    pages = full.engine

    @event.listens_for(pages, "checkout")
    def hold_to_so_many_pages(connection: object, _record: object, _proxy: object) -> None:
        cursor = connection.execute("PRAGMA page_count")  # type: ignore[attr-defined]
        limits.setdefault("pages", cursor.fetchone()[0] + FULL_AFTER)
        connection.execute(f"PRAGMA max_page_count = {limits['pages']}")  # type: ignore[attr-defined]

    limits: dict[str, int] = {}
    answers, services = Answers(), register.services()
    while len(answers.not_saved) < 5:
        answers.take(services, f"filling:{len(answers.recorded)}:{len(answers.not_saved)}")
    limits["pages"] += FULL_AFTER
    answers.take(services, "there is room again")
    assert answers.recorded[-1] == "there is room again"
    must_be_true(answers, sqlite_url, before)


def test_a_file_that_may_only_be_read_is_told(register: Register, sqlite_url: str) -> None:
    before = len(audit(sqlite_url))
    place = register.store.database.url.database
    only_to_read = Database(f"sqlite:///file:{place}?mode=ro&uri=true")
    services = Register(replace(register.store, database=only_to_read)).services()
    answers = Answers()
    for number in range(3):
        answers.take(services, f"read only:{number}")
    only_to_read.close()
    assert len(answers.not_saved) == 3
    must_be_true(answers, sqlite_url, before)


def test_a_damaged_file_is_told(register: Register) -> None:
    services = register.services()
    place = Path(register.store.database.url.database or "")
    register.store.database.close()
    damaged = bytearray(place.read_bytes())
    # All but the first page, which says that it is a database at all.
    damaged[PAGE:] = random.Random(8).randbytes(len(damaged) - PAGE)
    place.write_bytes(damaged)
    answers = Answers()
    answers.take(services, "damaged")
    assert answers.not_saved == ["damaged"]


def must_be_true(answers: Answers, url: str, before: int) -> None:
    assert answers.other == []
    assert [row["request_key"] for row in audit(url)[before:]] == answers.recorded
