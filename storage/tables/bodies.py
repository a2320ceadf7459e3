"""Policing bodies, and what else they are called."""

from datetime import date

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    Named,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
)

from storage.tables.metadata import metadata
from storage.types import LondonDate


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
