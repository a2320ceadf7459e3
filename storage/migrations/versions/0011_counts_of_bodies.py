"""How the live recommendations of each body stand is counted beside them, and each addressee knows its place
in its report and by when it owes anything."""

import sqlalchemy as sa
from alembic import op

from storage.types import Flag, LondonDate

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_addressees = sa.table(
    "addressees",
    *map(sa.column, ("recommendation_id", "body_code", "report_key", "position", "answer", "stage")),
    sa.column("live", Flag()),
    sa.column("owes_response", Flag()),
    sa.column("owes_action", Flag()),
    sa.column("respond_by", LondonDate()),
    sa.column("due_on", LondonDate()),
    sa.column("owed_by", LondonDate()),
)
_recommendations = sa.table("recommendations", *map(sa.column, ("id", "report_key", "position")))
_body_tallies = sa.table("body_tallies", *map(sa.column, ("body_code", "answer", "stage", "recommendations")))
_body_due_tallies = sa.table(
    "body_due_tallies",
    sa.column("body_code"),
    sa.column("owed_by", LondonDate()),
    sa.column("recommendations"),
)
_NO_DEADLINE = "9999-12-31"


def upgrade() -> None:
    _add_columns()
    _add_tables()
    _fill(op.get_bind())


def _add_columns() -> None:
    op.add_column("addressees", sa.Column("report_key", sa.Text(), nullable=False, server_default=""))
    op.add_column("addressees", sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("addressees", sa.Column("owed_by", LondonDate(), nullable=True))


def _add_tables() -> None:
    answers = "answer IN ('awaiting', 'accepted', 'accepted in part', 'not accepted')"
    stages = "stage IN ('not started', 'in progress', 'blocked', 'complete', 'checked')"
    op.create_table(
        "body_tallies",
        sa.Column("body_code", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("recommendations", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("body_code", "answer", "stage", name="pk_body_tallies"),
        sa.ForeignKeyConstraint(["body_code"], ["policing_bodies.code"], name="fk_body_tallies_body_code"),
        sa.CheckConstraint(answers, name=op.f("ck_body_tallies_answer")),
        sa.CheckConstraint(stages, name=op.f("ck_body_tallies_stage")),
        sa.CheckConstraint("recommendations >= 0", name=op.f("ck_body_tallies_recommendations")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "body_due_tallies",
        sa.Column("body_code", sa.Text(), nullable=False),
        sa.Column("owed_by", LondonDate(), nullable=False),
        sa.Column("recommendations", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("body_code", "owed_by", name="pk_body_due_tallies"),
        sa.ForeignKeyConstraint(
            ["body_code"], ["policing_bodies.code"], name="fk_body_due_tallies_body_code"
        ),
        sa.CheckConstraint("recommendations >= 0", name=op.f("ck_body_due_tallies_recommendations")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _fill(connection: sa.Connection) -> None:
    its = _addressees.c
    ofs = _recommendations.c.id == its.recommendation_id
    connection.execute(
        sa.update(_addressees).values(
            report_key=sa.select(_recommendations.c.report_key).where(ofs).scalar_subquery(),
            position=sa.select(_recommendations.c.position).where(ofs).scalar_subquery(),
            owed_by=_owed_by(),
        )
    )
    op.drop_index("ix_addressees_body", "addressees")
    op.create_index(
        "ix_addressees_standing",
        "addressees",
        ["body_code", "live", "answer", "stage", "report_key", "position", "owed_by"],
    )
    op.create_index(
        "ix_addressees_owed_by",
        "addressees",
        ["body_code", "live", "owed_by", "report_key", "position", "moved_on"],
    )
    live = its.live == sa.literal(True, Flag())
    for table, keys, counted in (
        (_body_tallies, (its.body_code, its.answer, its.stage), (live,)),
        (_body_due_tallies, (its.body_code, its.owed_by), (live, its.owed_by.is_not(None))),
    ):
        counts = sa.select(*keys, sa.func.count()).where(*counted).group_by(*keys)
        connection.execute(sa.insert(table).from_select([column.name for column in table.c], counts))


def _owed_by() -> sa.ColumnElement[object]:
    """Return the earlier of the deadlines of what is owed."""
    never = sa.literal_column(f"'{_NO_DEADLINE}'" if _is_sqlite() else f"DATE '{_NO_DEADLINE}'", LondonDate())
    response = sa.func.coalesce(_addressees.c.respond_by, never)
    action = sa.func.coalesce(_addressees.c.due_on, never)
    yes = sa.literal(True, Flag())
    owes_response, owes_action = _addressees.c.owes_response == yes, _addressees.c.owes_action == yes
    return sa.case(
        (owes_response & owes_action, sa.case((response < action, response), else_=action)),
        (owes_response, response),
        (owes_action, action),
        else_=sa.null(),
    )


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
