"""A digest keeps hashes of what its parts say, so that the next one can say that nothing is new there."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("says_json", sa.Text(), nullable=True))
