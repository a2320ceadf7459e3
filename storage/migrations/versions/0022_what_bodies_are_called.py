"""A body is called, or is of a kind, from a day on; what it was before is found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_WHERE = sa.text("kind = 'body changed'")


def upgrade() -> None:
    for name in ("planned_facts", "planned_source"):
        op.add_column("policing_bodies", sa.Column(name, sa.Text(), nullable=True))
    op.create_index(
        "ix_updates_body_changed",
        "updates",
        ["recommendation_id", "body_code", "seq"],
        sqlite_where=_WHERE,
        postgresql_where=_WHERE,
    )
