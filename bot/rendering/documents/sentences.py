"""What the account says in sentences: first how a recommendation stands, in one that can be sent alone."""

from collections.abc import Iterable

from bot.domain.questions.account import Account, Chapter, Entry
from bot.domain.register.addressee import STAGES_IN_ORDER, Addressee, Answer, Duty, Stage
from bot.domain.register.recommendation import (
    Recommendation,
    RecommendationKind,
    RecommendationStatus,
    Report,
)
from bot.rendering import words

INTERNAL = "Internal: not for publication"
PUBLISHED = "published"


def form(account: Account) -> str:
    return INTERNAL if account.is_internal else PUBLISHED


def title(account: Account) -> str:
    """Stalking 15, Kent; the report's title; Kent; or all recommendations."""
    named = []
    match account.of:
        case Recommendation() as recommendation:
            named.append(words.capital(recommendation.title))
        case Report() as report:
            named.append(report.title)
    if account.body is not None:
        named.append(account.body.short_name)
    return ", ".join(named) or "All live recommendations"


def subtitle(account: Account) -> str:
    """The account as at 22 November 2024."""
    return words.capital(_what_it_is(account))


def heading(account: Account) -> str:
    """Stalking 15: the account as at 22 November 2024."""
    return f"{title(account)}: {_what_it_is(account)}"


def _what_it_is(account: Account) -> str:
    when = "as known at" if account.known else "as at"
    return f"the account {when} {words.day(account.day)}"


def how_it_stands(chapter: Chapter) -> str:
    """41 of 43 policing bodies accepted recommendation 15; Gwent has not yet responded."""
    recommendation = chapter.recommendation
    named = f"recommendation {recommendation.number}"
    if recommendation.kind is RecommendationKind.DERIVED:
        return _answers_in(chapter, named)
    tally = chapter.tally
    if not tally.addressed:
        return f"No policing body was asked about {named}."
    text = "policing body" if tally.addressed == 1 else "policing bodies"
    clauses = [f"{tally.accepted} of {tally.addressed} {text} accepted {named}"]
    in_part = _of(chapter.addressees, Answer.ACCEPTED_IN_PART)
    declined = _of(chapter.addressees, Answer.NOT_ACCEPTED)
    waiting = _of(chapter.addressees, Answer.AWAITING)
    if in_part:
        clauses.append(f"{_who(in_part)} accepted it in part")
    if declined:
        clauses.append(f"{_who(declined)} did not accept it")
    if waiting:
        clauses.append(f"{_who(waiting)} {'has' if len(waiting) == 1 else 'have'} not yet responded")
    return "; ".join(clauses) + "."


def with_body(entry: Entry) -> str:
    """Kent accepted recommendation 15, and is in progress."""
    answered = {
        Answer.AWAITING: "has not yet responded to",
        Answer.ACCEPTED: "accepted",
        Answer.ACCEPTED_IN_PART: "accepted in part",
        Answer.NOT_ACCEPTED: "did not accept",
    }[entry.addressee.answer]
    number = entry.recommendation.number
    return (
        f"{entry.body.short_name} {answered} recommendation {number};"
        f" progress: {words.stage(entry.addressee.stage)}."
    )


def how_far(chapter: Chapter) -> str:
    """Progress: 5 complete, of which 2 checked by the association; 12 in progress; 26 not started."""
    stages = chapter.tally.stages
    checked = stages.get(Stage.CHECKED, 0)
    counts = []
    if chapter.tally.done:
        of_which = f", of which {checked} checked by the association" if checked else ""
        counts.append(f"{chapter.tally.done} complete{of_which}")
    for stage in STAGES_IN_ORDER:
        if not stage.is_done and stages.get(stage, 0):
            counts.append(f"{stages[stage]} {stage}")
    return f"Progress: {'; '.join(counts)}." if counts else ""


def deadlines(recommendation: Recommendation) -> str:
    """Response due by 22 November 2024; action due by 27 March 2025."""
    dates = [
        f"{words.duty(duty)} due by {words.day(deadline)}"
        for duty in Duty
        if (deadline := recommendation.deadline(duty)) is not None
    ]
    return words.capital("; ".join(dates)) + "." if dates else ""


def ended(recommendation: Recommendation) -> str:
    if recommendation.live:
        return ""
    if recommendation.status is RecommendationStatus.SUPERSEDED and recommendation.superseded_by:
        return f"This recommendation has been superseded by {recommendation.superseded_by}."
    return f"This recommendation has been {recommendation.status}."


def body_named(entry: Entry) -> str:
    """Its short name; of one that has ended, until when, and who followed."""
    last_day = entry.body.last_day
    if last_day is None or last_day >= entry.day:
        return entry.body.short_name
    then = f", then {entry.successor_name}" if entry.successor_name else ""
    return f"{entry.body.short_name} (until {words.short_day(last_day)}{then})"


def overdue(entry: Entry, duty: Duty) -> str:
    late = entry.overdue_by(duty)
    return "" if late is None else f"overdue by {words.days(late)}"


def how_made(account: Account) -> str:
    """What the reader has to know of where this comes from."""
    kept = (
        f"Made from the register on {words.moment(account.made_at)}, as of update {account.through_seq}."
        " “Complete” is a body's own word; “checked by the association” says that the association agreed."
    )
    if account.is_internal:
        return f"{INTERNAL}. It holds texts that may not be quoted. {kept}"
    return f"It holds only texts that may be quoted. {kept}"


def _answers_in(chapter: Chapter, named: str) -> str:
    answered = sum(source.tally.responded for source in chapter.sources)
    expected = sum(source.tally.addressed for source in chapter.sources)
    numbers = words.both([source.recommendation.number for source in chapter.sources])
    if not numbers:
        return f"{words.capital(named)} is answered by the association."
    rests = "recommendation" if len(chapter.sources) == 1 else "recommendations"
    return f"{answered} of {expected} answers are in to {rests} {numbers}, on which {named} rests."


def _of(addressees: Iterable[Addressee], answer: Answer) -> list[str]:
    return [addressee.body_name for addressee in addressees if addressee.answer is answer]


def _who(names: list[str]) -> str:
    """Their names, or of many how many they are: the table has the names."""
    return words.both(names) if len(names) <= words.NAMES_SHOWN else str(len(names))
