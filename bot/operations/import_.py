"""`recbot import FILE`: what a file says goes into the register, all of it or nothing, and once."""

from datetime import datetime

from bot.domain.imports import (
    Batch,
    BodyRow,
    ContactRow,
    FileRefused,
    Imported,
    NoteRow,
    RecommendationRow,
    RegisterRow,
    ReportRow,
)
from bot.domain.recommendation import recommendation_id
from bot.domain.update import Via
from bot.operations import finding
from bot.operations.import_bodies import take_bodies
from bot.operations.import_recordings import take_note, take_standing
from bot.operations.import_reports import take_contact, take_recommendation, take_report
from bot.operations.import_session import Session
from bot.operations.pass_on import pass_on_all
from storage.chain import Chain
from storage.database import Connection
from storage.store import Store


class _OnlyLooked(Exception):
    """Takes back everything that a dry run did."""


def import_file(store: Store, batch: Batch, at: datetime, *, dry_run: bool = False) -> Imported:
    """Records what the register does not know yet, at a UTC instant; a dry run finds out what that would be.

    Raises FileRefused with everything that is wrong, and Busy."""
    try:
        with store.begin() as connection:
            session = _taken_in(connection, store, batch, at)
            if dry_run:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    return Imported(len(batch.rows), tuple(session.effects), done=not dry_run)


def _taken_in(connection: Connection, store: Store, batch: Batch, at: datetime) -> Session:
    chain = Chain(connection)
    names = finding.read_names(connection)
    session = Session(connection, chain, at, batch.digest, store.home_team, names)
    take_bodies(session, list(batch.of(BodyRow)))
    for report in batch.of(ReportRow):
        session.attempt(take_report, report, report.key)
    for one in batch.of(RecommendationRow):
        session.attempt(take_recommendation, one, recommendation_id(one.report, one.number.lower()))
    for contact in batch.of(ContactRow):
        session.attempt(take_contact, contact)
    for row in batch.of(RegisterRow):
        session.attempt(take_standing, row)
    for note in batch.of(NoteRow):
        session.attempt(take_note, note)
    if session.faults:
        raise FileRefused(tuple(session.faults))
    session.effects += pass_on_all(connection, chain, at, Via.IMPORT)
    return session
