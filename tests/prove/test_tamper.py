"""Row 17: whatever is changed, deleted, swapped or added in the history, verify-history finds it."""

import random
import shutil
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from bot.domain.register import history
from bot.domain.register.redaction import Ground
from bot.operations.recording.redact import redact_by_hand
from bot.rendering.blocks.recording.redact import message_without
from storage.chain import entry
from storage.database import FOR_WORK, Database
from storage.tables.history import updates
from storage.verify import Anchor, Broken, Fault, Unbroken, verify
from tests.cast import ALICE, BOB, NOW, accountable_case
from tests.prove.size import size
from tests.storage.audit import unbroken
from tests.storage.tampering import EDITS, unguarded

pytestmark = pytest.mark.prove

TRIES = size(500, 10_000)
SEED = 17


@pytest.fixture
def honest(tmp_path: Path) -> Path:
    """A register with words in it, of which some are erased, in one file with nothing beside it."""
    file = tmp_path / "honest.db"
    register = accountable_case(f"sqlite:///{file}")
    for number in range(20):
        register.says(ALICE, f"note 15: note {number}, “{number}” – 完")
        register.says(BOB, f"progress 16 blocked: waits for {number}")
    for seq in (143, 154):
        redact_by_hand(register.store, seq, Ground.WRONG_PERSON, NOW, message_without)
    register.store.database.close()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return file


def test_every_change_is_found(honest: Path, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    last = len(unbroken(f"sqlite:///{honest}"))
    faults: Counter[Fault] = Counter()
    for number in range(TRIES):
        forged = tmp_path / "forged.db"
        shutil.copy(honest, forged)
        with unguarded(forged) as connection:
            edit = chance.choice(EDITS)(connection, chance, last)
        database = Database(f"sqlite:///{forged}", FOR_WORK)
        seen = verify(database)
        database.close()
        assert isinstance(seen, Broken), f"{edit}, try {number} of seed {SEED}"
        faults[seen.fault] += 1
        for path in tmp_path.glob("forged.db*"):
            path.unlink()
    print(f"{TRIES} changes, {faults.total()} found: {dict(faults)}")
    assert faults.total() == TRIES


def test_a_history_made_wholly_anew_is_found_by_what_a_digest_printed(honest: Path) -> None:
    rows = unbroken(f"sqlite:///{honest}")
    anchor = Anchor(rows[-1]["seq"], rows[-1]["hash"])
    with unguarded(honest) as connection:
        connection.execute("UPDATE updates SET source = 'a letter that never was' WHERE seq = 60")
    make_anew(honest)
    database = Database(f"sqlite:///{honest}", FOR_WORK)
    assert isinstance(verify(database), Unbroken)
    assert verify(database, [anchor]) == Broken(anchor.seq, Fault.NOT_THE_ANCHOR)
    database.close()


def make_anew(file: Path) -> None:
    """Compute every hash again, as somebody with rights on the file and this program can."""
    database = Database(f"sqlite:///{file}", FOR_WORK)
    previous = history.GENESIS
    with unguarded(file), database.begin() as connection:
        for row in connection.exec_driver_sql("SELECT seq FROM updates ORDER BY seq").scalars().all():
            values = connection.execute(updates.select().where(updates.c.seq == row)).mappings().one()
            hash_ = history.link(previous, entry(dict(values)))
            connection.exec_driver_sql(
                "UPDATE updates SET prev = ?, hash = ? WHERE seq = ?", (previous, hash_, row)
            )
            previous = hash_
        connection.exec_driver_sql("UPDATE chain_head SET hash = ?", (previous,))
    database.close()
