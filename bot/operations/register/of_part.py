"""How bodies stand with one part of a recommendation: each is selected and counted by what it says of it."""

from collections.abc import Sequence
from datetime import date

from bot.domain.questions.holding import Facts, FromStages, basis_of, holds
from bot.domain.questions.model import Condition
from bot.domain.questions.selection import Selection, Share
from bot.domain.register.addressee import Addressee, Stage
from bot.domain.register.part_states import latest_of_parts, states_of
from bot.domain.register.recommendation import Recommendation
from bot.domain.values import replace
from bot.operations.register.register import Key, Register


class RegisterOfPart:
    """Answers what a `Register` answers about what is selected, with the progress of one part in the place of
    all of it."""

    def __init__(
        self, register: Register, recommendation: Recommendation, label: str, codes: Sequence[str] | None
    ) -> None:
        self._register = register
        self._label = label
        self._rows = [
            self._with_part(row)
            for row in register.addressees(recommendation)
            if codes is None or row.body_code in codes
        ]
        self._since: dict[Key, date] = {}

    def shares_of_bodies(self, selection: Selection) -> tuple[Share, ...]:
        return tuple(
            Share(row.body_code, row.body_name, addressed=1, matching=int(self._holds(row, selection)))
            for row in self._rows
        )

    def shares_of_reports(self, selection: Selection) -> tuple[Share, ...]:
        return self._register.shares_of_reports(selection)

    def selected_keys(self, selection: Selection, limit: int) -> tuple[Key, ...]:
        return tuple(row.key for row in self._selected(selection)[:limit])

    def selected(self, selection: Selection, *, limit: int, offset: int = 0) -> tuple[Addressee, ...]:
        page = self._selected(selection)[offset : offset + limit]
        return tuple(map(self._with_last_word, page))

    def facts(self, addressees: Sequence[Addressee]) -> dict[Key, Facts]:
        # Of a part that nothing was said of, it is known since when all of it is done.
        of_all = self._register.facts([row for row in addressees if row.key not in self._since])
        done = {row.key for row in addressees if row.stage.is_done}
        return {
            row.key: Facts(
                stage_since=self._since.get(row.key)
                or (of_all[row.key].stage_since if row.key in done else None)
            )
            for row in addressees
        }

    def _selected(self, selection: Selection) -> list[Addressee]:
        return [row for row in self._rows if self._holds(row, selection)]

    def _holds(self, row: Addressee, selection: Selection) -> bool:
        facts = Facts(has_contact=row.body_code in selection.with_contact)
        return all(holds(condition, row, facts, selection.day) for condition in selection.conditions)

    def _with_part(self, row: Addressee) -> Addressee:
        """Return the row with the progress of the part. Whoever calls all of it complete, and said nothing of
        the part, has done that too; nothing more is due then."""
        unsaid = row.stage if row.stage.is_done else Stage.NOT_STARTED
        stage = states_of(row).get(self._label, unsaid)
        return replace(row, stage=stage, due_on=None if row.stage.is_done else row.due_on)

    def _with_last_word(self, row: Addressee) -> Addressee:
        """Return the row with the update that moved the part last, in the place of that of all of it."""
        updates = (update for update in self._register.each_update(row) if not update.undone)
        last = latest_of_parts(updates).get(self._label)
        if last is None:
            return row if row.stage.is_done else replace(row, progress_seq=None)
        self._since[row.key] = last.draft.stands_from
        return replace(row, progress_seq=last.seq)


def can_be_of_part(condition: Condition) -> bool:
    """Whether a condition can be asked of a part, which has no answer and no deadline of its own, and which
    nobody but the body speaks of."""
    basis = basis_of(condition)
    return isinstance(basis, FromStages) and any(stage.facts.is_bodys_word for stage in basis.stages)
