"""The answer to who has published their response to reports that ask for one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.domain.questions.grammar.typed_commands import Published
from bot.domain.register.publication import Publication
from bot.domain.register.recommendation import Report


@dataclass(frozen=True, slots=True)
class ReportPublications:
    """The responses to one report, by name of the body."""

    report: Report
    rows: tuple[Publication, ...]

    @property
    def published(self) -> tuple[Publication, ...]:
        return tuple(row for row in self.rows if row.is_published)

    @property
    def unpublished(self) -> tuple[Publication, ...]:
        return tuple(row for row in self.rows if not row.is_published)


def by_report(rows: tuple[Publication, ...]) -> Iterator[ReportPublications]:
    """Yield responses report by report, in the order in which they come."""
    for report, of_report in groupby(rows, lambda row: row.report):
        yield ReportPublications(report, tuple(of_report))


@dataclass(frozen=True, slots=True)
class PublicationList:
    """Responses by report, nearest deadline first, and by name of the body; `command` is what was asked."""

    rows: tuple[Publication, ...]
    command: Published
    day: date  # London
    records_for: frozenset[str] = frozenset()  # the codes of the reader's own bodies
    is_coordinator: bool = False

    @property
    def reports(self) -> tuple[ReportPublications, ...]:
        return tuple(by_report(self.rows))
