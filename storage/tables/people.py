"""People, their roles, and what they chose to be told."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    Named,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypedColumns,
    false,
)

from bot.domain.register.people import ContactKind, Role
from storage.tables.metadata import metadata, one_of
from storage.types import Flag, LondonDate, UtcDateTime


class PersonColumns(TypedColumns):
    team_id: Named[str] = Column(Text)
    user_id: Named[str] = Column(Text)
    display_name: Named[str] = Column(Text)
    membership: Named[str] = Column(Text)  # a Membership
    refreshed_at: Named[datetime] = Column(UtcDateTime)  # when Slack was last asked about them
    opened_home: Named[bool] = Column(Flag, server_default=false())  # whether they have a Home
    home_owed_seq: Named[int | None] = Column(Integer)  # the update since which a drawing of it is owed


people = Table(
    "people",
    metadata,
    PersonColumns,
    PrimaryKeyConstraint("team_id", "user_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class GrantColumns(TypedColumns):
    team_id: Named[str] = Column(Text)
    user_id: Named[str] = Column(Text)
    role: Named[str] = Column(Text)  # a Role
    # '' for a coordinator: a primary key takes no nulls.
    body_code: Named[str] = Column(Text)
    granted_at: Named[datetime] = Column(UtcDateTime)
    contact_kind: Named[str] = Column(Text, server_default="main")  # a ContactKind


grants = Table(
    "grants",
    metadata,
    GrantColumns,
    PrimaryKeyConstraint("team_id", "user_id", "role", "body_code"),
    one_of("role", Role),
    CheckConstraint("(role = 'contact') = (body_code <> '')", "body"),
    one_of("contact_kind", ContactKind),
    Index(None, "role", "body_code"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class SnoozeColumns(TypedColumns):
    team_id: Named[str] = Column(Text)
    user_id: Named[str] = Column(Text)
    body_code: Named[str] = Column(Text)
    # '' for everything the body owes: a primary key takes no nulls.
    recommendation_id: Named[str] = Column(Text)
    until: Named[date | None] = Column(LondonDate)  # None for until they resume


# What a contact chose not to be reminded of.
snoozes = Table(
    "snoozes",
    metadata,
    SnoozeColumns,
    PrimaryKeyConstraint("team_id", "user_id", "body_code", "recommendation_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class FollowColumns(TypedColumns):
    reader: Named[str] = Column(Text)  # a person (T0HOME/U0KIM), or a channel (C0COORD)
    subject: Named[str] = Column(Text)  # what is followed: body:E23000032, recommendation:stalking-15
    seq: Named[int] = Column(Integer)  # the update by which it is followed; what came later is told


follows = Table(
    "follows",
    metadata,
    FollowColumns,
    PrimaryKeyConstraint("reader", "subject"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class ChannelColumns(TypedColumns):
    id: Named[str] = Column(Text, primary_key=True)
    name: Named[str] = Column(Text)  # as Slack last called it, without its #


# The channels that follow something, or did.
channels = Table("channels", metadata, ChannelColumns, sqlite_strict=True)
