"""`/recs`: the live recommendations, report by report."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.questions.answers import OverviewRow, RegisterOverview
from bot.domain.register.addressee import ANSWERS_IN_ORDER, STAGES_IN_ORDER, Answer
from bot.domain.register.recommendation import Report, Tally
from bot.rendering import published_responses, terms, wordings, words
from bot.rendering.blocks.questions.lists import (
    end_of_page,
    in_days,
    titles,
    what_is_ahead,
    which_page,
    written,
)
from bot.rendering.origins import origin
from bot.rendering.screen import Screen, screen, small

_ANSWERS = tuple(answer for answer in ANSWERS_IN_ORDER if answer is not Answer.ACCEPTED)


def overview(result: RegisterOverview) -> Screen:
    return screen(
        headline(result),
        *written(row_lines(result)),
        small(hint(result)) if result.rows else None,
        *end_of_page(result.typed, result.page),
    )


def accepted_of(tallies: Sequence[tuple[int, int]]) -> str:
    """Say how many accepted of how many addressed, over several recommendations: 41 of 43 accepted each."""
    if len({addressed for _, addressed in tallies}) > 1:
        accepted, addressed = (sum(column) for column in zip(*tallies, strict=True))
        return f"{accepted} of {addressed} accepted in all"
    fewest, addressed = min(tallies)
    of_each = " each" if len(tallies) > 1 else ""
    least = "at least " if len(set(tallies)) > 1 else ""
    return f"{least}{fewest} of {addressed} accepted{of_each}"


def headline(result: RegisterOverview) -> str:
    if not result.rows:
        name = f"{words.capital(result.report.key)}: no" if result.report else "No"
        return f"{name} recommendation is live."
    shares = [(row.tally.accepted, row.tally.addressed) for row in result.rows if row.tally.addressed]
    if not result.addressed:
        return f"{_subject(result)}{which_page(result.page)}."
    ahead = what_is_ahead(result.next_due, result.late, result.today)
    if result.page.pages > 1 or not shares:
        return f"{_subject(result)}{which_page(result.page)}; {ahead}."
    return f"{_subject(result)}: {accepted_of(shares)}; {ahead}."


def _subject(result: RegisterOverview) -> str:
    if result.chosen:
        return words.capital(titles(row.recommendation for row in result.rows))
    counts = []
    if result.addressed:
        counts.append(words.count(result.addressed, "live recommendation"))
    if result.derived:
        counts.append(f"{result.derived} of the association's own")
    text = words.both(counts)
    return f"{words.capital(result.report.key)}, {text}" if result.report else text


def row_lines(result: RegisterOverview) -> list[str]:
    lines: list[str] = []
    report_above: Report | None = None
    for row in result.rows:
        report = row.recommendation.report
        if report != report_above:
            lines.append(f"{words.capital(report.key)}: {report.title}, {words.day(report.published_on)}")
            report_above = report
            lines += _origins(result, report)
            if published := result.published_responses.get(report.key):
                due = published_responses.due(published, result.today)
                lines.append(f"  {words.capital(published_responses.count(published))}, {due}.")
        lines.append(f"  {_row(row, result.today)}")
    return lines


def _origins(result: RegisterOverview, report: Report) -> Iterator[str]:
    """Say of whom a count is: 15: 43 accepted on 22 November 2024; 42 bodies now stand in their place."""
    for row in result.rows:
        of_whom = result.origins.get(row.recommendation.id)
        if row.recommendation.report == report and of_whom:
            yield f"  {row.recommendation.number}: {origin(of_whom)}."


def _row(row: OverviewRow, today: date) -> str:
    recommendation = row.recommendation
    if row.answers_expected:
        answers = f"{row.answers_in} of {row.answers_expected} answers in"
        return f"{wordings.numbered(recommendation)} · {answers} · the association's own"
    due = (
        f"due {words.short_day(recommendation.due_on)}, {in_days(recommendation.due_on, today)}"
        if recommendation.due_on
        else "no date"
    )
    ended = "" if recommendation.live else f"{terms.status(recommendation.status)} · "
    return (
        f"{wordings.numbered(recommendation)} · {ended}{due} · {_answers(row.tally)} · {_progress(row.tally)}"
    )


def _answers(tally: Tally) -> str:
    others = [f"{n} {terms.answer(answer)}" for answer in _ANSWERS if (n := tally.answers.get(answer, 0))]
    return ", ".join([f"{tally.accepted} of {tally.addressed} accepted", *others])


def _progress(tally: Tally) -> str:
    stage_counts = [
        f"{n} {terms.stage(stage)}" for stage in STAGES_IN_ORDER if (n := tally.stages.get(stage, 0))
    ]
    return ", ".join(stage_counts)


def hint(result: RegisterOverview) -> str:
    addressed = next((row.recommendation for row in result.rows if row.tally.addressed), None)
    first = (addressed or result.rows[0].recommendation).title
    return f"`/recs {first}` for one of them, `/recs help` for what else can be asked."
