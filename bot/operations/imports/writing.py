"""Writes what an import planned, while everybody else waits: in a few statements, however many rows."""

from collections import defaultdict
from functools import reduce

from bot.domain.register.imports import Effect
from bot.domain.register.transition import apply
from bot.domain.register.update import Update
from bot.domain.values import replace
from bot.operations.imports.plan import Plan, Writes
from bot.operations.request.writing import HistoryLedger
from storage import addressees, contents, imports, people, recommendations, succession
from storage.database import Connection


def write(ledger: HistoryLedger, plan: Plan) -> list[Effect]:
    """Write the plan and return what was recorded, in its order."""
    connection = ledger.connection
    _write_what_is_new(connection, plan.writes)
    for person_key in dict.fromkeys(grant.who for grant in plan.writes.grants):
        if person := plan.people.get(person_key):
            people.remember(connection, person)
    imports.grant(connection, plan.writes.grants, plan.instant)
    drafts = contents.with_contents(connection, [planned.draft for planned in plan.planned])
    recorded = ledger.chain.extend(drafts, plan.instant)
    _save_addressees(connection, plan, recorded)
    return [
        Effect(planned.place, planned.about, update)
        for planned, update in zip(plan.planned, recorded, strict=True)
    ]


def _write_what_is_new(connection: Connection, writes: Writes) -> None:
    for code in writes.new_bodies:
        succession.add_body(connection, replace(writes.bodies[code], successor_code=None))
    # A successor has to be there before it is named.
    for body in writes.bodies.values():
        succession.save_body(connection, body)
    for report in writes.reports:
        recommendations.add_report(connection, report)
    recommendations.add_all(connection, writes.recommendations)
    if writes.addressees:
        addressees.add(connection, writes.addressees)


def _save_addressees(connection: Connection, plan: Plan, recorded: list[Update]) -> None:
    by_addressee: defaultdict[tuple[str, str], list[Update]] = defaultdict(list)
    for planned, update in zip(plan.planned, recorded, strict=True):
        if planned.addressee_key:
            by_addressee[planned.addressee_key].append(update)
    standings = plan.picture.standings
    addressees.save_all(
        connection,
        [
            (standings[key].before, reduce(apply, updates, standings[key].before))
            for key, updates in by_addressee.items()
        ],
    )
