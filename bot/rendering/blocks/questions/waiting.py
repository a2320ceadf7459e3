"""`/recs waiting`: who has not responded."""

from bot.domain.questions.answers import AwaitedResponses, OwingBodies
from bot.rendering import words
from bot.rendering.blocks.questions.lists import and_more, body_names, list_buttons, titles, written
from bot.rendering.screen import Screen, screen


def waiting(found: AwaitedResponses) -> Screen:
    listing = found.listing
    cut_short = not listing.in_full and any(
        len(group.addressees) > words.NAMES_SHOWN for group in found.groups
    )
    return screen(
        _headline(found),
        *written(line for group in found.groups for line in _group_lines(group, found)),
        and_more(listing.more),
        list_buttons(found.typed, listing.number, has_more=cut_short or not listing.reaches_the_end),
    )


def _headline(found: AwaitedResponses) -> str:
    if not found.awaiting:
        nothing = "no response is awaited."
        return f"{words.capital(found.of)}: {nothing}" if found.of else words.capital(nothing)
    are = "is" if found.awaiting == 1 else "are"
    page = f" (page {found.listing.number})" if found.listing.in_full else ""
    return f"{words.count(found.awaiting, 'response')} {are} awaited{_on_what_from_whom(found)}{page}."


def _on_what_from_whom(found: AwaitedResponses) -> str:
    """Where all of it is on this page."""
    if not found.listing.is_whole:
        return f", {found.of}" if found.of else ""
    names = {addressee.body_name for group in found.groups for addressee in group.addressees}
    with_whom = names.pop() if len(names) == 1 else words.bodies(len(names))
    return f" on {titles(group.recommendation for group in found.groups)} from {with_whom}"


def _group_lines(group: OwingBodies, found: AwaitedResponses) -> list[str]:
    deadlines = {addressee.respond_by for addressee in group.addressees if addressee.respond_by}
    first = min(deadlines, default=None)
    by = f", response due {words.day(first)} ({words.time_left(first, found.today)})" if first else ""
    shown = None if found.listing.in_full else words.NAMES_SHOWN
    return [
        f"{words.capital(group.recommendation.title)}{by}: {words.bodies(len(group.addressees))}",
        f"  {body_names(group.addressees, shown)}",
    ]
