"""Loads the shipped stalking case into an empty store."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib.resources import files
from typing import Any

import yaml
from msgspec import Struct

from bot.domain.calendar import london_date
from bot.domain.register.addressee import Addressee, Answer
from bot.domain.register.correcting import ADDRESSED_TO
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Part, PartKind, Recommendation, RecommendationKind, Report
from bot.domain.register.transition import apply, drafted
from bot.domain.register.update import Change, Draft, UpdateKind, Via
from bot.domain.values import replace
from bot.operations.request.writing import HistoryLedger
from storage import addressees, bodies, contents, recommendations
from storage.store import Store

_FOLDER = files("bot.example")


class StoreNotEmpty(Exception):
    """The example is loaded into an empty store only."""


class Loaded(Struct, frozen=True):
    bodies: int
    recommendations: int
    responses: int


def load_example(store: Store, instant: datetime) -> Loaded:
    """Load bodies, report, recommendations and the responses of the association's letter, at a UTC instant.

    Raises StoreNotEmpty."""
    facts = yaml.safe_load(_FOLDER.joinpath("stalking.yaml").read_text(encoding="utf-8"))
    report = _report(facts["report"])
    new = [_recommendation(report, fact) for fact in facts["recommendations"]]
    everyone = list(_bodies())
    with store.begin() as connection:
        ledger = HistoryLedger(connection, instant)
        if bodies.count(connection) or recommendations.count_live(connection):
            raise StoreNotEmpty
        bodies.add(connection, everyone)
        recommendations.add_report(connection, report)
        day = london_date(instant)
        added = _draft(UpdateKind.REPORT_ADDED, day, report.title)
        contents_now = (
            *contents.change(connection, contents.REPORT, report.key),
            *contents.change(connection, contents.BODY, *(body.code for body in everyone)),
        )
        ledger.append(replace(added, changes=contents_now))
        for recommendation in new:
            recommendations.add(connection, recommendation)
            _record_added(ledger, day, recommendation, everyone)
        answered = [
            _response(ledger, addressee, _answer(facts["acceptances"], addressee.recommendation_id, report))
            for recommendation in new
            for addressee in _addressees(recommendation, everyone)
        ]
        addressees.add(connection, answered)
    return Loaded(len(everyone), len(new), sum(addressee.answer.is_given for addressee in answered))


def _record_added(
    ledger: HistoryLedger, day: date, recommendation: Recommendation, everyone: list[PolicingBody]
) -> None:
    addressed = " ".join(addressee.body_code for addressee in _addressees(recommendation, everyone))
    contents_now = contents.change(ledger.connection, contents.RECOMMENDATION, recommendation.id)
    draft = replace(
        _draft(UpdateKind.RECOMMENDATION_ADDED, day, recommendation.source),
        recommendation_id=recommendation.id,
        changes=(Change(ADDRESSED_TO, "", addressed), *contents_now),
    )
    ledger.append(draft)


def _addressees(recommendation: Recommendation, everyone: list[PolicingBody]) -> Iterator[Addressee]:
    if recommendation.kind is RecommendationKind.DERIVED:
        return
    for body in everyone:
        if body.exists_on(recommendation.report.published_on):
            yield recommendation.addressed_to(body)


def _answer(fact: Mapping[str, Any], recommendation_id: str, report: Report) -> Mapping[str, Any]:
    """Return what all bodies answered to a recommendation; nothing where the facts do not tell."""
    numbers = {f"{report.key}-{number}" for number in fact["recommendations"]}
    return fact if recommendation_id in numbers else {}


def _response(ledger: HistoryLedger, new: Addressee, fact: Mapping[str, Any]) -> Addressee:
    """Record its answer, where the facts hold one, and return the addressee as it then stands."""
    if not fact:
        return new
    answered = new.respond(Answer(fact["answer"]), fact.get("reason", ""))
    draft = _draft(UpdateKind.RESPONSE, fact["stands_from"], fact["source"])
    draft = replace(draft, recommendation_id=new.recommendation_id, body_code=new.body_code, quotable=True)
    return apply(new, ledger.append(drafted(new, answered, draft)))


def _draft(kind: UpdateKind, stands_from: date, source: str) -> Draft:
    return Draft(kind=kind, stands_from=stands_from, via=Via.EXAMPLE, source=source)


def _report(fact: Mapping[str, Any]) -> Report:
    return Report(
        key=fact["key"],
        title=fact["title"],
        publishers=", ".join(fact["publishers"][:-1]) + f" and {fact['publishers'][-1]}",
        published_on=fact["published"],
        url=fact.get("url", ""),
    )


def _recommendation(report: Report, fact: Mapping[str, Any]) -> Recommendation:
    return Recommendation(
        report=report,
        number=str(fact["number"]),
        kind=RecommendationKind(fact["kind"]),
        wording=fact["wording"],
        joint_with=fact.get("joint_with") or "",
        respond_by=fact.get("respond_by"),
        due_on=fact.get("due_on"),
        derived_from=tuple(str(number) for number in fact.get("derived_from") or ()),
        source=fact["source"],
        short_form=fact["short_form"],
        themes=tuple(fact.get("themes") or ()),
        parts=tuple(
            Part(part["label"], PartKind(part["kind"]), part["text"]) for part in fact.get("parts") or ()
        ),
    )


def _bodies() -> Iterator[PolicingBody]:
    with _FOLDER.joinpath("bodies.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield PolicingBody(
                code=row["code"],
                slug=row["slug"],
                short_name=row["short_name"],
                force_name=row["force_name"],
                area_name=row["area_name"],
                name=row["body_name"],
                kind=row["body_type"],
                region=row["region"],
                country=row["country"],
                tile_row=int(row["tile_row"]),
                tile_col=int(row["tile_col"]),
                aliases=tuple(alias for alias in row["aliases"].split(";") if alias),
                first_day=_day(row["first_day"]),
                last_day=_day(row["last_day"]),
                successor_code=row["successor"] or None,
            )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
