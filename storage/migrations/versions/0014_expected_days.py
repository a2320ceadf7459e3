"""The day on which a body itself expects to be done stands beside its deadline, with how often and by how
many days the deadline was moved, which is counted from the history."""

import json
from datetime import date

import sqlalchemy as sa
from alembic import op

from storage.types import LondonDate

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_COUNTS = ("slips", "slip_days", "expectation_moves")
_addressees = sa.table(
    "addressees", *map(sa.column, ("recommendation_id", "body_code", "slips", "slip_days"))
)
_updates = sa.table("updates", *map(sa.column, ("seq", "kind", "recommendation_id", "body_code", "changes")))
# Only an extension is taken back with a deadline.
_MOVES_DEADLINES = ("extension granted", "undo")


def upgrade() -> None:
    op.add_column("addressees", sa.Column("expected_on", LondonDate(), nullable=True))
    for name in _COUNTS:
        op.add_column("addressees", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    is_expected = sa.text("expected_on IS NOT NULL")
    op.create_index(
        "ix_addressees_expected_on",
        "addressees",
        ["expected_on", "due_on"],
        sqlite_where=is_expected,
        postgresql_where=is_expected,
    )
    _count(op.get_bind())


def _count(connection: sa.Connection) -> None:
    counted: dict[tuple[str, str], list[int]] = {}
    history = (
        sa.select(_updates)
        .where(_updates.c.kind.in_(_MOVES_DEADLINES), _updates.c.changes.like('%"due_on"%'))
        .order_by(_updates.c.seq)
    )
    for update in connection.execute(history):
        for change in json.loads(update.changes):
            if change["what"] == "due_on" and change["was"] and change["now"]:
                days = (date.fromisoformat(change["now"]) - date.fromisoformat(change["was"])).days
                # As `transition.apply` counts.
                slips = counted.setdefault((update.recommendation_id, update.body_code), [0, 0])
                slips[0] += 1 if days > 0 else -1
                slips[1] += days
    for (recommendation_id, body_code), (slips_in_all, days_in_all) in counted.items():
        connection.execute(
            sa.update(_addressees)
            .where(_addressees.c.recommendation_id == recommendation_id, _addressees.c.body_code == body_code)
            .values(slips=slips_in_all, slip_days=days_in_all)
        )
