"""Counts that change in the commit of what they count, so that nobody counts rows."""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    Named,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypedColumns,
)

from bot.domain.register.addressee import Answer, Duty, Stage
from storage.tables.metadata import metadata, one_of, partial_index
from storage.types import LondonDate


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
    partial_index(
        "ix_due_tallies_owed",
        "duty",
        "deadline",
        "recommendation_id",
        "owed",
        condition="owed > 0",
    ),
    partial_index(
        "ix_due_tallies_first",
        "recommendation_id",
        "deadline",
        condition="owed > 0",
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
    # Of a body ('' for the report), of a report ('' for the body), or of a body on a report. In the place of
    # a report stand the themes of recommendations too, after a # ("#training victims", "#" for none).
    body_code: Named[str] = Column(Text)
    report_key: Named[str] = Column(Text)
    answer: Named[str] = Column(Text)  # an Answer
    stage: Named[str] = Column(Text)  # a Stage
    marks: Named[str] = Column(Text)  # as in addressees
    addressees: Named[int] = Column(Integer)  # how many live ones stand so


# How what is asked stands, counted for each body, for each report, and for each body on each report; and so
# for what has the same themes.
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
    report_key: Named[str] = Column(Text)  # '' for a body; of themes as in group_tallies
    what: Named[str] = Column(Text)  # owed by or moved on
    day: Named[date] = Column(LondonDate)  # as in addressees; 0001-01-01 for what has never moved
    addressees: Named[int] = Column(Integer)  # how many live ones that owe anything have that day


# By when what is owed is due, and when it last moved, counted for each body, for each report, and for what
# has the same themes.
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
