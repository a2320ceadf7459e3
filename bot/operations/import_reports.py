"""Reports, recommendations and contacts from a file. What is there already is never rewritten."""

import re
from dataclasses import replace

from bot.domain.adding import RecommendationEntry, ReportEntry, Scope
from bot.domain.adding import parts as parts_of
from bot.domain.addressee import Addressee
from bot.domain.imports import ContactRow, NotImportable, RecommendationRow, ReportRow
from bot.domain.membership import SLACKBOT
from bot.domain.people import ContactKind, Membership, PersonKey, Role
from bot.domain.personal_data.guard import must_all_identify_nobody
from bot.domain.policing_body import PolicingBody
from bot.domain.recommendation import Recommendation, RecommendationKind, Report, recommendation_id
from bot.domain.typed.verbs import VERB_OF
from bot.domain.update import Change, Draft, UpdateKind, Via
from bot.operations.import_session import Session, must_be_a_source
from storage import addressees, bodies, people, recommendations

_USER = re.compile(r"[UW][A-Z0-9]{2,}")
_TEAM = re.compile(r"[TE][A-Z0-9]{2,}")
_SCOPES = {"all": Scope.ALL, "england": Scope.ENGLAND, "wales": Scope.WALES}


def take_report(session: Session, row: ReportRow) -> None:
    said = Report(row.key, row.title, row.publishers, row.published_on, row.url)
    if there := recommendations.report(session.connection, row.key):
        for column in ("title", "publishers", "published_on", "url"):
            if getattr(said, column) not in ("", getattr(there, column)):
                raise _not_rewritten(column, f"The report {row.key}")
        return
    keys = {report.key for report in recommendations.all_reports(session.connection)}
    entry = ReportEntry(row.key, row.title, row.publishers, row.published_on, row.url)
    report = entry.report(session.names, VERB_OF, keys, session.today)
    recommendations.add_report(session.connection, report)
    changes = (Change("report", "", report.key), Change("published_on", "", str(report.published_on)))
    draft = _published(UpdateKind.REPORT_ADDED, session, report.title, changes)
    session.record(row, f"report {report.key}", draft)
    session.read_names()


def take_recommendation(session: Session, row: RecommendationRow) -> None:
    report = found_report(session, row.report)
    said, scope = _said(row)
    if there := recommendations.get(session.connection, recommendation_id(report.key, row.number.lower())):
        _must_be_the_same(session, row, there)
        return
    must_be_a_source(row.source)
    texts = {"wording": row.wording, "joint_with": row.joint_with, "parts": row.parts}
    confirmed = must_all_identify_nobody(texts, row.no_victim_identified)
    recommendation = _complete(session, row, said.recommendation(report, ()))
    asked = () if scope is None else _addressed(session, row)
    recommendations.add(session.connection, recommendation)
    if asked:
        addressees.add(session.connection, [_addressee(recommendation, body) for body in asked])
    changes = (
        Change("respond_by", "", str(recommendation.respond_by or "")),
        Change("due_on", "", str(recommendation.due_on or "")),
        Change("addressed to", "", " ".join(body.code for body in asked)),
        *confirmed,
    )
    draft = _published(UpdateKind.RECOMMENDATION_ADDED, session, row.wording, changes)
    session.record(row, recommendation.title, replace(draft, recommendation_id=recommendation.id))


def take_contact(session: Session, row: ContactRow) -> None:
    body = session.body(row.body, "body")
    who = PersonKey(row.team.upper() or session.home_team, row.user.upper())
    if not _USER.fullmatch(who.user_id):
        raise NotImportable("user", "Give the person's member id in Slack: U and capitals and digits.")
    if not _TEAM.fullmatch(who.team_id):
        raise NotImportable("team", "Give the id of the person's workspace: T and capitals and digits.")
    if who.user_id == SLACKBOT:
        raise NotImportable("user", "This is Slackbot, an app. Name a person.")
    known = people.get(session.connection, who)
    if known and known.membership in (Membership.DEACTIVATED, Membership.BOT):
        raise NotImportable("user", "This is nobody active in Slack. Name somebody else.")
    held = people.granted(session.connection, role=Role.CONTACT, body_code=body.code)
    before = next((one.kind for one in held if one.who == who), None)
    usual = ContactKind.DEPUTY if any(one.is_active for one in held) else ContactKind.MAIN
    kind = row.kind or before or usual
    if not people.grant(session.connection, who, Role.CONTACT, body.code, session.at, kind=kind):
        return
    changes = (
        Change(Role.CONTACT.value, "", f"{who.team_id}/{who.user_id}"),
        Change("contact kind", before or "", kind),
    )
    draft = Draft(UpdateKind.GRANT, session.today, Via.IMPORT, body_code=body.code, changes=changes)
    session.record(row, f"{body.short_name}, {who.user_id}", draft)


def found_report(session: Session, key: str) -> Report:
    """Raises NotImportable, Spoilt."""
    session.must_not_rest_on_a_fault(key)
    report = recommendations.report(session.connection, key)
    if report is None:
        raise NotImportable("report", f"There is no report “{key}”. Give its key, or add it to the reports.")
    return report


def _said(row: RecommendationRow) -> tuple[RecommendationEntry, Scope | None]:
    """As it would be entered in the form, and whom it is addressed to: nobody where it is derived."""
    scope = _SCOPES.get(row.addressed_to[0].casefold(), Scope.CHOSEN) if row.addressed_to else None
    entry = RecommendationEntry(
        number=row.number,
        wording=row.wording,
        scope=Scope.ALL,
        respond_by=row.respond_by,
        due_on=row.due_on,
        joint_with=row.joint_with,
        parts=row.parts,
    )
    if bool(row.derived_from) == bool(scope):
        raise NotImportable(
            "addressed_to",
            "Say whom it is addressed to (all, England, Wales or names of bodies), or in derived_from the"
            " numbers of the recommendations that it rests on; not both.",
        )
    return entry, scope


def _complete(session: Session, row: RecommendationRow, entered: Recommendation) -> Recommendation:
    """With its source, and what it is derived from."""
    numbers = labels(row.derived_from)
    ids = [recommendation_id(row.report, number) for number in numbers]
    for number, id_ in zip(numbers, ids, strict=True):
        session.must_not_rest_on_a_fault(id_)
        if recommendations.get(session.connection, id_) is None:
            raise NotImportable("derived_from", f"The report has no {number}. Put that one in a row before.")
    kind = RecommendationKind.DERIVED if numbers else RecommendationKind.ADDRESSED
    return replace(entered, kind=kind, derived_from=numbers, source=row.source)


def _addressed(session: Session, row: RecommendationRow) -> tuple[PolicingBody, ...]:
    """Of a scope those that exist today; of names all that are named."""
    everyone = bodies.everyone(session.connection)
    scope = _SCOPES.get(row.addressed_to[0].casefold()) if len(row.addressed_to) == 1 else None
    if scope is None:
        codes = {session.body(name, "addressed_to").code for name in row.addressed_to}
        return tuple(body for body in everyone if body.code in codes)
    there = [body for body in everyone if body.exists_on(session.today)]
    found = tuple(body for body in there if scope is Scope.ALL or body.country == scope.value)
    if not found:
        raise NotImportable("addressed_to", "There is no such body. Add the bodies first.")
    return found


def _must_be_the_same(session: Session, row: RecommendationRow, there: Recommendation) -> None:
    """Raises NotImportable. What the row leaves empty is not compared."""
    if row.parts and [(part.kind, part.text) for part in parts_of(row.parts)] != [
        (part.kind, part.text) for part in there.parts
    ]:
        raise _not_rewritten("parts", there.title)
    if row.derived_from and labels(row.derived_from) != there.derived_from:
        raise _not_rewritten("derived_from", there.title)
    for column in ("wording", "respond_by", "due_on", "joint_with", "source"):
        if getattr(row, column) not in ("", None, getattr(there, column)):
            raise _not_rewritten(column, there.title)
    if row.addressed_to:
        _must_be_addressed_already(session, row, there)


def _must_be_addressed_already(session: Session, row: RecommendationRow, there: Recommendation) -> None:
    everyone = {body.code: body for body in bodies.everyone(session.connection)}
    asked = {one.body_code for one in addressees.of_recommendation(session.connection, there.id)}
    # Bodies that follow one which was asked come in by themselves, on their day.
    asked |= {everyone[code].successor_code or "" for code in asked}
    missing = [body.short_name for body in _addressed(session, row) if body.code not in asked]
    if missing:
        raise NotImportable(
            "addressed_to",
            f"{there.title} is in the register already, and not addressed to {', '.join(missing)}."
            " An import adds no body to it.",
        )


def labels(text: str) -> tuple[str, ...]:
    """Parted by spaces, commas or semicolons: "15 16", "a; b"."""
    return tuple(re.split(r"[\s,;]+", text.strip().lower())) if text.strip() else ()


def _not_rewritten(column: str, what: str) -> NotImportable:
    return NotImportable(
        column, f"{what} is in the register with something else here. An import adds and never rewrites."
    )


def _addressee(recommendation: Recommendation, body: PolicingBody) -> Addressee:
    return Addressee(
        recommendation_id=recommendation.id,
        body_code=body.code,
        body_name=body.short_name,
        respond_by=recommendation.respond_by,
        due_on=recommendation.due_on,
    )


def _published(kind: UpdateKind, session: Session, text: str, changes: tuple[Change, ...]) -> Draft:
    """What is published may be quoted."""
    return Draft(kind, session.today, Via.IMPORT, changes=changes, quotable=True, text=text)
