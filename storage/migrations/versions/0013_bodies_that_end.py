"""Who stands in the place of a body that ended, where predecessors differ, and what is known of an end."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_addressees = sa.table("addressees", *map(sa.column, ("recommendation_id", "body_code", "passed_to")))
_updates = sa.table("updates", *map(sa.column, ("seq", "kind", "recommendation_id", "body_code", "changes")))


def upgrade() -> None:
    for name in ("official_code", "ending_sureness", "ending_source", "divided", "contacts_pass"):
        op.add_column("policing_bodies", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("addressees", sa.Column("passed_to", sa.Text(), nullable=True))
    op.add_column("addressees", sa.Column("undecided", sa.Text(), nullable=False, server_default=""))
    for name, columns, condition in (
        ("ix_addressees_passed_to", ["passed_to", "recommendation_id"], sa.text("passed_to IS NOT NULL")),
        ("ix_addressees_undecided", ["undecided"], sa.text("undecided <> ''")),
    ):
        op.create_index(name, "addressees", columns, sqlite_where=condition, postgresql_where=condition)
    _name_heirs(op.get_bind())


def _name_heirs(connection: sa.Connection) -> None:
    """Say of duties that have passed on already to whom they did."""
    passed = sa.select(_updates).where(_updates.c.kind == "duties passed on").order_by(_updates.c.seq)
    for row in connection.execute(passed).all():
        for change in json.loads(row.changes):
            if change["what"] == "passed to":
                connection.execute(
                    sa.update(_addressees)
                    .where(
                        _addressees.c.recommendation_id == row.recommendation_id,
                        _addressees.c.body_code == row.body_code,
                    )
                    .values(passed_to=change["now"])
                )
