"""`/recs deadlines`: what falls due, in order, and how many have not done it."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from bot.domain.questions.answers import Deadline, DeadlineList
from bot.domain.questions.question_answer import DeadlinesOf
from bot.domain.questions.written import time_words
from bot.domain.register.addressee import Duty
from bot.rendering import terms, wordings, words
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


def deadlines(result: DeadlineList) -> Screen:
    return screen(
        _headline(result),
        *written(_lines(result)),
        _late(result),
        *end_of_page(result.typed, result.page),
    )


def deadlines_of(result: DeadlinesOf) -> Screen:
    """Show the deadlines that a question asks for."""
    period, of_what = time_words(result.time), about(result.subject)
    condition = " ".join(part for part in ("with a deadline", period, of_what) if part)
    if not result.rows:
        return screen(f"Nothing is still owed {condition}.", *end_of_page(result.typed, result.page))
    count_words = words.count(result.page.total, "deadline")
    first = result.rows[0]
    first_day = (
        f", the first on {words.day(first.on)}" if result.page.total > 1 else f", on {words.day(first.on)}"
    )
    context = " ".join(part for part in (period, of_what) if part)
    return screen(
        f"{count_words}{f' {context}' if context else ''} by which something is still owed"
        f"{first_day}{which_page(result.page)}.",
        *written(_rows(result.rows, result.today)),
        *end_of_page(result.typed, result.page),
    )


def _headline(result: DeadlineList) -> str:
    until = f" by {words.day(result.until)}" if result.until else ""
    if not result.rows:
        return f"Nothing falls due{until}. {next_deadline(result.nearest, result.today)}"
    if result.page.number > 1:
        return f"What falls due{until}{which_page(result.page)}."
    first_day = result.rows[0].on
    left = words.time_left(first_day, result.today)
    return f"Next due: {duties(result.nearest)} on {words.day(first_day)} ({left})."


def _lines(result: DeadlineList) -> list[str]:
    return _rows(result.rows, result.today)


def _rows(rows: Iterable[Deadline], today: date) -> list[str]:
    texts = []
    for day, on_this_day in groupby(rows, key=lambda row: row.on):
        texts.append(f"{words.short_day(day)}, {words.time_left(day, today)}")
        texts += [f"  {_row(row)}" for row in on_this_day]
    return texts


def _row(row: Deadline) -> str:
    if row.duty is Duty.RESPONSE:
        answers = terms.owed(row.duty, wordings.named(row.recommendation))
        return f"{answers}: {row.owed} of {row.addressed} awaiting"
    stated = row.recommendation.due_on
    was = f" (was due {words.short_day(stated)})" if stated and stated != row.on else ""
    title = words.capital(wordings.named(row.recommendation))
    return f"{title}{was}: {row.owed} of {row.addressed} not complete"


def _late(result: DeadlineList) -> Block | None:
    since = overdue_since(result.late)
    return lines([f"{since}. `/recs overdue` says with whom."]) if since else None
