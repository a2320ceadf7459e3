"""What the register says in a letter: one sentence a recommendation, and exceptions with their reasons."""

from collections.abc import Iterator, Sequence

from bot.domain.questions.account import Entry
from bot.domain.questions.letter import Letter, LetterChapter, reason
from bot.domain.register.addressee import ANSWERS_IN_ORDER, Answer
from bot.rendering import terms, wordings, words
from bot.rendering.documents.sentences import did
from bot.rendering.origins import explained

_BODY, _BODIES = "policing body", "policing bodies"


def title(letter: Letter) -> str:
    """Return the subject that the coordinators gave it, or what it answers."""
    return letter.frame.texts.subject or f"Response to {letter.report.title}"


def as_at(letter: Letter) -> str:
    """Say of which day it is: As at 22 November 2024."""
    return f"As {'known ' if letter.known else ''}at {words.day(letter.day)}"


def answers_in(letter: Letter) -> str:
    """Count the answers: All 43 policing bodies have responded to recommendations 15, 16 and 25."""
    addressed = [chapter for chapter in letter.addressed if chapter.tally.addressed]
    if not addressed:
        return ""
    numbers = _numbered([chapter.recommendation.number for chapter in addressed])
    sizes = {chapter.tally.addressed for chapter in addressed}
    if len(sizes) == 1 and all(chapter.tally.responded == chapter.tally.addressed for chapter in addressed):
        return f"{_all(sizes.pop())} responded to {numbers}.{_first_asked(addressed)}"
    answered = sum(chapter.tally.responded for chapter in addressed)
    expected = sum(chapter.tally.addressed for chapter in addressed)
    return f"{answered:,} of {words.count(expected, 'response')} to {numbers} have been received."


def _first_asked(chapters: Sequence[LetterChapter]) -> str:
    """Say whose place bodies took, where that is the same for all of these."""
    counts = {(chapter.origin.addressed, chapter.origin.bodies) for chapter in chapters if chapter.origin}
    if len(counts) != 1 or not all(chapter.origin for chapter in chapters):
        return ""
    [(addressed, bodies)] = counts
    stand = "stands" if bodies == 1 else "stand"
    first = words.count(addressed, _BODY, _BODIES)
    return f" {first} were asked; {bodies} now {stand} in their place."


def derived(chapter: LetterChapter) -> str:
    """Say on what a derived recommendation rests: This letter answers recommendation 27 on behalf of all: it
    rests on recommendations 15, 16 and 25."""
    recommendation = chapter.recommendation
    numbers = [source.recommendation.number for source in chapter.sources]
    rests = f", which rests on {_numbered(numbers)}" if numbers else ""
    return f"This letter is also the answer to recommendation {recommendation.number}{rests}."


def how_it_stands(chapter: LetterChapter) -> str:
    """Say who accepted: All 43 policing bodies accepted the recommendation; or how many did, and who did
    not."""
    tally = chapter.tally
    if not tally.addressed:
        return "No policing body was asked about this recommendation."
    of_whom = explained(chapter.origin)
    if tally.accepted == tally.addressed:
        return f"{_all(tally.addressed)} accepted the recommendation{of_whom}."
    count_words = f"{tally.accepted} of {words.count(tally.addressed, _BODY, _BODIES)}"
    clauses = [f"{count_words} accepted the recommendation{of_whom}"]
    for answer in ANSWERS_IN_ORDER:
        if answer.facts.is_named and (bodies := tally.answers.get(answer, 0)):
            clauses.append(f"{_who(_names(chapter, answer), bodies)} {did(answer, bodies)}")
    return "; ".join(clauses) + "."


def why(entry: Entry) -> str:
    """Say why a body did not accept all of it: Essex accepted it in part: “…”; empty for who has not
    answered, whom the sentence before names."""
    answer = entry.addressee.answer
    if not answer.is_given:
        return ""
    published_reason = reason(entry)
    did_it = f"{entry.body.short_name} {did(answer, 1)}"
    return (
        f"{did_it}: “{published_reason}”"
        if published_reason
        else f"{did_it}. Its reason has not been published."
    )


def progress(chapter: LetterChapter) -> str:
    """Count the progress in words of the annex: 3 complete, 12 in progress, 28 not started."""
    stages = [(stage, n) for stage, n in chapter.tally.stages.items() if n]
    stages.sort(key=lambda stage_count: stage_count[0].facts.place)
    return ", ".join(f"{n} {terms.stage(stage)}" for stage, n in stages)


def deadline(chapter: LetterChapter) -> str:
    """Say the deadline and the wording that it is for: By 27 March 2025: “Review …”"""
    recommendation = chapter.recommendation
    by = f"By {words.day(recommendation.due_on)}: " if recommendation.due_on else ""
    if recommendation.is_quoted:
        return f"{by}{wordings.in_full(recommendation)}"
    return f"{by}{recommendation.wording} (In our words.)"


def joint(chapter: LetterChapter) -> str:
    recommendation = chapter.recommendation
    others = [*filter(None, [recommendation.joint_with]), *recommendation.others_addressed]
    return f"It is also addressed to {words.both(others)}." if others else ""


def parts(chapter: LetterChapter) -> Iterator[str]:
    """Yield each part with its kind: (a) To do: …; (b) to consider: …"""
    for part in chapter.recommendation.parts:
        yield f"({part.label}) {words.capital(terms.part_kind(part.kind))}: {part.text}"


def how_made(letter: Letter) -> str:
    return (
        f"Made from the register on {words.moment(letter.made_at)}, as of update {letter.through_seq}."
        " It holds only texts that may be published. “Complete” is a body's own word;"
        " “checked by the association” says that the association agreed,"
        " “closed by the inspectorate” is the inspectorate's own."
    )


def anchored(letter: Letter) -> str:
    """Say what holds the register's history to what the letter says; empty where there is no history."""
    if not letter.anchor:
        return ""
    return (
        f"The history's anchor: {letter.anchor}. With it “recbot verify-history --anchor” shows whether the"
        " history is still the one that this letter was made from."
    )


def _all(bodies: int) -> str:
    return f"The {_BODY} addressed" if bodies == 1 else f"All {bodies} {_BODIES}"


def _numbered(numbers: Sequence[str]) -> str:
    return f"recommendation{'' if len(numbers) == 1 else 's'} {words.both(numbers)}"


def _names(chapter: LetterChapter, answer: Answer) -> list[str]:
    return [entry.body.short_name for entry in chapter.entries if entry.addressee.answer is answer]


def _who(names: list[str], bodies: int) -> str:
    return words.both(names) if bodies <= words.NAMES_SHOWN else str(bodies)
