"""`recbot hold` and `recbot retention`: words that may not be erased, and words that are no longer needed."""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.commands.bodies import UnknownBody, body_named
from bot.commands.failing import failed
from bot.domain.free_text import TextTooLong
from bot.domain.refusals.taking_back import NoSuchHold
from bot.domain.register.hold import Hold
from bot.domain.register.retention import OldWords
from bot.operations.recording.redact import clean
from bot.operations.upkeep import hold as holds
from bot.operations.upkeep import retention
from bot.rendering import words
from bot.rendering.blocks.recording.redact import message_without
from storage import bodies
from storage.store import Store


def add_hold_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("body", nargs="*", metavar="BODY", help="any name of the body")
    parser.add_argument("--all", action="store_true", help="the words of every body")
    parser.add_argument(
        "--reason", default="", help="a reference, such as: disclosure request 2027/114; names nobody"
    )
    parser.add_argument("--lift", type=int, metavar="N", help="lift the hold that update N placed")


def run_hold(arguments: argparse.Namespace, store: Store, now: datetime) -> int:
    """Place or lift a hold, or list those that stand. Return the exit code; `now` is a UTC instant."""
    name = " ".join(arguments.body)
    try:
        if arguments.lift is not None:
            if name or arguments.all or arguments.reason:
                return failed("Lift a hold by its number alone: recbot hold --lift 512.")
            _print(store, [holds.lift(store, now, arguments.lift)], "Lifted: ")
        elif name or arguments.all:
            if name and arguments.all:
                return failed("Name one body, or all: recbot hold kent, or recbot hold --all.")
            if not arguments.reason.strip():
                return failed("--reason: say why, by a reference that names nobody.")
            body = body_named(store, name) if name else None
            _print(store, [holds.place(store, now, body, arguments.reason)])
        else:
            _print(store, holds.standing(store))
    except UnknownBody as error:
        return failed(str(error))
    except NoSuchHold as refusal:
        return failed(
            f"Update {refusal.seq} placed no hold, or it was lifted. recbot hold lists those that stand."
        )
    except TextTooLong as refusal:
        return failed(f"--reason: {refusal.length:,} characters; {refusal.limit:,} is the limit.")
    return 0


def _print(store: Store, listed: Sequence[Hold], before: str = "") -> None:
    with store.reading() as connection:
        names = {body.code: body.short_name for body in bodies.everyone(connection)}
    for hold in listed:
        held_words = f"the words of {names[hold.body_code]}" if hold.body_code else "all words"
        print(f"{before}{hold.seq}: {held_words}, held since {words.day(hold.placed_on)} ({hold.reason})")
    if not listed:
        print("No words are held.")


def add_retention_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--years", type=int, required=True, metavar="N", help="how long words are kept")
    parser.add_argument("--erase", action="store_true", help="erase them; without it, only say what would go")


def run_retention(arguments: argparse.Namespace, store: Store, now: datetime) -> int:
    """Say which words are no longer needed, or erase them. Return the exit code; `now` is a UTC instant."""
    if arguments.years < 1:
        return failed("--years: 1 or more.")
    planned = retention.plan(store, now, arguments.years)
    since = words.day(planned.before)
    print(
        f"Recorded before {since}, on what is no longer asked of the body:"
        f" the words of {words.count(len(planned.due), 'update')}{_by_recommendation(planned.due)}."
    )
    if planned.kept_by_hold:
        print(f"Held, and so kept: the words of {words.count(len(planned.kept_by_hold), 'update')}.")
    if not arguments.erase:
        print("Nothing was erased. Make a backup, then do it with --erase.")
        return 0
    print(f"Erased: {words.count(retention.carry_out(store, now, planned, message_without), 'update')}.")
    if not clean(store):
        return failed(
            "The database's files may still hold the words: somebody else works with them."
            " recbot serve and recbot tick try again."
        )
    return 0


def _by_recommendation(due: Iterable[OldWords]) -> str:
    counts = Counter(words_.recommendation_id for words_ in due)
    listed = words.both([f"{id_.replace('-', ' ')} {count}" for id_, count in sorted(counts.items())])
    return f" ({listed})" if listed else ""
