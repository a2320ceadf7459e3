"""What sending once needs to know of a delivery beyond its state."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("first_real_at", UtcDateTime(), nullable=True))
    op.add_column("deliveries", sa.Column("sweeps", sa.Integer(), server_default="0", nullable=False))
    op.add_column("deliveries", sa.Column("sweep_at", UtcDateTime(), nullable=True))
    op.add_column("deliveries", sa.Column("duplicates", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_deliveries_sweep_at", "deliveries", ["sweep_at"], unique=False)
