"""The register as an import needs it, read at one moment and then kept in memory.

An import is checked against this without holding anybody up; what it plans is drawn into the picture, so that
a row sees what the rows before it say."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from bot.domain.register.addressee import Addressee
from bot.domain.register.imports import Batch, ContactRow, FilePlace
from bot.domain.register.people import ContactKind, Membership, PersonKey, Role
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation, Report
from bot.domain.register.transition import Value
from bot.domain.register.update import MOVES_STAGE, UpdateKind
from storage import addressees, bodies, imports, people, recommendations
from storage.chain import head
from storage.database import Connection
from storage.imports import Statement, fingerprint

_NO_WORDS = fingerprint("")


@dataclass
class TextsByDay:
    """Texts by the day that they stand from, and the row of this import that says them, if one does."""

    by_day: dict[date, dict[bytes | None, FilePlace | None]] = field(default_factory=dict)
    all: dict[bytes | None, FilePlace | None] = field(default_factory=dict)

    def add(self, on: date, words: bytes | None, place: FilePlace | None) -> None:
        self.by_day.setdefault(on, {})[words] = place
        self.all[words] = place

    def has(self, on: date | None, text: str) -> bool:
        """Whether this was said, on a day or on any. Erased words may have been any, and must not come back;
        a row without a text only says how it stands."""
        said = self.all if on is None else self.by_day.get(on, {})
        return bool(said) and (text == "" or None in said or fingerprint(text) in said)

    def place_of(self, on: date, text: str) -> FilePlace | None:
        """The row of this import that says this too."""
        return self.by_day.get(on, {}).get(fingerprint(text))


@dataclass(frozen=True, slots=True)
class Last:
    """What was said last of a response or a progress. `place` is the row of this import that says it;
    `words` is None where they were erased."""

    on: date
    words: bytes | None = _NO_WORDS
    place: FilePlace | None = None

    def may_have_said(self, text: str) -> bool:
        return self.words is None or self.words == fingerprint(text)


@dataclass
class ImportedAddressee:
    """An addressee as it stands, and what was said of it that nobody took back. `response` and `progress` are
    the body's own last words, `move` is what its stage stands from, which may be a check."""

    before: Addressee
    addressee: Addressee
    answers: dict[str, TextsByDay] = field(default_factory=dict)
    stages: dict[str, TextsByDay] = field(default_factory=dict)
    moves: TextsByDay = field(default_factory=TextsByDay)
    notes: TextsByDay = field(default_factory=TextsByDay)
    response: Last | None = None
    progress: Last | None = None
    move: Last | None = None
    last_response: Last | None = None
    evidence: set[str] = field(default_factory=set)

    def add(
        self,
        kind: UpdateKind,
        on: date,
        words: bytes | None,
        values: dict[str, str],
        place: FilePlace | None = None,
    ) -> None:
        """Something that was said, later than what was said before."""
        if kind is UpdateKind.NOTE:
            self.notes.add(on, words, place)
        elif kind is UpdateKind.RESPONSE:
            self.answers.setdefault(values.get(Value.ANSWER, ""), TextsByDay()).add(on, words, place)
            self.last_response = Last(on, words, place)
        elif kind in MOVES_STAGE:
            self.stages.setdefault(values.get(Value.STAGE, ""), TextsByDay()).add(on, words, place)
            self.moves.add(on, words, place)
            self.move = Last(on, words, place)


@dataclass
class Picture:
    """`seq` is the last update that it knows of, `done` are the rows of this file that were imported before,
    `grants` the contacts of each body."""

    seq: int
    bodies: dict[str, PolicingBody]
    reports: dict[str, Report]
    recommendations: dict[str, Recommendation]
    grants: dict[str, dict[PersonKey, tuple[ContactKind, bool]]]
    memberships: dict[PersonKey, Membership]
    done: frozenset[str]
    standings: dict[tuple[str, str], ImportedAddressee] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: Connection, batch: Batch, prefix: str) -> "Picture":
        """Everything but the addressees, which `read_standings` adds."""
        granted: dict[str, dict[PersonKey, tuple[ContactKind, bool]]] = {}
        for each in people.granted(connection, role=Role.CONTACT):
            granted.setdefault(each.body_code, {})[each.who] = (each.kind, each.is_active)
        users = {row.user.upper() for row in batch.of(ContactRow)}
        return cls(
            seq=head(connection)[0],
            bodies={body.code: body for body in bodies.everyone(connection)},
            reports={report.key: report for report in recommendations.all_reports(connection)},
            recommendations=recommendations.everything(connection),
            grants=granted,
            memberships=imports.memberships(connection, users),
            done=imports.keys_of(connection, prefix),
        )

    def read_standings(
        self, connection: Connection, recommendation_ids: Collection[str], body_codes: Collection[str]
    ) -> None:
        """These recommendations with these bodies."""
        for addressee in addressees.of_recommendations(connection, recommendation_ids, body_codes):
            self.standings[addressee.key] = ImportedAddressee(addressee, addressee)
        for statement in imports.statements(connection, recommendation_ids, body_codes):
            standing = self.standings.get((statement.recommendation_id, statement.body_code))
            if standing:
                _tell(standing, statement)

    def addressed(self, recommendation_id: str) -> Iterable[str]:
        return (code for id_, code in self.standings if id_ == recommendation_id)


def _tell(standing: ImportedAddressee, statement: Statement) -> None:
    standing.add(statement.kind, statement.stands_from, statement.words, statement.values)
    last = Last(statement.stands_from, statement.words)
    if statement.seq == standing.addressee.response_seq:
        standing.response = last
    elif statement.seq == standing.addressee.progress_seq:
        standing.progress = last
    else:
        return
    if statement.evidence_url:
        standing.evidence.add(statement.evidence_url)
