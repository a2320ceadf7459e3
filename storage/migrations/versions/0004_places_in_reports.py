"""A recommendation's place in its report follows its number: 1, 1a, 2, 10, whatever order they came in."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_recommendations = sa.table("recommendations", sa.column("id"), sa.column("number"), sa.column("position"))


def upgrade() -> None:
    connection = op.get_bind()
    numbers = connection.execute(sa.select(_recommendations.c.id, _recommendations.c.number)).all()
    for recommendation_id, number in numbers:
        connection.execute(
            sa.update(_recommendations)
            .where(_recommendations.c.id == recommendation_id)
            .values(position=_place_of(number))
        )


def _place_of(number: str) -> int:
    """Return the place as `bot.domain.register.recommendation.place_of` had it when this was written."""
    levels = [int(level) for level in re.findall("[0-9]+", number)[:3]]
    place = 0
    for level in (*levels, *[0] * (3 - len(levels))):
        place = place * 100 + level
    letter = number[-1:]
    return place * 27 + (ord(letter) - ord("a") + 1 if letter.isalpha() else 0)
