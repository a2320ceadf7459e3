"""`/recs remind 15`, `/recs remind 15 kent`: remind the contacts of those who still owe it."""

from collections.abc import Callable, Iterable, Iterator

from bot.domain.messages import reminders
from bot.domain.messages.reminders import Chased, Chasing, NotReminded
from bot.domain.questions.grammar.typed_recordings import Remind
from bot.domain.refusals.addressees import NotAddressed
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.people import Actor, Granted, PersonKey, Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import Change, Draft, UpdateKind
from bot.domain.values import replace
from bot.operations.messages.reminders import Owing, delivery, owing
from bot.operations.request import resolve
from bot.operations.request.writing import Work, coordinating
from storage import addressees, bodies, deliveries, people, recommendations
from storage.database import Connection
from storage.store import Store

_REMINDED = "reminded"
_NOT_REMINDED = "not reminded"


def remind(store: Store, request: Request, command: Remind) -> Chasing:
    """Remind each contact at most once a day, whoever asks. Raises NotACoordinator, NotRecordable,
    NotAddressed, BodyEnded, Withdrawn, UnknownRecommendation, WhichReport."""
    name = command.body.short_name if command.body else ""
    with coordinating(store, request) as work:
        if work.written:
            return _before(work.connection, work.written[0].draft, name)
        recommendation = resolve.recordable(work.connection, command.recommendation)
        in_question = [
            addressee
            for addressee in addressees.standing(work.connection, recommendation)
            if command.body is None or addressee.body_code == command.body.code
        ]
        if command.body and not in_question:
            # Refuses a body that has ended with the name of whoever stands in its place.
            work.addressee(recommendation, command.body.code, name)
            raise NotAddressed(recommendation.title, name)
        chasing = _chase(work, _Round(work.connection, store, request), recommendation, in_question)
        return replace(chasing, body_name=name)


def remind_listed(
    store: Store, request: Request, listed: Callable[[Connection, Actor], Iterable[tuple[str, str]]]
) -> tuple[Chasing, ...]:
    """Remind the contacts of what is listed, by recommendation; each at most once a day.

    `listed` gives recommendation ids and body codes. Raises NotACoordinator, and what `listed` raises."""
    with coordinating(store, request) as work:
        if work.written:
            return tuple(_before(work.connection, update.draft, "") for update in work.written)
        keys = set(listed(work.connection, work.actor))
        rows: dict[str, list[Addressee]] = {}
        for row in addressees.of_recommendations(work.connection, {id_ for id_, _ in keys}):
            if row.key in keys:
                rows.setdefault(row.recommendation_id, []).append(row)
        recommended = recommendations.by_ids(work.connection, rows)
        round_of_all = _Round(work.connection, store, request)
        return tuple(
            _chase(work, round_of_all, recommendation, rows[id_])
            for id_, recommendation in recommended.items()
        )


def _chase(
    work: Work, round_of_all: "_Round", recommendation: Recommendation, rows: Iterable[Addressee]
) -> Chasing:
    """Remind contacts, and record who was reminded."""
    chased = tuple(round_of_all.chase(rows))
    if chased:
        draft = work.draft(UpdateKind.REMINDED)
        work.append(replace(draft, recommendation_id=recommendation.id, changes=chased))
    return Chasing(recommendation, _in_names(work.connection, chased), "")


class _Round:
    """One round from body to body, which reads once what each contact owes."""

    def __init__(self, connection: Connection, store: Store, request: Request) -> None:
        self._connection = connection
        self._store = store
        self._request = request
        self._contacts: dict[str, list[Granted]] = {}
        for holder in people.contacts(connection):
            self._contacts.setdefault(holder.body_code, []).append(holder)
        self._owing: dict[PersonKey, Owing | None] = {}
        keys = [self._key(holder.who) for holders in self._contacts.values() for holder in holders]
        self._reminded_already = deliveries.existing(connection, keys)

    def chase(self, in_question: Iterable[Addressee]) -> Iterator[Change]:
        """Make the deliveries of reminders, and yield a change for each contact, reminded or not."""
        for addressee in in_question:
            if not any(map(addressee.owes, Duty)):
                continue
            contacts = self._contacts.get(addressee.body_code)
            if not contacts:
                yield Change(_NOT_REMINDED, NotReminded.NO_CONTACT, addressee.body_code)
            for contact in contacts or ():
                yield self._chase_contact(addressee, contact)

    def _chase_contact(self, addressee: Addressee, contact: Granted) -> Change:
        contact_key = f"{addressee.body_code} {contact.who}"
        why_not = self._why_not(addressee, contact)
        if why_not is not None:
            return Change(_NOT_REMINDED, why_not, contact_key)
        instant = self._request.instant
        deliveries.add(self._connection, delivery(contact.who, reminders.slot_by_hand(instant), instant))
        return Change(_REMINDED, "", contact_key)

    def _why_not(self, addressee: Addressee, contact: Granted) -> NotReminded | None:
        if contact.who not in self._owing:
            self._owing[contact.who] = owing(self._connection, self._store, contact.who, self._request.today)
        contact_owing = self._owing[contact.who]
        if contact_owing is None:
            return NotReminded.LEFT
        if addressee.body_code in contact_owing.paused:
            return NotReminded.PAUSED
        if contact_owing.is_away:
            return NotReminded.AWAY
        if addressee.key in contact_owing.snoozed:
            return NotReminded.SNOOZED
        if self._key(contact.who) in self._reminded_already:
            return NotReminded.TODAY
        return None

    def _key(self, person: PersonKey) -> str:
        return reminders.key(person, self._request.today)


def _before(connection: Connection, draft: Draft, name: str) -> Chasing:
    """Return what the same request was answered with."""
    recommendation = recommendations.get(connection, draft.recommendation_id or "")
    if recommendation is None:
        raise ValueError("a reminder is of a recommendation, which is never deleted")
    return Chasing(recommendation, _in_names(connection, draft.changes), name, is_repeat=True)


def _in_names(connection: Connection, changes: tuple[Change, ...]) -> tuple[Chased, ...]:
    names = bodies.names(connection, {change.now.split()[0] for change in changes})
    return tuple(_chased(connection, change, names) for change in changes)


def _chased(connection: Connection, change: Change, names: dict[str, str]) -> Chased:
    body_code, _, person_key = change.now.partition(" ")
    person = people.get(connection, PersonKey.read(person_key)) if person_key else None
    why_not = NotReminded(change.was) if change.what == _NOT_REMINDED else None
    return Chased(names[body_code], person.display_name if person else "", why_not)
