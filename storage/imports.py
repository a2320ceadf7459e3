"""What an import reads from the register and writes to it: in as many statements for ten thousand rows as for
ten."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy import Connection, and_, bindparam, exists, insert, select, update

from bot.domain.register.people import ContactKind, Membership, PersonKey, Role
from bot.domain.register.update import STATEMENTS, UpdateKind
from storage.changing import change_each
from storage.tables.history import updates
from storage.tables.people import grants, people

# Databases bound how many values one statement can name.
_AT_A_TIME = 500
_undo = updates.alias("undo")
_SAID_BY_BODIES = (
    select(
        updates.c.recommendation_id,
        updates.c.body_code,
        updates.c.seq,
        updates.c.kind,
        updates.c.stands_from,
        updates.c.changes,
        updates.c.salt,
        updates.c.text,
        updates.c.evidence_url,
    )
    .where(
        updates.c.recommendation_id.in_(bindparam("ids", expanding=True)),
        updates.c.body_code.in_(bindparam("codes", expanding=True)),
        updates.c.kind.in_([kind.value for kind in STATEMENTS]),
        ~exists().where(_undo.c.about_seq == updates.c.seq, _undo.c.kind == UpdateKind.UNDO.value),
    )
    .order_by(updates.c.seq)
)
_CHANGE_KIND = (
    update(grants)
    .where(
        and_(
            grants.c.team_id == bindparam("team"),
            grants.c.user_id == bindparam("user"),
            grants.c.role == Role.CONTACT.value,
            grants.c.body_code == bindparam("code"),
        )
    )
    .values(contact_kind=bindparam("kind"))
)
_Item = TypeVar("_Item")


class Statement(Struct, frozen=True):
    """What was recorded as said by a body, and not taken back."""

    recommendation_id: str
    body_code: str
    seq: int
    kind: UpdateKind
    stands_from: date
    values: dict[str, str]  # what the addressee became, by what changed
    words: bytes | None  # the fingerprint of its text; None where that was erased
    evidence_url: str


class Touched(Struct, frozen=True):
    """An update that was recorded meanwhile."""

    kind: UpdateKind
    recommendation_id: str | None
    body_code: str | None
    request_key: str  # of the request that it came by; empty where there is none


class NewGrant(Struct, frozen=True):
    """A contact to be added, or to be made one of another kind."""

    who: PersonKey
    body_code: str
    kind: ContactKind
    is_there: bool  # whether they are a contact of the body already


def fingerprint(text: str) -> bytes:
    """Return sixteen bytes by which a text is known again, so that texts need not be kept in memory."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def statements(
    connection: Connection, recommendation_ids: Collection[str], body_codes: Collection[str]
) -> Iterator[Statement]:
    """Yield what these bodies said of these recommendations, oldest first."""
    for ids in _parts(sorted(recommendation_ids)):
        for codes in _parts(sorted(body_codes)):
            rows = connection.execute(
                _SAID_BY_BODIES,
                {"ids": ids, "codes": codes},
                execution_options={"yield_per": _AT_A_TIME},
            )
            for recommendation_id, body_code, seq, kind, stands_from, changes, salt, text, evidence in rows:
                yield Statement(
                    recommendation_id or "",
                    body_code or "",
                    seq,
                    UpdateKind(kind),
                    stands_from,
                    {change["what"]: change["now"] for change in json.loads(changes)},
                    None if salt is None else fingerprint(text or ""),
                    evidence or "",
                )


def keys_of(connection: Connection, prefix: str) -> frozenset[str]:
    """Return the request keys that begin so: the rows of a file that were imported before."""
    statement = select(updates.c.request_key).where(updates.c.request_key.startswith(prefix, autoescape=True))
    return frozenset(key for key in connection.execute(statement).scalars() if key is not None)


def recorded_after(connection: Connection, seq: int) -> tuple[Touched, ...]:
    """Return what was recorded since an update, oldest first."""
    statement = (
        select(updates.c.kind, updates.c.recommendation_id, updates.c.body_code, updates.c.request_key)
        .where(updates.c.seq > seq)
        .order_by(updates.c.seq)
    )
    return tuple(
        Touched(UpdateKind(kind), recommendation_id, body_code, key or "")
        for kind, recommendation_id, body_code, key in connection.execute(statement)
    )


def memberships(connection: Connection, user_ids: Collection[str]) -> dict[PersonKey, Membership]:
    """Return what Slack last said of these people; those who are not known are left out."""
    known: dict[PersonKey, Membership] = {}
    for ids in _parts(sorted(user_ids)):
        statement = select(people.c.team_id, people.c.user_id, people.c.membership)
        for team, user, membership in connection.execute(statement.where(people.c.user_id.in_(ids))):
            known[PersonKey(team, user)] = Membership(membership)
    return known


def grant(connection: Connection, new: Iterable[NewGrant], instant: datetime) -> None:
    """Make people contacts from the UTC `instant`, or contacts of another kind."""
    added, changed = [], []
    for new_grant in new:
        if new_grant.is_there:
            changed.append(_changed(new_grant))
        else:
            added.append(_added(new_grant, instant))
    if added:
        connection.execute(insert(grants), added)
    if changed:
        change_each(connection, _CHANGE_KIND, changed)


def _added(new_grant: NewGrant, instant: datetime) -> dict[str, Any]:
    return {
        "team_id": new_grant.who.team_id,
        "user_id": new_grant.who.user_id,
        "role": Role.CONTACT.value,
        "body_code": new_grant.body_code,
        "granted_at": instant,
        "contact_kind": new_grant.kind.value,
    }


def _changed(new_grant: NewGrant) -> dict[str, str]:
    return {
        "team": new_grant.who.team_id,
        "user": new_grant.who.user_id,
        "code": new_grant.body_code,
        "kind": new_grant.kind.value,
    }


def _parts(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    return (items[start : start + _AT_A_TIME] for start in range(0, len(items), _AT_A_TIME))
