"""Deadlines as a calendar file (RFC 5545): an entry for each whole day.

An entry keeps its UID, and its SEQUENCE only rises, so that a calendar that has an older one replaces it."""

from datetime import timedelta

from icalendar import Calendar, Event

from bot.domain.questions.deadline_calendar import CalendarEntry, DeadlineCalendar
from bot.rendering import terms, wordings, words
from bot.rendering.documents.columns import printable

FILE_NAME = "deadlines.ics"


def write(calendar: DeadlineCalendar) -> bytes:
    feed = Calendar()
    feed.add("prodid", "-//recbot//Deadlines//EN")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", title(calendar))
    for entry in calendar.entries:
        feed.add_component(_event(calendar, entry))
    return bytes(feed.to_ical())


def title(calendar: DeadlineCalendar) -> str:
    """Name the calendar: Deadlines of Kent; deadlines of all recommendations."""
    return f"Deadlines of {words.both(calendar.bodies) or 'all recommendations'}"


def _event(calendar: DeadlineCalendar, entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", _uid(calendar, entry))
    event.add("sequence", calendar.through_seq)
    event.add("dtstamp", calendar.made_at)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    # Nobody is busy on that day.
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.is_done else "CONFIRMED")
    event.add("summary", _summary(entry))
    event.add("description", printable(wordings.in_full(entry.recommendation)))
    if url := entry.recommendation.report.url:
        event.add("url", printable(url))
    return event


def _uid(calendar: DeadlineCalendar, entry: CalendarEntry) -> str:
    """Return the same id for the same deadline, wherever it is moved to:
    stalking-15-E23000032-action@T0HOME.recbot."""
    holder = entry.body_code or "all"
    return f"{entry.recommendation.id}-{holder}-{entry.duty.value}@{calendar.home_team}.recbot"


def _summary(entry: CalendarEntry) -> str:
    """Name the entry: Stalking 15 due (Kent); Answers on stalking 15 due (12 of 43 bodies to go)."""
    of_whom = entry.body_name or f"{entry.owing} of {words.bodies(entry.addressed)} to go"
    summary = words.capital(terms.owed(entry.duty, entry.recommendation.title))
    return f"Done: {summary} ({of_whom})" if entry.is_done else f"{summary} due ({of_whom})"
