"""How a body stood on an earlier day, where nothing had been recorded yet of much that is asked of it.

That is counted by its deadlines: what differs in nothing else counts alike."""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import itemgetter

from msgspec import Struct

from bot.domain.questions.answers import BodyCounts
from bot.domain.register.addressee import Addressee
from storage.asked_of_body import Deadlines


class PastOfBody(Struct, frozen=True):
    """What is asked of one body at the end of a day: what may have been recorded of, and the others by their
    deadlines, each with its place among them."""

    body_code: str
    body_name: str
    recorded: Sequence[Addressee]
    blank: dict[Deadlines, list[tuple[int, str]]]  # places and ids of recommendations

    def sums(self, day: date) -> BodyCounts:
        """Count how it stood on a London day."""
        sums = BodyCounts.of(self.recorded, day)
        for deadlines, places in self.blank.items():
            example = self._addressee(deadlines, places[0][1])
            sums = sums.plus(BodyCounts.of((example,), day), len(places))
        return sums

    def examples(self) -> Iterator[Addressee]:
        """Yield all that was recorded of, and of the others one with each pair of deadlines."""
        yield from self.recorded
        for deadlines, places in self.blank.items():
            yield self._addressee(deadlines, places[0][1])

    def first_blank(self, limit: int) -> list[Addressee]:
        """Return the first of which nothing was recorded: by the first deadline, then by report and
        number."""
        by_day: dict[date, list[tuple[int, str, Deadlines]]] = {}
        for deadlines, places in self.blank.items():
            owed_by = self._addressee(deadlines, places[0][1]).owed_by or date.max
            by_day.setdefault(owed_by, []).extend([(place, id_, deadlines) for place, id_ in places[:limit]])
        first: list[Addressee] = []
        for day in sorted(by_day):
            in_order = sorted(by_day[day], key=_PLACE)[: limit - len(first)]
            first += [self._addressee(deadlines, id_) for _, id_, deadlines in in_order]
        return first

    def _addressee(self, deadlines: Deadlines, id_: str) -> Addressee:
        respond_by, due_on = deadlines
        return Addressee(
            recommendation_id=id_,
            body_code=self.body_code,
            body_name=self.body_name,
            live=True,
            respond_by=respond_by,
            due_on=due_on,
        )


_PLACE = itemgetter(0)
