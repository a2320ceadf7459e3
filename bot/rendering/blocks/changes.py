"""`/recs changes`: what changed, newest first, day by day."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.domain.calendar import LONDON, london_date
from bot.domain.lookups import Changes, Told
from bot.domain.update import excerpt
from bot.rendering import words
from bot.rendering.blocks.lists import end_of_page, titles, which_page, written
from bot.rendering.blocks.updates import author, what_changed
from bot.rendering.screen import Screen, screen


def changes(found: Changes) -> Screen:
    return screen(
        _headline(found),
        *written(_lines(found)),
        *end_of_page(found.typed, found.page),
    )


def _headline(found: Changes) -> str:
    if not found.total:
        return f"Nothing has changed {_since(found)}."
    with_whom = words.bodies(found.bodies)
    return f"{words.count(found.total, 'change')} with {with_whom} {_since(found)}{which_page(found.page)}."


def _since(found: Changes) -> str:
    if found.since is not None:
        return f"since {found.since:%A} {words.day(found.since)}"
    if found.since_digest is not None:
        at = found.since_digest.astimezone(LONDON)
        return f"since the digest of {words.day(at.date())}, {at:%H:%M}"
    return "since recbot began, as no digest has been posted yet"


def _lines(found: Changes) -> list[str]:
    said = []
    for day, some in groupby(found.changes, key=lambda one: london_date(one.update.recorded_at)):
        said.append(words.day(day))
        said += [f"  {_line(together)}" for together in _recorded_together(list(some))]
    return said


def _recorded_together(some: Sequence[Told]) -> Iterator[list[Told]]:
    """What one command recorded is one change of several recommendations."""
    for _, together in groupby(some, key=_request):
        yield list(together)


def _request(told: Told) -> object:
    request = told.update.draft.request
    return (request.key, what_changed(told.update)) if request else told.update.seq


def _line(together: list[Told]) -> str:
    told = together[-1]
    update = told.update
    about = titles(one.recommendation for one in reversed(together) if one.recommendation)
    said = f" “{excerpt(update.draft.text)}”" if update.draft.text else ""
    by = f" · {author(update)}" if update.author_name else ""
    at = f"{update.recorded_at.astimezone(LONDON):%H:%M}"
    return f"{at} · {told.body_name}: {about} {what_changed(update)}{by}{said}"
