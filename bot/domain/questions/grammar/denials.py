"""Texts after a colon that contradict their command: "complete 15: not yet", "decline 15: we accept".

A text may say anything, and most say why or how. One that says nothing but that the command is not so, or
that it is about another body or recommendation, is asked about instead of recorded."""

import re
from typing import assert_never

from bot.domain.questions.grammar.certainty import (
    SMALL_WORDS,
    only_denies,
    says_only_yes,
    takes_back,
    words_in,
)
from bot.domain.questions.grammar.command import CommandText, bodies_in, subject_of
from bot.domain.questions.grammar.empty_texts import was_not_meant
from bot.domain.questions.grammar.words import NAMED, Kind, at_colon, pieces_of, words_of
from bot.domain.register.addressee import Stage
from bot.domain.register.state_words import STAGES

# What a text can say is not so, of a recommendation that is complete, has begun, or waits.
_DONE = words_in("done do complete completed finished finish ready")
_BEGUN = words_in("started start begun begin began")
_NOT_BLOCKED = re.compile(
    r"(?:(?:it|we|this)(?:['’]?s|['’]re| is| are)?\s+)?(?:no|not|never|isn['’]?t|aren['’]?t)"
    r"(?:\s+(?:longer|any ?more|now|really|yet|blocked|stuck|stopped))*[\s.!]*",
    re.IGNORECASE,
)
# What is said of more time that nobody asks for.
_NO_TIME = words_in("needed required necessary bother")
# Says when, of what is not so yet: "by March", "will be in June", "not really".
_WHEN = words_in(
    "january february march april june july august september october november december jan feb mar apr jun"
    " jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday day days week"
    " weeks month months year years end early mid summer autumn winter spring time date be been being really"
    " quite way there aim"
)
_NUMBERED = re.compile(r"[0-9]+(?:st|nd|rd|th)?")
# "Complete 15: in progress" names another stage, "to be done" a later day.
_ANOTHER_STAGE = re.compile(
    r"(?:(?:it is|it's|its|still|now)\s+)*(?:in progress|under ?way|blocked|stuck|on ?going"
    r"|(?:yet |still )?to (?:be )?(?:do|done|completed?|finish(?:ed)?|start(?:ed)?))[\s.!]*",
    re.IGNORECASE,
)
# A text that goes on so leaves something out, or depends on something: "complete 15: except training".
_LEAVES_OUT = re.compile(
    r"(?:(?:all )?(?:done|complete|finished|ready)\W+)?"
    r"(?:except|apart from|aside from|other than|all but|not all|not every|not fully|bar the"
    r"|subject to|pending|awaiting|unless|until"
    r"|(?:still |just |only )?(?:waiting|awaiting) (?:for|on)|still (?:needs?|awaiting|pending|to)\b"
    r"|(?:when|once|if|as soon as|provided|assuming)\b(?!.*(?:,|\b(?:was|were|had)\b)))\b",
    re.IGNORECASE | re.DOTALL,
)
_AFTER_NO = re.compile(r"(?:no|sorry|actually)\b\W+", re.IGNORECASE)
_DECLINING = words_in(
    "decline declines declined declining reject rejected rejecting refuse refused refusing decided"
)
_ACCEPTS = words_in("accept accepts accepted yes")
_IN_FULL = words_in("fully full whole")
_OF_OTHERS = words_in("too also only not see same likewise as well")
# "Met" is a body, and what a recommendation is when it is complete.
_ALSO_WORDS = words_in("met")
# A text of more words than that says more than no.
_MOST_WORDS = 12


def denial_in(command: CommandText, rest: str) -> str:
    """Return the text after the colon of `rest` where it says nothing but that the command is not so."""
    head, text = at_colon(rest)
    if not text:
        return ""
    if takes_back(text) or was_not_meant(text) or _denies_an_answer(command, text):
        return text
    words = (command.verb, *_stages_in(command, head))
    states = {STAGES[word] for word in words if word in STAGES}
    if not states and command.row.name not in _ANSWERS:
        return ""
    masked = _without_names(command, text)
    denies = any(_denies(stage, masked) for stage in states) or _is_about_others(text, masked)
    return text if denies else ""


_ANSWERS = ("partly", "decline")
# "Decline 15: should we?"
_ASKS = re.compile(
    r"(?:should|shall|can|could|may|is|are|do|does|did|would|will|what|why|how|who|when|which|or)\b[^?]*[?？]+\s*",
    re.IGNORECASE,
)


def _denies_an_answer(command: CommandText, text: str) -> bool:
    """Whether a reason gives another answer, or a request for more time says that none is needed."""
    keys = {word.key for word in words_of(text)}
    match command.row.name:
        case "decline" | "partly" if _ASKS.fullmatch(text):
            return True
        case "decline" if not keys.isdisjoint(_DECLINING) and only_denies(text, _DECLINING, by_hedges=False):
            return True
        case "decline":
            accepts = not keys.isdisjoint(_ACCEPTS)
            return accepts and says_only_yes(_AFTER_NO.sub("", text, count=1))
        case "partly":
            return not keys.isdisjoint(_IN_FULL) and says_only_yes(f"yes {text}")
        case "extend":
            return only_denies(text, _NO_TIME, by_hedges=False)
        case _:
            return False


def _denies(stage: Stage, text: str) -> bool:
    """Whether a text beside a stage says nothing but that it is not reached."""
    match stage:
        case Stage.COMPLETE | Stage.CHECKED | Stage.CLOSED:
            if _ANOTHER_STAGE.fullmatch(text) or _LEAVES_OUT.match(text):
                return True
            return only_denies(_without_numbers(text), _DONE | _BEGUN | _WHEN, by_hedges=True)
        case Stage.IN_PROGRESS:
            return only_denies(_without_numbers(text), _BEGUN | _WHEN, by_hedges=False)
        case Stage.BLOCKED:
            return _NOT_BLOCKED.fullmatch(text) is not None
        case Stage.NOT_STARTED:
            return False
    assert_never(stage)


def _is_about_others(text: str, masked: str) -> bool:
    """Whether a text says nothing but another body or number: "complete 15: Essex", "complete 15: and 16"."""
    keys = {word.key for word in words_of(masked)} - SMALL_WORDS - _OF_OTHERS - {""}
    if {word.key for word in words_of(text)} & _ALSO_WORDS:
        return False
    return bool(keys) and all(_NUMBERED.fullmatch(key) or set(key) == {NAMED} for key in keys)


def _without_numbers(text: str) -> str:
    """Return a text without the numbers that stand for days or recommendations; "80%" stays."""
    return re.sub(r"(?<![\w£$€.,/])[0-9]+(?:st|nd|rd|th)?(?![\w%.,/]|\s*%)", " ", text)


def _without_names(command: CommandText, text: str) -> str:
    """Return a short text with its bodies made unreadable."""
    if len(words_of(text, _MOST_WORDS + 1)) > _MOST_WORDS:
        return text
    letters = list(text)
    for piece in pieces_of(text, command.names):
        if piece.kind is Kind.NAME and bodies_in(piece):
            letters[piece.start : piece.end] = NAMED * (piece.end - piece.start)
    return "".join(letters)


def _stages_in(command: CommandText, head: str) -> tuple[str, ...]:
    """Return the stages that `progress` names before its text."""
    if command.row.name != "progress":
        return ()
    return subject_of(pieces_of(head, command.names, STAGES)).own
