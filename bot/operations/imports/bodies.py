"""Policing bodies from a file: new ones, and changes of those in the register."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.register.body_changes import changes_of
from bot.domain.register.body_facts import BodyFact, codes_of, new_facts, with_facts
from bot.domain.register.ending_plan import EndingProblem, EndingRefused, must_follow
from bot.domain.register.imports import BodyRow, NotImportable
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.update import Change, Draft, UpdateKind, Via
from bot.domain.values import replace
from bot.operations.imports.plan import Plan, other_row

_CODE = re.compile(r"[A-Za-z0-9]{2,20}")
_COUNTRIES = ("England", "Wales")
_NEEDED = ("short_name", "body_name", "body_type", "region", "country", "tile_row", "tile_col")
# The fields of PolicingBody, by the name of their column.
_FIELDS = {
    "short_name": "short_name",
    "force_name": "force_name",
    "area_name": "area_name",
    "body_name": "name",
    "body_type": "kind",
    "region": "region",
    "country": "country",
    "aliases": "aliases",
    "first_day": "first_day",
    "last_day": "last_day",
    "tile_row": "tile_row",
    "tile_col": "tile_col",
    "official_code": "official_code",
}


def plan_bodies(plan: Plan, rows: Iterable[BodyRow]) -> None:
    """Plan all bodies of a file together, since one may be another's successor."""
    before = dict(plan.picture.bodies)
    after = dict(before)
    taken: list[tuple[BodyRow, str]] = []
    for written in rows:
        row = replace(written, code=_code(written.code, after))
        key = plan.new_key(row)
        if key is None:
            continue
        names = (row.code, row.slug, row.short_name)
        if other := plan.first_place(row, ("body", row.code)):
            plan.refuse(row, "code", f"{other_row(row, other)} is about this body too. Make them one row.")
            continue
        try:
            body = _body(_with_former_names(row, plan), after, before.get(row.code), plan.today)
        except NotImportable as refusal:
            plan.refuse(row, refusal.column, refusal)
            plan.spoil(*names)
            continue
        if row.unread:
            plan.spoil(*names)
        after[row.code] = body
        taken.append((row, key))
    # Only now are all of them known.
    for row, _ in taken:
        _name_successor(plan, row, before, after)
    for row, key in taken:
        _plan(plan, row, key, before.get(row.code), after[row.code])
    plan.picture.bodies = after
    plan.names_changed()


def _name_successor(
    plan: Plan, row: BodyRow, before: Mapping[str, PolicingBody], after: dict[str, PolicingBody]
) -> None:
    """Put the body's successor in `after`, or note what is wrong with it."""
    try:
        after[row.code] = _with_successor(row, after)
        _must_not_pass_on_again(before.get(row.code), after[row.code], plan.today)
        _must_agree(after[row.code], after, row)
    except NotImportable as refusal:
        plan.refuse(row, refusal.column, refusal)
        plan.spoil(row.code, row.slug, row.short_name)


def _plan(plan: Plan, row: BodyRow, key: str, before: PolicingBody | None, body: PolicingBody) -> None:
    if body == before:
        return
    plan.writes.bodies[body.code] = body
    if before is None:
        plan.writes.new_bodies.add(body.code)
    kind = UpdateKind.BODY_CHANGED if before else UpdateKind.BODY_ADDED
    changes = _changes(before, body)
    day = row.changed_on or plan.today
    draft = Draft(kind, day, Via.IMPORT, body_code=body.code, changes=changes)
    plan.record(row, key, body.short_name, draft)


def _body(
    row: BodyRow, others: dict[str, PolicingBody], before: PolicingBody | None, today: date
) -> PolicingBody:
    """Return the body as the row makes it, with the successor that it had. Raises NotImportable."""
    body = _changed(row, before, today) if before else _new(row)
    if body.country not in _COUNTRIES:
        raise NotImportable("country", "Write England or Wales.")
    if body.first_day and body.last_day and body.last_day < body.first_day:
        raise NotImportable("last_day", "This is before its first day.")
    for other in others.values():
        if other.code != body.code and other.short_name.casefold() == body.short_name.casefold():
            raise NotImportable("short_name", "Another body has this short name. Choose one of its own.")
        if other.code != body.code and row.official_code.casefold() in codes_of(other):
            raise NotImportable("official_code", f"This is a code of {other.short_name}.")
        if other.code != body.code and other.slug == body.slug:
            raise NotImportable("slug", "Another body has this slug. Choose one of its own.")
    return body


def _with_former_names(row: BodyRow, plan: Plan) -> BodyRow:
    """Other names replace those before, but for what the body was called itself."""
    if not row.aliases:
        return row
    former = plan.picture.former_names.get(row.code, ())
    return replace(row, aliases=tuple(dict.fromkeys((*row.aliases, *former))))


def _code(written: str, everyone: Mapping[str, PolicingBody]) -> str:
    """Return the code by which the register knows a body for good, whichever of its codes was written."""
    if written in everyone:
        return written
    return next((body.code for body in everyone.values() if written.casefold() in codes_of(body)), written)


def _new(row: BodyRow) -> PolicingBody:
    if not _CODE.fullmatch(row.code):
        raise NotImportable("code", "A code has 2 to 20 letters and digits, such as E23000032.")
    for column in _NEEDED:
        if getattr(row, column) in ("", None):
            raise NotImportable(column, f"There is no body {row.code} yet, and a new one needs this.")
    return PolicingBody(
        code=row.code,
        slug=row.slug or re.sub(r"[^a-z0-9]+", "-", row.short_name.casefold()).strip("-"),
        short_name=row.short_name,
        force_name=row.force_name or row.short_name,
        area_name=row.area_name or row.short_name,
        name=row.body_name,
        kind=row.body_type,
        region=row.region,
        country=row.country,
        tile_row=row.tile_row or 0,
        tile_col=row.tile_col or 0,
        aliases=row.aliases,
        first_day=row.first_day,
        last_day=row.last_day,
        official_code=row.official_code or None,
    )


def _changed(row: BodyRow, before: PolicingBody, today: date) -> PolicingBody:
    if row.slug and row.slug != before.slug:
        raise NotImportable("slug", f"It is {before.slug}, and people's commands rest on it. Leave it empty.")
    if row.changed_on and row.changed_on > today:
        raise NotImportable("changed_on", "This is to come: plan it with `recbot bodies rename`.")
    values = {_FIELDS[column]: getattr(row, column) for column in _FIELDS}
    new = {name: value for name, value in values.items() if value not in ("", None, ())}
    facts = {fact: new.pop(fact.value) for fact in BodyFact if fact.value in new}
    body = with_facts(replace(before, **new), new_facts(before, facts))
    if row.continues:
        if row.last_day or row.successor:
            raise NotImportable("continues", "It cannot both end and continue. Leave one of them empty.")
        body = replace(body, last_day=None, successor_code=None)
    passed_on = before.last_day and before.last_day < today and before.successor_code
    if passed_on and body.last_day != before.last_day:
        raise NotImportable("last_day", f"It ended on {before.last_day}, and what it owed has passed on.")
    # The register's order is kept, so that the same aliases in another order are no change.
    return replace(body, aliases=before.aliases if set(body.aliases) == set(before.aliases) else body.aliases)


def _with_successor(row: BodyRow, everyone: dict[str, PolicingBody]) -> PolicingBody:
    body = everyone[row.code]
    if not row.successor:
        return body
    folded_name = row.successor.casefold()
    for other in everyone.values():
        if folded_name in {other.slug, other.short_name.casefold()} | codes_of(other):
            return replace(body, successor_code=other.code)
    raise NotImportable("successor", "There is no such body. Give the code or the short name of one.")


def _must_not_pass_on_again(before: PolicingBody | None, after: PolicingBody, today: date) -> None:
    """Raise NotImportable where what a body owed has passed to another than the file says."""
    if before is None or before.successor_code is None or not before.has_ended_by(today):
        return
    if after.successor_code != before.successor_code:
        why = f"It ended on {before.last_day}, and what it owed has passed on to another."
        raise NotImportable("successor", why)


def _must_agree(body: PolicingBody, everyone: dict[str, PolicingBody], row: BodyRow) -> None:
    """Raise NotImportable where duties would pass to nobody, or in a ring."""
    if body.last_day is not None and body.successor_code is None and row.last_day:
        raise NotImportable("successor", "Say who follows: what was asked of the body passes on to somebody.")
    if row.successor and body.last_day is None:
        raise NotImportable("last_day", "A body with a successor needs its last day.")
    # Bodies that it follows are checked too: its new last day may no longer fit theirs.
    for policing_body in (body, *(other for other in everyone.values() if body.code in other.heirs)):
        column = "successor" if policing_body is body else "last_day"
        for heir in (everyone[code] for code in policing_body.heirs if code in everyone):
            if policing_body.last_day is None:
                continue
            try:
                must_follow(policing_body, heir, policing_body.last_day)
            except EndingRefused as refusal:
                raise NotImportable(column, _why(refusal)) from None


def _why(refusal: EndingRefused) -> str:
    name, other, day = refusal.body_name, refusal.other, refusal.day
    if refusal.problem is EndingProblem.HEIR_BEGINS_LATER:
        return f"{other} begins on {day}, and nobody would stand in {name}'s place until then."
    if refusal.problem is EndingProblem.HEIR_ENDS:
        return f"{other} ends on {day}, and so cannot follow {name}."
    return f"{name} cannot follow itself."


def _changes(before: PolicingBody | None, after: PolicingBody) -> tuple[Change, ...]:
    return changes_of(before, after, ("slug", *_FIELDS.values(), "successor_code"))
