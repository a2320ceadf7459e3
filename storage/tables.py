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
from bot.domain.register.letter_frame import FrameField
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
    """Return a check that is named as its column. A new state needs a migration, which a test asks for."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(state.value) for state in states)})", column)


class ReportColumns(TypedColumns):
    key: Named[str] = Column(Text, primary_key=True)  # as in what people type: stalking
    title: Named[str] = Column(Text)
    publishers: Named[str] = Column(Text)  # names
    published_on: Named[date] = Column(LondonDate)
    url: Named[str] = Column(Text)  # where it can be read; empty where that is not known
    # By when bodies publish their response, as the report states it; None where it does not ask for one.
    publish_by: Named[date | None] = Column(LondonDate)


reports = Table("reports", metadata, ReportColumns, sqlite_strict=True)


class RecommendationColumns(TypedColumns):
    id: Named[str] = Column(Text, primary_key=True)  # as in stalking-15
    report_key: Named[str] = Column(Text)
    number: Named[str] = Column(Text)  # as the report has it: 15, 3.2
    position: Named[int] = Column(Integer)  # its place in the report, by which it is sorted
    kind: Named[str] = Column(Text)  # a RecommendationKind
    wording: Named[str] = Column(Text)  # the recommendation's own words
    status: Named[str] = Column(Text)  # a RecommendationStatus
    superseded_by: Named[str | None] = Column(Text)  # the id of another recommendation
    joint_with: Named[str] = Column(Text)  # who else is addressed; empty for nobody
    respond_by: Named[date | None] = Column(LondonDate)  # the deadline for a response
    due_on: Named[date | None] = Column(LondonDate)  # the deadline for completion
    derived_from: Named[str] = Column(Text)  # ids with spaces between them; empty for none
    source: Named[str] = Column(Text)  # where its words were taken from
    # None where nothing is known of it, so that the digests in an older history stay what they are.
    quoted_from: Named[str | None] = Column(Text)  # where the official wording stands
    short_form: Named[str | None] = Column(Text)  # what it is about, in a few words
    others_addressed: Named[str | None] = Column(Text)  # names with semicolons between them
    themes: Named[str | None] = Column(Text)  # words with spaces between them
    priority: Named[bool | None] = Column(Flag)  # True or None


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
    # For what is sorted by the place of its recommendation.
    Index("ix_recommendations_place", "id", "report_key", "position"),
    Index("ix_recommendations_in_order", "status", "report_key", "position", "number", "kind"),
    sqlite_strict=True,
)


class PartColumns(TypedColumns):
    recommendation_id: Named[str] = Column(Text)
    label: Named[str] = Column(Text)  # as in a, i
    position: Named[int] = Column(Integer)  # its place in the recommendation
    kind: Named[str] = Column(Text)  # a PartKind
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
    code: Named[str] = Column(Text, primary_key=True)  # the police force area's: E23000032
    slug: Named[str] = Column(Text)  # as in what people type: kent
    short_name: Named[str] = Column(Text)
    force_name: Named[str] = Column(Text)
    area_name: Named[str] = Column(Text)
    name: Named[str] = Column(Text)  # the body's full name
    kind: Named[str] = Column(Text)  # mayor, pcc, pfcc
    region: Named[str] = Column(Text)
    country: Named[str] = Column(Text)
    tile_row: Named[int] = Column(Integer)  # its place on the tile map
    tile_col: Named[int] = Column(Integer)  # likewise
    first_day: Named[date | None] = Column(LondonDate)  # None where it is not known
    last_day: Named[date | None] = Column(LondonDate)  # None while it exists
    successor_code: Named[str | None] = Column(Text)  # the body to which its duties pass
    official_code: Named[str | None] = Column(Text)  # the code that it was given later
    ending_sureness: Named[str | None] = Column(Text)  # a Sureness; None for a decided end
    ending_source: Named[str | None] = Column(Text)  # who says that it ends
    divided: Named[str | None] = Column(Text)  # what passes to others: code:recommendation, with spaces
    contacts_pass: Named[str | None] = Column(Text)  # yes or no; None until a coordinator has said so
    planned_facts: Named[str | None] = Column(Text)  # JSON: a day to come, and what the body is from then on
    planned_source: Named[str | None] = Column(Text)  # who says so


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
    alias: Named[str] = Column(Text)  # another name that people type


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
    report_key: Named[str] = Column(Text, server_default="")  # of its recommendation, for the indexes
    position: Named[int] = Column(Integer, server_default="0")  # likewise: its place in the report
    live: Named[bool] = Column(Flag)  # whether anything is still asked of the body
    answer: Named[str] = Column(Text)  # an Answer
    stage: Named[str] = Column(Text)  # a Stage
    parts_addressed: Named[str] = Column(Text, server_default="")  # labels of what is complete
    part_states: Named[str] = Column(Text, server_default="")  # of what is begun: a=in_progress b=blocked
    respond_by: Named[date | None] = Column(LondonDate)  # the deadline for a response
    due_on: Named[date | None] = Column(LondonDate)  # the deadline for completion
    owes_response: Named[bool] = Column(Flag)  # what rules say of the rest, for the indexes
    owes_action: Named[bool] = Column(Flag)  # likewise
    # Likewise: the first deadline of what is owed, 9999-12-31 for none; None where nothing is owed.
    owed_by: Named[date | None] = Column(LondonDate)
    expected_on: Named[date | None] = Column(LondonDate)  # when the body itself expects to be done
    slips: Named[int] = Column(Integer, server_default="0")  # extensions that were granted
    slip_days: Named[int] = Column(Integer, server_default="0")  # by how many days in all
    # How often the body expected a later day than before.
    expectation_moves: Named[int] = Column(Integer, server_default="0")
    closed_on: Named[date | None] = Column(LondonDate)  # when the inspectorate closed it
    closing_level: Named[str] = Column(Text, server_default="")  # the inspectorate's word; empty for none
    moved_on: Named[date | None] = Column(LondonDate)  # when it last changed
    marks: Named[str] = Column(Text, server_default="")  # Marks with commas between; empty for none
    version: Named[int] = Column(Integer)  # counts the changes
    response_seq: Named[int | None] = Column(Integer)  # the update that the answer stands by
    progress_seq: Named[int | None] = Column(Integer)  # the update that the stage stands by
    face_seq: Named[int | None] = Column(Integer)  # the latest update, and what of it is shown:
    face_kind: Named[str] = Column(Text)  # an UpdateKind
    face_team: Named[str] = Column(Text)  # of its author
    face_user: Named[str] = Column(Text)  # likewise
    face_at: Named[datetime | None] = Column(UtcDateTime)  # when it was recorded
    face_excerpt: Named[str] = Column(Text)  # the beginning of its text
    face_quotable: Named[bool] = Column(Flag)  # whether its text may be quoted
    passed_to: Named[str | None] = Column(Text)  # the body that stands in its place since it ended
    undecided: Named[str] = Column(Text, server_default="")  # duties on which predecessors differ


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
    Index(
        "ix_addressees_expected_on",
        "expected_on",
        "due_on",
        sqlite_where=text("expected_on IS NOT NULL"),
        postgresql_where=text("expected_on IS NOT NULL"),
    ),
    # Bodies one by one, what stands alike in the order of the reports.
    Index(
        "ix_addressees_standing",
        "body_code",
        "live",
        "answer",
        "stage",
        "marks",
        "report_key",
        "position",
        "owed_by",
        "moved_on",
    ),
    # Bodies one by one, what is owed in the order of its deadlines.
    Index(
        "ix_addressees_owed_by",
        "body_code",
        "live",
        "owed_by",
        "report_key",
        "position",
        "moved_on",
        "answer",
        "stage",
        "marks",
    ),
    # Few have ended, and few wait for a decision.
    Index(
        "ix_addressees_passed_to",
        "passed_to",
        "recommendation_id",
        sqlite_where=text("passed_to IS NOT NULL"),
        postgresql_where=text("passed_to IS NOT NULL"),
    ),
    Index(
        "ix_addressees_undecided",
        "undecided",
        sqlite_where=text("undecided <> ''"),
        postgresql_where=text("undecided <> ''"),
    ),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class TallyColumns(TypedColumns):
    recommendation_id: Named[str] = Column(Text)
    what: Named[str] = Column(Text)  # answer or stage
    value: Named[str] = Column(Text)  # an Answer or a Stage
    bodies: Named[int] = Column(Integer)  # how many stand at that value


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
    duty: Named[str] = Column(Text)  # a Duty
    deadline: Named[date] = Column(LondonDate)  # 9999-12-31 for none
    recommendation_id: Named[str] = Column(Text)
    addressed: Named[int] = Column(Integer)  # how many bodies have the duty
    owed: Named[int] = Column(Integer)  # how many of them have not done it


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
    Index(
        "ix_due_tallies_first",
        "recommendation_id",
        "deadline",
        sqlite_where=text("owed > 0"),
        postgresql_where=text("owed > 0"),
    ),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class RegisterTallyColumns(TypedColumns):
    what: Named[str] = Column(Text)  # a RecommendationKind, of those that are live, or owed by
    day: Named[date] = Column(LondonDate)  # the first deadline of what is owed; 0001-01-01 for a kind
    recommendations: Named[int] = Column(Integer)  # how many there are


# How many live recommendations there are of each kind, and by when anything is owed of how many.
register_tallies = Table(
    "register_tallies",
    metadata,
    RegisterTallyColumns,
    PrimaryKeyConstraint("what", "day"),
    CheckConstraint("what IN ('addressed', 'derived', 'owed by')", "what"),
    CheckConstraint("recommendations >= 0", "recommendations"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class GroupTallyColumns(TypedColumns):
    # Of a body ('' for the report), of a report ('' for the body), or of a body on a report.
    body_code: Named[str] = Column(Text)
    report_key: Named[str] = Column(Text)
    answer: Named[str] = Column(Text)  # an Answer
    stage: Named[str] = Column(Text)  # a Stage
    marks: Named[str] = Column(Text)  # as in addressees
    addressees: Named[int] = Column(Integer)  # how many live ones stand so


# How what is asked stands, counted for each body, for each report, and for each body on each report.
group_tallies = Table(
    "group_tallies",
    metadata,
    GroupTallyColumns,
    PrimaryKeyConstraint("body_code", "report_key", "answer", "stage", "marks"),
    one_of("answer", Answer),
    one_of("stage", Stage),
    CheckConstraint("addressees >= 0", "addressees"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class GroupDayTallyColumns(TypedColumns):
    body_code: Named[str] = Column(Text)  # '' for a report
    report_key: Named[str] = Column(Text)  # '' for a body
    what: Named[str] = Column(Text)  # owed by or moved on
    day: Named[date] = Column(LondonDate)  # as in addressees; 0001-01-01 for what has never moved
    addressees: Named[int] = Column(Integer)  # how many live ones that owe anything have that day


# By when what is owed is due, and when it last moved, counted for each body and for each report.
group_day_tallies = Table(
    "group_day_tallies",
    metadata,
    GroupDayTallyColumns,
    PrimaryKeyConstraint("body_code", "report_key", "what", "day"),
    CheckConstraint("what IN ('owed by', 'moved on')", "what"),
    CheckConstraint("addressees >= 0", "addressees"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


# What a body said that may not be quoted, and was not erased: in a query as the index has it.
UNQUOTED = "NOT quotable AND text <> '' AND body_code IS NOT NULL"


class UpdateColumns(TypedColumns):
    seq: Named[int] = Column(Integer, primary_key=True, autoincrement=False)  # from 1 on, without gaps
    prev: Named[str] = Column(Text)  # the hash of the update before
    hash: Named[str] = Column(Text)  # of all but the free words
    words_digest: Named[str] = Column(Text)  # of the free words and the salt
    salt: Named[str | None] = Column(Text)  # None once the words are erased, like the three below
    text: Named[str | None] = Column(Text)
    evidence_url: Named[str | None] = Column(Text)
    decided_by: Named[str | None] = Column(Text)  # the name of whoever decided
    kind: Named[str] = Column(Text)  # an UpdateKind
    recorded_at: Named[datetime] = Column(UtcDateTime)
    team_id: Named[str | None] = Column(Text)  # of its author; None where the program recorded it
    user_id: Named[str | None] = Column(Text)  # likewise
    on_behalf: Named[bool] = Column(Flag)  # whether a coordinator recorded it for a body
    recommendation_id: Named[str | None] = Column(Text)
    body_code: Named[str | None] = Column(Text)
    stands_from: Named[date] = Column(LondonDate)  # the day from which it counts
    changes: Named[str] = Column(Text)  # JSON: what was, and what is now
    about_seq: Named[int | None] = Column(Integer)  # the update that it undoes, corrects or decides on
    quotable: Named[bool] = Column(Flag)  # whether its text may be quoted, as recorded
    source: Named[str] = Column(Text)  # where an imported update came from
    via: Named[str] = Column(Text)  # a Via
    request_key: Named[str | None] = Column(Text)  # of the request that it was recorded for
    request_item: Named[int] = Column(Integer)  # its place among those of the request
    evidence_title: Named[str | None] = Column(Text)  # of the page behind the link; erased with the words


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
    Index("ix_updates_unquoted", "seq", "kind", sqlite_where=text(UNQUOTED), postgresql_where=text(UNQUOTED)),
    # Queries name the same by literals: for a bound value the planner does not take them.
    *(
        Index(
            f"ix_updates_{name}",
            "recommendation_id",
            "body_code",
            "seq",
            sqlite_where=text(condition),
            postgresql_where=text(condition),
        )
        for name, condition in (
            ("evidence", "evidence_url <> ''"),
            ("extension_asked", "kind = 'extension asked for'"),
            ("question_asked", "kind = 'question asked'"),
            ("approval_asked", "kind = 'approval asked for'"),
            ("hold_placed", "kind = 'hold placed'"),
            ("published_response", "kind = 'published response'"),
            ("body_changed", "kind = 'body changed'"),
        )
    ),
    sqlite_strict=True,
)


class ChainHeadColumns(TypedColumns):
    id: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    seq: Named[int] = Column(Integer)  # the last update
    hash: Named[str] = Column(Text)  # the hash of that
    names_seq: Named[int] = Column(Integer)  # the last update to change what a name can mean


# One row.
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


class DeliveryColumns(TypedColumns):
    key: Named[str] = Column(Text, primary_key=True)  # also in the message's metadata
    kind: Named[str] = Column(Text)  # a DeliveryKind
    slot_local: Named[str] = Column(Text)  # London's minute, as in 2025-03-10T09:00
    channel: Named[str] = Column(Text)  # a channel's id, or a person's
    follows: Named[str | None] = Column(Text)  # the key of the message in whose thread it belongs
    through_seq: Named[int | None] = Column(Integer)  # of a digest or what is followed: the last update told
    payload_json: Named[str | None] = Column(Text)  # what Slack is given; None once it is forgotten
    payload_sha: Named[str] = Column(Text)  # the digest of what Slack was given
    state: Named[str] = Column(Text)  # a DeliveryState
    fence: Named[int] = Column(Integer)  # counts the claims, and the moves to another channel
    owner: Named[str] = Column(Text)  # which process claimed it
    attempts: Named[int] = Column(Integer)  # counts the claims
    first_send_at: Named[datetime | None] = Column(UtcDateTime)  # the first claim
    first_real_at: Named[datetime | None] = Column(UtcDateTime)  # the same, in real time
    not_before: Named[datetime | None] = Column(UtcDateTime)  # real time: the next attempt, or edit
    ts: Named[str | None] = Column(Text)  # Slack's name of the message
    error: Named[str] = Column(Text)  # Slack's code, or a reason of ours
    sweeps: Named[int] = Column(Integer, server_default="0")  # counts the sweeps for duplicates
    sweep_at: Named[datetime | None] = Column(UtcDateTime)  # real time: the next of them
    duplicates: Named[int] = Column(Integer, server_default="0")  # how many were removed
    created_at: Named[datetime] = Column(UtcDateTime)
    updated_at: Named[datetime] = Column(UtcDateTime)
    conversation: Named[str | None] = Column(Text)  # of a message to a person: the direct messages' id (D…)
    says_json: Named[str | None] = Column(Text)  # what it says: hashes of parts, or numbers of updates


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


class LetterTextColumns(TypedColumns):
    report_key: Named[str] = Column(Text)
    field: Named[str] = Column(Text)  # a FrameField
    seq: Named[int] = Column(Integer)  # the update that holds the text
    version: Named[int] = Column(Integer)  # of the frame, in which the text came; from 1 on


# The frames of letters: by which update each of their texts stands.
letter_texts = Table(
    "letter_texts",
    metadata,
    LetterTextColumns,
    PrimaryKeyConstraint("report_key", "field"),
    ForeignKeyConstraint(["report_key"], ["reports.key"]),
    one_of("field", FrameField),
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


class OwedCleaningColumns(TypedColumns):
    # The update that erased words which the database's files may still hold.
    seq: Named[int] = Column(Integer, primary_key=True, autoincrement=False)


owed_cleanings = Table("owed_cleanings", metadata, OwedCleaningColumns, sqlite_strict=True)
