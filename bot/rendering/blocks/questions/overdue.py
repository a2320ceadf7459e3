"""`/recs overdue`: what is late, by how long, and with whom."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from bot.domain.questions.answers import OverdueList, OwingBodies
from bot.domain.register.addressee import Addressee, Duty
from bot.rendering import terms, wordings, words
from bot.rendering.blocks.questions.lists import (
    and_more,
    are_overdue,
    body_names,
    list_buttons,
    next_deadline,
    titles,
    written,
)
from bot.rendering.blocks.questions.predecessors import those_who_stand_for_others
from bot.rendering.screen import Screen, screen

# So few names of each band that a group still reads as one thing.
_FEWEST_SHOWN = 3


def overdue(result: OverdueList) -> Screen:
    return screen(
        headline(result),
        *written(group_lines(result)),
        and_more(result.listing.more),
        list_buttons(result.typed, result.listing.number, has_more=has_more(result)),
    )


def headline(result: OverdueList) -> str:
    if not result.late.recommendations:
        name = f" with {result.subject}" if result.subject else ""
        return f"Nothing is overdue{name}. {next_deadline(result.nearest, result.today)}"
    page = f" (page {result.listing.number})" if result.listing.in_full else ""
    return f"{_how_much(result)}{_newly(result)}{page}."


def group_lines(result: OverdueList) -> list[str]:
    return [line for group in result.groups for line in _group_lines(group, result)]


def has_more(result: OverdueList) -> bool:
    """Return whether there is a further page, be it only to name everybody."""
    return not result.listing.reaches_the_end or any(_cuts_names(group, result) for group in result.groups)


def _how_much(result: OverdueList) -> str:
    """Say with how many bodies, where all of them are on this page."""
    about = f"{words.capital(result.subject)}: " if result.subject else ""
    if not result.listing.is_whole:
        return f"{about}{are_overdue(result.late)}"
    late = {group.recommendation.id: group.recommendation for group in result.groups}
    names = {addressee.body_name for group in result.groups for addressee in group.addressees}
    with_whom = names.pop() if len(names) == 1 else words.bodies(len(names))
    if len(late) == 1:
        title = titles(late.values())
        subject = words.capital(title) if _is_action_late(result) else f"The response to {title}"
        return f"{subject} is overdue with {with_whom}"
    about = "" if with_whom == result.subject else about
    return f"{about}{len(late)} recommendations are overdue with {with_whom}"


def _is_action_late(result: OverdueList) -> bool:
    return any(group.duty is Duty.ACTION for group in result.groups)


def _newly(result: OverdueList) -> str:
    """Return how many came to be late since: bodies where the sentence counts bodies, else
    recommendations."""
    newly, number = result.newly, result.late.recommendations
    if result.listing.is_whole:
        before = {addressee.body_code for group in result.groups for addressee in _late_before(group, result)}
        now = {addressee.body_code for group in result.groups for addressee in group.addressees}
        newly, number = len(now - before), len(now)
    if not newly:
        return ""
    many = f"{newly} more" if newly < number else f"all {newly} new" if newly > 1 else "new"
    return f"; {many} since {result.since:%A} {words.day(result.since)}"


def _late_before(group: OwingBodies, result: OverdueList) -> list[Addressee]:
    return [addressee for addressee, deadline in _with_deadlines(group) if deadline < result.since]


def _group_lines(group: OwingBodies, result: OverdueList) -> list[str]:
    with_deadlines = _with_deadlines(group)
    bands = _bands(with_deadlines, result.today)
    most_names = _shown(result, len(bands))
    by_band = [f"{band}: {body_names(addressees, most_names)}" for band, addressees in bands]
    title = _title(group, {deadline for _, deadline in with_deadlines})
    return [
        f"{title}: {words.bodies(len(group.addressees))}",
        f"  {' · '.join(by_band)}",
        *those_who_stand_for_others(group),
    ]


def _with_deadlines(group: OwingBodies) -> list[tuple[Addressee, date]]:
    """Return those of a group whose duty has a deadline, each with it."""
    return [
        (addressee, deadline)
        for addressee in group.addressees
        if (deadline := addressee.deadline(group.duty)) is not None
    ]


def _title(group: OwingBodies, deadlines: set[date]) -> str:
    owed = terms.owed(group.duty, wordings.named(group.recommendation))
    first, last = min(deadlines), max(deadlines)
    if first == last:
        return f"{owed}, due {_moved(first, group)}"
    return f"{owed}, due {words.day(first)} to {words.day(last)}"


def _moved(deadline: date, group: OwingBodies) -> str:
    stated = group.recommendation.deadline(group.duty)
    return f"{words.day(deadline)}{f', was {words.day(stated)}' if stated and stated != deadline else ''}"


def _bands(
    with_deadlines: Iterable[tuple[Addressee, date]], today: date
) -> list[tuple[str, list[Addressee]]]:
    # Most of them have one and the same deadline.
    band_of = cache(lambda deadline: words.how_late(deadline, today))
    by_band: dict[str, list[Addressee]] = {}
    for addressee, deadline in with_deadlines:
        by_band.setdefault(band_of(deadline), []).append(addressee)
    return [(band, by_band[band]) for band in words.BANDS if band in by_band]


def _shown(result: OverdueList, bands: int) -> int | None:
    """Return how many names of each band; None for all."""
    return None if result.listing.in_full else max(_FEWEST_SHOWN, words.NAMES_SHOWN // bands)


def _cuts_names(group: OwingBodies, result: OverdueList) -> bool:
    bands = _bands(_with_deadlines(group), result.today)
    most_names = _shown(result, len(bands))
    return most_names is not None and any(len(addressees) > most_names for _, addressees in bands)
