"""What a chart says in sentences: over it, beside it, and to those who do not see it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.domain.questions.over_time import ProgressOn, ProgressOverTime, Series, thinned
from bot.rendering import terms, words
from bot.rendering.blocks.questions.lists import titles
from bot.rendering.blocks.questions.subjects import places_of
from bot.rendering.pictures.sentences import LONGEST_ALT_TEXT

# In weeks: how far back the sentence beside it looks.
_BEFORE = 4
_MOST_STEPS = 5
_LONGEST_FILE_NAME = 60


def subject(progress: ProgressOverTime) -> str:
    """Name what it is of: stalking 15 and 16, Wales except Gwent."""
    named = progress.subject
    titled = titles(named.recommendations) if named.recommendations else words.both(named.report_keys)
    places = places_of(named)
    return f"{titled}, {places}" if places else titled


def title(progress: ProgressOverTime) -> str:
    """Name it above the picture: Stalking 15: progress over time."""
    return f"{words.capital(subject(progress))}: progress over time"


def below_title(progress: ProgressOverTime) -> str:
    """Say of how many bodies it is, and of which weeks: 43 bodies, weekly, 29 Sep 2024 to 10 Mar 2025."""
    first, bodies = progress.points[0].day, words.bodies(progress.last.bodies)
    known = ", as known then" if progress.known else ""
    if first == progress.day:
        return f"{bodies} on {words.short_day(first)}{known}"
    return f"{bodies}, by week, {words.short_day(first)} to {words.short_day(progress.day)}{known}"


def sentence(progress: ProgressOverTime) -> str:
    """Say how it stands at the end: Stalking 15: 42 of 43 accepted, 12 in progress, 3 complete (1 checked by
    the association), 2 overdue."""
    last = progress.last
    counts = last.counts
    checked = f" ({counts[Series.CHECKED]} checked by the association)" if counts[Series.COMPLETE] else ""
    looking_back = ""
    if progress.looks_back:
        looking_back = f", as {'known ' if progress.known else ''}at {words.day(progress.day)}"
    return (
        f"{words.capital(subject(progress))}: {counts[Series.ACCEPTED]} of {last.bodies} accepted,"
        f" {counts[Series.IN_PROGRESS]} in progress, {counts[Series.COMPLETE]} complete{checked},"
        f" {counts[Series.OVERDUE]} overdue{looking_back}"
    )


def nobody_asked(progress: ProgressOverTime) -> str:
    """Say that it is asked of nobody: Stalking 3, Kent: nothing is asked there."""
    return f"{words.capital(subject(progress))}: nothing is asked there"


def before(progress: ProgressOverTime) -> str:
    """Say how it stood four weeks earlier; empty where it does not go back so far."""
    if len(progress.points) <= _BEFORE:
        return ""
    point = progress.points[-1 - _BEFORE]
    counts = ", ".join(f"{point.counts[series]} {name_in_short(series)}" for series in Series)
    return f"On {words.day(point.day)}: {counts}."


def ended(progress: ProgressOverTime) -> str:
    """Say that the recommendation has ended; empty while it is live."""
    if progress.ended is None:
        return ""
    return (
        f"{words.capital(progress.ended.title)} is {progress.ended.how_it_ended}: it is counted until then."
    )


def alt_text(progress: ProgressOverTime) -> str:
    """Say the numbers: where each line begins, some of the weeks in which it moved, and where it ends."""
    first, last = progress.points[0], progress.last
    days = words.day(last.day) if first is last else f"{words.day(first.day)} to {words.day(last.day)}"
    opening = f"Line chart of {subject(progress)}, by week, {days}, of {words.bodies(last.bodies)}."
    for most in range(_MOST_STEPS, 1, -1):
        lines = " ".join(
            f"{words.capital(name_in_short(series))}: {_steps(progress, series, most)}." for series in Series
        )
        text = f"{opening} {lines}"
        if len(text) <= LONGEST_ALT_TEXT:
            return text
    return f"{text[: LONGEST_ALT_TEXT - 1]}…"


def _steps(progress: ProgressOverTime, series: Series, most: int) -> str:
    """Say how a line moves, in so many steps at the most: 0 on 29 Sep 2024, 43 on 24 Nov 2024; or 0
    throughout."""
    moved = [progress.points[0], *_moves(progress.points, series)]
    if len(moved) == 1:
        return f"{moved[0].counts[series]}{' throughout' if len(progress.points) > 1 else ''}"
    steps = thinned(moved, most)
    return ", ".join(f"{point.counts[series]} on {words.short_day(point.day)}" for point in steps)


def _moves(points: Sequence[ProgressOn], series: Series) -> Iterable[ProgressOn]:
    return (now for was, now in pairwise(points) if now.counts[series] != was.counts[series])


def name_in_short(series: Series) -> str:
    """Call what is counted, beside its line."""
    return "checked" if series is Series.CHECKED else terms.series(series)


def file_name(progress: ProgressOverTime) -> str:
    """Name the file: chart-stalking-15-2025-03-10.png."""
    named = "".join(letter if letter.isalnum() else "-" for letter in subject(progress).casefold())
    slug = "-".join(filter(None, named.split("-")))[:_LONGEST_FILE_NAME].rstrip("-")
    return f"chart-{slug}-{progress.day.isoformat()}.png"
