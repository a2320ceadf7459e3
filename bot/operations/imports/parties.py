"""What others have reported, whom a recommendation is addressed to besides the bodies, from a file."""

from datetime import date

from bot.domain.free_text import LIMIT, TextTooLong
from bot.domain.register.details import Details, GivenInFuture, GivenTooEarly, NotALink
from bot.domain.register.imports import PartyRow
from bot.domain.register.party import (
    LONGEST_NAME,
    NoOthersAddressed,
    WhichParty,
    changes,
    party_meant,
    standing_of,
)
from bot.domain.register.recommendation import Recommendation, recommendation_id
from bot.domain.register.recommendation_number import parse_number
from bot.domain.register.update import Change, Draft, Update, UpdateKind, Via
from bot.operations.imports.picture import Told
from bot.operations.imports.plan import Plan
from storage.imports import fingerprint


def told_in(update: Update) -> Told:
    """Return by what a report in the history is known again in a file."""
    draft, reported = update.draft, standing_of(update)
    return (
        draft.recommendation_id or "",
        reported.name.casefold(),
        reported.reported_by.casefold(),
        draft.stands_from,
        fingerprint(draft.text),
    )


def plan_party(plan: Plan, row: PartyRow) -> None:
    key = plan.new_key(row)
    if key is None:
        return
    faults_before = len(plan.faults)
    recommendation = _recommendation(plan, row)
    _must_be_well_formed(plan, row, recommendation)
    texts = {"text": row.text, "evidence": row.evidence, "evidence_title": row.evidence_title}
    confirmed = plan.confirmed(row, texts, may_be_confirmed=row.no_victim_identified)
    # Names cannot be erased, so nobody can vouch for them.
    plan.confirmed(row, {"reported_by": row.reported_by}, may_be_confirmed=False)
    plan.must_be_a_source(row, row.source)
    party = _party(plan, row, recommendation) if recommendation else ""
    if not recommendation or not party or row.unread or len(plan.faults) > faults_before:
        return
    reported_by = row.reported_by or party
    statement = (
        recommendation.id,
        party.casefold(),
        reported_by.casefold(),
        row.reported_on,
        fingerprint(row.text),
    )
    if statement in plan.picture.told_of_parties:
        return
    plan.picture.told_of_parties.add(statement)
    draft = _draft(row, recommendation, (*changes(party, reported_by), *confirmed))
    plan.record(row, key, f"{party}, {recommendation.title}", draft)


def _draft(row: PartyRow, recommendation: Recommendation, changed: tuple[Change, ...]) -> Draft:
    return Draft(
        kind=UpdateKind.PARTY_REPORTED,
        stands_from=row.reported_on,
        via=Via.IMPORT,
        recommendation_id=recommendation.id,
        changes=changed,
        quotable=True,
        source=row.source,
        text=row.text,
        evidence_url=row.evidence,
        evidence_title=row.evidence_title,
    )


def _recommendation(plan: Plan, row: PartyRow) -> Recommendation | None:
    """Return what it is about; None where that is refused, or rests on what was refused."""
    id_ = recommendation_id(row.report, parse_number(row.recommendation) or row.recommendation.lower())
    if plan.is_spoilt(id_) or plan.report(row, row.report) is None:
        return None
    recommendation = plan.picture.recommendations.get(id_)
    if recommendation is None:
        plan.refuse(row, "recommendation", f"The report has no recommendation {row.recommendation}.")
    return recommendation


def _party(plan: Plan, row: PartyRow, recommendation: Recommendation) -> str:
    try:
        return party_meant(recommendation, row.reported_by, row.party)
    except NoOthersAddressed:
        why = f"{recommendation.title} is addressed to bodies alone. Correct it first, or leave the row out."
        plan.refuse(row, "party", why)
    except WhichParty as refusal:
        plan.refuse(row, "party", f"It is addressed to {', '.join(refusal.parties)}. Name one of them.")
    return ""


def _must_be_well_formed(plan: Plan, row: PartyRow, recommendation: Recommendation | None) -> None:
    if len(row.text) > LIMIT:
        plan.refuse(row, "text", TextTooLong("text", len(row.text), LIMIT))
    for column in ("party", "reported_by"):
        if len(getattr(row, column)) > LONGEST_NAME:
            plan.refuse(row, column, f"Write a name of at most {LONGEST_NAME} characters.")
    published_on = recommendation.report.published_on if recommendation else date.min
    details = Details(row.evidence, decided_on=row.reported_on, evidence_title=row.evidence_title)
    try:
        details.must_be_well_formed(published_on, plan.today)
    except NotALink:
        plan.refuse(row, "evidence", "Give one link that begins with https:// and has no spaces.")
    except TextTooLong as refusal:
        plan.refuse(row, "evidence_title" if row.evidence_title else "evidence", refusal)
    except GivenInFuture:
        plan.refuse(row, "reported_on", "This day has not come yet. Correct it.")
    except GivenTooEarly:
        why = f"This is before the report was published, on {published_on}. Correct the day."
        plan.refuse(row, "reported_on", why)
