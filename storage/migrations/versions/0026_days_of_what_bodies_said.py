"""What a body had said by a day is found by an index."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_updates_body_code_kind_stands_from", "updates", ["body_code", "kind", "stands_from"])
