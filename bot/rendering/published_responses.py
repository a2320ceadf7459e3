"""How far published responses to reports are, in words: the same in Slack, in documents and in files."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import assert_never

from bot.domain.register.published_response import PublishedResponse, PublishedResponses, Step, comments_by
from bot.domain.register.update import Update
from bot.rendering import words


def stands(published_response: PublishedResponse, today: date | None = None) -> str:
    """Say how far it is: response to be published by 22 Nov 2024 (17 days left, 13 working days); chief
    officer's comments invited by 1 Nov 2024. Without a day it leaves out how long is left."""
    return "; ".join(_pieces(published_response, today))


def predecessors(published_response: PublishedResponse) -> list[str]:
    """Return a line for each body in whose place it stands: Norfolk: published on 20 Nov 2024, https://…"""
    return [
        f"{before.body_name}: {'; '.join(_steps(before)) or 'nothing recorded of its response'}"
        for before in _each_predecessor(published_response)
    ]


def lines(responses: Sequence[PublishedResponse], today: date, *, with_names: bool = False) -> list[str]:
    """Return a line for each, and below it one for each body in whose place it stands: Custody, Kent: …"""
    lines_of_rows = []
    for row in responses:
        name = f", {row.body_name}" if with_names else ""
        lines_of_rows.append(f"{words.capital(row.report.key)}{name}: {stands(row, today)}")
        lines_of_rows += [f"  {before}" for before in predecessors(row)]
    return lines_of_rows


def are_open(responses: Sequence[PublishedResponse], today: date) -> str:
    """Count what is open, nothing where nothing is: 1 response to publish is open, due 22 November 2024 (17
    days left, 13 working days). The nearest comes first."""
    still_open = [row for row in responses if row.is_open]
    if not still_open:
        return ""
    is_or_are = "is" if len(still_open) == 1 else "are"
    count_words = (
        f"{words.count(len(still_open), 'response to publish', 'responses to publish')} {is_or_are} open"
    )
    days = [row.publish_by for row in still_open if not row.is_published]
    if not days:
        return count_words
    first = "due" if len(still_open) == 1 else "the first due"
    return f"{count_words}, {first} {words.day(min(days))} ({words.time_left(min(days), today)})"


def count(of_report: PublishedResponses) -> str:
    """Count those that have published: 12 of 43 have published their response to custody; all 43 have
    published their response to custody"""
    bodies, published = len(of_report.rows), len(of_report.published)
    have = "has" if published == 1 or (bodies == 1 and not published) else "have"
    of_all = f"all {bodies}" if published == bodies > 1 else f"{published or 'none'} of {bodies}"
    their = "its" if have == "has" else "their"
    return f"{of_all} {have} published {their} response to {of_report.report.key}"


def due(of_report: PublishedResponses, today: date) -> str:
    """Say when it is due: due 22 November 2024 (17 days left, 13 working days); without the time left where
    nobody owes it"""
    day = of_report.rows[0].publish_by
    left = f" ({words.time_left(day, today)})" if of_report.unpublished else ""
    return f"due {words.day(day)}{left}"


def step(step_taken: Step, report_key: str) -> str:
    """Say what was done: the response to custody is published"""
    match step_taken:
        case Step.INVITED:
            return f"the chief officer's comments on {report_key} are invited"
        case Step.PUBLISHED:
            return f"the response to {report_key} is published"
        case Step.COPIED:
            return f"the response to {report_key} is copied"
    assert_never(step_taken)


def where(update: Update) -> str:
    """Return the address, or say that it was erased."""
    return update.draft.evidence_url or "address erased"


def to_whom(update: Update) -> str:
    """Return the names of those to whom it was copied, or say that they were erased."""
    return update.draft.text or "names erased"


def _pieces(published_response: PublishedResponse, today: date | None) -> Iterator[str]:
    day = published_response.publish_by
    left = f" ({words.time_left(day, today)})" if today else ""
    own = list(_steps(published_response))
    if not published_response.is_published:
        yield f"response to be published by {words.short_day(day)}{left}"
    elif Step.PUBLISHED not in published_response.steps:
        names = words.both([before.body_name for before in published_response.predecessors])
        yield f"response published by {names}, in whose place it stands"
    yield from own
    if published_response.is_published and not published_response.has_done(Step.COPIED):
        yield "not yet recorded to whom it was copied"


def _steps(published_response: PublishedResponse) -> Iterator[str]:
    """Return what the body itself recorded, what was published first."""
    if published := published_response.steps.get(Step.PUBLISHED):
        yield f"response published on {words.short_day(published.draft.stands_from)}, {where(published)}"
    if invited := published_response.steps.get(Step.INVITED):
        by = comments_by(invited)
        yield f"chief officer's comments invited by {words.short_day(by) if by else 'a day'}"
    if copied := published_response.steps.get(Step.COPIED):
        yield f"copied to {to_whom(copied)} on {words.short_day(copied.draft.stands_from)}"


def _each_predecessor(published_response: PublishedResponse) -> Iterator[PublishedResponse]:
    for before in published_response.predecessors:
        yield before
        yield from _each_predecessor(before)
