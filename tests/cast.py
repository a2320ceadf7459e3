"""The cast of the tests, and the register they meet in: the stalking case, two weeks before its deadline.

Cora Lane coordinates; Alice speaks for Kent, Bob for Surrey, Ed for Essex; Vic only looks; Gus is a guest
whom nobody has granted anything."""

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.questions.grammar import reader, typed_recordings
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.names import Body
from bot.domain.questions.receipts import Recorded
from bot.domain.register.addressee import Addressee, Answer
from bot.domain.register.people import ContactKind, Membership, Person, PersonKey, Request, Role
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Report, Tally
from bot.domain.register.update import Change, Draft, Update, UpdateKind, Via
from bot.operations.imports import example
from bot.operations.recording import expect, note, progress, respond, undo
from bot.operations.request import name_book
from bot.operations.request.context import Services
from bot.operations.request.name_book import NameBook
from bot.runtime.clock import StartingClock
from storage import bodies, people, schema
from storage.appending import Chain
from storage.database import FOR_WORK, Database
from storage.store import Store
from tests import templates

HOME = "T0HOME"
# A Monday, 17 days and 13 working days before the deadline of 27 March 2025.
NOW = datetime(2025, 3, 10, 10, 4, tzinfo=UTC)

CORA = PersonKey(HOME, "U0CORA")
ALICE = PersonKey(HOME, "U0ALICE")
BOB = PersonKey(HOME, "U0BOB")
ED = PersonKey(HOME, "U0ED")
VIC = PersonKey(HOME, "U0VIC")
GUS = PersonKey(HOME, "U0GUS")

_NAMES = {
    CORA: "Cora Lane",
    ALICE: "Alice Ames",
    BOB: "Bob Byrne",
    ED: "Ed Moss",
    VIC: "Vic Park",
    GUS: "Gus Reed",
}
_SPEAKS_FOR = {ALICE: "kent", BOB: "surrey", ED: "essex"}
_numbers = itertools.count(1)


def occasion(
    who: PersonKey, instant: datetime = NOW, key: str = "", *, for_everybody: bool = False
) -> Request:
    """Somebody asks, each time anew unless a key says that it is the same asking."""
    return Request(who, instant, key or f"asking:{next(_numbers)}", for_everybody=for_everybody)


def person(who: PersonKey, membership: Membership = Membership.MEMBER, name: str = "") -> Person:
    """Somebody freshly looked up in Slack, for as long as any test's time."""
    return Person(who, name or _NAMES[who], membership, refreshed_at=NOW + timedelta(days=3650))


def migrated(url: str) -> Store:
    """An empty register in which Cora is always a coordinator."""
    templates.fill(url, "migrated", _migrate)
    return _store(url)


def stalking_case(url: str, instant: datetime = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)) -> "Register":
    """The shipped example with the cast in their roles."""
    templates.fill(
        url, f"stalking case at {instant}", lambda template: _load_stalking_case(template, instant)
    )
    return Register(_store(url))


def _store(url: str) -> Store:
    return Store(Database(url, FOR_WORK), HOME, frozenset({CORA.user_id}))


def _migrate(url: str) -> None:
    store = _store(url)
    schema.upgrade(store.database)
    store.database.close()


def _load_stalking_case(url: str, instant: datetime) -> None:
    _migrate(url)
    store = _store(url)
    example.load_example(store, instant)
    register = Register(store)
    with store.begin() as connection:
        for who in _NAMES:
            people.remember(connection, person(who, Membership.GUEST if who == GUS else Membership.MEMBER))
        for who, slug in _SPEAKS_FOR.items():
            people.grant(connection, who, Role.CONTACT, register.body(slug).code, instant)
    store.database.close()


def accountable_case(url: str, instant: datetime = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)) -> "Register":
    """The same, with the roles in the history too, so that it can be verified."""
    register = stalking_case(url, instant)
    record_roles(register, instant)
    return register


def record_roles(register: "Register", instant: datetime = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)) -> None:
    """Put the cast's roles in the history, as granting them would have."""
    with register.store.begin() as connection:
        chain = Chain(connection)
        for who, slug in _SPEAKS_FOR.items():
            changes = (
                Change(Role.CONTACT.value, "", f"{who.team_id}/{who.user_id}"),
                Change("contact kind", "", ContactKind.MAIN),
            )
            code = register.body(slug).code
            chain.append(
                Draft(UpdateKind.GRANT, instant.date(), Via.IMPORT, body_code=code, changes=changes), instant
            )


class NobodyElse:
    """A directory that knows nobody beyond the cast."""

    def look_up(self, who: PersonKey) -> Person | None:
        return None


@dataclass
class Register:
    """The register, and what people do in it, typed as they would type it."""

    store: Store
    bodies: dict[str, Body] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with self.store.reading() as connection:
            everyone = bodies.everyone(connection)
        self.bodies = {body.slug: Body(body.code, body.slug, body.short_name) for body in everyone}

    def body(self, slug: str) -> Body:
        return self.bodies[slug]

    def services(self) -> Services:
        return Services(
            store=self.store,
            clock=StartingClock(NOW),
            directory=NobodyElse(),
            names=NameBook(self.store),
            later=lambda work: work(),
            hooks=(),
        )

    def read(self, typed: str) -> TypedCommand:
        with self.store.reading() as connection:
            return reader.read(typed, name_book.read_names(connection), NOW.date())

    def says(self, who: PersonKey, typed: str, instant: datetime = NOW) -> int:
        """Somebody records something; the number of the first update that it made."""
        request = self.read(typed)
        recorded: Recorded = _RECORD[type(request)](self.store, occasion(who, instant), request)
        return recorded.items[0][2].seq


_RECORD: Mapping[type, Callable[..., Recorded]] = {
    typed_recordings.Respond: respond.respond,
    typed_recordings.Progress: progress.progress,
    typed_recordings.Expect: expect.expect,
    typed_recordings.Note: note.note,
    typed_recordings.Undo: lambda store, when, _command: undone(store, when),
}


def undone(store: Store, request: Request, seq: int | None = None) -> Recorded:
    """Somebody takes back what was recorded for a body."""
    result = undo.undo(store, request, seq)
    assert isinstance(result, Recorded)
    return result


REPORT = Report("stalking", "The police response to stalking", "The IOPC", date(2024, 9, 27))
TODAY = NOW.date()


def a_recommendation(number: str = "15", **facts: Any) -> Recommendation:
    """Live, addressed, due on 27 March 2025, its response due on 22 November 2024; else as the facts say."""
    usual: dict[str, Any] = {
        "report": REPORT,
        "kind": RecommendationKind.ADDRESSED,
        "wording": "Review the services.",
        "respond_by": date(2024, 11, 22),
        "due_on": date(2025, 3, 27),
    }
    return Recommendation(number=number, **(usual | facts))


def an_addressee(body_name: str = "Kent", number: str = "15", **facts: Any) -> Addressee:
    """As recommended, accepted and not started; else as the facts say."""
    usual: dict[str, Any] = {
        "answer": Answer.ACCEPTED,
        "respond_by": date(2024, 11, 22),
        "due_on": date(2025, 3, 27),
    }
    return Addressee(f"stalking-{number}", f"code of {body_name}", body_name, **(usual | facts))


def an_update(kind: UpdateKind = UpdateKind.PROGRESS, seq: int = 131, **facts: Any) -> Update:
    """Alice's, for Kent, in progress, at ten past ten; else as the facts say: of the draft or the update."""
    usual: dict[str, Any] = {
        "stands_from": TODAY,
        "via": Via.SLACK,
        "by": ALICE,
        "body_code": "code of Kent",
        "changes": (Change("stage", "not started", "in progress"),) if kind is UpdateKind.PROGRESS else (),
    }
    of_update = {name: facts.pop(name) for name in ("quotable", "undone", "withheld") if name in facts}
    return Update(seq, NOW, Draft(kind, **(usual | facts)), author_name="Alice Ames", **of_update)


def tally_of(addressees: Sequence[Addressee]) -> Tally:
    """As the register counts them."""
    return Tally(
        Counter(addressee.answer for addressee in addressees),
        Counter(addressee.stage for addressee in addressees),
    )
