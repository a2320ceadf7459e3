"""Backing the register up and restoring it: what was erased since the copy was made is erased in it again."""

from datetime import datetime
from pathlib import Path
from typing import assert_never

from msgspec import Struct

from bot.domain.refusals.taking_back import NothingToErase
from bot.operations.recording import redact
from bot.operations.recording.redact import Message
from storage import backup as storage
from storage import chain, people, redaction
from storage.backup import BackupFailed
from storage.database import Database
from storage.redaction import Erased
from storage.store import Store
from storage.verify import Broken, Fault, Unbroken, verify

__all__ = ["BackupFailed", "Broken", "Restored", "Unbroken", "backup", "restore"]


class Restored(Struct, frozen=True):
    """A backup that has taken its place."""

    seq: int  # its last update
    hash: str  # the hash of that
    # Both None where the old database could not be read, or where there was none:
    lost: int | None = None  # updates that the old database had and the backup has not
    erased_again: int | None = None  # updates whose words had been erased since
    replaced: bool = True  # whether there was a register before


def backup(database: Database, file: Path) -> Unbroken | Broken:
    """Write a copy into a file, and return whether its history holds. Raises BackupFailed, Busy."""
    return storage.save(database, file)


def restore(database: Database, file: Path, instant: datetime, message: Message) -> Restored:
    """Put a backup in the place of a database, at a UTC instant; `message` words the messages whose words are
    erased again.

    Raises BackupFailed, Locked, Busy; then everything is as it was."""
    replaced = storage.has_register(database)
    before = redaction.erased_in(database)
    database.close()
    with storage.taking_its_place(database, file) as copy:
        unbroken = _must_hold(copy, file)
        store = Store(copy, home_team="")
        again = (
            sum(_erase_again(store, erased, instant, message) for erased in before.erased) if before else 0
        )
        if again:
            redact.clean(store)
        end = _must_hold(copy, file) if again else unbroken
        with copy.begin() as connection:
            # Names and memberships are Slack's to tell, and no backup's.
            people.forget_when_refreshed(connection)
    if before is None:
        return Restored(end.seq, end.hash, replaced=replaced)
    return Restored(end.seq, end.hash, max(0, before.seq - unbroken.seq), again)


def _must_hold(copy: Database, file: Path) -> Unbroken:
    result = verify(copy)
    if isinstance(result, Broken):
        raise BackupFailed(f"{file}: {_why(result)}")
    return result


def _why(broken: Broken) -> str:
    match broken.fault:
        case Fault.SHOWN_DIFFERS | Fault.UNGUARDED:
            return f"what it shows is not what its history says: {broken.about}."
        case Fault.CUT:
            return f"its history was cut off after update {broken.seq}."
        case (
            Fault.MISSING
            | Fault.DOES_NOT_FOLLOW
            | Fault.CHANGED
            | Fault.WORDS_CHANGED
            | Fault.ERASED_UNRECORDED
            | Fault.NOT_ERASED
            | Fault.NOT_THE_HEAD
            | Fault.NOT_THE_ANCHOR
            | Fault.ENDS_BEFORE_ANCHOR
        ):
            return f"its history does not hold from update {broken.seq} on."
    assert_never(broken.fault)


def _erase_again(store: Store, erased: Erased, instant: datetime, message: Message) -> bool:
    """Erase the words of an update again, and return whether it did: only where the backup's update is the
    same one."""
    with store.reading() as connection:
        if chain.hash_of(connection, erased.seq) != erased.hash:
            return False
    try:
        redact.redact_again(store, erased.seq, erased.ground, instant, message)
    except NothingToErase:
        return False
    return True
