"""Row 33: whoever erases words is killed at any moment of it or after it; after the next round no byte of
them is left in the database's files, nor in a new backup."""

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest

from bot.operations.recording.redact import is_cleaning_owed
from bot.operations.upkeep import backup
from storage import updates
from storage.verify import Unbroken, verify
from tests.cast import NOW, Register, accountable_case
from tests.databases import with_client_programs
from tests.outbox.rig import ClockByHand, Rig
from tests.prove.erasing import canaries_in, erase_until_killed, files_of, unpacked
from tests.prove.size import size
from tests.prove.test_redaction import write

__all__ = ["with_client_programs"]

pytestmark = pytest.mark.prove

KILLS = size(8, 200)
# Of those that one process is to erase before it is killed; and how long after it began, in seconds.
TEXTS = 4
LATEST = 0.6
# Every so many kills fall on the moment right after an acknowledgement.
AT_ONCE = 4


def test_whenever_it_is_killed_nothing_is_left_after_the_next_round(
    database_url: str, with_client_programs: None, tmp_path: Path
) -> None:
    chance = random.Random(33)
    # Forked from a process that has imported everything, and has no threads.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.prove.erasing"])
    register = accountable_case(database_url)
    Rig(register.store, ClockByHand(NOW)).run()
    written: dict[int, int] = {}
    kills = left_before = looked_at = 0
    while kills < KILLS:
        new = [len(written) + number for number in range(TEXTS)]
        seqs = {write(register, number): number for number in new}
        written |= seqs
        connection, telling = processes.Pipe(duplex=False)
        process = processes.Process(
            target=erase_until_killed, args=(database_url, list(seqs), telling, kills % AT_ONCE == 0)
        )
        process.start()
        telling.close()
        assert connection.recv() == 0
        time.sleep(chance.uniform(0, LATEST))
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL)
        kills += process.exitcode != 0
        acknowledged = set()
        try:
            while True:
                acknowledged.add(connection.recv())
        except EOFError:
            connection.close()
        erased = erased_of(register, written)
        assert acknowledged <= {seq for seq, number in written.items() if number in erased}
        left_before += bool(canaries_in(files_of(register.store.database)) & erased)

        rig = Rig(register.store, ClockByHand(NOW))
        rig.run()
        assert not is_cleaning_owed(register.store)
        copy = tmp_path / f"saved-{kills}-{len(written)}"
        backup.backup(register.store.database, copy)
        files = [*files_of(register.store.database), unpacked(register.store.database, copy)]
        looked_at += len(files)
        assert canaries_in(files) & erased == set()
        # What is not erased is found: it is looked for where it would stand.
        assert canaries_in(files) == set(written.values()) - erased
        copy.unlink()
    result = verify(register.store.database)
    assert isinstance(result, Unbroken)
    print(f"{kills} kills, {result.erased} of {len(written)} texts erased; bytes of them were left")
    print(f"{left_before} times by who was killed, and 0 after the next round, in {looked_at:,} files")
    assert left_before
    register.store.database.close()


def erased_of(register: Register, written: dict[int, int]) -> set[int]:
    """Return the numbers of the texts that are recorded as erased."""
    with register.store.reading() as connection:
        by_seq = {seq: updates.get(connection, seq) for seq in written}
    return {written[seq] for seq, update in by_seq.items() if update is not None and update.words_erased}
