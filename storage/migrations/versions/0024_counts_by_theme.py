"""How what is asked stands is counted by the themes of recommendations too."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

# In the place of a report's key stand the themes, after a #.
_ROWS = " FROM addressees a JOIN recommendations r ON r.id = a.recommendation_id WHERE a.live = {yes}"
_THEMES = "'#' || coalesce(r.themes, '')"


def upgrade() -> None:
    rows = _ROWS.format(yes="1" if op.get_bind().dialect.name == "sqlite" else "TRUE")
    for body in ("a.body_code", "''"):
        op.execute(
            "INSERT INTO group_tallies (body_code, report_key, answer, stage, marks, addressees)"
            f" SELECT {body}, {_THEMES}, a.answer, a.stage, a.marks, count(*){rows} GROUP BY 1, 2, 3, 4, 5"
        )
    for what, column, otherwise in (
        ("owed by", "owed_by", "9999-12-31"),
        ("moved on", "moved_on", "0001-01-01"),
    ):
        op.execute(
            "INSERT INTO group_day_tallies (body_code, report_key, what, day, addressees)"
            f" SELECT '', {_THEMES}, '{what}', coalesce(a.{column}, '{otherwise}'), count(*){rows}"
            " AND a.owed_by IS NOT NULL GROUP BY 1, 2, 3, 4"
        )
