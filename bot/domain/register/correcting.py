"""A recommendation put right: the report said so all along, and it was typed otherwise.

What was typed and what is right both stay in the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from msgspec import Struct

from bot.domain.refusals.refusal import Refusal
from bot.domain.register.adding import names_in, parts, themes_in
from bot.domain.register.addressee import Addressee
from bot.domain.register.recommendation import Part, PartKind, Recommendation
from bot.domain.register.transition import RESPOND_BY, Value
from bot.domain.register.update import THEMES, Change, Update
from bot.domain.values import replace

ADDRESSED_TO = "addressed to"
"""What a change is called that says to which bodies a recommendation is addressed, by their codes."""
NO_LONGER_ADDRESSED_TO = "no longer addressed to"
"""What a change is called that takes bodies out of those addressed, by their codes."""
STOOD = "as it stood"
CORRECTED = "corrected"
PRIORITY = "priority"
"""What a change is called that marks a recommendation as a priority, or takes the mark away."""
MARKED = "yes"


_WRITTEN = {PartKind.DUTY: "do", PartKind.CONSIDER: "consider"}


class TextField(StrEnum):
    """A text of a recommendation that can be corrected, as a change in the history names it."""

    WORDING = "wording"
    PARTS = "parts"
    JOINT_WITH = "joint with"
    QUOTED_FROM = "quoted from"
    SHORT_FORM = "short form"
    OTHERS = "also addressed to"
    THEMES = THEMES

    @property
    def says_what_is_asked(self) -> bool:
        """Whether whoever has answered should know of a change: not of how the association calls it."""
        match self:
            case TextField.WORDING | TextField.PARTS | TextField.JOINT_WITH:
                return True
            case TextField.QUOTED_FROM | TextField.SHORT_FORM | TextField.OTHERS | TextField.THEMES:
                return False
        assert_never(self)


@dataclass
class HasRecorded(Refusal):
    """A body that has recorded something on a recommendation stays addressed."""

    recommendation: str
    body_name: str


@dataclass
class PartAddressed(Refusal):
    """A part that a body has called addressed cannot be taken away; `label` is b."""

    label: str
    body_name: str


class RecommendationCorrection(Struct, frozen=True):
    """What a correction changes, or changed; bodies by short name."""

    before: Recommendation
    after: Recommendation
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    extended: tuple[str, ...] = ()  # keep the date that they were given
    answered: tuple[str, ...] = ()  # have answered, and are told

    @property
    def texts(self) -> tuple[tuple[TextField, str, str], ...]:
        """The texts that change, each as it stood and as it is to stand."""
        texts_of_fields = (
            (TextField.WORDING, self.before.wording, self.after.wording),
            (TextField.PARTS, part_lines(self.before.parts), part_lines(self.after.parts)),
            (TextField.JOINT_WITH, self.before.joint_with, self.after.joint_with),
            (TextField.QUOTED_FROM, self.before.quoted_from, self.after.quoted_from),
            (TextField.SHORT_FORM, self.before.short_form, self.after.short_form),
            (
                TextField.OTHERS,
                name_list(self.before.others_addressed),
                name_list(self.after.others_addressed),
            ),
            (TextField.THEMES, " ".join(self.before.themes), " ".join(self.after.themes)),
        )
        return tuple(changed for changed in texts_of_fields if changed[1] != changed[2])

    @property
    def moves_dates(self) -> bool:
        before, after = self.before, self.after
        return (before.respond_by, before.due_on) != (after.respond_by, after.due_on)

    @property
    def changes_what_is_asked(self) -> bool:
        """Whether a body that has answered should know of it."""
        return self.moves_dates or any(field.says_what_is_asked for field, _, _ in self.texts)

    @property
    def moves_priority(self) -> bool:
        return self.before.priority != self.after.priority

    @property
    def changes_anything(self) -> bool:
        return bool(self.texts or self.added or self.removed or self.moves_dates or self.moves_priority)


@dataclass
class CorrectedMeanwhile(Refusal):
    """Somebody corrected it after it was looked at: `correction` is what it would change now."""

    correction: RecommendationCorrection


def part_lines(parts: Sequence[Part]) -> str:
    """Write parts as the form takes them, one a line: "do: close the gaps"."""
    return "\n".join(f"{_WRITTEN[part.kind]}: {part.text}" for part in parts)


def name_list(names: Sequence[str]) -> str:
    """Write names as the form takes them: "CPS; the Home Office"."""
    return "; ".join(names)


def before_corrections(recommendation: Recommendation, corrections: Sequence[Update]) -> Recommendation:
    """Return a recommendation as it stood before updates that corrected it, which come in order of seq."""
    for update in reversed(corrections):
        for change in update.draft.changes:
            recommendation = _without(recommendation, change, update.draft.text)
    return recommendation


def bodies_joined(corrections: Sequence[Update]) -> frozenset[str]:
    """Return the codes of the bodies that corrections added."""
    return _codes(corrections, ADDRESSED_TO)


def bodies_left(corrections: Sequence[Update]) -> frozenset[str]:
    """Return the codes of the bodies that corrections took out."""
    return _codes(corrections, NO_LONGER_ADDRESSED_TO)


def _codes(corrections: Sequence[Update], change_name: str) -> frozenset[str]:
    return frozenset(
        code
        for update in corrections
        for change in update.draft.changes
        if change.what == change_name
        for code in f"{change.was} {change.now}".split()
    )


def _without(recommendation: Recommendation, change: Change, text: str) -> Recommendation:
    was = change.was
    if change.what == PRIORITY:
        return replace(recommendation, priority=was == MARKED)
    if change.what == RESPOND_BY:
        return replace(recommendation, respond_by=date.fromisoformat(was) if was else None)
    if change.what == Value.DUE_ON:
        return replace(recommendation, due_on=date.fromisoformat(was) if was else None)
    if change.now == STOOD and change.what in tuple(TextField):
        return _with_text(recommendation, TextField(change.what), text)
    return recommendation


def _with_text(recommendation: Recommendation, field: TextField, text: str) -> Recommendation:
    match field:
        case TextField.WORDING:
            return replace(recommendation, wording=text)
        case TextField.PARTS:
            return replace(recommendation, parts=parts(text))
        case TextField.JOINT_WITH:
            return replace(recommendation, joint_with=text)
        case TextField.QUOTED_FROM:
            return replace(recommendation, quoted_from=text)
        case TextField.SHORT_FORM:
            return replace(recommendation, short_form=text)
        case TextField.OTHERS:
            return replace(recommendation, others_addressed=names_in(text))
        case TextField.THEMES:
            return replace(recommendation, themes=themes_in(text))
    assert_never(field)


def must_keep_what_was_said(
    after: Recommendation, standing: Sequence[Addressee], removed: Sequence[Addressee]
) -> None:
    """Raises HasRecorded, PartAddressed."""
    for addressee in removed:
        if addressee.version:
            raise HasRecorded(after.title, addressee.body_name)
    labels = {part.label for part in after.parts}
    for addressee in standing:
        for label in (*addressee.parts_addressed, *(label for label, _ in addressee.part_states)):
            if label not in labels:
                raise PartAddressed(label, addressee.body_name)
