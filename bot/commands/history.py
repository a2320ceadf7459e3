"""`recbot verify-history`, `redact`, `backup` and `restore`: what they print, and their exit codes."""

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import assert_never

from bot.commands.failing import failed
from bot.commands.register import place
from bot.domain.refusals.taking_back import NothingToErase, WordsAreHeld
from bot.domain.register.redaction import Ground, ground_of
from bot.operations.messages.homes import owed_homes
from bot.operations.recording import redact as redactions
from bot.operations.upkeep import backup as backups
from bot.operations.upkeep.backup import BackupFailed
from bot.rendering import words
from bot.rendering.blocks.recording.redact import message_without
from storage.database import Database
from storage.store import Store
from storage.verify import Anchor, Broken, Fault, Unbroken, verify

_ERASE_BY_HAND = "Texts erased since the backup: erase them again by hand."

# The digits of a hash that an anchor has at least: with fewer, another could begin with the same by chance.
_HASH = re.compile("[0-9a-f]{8,64}")


def verify_history(database: Database, anchors: Iterable[str] = ()) -> int:
    """Return 0, or 1 at the first broken place. `anchors` are a number and a hash each, as `/recs digest`
    shows them: `137,9f86d0…`. Raises Busy."""
    try:
        kept_anchors = [_anchor(anchor) for anchor in anchors]
    except ValueError:
        return failed(
            "--anchor: give the number and at least 8 digits of the hash that `/recs digest` showed,"
            " such as 137,9f86d081884c"
        )
    verified = verify(database, kept_anchors)
    if isinstance(verified, Broken):
        return failed(in_words(verified))
    print(_holds(verified))
    return 0


def redact(database: Database, seq: int | None, ground: str, instant: datetime) -> int:
    """Erase the words of update `seq` at a UTC instant; without `seq`, only clean the files of what was
    erased before. Raises Busy."""
    store = Store(database, home_team="")
    if seq is not None:
        lawful = ground_of(ground)
        if lawful is None:
            return failed(f"--ground: one of these: {'; '.join(Ground)}.")
        try:
            done = redactions.redact_by_hand(store, seq, lawful, instant, message_without)
        except NothingToErase:
            return failed(f"There is no update {seq}, or it has no words that can be erased.")
        except WordsAreHeld as refusal:
            return failed(
                f"The words of update {seq} are held ({refusal.reason}), so nothing was erased."
                f" recbot hold --lift {refusal.hold_seq} lifts the hold."
            )
        print(f"The words of update {seq} are erased ({lawful}).")
        if done.messages:
            print(f"{words.count(done.messages, 'message')} in Slack will be edited by recbot serve.")
        if owed_homes(store):
            print("Homes in Slack will be drawn anew by recbot serve.")
    if not redactions.clean(store):
        return failed(
            "The database's files may still hold the words: somebody else works with them, or the database"
            " is not recbot's own. recbot serve and recbot tick try again; run recbot redact without a number"
            " as the database's owner."
        )
    print("The database's files hold nothing of what was erased. Backups made before still may.")
    return 0


def backup(database: Database, file: Path) -> int:
    """Return 0; 1 where no copy was made, or where its history does not hold. Raises Busy."""
    try:
        verified = backups.backup(database, file)
    except BackupFailed as error:
        return failed(str(error))
    print(f"Saved as {file}.")
    if isinstance(verified, Broken):
        return failed(in_words(verified))
    print(_holds(verified))
    return 0


def restore(database: Database, file: Path, instant: datetime) -> int:
    """Put a saved register in the place of this one. Raises Busy, and Locked while recbot serves the SQLite
    file."""
    try:
        done = backups.restore(database, file, instant, message_without)
    except BackupFailed as error:
        return failed(str(error), "Nothing was changed.")
    print(f"Restored from {file}. The last update is {done.seq}, and its hash is {done.hash}.")
    if done.lost:
        since = words.count(done.lost, "update")
        print(f"Recorded since, and in the old database only, which is kept: {since}.")
    if done.erased_again:
        print(f"The words of {words.count(done.erased_again, 'update')} were erased since, and are again.")
    if not done.replaced:
        print(f"There was no register {place(database)} before. {_ERASE_BY_HAND}")
    elif done.erased_again is None:
        print("The old database could not be read: erase again by hand what was erased since.")
    return 0


def _anchor(text: str) -> Anchor:
    """Read the number of an update and its hash. Raises ValueError for what is no number with a hash, or its
    beginning."""
    seq, hash_ = text.replace(",", " ").split()
    if int(seq) < 1 or not _HASH.fullmatch(hash_.lower()):
        raise ValueError
    return Anchor(int(seq), hash_.lower())


def _holds(unbroken: Unbroken) -> str:
    erased = (
        f" The words of {words.count(unbroken.erased, 'update')} are lawfully erased."
        if unbroken.erased
        else ""
    )
    updates = words.count(unbroken.seq, "update")
    return f"The history holds: {updates}, the last with the hash {unbroken.hash}.{erased}"


def in_words(broken: Broken) -> str:
    """Return what is wrong, and where."""
    seq, about = broken.seq, broken.about
    holds_not = "The history does not hold:"
    match broken.fault:
        case Fault.SHOWN_DIFFERS:
            return f"What is shown is not what the history says: {about}."
        case Fault.UNGUARDED:
            return f"The history is not guarded: {about}."
        case Fault.MISSING:
            return f"{holds_not} update {seq} is missing."
        case Fault.DOES_NOT_FOLLOW:
            return f"{holds_not} update {seq} does not follow the one before it."
        case Fault.CHANGED:
            return f"{holds_not} update {seq} is not as it was recorded."
        case Fault.WORDS_CHANGED:
            return f"{holds_not} the words of update {seq} are not those that were recorded."
        case Fault.ERASED_UNRECORDED:
            return (
                f"{holds_not} the words of update {seq} were erased, and nobody is recorded to have done so."
            )
        case Fault.NOT_ERASED:
            return (
                f"{holds_not} the words of update {seq} are there, though it is recorded that they were"
                " erased."
            )
        case Fault.NOT_THE_HEAD:
            return (
                f"{holds_not} after update {seq} something was taken away or added, or its end was rewritten."
            )
        case Fault.CUT:
            return (
                f"{holds_not} it ends at update {seq}, and messages have told of update {about}: its end was"
                " cut off."
            )
        case Fault.NOT_THE_ANCHOR:
            return f"{holds_not} update {seq} is not the one whose hash was given: the history was made anew."
        case Fault.ENDS_BEFORE_ANCHOR:
            return (
                f"{holds_not} there is no update {seq}, the history ends with {about}: its end was cut off,"
                " or an older copy was restored."
            )
    assert_never(broken.fault)
