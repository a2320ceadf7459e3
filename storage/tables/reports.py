"""Reports, their recommendations and the parts of these; the frames of the letters that answer them."""

from datetime import date

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
    UniqueConstraint,
)

from bot.domain.register.letter_frame import FrameField
from bot.domain.register.recommendation import PartKind, RecommendationKind, RecommendationStatus
from storage.tables.metadata import metadata, one_of
from storage.types import Flag, LondonDate


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
