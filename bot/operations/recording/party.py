"""A coordinator records what another whom a recommendation is addressed to has reported."""

from bot.domain.questions.grammar.typed_recordings import ReportOfParty
from bot.domain.refusals.recording import TextRequired
from bot.domain.refusals.taking_back import NothingToUndo
from bot.domain.register import party
from bot.domain.register.details import NoLinkToFollow
from bot.domain.register.fold import counting
from bot.domain.register.guard import must_all_identify_nobody
from bot.domain.register.party import PartyReported, PartyStanding
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import Update, UpdateKind
from bot.domain.values import replace
from bot.operations.request import resolve
from bot.operations.request.writing import Work, coordinating
from storage import parties, recommendations, updates
from storage.database import Connection
from storage.store import Store


def report(store: Store, request: Request, command: ReportOfParty) -> PartyReported:
    """Record a party's report. Raises TextRequired, MayIdentify, NoOthersAddressed, WhichParty,
    NotACorrection, NotALink, ReportedAtWrongTime, NotACoordinator, and the refusals of `resolve`."""
    details = command.details
    # A name cannot be erased, so nobody can vouch for it.
    must_all_identify_nobody({"reported_by": command.reported_by}, confirmed=False)
    words = {"": command.text, "evidence_url": details.evidence_url, "evidence_title": details.evidence_title}
    confirmed = must_all_identify_nobody(words, command.no_victim)
    with coordinating(store, request) as work:
        if work.written:
            return _reported(work, work.written[0], again=True)
        recommendation = resolve.recommendation(work.connection, command.recommendation)
        if not command.text:
            raise TextRequired("party", recommendation.id, "")
        details.must_be_well_formed(recommendation.report.published_on, request.today)
        party.must_be_a_day(command.on, recommendation.report.published_on, request.today)
        if details.follows is not None:
            raise NoLinkToFollow(details.follows)
        if command.corrects is not None:
            _must_be_of(work.connection, recommendation, command.corrects)
        party_name = party.party_meant(recommendation, command.reported_by, command.party)
        update = work.append(
            replace(
                work.draft(UpdateKind.PARTY_REPORTED),
                recommendation_id=recommendation.id,
                stands_from=command.on,
                about_seq=command.corrects,
                # It is what somebody has said in public, or for the association to pass on.
                quotable=True,
                text=command.text,
                evidence_url=details.evidence_url,
                evidence_title=details.evidence_title,
                changes=(*party.changes(party_name, command.reported_by), *confirmed, *details.changes),
            )
        )
        return _reported(work, update)


def take_back(work: Work, update: Update) -> PartyReported:
    """Take a report back, in a request that undoes. Raises NotACoordinator."""
    work.actor.must_coordinate()
    undone = replace(
        work.draft(UpdateKind.UNDO), recommendation_id=update.draft.recommendation_id, about_seq=update.seq
    )
    work.append(undone)
    return _reported(work, update)


def taken_back_before(work: Work) -> PartyReported:
    """Answer an undoing that came a second time. Raises NothingToUndo."""
    update = updates.get(work.connection, work.written[0].draft.about_seq or 0)
    if update is None:
        raise NothingToUndo
    return _reported(work, update, again=True)


def _must_be_of(connection: Connection, recommendation: Recommendation, seq: int) -> None:
    """Raises NotACorrection where the update is no report on this recommendation."""
    update = updates.get(connection, seq)
    is_report = update is not None and update.draft.kind is UpdateKind.PARTY_REPORTED
    if update is None or not is_report or update.draft.recommendation_id != recommendation.id:
        raise party.NotACorrection(recommendation.title, seq)


def _reported(work: Work, update: Update, *, again: bool = False) -> PartyReported:
    """Return what was recorded, as it is told. Raises NothingToUndo where its recommendation is gone."""
    recommendation = recommendations.get(work.connection, update.draft.recommendation_id or "")
    if recommendation is None:
        raise NothingToUndo
    name = party.standing_of(update).name
    history = parties.history(work.connection, recommendation.id)
    all_of_them = party.standings(recommendation, counting(history, work.request.today))
    standing = next((row for row in all_of_them if row.name == name), PartyStanding(name))
    return PartyReported(recommendation, standing, update.seq, again=again)
