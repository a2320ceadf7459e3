"""A recommendation has an official wording with its source, a short form, others to whom it is addressed,
themes and a mark of priority; a link to evidence has a title, which is erased with the words."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import guards
from storage.types import Flag

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("quoted_from", "short_form", "others_addressed", "themes"):
        op.add_column("recommendations", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("recommendations", sa.Column("priority", Flag(), nullable=True))
    op.add_column("updates", sa.Column("evidence_title", sa.Text(), nullable=True))
    guards.install(op.get_bind())
