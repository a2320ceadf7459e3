"""How far published responses to reports are, in words: the same in Slack, in documents and in files."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import assert_never

from bot.domain.register.publication import Publication, ReportPublications, Step, comments_by
from bot.domain.register.update import Update
from bot.rendering import words


def stands(publication: Publication, today: date | None = None) -> str:
    """Say how far it is: response to be published by 22 Nov 2024 (17 days left, 13 working days); chief
    officer's comments invited by 1 Nov 2024. Without a day it leaves out how long is left."""
    return "; ".join(_pieces(publication, today))


def predecessors(publication: Publication) -> list[str]:
    """Return a line for each body in whose place it stands: Norfolk: published on 20 Nov 2024, https://…"""
    return [
        f"{before.body_name}: {'; '.join(_steps(before)) or 'nothing recorded of its response'}"
        for before in _each_predecessor(publication)
    ]


def lines(publications: Sequence[Publication], today: date, *, with_names: bool = False) -> list[str]:
    """Return a line for each, and below it one for each body in whose place it stands: Custody, Kent: …"""
    shown = []
    for row in publications:
        name = f", {row.body_name}" if with_names else ""
        shown.append(f"{words.capital(row.report.key)}{name}: {stands(row, today)}")
        shown += [f"  {before}" for before in predecessors(row)]
    return shown


def are_open(publications: Sequence[Publication], today: date) -> str:
    """Count what is open, nothing where nothing is: 1 response to publish is open, due 22 November 2024 (17
    days left, 13 working days). The nearest comes first."""
    still_open = [row for row in publications if row.is_open]
    if not still_open:
        return ""
    is_or_are = "is" if len(still_open) == 1 else "are"
    counted = (
        f"{words.count(len(still_open), 'response to publish', 'responses to publish')} {is_or_are} open"
    )
    days = [row.publish_by for row in still_open if not row.is_published]
    if not days:
        return counted
    first = "due" if len(still_open) == 1 else "the first due"
    return f"{counted}, {first} {words.day(min(days))} ({words.time_left(min(days), today)})"


def count(of_report: ReportPublications) -> str:
    """Count those that have published: 12 of 43 have published their response to custody; all 43 have
    published their response to custody"""
    bodies, published = len(of_report.rows), len(of_report.published)
    have = "has" if published == 1 or (bodies == 1 and not published) else "have"
    of_all = f"all {bodies}" if published == bodies > 1 else f"{published or 'none'} of {bodies}"
    their = "its" if have == "has" else "their"
    return f"{of_all} {have} published {their} response to {of_report.report.key}"


def due(of_report: ReportPublications, today: date) -> str:
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


def _pieces(publication: Publication, today: date | None) -> Iterator[str]:
    day = publication.publish_by
    left = f" ({words.time_left(day, today)})" if today else ""
    own = list(_steps(publication))
    if not publication.is_published:
        yield f"response to be published by {words.short_day(day)}{left}"
    elif Step.PUBLISHED not in publication.steps:
        names = words.both([before.body_name for before in publication.predecessors])
        yield f"response published by {names}, in whose place it stands"
    yield from own
    if publication.is_published and not publication.has_done(Step.COPIED):
        yield "not yet recorded to whom it was copied"


def _steps(publication: Publication) -> Iterator[str]:
    """Return what the body itself recorded, what was published first."""
    if published := publication.steps.get(Step.PUBLISHED):
        yield f"response published on {words.short_day(published.draft.stands_from)}, {where(published)}"
    if invited := publication.steps.get(Step.INVITED):
        by = comments_by(invited)
        yield f"chief officer's comments invited by {words.short_day(by) if by else 'a day'}"
    if copied := publication.steps.get(Step.COPIED):
        yield f"copied to {to_whom(copied)} on {words.short_day(copied.draft.stands_from)}"


def _each_predecessor(publication: Publication) -> Iterator[Publication]:
    for before in publication.predecessors:
        yield before
        yield from _each_predecessor(before)
