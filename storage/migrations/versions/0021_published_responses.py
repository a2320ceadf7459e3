"""A report can ask bodies to publish their response by a day; what they record of it is found by an index."""

import sqlalchemy as sa
from alembic import op

from storage.types import LondonDate

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reports", sa.Column("publish_by", LondonDate(), nullable=True))
    condition = sa.text("kind = 'published response'")
    op.create_index(
        "ix_updates_published_response",
        "updates",
        ["recommendation_id", "body_code", "seq"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
