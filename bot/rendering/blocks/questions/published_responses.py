"""`/recs published custody`: who has published their response, where and when, and who has not."""

from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.names import Body, Region
from bot.domain.questions.published_responses import PublishedResponseList
from bot.domain.register.published_response import PublishedResponse, PublishedResponses
from bot.rendering import published_responses, words
from bot.rendering.blocks.questions.lists import list_buttons, written
from bot.rendering.blocks.questions.mine import took_over
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.screen import Screen, screen, small


def published(result: PublishedResponseList) -> Screen:
    if not result.rows:
        return _nothing(result)
    of_one_body = len({row.body_code for row in result.rows}) == 1
    lines = [
        line
        for of_report in result.reports
        for line in (_of_one_body(of_report, result) if of_one_body else _of_all(of_report, result))
    ]
    return screen(
        words.capital(f"{_when(result)}{_end(result)}{_headline(result, of_one_body=of_one_body)}."),
        *written(lines),
        small(_hint(result)) if _hint(result) else None,
        list_buttons(typed(result)),
    )


def typed(result: PublishedResponseList) -> str:
    """Return the question as it is typed."""
    command = result.command
    known = "as known at" if command.known else "as at"
    return command_of(
        "published",
        f"report {command.report.key}" if command.report else "",
        unmistakable(command.scope) if command.scope else "",
        f"{known} {command.as_at.isoformat()}" if command.as_at else "",
    )


def _headline(result: PublishedResponseList, *, of_one_body: bool) -> str:
    first, *others = result.reports
    if of_one_body:
        row = first.rows[0]
        left = [of_report.report.key for of_report in result.reports if of_report.unpublished]
        if left:
            earliest = next(of_report for of_report in result.reports if of_report.unpublished)
            return (
                f"{row.body_name} has not yet published its response to {words.both(left)},"
                f" {published_responses.due(earliest, result.day)}"
            )
        keys = words.both([of_report.report.key for of_report in result.reports])
        return f"{row.body_name} has published its response to {keys}"
    scope = f"{result.command.scope.name}: " if isinstance(result.command.scope, Region) else ""
    more = f"; {words.count(len(others), 'more report')}" if others else ""
    return f"{scope}{published_responses.count(first)}, {published_responses.due(first, result.day)}{more}"


def _when(result: PublishedResponseList) -> str:
    if result.command.as_at is None:
        return ""
    known = "As known at" if result.command.known else "As at"
    return f"{known} {words.day(result.command.as_at)}: "


def _end(result: PublishedResponseList) -> str:
    return f"{took_over(result.ended)}; " if result.ended else ""


def _of_one_body(of_report: PublishedResponses, result: PublishedResponseList) -> list[str]:
    (row,) = of_report.rows
    return _lines(row, result, of_report.report.key)


def _of_all(of_report: PublishedResponses, result: PublishedResponseList) -> list[str]:
    lines = []
    if len(result.reports) > 1:
        due = published_responses.due(of_report, result.day)
        lines.append(f"{words.capital(published_responses.count(of_report))}, {due}.")
    if names := [row.body_name for row in of_report.unpublished if not row.has_begun]:
        lines.append(f"  Not yet: {', '.join(names)}")
    for row in of_report.rows:
        if row.has_begun:
            lines += [f"  {line}" for line in _lines(row, result, row.body_name)]
    return lines


def _lines(row: PublishedResponse, result: PublishedResponseList, name: str) -> list[str]:
    return [
        f"{words.capital(name)}: {published_responses.stands(row, result.day)}",
        *(f"  {line}" for line in published_responses.predecessors(row)),
    ]


def _hint(result: PublishedResponseList) -> str:
    """Say how to record it, to whoever may: with the first report of which something is open."""
    open_rows = [
        row
        for row in result.rows
        if row.is_open and (result.is_coordinator or row.body_code in result.records_for)
    ]
    if result.command.as_at or not open_rows:
        return ""
    row = open_rows[0]
    name = f" {inert(row.body_name)}" if result.is_coordinator or len(result.records_for) > 1 else ""
    about = f"{row.report.key}{name}"
    return escaped(
        f"`/recs invite {about} by` a day, `/recs publish {about} https://…` and `/recs copy {about}:` to"
        " whom record it; with `on` a day it is not today's."
    )


def _nothing(result: PublishedResponseList) -> Screen:
    command = result.command
    if command.report:
        of_whom = f" of {command.scope.short_name}" if isinstance(command.scope, Body) else ""
        asks = f"{command.report.key} asks for no published response{of_whom}"
        usage = command.report.key
    else:
        asks, usage = "no report asks for a published response", "custody"
    how = (
        f"`/recs set {usage} published by 22 Nov 2024` has a report ask for it, if section 55 applies to it."
    )
    return screen(
        words.capital(f"{_when(result)}{asks}."),
        small(escaped(how)) if result.is_coordinator and not command.as_at else None,
        list_buttons(typed(result)),
    )
