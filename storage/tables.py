"""The tables of the register. `storage/migrations` builds them; a test holds the two together."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Named,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
    false,
    text,
)

from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.register.addressee import Answer, Duty, Stage
from bot.domain.register.people import ContactKind, Role
from bot.domain.register.recommendation import PartKind, RecommendationKind, RecommendationStatus
from storage.types import Flag, LondonDate, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(column: str, states: type[StrEnum]) -> CheckConstraint:
    """Named as its column. A new state needs a migration, which a test asks for."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(state.value) for state in states)})", column)


class ReportColumns(TypedColumns):
    key: Named[str] = Column(Text, primary_key=True)
    title: Named[str] = Column(Text)
    publishers: Named[str] = Column(Text)
    published_on: Named[date] = Column(LondonDate)
    url: Named[str] = Column(Text)


reports = Table("reports", metadata, ReportColumns, sqlite_strict=True)


class RecommendationColumns(TypedColumns):
    id: Named[str] = Column(Text, primary_key=True)
    report_key: Named[str] = Column(Text)
    number: Named[str] = Column(Text)
    position: Named[int] = Column(Integer)
    kind: Named[str] = Column(Text)
    wording: Named[str] = Column(Text)
    status: Named[str] = Column(Text)
    superseded_by: Named[str | None] = Column(Text)
    joint_with: Named[str] = Column(Text)
    respond_by: Named[date | None] = Column(LondonDate)
    due_on: Named[date | None] = Column(LondonDate)
    derived_from: Named[str] = Column(Text)
    source: Named[str] = Column(Text)


recommendations = Table(
    "recommendations",
    metadata,
    RecommendationColumns,
    ForeignKeyConstraint(["report_key"], ["reports.key"]),
    UniqueConstraint("report_key", "number"),
    one_of("kind", RecommendationKind),
    one_of("status", RecommendationStatus),
    CheckConstraint("length(wording) <= 3000", "wording_length"),
    Index(None, "number", "status"),
    Index("ix_recommendations_in_order", "status", "report_key", "position", "number", "kind"),
    sqlite_strict=True,
)


class PartColumns(TypedColumns):
    recommendation_id: Named[str] = Column(Text)
    label: Named[str] = Column(Text)
    position: Named[int] = Column(Integer)
    kind: Named[str] = Column(Text)
    text: Named[str] = Column(Text)


parts = Table(
    "parts",
    metadata,
    PartColumns,
    PrimaryKeyConstraint("recommendation_id", "label"),
    ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"]),
    one_of("kind", PartKind),
    sqlite_strict=True,
)


class PolicingBodyColumns(TypedColumns):
    code: Named[str] = Column(Text, primary_key=True)
    slug: Named[str] = Column(Text)
    short_name: Named[str] = Column(Text)
    force_name: Named[str] = Column(Text)
    area_name: Named[str] = Column(Text)
    name: Named[str] = Column(Text)
    kind: Named[str] = Column(Text)
    region: Named[str] = Column(Text)
    country: Named[str] = Column(Text)
    tile_row: Named[int] = Column(Integer)
    tile_col: Named[int] = Column(Integer)
    first_day: Named[date | None] = Column(LondonDate)
    last_day: Named[date | None] = Column(LondonDate)
    successor_code: Named[str | None] = Column(Text)


policing_bodies = Table(
    "policing_bodies",
    metadata,
    PolicingBodyColumns,
    UniqueConstraint("slug"),
    ForeignKeyConstraint(["successor_code"], ["policing_bodies.code"]),
    sqlite_strict=True,
)


class BodyAliasColumns(TypedColumns):
    body_code: Named[str] = Column(Text)
    alias: Named[str] = Column(Text)


body_aliases = Table(
    "body_aliases",
    metadata,
    BodyAliasColumns,
    PrimaryKeyConstraint("body_code", "alias"),
    ForeignKeyConstraint(["body_code"], ["policing_bodies.code"]),
    sqlite_strict=True,
)


class AddresseeColumns(TypedColumns):
    recommendation_id: Named[str] = Column(Text)
    body_code: Named[str] = Column(Text)
    live: Named[bool] = Column(Flag)
    answer: Named[str] = Column(Text)
    stage: Named[str] = Column(Text)
    parts_addressed: Named[str] = Column(Text, server_default="")
    respond_by: Named[date | None] = Column(LondonDate)
    due_on: Named[date | None] = Column(LondonDate)
    owes_response: Named[bool] = Column(Flag)
    owes_action: Named[bool] = Column(Flag)
    moved_on: Named[date | None] = Column(LondonDate)
    version: Named[int] = Column(Integer)
    response_seq: Named[int | None] = Column(Integer)
    progress_seq: Named[int | None] = Column(Integer)
    face_seq: Named[int | None] = Column(Integer)
    face_kind: Named[str] = Column(Text)
    face_team: Named[str] = Column(Text)
    face_user: Named[str] = Column(Text)
    face_at: Named[datetime | None] = Column(UtcDateTime)
    face_excerpt: Named[str] = Column(Text)
    face_quotable: Named[bool] = Column(Flag)


addressees = Table(
    "addressees",
    metadata,
    AddresseeColumns,
    PrimaryKeyConstraint("recommendation_id", "body_code"),
    ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"]),
    ForeignKeyConstraint(["body_code"], ["policing_bodies.code"]),
    one_of("answer", Answer),
    one_of("stage", Stage),
    CheckConstraint("length(face_excerpt) <= 120", "excerpt_length"),
    Index("ix_addressees_owes_response", "owes_response", "respond_by", "recommendation_id"),
    Index("ix_addressees_owes_action", "owes_action", "due_on", "recommendation_id"),
    Index("ix_addressees_body", "body_code", "live"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class TallyColumns(TypedColumns):
    recommendation_id: Named[str] = Column(Text)
    what: Named[str] = Column(Text)
    value: Named[str] = Column(Text)
    bodies: Named[int] = Column(Integer)


tallies = Table(
    "tallies",
    metadata,
    TallyColumns,
    PrimaryKeyConstraint("recommendation_id", "what", "value"),
    ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"]),
    CheckConstraint("what IN ('answer', 'stage')", "what"),
    CheckConstraint("bodies >= 0", "bodies"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class DueTallyColumns(TypedColumns):
    duty: Named[str] = Column(Text)
    deadline: Named[date] = Column(LondonDate)
    recommendation_id: Named[str] = Column(Text)
    addressed: Named[int] = Column(Integer)
    owed: Named[int] = Column(Integer)


due_tallies = Table(
    "due_tallies",
    metadata,
    DueTallyColumns,
    PrimaryKeyConstraint("duty", "deadline", "recommendation_id"),
    ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"]),
    one_of("duty", Duty),
    CheckConstraint("owed >= 0 AND owed <= addressed", "owed"),
    Index(
        "ix_due_tallies_owed",
        "duty",
        "deadline",
        "recommendation_id",
        "owed",
        sqlite_where=text("owed > 0"),
        postgresql_where=text("owed > 0"),
    ),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class UpdateColumns(TypedColumns):
    seq: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    prev: Named[str] = Column(Text)
    hash: Named[str] = Column(Text)
    words_digest: Named[str] = Column(Text)
    salt: Named[str | None] = Column(Text)
    text: Named[str | None] = Column(Text)
    evidence_url: Named[str | None] = Column(Text)
    decided_by: Named[str | None] = Column(Text)
    kind: Named[str] = Column(Text)
    recorded_at: Named[datetime] = Column(UtcDateTime)
    team_id: Named[str | None] = Column(Text)
    user_id: Named[str | None] = Column(Text)
    on_behalf: Named[bool] = Column(Flag)
    recommendation_id: Named[str | None] = Column(Text)
    body_code: Named[str | None] = Column(Text)
    stands_from: Named[date] = Column(LondonDate)
    changes: Named[str] = Column(Text)
    about_seq: Named[int | None] = Column(Integer)
    quotable: Named[bool] = Column(Flag)
    source: Named[str] = Column(Text)
    via: Named[str] = Column(Text)
    request_key: Named[str | None] = Column(Text)
    request_item: Named[int] = Column(Integer)


updates = Table(
    "updates",
    metadata,
    UpdateColumns,
    UniqueConstraint("request_key", "request_item"),
    CheckConstraint("seq > 0", "seq"),
    CheckConstraint("length(text) <= 3000", "text_length"),
    Index(None, "recommendation_id", "body_code", "seq"),
    Index(None, "body_code", "seq"),
    Index(None, "about_seq"),
    Index(None, "team_id", "user_id", "seq"),
    sqlite_strict=True,
)


class ChainHeadColumns(TypedColumns):
    id: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    seq: Named[int] = Column(Integer)
    hash: Named[str] = Column(Text)
    names_seq: Named[int] = Column(Integer)


# One row. `names_seq` is the update that last changed what a name can mean (a body, a report).
chain_head = Table(
    "chain_head",
    metadata,
    ChainHeadColumns,
    CheckConstraint("id = 1", "one_row"),
    sqlite_strict=True,
)


class PersonColumns(TypedColumns):
    team_id: Named[str] = Column(Text)
    user_id: Named[str] = Column(Text)
    display_name: Named[str] = Column(Text)
    membership: Named[str] = Column(Text)
    refreshed_at: Named[datetime] = Column(UtcDateTime)
    opened_home: Named[bool] = Column(Flag, server_default=false())
    # the update since which what stands on the Home is to be drawn anew
    home_owed_seq: Named[int | None] = Column(Integer)


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
    role: Named[str] = Column(Text)
    # '' for a coordinator: a primary key takes no nulls.
    body_code: Named[str] = Column(Text)
    granted_at: Named[datetime] = Column(UtcDateTime)
    standing: Named[str] = Column(Text, server_default="main")


grants = Table(
    "grants",
    metadata,
    GrantColumns,
    PrimaryKeyConstraint("team_id", "user_id", "role", "body_code"),
    one_of("role", Role),
    CheckConstraint("(role = 'contact') = (body_code <> '')", "body"),
    one_of("standing", ContactKind),
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
    until: Named[date | None] = Column(LondonDate)


# What a contact asked not to be reminded of: until a London date, or where there is none until they say so.
snoozes = Table(
    "snoozes",
    metadata,
    SnoozeColumns,
    PrimaryKeyConstraint("team_id", "user_id", "body_code", "recommendation_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class DeliveryColumns(TypedColumns):
    key: Named[str] = Column(Text, primary_key=True)
    kind: Named[str] = Column(Text)
    slot_local: Named[str] = Column(Text)
    channel: Named[str] = Column(Text)
    follows: Named[str | None] = Column(Text)
    through_seq: Named[int | None] = Column(Integer)
    payload_json: Named[str | None] = Column(Text)
    payload_sha: Named[str] = Column(Text)
    state: Named[str] = Column(Text)
    fence: Named[int] = Column(Integer)
    owner: Named[str] = Column(Text)
    attempts: Named[int] = Column(Integer)
    first_send_at: Named[datetime | None] = Column(UtcDateTime)
    first_real_at: Named[datetime | None] = Column(UtcDateTime)
    not_before: Named[datetime | None] = Column(UtcDateTime)
    ts: Named[str | None] = Column(Text)
    error: Named[str] = Column(Text)
    # how often it was looked for duplicates, when that comes next (real time), and how many were removed
    sweeps: Named[int] = Column(Integer, server_default="0")
    sweep_at: Named[datetime | None] = Column(UtcDateTime)
    duplicates: Named[int] = Column(Integer, server_default="0")
    created_at: Named[datetime] = Column(UtcDateTime)
    updated_at: Named[datetime] = Column(UtcDateTime)
    # the id (D…) of the conversation in which a message to a person is posted
    conversation: Named[str | None] = Column(Text)


deliveries = Table(
    "deliveries",
    metadata,
    DeliveryColumns,
    one_of("state", DeliveryState),
    Index(None, "state", "not_before"),
    Index(None, "kind", "created_at"),
    Index(None, "sweep_at"),
    sqlite_strict=True,
)


class OwedCleaningColumns(TypedColumns):
    # the update that erased words which the database's files may still hold
    seq: Named[int] = Column(Integer, primary_key=True, autoincrement=False)


owed_cleanings = Table("owed_cleanings", metadata, OwedCleaningColumns, sqlite_strict=True)
