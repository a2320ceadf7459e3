"""The updates, the head of their chain, and what is still to be cleaned of words that were erased."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    Named,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
)

from storage.tables.metadata import metadata, partial_index
from storage.types import Flag, LondonDate, UtcDateTime

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
    Index(None, "body_code", "kind", "stands_from"),
    Index(None, "about_seq"),
    Index(None, "team_id", "user_id", "seq"),
    partial_index("ix_updates_unquoted", "seq", "kind", condition=UNQUOTED),
    # Queries name the same by literals: for a bound value the planner does not take them.
    *(
        partial_index(
            f"ix_updates_{name}",
            "recommendation_id",
            "body_code",
            "seq",
            condition=condition,
        )
        for name, condition in (
            ("evidence", "evidence_url <> ''"),
            ("extension_asked", "kind = 'extension asked for'"),
            ("question_asked", "kind = 'question asked'"),
            ("approval_asked", "kind = 'approval asked for'"),
            ("hold_placed", "kind = 'hold placed'"),
            ("published_response", "kind = 'published response'"),
            ("body_changed", "kind = 'body changed'"),
            ("passed_on", "kind = 'duties passed on'"),
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


class OwedCleaningColumns(TypedColumns):
    # The update that erased words which the database's files may still hold.
    seq: Named[int] = Column(Integer, primary_key=True, autoincrement=False)


owed_cleanings = Table("owed_cleanings", metadata, OwedCleaningColumns, sqlite_strict=True)
