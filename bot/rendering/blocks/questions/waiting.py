"""`/recs waiting`: who has not responded."""

from bot.domain.questions.answers import AwaitedResponses, OwingBodies
from bot.rendering import wordings, words
from bot.rendering.blocks.questions.lists import and_more, body_names, list_buttons, titles, written
from bot.rendering.blocks.questions.predecessors import those_who_stand_for_others
from bot.rendering.screen import Screen, screen


def waiting(result: AwaitedResponses) -> Screen:
    listing = result.listing
    cut_short = not listing.in_full and any(
        len(group.addressees) > words.NAMES_SHOWN for group in result.groups
    )
    return screen(
        _headline(result),
        *written(line for group in result.groups for line in _group_lines(group, result)),
        and_more(listing.more),
        list_buttons(result.typed, listing.number, has_more=cut_short or not listing.reaches_the_end),
    )


def _headline(result: AwaitedResponses) -> str:
    if not result.awaiting:
        if_empty = "no response is awaited."
        return f"{words.capital(result.subject)}: {if_empty}" if result.subject else words.capital(if_empty)
    are = "is" if result.awaiting == 1 else "are"
    page = f" (page {result.listing.number})" if result.listing.in_full else ""
    return f"{words.count(result.awaiting, 'response')} {are} awaited{_on_what_from_whom(result)}{page}."


def _on_what_from_whom(result: AwaitedResponses) -> str:
    """Name what is awaited from whom, where all of it is on this page."""
    if not result.listing.is_whole:
        return f", {result.subject}" if result.subject else ""
    names = {addressee.body_name for group in result.groups for addressee in group.addressees}
    with_whom = names.pop() if len(names) == 1 else words.bodies(len(names))
    return f" on {titles(group.recommendation for group in result.groups)} from {with_whom}"


def _group_lines(group: OwingBodies, result: AwaitedResponses) -> list[str]:
    deadlines = {addressee.respond_by for addressee in group.addressees if addressee.respond_by}
    first = min(deadlines, default=None)
    by = f", response due {words.day(first)} ({words.time_left(first, result.today)})" if first else ""
    most_names = None if result.listing.in_full else words.NAMES_SHOWN
    return [
        f"{words.capital(wordings.named(group.recommendation))}{by}: {words.bodies(len(group.addressees))}",
        f"  {body_names(group.addressees, most_names)}",
        *those_who_stand_for_others(group),
    ]
