"""`/recs deadlines`: what falls due, in order, and how many have not done it."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from bot.domain.questions.answers import Deadline, DeadlineList
from bot.domain.questions.question_answer import DeadlinesOf
from bot.domain.questions.written import time_words
from bot.domain.register.addressee import Duty
from bot.rendering import words
from bot.rendering.blocks.questions.lists import (
    duties,
    end_of_page,
    next_deadline,
    overdue_since,
    which_page,
    written,
)
from bot.rendering.blocks.questions.subjects import about
from bot.rendering.screen import Block, Screen, lines, screen


def deadlines(found: DeadlineList) -> Screen:
    return screen(
        _headline(found),
        *written(_lines(found)),
        _late(found),
        *end_of_page(found.typed, found.page),
    )


def deadlines_of(found: DeadlinesOf) -> Screen:
    """Those that a question asks for."""
    when, where = time_words(found.time), about(found.subject)
    asked = " ".join(part for part in ("with a deadline", when, where) if part)
    if not found.rows:
        return screen(f"Nothing is still owed {asked}.", *end_of_page(found.typed, found.page))
    counted = words.count(found.page.total, "deadline")
    first = found.rows[0]
    which = f", the first on {words.day(first.on)}" if found.page.total > 1 else f", on {words.day(first.on)}"
    context = " ".join(part for part in (when, where) if part)
    return screen(
        f"{counted}{f' {context}' if context else ''} by which something is still owed"
        f"{which}{which_page(found.page)}.",
        *written(_rows(found.rows, found.today)),
        *end_of_page(found.typed, found.page),
    )


def _headline(found: DeadlineList) -> str:
    until = f" by {words.day(found.until)}" if found.until else ""
    if not found.rows:
        return f"Nothing falls due{until}. {next_deadline(found.nearest, found.today)}"
    if found.page.number > 1:
        return f"What falls due{until}{which_page(found.page)}."
    on = found.rows[0].on
    return f"Next due: {duties(found.nearest)} on {words.day(on)} ({words.time_left(on, found.today)})."


def _lines(found: DeadlineList) -> list[str]:
    return _rows(found.rows, found.today)


def _rows(rows: Iterable[Deadline], today: date) -> list[str]:
    texts = []
    for on, some in groupby(rows, key=lambda row: row.on):
        texts.append(f"{words.short_day(on)}, {words.time_left(on, today)}")
        texts += [f"  {_row(row)}" for row in some]
    return texts


def _row(row: Deadline) -> str:
    if row.duty is Duty.RESPONSE:
        return f"Response to {row.recommendation.title}: {row.owed} of {row.addressed} awaiting"
    stated = row.recommendation.due_on
    was = f" (was due {words.short_day(stated)})" if stated and stated != row.on else ""
    return f"{words.capital(row.recommendation.title)}{was}: {row.owed} of {row.addressed} not complete"


def _late(found: DeadlineList) -> Block | None:
    since = overdue_since(found.late)
    return lines([f"{since}. `/recs overdue` says with whom."]) if since else None
