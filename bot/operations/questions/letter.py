"""The letter that answers a report, read from one snapshot of the register."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.calendar import london_date
from bot.domain.questions.account import Account, Chapter
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.questions.letter import Letter, LetterChapter, LetterLook, MissingReason
from bot.domain.questions.map import laid_out
from bot.domain.refusals.commands import UnknownRecommendation
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Report
from bot.domain.values import replace
from bot.operations.questions.export import account_of
from bot.operations.register.opening import register_on
from bot.operations.register.register import Register
from bot.operations.request import resolve
from bot.operations.request.actors import coordinator_reads
from storage import letters, updates
from storage.database import Connection
from storage.store import Store


def look(store: Store, request: Request, command: typed_commands.Letter) -> LetterLook:
    """Look up which reasons the letter would lack. Raises what `letter` raises."""
    with coordinator_reads(store, request) as connection:
        return _look(connection, request.instant, command)


def look_for_operator(store: Store, instant: datetime, command: typed_commands.Letter) -> LetterLook:
    """Look up which reasons the letter would lack, for whoever holds the database.

    Raises UnknownRecommendation, DayToCome."""
    with store.reading() as connection:
        return _look(connection, instant, command)


def letter(store: Store, request: Request, command: typed_commands.Letter) -> Letter:
    """Return the letter, read whole: drawing its maps can take a minute, and nothing is to be held open for
    that.

    Raises UnknownRecommendation, DayToCome, NotACoordinator, CannotSee."""
    with coordinator_reads(store, request) as connection:
        return _letter(connection, request.instant, command)


def letter_for_operator(store: Store, instant: datetime, command: typed_commands.Letter) -> Letter:
    """Return the letter for whoever holds the database. Raises UnknownRecommendation, DayToCome."""
    with store.reading() as connection:
        return _letter(connection, instant, command)


def _look(connection: Connection, instant: datetime, command: typed_commands.Letter) -> LetterLook:
    report = resolve.report(connection, command.report.key)
    register = register_on(connection, london_date(instant), command.as_at, known=command.known)
    return LetterLook(
        report=report,
        frame=letters.frame(connection, report.key),
        day=register.day,
        missing_reasons=tuple(_missing_reasons(connection, register, report.key)),
        known=command.known,
    )


def _missing_reasons(connection: Connection, register: Register, report_key: str) -> Iterator[MissingReason]:
    for recommendation in register.live(report_key):
        short = [
            addressee
            for addressee in register.addressees(recommendation)
            if addressee.answer.is_given and addressee.answer.facts.needs_reason
        ]
        responses = updates.by_seq(connection, (row.response_seq for row in short if row.response_seq))
        for addressee in short:
            response = responses.get(addressee.response_seq or 0)
            if response is None or not response.is_published:
                has_words = response is not None and bool(response.draft.text)
                yield MissingReason(
                    recommendation, addressee.body_name, addressee.response_seq if has_words else None
                )


def _letter(connection: Connection, instant: datetime, command: typed_commands.Letter) -> Letter:
    account = account_of(connection, instant, _export(command))
    if not isinstance(account.subject, Report):
        raise UnknownRecommendation(command.report.key)
    return Letter(
        report=account.subject,
        frame=letters.frame(connection, account.subject.key),
        day=account.day,
        made_at=account.made_at,
        through_seq=account.through_seq,
        chapters=tuple(_chapter(account, chapter) for chapter in account.chapters),
        known=account.known,
        looks_back=account.looks_back,
        anchor=account.anchor,
        published_responses=account.published_responses.get(account.subject.key),
    )


def _export(command: typed_commands.Letter) -> Export:
    """Ask for the published form: a letter says nothing else."""
    return Export(subject=command.report, as_at=command.as_at, known=command.known)


def _chapter(account: Account, chapter: Chapter) -> LetterChapter:
    recommendation = chapter.recommendation
    tile_map = laid_out(
        recommendation,
        chapter.addressees,
        account.bodies,
        account.day,
        known=account.known,
        origin=chapter.origin,
    )
    return LetterChapter(
        recommendation=recommendation,
        tally=chapter.tally,
        # Of each body's updates the letter tells those by which it stands as it does.
        entries=tuple(replace(entry, updates=entry.shown) for entry in chapter.entries),
        sources=chapter.sources,
        map=tile_map if chapter.addressees else None,
        origin=chapter.origin,
    )
