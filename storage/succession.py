"""What changes when bodies do: their own rows, and the addressees that come and go with them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from bot.domain.register.addressee import Addressee, AddresseeKey
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import RecommendationStatus
from bot.domain.register.succession import Handover, PassedOn, handovers
from bot.domain.register.transition import PASSED_TO
from bot.domain.register.update import UpdateKind
from storage import addressees, bodies, tallies
from storage.addressees import ADDRESSEE, addressee_of
from storage.chain import changes_in
from storage.changing import change_one
from storage.recommendations import IN_ORDER
from storage.tables.addressees import addressees as addressees_table
from storage.tables.bodies import body_aliases, policing_bodies
from storage.tables.history import updates
from storage.tables.reports import recommendations
from storage.updates import BY_SEQ


def add_body(connection: Connection, body: PolicingBody) -> None:
    """Write a new body, with its aliases."""
    connection.execute(insert(policing_bodies), bodies.row_of(body))
    _write_aliases(connection, body)


def save_body(connection: Connection, body: PolicingBody) -> None:
    """Write a body that is there already, with its aliases. Raises WrongNumberOfRows."""
    change_one(
        connection,
        update(policing_bodies).where(policing_bodies.c.code == body.code),
        bodies.row_of(body),
    )
    connection.execute(delete(body_aliases).where(body_aliases.c.body_code == body.code))
    _write_aliases(connection, body)


def _write_aliases(connection: Connection, body: PolicingBody) -> None:
    rows = [{"body_code": body.code, "alias": alias} for alias in dict.fromkeys(body.aliases)]
    if rows:
        connection.execute(insert(body_aliases), rows)


def live_of_body(connection: Connection, body_code: str) -> tuple[str, ...]:
    """Return the ids of the recommendations that still ask something of a body or count what it did, in
    order."""
    statement = (
        select(addressees_table.c.recommendation_id)
        .where(addressees_table.c.body_code == body_code, addressees_table.c.live == bindparam("live", True))
        .join(recommendations, recommendations.c.id == addressees_table.c.recommendation_id)
        .order_by(*IN_ORDER)
    )
    return tuple(connection.execute(statement).scalars())


_PASSED_TO = ADDRESSEE.where(
    addressees_table.c.passed_to.in_(bindparam("heirs", expanding=True)),
    addressees_table.c.recommendation_id.in_(bindparam("ids", expanding=True)),
).order_by(policing_bodies.c.short_name)
_HEIRS = (
    select(addressees_table.c.recommendation_id, addressees_table.c.passed_to)
    .where(
        addressees_table.c.passed_to.is_not(None),
        addressees_table.c.recommendation_id.in_(bindparam("ids", expanding=True)),
    )
    .distinct()
)
_ENDED = select(addressees_table.c.recommendation_id).where(addressees_table.c.passed_to.is_not(None))


def passed_to(connection: Connection, rows: Iterable[Addressee]) -> dict[AddresseeKey, list[Addressee]]:
    """Return what passed to each heir, by the name of the body that ended; what had passed to that body
    before is included. An heir to which nothing passed is left out."""
    heirs = {row.key: {row.key} for row in rows}
    ended_rows: dict[AddresseeKey, Addressee] = {}
    heir_keys = set(heirs)
    while heir_keys:
        ids, codes = {id_ for id_, _ in heir_keys}, {code for _, code in heir_keys}
        ended = map(
            addressee_of, connection.execute(_PASSED_TO, {"ids": list(ids), "heirs": list(codes)}).all()
        )
        reached = set()
        for row in ended:
            followed = heirs.get((row.recommendation_id, row.passed_to or ""), set())
            # What has ended in the meantime is an heir of others itself, on an earlier day.
            if new := followed - heirs.setdefault(row.key, set()):
                heirs[row.key] |= new
                ended_rows[row.key] = row
                reached.add(row.key)
        heir_keys = reached
    by_heir: dict[AddresseeKey, list[Addressee]] = {}
    for row in sorted(ended_rows.values(), key=lambda row: row.body_name):
        for heir in heirs[row.key] - {row.key}:
            by_heir.setdefault(heir, []).append(row)
    return by_heir


def left_by(connection: Connection, body_code: str) -> tuple[Addressee, ...]:
    """Return what live recommendations had asked of a body when its duties passed on, in order."""
    statement = (
        ADDRESSEE.join(recommendations, recommendations.c.id == addressees_table.c.recommendation_id)
        .where(addressees_table.c.body_code == body_code, addressees_table.c.passed_to.is_not(None))
        .where(recommendations.c.status == RecommendationStatus.LIVE.value)
        .order_by(*IN_ORDER)
    )
    return tuple(map(addressee_of, connection.execute(statement).all()))


_UNDECIDED = ADDRESSEE.where(
    addressees_table.c.undecided != literal_column("''"), addressees_table.c.live == bindparam("live", True)
)


def undecided(connection: Connection, *, limit: int, offset: int) -> tuple[Addressee, ...]:
    """Return a page of the addressees whose predecessors differ, as long as nobody has said how they
    stand."""
    statement = _UNDECIDED.order_by(
        policing_bodies.c.short_name, addressees_table.c.report_key, addressees_table.c.position
    )
    rows = connection.execute(statement.limit(limit).offset(offset)).all()
    return tuple(map(addressee_of, rows))


def count_undecided(connection: Connection) -> int:
    statement = select(func.count()).select_from(_UNDECIDED.subquery())
    return connection.execute(statement).scalar_one()


def passed_on(connection: Connection, after: int, through: int | None = None) -> tuple[PassedOn, ...]:
    """Return what passed to others in the updates after one, up to another or the last."""
    columns = updates.c
    statement = select(
        columns.recommendation_id,
        columns.body_code,
        columns.changes,
        columns.stands_from,
        # By a literal, as the index of these has it, and not by the numbers of all updates.
    ).where(columns.kind == literal_column(f"'{UpdateKind.PASSED_ON.value}'"), after < BY_SEQ)
    if through is not None:
        statement = statement.where(through >= BY_SEQ)
    return tuple(
        PassedOn(row.recommendation_id, row.body_code, change.now, row.stands_from)
        for row in connection.execute(statement.order_by(BY_SEQ)).all()
        for change in changes_in(row.changes)
        if change.what == PASSED_TO
    )


def named(connection: Connection, passed: Sequence[PassedOn]) -> tuple[Handover, ...]:
    """Return to whom duties passed, the latest day first, by the short names that bodies have now."""
    codes = {code for row in passed for code in (row.body_code, row.heir_code)}
    return handovers(passed, bodies.names(connection, codes)) if codes else ()


def predecessors_of(connection: Connection, *body_codes: str) -> tuple[str, ...]:
    """Return the codes of the bodies from which anything came to a body, or to several, near and far."""
    codes: dict[str, None] = {}
    codes_left = list(body_codes)
    while codes_left:
        statement = select(addressees_table.c.body_code).where(addressees_table.c.passed_to.in_(codes_left))
        codes_left = [code for code in set(connection.execute(statement).scalars()) if code not in codes]
        codes |= dict.fromkeys(codes_left)
    return tuple(sorted(codes))


def with_heirs(connection: Connection, ids: Iterable[str]) -> frozenset[str]:
    """Return those of some recommendations in which a body ended and another stands in its place."""
    statement = _ENDED.where(addressees_table.c.recommendation_id.in_(list(ids))).distinct()
    return frozenset(connection.execute(statement).scalars())


def heirs(connection: Connection, ids: Iterable[str]) -> frozenset[AddresseeKey]:
    """Return those of some recommendations with a body to which another's duties have passed."""
    rows = connection.execute(_HEIRS, {"ids": list(ids)}).all()
    return frozenset((row.recommendation_id, row.passed_to) for row in rows)


def join(connection: Connection, new: Addressee) -> None:
    """Add a body to a recommendation that others have been asked about before."""
    tallies.forget(connection, new.recommendation_id)
    addressees.add(connection, [new])
    recount(connection, new.recommendation_id)


def stand_again(connection: Connection, ended: Addressee) -> None:
    """Count a body again whose duties had passed on, since more passes to it now: an end may be recorded
    after that of its heir."""
    tallies.join(connection, [ended])


def recount(connection: Connection, recommendation_id: str) -> None:
    """Count a live recommendation's bodies anew, without those whose duties have passed on."""
    tallies.forget(connection, recommendation_id)
    everyone = addressees.of_recommendation(connection, recommendation_id)
    tallies.count_in(connection, [addressee for addressee in everyone if addressee.live])
