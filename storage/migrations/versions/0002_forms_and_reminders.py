"""Parts addressed, deputies, who has a Home, and what a contact asked not to be reminded of."""

import sqlalchemy as sa
from alembic import op

from storage.types import Flag, LondonDate

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("addressees", sa.Column("parts_addressed", sa.Text(), server_default="", nullable=False))
    op.add_column("people", sa.Column("opened_home", Flag(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("grants") as grants:
        grants.add_column(sa.Column("standing", sa.Text(), server_default="main", nullable=False))
        grants.create_check_constraint(op.f("ck_grants_standing"), "standing IN ('main', 'deputy')")
    op.create_table(
        "snoozes",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("body_code", sa.Text(), nullable=False),
        sa.Column("recommendation_id", sa.Text(), nullable=False),
        sa.Column("until", LondonDate(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "user_id", "body_code", "recommendation_id", name="pk_snoozes"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
