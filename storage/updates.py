"""Reading the history. Updates are written by `storage/appending.py` alone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from bot.domain.register.net_changes import Event
from bot.domain.register.people import PersonKey
from bot.domain.register.transition import Value
from bot.domain.register.update import (
    CHANGES_STATE,
    ON_QUOTING,
    RECORDINGS,
    Change,
    Update,
    UpdateKind,
    Via,
)
from storage.chain import changes_in, changes_of, draft_of
from storage.tables.history import chain_head, updates
from storage.tables.people import people
from storage.tables.reports import recommendations

_about = updates.alias("about")
# In the order of recording, for what few updates are: as an expression, so that SQLite's planner takes the
# index that has them and not the whole history, which lies in this order.
BY_SEQ: ColumnElement[int] = literal_column("+updates.seq")


def has(kind: UpdateKind) -> Any:
    """Whether an update of some kind is about the one that is looked at."""
    return exists().where(_about.c.about_seq == updates.c.seq, _about.c.kind == kind.value)


# Not by EXISTS, for which PostgreSQL reads the whole history once where many updates are read.
_UNDONE: Any = (
    select(_about.c.seq)
    .where(_about.c.about_seq == updates.c.seq, _about.c.kind == UpdateKind.UNDO.value)
    .limit(1)
    .scalar_subquery()
    .is_not(None)
)
# The kind of the last update that said whether this one may be quoted; null where none did.
_ON_QUOTING: Any = (
    select(_about.c.kind)
    .where(_about.c.about_seq == updates.c.seq, _about.c.kind.in_([kind.value for kind in ON_QUOTING]))
    .order_by(_about.c.seq.desc())
    .limit(1)
    .scalar_subquery()
)
# Whether a text may be quoted, by what was said when it was recorded and since.
MAY_BE_QUOTED: Any = case(
    (_ON_QUOTING.is_(None), updates.c.quotable), else_=UpdateKind.QUOTING_ALLOWED.value == _ON_QUOTING
)

_WITH_AUTHORS = updates.outerjoin(
    people, and_(people.c.team_id == updates.c.team_id, people.c.user_id == updates.c.user_id)
)
_AUTHOR_NAME = people.c.display_name.label("author_name")
UPDATE: Select[Any] = select(
    updates, _AUTHOR_NAME, _UNDONE.label("undone"), MAY_BE_QUOTED.label("may_be_quoted")
).select_from(_WITH_AUTHORS)
TO_FOLD: Select[Any] = select(
    *(column for column in updates.c if column.name not in ("prev", "hash", "words_digest", "salt")),
    _AUTHOR_NAME,
).select_from(_WITH_AUTHORS)

_ONE = UPDATE.where(updates.c.seq == bindparam("seq"))
_OF_REQUEST = UPDATE.where(updates.c.request_key == bindparam("key")).order_by(updates.c.request_item)
_OF_ADDRESSEE = (
    UPDATE.where(
        updates.c.recommendation_id == bindparam("recommendation_id"),
        updates.c.body_code == bindparam("body_code"),
    )
    .order_by(updates.c.seq.desc())
    .limit(bindparam("limit"))
)
_LAST_RECORDING_BY = (
    UPDATE.where(
        updates.c.team_id == bindparam("team_id"),
        updates.c.user_id == bindparam("user_id"),
        updates.c.kind.in_([kind.value for kind in RECORDINGS]),
    )
    .order_by(updates.c.seq.desc())
    .limit(bindparam("limit"))
)


# By addressee, as they are folded.
_OF_ADDRESSEES = UPDATE.where(updates.c.recommendation_id.is_not(None), updates.c.body_code.is_not(None))
_AT_A_TIME = 500


# Not the loaded example, not the bookkeeping.
_TELLABLE = and_(
    updates.c.via != Via.EXAMPLE.value,
    updates.c.recommendation_id.is_not(None),
    or_(
        and_(
            updates.c.kind.in_([kind.value for kind in (*CHANGES_STATE, UpdateKind.NOTE)]),
            updates.c.body_code.is_not(None),
        ),
        # What somebody else reported concerns no body.
        updates.c.kind == UpdateKind.PARTY_REPORTED.value,
    ),
)


def get(connection: Connection, seq: int) -> Update | None:
    """Return the update with a number; None where there is none."""
    return first_of(connection.execute(_ONE, {"seq": seq}))


def of_request(connection: Connection, key: str) -> tuple[Update, ...]:
    """Return what was recorded for a request before, in order; empty when it is new."""
    return all_of(connection.execute(_OF_REQUEST, {"key": key}).all())


def of_addressee(
    connection: Connection, recommendation_id: str, body_code: str, limit: int
) -> tuple[Update, ...]:
    """Return the latest updates of an addressee, newest first."""
    return all_of(
        connection.execute(
            _OF_ADDRESSEE, {"recommendation_id": recommendation_id, "body_code": body_code, "limit": limit}
        )
    )


def last_recordings_by(connection: Connection, person: PersonKey, limit: int) -> tuple[Update, ...]:
    """Return a person's latest recordings, newest first."""
    return all_of(
        connection.execute(
            _LAST_RECORDING_BY, {"team_id": person.team_id, "user_id": person.user_id, "limit": limit}
        )
    )


class Wanted(Struct, frozen=True):
    """Which updates are meant; None where nothing narrows them."""

    recommendation_ids: tuple[str, ...] | None = None
    report_keys: tuple[str, ...] | None = None
    body_codes: tuple[str, ...] | None = None
    author: PersonKey | None = None
    after: int = 0  # those with a higher number alone
    through: int | None = None  # those up to this number alone

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        if self.recommendation_ids is not None:
            yield updates.c.recommendation_id.in_(self.recommendation_ids)
        if self.report_keys is not None:
            ids = select(recommendations.c.id).where(recommendations.c.report_key.in_(self.report_keys))
            yield updates.c.recommendation_id.in_(ids)
        if self.body_codes is not None:
            yield updates.c.body_code.in_(self.body_codes)
        if self.author is not None:
            yield updates.c.team_id == self.author.team_id
            yield updates.c.user_id == self.author.user_id
        if self.after:
            yield updates.c.seq > self.after
        if self.through is not None:
            yield updates.c.seq <= self.through


def history(connection: Connection, wanted: Wanted, *, limit: int, offset: int) -> tuple[Update, ...]:
    """Return a page of the updates that are wanted, newest first."""
    newest = updates.c.seq.desc()
    # The numbers alone first, which the indexes hold: the words of those on other pages are not read.
    seqs = select(updates.c.seq).where(*wanted.conditions()).order_by(newest).limit(limit).offset(offset)
    return all_of(connection.execute(UPDATE.where(updates.c.seq.in_(seqs)).order_by(newest)).all())


def count(connection: Connection, wanted: Wanted) -> int:
    """Count the updates that `history` has in all."""
    statement = select(func.count()).select_from(updates).where(*wanted.conditions())
    return connection.execute(statement).scalar_one()


def each_of_addressees(
    connection: Connection, *, recommendation_id: str | None = None, body_code: str | None = None
) -> Iterator[Update]:
    """Yield every update of the addressees of a recommendation, of a body, or of both: addressee by
    addressee, the oldest of each first. They are read on demand, so that memory does not grow with the
    history."""
    statement = _OF_ADDRESSEES
    if recommendation_id is not None:
        statement = statement.where(updates.c.recommendation_id == recommendation_id)
    if body_code is not None:
        statement = statement.where(updates.c.body_code == body_code)
    ordered = statement.order_by(updates.c.recommendation_id, updates.c.body_code, updates.c.seq)
    with connection.execute(ordered, execution_options={"yield_per": _AT_A_TIME}) as rows:
        yield from map(_update, rows)


def of_body(connection: Connection, body_code: str, recommendation_ids: Iterable[str]) -> list[Update]:
    """Return every update of a body with some recommendations, the oldest first."""
    of_both = and_(
        updates.c.recommendation_id.in_(list(recommendation_ids)), updates.c.body_code == body_code
    )
    return sorted(with_names(connection, of_both), key=lambda update: update.seq)


def responses(connection: Connection, recommendation_id: str) -> tuple[Update, ...]:
    """Return what bodies answered to a recommendation, and what was taken back of it, the oldest first."""
    statement = UPDATE.where(
        updates.c.recommendation_id == recommendation_id,
        updates.c.body_code.is_not(None),
        or_(updates.c.kind == UpdateKind.RESPONSE.value, updates.c.kind == UpdateKind.UNDO.value),
    )
    return all_of(connection.execute(statement.order_by(updates.c.seq)).all())


def first_recorded(
    connection: Connection, *, recommendation_ids: Iterable[str], body_code: str | None = None
) -> datetime | None:
    """Return the UTC instant of the first update of the addressees of some recommendations, with one body or
    all."""
    statement = select(func.min(updates.c.recorded_at)).where(
        updates.c.recommendation_id.in_(sorted(recommendation_ids)), updates.c.body_code.is_not(None)
    )
    if body_code is not None:
        statement = statement.where(updates.c.body_code == body_code)
    return connection.execute(statement).scalar_one()


def ended_after(connection: Connection, day: date) -> frozenset[str]:
    """Return the ids of the recommendations that have ended since the end of a London day."""
    # Where there is no body there are few updates, and they have an index.
    statement = select(updates.c.recommendation_id).where(
        updates.c.body_code.is_(None),
        updates.c.kind == UpdateKind.RECOMMENDATION_ENDED.value,
        updates.c.stands_from > day,
    )
    return frozenset(scalar for scalar in connection.execute(statement).scalars() if scalar is not None)


def corrections_after(connection: Connection, instant: datetime) -> tuple[Update, ...]:
    """Return what corrected recommendations at a UTC instant or later, in order of seq."""
    statement = UPDATE.where(
        updates.c.body_code.is_(None),
        updates.c.kind == UpdateKind.RECOMMENDATION_CORRECTED.value,
        updates.c.recorded_at >= instant,
    )
    return all_of(connection.execute(statement.order_by(updates.c.seq)).all())


def changes_of_bodies(connection: Connection) -> tuple[Update, ...]:
    """Return all that changed bodies, in order of seq."""
    # By a literal, as the index has it.
    statement = UPDATE.where(updates.c.kind == literal_column(f"'{UpdateKind.BODY_CHANGED}'"))
    return all_of(connection.execute(statement.order_by(BY_SEQ)).all())


def ending_of(connection: Connection, recommendation_id: str) -> Update | None:
    """Return the update by which a recommendation ended."""
    statement = UPDATE.where(
        updates.c.recommendation_id == recommendation_id,
        updates.c.body_code.is_(None),
        updates.c.kind == UpdateKind.RECOMMENDATION_ENDED.value,
    )
    return first_of(connection.execute(statement.order_by(updates.c.seq.desc()).limit(1)))


_EVENT = (
    updates.c.kind,
    updates.c.recommendation_id,
    updates.c.body_code,
    updates.c.changes,
    updates.c.stands_from,
)


def events_after(
    connection: Connection, after: int, *, through: int | None = None, wanted: Wanted | None = None
) -> list[Event]:
    """Return the events after update `after`, up to `through`, in order of seq: what was recorded then and
    still stands, and what was recorded before and taken back then; with `wanted`, what that names alone."""
    narrowed = list(wanted.conditions()) if wanted else []
    within = [updates.c.seq > after, *([updates.c.seq <= through] if through is not None else [])]
    recorded = select(
        updates.c.seq,
        *_EVENT,
        or_(updates.c.text != "", updates.c.evidence_url != "").label("has_words"),
        MAY_BE_QUOTED.label("quotable"),
    ).where(*within, *narrowed, _TELLABLE, ~has(UpdateKind.UNDO))
    undone = (
        select(_about.c.seq, *_EVENT)
        .select_from(updates.join(_about, _about.c.about_seq == updates.c.seq))
        .where(
            _about.c.kind == UpdateKind.UNDO.value,
            # By the index of what is about others; the sign keeps SQLite from reading all that came after.
            _about.c.about_seq <= after,
            literal_column("+about.seq") > after,
            updates.c.seq <= after,
            _TELLABLE,
            *narrowed,
        )
    )
    if through is not None:
        undone = undone.where(_about.c.seq <= through)
    events = [
        _event(row, changes_in(row.changes), has_words=bool(row.has_words), quotable=bool(row.quotable))
        for row in connection.execute(recorded).all()
    ]
    for row in connection.execute(undone).all():
        reverted = tuple(Change(change.what, change.now, change.was) for change in changes_in(row.changes))
        events.append(_event(row, reverted, taken_back=True))
    return sorted(events, key=lambda event: event.seq)


def _event(row: Any, changes: tuple[Change, ...], **facts: bool) -> Event:
    return Event(
        row.seq,
        UpdateKind(row.kind),
        row.recommendation_id,
        row.body_code or "",
        changes,
        stands_from=row.stands_from,
        **facts,
    )


def last_seq(connection: Connection) -> int:
    """Return the number of the last update; 0 where there is none."""
    return connection.execute(select(chain_head.c.seq)).scalar_one()


def recommendations_added(connection: Connection, lately: datetime) -> tuple[tuple[str, datetime], ...]:
    """Return the ids of all recommendations and the UTC instants at which they were added; nothing where no
    name has changed since the instant `lately`."""
    newest = select(updates.c.recorded_at).where(
        updates.c.seq == select(chain_head.c.names_seq).scalar_subquery()
    )
    newest_at = connection.execute(newest).scalar_one_or_none()
    if newest_at is None or newest_at <= lately:
        return ()
    statement = select(updates.c.recommendation_id, updates.c.recorded_at).where(
        updates.c.kind == UpdateKind.RECOMMENDATION_ADDED.value
    )
    return tuple((row.recommendation_id, row.recorded_at) for row in connection.execute(statement).all())


def first_of_kind(connection: Connection, kind: UpdateKind) -> Update | None:
    """Return the first update of a kind; None where there is none."""
    return first_of(
        connection.execute(UPDATE.where(updates.c.kind == kind.value).order_by(updates.c.seq).limit(1))
    )


def taken_over_on(connection: Connection, recommendation_id: str, body_code: str) -> date | None:
    """Return the last London date from which an addressee stands in another's place; None where it does
    not."""
    statement = select(func.max(updates.c.stands_from)).where(
        updates.c.recommendation_id == recommendation_id,
        updates.c.body_code == body_code,
        updates.c.kind == UpdateKind.PASSED_ON.value,
    )
    return connection.execute(statement).scalar_one()


def last_day(connection: Connection, recommendation_id: str, body_code: str, *, besides: int) -> date | None:
    """Return the latest London date from which any recording stands that was not taken back, apart from
    update `besides`. Recordings of predecessors count too."""
    statement = (
        select(func.max(updates.c.stands_from))
        .where(updates.c.recommendation_id == recommendation_id, updates.c.body_code == body_code)
        .where(updates.c.kind.in_([kind.value for kind in RECORDINGS]), updates.c.seq != besides)
        .where(~has(UpdateKind.UNDO))
    )
    own: date | None = connection.execute(statement).scalar_one()
    passed = select(updates.c.changes).where(
        updates.c.recommendation_id == recommendation_id,
        updates.c.body_code == body_code,
        updates.c.kind == UpdateKind.PASSED_ON.value,
    )
    inherited = [
        date.fromisoformat(change.now)
        for row in connection.execute(passed).all()
        for change in changes_of(row)
        if change.what == Value.MOVED_ON and change.now
    ]
    return max([*inherited, *([own] if own else [])], default=None)


def by_seq(connection: Connection, seqs: Iterable[int]) -> dict[int, Update]:
    """Return the updates with these sequence numbers, by number."""
    numbers = sorted(set(seqs))
    if not numbers:
        return {}
    return {
        update.seq: update
        for update in all_of(connection.execute(UPDATE.where(updates.c.seq.in_(numbers))).all())
    }


def in_order(connection: Connection, seqs: Sequence[int]) -> tuple[Update, ...]:
    """Return the updates with these sequence numbers, in the order of the numbers given."""
    updates_by_seq = by_seq(connection, seqs)
    return tuple(updates_by_seq[seq] for seq in seqs)


def with_names(connection: Connection, condition: ColumnElement[bool]) -> Iterator[Update]:
    """Yield the updates that meet a condition, with the names of their authors. They are not sorted: for an
    order a database might read all updates of a body."""
    yield from map(_update, connection.execute(UPDATE.where(condition)).all())


def to_fold(connection: Connection, condition: ColumnElement[bool]) -> Iterator[Update]:
    """Yield the updates that meet a condition, as facts are folded from them: not whether each was taken back
    or may be quoted, for which other updates would have to be looked for. They are not sorted."""
    yield from map(folded_of, connection.execute(TO_FOLD.where(condition)).all())


def folded_of(row: Any) -> Update:
    """Read a row of `TO_FOLD`."""
    return Update(row.seq, row.recorded_at, draft_of(row), row.author_name or "")


def first_of(rows: Iterable[Any]) -> Update | None:
    return next((_update(row) for row in rows), None)


def all_of(rows: Iterable[Any]) -> tuple[Update, ...]:
    return tuple(_update(row) for row in rows)


def _update(row: Any) -> Update:
    return Update(
        seq=row.seq,
        recorded_at=row.recorded_at,
        draft=draft_of(row),
        author_name=row.author_name or "",
        undone=bool(row.undone),
        quotable=bool(row.may_be_quoted),
        words_erased=row.salt is None,
    )
