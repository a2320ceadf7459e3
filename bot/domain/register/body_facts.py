"""What a body is called, of which kind it is, and which code others give it: each from a day on.

What was so before stays known, and is what earlier days show."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto

from msgspec import Struct

from bot.domain.refusals.refusal import Refusal
from bot.domain.register.body_changes import changes_of
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.update import Change, Update
from bot.domain.values import replace

PLANNED = "planned_facts"
"""What a change is called that plans facts for a day to come, or takes such a plan away."""
LONGEST_NAME = 100
_FROM = "from"


class BodyFact(StrEnum):
    """A fact of a body that changes with time, as the history and `PolicingBody` name it for good."""

    NAME = "name"
    SHORT_NAME = "short_name"
    KIND = "kind"
    CODE = "official_code"

    @property
    def is_name(self) -> bool:
        """Whether people type it to say which body they mean."""
        return self is not BodyFact.KIND


Facts = Mapping[BodyFact, str]
"""Facts with what each is from a day on."""


class FactsPlan(Struct, frozen=True):
    """What a body is to be from a London day to come."""

    from_day: date
    facts: Facts

    def __str__(self) -> str:
        """Write the plan as the register keeps it."""
        facts = {fact.value: value for fact, value in sorted(self.facts.items())}
        return json.dumps({_FROM: self.from_day.isoformat(), **facts}, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "FactsPlan":
        """Read what `str` wrote."""
        values = json.loads(text)
        return cls(
            date.fromisoformat(values[_FROM]),
            {fact: values[fact.value] for fact in BodyFact if fact.value in values},
        )


def plan_of(body: PolicingBody) -> FactsPlan | None:
    """Return what a body is to be later; None where nothing is planned."""
    return FactsPlan.read(body.planned_facts) if body.planned_facts else None


class FactsProblem(StrEnum):
    """Why facts of a body cannot change as it was said."""

    SOURCE_MISSING = auto()
    MAY_IDENTIFY = auto()  # a source or a name looks as if it named somebody
    NOTHING_NEW = auto()  # it is so already
    NAME_TAKEN = auto()  # another body is shown by that name
    CODE_TAKEN = auto()  # another body has that code, or had it
    NAME_TOO_LONG = auto()
    ANOTHER_DAY = auto()  # something is planned for another day
    NOTHING_PLANNED = auto()
    HAS_ENDED = auto()  # before the day
    HAS_NOT_BEGUN = auto()  # by the day


@dataclass
class FactsRefused(Refusal):
    """Facts of a body cannot change so; `other` is the body in the way, or what is too long."""

    problem: FactsProblem
    body_name: str
    other: str = ""
    day: date | None = None


class FactsView(Struct, frozen=True):
    """A body with what it was called before and what it is to be, as it is looked at."""

    body: PolicingBody
    # What was said of its facts, each with the London day from which it is so; the newest first.
    changes: tuple[tuple[date, Change], ...] = ()
    # What would change, or has changed just now.
    new: Facts | None = None
    from_day: date | None = None
    done: bool = False

    @property
    def plan(self) -> FactsPlan | None:
        return plan_of(self.body)


def must_be_possible(
    body: PolicingBody, facts: Facts, everyone: Collection[PolicingBody], day: date, source: str
) -> None:
    """Raise FactsRefused where the facts of a body cannot change from a London day on."""
    if not source.strip():
        raise FactsRefused(FactsProblem.SOURCE_MISSING, body.short_name)
    if body.first_day and day < body.first_day:
        raise FactsRefused(FactsProblem.HAS_NOT_BEGUN, body.short_name, day=body.first_day)
    if body.has_ended_by(day):
        raise FactsRefused(FactsProblem.HAS_ENDED, body.short_name, day=body.last_day)
    for value in facts.values():
        if len(value) > LONGEST_NAME:
            raise FactsRefused(FactsProblem.NAME_TOO_LONG, body.short_name, value)
    others = [other for other in everyone if other.code != body.code]
    short_name, code = facts.get(BodyFact.SHORT_NAME), facts.get(BodyFact.CODE)
    for other in others:
        if short_name and _is_shown_as(other, short_name):
            raise FactsRefused(FactsProblem.NAME_TAKEN, body.short_name, other.short_name)
        if code and code.casefold() in codes_of(other):
            raise FactsRefused(FactsProblem.CODE_TAKEN, body.short_name, other.short_name)


def _is_shown_as(body: PolicingBody, name: str) -> bool:
    plan = plan_of(body)
    names_of_body = {body.short_name, *([plan.facts.get(BodyFact.SHORT_NAME, "")] if plan else [])}
    return name.casefold() in {name.casefold() for name in names_of_body}


def codes_of(body: PolicingBody) -> set[str]:
    """Return, in small letters, the codes by which a body is known, was known or is to be: earlier ones are
    among its other names."""
    plan = plan_of(body)
    coming = plan.facts.get(BodyFact.CODE, "") if plan else ""
    return {code.casefold() for code in (body.code, body.official_code, coming, *body.aliases) if code}


def with_facts(body: PolicingBody, facts: Facts) -> PolicingBody:
    """Return the body with new facts. By what it was called before it is still found."""
    values: dict[str, str | None] = {fact.value: value for fact, value in facts.items()}
    if BodyFact.CODE in facts and facts[BodyFact.CODE].casefold() == body.code.casefold():
        values[BodyFact.CODE.value] = None
    after = replace(body, **values)  # type: ignore[arg-type]
    before = [_value(body, fact) for fact in facts if fact.is_name]
    return replace(after, aliases=tuple(dict.fromkeys((*body.aliases, *filter(None, before)))))


def planned(body: PolicingBody, facts: Facts, from_day: date, source: str) -> PolicingBody:
    """Return the body with facts that change on a London day to come, beside those that are planned for the
    same day.

    Raises FactsRefused."""
    plan = plan_of(body)
    if plan and plan.from_day != from_day:
        raise FactsRefused(FactsProblem.ANOTHER_DAY, body.short_name, day=plan.from_day)
    together = FactsPlan(from_day, {**(plan.facts if plan else {}), **facts})
    return replace(body, planned_facts=str(together), planned_source=source.strip())


def without_plan(body: PolicingBody) -> PolicingBody:
    """Return the body as it goes on. Raises FactsRefused where nothing is planned."""
    if body.planned_facts is None:
        raise FactsRefused(FactsProblem.NOTHING_PLANNED, body.short_name)
    return replace(body, planned_facts=None, planned_source=None)


def in_effect(body: PolicingBody) -> PolicingBody:
    """Return the body with what was planned for it; one that has ended by then keeps what it was called."""
    plan = plan_of(body)
    is_due = plan is not None and not body.has_ended_by(plan.from_day)
    after = with_facts(body, plan.facts) if plan and is_due else body
    return replace(after, planned_facts=None, planned_source=None)


def new_facts(body: PolicingBody, facts: Facts) -> Facts:
    """Return the facts that are not so already."""
    return {fact: value for fact, value in facts.items() if _shown(body, fact) != value}


def changes(before: PolicingBody, after: PolicingBody) -> tuple[Change, ...]:
    """Return what an update says of the difference."""
    return changes_of(before, after, (*BodyFact, PLANNED))


def is_fact(change: Change) -> bool:
    """Whether a change is of a fact that changes with time."""
    return change.what in tuple(BodyFact)


def former_names(updates: Iterable[Update]) -> dict[str, tuple[str, ...]]:
    """Return by a body's code the names and codes that it had before. `updates` are all that changed
    bodies."""
    names: dict[str, list[str]] = {}
    for update in updates:
        names.setdefault(update.draft.body_code or "", []).extend(
            change.was
            for change in update.draft.changes
            if is_fact(change) and BodyFact(change.what).is_name and change.was
        )
    return {code: tuple(dict.fromkeys(earlier)) for code, earlier in names.items()}


def as_they_were(
    everyone: Iterable[PolicingBody],
    updates: Sequence[Update],
    day: date,
    *,
    recorded_before: datetime | None = None,
) -> dict[str, PolicingBody]:
    """Return bodies by code as each was called at the end of a London day; with `recorded_before`, a UTC
    instant, by what had been recorded by then. `updates` are all that changed bodies, in order of seq: of
    those that count, the last recorded holds."""
    facts: dict[str, dict[str, str]] = {}
    for update in updates:
        of_body = facts.setdefault(update.draft.body_code or "", {})
        for change in filter(is_fact, update.draft.changes):
            of_body.setdefault(change.what, change.was)
    for update in updates:
        counts = update.draft.stands_from <= day and (
            recorded_before is None or update.recorded_at < recorded_before
        )
        for change in filter(is_fact, update.draft.changes):
            if counts:
                facts[update.draft.body_code or ""][change.what] = change.now
    return {body.code: _with_values(body, facts.get(body.code, {})) for body in everyone}


def _with_values(body: PolicingBody, values: Mapping[str, str]) -> PolicingBody:
    if not values:
        return body
    code = values.get(BodyFact.CODE, body.official_code)
    return replace(
        body,
        name=values.get(BodyFact.NAME, body.name),
        short_name=values.get(BodyFact.SHORT_NAME, body.short_name),
        kind=values.get(BodyFact.KIND, body.kind),
        official_code=code or None,
    )


def _value(body: PolicingBody, fact: BodyFact) -> str:
    return getattr(body, fact.value) or ""


def _shown(body: PolicingBody, fact: BodyFact) -> str:
    return body.shown_code if fact is BodyFact.CODE else _value(body, fact)
