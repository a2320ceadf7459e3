"""What the predecessors of a body had said, now or as it stood on a day.

Both are folded from the history, since few bodies ever end."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Protocol

from msgspec import Struct, field

from bot.domain.register.addressee import Addressee, AddresseeKey
from bot.domain.register.fold import counting, state_at
from bot.domain.register.people import Actor
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.succession import DatedAnswer, Ending, Origin, Predecessor
from bot.domain.register.transition import JOINED, PASSED_FROM, PASSED_TO, answer_in
from bot.domain.register.update import Update, UpdateKind
from bot.domain.values import replace
from storage import addressees, succession, updates
from storage.database import Connection


class ReadHistory(Protocol):
    """Reads the updates of addressees, as `updates.each_of_addressees` does; whoever asks about many days may
    read each once."""

    def __call__(
        self, connection: Connection, *, recommendation_id: str | None = None, body_code: str | None = None
    ) -> Iterable[Update]: ...


class Lineage(Struct, frozen=True):
    """Reads predecessors at the end of a London day; with `known`, as the register had it then."""

    connection: Connection
    day: date
    known: bool = False
    # What bodies were called on the day, by code; of those that are not among them, what they are called.
    names: Mapping[str, str] = field(default_factory=dict)
    read_history: ReadHistory = updates.each_of_addressees

    def predecessors(
        self,
        rows: Iterable[Addressee],
        recommendations: Callable[[Iterable[str]], Mapping[str, Recommendation]],
        reader: Actor | None = None,
    ) -> dict[AddresseeKey, tuple[Predecessor, ...]]:
        """Return by heir what its predecessors had said, by name, and what it had said itself before.
        `recommendations` reads them by id. Without a reader, every text is read."""
        heirs = {row.key: row for row in rows}
        passed = succession.passed_to(self.connection, heirs.values())
        stated = recommendations({id_ for id_, _ in passed}) if passed else {}
        result = {}
        for key, ended in passed.items():
            possible = [self._ended(row, stated[key[0]]) for row in ended]
            of_heir = _leading_to(key[1], [known for known in possible if known is not None])
            if of_heir:
                before = self._itself(heirs[key], stated[key[0]])
                whole = (*of_heir, *([before] if before else []))
                result[key] = tuple(_as_read_by(reader, key[1], predecessor) for predecessor in whole)
        return result

    def origin(self, standing: Sequence[Addressee], recommendation: Recommendation) -> Origin | None:
        """Return of whom the count of a recommendation is; None where no body has ended. `standing` are those
        that are counted."""
        if not succession.with_heirs(self.connection, [recommendation.id]):
            return None
        predecessors = self.predecessors(standing, lambda _: {recommendation.id: recommendation})
        if not predecessors:
            return None
        return Origin.of(standing, predecessors, self._answers(recommendation.id))

    def _answers(self, recommendation_id: str) -> dict[str, list[DatedAnswer]]:
        """Return by body what it answered, in the order of recording."""
        responses: defaultdict[str, list[Update]] = defaultdict(list)
        for update in updates.responses(self.connection, recommendation_id):
            responses[update.draft.body_code or ""].append(update)
        return {
            code: [
                (update.draft.stands_from, answer)
                for update in counting(of_body, self.day, known=self.known)
                if (answer := answer_in(update)) is not None
            ]
            for code, of_body in responses.items()
        }

    def ending(self, row: Addressee, recommendation: Recommendation) -> Ending | None:
        """Return who stands in a body's place; None while it stands there itself."""
        last_day, heir = None, row
        while heir.passed_to is not None:
            ended = self._ended(heir, recommendation)
            following = addressees.get(self.connection, recommendation.id, heir.passed_to)
            if ended is None or following is None:
                break
            last_day, heir = last_day or ended.last_day, following
        return Ending(last_day, heir.body_code, self._name(heir)) if last_day else None

    def _ended(self, row: Addressee, stated: Recommendation) -> Predecessor | None:
        """Return a body whose duties had passed on by the day."""
        history = self._history(row)
        past = state_at(self._blank(row, stated), history, self.day, known=self.known)
        passed = [update for update in past.updates if _names(update, PASSED_TO)]
        if past.addressee.passed_to is None or not passed:
            return None
        return Predecessor(
            addressee=past.addressee,
            last_day=passed[-1].draft.stands_from - timedelta(days=1),
            updates=_own(past.updates),
            was_asked_first=not any(_names(update, JOINED) for update in history),
        )

    def _itself(self, heir: Addressee, stated: Recommendation) -> Predecessor | None:
        """Return the heir as it stood before any duties passed to it; None where it was not an addressee
        then."""
        history = self._history(heir)
        passed = [update.draft.stands_from for update in history if _names(update, PASSED_FROM)]
        if not passed:
            return None
        last_day = min(passed) - timedelta(days=1)
        past = state_at(self._blank(heir, stated), history, last_day, known=self.known)
        if not past.is_asked:
            return None
        return Predecessor(
            addressee=past.addressee, last_day=last_day, updates=_own(past.updates), is_heir_itself=True
        )

    def _name(self, row: Addressee) -> str:
        return self.names.get(row.body_code, row.body_name)

    def _blank(self, row: Addressee, stated: Recommendation) -> Addressee:
        return Addressee(
            recommendation_id=row.recommendation_id,
            body_code=row.body_code,
            body_name=self._name(row),
            respond_by=stated.respond_by,
            due_on=stated.due_on,
        )

    def _history(self, row: Addressee) -> tuple[Update, ...]:
        return tuple(
            self.read_history(
                self.connection, recommendation_id=row.recommendation_id, body_code=row.body_code
            )
        )


def _leading_to(heir_code: str, ended: Sequence[Predecessor]) -> list[Predecessor]:
    """Return the predecessors whose duties had come to the heir, directly or through others."""
    leading = {heir_code}
    while True:
        more = {
            predecessor.addressee.body_code
            for predecessor in ended
            if predecessor.addressee.passed_to in leading
        }
        if more <= leading:
            break
        leading |= more
    return [predecessor for predecessor in ended if predecessor.addressee.passed_to in leading]


def reads_for(reader: Actor, heir_code: str, codes: Iterable[str]) -> Actor:
    """Let a reader who may record for an heir read what was said for its predecessors."""
    if not reader.may_record_for(heir_code):
        return reader
    return replace(reader, speaks_for=reader.speaks_for | dict.fromkeys(codes, ""))


def _as_read_by(reader: Actor | None, heir_code: str, predecessor: Predecessor) -> Predecessor:
    if reader is None:
        return predecessor
    reads = reads_for(reader, heir_code, [predecessor.addressee.body_code])
    return replace(predecessor, updates=tuple(update.as_read_by(reads) for update in predecessor.updates))


def _own(counted_updates: Iterable[Update]) -> tuple[Update, ...]:
    own = [update for update in counted_updates if update.draft.kind is not UpdateKind.PASSED_ON]
    return tuple(reversed(own))


def _names(update: Update, change_name: str) -> bool:
    return any(change.what == change_name for change in update.draft.changes)
