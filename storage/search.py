"""Searching for words in the register: case does not matter, and rights are part of the question.

SQLite folds the case of the letters A to Z only."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, or_, select, true

from bot.domain.register.people import Actor
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import PUBLISHED_WORDS, Update, UpdateKind
from storage import recommendations as nouns
from storage import updates as history
from storage.tables import parts, reports, updates
from storage.tables import recommendations as table

# Such words are found as the recommendations' own.
_NOT_TOLD = tuple(kind.value for kind in PUBLISHED_WORDS)


def recommendations(
    connection: Connection, words: Sequence[str], *, limit: int, offset: int
) -> tuple[Recommendation, ...]:
    """Return a page of recommendations, live or ended, of the newest report first, where every word stands in
    the wording, the short form or one of the parts."""
    statement = (
        select(table.c.id)
        .join(reports, reports.c.key == table.c.report_key)
        .where(_in_recommendation(words))
        .order_by(reports.c.published_on.desc(), *nouns.IN_ORDER)
    )
    ids = tuple(connection.execute(statement.limit(limit).offset(offset)).scalars())
    by_id = nouns.by_ids(connection, ids)
    return tuple(by_id[recommendation_id] for recommendation_id in ids)


def count_recommendations(connection: Connection, words: Sequence[str]) -> int:
    statement = select(func.count()).select_from(table).where(_in_recommendation(words))
    return connection.execute(statement).scalar_one()


def texts(
    connection: Connection, words: Sequence[str], reader: Actor, *, limit: int, offset: int
) -> tuple[Update, ...]:
    """Return a page of updates in whose texts every word stands and that the reader may read, newest
    first."""
    statement = select(updates.c.seq).where(_in_text(words), _may_read(reader)).order_by(updates.c.seq.desc())
    seqs = tuple(connection.execute(statement.limit(limit).offset(offset)).scalars())
    return history.in_order(connection, seqs)


def count_texts(connection: Connection, words: Sequence[str], reader: Actor) -> int:
    statement = select(func.count()).select_from(updates).where(_in_text(words), _may_read(reader))
    return connection.execute(statement).scalar_one()


def _in_recommendation(words: Iterable[str]) -> ColumnElement[bool]:
    def stands(word: str) -> ColumnElement[bool]:
        in_part = exists().where(
            parts.c.recommendation_id == table.c.id, parts.c.text.icontains(word, autoescape=True)
        )
        own = (table.c.wording, table.c.short_form)
        return or_(*(column.icontains(word, autoescape=True) for column in own), in_part)

    return and_(true(), *map(stands, words))


def _in_text(words: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that every word stands in the text. An erased text is null, and never matches."""
    stand = (updates.c.text.icontains(word, autoescape=True) for word in words)
    return and_(updates.c.kind.not_in(_NOT_TOLD), *stand)


def _may_read(reader: Actor) -> ColumnElement[bool]:
    """Return the condition of `Update.as_read_by`: what may be quoted and stands, and all of one's own
    bodies."""
    if reader.is_coordinator:
        return true()
    own = updates.c.body_code.in_(sorted(reader.speaks_for)) if reader.speaks_for else false()
    return or_(own, and_(history.MAY_BE_QUOTED, ~_has(UpdateKind.UNDO)))


def _has(kind: UpdateKind) -> Any:
    about = updates.alias("about")
    return exists().where(about.c.about_seq == updates.c.seq, about.c.kind == kind.value)
