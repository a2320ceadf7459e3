"""What the account says in sentences: first how a recommendation stands, in one that can be sent alone."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from bot.domain.questions.account import Account, Chapter, Entry
from bot.domain.register.addressee import ANSWERS_IN_ORDER, STAGES_IN_ORDER, Addressee, Answer, Duty
from bot.domain.register.party import PartyStanding
from bot.domain.register.published_response import PublishedResponses
from bot.domain.register.recommendation import (
    Recommendation,
    RecommendationKind,
    RecommendationStatus,
    Report,
    name_of_id,
)
from bot.domain.register.update import Update
from bot.rendering import published_responses, terms, words
from bot.rendering.origins import explained

INTERNAL = "Internal: not for publication"
PUBLISHED = "published"


def form(account: Account) -> str:
    return INTERNAL if account.is_internal else PUBLISHED


def title(account: Account) -> str:
    """Say what the account is about: Stalking 15, Kent; the report's title; Kent; all recommendations; or of
    a list “15 not started”."""
    if account.question:
        return f"“{account.question}”"
    names = []
    match account.subject:
        case Recommendation() as recommendation:
            names.append(words.capital(recommendation.title))
        case Report() as report:
            names.append(report.title)
    if account.body is not None:
        names.append(account.body.short_name)
    return ", ".join(names) or "All live recommendations"


def subtitle(account: Account) -> str:
    """Say of which day it is: The account as at 22 November 2024."""
    return words.capital(_what_it_is(account))


def heading(account: Account) -> str:
    """Say both in one: Stalking 15: the account as at 22 November 2024."""
    return f"{title(account)}: {_what_it_is(account)}"


def _what_it_is(account: Account) -> str:
    as_of = "as known at" if account.known else "as at"
    approved = ", counting what is approved" if account.approved_only else ""
    return f"the {'list' if account.question else 'account'} {as_of} {words.day(account.day)}{approved}"


def how_it_stands(chapter: Chapter) -> str:
    """Say who accepted: 41 of 43 policing bodies accepted recommendation 15; Gwent has not yet responded."""
    recommendation = chapter.recommendation
    title = f"recommendation {recommendation.number}"
    if recommendation.kind is RecommendationKind.DERIVED:
        return _answers_in(chapter, title)
    tally = chapter.tally
    if not tally.addressed:
        return f"No policing body was asked about {title}."
    text = "policing body" if tally.addressed == 1 else "policing bodies"
    of_whom = explained(chapter.origin)
    clauses = [f"{tally.accepted} of {tally.addressed} {text} accepted {title}{of_whom}"]
    for answer in ANSWERS_IN_ORDER:
        if answer.facts.is_named and (names := _names_of(chapter.addressees, answer)):
            clauses.append(f"{_who(names)} {did(answer, len(names))}")
    return "; ".join(clauses) + "."


def did(answer: Answer, bodies: int) -> str:
    """Say what so many bodies did with a recommendation that has been named."""
    match answer:
        case Answer.ACCEPTED:
            return "accepted it"
        case Answer.ACCEPTED_IN_PART:
            return "accepted it in part"
        case Answer.NOT_ACCEPTED:
            return "did not accept it"
        case Answer.AWAITING:
            return f"{'has' if bodies == 1 else 'have'} not yet responded"
    assert_never(answer)


def with_body(entry: Entry) -> str:
    """Say how one body stands: Kent accepted recommendation 15, and is in progress."""
    return (
        f"{entry.body.short_name} {_answered(entry.addressee.answer)}"
        f" recommendation {entry.recommendation.number};"
        f" progress: {terms.stage(entry.addressee.stage)}.{_in_place_of(entry)}"
    )


def _in_place_of(entry: Entry) -> str:
    others = [ended.body.short_name for ended in entry.predecessors if ended.body.code != entry.body.code]
    return f" It stands in the place of {words.both(others)}." if others else ""


def _answered(answer: Answer) -> str:
    """Say what a body did, before the recommendation is named."""
    match answer:
        case Answer.AWAITING:
            return "has not yet responded to"
        case Answer.ACCEPTED:
            return "accepted"
        case Answer.ACCEPTED_IN_PART:
            return "accepted in part"
        case Answer.NOT_ACCEPTED:
            return "did not accept"
    assert_never(answer)


def how_far(chapter: Chapter) -> str:
    """Count the progress: Progress: 5 complete, of which 2 checked by the association and 1 closed by the
    inspectorate; 12 in progress; 26 not started."""
    stages = chapter.tally.stages
    others = [
        f"{count} {terms.stage(stage)}"
        for stage in STAGES_IN_ORDER
        if stage.is_done and not stage.facts.is_bodys_word and (count := stages.get(stage, 0))
    ]
    counts = []
    if chapter.tally.done:
        of_which = f", of which {words.both(others)}" if others else ""
        counts.append(f"{chapter.tally.done} complete{of_which}")
    for stage in STAGES_IN_ORDER:
        if not stage.is_done and stages.get(stage, 0):
            counts.append(f"{stages[stage]} {terms.stage(stage)}")
    return f"Progress: {'; '.join(counts)}." if counts else ""


def deadlines(recommendation: Recommendation) -> str:
    """Say the deadlines: Response due by 22 November 2024; action due by 27 March 2025."""
    dates = [
        f"{terms.duty(duty)} due by {words.day(deadline)}"
        for duty in Duty
        if (deadline := recommendation.deadline(duty)) is not None
    ]
    return words.capital("; ".join(dates)) + "." if dates else ""


def ended(recommendation: Recommendation) -> str:
    if recommendation.live:
        return ""
    if recommendation.status is RecommendationStatus.SUPERSEDED and recommendation.superseded_by:
        return f"This recommendation has been superseded by {name_of_id(recommendation.superseded_by).title}."
    return f"This recommendation has been {terms.status(recommendation.status)}."


def body_named(entry: Entry) -> str:
    """Return a body's short name; of one that has ended, with until when, and who followed."""
    last_day = entry.until or entry.body.last_day
    if last_day is None or last_day >= entry.day:
        return entry.body.short_name
    then = f", then {entry.successor_name}" if entry.successor_name else ""
    return f"{entry.body.short_name} (until {words.short_day(last_day)}{then})"


def predecessors(entry: Entry) -> str:
    """Return a line for each predecessor: Norfolk (until 30 Apr 2027): accepted on 22 Nov 2024; blocked on 3
    Mar 2027: “why”."""
    return "\n".join(map(_predecessor, entry.predecessors))


def heir_named(entry: Entry) -> str:
    """Say in whose place a body stands and how each of them stood, on one line; nothing for others: Norfolk
    and Suffolk Mayor stands for Norfolk (until 30 Apr 2027): accepted on 22 Nov 2024; blocked."""
    if not entry.predecessors:
        return ""
    return f"{entry.body.short_name} stands for {' · '.join(map(_predecessor, entry.predecessors))}"


def _predecessor(entry: Entry) -> str:
    until = f" (until {words.short_day(entry.until)})" if entry.until else ""
    states = (
        (terms.answer(entry.addressee.answer), entry.response),
        (terms.stage(entry.addressee.stage), entry.progress),
    )
    states_in_words = "; ".join(f"{state}{_words_of(update)}" for state, update in states)
    notes = "".join(f"; note{_words_of(note)}" for note in entry.notes)
    return f"{entry.body.short_name}{until}: {states_in_words}{notes}"


def _words_of(update: Update | None) -> str:
    """Say when it was recorded, its words as the form tells them, and the evidence."""
    if update is None:
        return ""
    draft = update.draft
    quoted = f": “{draft.text}”" if draft.text else ""
    evidence = f", evidence {draft.evidence_url}" if draft.evidence_url else ""
    return f" on {words.short_day(draft.stands_from)}{quoted}{evidence}"


def overdue(entry: Entry, duty: Duty) -> str:
    late = entry.overdue_by(duty)
    return "" if late is None else f"overdue by {words.days(late)}"


def how_made(account: Account) -> str:
    """Say where this comes from."""
    anchor = f" (the history's anchor: {account.anchor})" if account.anchor else ""
    origin = (
        f"Made from the register on {words.moment(account.made_at)}, as of update {account.through_seq}"
        f"{anchor}."
        " “Complete” is a body's own word; “checked by the association” says that the association agreed,"
        " “closed by the inspectorate” is the inspectorate's own."
    )
    if account.is_internal:
        return f"{INTERNAL}. It holds texts that may not be quoted. {origin}"
    return f"It holds only texts that may be quoted. {origin}"


def of_party(standing: PartyStanding) -> str:
    """Say what one of the others reported: Chief constables: the NPCC reported on 1 August 2025: … (the
    report, https://…)"""
    name, update = words.capital(standing.name), standing.update
    if update is None:
        return f"{name}: nothing reported"
    draft = update.draft
    source = ", ".join(filter(None, (draft.evidence_title, draft.evidence_url)))
    text = f": {draft.text}" if draft.text else ""
    source_note = f" ({source})" if source else ""
    by = f"{standing.reporter} reported on {words.day(draft.stands_from)}"
    speaker = words.capital(by) if standing.reported_itself else f"{name}: {by}"
    return f"{speaker}{text}{source_note}"


def published(of_report: PublishedResponses) -> str:
    """Count the published responses: 12 of 43 policing bodies have published their response; the report asks
    for it by 22 November 2024."""
    bodies, done = len(of_report.rows), len(of_report.published)
    have = "has" if done == 1 or bodies == 1 else "have"
    of_all = f"All {bodies}" if done == bodies > 1 else f"{done or 'None'} of {bodies}"
    their = "its" if have == "has" else "their"
    by = words.day(of_report.rows[0].publish_by)
    return f"{of_all} {_bodies(bodies)} {have} published {their} response; the report asks for it by {by}."


def unpublished(of_report: PublishedResponses) -> str:
    """Name the bodies that have recorded nothing of their response: Not yet: Essex, Gwent."""
    names = [row.body_name for row in of_report.unpublished if not row.has_begun]
    return f"Not yet: {', '.join(names)}." if names else ""


def published_by(of_report: PublishedResponses) -> Iterator[str]:
    """Yield a line for each body that has recorded anything of its response, and for those in whose place it
    stands: Kent: response published on 20 Nov 2024, https://…"""
    for row in of_report.rows:
        if row.has_begun:
            yield f"{row.body_name}: {published_responses.stands(row)}"
            yield from published_responses.predecessors(row)


def _bodies(number: int) -> str:
    return "policing body" if number == 1 else "policing bodies"


def _answers_in(chapter: Chapter, title: str) -> str:
    answered = sum(source.tally.responded for source in chapter.sources)
    expected = sum(source.tally.addressed for source in chapter.sources)
    numbers = words.both([source.recommendation.number for source in chapter.sources])
    if not numbers:
        return f"{words.capital(title)} is answered by the association."
    rests = "recommendation" if len(chapter.sources) == 1 else "recommendations"
    return f"{answered} of {expected} answers are in to {rests} {numbers}, on which {title} rests."


def _names_of(addressees: Iterable[Addressee], answer: Answer) -> list[str]:
    return [addressee.body_name for addressee in addressees if addressee.answer is answer]


def _who(names: list[str]) -> str:
    """Name them, or of many say how many they are: the table has the names."""
    return words.both(names) if len(names) <= words.NAMES_SHOWN else str(len(names))
