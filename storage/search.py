"""Searching for words in the register: case does not matter, and rights are part of the question.

SQLite folds the case of the letters A to Z only. No index holds the words (decision 026): texts are read
one by one, and so those of the latest updates alone."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, false, or_, select, true

from bot.domain.register.people import Actor
from bot.domain.register.update import PUBLISHED_WORDS, UpdateKind
from storage import recommendations as nouns
from storage import updates as history
from storage.tables.history import updates
from storage.tables.reports import parts, reports
from storage.tables.reports import recommendations as table

# Such words are found as the recommendations' own.
_NOT_TOLD = tuple(kind.value for kind in PUBLISHED_WORDS)


def recommendations(connection: Connection, words: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the recommendations, live or ended, of the newest report first, where every word
    stands in the wording, the short form or one of the parts."""
    statement = (
        select(table.c.id)
        .join(reports, reports.c.key == table.c.report_key)
        .where(_in_recommendation(words))
        .order_by(reports.c.published_on.desc(), *nouns.IN_ORDER)
    )
    return tuple(connection.execute(statement).scalars().all())


def texts(
    connection: Connection, words: Sequence[str], reader: Actor, *, after: int, body_code: str | None = None
) -> tuple[int, ...]:
    """Return the numbers of the updates after a number in whose texts every word stands and that the reader
    may read, newest first; of one body where its code is given."""
    of_body = true() if body_code is None else updates.c.body_code == body_code
    statement = (
        select(updates.c.seq)
        .where(updates.c.seq > after, of_body, _in_text(words), _may_read(reader))
        .order_by(updates.c.seq.desc())
    )
    return tuple(connection.execute(statement).scalars().all())


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
