"""Dates, counts and lists in words, the same everywhere."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.domain.calendar import LONDON, working_days_between

NAMES_SHOWN = 12


def day(on: date) -> str:
    """Write a day as in a sentence: 27 March 2025."""
    return f"{on.day} {on:%B %Y}"


def short_day(on: date) -> str:
    """Write a day as in a list: 27 Mar 2025."""
    return f"{on.day} {on:%b %Y}"


def moved_day(on: date, stated: date | None) -> str:
    """Write a deadline in a list, and the report's own where it was moved: 30 Apr 2025, was 27 Mar 2025."""
    was = f", was {short_day(stated)}" if stated and stated != on else ""
    return f"{short_day(on)}{was}"


def moment(instant: datetime) -> str:
    """Write a UTC instant as London reads it: 10 Mar 2025, 10:04."""
    local = instant.astimezone(LONDON)
    return f"{short_day(local.date())}, {local:%H:%M}"


def count(n: int, name: str, many: str = "") -> str:
    return f"{n:,} {name if n == 1 else many or name + 's'}"


def days(n: int) -> str:
    return count(n, "day")


def span(time: timedelta) -> str:
    """Write a length of whole days: a week, 10 days."""
    return "a week" if time == timedelta(weeks=1) else days(time.days)


def bodies(n: int) -> str:
    return count(n, "body", "bodies")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def opening(text: str, limit: int) -> str:
    """Return the first words of a text on one line, of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit].rpartition(' ')[0].rstrip(',;:')} …"


def names(texts: Sequence[str], most: int = NAMES_SHOWN, total: int | None = None) -> str:
    """Join with commas; a longer list says how many more there are, of `total` where not all are given."""
    total = len(texts) if total is None else total
    if total <= most:
        return ", ".join(texts)
    return f"{', '.join(texts[:most])}, … {total - most} more"


def either(texts: Sequence[str]) -> str:
    """Join as a choice: A, B or C."""
    return _joined(texts, "or")


def both(texts: Sequence[str]) -> str:
    """Join as a list: A, B and C."""
    return _joined(texts, "and")


def part_labels(labels: Sequence[str]) -> str:
    """Join the labels of a recommendation's parts: (a), (b) and (c)."""
    return both([f"({label})" for label in labels])


def parts(labels: Sequence[str]) -> str:
    """Name parts of a recommendation: part (a); parts (a) and (b)."""
    return f"{'part' if len(labels) == 1 else 'parts'} {part_labels(labels)}"


def parts_are(labels: Sequence[str]) -> str:
    """Begin a sentence about parts: part (a) is; parts (a) and (b) are."""
    return f"{parts(labels)} {'is' if len(labels) == 1 else 'are'}"


def time_left(deadline: date, today: date) -> str:
    """Say how much time is left: 17 days left, 13 working days; today; overdue by 12 days."""
    left = (deadline - today).days
    if left < 0:
        return f"overdue by {days(-left)}"
    if left == 0:
        return "today"
    working = working_days_between(today, deadline)
    return f"{days(left)} left, {count(working, 'working day')}"


def how_late(deadline: date, today: date) -> str:
    """Say how late it is in the band a reader thinks in, since "overdue" alone says nothing where much is
    late."""
    late = (today - deadline).days
    for limit, band in _BANDS:
        if late < limit:
            return band
    return "over 12 months"


# In days: a month is a twelfth of a year.
_BANDS = ((31, "under 1 month"), (92, "1–3 months"), (183, "3–6 months"), (366, "6–12 months"))
BANDS = (*(band for _, band in _BANDS), "over 12 months")


def _joined(texts: Sequence[str], last: str) -> str:
    if len(texts) <= 1:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"
