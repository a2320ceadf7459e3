"""Counts kept for each policing body, each report, each body on each report, and what has the same themes, so
that a list over everything costs what its page costs: how what is asked stands, by when what is owed is due,
and when it last moved."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, assert_never

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Table,
    Update,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
    update,
)

from bot.domain.questions.holding import FromAnswers, FromMarks, FromStages
from bot.domain.register.addressee import Addressee, Answer, Stage, owes_anything
from bot.domain.register.recommendation import Themes, place_of_id
from bot.domain.values import replace
from storage import upserts
from storage.changing import change_each
from storage.recommendations import themes_of
from storage.tables.bodies import policing_bodies
from storage.tables.reports import reports
from storage.tables.tallies import group_day_tallies, group_tallies

# Stands for all bodies, or all reports, in the key of a count.
ALL = ""
# Comes before the themes of recommendations in the place of a report's key, which has none of this.
_THEMES = "#"
OWED_BY, MOVED_ON = "owed by", "moved on"

_NONE = literal_column("0", Integer)
_STANDING = ("body_code", "report_key", "answer", "stage", "marks")
_DAY = ("body_code", "report_key", "what", "day")
_its, _day = group_tallies.c, group_day_tallies.c


class States(Struct, frozen=True):
    """Any of the answers, any of the stages, and all that is asked of the marks."""

    answers: frozenset[Answer] = frozenset(Answer)
    stages: frozenset[Stage] = frozenset(Stage)
    marked: tuple[FromMarks, ...] = ()

    def narrowed(self, basis: FromAnswers | FromStages | FromMarks) -> "States":
        """Return the states that a further condition holds of as well."""
        match basis:
            case FromAnswers(answers=answers):
                return replace(self, answers=self.answers & answers)
            case FromStages(stages=stages):
                return replace(self, stages=self.stages & stages)
            case FromMarks():
                return replace(self, marked=(*self.marked, basis))
            case _:
                assert_never(basis)

    @property
    def are_all(self) -> bool:
        return len(self.answers) == len(Answer) and len(self.stages) == len(Stage) and not self.marked

    def hold(self, answer: str, stage: str, marks: str) -> bool:
        """Tell whether the states hold of an addressee's answer, stage and marks, as they are stored."""
        return (
            answer in self.answers
            and stage in self.stages
            and all(basis.holds(marks) for basis in self.marked)
        )

    def condition(self, answer: Any, stage: Any, marks: Any) -> ColumnElement[bool]:
        """Return the condition that the states hold, of the columns with an answer, a stage and marks."""
        return and_(
            *([answer.in_(sorted(self.answers))] if len(self.answers) < len(Answer) else []),
            *([stage.in_(sorted(self.stages))] if len(self.stages) < len(Stage) else []),
            *(_marked(marks, basis) for basis in self.marked),
            true(),
        )


def _marked(marks: Any, basis: FromMarks) -> ColumnElement[bool]:
    any_of_them = or_(*(marks.contains(mark.value) for mark in sorted(basis.marks)))
    return any_of_them if basis.is_wanted else not_(any_of_them)


class Counted(Struct, frozen=True):
    """An addressee with its marks and the themes of its recommendation, as they are stored."""

    addressee: Addressee
    marks: str
    themes: str


def _fewer(table: Table, *columns: str) -> Update:
    is_counted = (table.c[column] == bindparam(f"counted_{column}") for column in columns)
    return update(table).where(*is_counted).values(addressees=table.c.addressees - bindparam("fewer"))


_COUNTERS = (
    (group_tallies, _STANDING, _fewer(group_tallies, *_STANDING)),
    (group_day_tallies, _DAY, _fewer(group_day_tallies, *_DAY)),
)
_SUM = func.sum(_its.addressees)
_OF_ALL_REPORTS = and_(
    _its.body_code.in_(bindparam("body_codes", expanding=True)), _its.report_key == bindparam("all", ALL)
)
_OF_BODIES = select(_its.answer, _its.stage, _SUM).where(_OF_ALL_REPORTS).group_by(_its.answer, _its.stage)
# What a body (bound as `body_code`) owes anything on.
OWED_BY_BODY: ColumnElement[int] = (
    select(func.coalesce(func.sum(_its.addressees), _NONE))
    .where(
        _its.body_code == bindparam("body_code"),
        _its.report_key == ALL,
        or_(
            *(
                and_(_its.answer == answer.value, _its.stage == stage.value)
                for answer in Answer
                for stage in Stage
                if owes_anything(answer, stage)
            )
        ),
    )
    .scalar_subquery()
)
_RUNS = select(_its.answer, _its.stage, _its.marks).where(_OF_ALL_REPORTS, _its.addressees > _NONE).distinct()
_ADDRESSED = select(_its.body_code, _SUM).where(_OF_ALL_REPORTS).group_by(_its.body_code).having(_SUM > _NONE)


# Of reports alone: what has the same themes is counted beside them.
OF_REPORTS = and_(_its.report_key != ALL, not_(_its.report_key.startswith(_THEMES)))


def group_of_themes(themes: str) -> str:
    """Return what stands in the place of a report's key for what has these themes, as they are stored."""
    return _THEMES + themes


def themes_of_group(report_key: str) -> Themes | None:
    """Return the themes that stand in the place of a report's key; None where a report does."""
    return themes_of(report_key[1:]) if report_key.startswith(_THEMES) else None


def counts_of_bodies(
    connection: Connection,
    states: States,
    body_codes: Iterable[str] | None = None,
    report_keys: Iterable[str] | None = None,
) -> list[tuple[str, str, int, int]]:
    """Return for each body, by name: its code, its short name, how much is asked of it by these reports or
    all, and how much of that has the states."""
    statement = (
        _counts(states, policing_bodies.c.code, policing_bodies.c.short_name)
        .select_from(policing_bodies.join(group_tallies, policing_bodies.c.code == _its.body_code))
        .order_by(policing_bodies.c.short_name)
    )
    if body_codes is not None:
        statement = statement.where(policing_bodies.c.code.in_(list(body_codes)))
    reports = (ALL,) if report_keys is None else tuple(report_keys)
    return _read(connection, statement.where(_its.report_key.in_(reports)))


def counts_of_reports(
    connection: Connection,
    states: States,
    body_codes: Iterable[str] | None = None,
    report_keys: Iterable[str] | None = None,
) -> list[tuple[str, str, int, int]]:
    """Return (key, name, asked, matching) of each report, by key: how much is asked of these bodies, or of
    all, and how much of that has the states. A report's name is its key."""
    statement = _counts(states, _its.report_key, _its.report_key.label("name")).order_by(_its.report_key)
    bodies = (ALL,) if body_codes is None else tuple(body_codes)
    statement = statement.where(_its.body_code.in_(bodies), OF_REPORTS)
    if report_keys is not None:
        statement = statement.where(_its.report_key.in_(list(report_keys)))
    return _read(connection, statement)


def counts_of_themes(
    connection: Connection, states: States, body_codes: Iterable[str] | None = None
) -> dict[Themes, int]:
    """Return by the themes of recommendations how much of what is asked of these bodies, or of all, has the
    states; themes of which nothing is asked of them are left out."""
    codes = (ALL,) if body_codes is None else tuple(body_codes)
    statement = _counts(states, _its.report_key, _its.report_key.label("name"))
    rows = _read(connection, statement.where(_its.body_code.in_(codes), _its.report_key.startswith(_THEMES)))
    return {themes_of_group(key) or (): matching for key, _, _, matching in rows}


def _counts(states: States, key: Any, name: Any) -> Any:
    matching = func.sum(
        case((states.condition(_its.answer, _its.stage, _its.marks), _its.addressees), else_=0)
    )
    return select(key, name, _SUM, matching).group_by(key, name).having(_SUM > _NONE)


def _read(connection: Connection, statement: Any) -> list[tuple[str, str, int, int]]:
    return [
        (key, name, int(addressed_count), int(matching))
        for key, name, addressed_count, matching in connection.execute(statement).all()
    ]


def late_of_bodies(connection: Connection, day: date) -> dict[str, int]:
    """Count by body what is late with anything on a London date."""
    return _by_day(connection, _EACH_BODY, OWED_BY, _day.day < day)


def late_of_reports(connection: Connection, day: date) -> dict[str, int]:
    """Count by report what is late with anything on a London date."""
    return _by_day(connection, _EACH_REPORT, OWED_BY, _day.day < day)


def silent_of_bodies(connection: Connection, since: date) -> dict[str, int]:
    """Count by body what owes anything and has not moved after a London date."""
    return _by_day(connection, _EACH_BODY, MOVED_ON, _day.day <= since)


def silent_of_reports(connection: Connection, since: date) -> dict[str, int]:
    """Count by report what owes anything and has not moved after a London date."""
    return _by_day(connection, _EACH_REPORT, MOVED_ON, _day.day <= since)


def late_of_themes(connection: Connection, day: date) -> dict[Themes, int]:
    """Count by the themes of recommendations what is late with anything on a London date."""
    return _of_themes_by_day(connection, OWED_BY, _day.day < day)


def silent_of_themes(connection: Connection, since: date) -> dict[Themes, int]:
    """Count by the themes of recommendations what owes anything and has not moved after a London date."""
    return _of_themes_by_day(connection, MOVED_ON, _day.day <= since)


def _of_themes_by_day(
    connection: Connection, day_kind: str, is_counted: ColumnElement[bool]
) -> dict[Themes, int]:
    statement = (
        select(_day.report_key, func.sum(_day.addressees))
        .where(_day.body_code == ALL, _day.report_key.startswith(_THEMES), _day.what == day_kind, is_counted)
        .group_by(_day.report_key)
    )
    return {themes_of_group(key) or (): int(n) for key, n in connection.execute(statement).all()}


# A body or a report, and the rows of it alone: each is looked up by the key, and no others are gone through.
_EACH_BODY = (policing_bodies.c.code, and_(_day.body_code == policing_bodies.c.code, _day.report_key == ALL))
_EACH_REPORT = (reports.c.key, and_(_day.body_code == ALL, _day.report_key == reports.c.key))


def _by_day(
    connection: Connection,
    group: tuple[Any, ColumnElement[bool]],
    day_kind: str,
    is_counted: ColumnElement[bool],
) -> dict[str, int]:
    key, own = group
    total = (
        select(func.sum(_day.addressees)).where(own, _day.what == day_kind, is_counted).correlate(key.table)
    ).scalar_subquery()
    return {code: int(n) for code, n in connection.execute(select(key, total)).all() if n}


def standing(connection: Connection, body_codes: Iterable[str]) -> dict[tuple[Answer, Stage], int]:
    """Count at which answer and stage the live recommendations of some bodies stand together."""
    rows = connection.execute(_OF_BODIES, {"body_codes": list(body_codes)}).all()
    return {(Answer(answer), Stage(stage)): int(n) for answer, stage, n in rows if n}


def runs(
    connection: Connection, body_codes: Iterable[str], states: States
) -> tuple[tuple[str, str, str], ...]:
    """Return each combination of answer, stage and marks, as they are stored, that any of these bodies has
    and that the states match."""
    rows = connection.execute(_RUNS, {"body_codes": list(body_codes)}).all()
    return tuple((answer, stage, marks) for answer, stage, marks in rows if states.hold(answer, stage, marks))


def addressed(connection: Connection, body_codes: Iterable[str]) -> dict[str, int]:
    """Count by body the live recommendations that ask it anything; a body that none asks is left out."""
    rows = connection.execute(_ADDRESSED, {"body_codes": list(body_codes)}).all()
    return {code: int(n) for code, n in rows}


def move(connection: Connection, before: Iterable[Counted], after: Iterable[Counted]) -> None:
    """Take addressees out of the counts they stood in, and put others in. Raises WrongNumberOfRows for what
    was never counted."""
    standing: Counter[tuple[Any, ...]] = Counter()
    days: Counter[tuple[Any, ...]] = Counter()
    for sign, rows in ((-1, before), (1, after)):
        for counted in rows:
            # An addressee that is not live is in no count.
            if counted.addressee.live:
                for key in _standing_keys(counted):
                    standing[key] += sign
                for key in _day_keys(counted):
                    days[key] += sign
    for counter, (table, columns, fewer) in zip((standing, days), _COUNTERS, strict=True):
        _write(connection, counter, table, columns, fewer)


def _standing_keys(counted: Counted) -> Iterator[tuple[str, ...]]:
    addressee = counted.addressee
    body_code, report_key = addressee.body_code, place_of_id(addressee.recommendation_id)[0]
    themes = group_of_themes(counted.themes)
    for group in (
        (body_code, ALL),
        (ALL, report_key),
        (body_code, report_key),
        (body_code, themes),
        (ALL, themes),
    ):
        yield (*group, addressee.answer.value, addressee.stage.value, counted.marks)


def _day_keys(counted: Counted) -> Iterator[tuple[Any, ...]]:
    addressee = counted.addressee
    if addressee.owed_by is None:
        return
    report_key = place_of_id(addressee.recommendation_id)[0]
    for group in ((addressee.body_code, ALL), (ALL, report_key), (ALL, group_of_themes(counted.themes))):
        yield (*group, OWED_BY, addressee.owed_by)
        yield (*group, MOVED_ON, addressee.moved_on or date.min)


def _write(
    connection: Connection,
    counter: Counter[tuple[Any, ...]],
    table: Table,
    columns: Collection[str],
    fewer: Update,
) -> None:
    in_order = sorted(counter.items())
    lowered = [
        {**{f"counted_{name}": value for name, value in zip(columns, key, strict=True)}, "fewer": -n}
        for key, n in in_order
        if n < 0
    ]
    change_each(connection, fewer, lowered)
    raised = [{**dict(zip(columns, key, strict=True)), "addressees": n} for key, n in in_order if n > 0]
    if raised:
        connection.execute(upserts.adding(connection, table, "addressees"), raised)
