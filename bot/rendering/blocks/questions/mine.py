"""`/recs mine`: what the reader's own bodies owe, nearest deadline first, and what is done."""

from bot.domain.questions.answers import OwnOverview, StandingRow
from bot.domain.register.addressee import Duty
from bot.rendering import words
from bot.rendering.blocks.buttons import choose, more, share, update
from bot.rendering.blocks.questions.lists import and_more, open_with, which_page, written
from bot.rendering.blocks.questions.standing import standing_lines
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Block, Screen, actions, lines, screen, small

_TO_CHOOSE_FROM = 5


def mine(found: OwnOverview) -> Screen:
    if not found.bodies:
        return _nobodys(found)
    return screen(
        headline(found),
        *row_blocks(found),
        small(_hint(found)) if found.rows else None,
        and_more(found.page.more),
        _buttons(found),
    )


def headline(found: OwnOverview) -> str:
    who = words.both(found.bodies)
    owe = "owes" if len(found.bodies) == 1 else "owe"
    page = which_page(found.page)
    if not found.sums.addressed:
        return f"{who} {owe} nothing: no live recommendation is addressed to {_them(found)}."
    if not found.sums.owing:
        return f"{who} {owe} nothing{page}."
    return f"{open_with(found.bodies, found.sums.owing)}{page}, {_when(found)}."


def _when(found: OwnOverview) -> str:
    late = found.sums.late.oldest
    nearest = found.nearest[0].on if found.nearest else None
    coming = f"{words.day(nearest)} ({words.time_left(nearest, found.today)})" if nearest else ""
    if late is None:
        nearest_on = "due on" if found.sums.owing == 1 else "the nearest on"
        return f"{nearest_on} {coming}" if coming else "without a deadline"
    since = f"the oldest due on {words.day(late)} ({words.time_left(late, found.today)})"
    if found.sums.owing == 1:
        since = since.removeprefix("the oldest ")
    return f"{since}; the next deadline is {coming}" if coming else since


def _them(found: OwnOverview) -> str:
    return "it" if len(found.bodies) == 1 else "them"


def row_blocks(found: OwnOverview) -> list[Block]:
    """What is owed stands beside its **Update**."""
    owed = [row for row in found.rows if _is_owed(row)]
    done = [row for row in found.rows if not _is_owed(row)]
    said = [block for row in owed for block in _with_update(row, written(_row_lines(row, found)))]
    if done:
        said += written(["Nothing more owed:", *(line for row in done for line in _row_lines(row, found))])
    return said


def _with_update(row: StandingRow, blocks: list[Block]) -> list[Block]:
    recommendation, addressee = row.recommendation, row.addressee
    first, *others = blocks
    return [
        {
            **first,
            "accessory": update(
                recommendation.id, addressee.body_code, recommendation.title, addressee.body_name
            ),
        },
        *others,
    ]


def _row_lines(row: StandingRow, found: OwnOverview) -> list[str]:
    return standing_lines(row, found.today, row.addressee.body_name if len(found.bodies) > 1 else "")


def _is_owed(row: StandingRow) -> bool:
    return any(map(row.addressee.owes, Duty))


def _hint(found: OwnOverview) -> str:
    first = found.rows[0]
    name = f" {inert(first.addressee.body_name)}" if len(found.bodies) > 1 or found.is_coordinator else ""
    title = first.recommendation.title
    if not _is_owed(first):
        return f"`/recs {title}` shows the whole recommendation."
    return (
        f"`/recs progress {title}{name} in progress: how far you are` records progress, "
        f"`/recs {title}` shows the whole recommendation."
    )


def _buttons(found: OwnOverview) -> Block | None:
    """An answer for everybody names the body: others have none of their own."""
    further = more("mine", found.page.number + 1) if found.page.has_more else None
    if len(found.bodies) == 1:
        return actions(share(f"body {found.bodies[0]}"), further)
    each = tuple((name, f"body {name}") for name in found.bodies[:_TO_CHOOSE_FROM])
    return actions(*choose(each), further)


def _nobodys(found: OwnOverview) -> Screen:
    if found.is_coordinator:
        return screen(
            "You coordinate: you can record for any body, and none is your own.",
            lines(["`/recs overdue` and `/recs waiting` show what is open, and with whom."]),
        )
    who = inert(words.either(found.coordinators[:3])) or "A coordinator of the association"
    return screen(
        "You record for no policing body, so nothing is owed by you.",
        lines(
            [
                "`/recs` shows the live recommendations.",
                f"If you should record for a body, {who} can add you.",
            ]
        ),
    )
