"""A contact can be an approver; and what asks for approval is found among all updates by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ASKS = sa.text("kind = 'approval asked for'")


def upgrade() -> None:
    with op.batch_alter_table("grants") as grants:
        grants.drop_constraint(op.f("ck_grants_standing"), type_="check")
        grants.create_check_constraint(
            op.f("ck_grants_standing"), "standing IN ('main', 'deputy', 'approver')"
        )
    op.create_index(
        "ix_updates_approval_asked",
        "updates",
        ["recommendation_id", "body_code", "seq"],
        sqlite_where=_ASKS,
        postgresql_where=_ASKS,
    )
