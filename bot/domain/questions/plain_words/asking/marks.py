"""What else is known of an addressee: evidence, quotable texts, the inspectorate's closing."""

import re
from collections.abc import Callable

from bot.domain.questions.model import AskedState as State
from bot.domain.questions.model import Aspect, Condition, Shape, aspect_of
from bot.domain.questions.plain_words import times
from bot.domain.questions.plain_words.asking.subjects import Built, about, bodies_meant, counted
from bot.domain.questions.plain_words.conditions import conditions_in
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.places import answered_for_places
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import About, Answerable, Asked


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
    conditions = tuple(filter(_may_stand_beside_evidence, conditions_in(sentence)))
    if (conditions[-1:] == (State.EVIDENCE,) and _is_denied_after(sentence)) or sentence.has(M.WAITING):
        conditions = (*(other for other in conditions if other is not State.EVIDENCE), State.NO_EVIDENCE)
    if State.EVIDENCE not in conditions and State.NO_EVIDENCE not in conditions:
        return None
    return counted(sentence, about(sentence, conditions=conditions))


def _may_stand_beside_evidence(condition: Condition) -> bool:
    is_evidence = condition in (State.EVIDENCE, State.NO_EVIDENCE)
    # "Sent in" says how evidence came, and nothing of an answer.
    return is_evidence or aspect_of(condition) is Aspect.PROGRESS


def _is_denied_after(sentence: Sentence) -> bool:
    """Whether the last word about evidence is followed by a denial: "evidence not sent"."""
    last = max(place for place, piece in enumerate(sentence.pieces) if piece.means(M.EVIDENCE))
    return any(piece.means(M.NOT) for piece in sentence.pieces[last + 1 :])


# Who has approved something may have accepted it: "which PCCs approved 15".
_APPROVES_IT = re.compile(
    r"\b(?:who|which \w+|anyone|anybody|everyone|everybody|all 43|all|pccs|bodies|forces|offices|areas|commissioners|mayors)(?: else)?"
    r" (?:(?:has|have|had|already|also|not|yet) )*(?:approved|(?:did |did not )approve)\b"
)
# "Does 16 need approval", "who approves our answers" ask for a rule.
_ASKS_FOR_A_RULE = re.compile(r"^(?:so |and )?(?:does|do|should|must|can|may|will|would)\b|\bapproves\b")


def approval(sentence: Sentence) -> Built:
    """Ask what waits for a second person's yes, or has it; of one body, how it stands, which says so."""
    if bodies_meant(sentence):
        return about(sentence) if sentence.asks else None
    if _ASKS_FOR_A_RULE.search(sentence.spelt_out):
        return None
    if sentence.asker.bodies and not sentence.asks:
        # "Awaiting approval on 16" says what holds it up.
        return None
    if _APPROVES_IT.search(sentence.spelt_out):
        states = (
            (State.NOT_YET_ACCEPTED, State.NOT_APPROVED)
            if _is_for_approval(sentence)
            else (State.ACCEPTED, State.APPROVED)
        )
        questions = (
            answered_for_places(sentence, counted(sentence, about(sentence, conditions=(state,))))
            for state in states
        )
        return Asked(
            About.NAME, tuple(answer.command for answer in questions if isinstance(answer, Answerable))
        )
    state = State.NOT_APPROVED if _is_for_approval(sentence) else State.APPROVED
    return counted(sentence, about(sentence, conditions=(state,)))


_HAS_IT = re.compile(
    r"\bapproved\b|\b(?:has|have|had|got|given|with) approval\b|\bapprovals (?:given|done|in|so far)\b"
)
_HAS_IT_NOT = re.compile(
    r"\b(?:not|no|never|without|nobody|none|nothing|lack\w*|unapproved|(?:yet|still) to|still|await\w*|wait\w*|pending"
    r"|outstanding|to be|needs?|needing|sent back)\b"
)


def _is_for_approval(sentence: Sentence) -> bool:
    """Whether the yes is still to come."""
    return _HAS_IT.search(sentence.spelt_out) is None or _HAS_IT_NOT.search(sentence.spelt_out) is not None


def closed(sentence: Sentence) -> Built:
    return about(sentence, conditions=(State.NOT_CLOSED if sentence.has(M.NOT) else State.CLOSED,))
