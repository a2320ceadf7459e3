"""What waits for approval, and how it was decided. All of it is in the history."""

from collections.abc import Collection, Iterable
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, and_, exists, func, literal_column, not_, or_, select, true

from bot.domain.register.addressee import Stage
from bot.domain.register.approval import Approval, approvals_by_seq
from bot.domain.register.people import ContactKind, Granted, Role
from bot.domain.register.update import DECIDES_APPROVAL, ON_APPROVAL, Update, UpdateKind
from storage import people
from storage import updates as history
from storage.tables.addressees import addressees
from storage.tables.history import updates
from storage.tables.people import grants

_KINDS = [kind.value for kind in ON_APPROVAL]
_DECISIONS = [kind.value for kind in DECIDES_APPROVAL]
_request = updates.alias("request")
_decision = updates.alias("decision")


def _is_request(request: Any) -> ColumnElement[bool]:
    # By a literal, as the index has it.
    return cast(ColumnElement[bool], request.c.kind == literal_column(f"'{UpdateKind.APPROVAL_ASKED}'"))


def _asks_for_what_stands(request: Any) -> ColumnElement[bool]:
    """Select the requests for the answer, or the completion, by which an addressee stands: in SQL what
    `needing_approval` of the domain says."""
    is_done = addressees.c.stage.in_(sorted(stage.value for stage in Stage if stage.is_done))
    return and_(
        _is_request(request),
        request.c.recommendation_id == addressees.c.recommendation_id,
        request.c.body_code == addressees.c.body_code,
        or_(
            request.c.about_seq == addressees.c.response_seq,
            and_(request.c.about_seq == addressees.c.progress_seq, is_done),
        ),
    )


def _is_decided(request: Any, kinds: Collection[str]) -> ColumnElement[bool]:
    return exists().where(_decision.c.about_seq == request.c.about_seq, _decision.c.kind.in_(kinds))


# The updates that ask for approval of what still stands, and that nobody has decided.
_WAITING = and_(
    _is_request(updates),
    not_(_is_decided(updates, _DECISIONS)),
    exists().where(_asks_for_what_stands(updates), addressees.c.live),
)
_WAS_ASKED_ABOUT = addressees.c.recommendation_id.in_(
    select(_request.c.recommendation_id).where(_is_request(_request))
)
_IS_ASKED = exists().where(_asks_for_what_stands(_request))
_IS_NOT_GIVEN = exists().where(
    _asks_for_what_stands(_request), not_(_is_decided(_request, [UpdateKind.APPROVED.value]))
)
# The addressees of which all that needs approval is approved: `Approvals.is_given` in SQL.
IS_GIVEN = and_(_WAS_ASKED_ABOUT, _IS_ASKED, not_(_IS_NOT_GIVEN))
# The addressees of which any of it waits, or was sent back: `Approvals.is_missing` in SQL.
IS_MISSING = and_(_WAS_ASKED_ABOUT, _IS_NOT_GIVEN)


def is_wanted(connection: Connection, body_code: str) -> bool:
    """Whether a body has named approvers, be they there or not."""
    has_approvers = exists().where(
        grants.c.role == Role.CONTACT.value,
        grants.c.body_code == body_code,
        grants.c.contact_kind == ContactKind.APPROVER.value,
    )
    return connection.execute(select(has_approvers)).scalar_one()


def approvers(connection: Connection, body_code: str) -> tuple[Granted, ...]:
    """Return whom a body has named, by name."""
    contacts = people.contacts(connection, body_code)
    return tuple(contact for contact in contacts if contact.kind is ContactKind.APPROVER)


def of_updates(connection: Connection, seqs: Iterable[int | None]) -> dict[int, Approval]:
    """Return how far the approval of recordings is, by their numbers; those that need none are missing."""
    numbers = sorted({seq for seq in seqs if seq})
    if not numbers:
        return {}
    about = history.with_names(connection, updates.c.about_seq.in_(numbers) & updates.c.kind.in_(_KINDS))
    return approvals_by_seq(sorted(about, key=lambda update: update.seq))


def waiting(
    connection: Connection, *, limit: int, body_codes: Collection[str] | None = None
) -> tuple[Update, ...]:
    """Return the recordings that wait for approval, of these bodies or of all, the oldest first."""
    statement = select(updates.c.about_seq).where(_WAITING, _of(body_codes)).order_by(history.BY_SEQ)
    seqs = [seq for seq in connection.execute(statement.limit(limit)).scalars() if seq]
    return history.in_order(connection, seqs)


def count_waiting(connection: Connection, body_codes: Collection[str] | None = None) -> int:
    statement = select(func.count()).select_from(updates).where(_WAITING, _of(body_codes))
    return connection.execute(statement).scalar_one()


def _of(body_codes: Collection[str] | None) -> ColumnElement[bool]:
    return true() if body_codes is None else updates.c.body_code.in_(list(body_codes))
