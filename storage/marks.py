"""The marks of addressees, read off the register and kept in their rows."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, assert_never

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
    update,
)

from bot.domain.register.addressee import AddresseeKey
from bot.domain.register.marks import Mark, written
from bot.domain.register.update import DECISIONS, UpdateKind
from storage.changing import change_each
from storage.tables.addressees import addressees
from storage.tables.history import updates
from storage.tables.reports import recommendations
from storage.types import Flag

_recorded = updates.alias("recorded")
_about = updates.alias("about_it")
_its = addressees.c
_AT_A_TIME = 5_000


class Marked(Struct, frozen=True):
    """The marks of an addressee before and after they were read anew, as they are stored."""

    before: str
    after: str
    themes: str  # of its recommendation, as they are stored


class Kept(Struct, frozen=True):
    """The marks of an addressee and the themes of its recommendation, as they are stored."""

    marks: str
    themes: str


def refresh(connection: Connection, keys: Iterable[AddresseeKey]) -> dict[AddresseeKey, Marked]:
    """Read the marks of addressees anew from what is recorded of them, and keep them. Whoever writes what a
    mark tells calls this afterwards, and counts the addressee anew."""
    marked: dict[AddresseeKey, Marked] = {}
    remaining = iter(sorted(set(keys)))
    while batch := list(islice(remaining, _AT_A_TIME)):
        marked |= dict(_read(connection, batch))
    change_each(
        connection,
        _KEEP,
        [
            {"of_recommendation": id_, "of_body": code, "marks": change.after}
            for (id_, code), change in marked.items()
            if change.before != change.after
        ],
    )
    return marked


def kept(connection: Connection, keys: Iterable[AddresseeKey]) -> dict[AddresseeKey, Kept]:
    """Return the marks of addressees, and the themes beside them, as they are stored."""
    asked_keys = set(keys)
    rows = connection.execute(_KEPT, _values(asked_keys)).all()
    return {
        (id_, code): Kept(marks, themes) for id_, code, marks, themes in rows if (id_, code) in asked_keys
    }


def _read(connection: Connection, keys: list[AddresseeKey]) -> Iterator[tuple[AddresseeKey, Marked]]:
    asked_keys = set(keys)
    for id_, code, before, themes, *are_held in connection.execute(_MARKS, _values(asked_keys)).all():
        if (id_, code) in asked_keys:
            after = written(mark for mark, is_held in zip(Mark, are_held, strict=True) if is_held)
            yield (id_, code), Marked(before, after, themes)


def _values(keys: Iterable[AddresseeKey]) -> dict[str, Any]:
    return {"ids": sorted({id_ for id_, _ in keys}), "codes": sorted({code for _, code in keys}), "yes": True}


def _is_about(kinds: Iterable[UpdateKind]) -> ColumnElement[bool]:
    return exists().where(
        _about.c.about_seq == _recorded.c.seq, _about.c.kind.in_([kind.value for kind in kinds])
    )


_OF_ADDRESSEE = and_(
    _recorded.c.recommendation_id == _its.recommendation_id, _recorded.c.body_code == _its.body_code
)
_HAS_TEXT = and_(_its.face_seq.is_not(None), _its.face_excerpt != "")
_YES = bindparam("yes", True, type_=Flag())
_IS_QUOTABLE = _its.face_quotable == _YES
_TWICE = literal_column("2", Integer())
_STATED_DUE_ON = (
    select(recommendations.c.due_on).where(recommendations.c.id == _its.recommendation_id).scalar_subquery()
)


_THEMES = (
    select(func.coalesce(recommendations.c.themes, ""))
    .where(recommendations.c.id == _its.recommendation_id)
    .scalar_subquery()
    .label("themes")
)


def _condition(mark: Mark) -> ColumnElement[bool]:
    """Select what has a mark, as `marks_of` has it; by literals where an index is of a kind of update."""
    match mark:
        case Mark.EVIDENCE:
            has_link = _recorded.c.evidence_url != literal_column("''")
            return exists().where(_OF_ADDRESSEE, has_link, not_(_is_about((UpdateKind.UNDO,))))
        case Mark.EXTENDED:
            return and_(_its.due_on.is_not(None), _its.due_on.is_distinct_from(_STATED_DUE_ON))
        case Mark.ASKS_FOR_TIME:
            is_request = _recorded.c.kind == literal_column(f"'{UpdateKind.EXTENSION_ASKED.value}'")
            return exists().where(_OF_ADDRESSEE, is_request, not_(_is_about((*DECISIONS, UpdateKind.UNDO))))
        case Mark.EXPECTED_LATE:
            return and_(_its.owes_action == _YES, _its.due_on < _its.expected_on)
        case Mark.MOVED_TWICE:
            return or_(_its.slips >= _TWICE, _its.expectation_moves >= _TWICE)
        case Mark.QUOTABLE:
            return and_(_HAS_TEXT, _IS_QUOTABLE)
        case Mark.INTERNAL:
            return and_(_HAS_TEXT, not_(_IS_QUOTABLE))
        case _:
            assert_never(mark)


_AMONG = and_(
    _its.recommendation_id.in_(bindparam("ids", expanding=True)),
    _its.body_code.in_(bindparam("codes", expanding=True)),
)
_KEPT = select(_its.recommendation_id, _its.body_code, _its.marks, _THEMES).where(_AMONG)
_MARKS = select(
    _its.recommendation_id,
    _its.body_code,
    _its.marks,
    _THEMES,
    *(_condition(mark).label(f"is_{mark.name.lower()}") for mark in Mark),
).where(_AMONG)
_KEEP = update(addressees).where(
    _its.recommendation_id == bindparam("of_recommendation"), _its.body_code == bindparam("of_body")
)
