"""Everybody who may try an act of docs/authorisation.md, and whether it was done for them."""

from itertools import product

from bot.domain.register.people import Membership
from tests.authorisation.acts import do, prepare
from tests.authorisation.office import SECRET, Asker, Office
from tests.authorisation.table import Row

MEMBERSHIPS = (Membership.MEMBER, Membership.GUEST, Membership.STRANGER, Membership.DEACTIVATED)
ASKERS = [
    *(Asker("nothing", membership) for membership in MEMBERSHIPS),
    *(
        Asker("contact", membership, body)
        for membership, body in product(MEMBERSHIPS, ("own", "other", "ended"))
    ),
    *(Asker("coordinator", membership) for membership in MEMBERSHIPS),
]
# What is said to whoever may not.
REFUSALS = (
    "You cannot see the register yet",
    "Only coordinators can do this",
    "contacts can record for",
    "Only contacts can record, and you are not a contact of any body yet",
    "The internal form is for coordinators",
    "You can have the internal form of",
    "Only the person who recorded this",
    "approvers can decide this",
)
# By these a file, a picture or a post comes to whoever only looks.
SEND_WHAT_IS_SEEN = (
    "/recs export",
    "/recs map",
    "/recs chart",
    "/recs letter",
    "/recs return",
    "/recs calendar",
    "Share in channel",
    "File",
)
# A viewer, a body's own contact and a coordinator; and all others.
USUAL_ASKERS = [Asker(granted, Membership.MEMBER) for granted in ("nothing", "contact", "coordinator")]
RARE_ASKERS = [asker for asker in ASKERS if asker not in USUAL_ASKERS]


def may(asker: Asker, row: Row, taken: dict[tuple[str, str], str]) -> bool:
    is_ = taken[asker.granted, asker.membership.value]
    return is_ != "nobody" and row.allowed[asker.body if is_ == "contact" else is_]


def is_done(opened: Office, row: Row, asker: Asker) -> bool:
    """Whether the act is done when this asker tries it."""
    opened.receives(asker)
    prepared = prepare(opened, row)
    register, outbox = opened.register(), opened.outbox()
    shown = do(opened, row)
    recorded, sent = opened.register() != register, opened.outbox() != outbox
    if prepared or recorded or sent:
        opened.forgets()
    if row.changes:
        return recorded or sent
    assert not recorded
    # That a message was answered is noted in the outbox.
    assert (
        not sent or row.how.startswith(SEND_WHAT_IS_SEEN) or row.road in ("direct message", "mention", "file")
    )
    if "may not be quoted" in row.act:
        return SECRET in shown
    return bool(shown) and not any(refusal in shown for refusal in REFUSALS)
