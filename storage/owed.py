"""What is still to be done after words were erased or taken back: stored in the same transaction, so that a
process that is killed leaves it to the next one."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, update

from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.register.people import PersonKey
from storage.changing import change_each
from storage.tables.deliveries import deliveries
from storage.tables.history import owed_cleanings
from storage.tables.people import people

_OWE_CLEANING = insert(owed_cleanings).values(seq=bindparam("of_seq"))
_CLEANING_THROUGH = select(func.max(owed_cleanings.c.seq))
_CLEANED = delete(owed_cleanings).where(owed_cleanings.c.seq <= bindparam("through"))
_IS_OWED = people.c.home_owed_seq.is_not(None)
_WHO = and_(people.c.team_id == bindparam("of_team"), people.c.user_id == bindparam("of_user"))
_OWED_HOMES = (
    select(people.c.team_id, people.c.user_id)
    .where(_IS_OWED)
    .order_by(people.c.home_owed_seq, people.c.user_id)
)
_OWE_HOME = update(people).where(_WHO).values(home_owed_seq=bindparam("of_seq"))
_HOME_OWED = select(people.c.home_owed_seq).where(_WHO)
_HOME_DRAWN = (
    update(people).where(_WHO, people.c.home_owed_seq <= bindparam("through")).values(home_owed_seq=None)
)
_POSTS = (
    select(func.count())
    .select_from(deliveries)
    .where(deliveries.c.state == DeliveryState.SENT.value, deliveries.c.not_before.is_not(None))
)


def owe_cleaning(connection: Connection, seq: int) -> None:
    """Record that the files hold words which update `seq` erased."""
    connection.execute(_OWE_CLEANING, {"of_seq": seq})


def cleaning_through(connection: Connection) -> int | None:
    """Return the last update that erased words which the files may still hold; None where all is clean."""
    through: int | None = connection.execute(_CLEANING_THROUGH).scalar_one()
    return through


def cleaned(connection: Connection, through: int) -> None:
    """Record that the files were cleaned after update `through` had been recorded."""
    connection.execute(_CLEANED, {"through": through})


def owe_every_home(connection: Connection, seq: int) -> None:
    """Owe a drawing to whoever has a Home, also without a role by now: they may see there what update `seq`
    erased."""
    connection.execute(update(people).where(people.c.opened_home).values(home_owed_seq=seq))


def owe_homes(connection: Connection, seq: int, readers: Iterable[PersonKey]) -> None:
    """Owe a drawing to these people, whose Homes show what update `seq` took back."""
    rows = [{"of_team": person.team_id, "of_user": person.user_id, "of_seq": seq} for person in readers]
    change_each(connection, _OWE_HOME, rows)


def homes(connection: Connection) -> tuple[PersonKey, ...]:
    """Return whose Homes are to be drawn anew, the longest owed first."""
    return tuple(PersonKey(*row) for row in connection.execute(_OWED_HOMES).all())


def home(connection: Connection, person: PersonKey) -> int | None:
    """Return the update since which a Home is owed; None where it is not."""
    parameters = {"of_team": person.team_id, "of_user": person.user_id}
    owed: int | None = connection.execute(_HOME_OWED, parameters).scalar_one_or_none()
    return owed


def home_drawn(connection: Connection, person: PersonKey, through: int) -> None:
    """Record that a Home was drawn from what stood after update `through`."""
    parameters = {"of_team": person.team_id, "of_user": person.user_id, "through": through}
    connection.execute(_HOME_DRAWN, parameters)


def counts(connection: Connection) -> Mapping[str, int]:
    """Count what is owed of each kind: cleanings of the files, posts to be edited, Homes to be drawn anew."""
    return {
        "files": connection.execute(select(func.count()).select_from(owed_cleanings)).scalar_one(),
        "posts": connection.execute(_POSTS).scalar_one(),
        "homes": connection.execute(select(func.count()).select_from(people).where(_IS_OWED)).scalar_one(),
    }
