"""A contact can be an approver; what asks for approval, and what places a hold, is found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_FOUND = {"approval_asked": "approval asked for", "hold_placed": "hold placed"}


def upgrade() -> None:
    with op.batch_alter_table("grants") as grants:
        grants.drop_constraint(op.f("ck_grants_standing"), type_="check")
        grants.create_check_constraint(
            op.f("ck_grants_standing"), "standing IN ('main', 'deputy', 'approver')"
        )
    for name, kind in _FOUND.items():
        where = sa.text(f"kind = '{kind}'")
        op.create_index(
            f"ix_updates_{name}",
            "updates",
            ["recommendation_id", "body_code", "seq"],
            sqlite_where=where,
            postgresql_where=where,
        )
