"""`/recs kent`, `/recs wales`: a body or a region across the live recommendations."""

from collections.abc import Sequence
from datetime import date

from bot.domain.questions.answers import BodyCounts, BodyOverview, RegionOverview, StandingRow
from bot.domain.register.addressee import STAGES_IN_ORDER, Addressee, Answer, Duty, Stage
from bot.domain.register.recommendation import Recommendation
from bot.rendering import due_dates, published_responses, terms, wordings, words
from bot.rendering.blocks.questions import predecessors
from bot.rendering.blocks.questions.lists import (
    body_names,
    end_of_page,
    in_days,
    what_is_ahead,
    which_page,
    written,
)
from bot.rendering.blocks.questions.overview import accepted_of
from bot.rendering.blocks.questions.predecessors import differ
from bot.rendering.blocks.questions.updates import in_one_line
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.screen import Screen, screen, small


def body(body_overview: BodyOverview) -> Screen:
    return screen(
        f"{body_overview.body_name}{which_page(body_overview.page)}: {_body_sums(body_overview)}.",
        *written(line for row in body_overview.rows for line in standing_lines(row, body_overview.today)),
        *written(published_responses.lines(body_overview.published_responses, body_overview.today)),
        small(_body_hint(body_overview)) if body_overview.rows else None,
        *end_of_page(body_overview.typed, body_overview.page),
    )


def region(region: RegionOverview) -> Screen:
    return screen(
        _region_headline(region),
        *written(
            line
            for recommendation, addressees in region.rows
            for line in _region_lines(recommendation, addressees, region.today)
        ),
        small(f"Its bodies: {inert(words.both(region.body_names))}.") if region.body_names else None,
        *end_of_page(region.typed, region.page),
    )


def standing_lines(row: StandingRow, today: date, body_name: str = "") -> list[str]:
    """Show one recommendation with one body, and below it the latest update."""
    addressee = row.addressee
    title = wordings.named(row.recommendation)
    about = f"{body_name}, {title}" if body_name else words.capital(title)
    pieces = [
        _answer(addressee, today),
        due_dates.stands(addressee),
        _due(row, today),
        due_dates.expects(addressee, today),
        due_dates.parts(addressee),
    ]
    lines = [f"{about}: {'; '.join(piece for piece in pieces if piece)}"]
    if row.latest:
        lines.append(f"  {in_one_line(row.latest)}")
    lines += [f"  {line}" for line in differ(addressee, row.predecessors)]
    for predecessor in row.predecessors:
        lines.append(f"  {predecessors.in_one_line(predecessor)}")
        lines += [f"    {in_one_line(update)}" for update in (predecessor.progress,) if update]
    return lines


def _body_sums(body_overview: BodyOverview) -> str:
    sums = body_overview.sums
    if ending := body_overview.ending:
        return (
            f"it ended on {words.day(ending.last_day)},"
            f" and {words.both(body_overview.heirs)} {'stands' if len(body_overview.heirs) == 1 else 'stand'}"
            " in its place;"
            f" it had accepted {sums.accepted} of {sums.addressed}"
        )
    if not sums.addressed:
        return "no live recommendation is addressed to it"
    ahead = (
        what_is_ahead(body_overview.next_due, sums.late, body_overview.today)
        if sums.owing
        else "nothing is owed"
    )
    to_publish = published_responses.are_open(body_overview.published_responses, body_overview.today)
    if to_publish:
        ahead = f"{ahead}; {to_publish}" if sums.owing else to_publish
    accepted = f"{sums.accepted} of {sums.addressed} accepted"
    return f"{accepted}, {sums.done} of {sums.addressed} complete{_checked(sums)}; {ahead}"


def _checked(sums: BodyCounts) -> str:
    counts = ((sums.checked, Stage.CHECKED), (sums.closed, Stage.CLOSED))
    stage_counts = [f"{count} {terms.stage(stage)}" for count, stage in counts if count]
    return f" ({words.both(stage_counts)})" if stage_counts else ""


def _answer(addressee: Addressee, today: date) -> str:
    if addressee.answer.is_given or addressee.respond_by is None:
        return terms.answer(addressee.answer)
    by = addressee.respond_by
    return f"awaiting a response by {words.short_day(by)} ({words.time_left(by, today)})"


def _due(row: StandingRow, today: date) -> str:
    due_on = row.addressee.due_on
    if due_on is None:
        return ""
    left = f" ({words.time_left(due_on, today)})" if row.addressee.owes(Duty.ACTION) else ""
    text = f", extension asked for until {words.short_day(row.asked_until)}" if row.asked_until else ""
    return f"{due_dates.due(row.addressee, row.recommendation.due_on)}{left}{text}"


def _body_hint(body_overview: BodyOverview) -> str:
    first, name = body_overview.rows[0].recommendation.title, body_overview.body_name
    return escaped(f"`/recs {first} {name}` for one of them, `/recs history {name}` for all updates.")


def _region_headline(region: RegionOverview) -> str:
    name = f"{region.name}, {words.bodies(len(region.body_names))}{which_page(region.page)}"
    if not region.rows:
        return f"{name}: no live recommendation is addressed to them."
    ahead = (
        what_is_ahead(region.next_due, region.sums.late, region.today)
        if region.sums.owing
        else "nothing is owed"
    )
    if region.page.pages > 1:
        return f"{name}: {ahead}."
    shares = [(_count(addressees, Answer.ACCEPTED), len(addressees)) for _, addressees in region.rows]
    return f"{name}: {accepted_of(shares)}; {ahead}."


def _region_lines(recommendation: Recommendation, addressees: Sequence[Addressee], today: date) -> list[str]:
    due = (
        f", due {words.short_day(recommendation.due_on)}, {in_days(recommendation.due_on, today)}"
        if recommendation.due_on
        else ""
    )
    stages = ", ".join(
        f"{n} {terms.stage(stage)}"
        for stage in STAGES_IN_ORDER
        if (n := sum(addressee.stage is stage for addressee in addressees))
    )
    lines = [
        f"{words.capital(wordings.named(recommendation))}{due}:"
        f" {_count(addressees, Answer.ACCEPTED)} of {len(addressees)} accepted · {stages}"
    ]
    for duty, label in ((Duty.RESPONSE, "Awaiting a response"), (Duty.ACTION, "Not complete")):
        owing = [addressee for addressee in addressees if addressee.owes(duty)]
        if owing:
            lines.append(f"  {label}: {body_names(owing, words.NAMES_SHOWN)}")
    return lines


def _count(addressees: Sequence[Addressee], answer: Answer) -> int:
    return sum(addressee.answer is answer for addressee in addressees)
