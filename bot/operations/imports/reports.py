"""Reports, recommendations and contacts from a file. What the register holds already is never rewritten."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.questions.grammar.verbs import VERB_OF
from bot.domain.register.adding import (
    AddresseeScope,
    RecommendationEntry,
    ReportEntry,
    Unfit,
    names_in,
    themes_in,
)
from bot.domain.register.adding import parts as parts_of
from bot.domain.register.correcting import ADDRESSED_TO
from bot.domain.register.imports import (
    ContactRow,
    FilePlace,
    NotImportable,
    RecommendationRow,
    ReportRow,
    Row,
)
from bot.domain.register.membership import SLACKBOT
from bot.domain.register.people import ContactKind, PersonKey, Role
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.published_response import setting_change
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Report, recommendation_id
from bot.domain.register.recommendation_number import parse_number
from bot.domain.register.update import Change, Draft, UpdateKind, Via
from bot.domain.values import replace
from bot.operations.imports.picture import ImportedAddressee
from bot.operations.imports.plan import Plan, other_row
from storage.imports import NewGrant

_USER = re.compile(r"[UW][A-Z0-9]{2,}")
_TEAM = re.compile(r"[TE][A-Z0-9]{2,}")
# Stands in for a report that is refused, so that the rest of the row is checked all the same.
_ANY_REPORT = Report("any", "", "", date.min)
_SCOPES = {"all": AddresseeScope.ALL, "england": AddresseeScope.ENGLAND, "wales": AddresseeScope.WALES}


def plan_report(plan: Plan, row: ReportRow) -> None:
    key = plan.new_key(row)
    if key is None:
        return
    first = plan.first_place(row, ("report", row.key))
    if existing := plan.picture.reports.get(row.key):
        _must_be_the_same_report(plan, row, existing, first)
        return
    if first and not plan.is_spoilt(row.key):
        plan.refuse(row, "key", f"{other_row(row, first)} adds this report too. Leave one of them out.")
    entry = ReportEntry(row.key, row.title, row.publishers, row.published_on, row.url, row.publish_by)
    try:
        report = entry.report(plan.names, VERB_OF, plan.picture.reports, plan.today)
    except Unfit as unfit:
        plan.refuse_unfit(row, unfit)
        plan.spoil(row.key)
        return
    if row.unread:
        plan.spoil(row.key)
        return
    plan.picture.reports[report.key] = report
    plan.writes.reports.append(report)
    changes = (
        Change("report", "", report.key),
        Change("published_on", "", str(report.published_on)),
        *((setting_change(report.key, None, report.publish_by),) if report.publish_by else ()),
    )
    draft = _published(UpdateKind.REPORT_ADDED, plan, report.title, changes)
    plan.record(row, key, f"report {report.key}", draft)
    plan.names_changed()


def _must_be_the_same_report(plan: Plan, row: ReportRow, existing: Report, first: FilePlace | None) -> None:
    for column in ("title", "publishers", "published_on", "url", "publish_by"):
        if getattr(row, column) not in ("", None, getattr(existing, column)):
            plan.refuse(row, column, _not_rewritten(column, f"The report {row.key}", row, first))


# The columns of a recommendation whose words may identify somebody.
_TEXTS = ("wording", "joint_with", "parts", "quoted_from", "short_form", "also_addressed_to", "themes")


def plan_recommendation(plan: Plan, row: RecommendationRow) -> None:
    key = plan.new_key(row)
    if key is None:
        return
    faults_before = len(plan.faults)
    number = parse_number(row.number) or row.number.lower()
    id_ = recommendation_id(row.report, number)
    first = plan.first_place(row, ("recommendation", id_))
    report = plan.report(row, row.report)
    scope = _scope(plan, row)
    _must_be_in_order(plan, row)
    plan.must_be_a_source(row, row.source)
    texts = {column: getattr(row, column) for column in _TEXTS}
    existing = plan.picture.recommendations.get(id_)
    if existing is None:
        confirmed = plan.confirmed(row, texts, may_be_confirmed=row.no_victim_identified)
        derived_from = _derived_from(plan, row)
    bodies = _addressed(plan, row, scope) if row.addressed_to else ()
    if existing:
        _must_be_the_same(plan, row, existing, bodies, first)
        return
    if first and not plan.is_spoilt(id_):
        plan.refuse(
            row, "number", f"{other_row(row, first)} adds this recommendation too. Leave one of them out."
        )
    recommendation = _fit(plan, row, number, report)
    if recommendation is None or row.unread or len(plan.faults) > faults_before:
        plan.spoil(id_)
        return
    kind = RecommendationKind.DERIVED if derived_from else RecommendationKind.ADDRESSED
    recommendation = replace(recommendation, kind=kind, derived_from=derived_from, source=row.source)
    _add_recommendation(plan, row, key, recommendation, bodies, confirmed)


def _add_recommendation(
    plan: Plan,
    row: RecommendationRow,
    key: str,
    recommendation: Recommendation,
    bodies: Sequence[PolicingBody],
    confirmed: tuple[Change, ...],
) -> None:
    """Plan the recommendation, its addressees and the update that adds it."""
    plan.picture.recommendations[recommendation.id] = recommendation
    plan.writes.recommendations.append(recommendation)
    for body in bodies:
        addressee = recommendation.addressed_to(body)
        plan.writes.addressees.append(addressee)
        plan.picture.standings[recommendation.id, body.code] = ImportedAddressee(addressee, addressee)
    changes = (
        Change("respond_by", "", str(recommendation.respond_by or "")),
        Change("due_on", "", str(recommendation.due_on or "")),
        Change(ADDRESSED_TO, "", " ".join(body.code for body in bodies)),
        *confirmed,
    )
    draft = _published(UpdateKind.RECOMMENDATION_ADDED, plan, row.wording, changes)
    draft = replace(draft, recommendation_id=recommendation.id)
    plan.record(row, key, recommendation.title, draft)


def plan_contact(plan: Plan, row: ContactRow) -> None:
    key = plan.new_key(row)
    if key is None:
        return
    body, user = plan.body(row, row.body, "body"), _user(plan, row)
    if body is None or user is None or row.unread:
        return
    if other := plan.first_place(row, ("contact", user, body.code)):
        plan.refuse(row, "kind", f"{other_row(row, other)} is about this contact too. Leave one of them out.")
        return
    contacts = plan.picture.grants.setdefault(body.code, {})
    before = contacts[user][0] if user in contacts else None
    usual = ContactKind.DEPUTY if any(is_active for _, is_active in contacts.values()) else ContactKind.MAIN
    kind = row.kind or before or usual
    if kind == before:
        return
    contacts[user] = (kind, True)
    plan.writes.grants.append(NewGrant(user, body.code, kind, is_there=before is not None))
    changes = (
        Change(Role.CONTACT.value, "", str(user)),
        Change("contact kind", before or "", kind),
    )
    draft = Draft(UpdateKind.GRANT, plan.today, Via.IMPORT, body_code=body.code, changes=changes)
    person = plan.people.get(user)
    plan.record(row, key, f"{body.short_name}, {person.display_name if person else user.user_id}", draft)


def _user(plan: Plan, row: ContactRow) -> PersonKey | None:
    """Return the person named; None, with what is wrong noted, where nobody can be made a contact."""
    user = PersonKey(row.team.upper() or plan.home_team, row.user.upper())
    is_person = bool(_USER.fullmatch(user.user_id))
    if not is_person:
        plan.refuse(row, "user", "Give the person's member id in Slack: U and capitals and digits.")
    if not _TEAM.fullmatch(user.team_id):
        plan.refuse(row, "team", "Give the id of the person's workspace: T and capitals and digits.")
        return None
    if user.user_id == SLACKBOT:
        plan.refuse(row, "user", "This is Slackbot, an app. Name a person.")
        return None
    person = plan.people.get(user)
    membership = person.membership if person else plan.picture.memberships.get(user)
    if membership and not membership.facts.is_active:
        plan.refuse(row, "user", "This is nobody active in Slack. Name somebody else.")
        return None
    return user if is_person else None


def _must_be_in_order(plan: Plan, row: RecommendationRow) -> None:
    if row.due_on and row.respond_by and row.due_on < row.respond_by and "respond_by" not in row.unread:
        why = f"This is before respond_by, {row.respond_by}. Correct one of the two."
        plan.refuse(row, "due_on", why)


def _scope(plan: Plan, row: RecommendationRow) -> AddresseeScope | None:
    """Return whom it is addressed to; None where it is derived."""
    scope = _SCOPES.get(row.addressed_to[0].casefold(), AddresseeScope.CHOSEN) if row.addressed_to else None
    if bool(row.derived_from) == bool(scope) and "derived_from" not in row.unread:
        plan.refuse(
            row,
            "addressed_to",
            "Say whom it is addressed to (all, England, Wales or names of bodies), or in derived_from the"
            " numbers of the recommendations that it rests on; not both.",
        )
    return scope


def _fit(plan: Plan, row: RecommendationRow, number: str, report: Report | None) -> Recommendation | None:
    """Return the recommendation as the form would make it. What the form would refuse is refused here."""
    entry = RecommendationEntry(
        number=number,
        wording=row.wording,
        scope=AddresseeScope.ALL,
        respond_by=row.respond_by,
        due_on=row.due_on,
        joint_with=row.joint_with,
        parts=row.parts,
        quoted_from=row.quoted_from,
        short_form=row.short_form,
        others=row.also_addressed_to,
        themes=row.themes,
        priority=row.priority,
    )
    try:
        fit = entry.recommendation(report or _ANY_REPORT, ())
    except Unfit as unfit:
        plan.refuse_unfit(row, unfit)
        return None
    return fit if report else None


def _derived_from(plan: Plan, row: RecommendationRow) -> tuple[str, ...]:
    numbers = labels(row.derived_from)
    for number in numbers:
        id_ = recommendation_id(row.report, number)
        if plan.is_spoilt(id_) or plan.is_spoilt(row.report):
            plan.spoil(recommendation_id(row.report, row.number.lower()))
        elif id_ not in plan.picture.recommendations:
            plan.refuse(row, "derived_from", f"The report has no {number}. Put that one in a row before.")
    return numbers


def _addressed(plan: Plan, row: RecommendationRow, scope: AddresseeScope | None) -> tuple[PolicingBody, ...]:
    """Return the bodies that exist today in a scope, or all that are named."""
    everyone = sorted(plan.picture.bodies.values(), key=lambda body: body.short_name)
    if scope is AddresseeScope.CHOSEN or len(row.addressed_to) > 1:
        bodies_named = [plan.body(row, name, "addressed_to") for name in row.addressed_to]
        codes = {body.code for body in bodies_named if body}
        return tuple(body for body in everyone if body.code in codes)
    existing = [body for body in everyone if body.exists_on(plan.today)]
    bodies = tuple(
        body for body in existing if scope is AddresseeScope.ALL or (scope and body.country == scope.value)
    )
    if not bodies:
        plan.refuse(row, "addressed_to", "There is no such body. Add the bodies first.")
    return bodies


def _must_be_the_same(
    plan: Plan,
    row: RecommendationRow,
    existing: Recommendation,
    bodies: Iterable[PolicingBody],
    first: FilePlace | None,
) -> None:
    """Refuse each cell that says something else than the register. Empty cells are not compared."""
    for column in _differing(row, existing):
        plan.refuse(row, column, _not_rewritten(column, existing.title, row, first))
    codes = set(plan.picture.addressed(existing.id))
    # Bodies that follow one which was asked come in by themselves, on their day.
    codes |= {plan.picture.bodies[code].successor_code or "" for code in codes}
    missing_bodies = [body.short_name for body in bodies if body.code not in codes]
    if missing_bodies:
        plan.refuse(
            row,
            "addressed_to",
            f"{existing.title} is in the register already, and not addressed to {', '.join(missing_bodies)}."
            " An import adds no body to it.",
        )


def _differing(row: RecommendationRow, existing: Recommendation) -> list[str]:
    differ = [
        column
        for column in (
            "wording",
            "respond_by",
            "due_on",
            "joint_with",
            "source",
            "quoted_from",
            "short_form",
        )
        if getattr(row, column) not in ("", None, getattr(existing, column))
    ]
    parts_there = [(part.kind, part.text) for part in existing.parts]
    if row.parts and [(part.kind, part.text) for part in parts_of(row.parts)] != parts_there:
        differ.append("parts")
    if row.also_addressed_to and names_in(row.also_addressed_to) != existing.others_addressed:
        differ.append("also_addressed_to")
    if row.themes and themes_in(row.themes) != existing.themes:
        differ.append("themes")
    if row.priority and not existing.priority:
        differ.append("priority")
    if row.derived_from and labels(row.derived_from) != existing.derived_from:
        differ.append("derived_from")
    return differ


def labels(text: str) -> tuple[str, ...]:
    """Split at spaces, commas and semicolons: "15 16", "a; b"."""
    return tuple(re.split(r"[\s,;]+", text.strip().lower())) if text.strip() else ()


def _not_rewritten(column: str, title: str, row: Row, first: FilePlace | None) -> NotImportable:
    """Say that a column differs; `first` is the row of this import that adds the thing, where one does."""
    if first:
        return NotImportable(
            column, f"{other_row(row, first)} says something else here. Correct one of them."
        )
    return NotImportable(
        column, f"{title} is in the register with something else here. An import adds and never rewrites."
    )


def _published(kind: UpdateKind, plan: Plan, text: str, changes: tuple[Change, ...]) -> Draft:
    """Draft an update whose text is the report's own, which is published and may be quoted."""
    return Draft(kind, plan.today, Via.IMPORT, changes=changes, quotable=True, text=text)
