"""Reading much in few statements, for whoever goes through the whole register or through all of a body."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, groupby

from msgspec import Struct

from bot.domain.questions.names import Body
from bot.domain.register.addressee import Addressee
from bot.domain.register.people import Actor
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.succession import Predecessor
from bot.domain.register.update import Update
from bot.operations.register.now import RegisterNow
from bot.operations.register.register import Key
from storage import addressees, recommendations, succession, updates
from storage.database import Connection


class HistoryOfRecommendation:
    """A `ReadHistory`, within one snapshot: it reads what was recorded of a recommendation with all its
    bodies in one go, and keeps it until it is asked about another."""

    def __init__(self) -> None:
        self._recommendation_id = ""
        self._by_body: dict[str, tuple[Update, ...]] = {}

    def __call__(
        self, connection: Connection, *, recommendation_id: str | None = None, body_code: str | None = None
    ) -> Iterable[Update]:
        if recommendation_id is None:
            return updates.each_of_addressees(connection, body_code=body_code)
        if recommendation_id != self._recommendation_id:
            history = updates.each_of_addressees(connection, recommendation_id=recommendation_id)
            self._by_body = {
                code: tuple(of_body)
                for code, of_body in groupby(history, key=lambda update: update.draft.body_code or "")
            }
            self._recommendation_id = recommendation_id
        if body_code is None:
            return chain.from_iterable(self._by_body.values())
        return self._by_body.get(body_code, ())


class _Stretch(Struct, frozen=True):
    """Some recommendations that follow each other, as they stand with one body."""

    recommendations: dict[str, Recommendation]
    addressees: dict[str, Addressee]  # by recommendation
    histories: dict[str, list[Update]]  # by recommendation, the oldest update first
    heirs: frozenset[Key]


class RegisterOfBody(RegisterNow, frozen=True, kw_only=True, dict=True):
    """The register as it stands, for whoever goes through recommendations of one body in order: `ids` are
    theirs."""

    body_code: str
    ids: Sequence[str]
    at_a_time: int = 100  # of them, with what was recorded of them

    @cached_property
    def _stretches(self) -> list[_Stretch]:
        """The one that is being gone through."""
        return []

    def with_parts(self, recommendation: Recommendation) -> Recommendation:
        stretch = self._stretch_of(recommendation.id)
        if recommendation.id in stretch.recommendations:
            return stretch.recommendations[recommendation.id]
        return RegisterNow.with_parts(self, recommendation)

    def with_body(self, recommendation: Recommendation, body: Body) -> Addressee:
        row = self._stretch_of(recommendation.id).addressees.get(recommendation.id)
        if row is None or row.body_code != body.code:
            return RegisterNow.with_body(self, recommendation, body)
        return row

    def each_update(self, addressee: Addressee) -> Iterable[Update]:
        id_, code = addressee.key
        if code != self.body_code or id_ not in (stretch := self._stretch_of(id_)).addressees:
            return RegisterNow.each_update(self, addressee)
        return stretch.histories.get(id_, ())

    def predecessors(
        self, addressees: Sequence[Addressee], reader: Actor | None = None
    ) -> dict[Key, tuple[Predecessor, ...]]:
        heirs = [row for row in addressees if self._may_be_heir(row.key)]
        return RegisterNow.predecessors(self, heirs, reader) if heirs else {}

    def _may_be_heir(self, key: Key) -> bool:
        id_, code = key
        stretch = self._stretch_of(id_)
        return code != self.body_code or id_ not in stretch.addressees or key in stretch.heirs

    def _stretch_of(self, recommendation_id: str) -> _Stretch:
        if not self._stretches or recommendation_id not in self._stretches[-1].recommendations:
            first = self.ids.index(recommendation_id) if recommendation_id in self.ids else len(self.ids)
            self._stretches[:] = [self._read(self.ids[first : first + self.at_a_time])]
        return self._stretches[-1]

    def _read(self, ids: Sequence[str]) -> _Stretch:
        histories: defaultdict[str, list[Update]] = defaultdict(list)
        for update in updates.of_body(self.connection, self.body_code, ids):
            histories[update.draft.recommendation_id or ""].append(update)
        rows = addressees.of_recommendations(self.connection, ids, [self.body_code])
        return _Stretch(
            recommendations=recommendations.with_parts(self.connection, ids),
            addressees={row.recommendation_id: row for row in rows},
            histories=histories,
            heirs=succession.heirs(self.connection, ids),
        )
