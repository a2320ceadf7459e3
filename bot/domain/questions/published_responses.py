"""The answer to who has published their response to reports that ask for one."""

from datetime import date

from msgspec import Struct

from bot.domain.questions.answers import EndedBody
from bot.domain.questions.grammar.typed_commands import Published
from bot.domain.register.published_response import PublishedResponse, PublishedResponses, by_report


class PublishedResponseList(Struct, frozen=True):
    """Responses by report, nearest deadline first, and by name of the body; `command` is what was asked."""

    rows: tuple[PublishedResponse, ...]
    command: Published
    day: date  # London
    records_for: frozenset[str] = frozenset()  # the codes of the reader's own bodies
    is_coordinator: bool = False
    ended: EndedBody | None = None  # the body that was asked about, where others stand in its place

    @property
    def reports(self) -> tuple[PublishedResponses, ...]:
        return by_report(self.rows)
