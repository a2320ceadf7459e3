"""What else is known of an addressee: evidence, quotable texts, the inspectorate's closing."""

from collections.abc import Callable

from bot.domain.questions.model import AskedState as State
from bot.domain.questions.model import Condition, Shape
from bot.domain.questions.plain_words import times
from bot.domain.questions.plain_words.asking.subjects import Built, about, bodies_meant, counted
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import state_of


def with_condition(condition: Condition) -> Callable[[Sentence], Built]:
    def build(sentence: Sentence) -> Built:
        time = times.as_at(sentence)
        return (
            None if time is None else counted(sentence, about(sentence, conditions=(condition,), time=time))
        )

    return build


def quotable(sentence: Sentence) -> Built:
    if sentence.has(M.RESPOND) and not sentence.says(r"\bquot\w+|\bcit(?:e|ed|able)\b"):
        return None
    if sentence.reports and sentence.has(M.WHEN) and not sentence.refs:
        # When a report was published stands with it.
        return about(sentence)
    if sentence.has(M.WHEN) and not sentence.refs:
        return None
    if sentence.has(M.REPORT_WORD) or (sentence.reports and sentence.says(r"\bpublish")):
        # When a report was published is not what bodies let be quoted.
        return None
    if sentence.has(M.WHERE, M.WHEN) and sentence.refs:
        return about(sentence)
    is_not = sentence.has(M.NOT, M.OUTSTANDING, M.WAITING) or sentence.says(r"\bneeds? to\b")
    return about(sentence, conditions=(State.NOT_QUOTABLE if is_not else State.QUOTABLE,))


def evidence(sentence: Sentence) -> Built:
    """Ask which bodies have evidence; of one body, ask for its history, where its evidence stands."""
    if bodies_meant(sentence):
        return about(sentence, shape=Shape.HISTORY)
    if sentence.has(M.REPORT_WORD) and not sentence.says(r"\b(?:evidence|proof)\b"):
        # "Link to the report" is no body's evidence.
        return None
    evidence = State.NO_EVIDENCE if sentence.has(M.NOT) else State.EVIDENCE
    states = [state for piece in sentence.pieces if (state := state_of(piece))]
    return about(sentence, conditions=(evidence, *states[:1]))


def closed(sentence: Sentence) -> Built:
    return about(sentence, conditions=(State.NOT_CLOSED if sentence.has(M.NOT) else State.CLOSED,))
