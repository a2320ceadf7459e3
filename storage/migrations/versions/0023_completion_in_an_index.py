"""By when a body has to complete what it owes stands in the index of what it owes."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_COLUMNS = ("body_code", "live", "owed_by", "report_key", "position", "moved_on", "answer", "stage", "marks")


def upgrade() -> None:
    op.drop_index("ix_addressees_owed_by", "addressees")
    op.create_index("ix_addressees_owed_by", "addressees", [*_COLUMNS, "owes_action", "due_on"])
