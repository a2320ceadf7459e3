"""One recorded change or note. Updates are only ever added."""

from datetime import date, datetime, timedelta
from enum import Flag, StrEnum, auto
from typing import assert_never

from msgspec import Struct

from bot.domain.register.addressee import AddresseeKey
from bot.domain.register.people import Actor, PersonKey
from bot.domain.values import replace

UNDO_WITHIN = timedelta(minutes=10)
# As it is said: 10 minutes.
UNDO_WINDOW = f"{UNDO_WITHIN // timedelta(minutes=1)} minutes"
EXCERPT_LENGTH = 120


class UpdateKind(StrEnum):
    RESPONSE = "response"
    PROGRESS = "progress"
    PART = "part"
    NOTE = "note"
    UNDO = "undo"
    CHECK = "check"
    CLOSE = "closing"
    REOPEN = "reopening"
    EXTENSION_ASKED = "extension asked for"
    EXTENSION_GRANTED = "extension granted"
    EXTENSION_REFUSED = "extension refused"
    EXPECTED = "expected"
    QUESTION_ASKED = "question asked"
    QUESTION_ANSWERED = "question answered"
    QUOTING_ASKED = "quoting asked for"
    QUOTING_ALLOWED = "quoting allowed"
    QUOTING_STOPPED = "quoting stopped"
    GRANT = "grant"
    REVOKE = "revoke"
    REPORT_ADDED = "report added"
    RECOMMENDATION_ADDED = "recommendation added"
    RECOMMENDATION_ENDED = "recommendation ended"
    RECOMMENDATION_CORRECTED = "recommendation corrected"
    BODY_ADDED = "body added"
    BODY_CHANGED = "body changed"
    PASSED_ON = "duties passed on"
    REMINDED = "reminded"
    REDACTED = "words erased"
    STARTED = "started"
    REMINDERS_CHANGED = "reminders changed"
    SEALED = "register sealed"
    LETTER_FRAMED = "letter frame saved"
    PARTY_REPORTED = "party reported"
    APPROVAL_ASKED = "approval asked for"
    APPROVED = "approved"
    SENT_BACK = "sent back"
    HOLD_PLACED = "hold placed"
    HOLD_LIFTED = "hold lifted"
    FOLLOWING_CHANGED = "following changed"
    PUBLISHED_RESPONSE = "published response"
    REPORT_CHANGED = "report changed"


class _Trait(Flag):
    """What a kind of update is, apart from the words it is told in; a kind has any number of them."""

    NONE = 0
    # It moves an addressee, and can be taken back by whoever recorded it.
    RECORDING = auto()
    # It says how a body stands, and what it says, which an import may say again.
    STATEMENT = auto()
    # It holds a body's own words, which whoever wrote them can put right.
    CORRECTABLE = auto()
    # It changes what the register says of an addressee: the digest and `changes` tell it.
    CHANGES_STATE = auto()
    # It moves the progress, by the body's own word or by the association's.
    MOVES_STAGE = auto()
    # It decides a request for more time.
    DECISION = auto()
    # It says how far the approval of a recording is.
    ON_APPROVAL = auto()
    # It decides on the approval of a recording.
    DECIDES_APPROVAL = auto()
    # It says whether a text may be quoted; the last such update holds, whatever the recording said.
    ON_QUOTING = auto()
    # It is about another update, and says nothing of the addressee itself.
    ABOUT_UPDATE = auto()
    # It is of use only inside the association, or told by another update: no published account has it.
    BOOKKEEPING = auto()
    # It changes more than the addressee that it names, so that a plan made before may no longer hold.
    REACHES_FURTHER = auto()
    # After it a name can mean something else than before.
    CHANGES_NAMES = auto()
    # Its words are the report's own, and stand in the register itself.
    PUBLISHED_WORDS = auto()
    # It is of a day that its words name.
    NAMES_ITS_DAY = auto()
    # Its words go between the association and a body, and are never published.
    BETWEEN_OFFICES = auto()
    # It says of earlier updates whether they count, so that it counts on every day, whenever it was recorded.
    COUNTS_ON_ANY_DAY = auto()


def _traits(kind: UpdateKind) -> _Trait:  # noqa: PLR0912 - a table
    """Return all that is known of a kind of update: the one table."""
    match kind:
        case UpdateKind.RESPONSE:
            return _Trait.RECORDING | _Trait.STATEMENT | _Trait.CORRECTABLE | _Trait.CHANGES_STATE
        case UpdateKind.PROGRESS:
            own = _Trait.RECORDING | _Trait.STATEMENT | _Trait.CORRECTABLE
            return own | _Trait.CHANGES_STATE | _Trait.MOVES_STAGE
        case UpdateKind.NOTE:
            return _Trait.RECORDING | _Trait.STATEMENT | _Trait.CORRECTABLE
        case UpdateKind.PART:
            return _Trait.RECORDING | _Trait.STATEMENT | _Trait.CHANGES_STATE
        case UpdateKind.CHECK | UpdateKind.CLOSE | UpdateKind.REOPEN:
            return _Trait.RECORDING | _Trait.STATEMENT | _Trait.CHANGES_STATE | _Trait.MOVES_STAGE
        case UpdateKind.EXPECTED:
            return _Trait.RECORDING | _Trait.STATEMENT | _Trait.CHANGES_STATE
        case UpdateKind.EXTENSION_ASKED:
            return _Trait.RECORDING | _Trait.BOOKKEEPING
        case UpdateKind.EXTENSION_GRANTED:
            return _Trait.RECORDING | _Trait.CHANGES_STATE | _Trait.DECISION
        case UpdateKind.EXTENSION_REFUSED:
            return _Trait.DECISION | _Trait.BOOKKEEPING
        case UpdateKind.QUESTION_ASKED:
            return _Trait.BOOKKEEPING | _Trait.BETWEEN_OFFICES
        case UpdateKind.QUESTION_ANSWERED:
            return _Trait.ABOUT_UPDATE | _Trait.BOOKKEEPING | _Trait.BETWEEN_OFFICES
        case UpdateKind.APPROVAL_ASKED:
            return _Trait.ON_APPROVAL | _Trait.BOOKKEEPING
        case UpdateKind.APPROVED:
            decided = _Trait.ON_APPROVAL | _Trait.DECIDES_APPROVAL
            return decided | _Trait.BOOKKEEPING
        case UpdateKind.SENT_BACK:
            decided = _Trait.ON_APPROVAL | _Trait.DECIDES_APPROVAL
            return decided | _Trait.BOOKKEEPING | _Trait.BETWEEN_OFFICES
        case UpdateKind.UNDO:
            return _Trait.ABOUT_UPDATE | _Trait.BOOKKEEPING | _Trait.COUNTS_ON_ANY_DAY
        case UpdateKind.QUOTING_ASKED:
            return _Trait.ABOUT_UPDATE | _Trait.BOOKKEEPING
        case UpdateKind.QUOTING_ALLOWED | UpdateKind.QUOTING_STOPPED:
            return _Trait.ON_QUOTING | _Trait.ABOUT_UPDATE | _Trait.BOOKKEEPING
        case UpdateKind.PARTY_REPORTED | UpdateKind.PUBLISHED_RESPONSE:
            return _Trait.RECORDING | _Trait.NAMES_ITS_DAY
        case UpdateKind.REDACTED:
            return _Trait.ABOUT_UPDATE | _Trait.REACHES_FURTHER
        case UpdateKind.PASSED_ON:
            return _Trait.REACHES_FURTHER | _Trait.COUNTS_ON_ANY_DAY
        case UpdateKind.RECOMMENDATION_CORRECTED:
            return _Trait.PUBLISHED_WORDS | _Trait.REACHES_FURTHER
        case UpdateKind.REPORT_ADDED | UpdateKind.RECOMMENDATION_ADDED:
            return _Trait.CHANGES_NAMES | _Trait.PUBLISHED_WORDS
        case UpdateKind.BODY_ADDED | UpdateKind.BODY_CHANGED:
            return _Trait.CHANGES_NAMES
        case (
            UpdateKind.GRANT
            | UpdateKind.REVOKE
            | UpdateKind.RECOMMENDATION_ENDED
            | UpdateKind.REMINDED
            | UpdateKind.STARTED
            | UpdateKind.REMINDERS_CHANGED
            | UpdateKind.SEALED
            | UpdateKind.LETTER_FRAMED
            | UpdateKind.FOLLOWING_CHANGED
            | UpdateKind.REPORT_CHANGED
        ):
            return _Trait.NONE
        case UpdateKind.HOLD_PLACED | UpdateKind.HOLD_LIFTED:
            return _Trait.BOOKKEEPING
    assert_never(kind)


def _kinds(trait: _Trait) -> tuple[UpdateKind, ...]:
    return tuple(kind for kind in UpdateKind if trait in _traits(kind))


RECORDINGS = _kinds(_Trait.RECORDING)
STATEMENTS = _kinds(_Trait.STATEMENT)
CORRECTABLE = _kinds(_Trait.CORRECTABLE)
CHANGES_STATE = _kinds(_Trait.CHANGES_STATE)
MOVES_STAGE = _kinds(_Trait.MOVES_STAGE)
DECISIONS = _kinds(_Trait.DECISION)
ON_APPROVAL = _kinds(_Trait.ON_APPROVAL)
DECIDES_APPROVAL = _kinds(_Trait.DECIDES_APPROVAL)
ON_QUOTING = _kinds(_Trait.ON_QUOTING)
ABOUT_UPDATES = _kinds(_Trait.ABOUT_UPDATE)
BOOKKEEPING = _kinds(_Trait.BOOKKEEPING)
REACHES_FURTHER = _kinds(_Trait.REACHES_FURTHER)
CHANGES_NAMES = _kinds(_Trait.CHANGES_NAMES)
PUBLISHED_WORDS = _kinds(_Trait.PUBLISHED_WORDS)
COUNTS_ON_ANY_DAY = _kinds(_Trait.COUNTS_ON_ANY_DAY)
THEMES = "themes"
"""What a change is called that says a recommendation's themes."""


def changes_names(draft: "Draft") -> bool:
    """Whether an update adds or changes a name that people may type, such as a theme."""
    return draft.kind in CHANGES_NAMES or any(change.what == THEMES for change in draft.changes)


NAMES_THEIR_DAY = _kinds(_Trait.NAMES_ITS_DAY)
BETWEEN_OFFICES = _kinds(_Trait.BETWEEN_OFFICES)


class Via(StrEnum):
    """The road an update came by."""

    SLACK = "slack"
    EXAMPLE = "example"
    COMMAND_LINE = "command line"
    IMPORT = "import"
    SCHEDULE = "schedule"


class Change(Struct, frozen=True):
    """One structured value that an update altered. No free text: it could not be erased from here."""

    what: str
    was: str
    now: str


class RequestKey(Struct, frozen=True):
    """What makes a request recognisable when Slack or a finger delivers it twice."""

    key: str
    item: int = 0


class Draft(Struct, frozen=True):
    """An update before it has its place in the chain. `stands_from` is a London date; `text`,
    `evidence_url`, `evidence_title` and `decided_by` are the free words, which alone can be erased later."""

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
    evidence_title: str = ""

    @property
    def addressee_key(self) -> AddresseeKey:
        """The addressee that it is about; empty where it is about none."""
        return self.recommendation_id or "", self.body_code or ""

    @property
    def free_words(self) -> tuple[str, ...]:
        """All of them, without those that are empty."""
        words = (self.text, self.evidence_url, self.evidence_title, self.decided_by)
        return tuple(word for word in words if word)

    def without_free_words(self) -> "Draft":
        return replace(self, text="", evidence_url="", evidence_title="", decided_by="")


class Update(Struct, frozen=True):
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
        """Return the update, without its free words where the reader may not see them."""
        may_read = reader.may_read(self.draft.body_code, self.quotable and not self.undone)
        if may_read or not self.draft.free_words:
            return self
        return replace(self, draft=self.draft.without_free_words(), withheld=True)

    @property
    def is_published(self) -> bool:
        """Whether it has a text that everybody may read."""
        return bool(self.draft.text) and self.quotable and not self.undone

    def may_still_be_undone(self, now: datetime) -> bool:
        return now - self.recorded_at <= UNDO_WITHIN


def excerpt(text: str) -> str:
    """Return the first words of a text, on one line, as an addressee keeps them of its latest update."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_LENGTH else line[: EXCERPT_LENGTH - 1].rstrip() + "…"
