"""Row 9: copies made while people write are whole, and each of them comes back."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.questions.grammar.typed_recordings import Note
from bot.operations.recording import note
from bot.operations.upkeep import backup
from bot.rendering.blocks.recording.redact import message_without
from storage.database import FOR_WORK, Database
from storage.verify import Unbroken
from tests.cast import ALICE, BOB, CORA, ED, NOW, Register, accountable_case, occasion
from tests.databases import with_client_programs
from tests.prove.size import size
from tests.storage.audit import audit
from tests.storage.register import R15

__all__ = ["with_client_programs"]

pytestmark = pytest.mark.prove

COPIES = size(20, 1000)
COPIES_OF_POSTGRESQL = size(2, 50)
RETURNED_WITHIN = 300.0  # seconds
BETWEEN_NOTES = 0.05 if COPIES < 100 else 0.25  # seconds: else the last of many copies takes very long
_WRITERS = ((ALICE, "kent"), (BOB, "surrey"), (ED, "essex"), (CORA, "gwent"))


@contextmanager
def people_writing(register: Register) -> Iterator[Callable[[], int]]:
    """Have four write at once, and give how many notes they have written so far."""
    stopping = threading.Event()
    written = [0] * len(_WRITERS)

    def write(place: int) -> None:
        who, slug = _WRITERS[place]
        for number in count():
            if stopping.is_set():
                return
            text_ = f"note {number} " + "and more " * (number % 50)
            request = Note(R15, text=text_, body=register.body(slug))
            note.note(register.store, occasion(who), request)
            written[place] += 1
            stopping.wait(BETWEEN_NOTES)

    threads = [threading.Thread(target=write, args=(place,)) for place in range(len(_WRITERS))]
    for thread in threads:
        thread.start()
    try:
        yield lambda: sum(written)
    finally:
        stopping.set()
        for thread in threads:
            thread.join()


def test_every_copy_of_a_sqlite_register_in_use_comes_back_whole(sqlite_url: str, tmp_path: Path) -> None:
    register = accountable_case(sqlite_url)
    heads, longest, notes = [], 0.0, 0
    with people_writing(register) as written:
        for number in range(COPIES):
            saved, before = tmp_path / "saved", written()
            copied = backup.backup(register.store.database, saved)
            assert isinstance(copied, Unbroken), f"copy {number}"
            # What had been told as recorded when the copy began is in it.
            assert copied.seq >= 137 + before
            began = time.monotonic()
            place = tmp_path / "returned.db"
            returned = Database(f"sqlite:///{place}", FOR_WORK)
            done = backup.restore(returned, saved, NOW, message_without)
            longest = max(longest, time.monotonic() - began)
            assert (done.seq, done.hash) == (copied.seq, copied.hash)
            returned.close()
            audit(f"sqlite:///{place}")
            heads.append(done.seq)
            for path in (saved, place):
                path.unlink()
        notes = written()
    print(f"{COPIES} copies while {notes} notes were written, all returned; the longest took {longest:.2f} s")
    assert heads == sorted(heads)
    assert notes
    assert longest < RETURNED_WITHIN
    register.store.database.close()


def test_every_copy_of_a_postgresql_register_in_use_comes_back_whole(
    postgresql_url: str, with_client_programs: None, tmp_path: Path
) -> None:
    register = accountable_case(postgresql_url)
    copies = []
    with people_writing(register) as written:
        for number in range(COPIES_OF_POSTGRESQL):
            before = written()
            copied = backup.backup(register.store.database, tmp_path / f"saved-{number}")
            assert isinstance(copied, Unbroken), f"copy {number}"
            copies.append((tmp_path / f"saved-{number}", 137 + before))
        notes = written()
    register.store.database.close()
    longest = 0.0
    for saved, at_least in copies:
        began = time.monotonic()
        database = Database(postgresql_url, FOR_WORK)
        done = backup.restore(database, saved, NOW, message_without)
        longest = max(longest, time.monotonic() - began)
        database.close()
        assert done.seq >= at_least
        audit(postgresql_url)
    print(f"{len(copies)} copies while {notes} notes were written, all returned in {longest:.2f} s at most")
    assert longest < RETURNED_WITHIN
    with register.store.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM updates")).scalar_one() >= 137
    register.store.database.close()
