"""`/recs kent`, `/recs wales`: a body or a region across the live recommendations."""

from collections.abc import Sequence
from datetime import date

from bot.domain.questions.answers import BodyCounts, BodyOverview, RegionOverview, Standing
from bot.domain.register.addressee import STAGES_IN_ORDER, Addressee, Answer, Duty
from bot.domain.register.recommendation import Recommendation
from bot.rendering import words
from bot.rendering.blocks.questions.lists import (
    body_names,
    end_of_page,
    in_days,
    what_is_ahead,
    which_page,
    written,
)
from bot.rendering.blocks.questions.overview import accepted_of
from bot.rendering.blocks.questions.updates import in_one_line
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.screen import Screen, screen, small


def body(found: BodyOverview) -> Screen:
    return screen(
        f"{found.body_name}{which_page(found.page)}: {_body_sums(found)}.",
        *written(line for row in found.rows for line in standing_lines(row, found.today)),
        small(_body_hint(found)) if found.rows else None,
        *end_of_page(found.typed, found.page),
    )


def region(found: RegionOverview) -> Screen:
    return screen(
        _region_headline(found),
        *written(line for one, some in found.rows for line in _region_lines(one, some, found.today)),
        small(f"Its bodies: {inert(words.both(found.body_names))}.") if found.body_names else None,
        *end_of_page(found.typed, found.page),
    )


def standing_lines(row: Standing, today: date, body_name: str = "") -> list[str]:
    """One recommendation with one body, and below it the latest update."""
    addressee = row.addressee
    title = row.recommendation.title
    about = f"{body_name}, {title}" if body_name else words.capital(title)
    pieces = [_answer(addressee, today), words.stage(addressee.stage), _due(row, today)]
    lines = [f"{about}: {'; '.join(piece for piece in pieces if piece)}"]
    if row.latest:
        lines.append(f"  {in_one_line(row.latest)}")
    return lines


def _body_sums(found: BodyOverview) -> str:
    sums = found.sums
    if not sums.addressed:
        return "no live recommendation is addressed to it"
    ahead = what_is_ahead(found.nearest, sums.late, found.today) if sums.owing else "nothing is owed"
    accepted = f"{sums.accepted} of {sums.addressed} accepted"
    return f"{accepted}, {sums.done} of {sums.addressed} complete{_checked(sums)}; {ahead}"


def _checked(sums: BodyCounts) -> str:
    return f" ({sums.checked} checked by the association)" if sums.checked else ""


def _answer(addressee: Addressee, today: date) -> str:
    if addressee.answer is not Answer.AWAITING or addressee.respond_by is None:
        return addressee.answer.value
    by = addressee.respond_by
    return f"awaiting a response by {words.short_day(by)} ({words.time_left(by, today)})"


def _due(row: Standing, today: date) -> str:
    due_on = row.addressee.due_on
    if due_on is None:
        return ""
    left = f" ({words.time_left(due_on, today)})" if row.addressee.owes(Duty.ACTION) else ""
    asked = f", extension asked for until {words.short_day(row.asked_until)}" if row.asked_until else ""
    return f"due {words.moved_day(due_on, row.recommendation.due_on)}{left}{asked}"


def _body_hint(found: BodyOverview) -> str:
    first, name = found.rows[0].recommendation.title, found.body_name
    return escaped(f"`/recs {first} {name}` for one of them, `/recs history {name}` for all updates.")


def _region_headline(found: RegionOverview) -> str:
    name = f"{found.name}, {words.bodies(len(found.body_names))}{which_page(found.page)}"
    if not found.rows:
        return f"{name}: no live recommendation is addressed to them."
    ahead = (
        what_is_ahead(found.nearest, found.sums.late, found.today) if found.sums.owing else "nothing is owed"
    )
    if found.page.of > 1:
        return f"{name}: {ahead}."
    counted = [(_count(some, Answer.ACCEPTED), len(some)) for _, some in found.rows]
    return f"{name}: {accepted_of(counted)}; {ahead}."


def _region_lines(one: Recommendation, some: Sequence[Addressee], today: date) -> list[str]:
    due = f", due {words.short_day(one.due_on)}, {in_days(one.due_on, today)}" if one.due_on else ""
    stages = ", ".join(
        f"{n} {words.stage(stage)}"
        for stage in STAGES_IN_ORDER
        if (n := sum(at.stage is stage for at in some))
    )
    lines = [
        f"{words.capital(one.title)}{due}: {_count(some, Answer.ACCEPTED)} of {len(some)} accepted · {stages}"
    ]
    for duty, what in ((Duty.RESPONSE, "Awaiting a response"), (Duty.ACTION, "Not complete")):
        owing = [at for at in some if at.owes(duty)]
        if owing:
            lines.append(f"  {what}: {body_names(owing, words.NAMES_SHOWN)}")
    return lines


def _count(some: Sequence[Addressee], answer: Answer) -> int:
    return sum(one.answer is answer for one in some)
