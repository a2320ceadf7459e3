"""What contacts chose not to be reminded of."""

from datetime import date

from sqlalchemy import Connection, delete, insert, select

from bot.domain.messages.reminder_readers import EVERYTHING, Choices
from bot.domain.register.people import PersonKey
from storage.tables.people import snoozes


def pause(connection: Connection, person: PersonKey, body_code: str) -> None:
    """Record that there are no reminders for a body until further notice; False where that was so already."""
    resume(connection, person, body_code)
    connection.execute(
        insert(snoozes),
        {
            "team_id": person.team_id,
            "user_id": person.user_id,
            "body_code": body_code,
            "recommendation_id": EVERYTHING,
            "until": None,
        },
    )


def resume(connection: Connection, person: PersonKey, body_code: str) -> bool:
    """End a pause, and return whether there was one."""
    resumed = connection.execute(
        delete(snoozes).where(
            snoozes.c.team_id == person.team_id,
            snoozes.c.user_id == person.user_id,
            snoozes.c.body_code == body_code,
            snoozes.c.recommendation_id == EVERYTHING,
        )
    )
    return resumed.rowcount > 0


def paused(connection: Connection) -> frozenset[tuple[PersonKey, str]]:
    """Return who paused the reminders of which body, by its code."""
    statement = select(snoozes.c.team_id, snoozes.c.user_id, snoozes.c.body_code).where(
        snoozes.c.recommendation_id == EVERYTHING, snoozes.c.until.is_(None)
    )
    return frozenset(
        (PersonKey(row.team_id, row.user_id), row.body_code) for row in connection.execute(statement)
    )


def snooze(
    connection: Connection, person: PersonKey, body_code: str, recommendation_id: str, until: date
) -> bool:
    """Record that there are no reminders before a London date of a recommendation, or of all that a body has
    open, or with no body either of anything; False where that was so already."""
    own_row = (
        snoozes.c.team_id == person.team_id,
        snoozes.c.user_id == person.user_id,
        snoozes.c.body_code == body_code,
        snoozes.c.recommendation_id == recommendation_id,
    )
    if connection.execute(select(snoozes.c.until).where(*own_row)).scalar_one_or_none() == until:
        return False
    connection.execute(delete(snoozes).where(*own_row))
    connection.execute(
        insert(snoozes),
        {
            "team_id": person.team_id,
            "user_id": person.user_id,
            "body_code": body_code,
            "recommendation_id": recommendation_id,
            "until": until,
        },
    )
    return True


def away_until(connection: Connection, person: PersonKey, today: date) -> date | None:
    """Return the London date on which somebody who is away will be back; None for who is not away."""
    statement = select(snoozes.c.until).where(
        snoozes.c.team_id == person.team_id,
        snoozes.c.user_id == person.user_id,
        snoozes.c.body_code == EVERYTHING,
        snoozes.c.until > today,
    )
    return connection.execute(statement).scalar_one_or_none()


def choices(connection: Connection, today: date) -> Choices:
    """Return what all contacts get no reminders of on a London date."""
    statement = select(snoozes).where(snoozes.c.until > today)
    return Choices(
        paused(connection),
        frozenset(
            (PersonKey(row.team_id, row.user_id), row.body_code, row.recommendation_id)
            for row in connection.execute(statement)
        ),
    )
