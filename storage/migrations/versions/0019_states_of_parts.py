"""Each part of a recommendation has a state of its own with a body."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("addressees", sa.Column("part_states", sa.Text(), nullable=False, server_default=""))
