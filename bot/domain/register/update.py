"""One recorded change or note. Updates are only ever added."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.register.people import Actor, PersonKey

UNDO_WITHIN = timedelta(minutes=10)
# As it is said: 10 minutes.
UNDO_WINDOW = f"{UNDO_WITHIN // timedelta(minutes=1)} minutes"
EXCERPT_LENGTH = 120


class UpdateKind(StrEnum):
    RESPONSE = "response"
    PROGRESS = "progress"
    NOTE = "note"
    UNDO = "undo"
    CHECK = "check"
    REOPEN = "reopening"
    EXTENSION_ASKED = "extension asked for"
    EXTENSION_GRANTED = "extension granted"
    EXTENSION_REFUSED = "extension refused"
    QUOTING_ASKED = "quoting asked for"
    QUOTING_ALLOWED = "quoting allowed"
    QUOTING_STOPPED = "quoting stopped"
    GRANT = "grant"
    REVOKE = "revoke"
    REPORT_ADDED = "report added"
    RECOMMENDATION_ADDED = "recommendation added"
    RECOMMENDATION_ENDED = "recommendation ended"
    BODY_ADDED = "body added"
    BODY_CHANGED = "body changed"
    PASSED_ON = "duties passed on"
    REMINDED = "reminded"
    REDACTED = "words erased"
    STARTED = "started"
    REMINDERS_CHANGED = "reminders changed"
    SEALED = "register sealed"


# What moves an addressee, and can be taken back by whoever recorded it.
RECORDINGS = (
    UpdateKind.RESPONSE,
    UpdateKind.PROGRESS,
    UpdateKind.NOTE,
    UpdateKind.CHECK,
    UpdateKind.REOPEN,
    UpdateKind.EXTENSION_ASKED,
    UpdateKind.EXTENSION_GRANTED,
)
# A body's own words, which whoever wrote them can put right.
CORRECTABLE = (UpdateKind.RESPONSE, UpdateKind.PROGRESS, UpdateKind.NOTE)
# Whether a text may be quoted: of those about one update the last holds, whatever its recording said.
ON_QUOTING = (UpdateKind.QUOTING_ALLOWED, UpdateKind.QUOTING_STOPPED)
# After one of these a name can mean something else than before.
CHANGES_NAMES = (
    UpdateKind.REPORT_ADDED,
    UpdateKind.RECOMMENDATION_ADDED,
    UpdateKind.BODY_ADDED,
    UpdateKind.BODY_CHANGED,
)
DECISIONS = (UpdateKind.EXTENSION_GRANTED, UpdateKind.EXTENSION_REFUSED)


class Via(StrEnum):
    """The road an update came by."""

    SLACK = "slack"
    EXAMPLE = "example"
    COMMAND_LINE = "command line"
    IMPORT = "import"
    SCHEDULE = "schedule"


@dataclass(frozen=True, slots=True)
class Change:
    """One structured value that an update altered. No free text: it could not be erased from here."""

    what: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class RequestKey:
    """What makes a request recognisable when Slack or a finger delivers it twice."""

    key: str
    item: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """An update before it has its place in the chain. `stands_from` is a London date; `text`,
    `evidence_url` and `decided_by` are the free words, which alone can be erased later."""

    kind: UpdateKind
    stands_from: date
    via: Via
    by: PersonKey | None = None
    on_behalf: bool = False
    recommendation_id: str | None = None
    body_code: str | None = None
    changes: tuple[Change, ...] = ()
    about_seq: int | None = None
    quotable: bool = False
    source: str = ""
    text: str = ""
    evidence_url: str = ""
    decided_by: str = ""
    request: RequestKey | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """A draft in its place: `seq` is its number in commit order, `recorded_at` a UTC instant.

    `words_erased` tells that the free words have been redacted; `withheld` that they are not shown to
    whoever reads."""

    seq: int
    recorded_at: datetime
    draft: Draft
    author_name: str = ""
    undone: bool = False
    quotable: bool = False
    words_erased: bool = False
    withheld: bool = False

    def as_read_by(self, reader: Actor) -> "Update":
        """The update without its free words where the reader may not see them."""
        words = (self.draft.text, self.draft.evidence_url, self.draft.decided_by)
        if not any(words) or reader.may_read(self.draft.body_code, self.quotable and not self.undone):
            return self
        return replace(
            self, draft=replace(self.draft, text="", evidence_url="", decided_by=""), withheld=True
        )

    @property
    def is_published(self) -> bool:
        """Whether it has a text that everybody may read."""
        return bool(self.draft.text) and self.quotable and not self.undone

    def may_still_be_undone(self, now: datetime) -> bool:
        return now - self.recorded_at <= UNDO_WITHIN


def excerpt(text: str) -> str:
    """The first words of a text, on one line, as they stand in an addressee's face."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_LENGTH else line[: EXCERPT_LENGTH - 1].rstrip() + "…"
