"""A contact can be an approver, in a column called by the kind; approval requests and holds have indexes."""

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
        grants.alter_column("standing", new_column_name="contact_kind")
        grants.create_check_constraint(
            op.f("ck_grants_contact_kind"), "contact_kind IN ('main', 'deputy', 'approver')"
        )
    for name, kind in _FOUND.items():
        condition = sa.text(f"kind = '{kind}'")
        op.create_index(
            f"ix_updates_{name}",
            "updates",
            ["recommendation_id", "body_code", "seq"],
            sqlite_where=condition,
            postgresql_where=condition,
        )
