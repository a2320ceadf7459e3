"""What the inspectorate has closed is a progress of its own, with its day and level."""

import sqlalchemy as sa
from alembic import op

from storage.types import LondonDate

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_STAGES = "stage IN ('not started', 'in progress', 'blocked', 'complete', 'checked'"


def upgrade() -> None:
    op.add_column("addressees", sa.Column("closed_on", LondonDate(), nullable=True))
    op.add_column("addressees", sa.Column("closing_level", sa.Text(), nullable=False, server_default=""))
    for table in ("addressees", "group_tallies"):
        _let_be_closed(op.get_bind(), table)


def _let_be_closed(connection: sa.Connection, table: str) -> None:
    """Let the stage of a table be `closed` too. SQLite changes no check: the table is built anew."""
    if connection.dialect.name != "sqlite":
        op.drop_constraint(f"ck_{table}_stage", table)
        op.create_check_constraint(op.f(f"ck_{table}_stage"), table, f"{_STAGES}, 'closed')")
        return
    objects = connection.execute(
        sa.text("SELECT type, name, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL"),
        {"table": table},
    ).all()
    for kind, name, sql in objects:
        if kind == "table":
            anew = sql.replace(f"{_STAGES})", f"{_STAGES}, 'closed')")
            if anew == sql:
                raise RuntimeError(f"{name} has no check of its stages")
            connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {table}_before")
            connection.exec_driver_sql(anew)
            connection.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM {table}_before")  # noqa: S608
            connection.exec_driver_sql(f"DROP TABLE {table}_before")
    for kind, _, sql in objects:
        if kind == "index":
            connection.exec_driver_sql(sql)
