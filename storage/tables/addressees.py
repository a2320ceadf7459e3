"""How each recommendation stands with each body that it is addressed to."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Named,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypedColumns,
)

from bot.domain.register.addressee import Answer, Stage
from storage.tables.metadata import metadata, one_of, partial_index
from storage.types import Flag, LondonDate, UtcDateTime


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
    partial_index(
        "ix_addressees_expected_on",
        "expected_on",
        "due_on",
        condition="expected_on IS NOT NULL",
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
        # What is owed first need not be what is to be completed.
        "owes_action",
        "due_on",
    ),
    # Few have ended, and few wait for a decision.
    partial_index(
        "ix_addressees_passed_to",
        "passed_to",
        "recommendation_id",
        condition="passed_to IS NOT NULL",
    ),
    partial_index(
        "ix_addressees_undecided",
        "undecided",
        condition="undecided <> ''",
    ),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
