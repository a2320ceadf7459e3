"""Who asks, with the rights they hold in this transaction."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Protocol

from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.request import NotIntroduced, NotReachable
from bot.domain.register.membership import UserFacts, membership
from bot.domain.register.people import Actor, Person, PersonKey, Request
from bot.domain.values import replace
from storage import homes, people
from storage.database import Connection
from storage.store import Store

_MOST_ASKERS = 1_000


class Directory(Protocol):
    """Where people are looked up."""

    def look_up(self, person: PersonKey) -> Person | None:
        """Ask Slack about a person; None if it knows nobody by that id. Raises NotReachable."""


def load(connection: Connection, store: Store, request: Request) -> Actor:
    """Return the asker, allowed to see; with no rights of their own where everybody will read the answer.

    Raises NotIntroduced when Slack has to be asked first, CannotSee."""
    return _allowed(people.actor(connection, store, request.who, request.today), request)


def reader(connection: Connection, store: Store, request: Request) -> Actor:
    """Return the asker for an answer that is the same for everybody: as they were read a moment before to see
    whether it is kept, else as `load` reads them. Raises what `load` raises."""
    return request.reader or load(connection, store, request)


def must_see(store: Store, request: Request) -> None:
    """Refuse whoever may not see. Raises what `load` raises."""
    with store.autocommit_read() as connection:
        load(connection, store, request)


@contextmanager
def telling_only_who_sees(store: Store, request: Request) -> Iterator[None]:
    """Let refusals reach only those who may see the register: a refusal tells what names mean.

    Raises CannotSee or NotIntroduced in their place."""
    try:
        yield
    except Refusal:
        must_see(store, request)
        raise


class KnownAskers:
    """Keeps whoever asked before, each with their rights and the number of the last update, for as long as
    nothing has been committed since they were read. Where the database cannot tell that, nobody is kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version: int | str | None = None
        self._askers: dict[tuple[PersonKey, date], tuple[Actor | None, int]] = {}

    def load_with_seq(self, store: Store, request: Request) -> tuple[Actor, int]:
        """Load whoever asks as `actors.load_with_seq` does. Raises what that raises."""
        key = request.who, request.today
        # Read before the rights: whatever is committed meanwhile makes it another number.
        version = store.data_version()
        known = None
        if version is not None:
            with self._lock:
                if version != self._version or len(self._askers) > _MOST_ASKERS:
                    self._version, self._askers = version, {}
                known = self._askers.get(key)
        if known is None:
            with store.autocommit_read() as connection:
                known = people.actor_and_seq(connection, store, *key)
            with self._lock:
                if version is not None and version == self._version:
                    self._askers[key] = known
        actor, seq = known
        return _allowed(actor, request), seq


def load_with_seq(connection: Connection, store: Store, request: Request) -> tuple[Actor, int]:
    """Load whoever asks, with their rights, and the number of the last update. Raises NotIntroduced,
    CannotSee."""
    actor, seq = people.actor_and_seq(connection, store, request.who, request.today)
    return _allowed(actor, request), seq


def load_with_repeat(connection: Connection, store: Store, request: Request) -> tuple[Actor, bool]:
    """Load whoever asks, with their rights, and whether the same request has written before. Raises
    NotIntroduced, CannotSee."""
    actor, is_repeated = people.actor_and_repeat(connection, store, request.who, request.key, request.today)
    return _allowed(actor, request), is_repeated


def load_with_last_digest(
    connection: Connection, store: Store, request: Request, before: datetime
) -> datetime | None:
    """Let whoever may see the register go on, and return when the last digest was made before a UTC instant.
    Raises NotIntroduced, CannotSee."""
    actor, made_at = people.actor_and_last_digest(connection, store, request.who, before, request.today)
    _allowed(actor, request)
    return made_at


def _allowed(actor: Actor | None, request: Request) -> Actor:
    if actor is None:
        raise NotIntroduced(known=False, granted=False)
    if not (request.even_if_stale or actor.person.is_fresh(request.instant)):
        raise NotIntroduced(known=True, granted=actor.is_contact or actor.is_coordinator)
    actor.must_see()
    return Actor(actor.person) if request.for_everybody else actor


@contextmanager
def coordinator_reads(store: Store, request: Request) -> Iterator[Connection]:
    """Open a snapshot of what only coordinators may look at.

    Raises NotACoordinator, CannotSee, NotIntroduced, Busy."""
    with store.reading() as connection:
        load(connection, store, request).must_coordinate()
        yield connection


def must_coordinate(store: Store, request: Request) -> None:
    """Refuse before a form is shown, or Slack is asked about somebody.

    Raises what `coordinator_reads` raises."""
    with coordinator_reads(store, request):
        pass


def introduce(store: Store, directory: Directory, request: Request, refusal: NotIntroduced) -> Request:
    """Ask Slack who the person is and remember it; return the request to try again with.

    When Slack cannot be asked, a known person with a grant is served as known; raises NotReachable else."""
    try:
        person = directory.look_up(request.who)
    except NotReachable:
        if refusal.known and refusal.granted:
            return replace(request, even_if_stale=True)
        raise
    if person is None:
        raise NotReachable
    # Slack's answer may have told that the team belongs to the organisation.
    person_key = store.key_of(request.who)
    remember(store, replace(person, key=person_key))
    return replace(request, who=person_key)


def introduce_all(store: Store, directory: Directory, now: datetime) -> None:
    """Learn the names of those whom the settings make coordinators: refusals say who can help.

    Those whom Slack cannot be asked about now are learned when they first ask."""
    for person_key in store.keys_of_always_coordinators():
        with store.reading() as connection:
            known = people.get(connection, person_key)
        if known and known.is_fresh(now):
            continue
        try:
            person = directory.look_up(person_key)
        except NotReachable:
            continue
        if person is not None:
            remember(store, replace(person, key=person_key))


def remember(store: Store, person: Person) -> None:
    """Keep what Slack said of a person."""
    with store.begin() as connection:
        people.remember(connection, person)


def refresh(store: Store, facts: UserFacts, now: datetime) -> None:
    """Keep what Slack says of a person whom the register knows already; nobody else is of interest.

    Slack tells of each new status and picture too. Most changes nothing here, and then nothing is written."""
    store.organisation.learn(facts, store.home_team)
    with store.reading() as connection:
        known = _known(connection, store, facts)
    if known is None or _is_the_same(known, _refreshed(store, known, facts, now)):
        return
    with store.begin() as connection:
        known = people.get(connection, known.key)
        if known is not None:
            people.remember(connection, _refreshed(store, known, facts, now))


def _known(connection: Connection, store: Store, facts: UserFacts) -> Person | None:
    """Find a person, by the user id alone where Slack does not say whose user it is, as an organisation's."""
    key = store.key_of_user(facts)
    known = people.get(connection, key) if key else None
    says_whose = key is not None and (facts.is_whole or not store.organisation.enterprise_id)
    if known or says_whose:
        return known
    key = homes.key_of(connection, store, facts.user_id)
    return people.get(connection, key) if key else None


def _refreshed(store: Store, known: Person, facts: UserFacts, now: datetime) -> Person:
    current = membership(facts, store.organisation, store.home_team, known.membership)
    return replace(
        known,
        display_name=facts.display_name or known.display_name,
        membership=current or known.membership,
        refreshed_at=now if facts.is_whole else known.refreshed_at,
    )


def _is_the_same(person: Person, other: Person) -> bool:
    return (person.display_name, person.membership) == (other.display_name, other.membership)
