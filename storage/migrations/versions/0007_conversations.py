"""Where a message to a person was posted is kept with it, so that it can be looked for there."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("conversation", sa.Text(), nullable=True))
