"""One import while it runs: the transaction, what it has recorded so far, and what it found wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.domain.adding import Field, Unfit
from bot.domain.calendar import london_date
from bot.domain.free_text import TextTooLong
from bot.domain.imports import Effect, NotImportable, R, Row, Wrong
from bot.domain.names import Body, Names
from bot.domain.people import Occasion, PersonKey
from bot.domain.personal_data.guard import MayIdentify, must_all_identify_nobody
from bot.domain.refusals import NotAddressed, NotRecordable, Refusal, Withdrawn
from bot.domain.update import Draft, RequestKey, Update, Via
from bot.operations import finding
from storage import updates
from storage.chain import Chain
from storage.database import Connection

LONGEST_SOURCE = 200
_COLUMN_OF_FIELD = {
    Field.PUBLISHED: "published_on",
    Field.BODIES: "addressed_to",
    Field.RESPOND_BY: "respond_by",
    Field.DUE_ON: "due_on",
    Field.JOINT_WITH: "joint_with",
}
_COLUMN_OF_REFUSAL: dict[type[Refusal], str] = {
    NotAddressed: "body",
    NotRecordable: "recommendation",
    Withdrawn: "recommendation",
}


class Spoilt(Exception):
    """The row rests on another one that was refused, so nothing more is said of it."""


@dataclass
class Session:
    connection: Connection
    chain: Chain
    at: datetime
    digest: str
    home_team: str
    names: Names
    effects: list[Effect] = field(default_factory=list)
    faults: list[Wrong] = field(default_factory=list)
    _spoilt: set[str] = field(default_factory=set)

    @property
    def occasion(self) -> Occasion:
        """Whoever runs recbot, whom Slack does not know."""
        return Occasion(PersonKey("", ""), self.at, "")

    @property
    def today(self) -> date:
        return london_date(self.at)

    def key(self, row: Row) -> str:
        return f"import:{self.digest}:{row.place.table}:{row.place.row}"

    def attempt(self, take: Callable[["Session", R], None], row: R, *names: str) -> None:
        """Takes one row in, or notes what is wrong with it; `names` are what other rows may call it by."""
        if updates.of_request(self.connection, self.key(row)):
            return
        try:
            take(self, row)
        except Spoilt:
            self._spoil(names)
        except Refusal as refusal:
            self._spoil(names)
            self.faults.extend(Wrong(row.place, *one) for one in _parted(refusal))

    def _spoil(self, names: tuple[str, ...]) -> None:
        self._spoilt.update(name.casefold() for name in names if name)

    def must_not_rest_on_a_fault(self, name: str) -> None:
        """Raises Spoilt."""
        if name.casefold() in self._spoilt:
            raise Spoilt

    def record(self, row: Row, about: str, draft: Draft, item: int = 0) -> None:
        """Into the history alone."""
        self.note(row, about, self.chain.append(self.drafted(row, draft, item), self.at))

    def note(self, row: Row, about: str, update: Update) -> None:
        self.effects.append(Effect(row.place, about, update))

    def drafted(self, row: Row, draft: Draft, item: int = 0) -> Draft:
        return replace(draft, via=Via.IMPORT, request=RequestKey(self.key(row), item))

    def body(self, name: str, column: str) -> Body:
        """Raises NotImportable, Spoilt."""
        self.must_not_rest_on_a_fault(name)
        found = self.names.bodies_exact(name)
        if len(found) == 1:
            return found[0]
        if found:
            options = " or ".join(one.short_name for one in found)
            raise NotImportable(column, f"“{name}” can be {options}. Write the one that is meant.")
        near = [one.short_name for one in self.names.near(name, (Body,)) if isinstance(one, Body)]
        said = f"Did you mean {' or '.join(near)}?" if near else "Add it to the bodies, or correct it."
        raise NotImportable(column, f"There is no body “{name}”. {said}" if name else "Name the body.")

    def read_names(self) -> None:
        self.names = finding.read_names(self.connection)


def must_be_a_source(text: str) -> None:
    """It cannot be erased from the history, so nobody can vouch for it. Raises TextTooLong, MayIdentify."""
    if len(text) > LONGEST_SOURCE:
        raise TextTooLong("source", len(text), LONGEST_SOURCE)
    must_all_identify_nobody({"source": text}, confirmed=False)


def _parted(refusal: Refusal) -> list[tuple[str, Refusal]]:
    """Each column in which something is wrong, and what."""
    match refusal:
        case Unfit():
            return [
                (_COLUMN_OF_FIELD.get(field, field.value), Unfit({field: fault}))
                for field, fault in refusal.faults.items()
            ]
        case MayIdentify():
            return [(column, refusal) for column in refusal.found]
        case NotImportable():
            return [(refusal.column, refusal)]
        case TextTooLong():
            return [(refusal.what, refusal)]
    return [(_COLUMN_OF_REFUSAL.get(type(refusal), ""), refusal)]
