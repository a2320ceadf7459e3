"""What people and channels follow, each by the update that said so."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from bot.domain.register.following import Follow, Reader, Subject
from storage import upserts
from storage.tables.history import updates
from storage.tables.people import channels, follows


def add(connection: Connection, follow: Follow, seq: int) -> None:
    """Record that something is followed since update `seq`. It must not be followed already."""
    connection.execute(
        insert(follows), {"reader": follow.reader.name, "subject": str(follow.subject), "seq": seq}
    )


def remove(connection: Connection, follow: Follow) -> bool:
    """End following a subject, and return whether it was followed."""
    removed = connection.execute(
        delete(follows).where(
            follows.c.reader == follow.reader.name, follows.c.subject == str(follow.subject)
        )
    )
    return removed.rowcount > 0


def followed_by(connection: Connection, reader: Reader) -> Mapping[Subject, int]:
    """Return what a reader follows, each with the number of the update since which, in the order of these
    numbers."""
    statement = select(follows).where(follows.c.reader == reader.name).order_by(follows.c.seq)
    return {Subject.read(row.subject): row.seq for row in connection.execute(statement).all()}


def readers(connection: Connection) -> Mapping[Reader, datetime]:
    """Return everybody who follows anything, by name, each with the UTC instant since which they do."""
    since = func.min(updates.c.recorded_at).label("since")
    statement = (
        select(follows.c.reader, since)
        .select_from(follows.join(updates, updates.c.seq == follows.c.seq))
        .group_by(follows.c.reader)
        .order_by(follows.c.reader)
    )
    return {Reader(row.reader): row.since for row in connection.execute(statement).all()}


def of_channels(connection: Connection) -> tuple[Follow, ...]:
    """Return what channels follow, by channel."""
    statement = (
        select(follows).where(follows.c.reader.not_like("%/%")).order_by(follows.c.reader, follows.c.seq)
    )
    return tuple(
        Follow(Reader(row.reader), Subject.read(row.subject)) for row in connection.execute(statement).all()
    )


def name_channel(connection: Connection, channel: str, name: str) -> None:
    """Remember how Slack calls a channel now."""
    statement = upserts.insert(connection, channels).values(id=channel, name=name)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"name": name}))


def channel_names(connection: Connection) -> Mapping[str, str]:
    """Return by id how Slack called the channels that follow something, or did."""
    return {row.id: row.name for row in connection.execute(select(channels)).all()}
