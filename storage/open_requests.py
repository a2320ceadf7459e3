"""What waits for somebody's word: requests for more time, questions to bodies, texts that might be quoted."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, exists, func, literal_column, select

from bot.domain.register.update import CORRECTABLE, DECISIONS, ON_QUOTING, Update, UpdateKind
from storage.tables.addressees import addressees
from storage.tables.history import UNQUOTED, updates
from storage.updates import BY_SEQ, UPDATE, all_of, first_of, in_order

_about = updates.alias("about")

# About a recommendation that has not ended.
_IS_LIVE = exists().where(
    addressees.c.recommendation_id == updates.c.recommendation_id,
    addressees.c.body_code == updates.c.body_code,
    addressees.c.live == bindparam("live", True),
)
# A request that nobody has decided or taken back, on a recommendation that has not ended. Of which kind it is
# stands as a literal here and below, as the indexes have it.
_UNDECIDED = and_(
    updates.c.kind == literal_column(f"'{UpdateKind.EXTENSION_ASKED}'"),
    ~exists().where(
        _about.c.about_seq == updates.c.seq,
        _about.c.kind.in_([kind.value for kind in (*DECISIONS, UpdateKind.UNDO)]),
    ),
    _IS_LIVE,
)
# A question to a body that nobody has answered, on a recommendation that has not ended.
_UNANSWERED = and_(
    updates.c.kind == literal_column(f"'{UpdateKind.QUESTION_ASKED}'"),
    ~exists().where(_about.c.about_seq == updates.c.seq, _about.c.kind == UpdateKind.QUESTION_ANSWERED.value),
    _IS_LIVE,
)
_OLDEST = select(updates.c.seq).order_by(BY_SEQ)
_ANSWER = UPDATE.where(
    updates.c.about_seq == bindparam("seq"), updates.c.kind == UpdateKind.QUESTION_ANSWERED.value
)
_DECISION = UPDATE.where(
    updates.c.about_seq == bindparam("seq"), updates.c.kind.in_([kind.value for kind in DECISIONS])
)
# What a body said that might be quoted, and that nothing recorded later has dealt with: no leave, no undoing,
# no correction.
_MIGHT_BE_QUOTED = and_(
    literal_column(UNQUOTED),
    updates.c.kind.in_([kind.value for kind in CORRECTABLE]),
    ~exists().where(
        _about.c.about_seq == updates.c.seq,
        _about.c.kind.in_([kind.value for kind in (*CORRECTABLE, UpdateKind.UNDO, *ON_QUOTING)]),
    ),
)


def undecided(connection: Connection, *, limit: int) -> tuple[Update, ...]:
    """Return requests for an extension that wait for a decision, oldest first."""
    return in_order(connection, _seqs(connection, _OLDEST.where(_UNDECIDED).limit(limit)))


def count_undecided(connection: Connection) -> int:
    """Count the requests for an extension that wait for a decision."""
    return connection.execute(select(func.count()).select_from(updates).where(_UNDECIDED)).scalar_one()


def undecided_among(
    connection: Connection, recommendation_ids: Iterable[str], body_codes: Iterable[str]
) -> dict[tuple[str, str], Update]:
    """Return the requests for an extension that wait, by recommendation id and body code."""
    result = connection.execute(
        UPDATE.where(
            _UNDECIDED,
            updates.c.recommendation_id.in_(sorted(set(recommendation_ids))),
            updates.c.body_code.in_(sorted(set(body_codes))),
        )
    )
    return {update.draft.addressee_key: update for update in all_of(result)}


def might_be_quoted(
    connection: Connection, *, limit: int, offset: int, count_to: int
) -> tuple[tuple[Update, ...], int]:
    """Return a page of the texts of bodies for which there is no leave to quote them yet, newest first; and
    how many come after it, counted no further than `count_to`."""
    newest = select(updates.c.seq).where(_MIGHT_BE_QUOTED).order_by(updates.c.seq.desc())
    seqs = _seqs(connection, newest.offset(offset).limit(limit + count_to))
    return in_order(connection, seqs[:limit]), len(seqs[limit:])


def _seqs(connection: Connection, statement: Select[Any]) -> list[int]:
    return list(connection.execute(statement).scalars())


def asked_to_quote(connection: Connection, seqs: Iterable[int]) -> dict[int, Update]:
    """Return, by number, for those of these updates whose body was asked for leave to quote them, the update
    that asked."""
    numbers = sorted(set(seqs))
    if not numbers:
        return {}
    statement = UPDATE.where(
        updates.c.about_seq.in_(numbers), updates.c.kind == UpdateKind.QUOTING_ASKED.value
    )
    return {
        update.draft.about_seq: update
        for update in all_of(connection.execute(statement).all())
        if update.draft.about_seq
    }


def unanswered(
    connection: Connection,
    *,
    body_codes: Iterable[str] | None = None,
    recommendation_id: str | None = None,
    limit: int | None = None,
) -> tuple[Update, ...]:
    """Return the questions to bodies that wait for an answer, oldest first: to all bodies, or to some, about
    all recommendations, or about one."""
    statement = _OLDEST.where(_UNANSWERED).limit(limit)
    if body_codes is not None:
        statement = statement.where(updates.c.body_code.in_(sorted(set(body_codes))))
    if recommendation_id is not None:
        statement = statement.where(updates.c.recommendation_id == recommendation_id)
    return in_order(connection, _seqs(connection, statement))


def count_unanswered(connection: Connection) -> int:
    """Count the questions to bodies that wait for an answer."""
    return connection.execute(select(func.count()).select_from(updates).where(_UNANSWERED)).scalar_one()


def answer_to(connection: Connection, seq: int) -> Update | None:
    """Return the answer to the question that is update `seq`, if there is one."""
    return first_of(connection.execute(_ANSWER, {"seq": seq}))


def decision_about(connection: Connection, seq: int) -> Update | None:
    """Return how the request that is update `seq` was decided, if it was."""
    return first_of(connection.execute(_DECISION, {"seq": seq}))
