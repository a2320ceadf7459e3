"""`/recs mine`: what the reader's own bodies owe, nearest deadline first, and what is done."""

from bot.domain.questions.answers import EndedBody, OwnOverview, StandingRow
from bot.domain.register.addressee import Duty
from bot.rendering import published_responses, words
from bot.rendering.blocks.buttons import choose, more, share, update
from bot.rendering.blocks.questions.lists import and_more, open_with, which_page, written
from bot.rendering.blocks.questions.predecessors import MOST_DECISIONS, decisions
from bot.rendering.blocks.questions.standing import standing_lines
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Block, Screen, actions, lines, screen, small

_TO_CHOOSE_FROM = 5


def mine(result: OwnOverview) -> Screen:
    if not result.bodies and not result.ended:
        return _nobodys(result)
    return screen(
        headline(result),
        *ended_bodies(result),
        *row_blocks(result),
        *blocks_of_responses(result),
        small(_hint(result)) if result.rows else None,
        and_more(result.page.more),
        _buttons(result),
    )


def ended_bodies(result: OwnOverview) -> list[Block]:
    """Say what became of the reader's bodies that are no more, and whether they record for who stands there
    now."""
    return written(
        [
            line
            for body in result.ended
            for line in (
                *([f"{took_over(body)}."] if result.bodies else []),
                *([_wait_for_answer(body)] if body.waits_for_answer else []),
            )
        ]
    )


def took_over(body: EndedBody) -> str:
    """Write as in `Suffolk ended on 30 April 2027, and Norfolk and Suffolk Mayor stands in its place`."""
    stand = "stands" if len(body.heirs) == 1 else "stand"
    heirs = f", and {words.both(body.heirs)} {stand} in its place" if body.heirs else ""
    return f"{body.body_name} ended on {words.day(body.last_day)}{heirs}"


def _wait_for_answer(body: EndedBody) -> str:
    return f"Whether you will record for {words.both(body.heirs)} is for a coordinator to say."


def headline(result: OwnOverview) -> str:
    if not result.bodies and result.ended:
        return f"{'; '.join(map(took_over, result.ended))}."
    body_names = words.both(result.bodies)
    owe = "owes" if len(result.bodies) == 1 else "owe"
    page = which_page(result.page)
    if not result.sums.addressed:
        return f"{body_names} {owe} nothing: no live recommendation is addressed to {_pronoun(result)}."
    to_publish = published_responses.are_open(result.published_responses, result.today)
    if not result.sums.owing:
        if_empty = f"no recommendation{page}; {to_publish}" if to_publish else f"nothing{page}"
        return f"{body_names} {owe} {if_empty}."
    then = f"; {to_publish}" if to_publish else ""
    return f"{open_with(result.bodies, result.sums.owing)}{page}, {_when(result)}{then}."


def _when(result: OwnOverview) -> str:
    late = result.sums.late.oldest
    nearest = result.next_due
    coming = f"{words.day(nearest)} ({words.time_left(nearest, result.today)})" if nearest else ""
    if late is None:
        nearest_on = "due on" if result.sums.owing == 1 else "the nearest on"
        return f"{nearest_on} {coming}" if coming else "without a deadline"
    since = f"the oldest due on {words.day(late)} ({words.time_left(late, result.today)})"
    if result.sums.owing == 1:
        since = since.removeprefix("the oldest ")
    return f"{since}; the next deadline is {coming}" if coming else since


def _pronoun(result: OwnOverview) -> str:
    return "it" if len(result.bodies) == 1 else "them"


def row_blocks(result: OwnOverview) -> list[Block]:
    """Show what is owed, each beside its **Update**."""
    owed = [row for row in result.rows if _is_owed(row)]
    done = [row for row in result.rows if not _is_owed(row)]
    blocks = [
        block
        for place, row in enumerate(owed)
        for block in (*_with_update(row, written(_row_lines(row, result))), *_decisions(row, place))
    ]
    if done:
        blocks += written(["Nothing more owed:", *(line for row in done for line in _row_lines(row, result))])
    return blocks


def blocks_of_responses(result: OwnOverview) -> list[Block]:
    """Return what is open of published responses, and how it is recorded; nothing where nothing is."""
    if not result.published_responses:
        return []
    lines = published_responses.lines(
        result.published_responses, result.today, with_names=len(result.bodies) > 1
    )
    return [*written(lines), small(_how_to_publish(result))]


def _how_to_publish(result: OwnOverview) -> str:
    first = result.published_responses[0]
    several = len(result.bodies) > 1 or result.is_coordinator
    about = f"{first.report.key}{f' {inert(first.body_name)}' if several else ''}"
    return (
        f"`/recs invite {about} by` a day · `/recs publish {about} https://…` ·"
        f" `/recs copy {about}:` to whom · `/recs published` shows all."
    )


def _decisions(row: StandingRow, place: int) -> list[Block]:
    """Return the buttons by which somebody says how a body stands whose predecessors differ."""
    first = 1 + place * MOST_DECISIONS
    buttons = actions(*decisions(row.recommendation.title, row.addressee, row.predecessors, first=first))
    return [buttons] if buttons else []


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


def _row_lines(row: StandingRow, result: OwnOverview) -> list[str]:
    return standing_lines(row, result.today, row.addressee.body_name if len(result.bodies) > 1 else "")


def _is_owed(row: StandingRow) -> bool:
    return any(map(row.addressee.owes, Duty))


def _hint(result: OwnOverview) -> str:
    first = result.rows[0]
    name = f" {inert(first.addressee.body_name)}" if len(result.bodies) > 1 or result.is_coordinator else ""
    title = first.recommendation.title
    if not _is_owed(first):
        return f"`/recs {title}` shows the whole recommendation."
    return (
        f"`/recs progress {title}{name} in progress: how far you are` records progress, "
        f"`/recs {title}` shows the whole recommendation."
    )


def _buttons(result: OwnOverview) -> Block | None:
    """Offer to go on. An answer for everybody names the body: others have none of their own."""
    further = more("mine", result.page.number + 1) if result.page.has_more else None
    if len(result.bodies) == 1:
        return actions(share(f"body {result.bodies[0]}"), further)
    choices = tuple((name, f"body {name}") for name in result.bodies[:_TO_CHOOSE_FROM])
    return actions(*choose(choices), further)


def _nobodys(result: OwnOverview) -> Screen:
    if result.is_coordinator:
        return screen(
            "You coordinate: you can record for any body, and none is your own.",
            lines(["`/recs overdue` and `/recs waiting` show what is open, and with whom."]),
        )
    helpers = inert(words.either(result.coordinators[:3])) or "A coordinator of the association"
    return screen(
        "You record for no policing body, so nothing is owed by you.",
        lines(
            [
                "`/recs` shows the live recommendations.",
                f"If you should record for a body, {helpers} can add you.",
            ]
        ),
    )
