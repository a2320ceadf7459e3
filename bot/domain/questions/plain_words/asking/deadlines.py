"""What falls due, and when."""

import re

from bot.domain.questions.model import AllTime, Before, Question, Scope, Shape
from bot.domain.questions.plain_words import times
from bot.domain.questions.plain_words.asking.subjects import Built, about, bodies_meant, has_scope
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import state_of

_FALLS_DUE = (
    *(M.DUE, M.RESPOND, M.COMPLETE, M.STARTED, M.OUTSTANDING, M.ACCEPT, M.EXTENSION, M.WAITING, M.REC_WORD),
    *(M.REPORT_WORD, M.BODY_WORD, M.EVERYONE, M.OWN),
)


# "When is the board meeting"
_OF_A_MEETING = re.compile(
    r"\bwhen (?:is|are|was|will|does) (?:the |our |my |your |their |next |this )*(?:\w+ ){0,2}(?:meetings?|conference|hearing|interview|briefing|election|elections|visit|party|training)\b"
)


def due(sentence: Sentence) -> Built:
    if _OF_A_MEETING.search(sentence.spelt_out):
        return None
    time = times.deadlines(sentence)
    if time is None or (_is_hedged(sentence) and not bodies_meant(sentence)):
        return None
    if _is_hedged(sentence) and sentence.has(M.OWN) and not sentence.asks:
        # "We'll be done by 2 May" tells what the body expects.
        return None
    was_when = sentence.says(r"(?<!until )(?<!till )\bwhen (?:did|has|have|was|were)\b") or _says_when_it_was(
        sentence
    )
    if not has_scope(sentence) and not sentence.has(*_FALLS_DUE):
        # "What day is it" asks for no deadline.
        return None
    if _HAVE_PASSED.search(sentence.lower) and not sentence.days and not has_scope(sentence):
        return Question(shape=Shape.DEADLINES, time=Before(sentence.around.today))
    if bodies_meant(sentence) and sentence.has(M.EXTENSION, M.CHANGES) and not sentence.days:
        # Whether and until when a deadline was moved stands with the body.
        return about(sentence)
    if _PAST_ONES_TOO.search(sentence.lower) and not sentence.days and not has_scope(sentence):
        return Question(shape=Shape.DEADLINES, time=AllTime())
    if was_when and not sentence.has(M.DUE) and not _HAD_TO.search(sentence.spelt_out):
        return about(sentence, shape=Shape.HISTORY) if bodies_meant(sentence) and not sentence.days else None
    if sentence.refs or sentence.reports:
        # "Is the 27th still the date for 15" names the deadline itself.
        is_its_own = all(times.is_a_deadline(day, sentence) for day in sentence.days)
        return about(sentence) if not sentence.days or (sentence.refs and is_its_own) else None
    if sentence.has(M.RESPOND) and not sentence.days and len(reports := _live_reports(sentence)) == 1:
        return _about_report(sentence, reports.pop())
    return Question(shape=Shape.DEADLINES, time=time)


_PAST_ONES_TOO = re.compile(
    r"\b(?:past|old|gone) ones (?:too|as well)\b|\bincluding (?:the |any )?(?:past|old|ones|those|that)\b|\bpast and (?:future|present)\b"
)
_HAVE_PASSED = re.compile(r"\b(?:deadlines?|dates)\b.*\b(?:passed|gone|expired|been and gone)\b")


def _says_when_it_was(sentence: Sentence) -> bool:
    """Whether it asks when something was done: "remind me when we accepted 25"."""
    is_past = any(state_of(piece) and piece.key.endswith("ed") for piece in sentence.pieces)
    return is_past and not sentence.says(r"\bwhen (?:do|does|must|should|will|is|are)\b")


def _is_hedged(sentence: Sentence) -> bool:
    """Whether it asks what nobody knows ("when will everyone be done"); what one body expects its own screen
    says."""
    return any(
        piece.means(M.HEDGE) and not piece.means(M.DUE, M.NEUTRAL) and piece.key not in _MUST
        for piece in sentence.pieces
    )


# "When did they have to answer 16 by" asks for what was due.
_MUST = frozenset(("have to", "has to", "had to", "need to", "needs to", "needed to"))
_HAD_TO = re.compile(r"\bwhen (?:did|was|were)\b.*\b(?:have to|need to|supposed to|meant to)\b")


def _live_reports(sentence: Sentence) -> set[str]:
    return set(sentence.around.live.report_keys)


def _about_report(sentence: Sentence, key: str) -> Question | None:
    reports = sentence.around.names.reports_exact(key)
    return Question(Scope(reports=reports[:1])) if reports else None
