"""The register as an import needs it, read at one moment and then kept in memory.

An import is checked against this without holding anybody up; what it plans is drawn into the picture, so that
a row sees what the rows before it say."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from msgspec import Struct

from bot.domain.register.addressee import Addressee
from bot.domain.register.body_facts import former_names
from bot.domain.register.imports import Batch, ContactRow, FilePlace, ReturnRow
from bot.domain.register.people import ContactKind, Membership, PersonKey
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation, Report
from bot.domain.register.return_form import RETURNED, codes_recorded
from bot.domain.register.transition import Value
from bot.domain.register.update import MOVES_STAGE, UpdateKind
from storage import addressees, bodies, imports, people, recommendations, succession, updates
from storage.chain import head, return_key
from storage.database import Connection
from storage.imports import Statement, fingerprint

_NO_WORDS = fingerprint("")


Told = tuple[str, str, str, date, bytes]
"""What makes two reports of a party the same: recommendation, party, by whom, on which day, its words."""


@dataclass
class TextsByDay:
    """Texts by the London day that they stand from, each with the row of this import that states it, if any.

    A text is kept as its fingerprint, and as None where it was erased."""

    by_day: dict[date, dict[bytes | None, FilePlace | None]] = field(default_factory=dict)
    all: dict[bytes | None, FilePlace | None] = field(default_factory=dict)

    def add(self, on: date, words: bytes | None, place: FilePlace | None) -> None:
        self.by_day.setdefault(on, {})[words] = place
        self.all[words] = place

    def has(self, on: date | None, text: str) -> bool:
        """Tell whether the register has this text on a day, or on any day where `on` is None. A day with
        an erased text counts as having it, since the text must not come back; a row without a text
        matches too."""
        texts = self.all if on is None else self.by_day.get(on, {})
        return bool(texts) and (text == "" or None in texts or fingerprint(text) in texts)

    def place_of(self, on: date, text: str) -> FilePlace | None:
        """Return the row of this import that states the same."""
        return self.by_day.get(on, {}).get(fingerprint(text))


class Last(Struct, frozen=True):
    """The last text of a response or a progress."""

    on: date  # London, from which it stands
    words: bytes | None = _NO_WORDS  # its fingerprint; None where it was erased
    place: FilePlace | None = None  # the row of this import that states it

    def may_have_been(self, text: str) -> bool:
        return self.words is None or self.words == fingerprint(text)


@dataclass
class ImportedAddressee:
    """An addressee as the import leaves it, and all that is held of it and was not taken back."""

    before: Addressee  # as it stood when the import began
    addressee: Addressee
    answers: dict[str, TextsByDay] = field(default_factory=dict)
    stages: dict[str, TextsByDay] = field(default_factory=dict)
    moves: TextsByDay = field(default_factory=TextsByDay)
    notes: TextsByDay = field(default_factory=TextsByDay)
    response: Last | None = None  # the body's own last words
    progress: Last | None = None
    move: Last | None = None  # what the stage stands from, which may be a check
    last_response: Last | None = None
    evidence: set[str] = field(default_factory=set)
    taken_over_on: date | None = None  # the London date from which it stands in another's place
    # The days on which it was expected to be done, each with the London date from which that stands.
    expected: dict[str, date] = field(default_factory=dict)

    def add(
        self,
        kind: UpdateKind,
        on: date,
        words: bytes | None,
        values: dict[str, str],
        place: FilePlace | None = None,
    ) -> None:
        """Add a statement that is later than all before it."""
        if kind is UpdateKind.NOTE:
            self.notes.add(on, words, place)
        elif kind is UpdateKind.RESPONSE:
            self.answers.setdefault(values.get(Value.ANSWER, ""), TextsByDay()).add(on, words, place)
            self.last_response = Last(on, words, place)
        elif kind is UpdateKind.EXPECTED:
            self.expected[values.get(Value.EXPECTED_ON, "")] = on
        elif kind in MOVES_STAGE:
            self.stages.setdefault(values.get(Value.STAGE, ""), TextsByDay()).add(on, words, place)
            self.moves.add(on, words, place)
            self.move = Last(on, words, place)


@dataclass
class Picture:
    """What the register held when the import looked."""

    seq: int  # the number of the last update
    bodies: dict[str, PolicingBody]
    reports: dict[str, Report]
    recommendations: dict[str, Recommendation]
    grants: dict[str, dict[PersonKey, tuple[ContactKind, bool]]]  # by body: kind, and whether still in Slack
    memberships: dict[PersonKey, Membership]
    done: frozenset[str]  # request keys of the rows of this file that were imported before
    return_key: bytes  # makes the codes of return forms
    returned: frozenset[str]  # codes of the rows of return forms that were recorded before
    # By a body's code, what it was called before.
    former_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    standings: dict[tuple[str, str], ImportedAddressee] = field(default_factory=dict)
    told_of_parties: set[Told] = field(default_factory=set)

    @classmethod
    def read(cls, connection: Connection, batch: Batch, prefix: str) -> "Picture":
        """Read everything but the addressees, which `read_standings` adds."""
        granted: dict[str, dict[PersonKey, tuple[ContactKind, bool]]] = {}
        for contact in people.contacts(connection):
            granted.setdefault(contact.body_code, {})[contact.who] = (contact.kind, contact.is_active)
        users = {row.user.upper() for row in batch.of(ContactRow)}
        return cls(
            seq=head(connection)[0],
            bodies=bodies.by_code(connection),
            former_names=former_names(updates.changes_of_bodies(connection)),
            reports={report.key: report for report in recommendations.all_reports(connection)},
            recommendations=recommendations.everything(connection),
            grants=granted,
            memberships=imports.memberships(connection, users),
            done=imports.keys_of(connection, prefix),
            return_key=return_key(connection),
            # Found by going through the history.
            returned=(
                codes_recorded(imports.keys_of(connection, RETURNED))
                if any(batch.of(ReturnRow))
                else frozenset()
            ),
        )

    def read_standings(
        self, connection: Connection, recommendation_ids: Collection[str], body_codes: Collection[str]
    ) -> None:
        """Add these recommendations with these bodies."""
        for addressee in addressees.of_recommendations(connection, recommendation_ids, body_codes):
            self.standings[addressee.key] = ImportedAddressee(addressee, addressee)
        # A successor holds what its predecessors said, so that its exported row says nothing new.
        rows = [standing.addressee for standing in self.standings.values() if standing.addressee.live]
        passed = succession.passed_to(connection, rows)
        heirs = {row.key: key for key, ended in passed.items() for row in ended}
        codes = {*body_codes, *(code for _, code in heirs)}
        for key in passed:
            self.standings[key].taken_over_on = updates.taken_over_on(connection, *key)
        for statement in imports.statements(connection, recommendation_ids, codes):
            key = (statement.recommendation_id, statement.body_code)
            for standing in filter(None, map(self.standings.get, {key, heirs.get(key, key)})):
                _remember(standing, statement)

    def addressed(self, recommendation_id: str) -> Iterable[str]:
        return (code for id_, code in self.standings if id_ == recommendation_id)


def _remember(standing: ImportedAddressee, statement: Statement) -> None:
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
