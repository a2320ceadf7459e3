"""The deadlines of several bodies, counted where more of them owe it than there are others, and looked up
where fewer do."""

import random
from contextlib import closing
from datetime import date

from bot.domain.register.addressee import Answer, Duty, Stage
from bot.domain.register.due import Due
from bot.domain.values import replace
from storage import addressees, bodies, due_of_bodies
from storage.database import Connection
from tests.cast import a_recommendation, stalking_case
from tests.operations.cases import DEADLINE, add

FROM_DAY, BEFORE = date(2025, 1, 1), date(2026, 1, 1)
IDS = ("stalking-15", "stalking-16", "stalking-25", "stalking-40")


def test_what_any_of_several_bodies_owes_is_counted_once(database_url: str) -> None:
    chance = random.Random(4)
    register = stalking_case(database_url)
    with closing(register.store.database):
        add(register, a_recommendation("40", due_on=DEADLINE), ("kent", "gwent"), answer=Answer.AWAITING)
        with register.store.reading() as connection:
            everyone = [body.code for body in bodies.everyone(connection)]
        with register.store.begin() as connection:
            # Of one all are done, of one nobody; of the others some are, and one of them nearly everywhere.
            for id_, still_owing in ((IDS[0], 0), (IDS[1], 3), (IDS[2], 40)):
                for code in chance.sample(everyone, len(everyone) - still_owing):
                    row = addressees.get(connection, id_, code)
                    assert row is not None
                    addressees.save(connection, row, replace(row, stage=Stage.COMPLETE))
        with register.store.reading() as connection:
            for size in (1, 1, 1, 2, 4, 4, 39, 41, 42, len(everyone)):
                codes = chance.sample(everyone, size)
                due = due_of(connection, codes)
                assert due_of_bodies.count(connection, codes, FROM_DAY, BEFORE) == len(due)
                for offset in range(len(due) + 1):
                    page = due_of_bodies.page(connection, codes, FROM_DAY, BEFORE, limit=2, offset=offset)
                    assert page == tuple(due[offset : offset + 2])


def due_of(connection: Connection, codes: list[str]) -> list[Due]:
    """Count it of each row, in order: by deadline, then as recommendations are numbered."""
    rows = addressees.of_recommendations(connection, IDS, codes)
    keys = sorted(
        {
            (day, row.recommendation_id, duty is Duty.ACTION)
            for row in rows
            for duty in Duty
            if (day := row.deadline(duty))
        }
    )
    due = []
    for day, id_, completes in keys:
        duty = Duty.ACTION if completes else Duty.RESPONSE
        asked_of = [row for row in rows if row.recommendation_id == id_ and row.deadline(duty) == day]
        owed = sum(row.owes(duty) for row in asked_of)
        if owed and FROM_DAY <= day < BEFORE:
            due.append(Due(duty, day, id_, len(asked_of), owed))
    return due
