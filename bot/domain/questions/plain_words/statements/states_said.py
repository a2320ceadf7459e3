"""Which state a statement records: "we do not agree" declines, "done apart from Medway" is in progress."""

import re
from enum import Enum

from bot.domain.questions.plain_words.doubts import denies, may_be_no_answer_yet, says_what_may_be
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.recorders import joined, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.values import replace


class StateCommand(Enum):
    """What can be recorded; the value is its command, before and after the recommendations and the body, and
    whether it answers what is recommended."""

    ACCEPT = ("accept", "", True)
    PARTLY = ("partly", "", True)
    DECLINE = ("decline", "", True)
    COMPLETE = ("complete", "", False)
    IN_PROGRESS = ("progress", "in progress", False)
    NOT_STARTED = ("not started", "", False)
    BLOCKED = ("blocked", "", False)

    @property
    def answers(self) -> bool:
        return self.value[2]

    def command(self, refs: str, slug: str, text: str) -> str:
        before, after, _ = self.value
        return with_text(joined(before, refs, slug, after), text)


def _denies_twice(head: Sentence) -> bool:
    """Whether two denials make it no refusal: "we do not decline 15"."""
    denials = [piece for piece in head.pieces if piece.means(M.NOT, M.DECLINE, M.NOT_STARTED)]
    return len(denials) > 1


_NOBODY = frozenset(("nobody", "no one", "noone", "none", "neither"))


def _speaks_of_nobody(head: Sentence) -> bool:
    """Whether it is about nobody, so about no body's own answer: "nobody has accepted 15"."""
    return any(piece.key in _NOBODY for piece in head.pieces)


def recorded_state_and_text(head: Sentence, text: str) -> tuple[StateCommand | None, str]:
    """Return what is recorded, and its text; None where it is denied, or says several things."""
    is_denied = denies(head)
    if says_what_may_be(head):
        return None, text
    if head.has(M.BLOCKED) and head.has(M.NO_LONGER):
        return StateCommand.IN_PROGRESS, text or "no longer blocked"
    if head.has(M.UNBLOCKED) and not is_denied:
        return StateCommand.IN_PROGRESS, text
    if head.has(M.NO_LONGER) or _denies_twice(head) or _speaks_of_nobody(head):
        return None, text
    meanings = [meaning for piece in head.pieces if (meaning := state_meaning(piece))]
    if not meanings:
        return None, text
    if qualified := refused_as_it_is(head):
        # "We cannot accept 16 as worded, we'd take it bar the audit" is neither a plain no nor nothing.
        takes_a_part = _TAKES_A_PART.search(head.text.casefold(), qualified.end())
        return (StateCommand.PARTLY if takes_a_part else None), head.text[qualified.start("how") :].strip()
    if M.PARTLY in meanings:
        return (None if is_denied else StateCommand.PARTLY), text
    if {M.ACCEPT, M.DECLINE} <= set(meanings):
        return (_AS_SAID[meanings[-1]] if turns_round(head) else None), text
    kinds = list(dict.fromkeys(meanings))
    is_of_a_body = bool(head.asker.bodies or head.bodies)
    if kinds == [M.NOT_STARTED, M.STARTED] and is_of_a_body and _NOTHING_BEGUN.search(head.spelt_out):
        kinds.remove(M.STARTED)
    if len(kinds) > 1 and M.ACCEPT in kinds and only_says_yes(head):
        kinds.remove(M.ACCEPT)
    if len(kinds) > 1 and turns_round(head) and not head.has(M.HISTORY):
        kinds = kinds[-1:]
    if len(kinds) > 1:
        return None, text
    return _state_of_one_meaning(head, kinds[0], text, is_denied)


# "No work has started on 25"
_NOTHING_BEGUN = re.compile(
    r"^(?:(?:there (?:is|has been)|so far|still|as yet|at present|currently) )*(?:no(?:thing)?|no (?:real )?(?:work|action|activity|progress))(?: (?:has|have|is|been|yet|of it|at all|here))* (?:start|beg[iu]n|commenc|under way|underway)"
)
_REFUSES_IT_AS_IT_IS = re.compile(
    r"\b(?:accept|agree|take|adopt|endorse|support|sign up)\w*(?: (?:to|with|on))?(?: (?:rec\w* )?#?\d+\w*| it| that| this)* "
    r"(?P<how>as (?:it is |it's |currently |now )?(?:worded|written|drafted|phrased|framed|proposed|stands|it stands)"
    r"|in full|in its entirety|entirely|fully|wholesale|outright|without|unless|completely)\b"
)
_TAKES_A_PART = re.compile(
    r"\b(?:take|accept|agree|do|support|happy|fine|yes)\b.*\b(?:bar|except|apart from|but for|other than|minus|without|excluding)\b"
)


def refused_as_it_is(head: Sentence) -> re.Match[str] | None:
    """Return where it refuses something only as it is: "we cannot accept 16 as worded"."""
    match = _REFUSES_IT_AS_IT_IS.search(head.text.casefold().replace("’", "'"))
    return match if denies(head) or head.has(M.DECLINE) else None


def _state_of_one_meaning(
    head: Sentence, kind: M, text: str, is_denied: bool
) -> tuple[StateCommand | None, str]:
    match kind:
        case M.ACCEPT if not is_denied and _ACCEPTS_A_PART.search(head.text.casefold()):
            return StateCommand.PARTLY, text or head.text.strip()
        case M.ACCEPT if not is_denied and head.has(M.EXCEPT):
            return StateCommand.PARTLY, _all_but(head, text)
        case M.ACCEPT if not is_denied and ONLY_A_PART.match(text.casefold()):
            return StateCommand.PARTLY, _ONLY_IN_PART.sub("", text)
        case M.ACCEPT | M.DECLINE if may_be_no_answer_yet(head):
            return None, text
        case M.ACCEPT if is_denied:
            return (StateCommand.DECLINE if _is_denied_before(head, M.ACCEPT) else None), text
        case M.STARTED if is_denied:
            return StateCommand.NOT_STARTED, text
        case M.NOT_STARTED if stands_still(head):
            return None, text
        case M.NOT_STARTED:
            return StateCommand.NOT_STARTED, text
    if is_denied:
        return None, text
    if kind is M.COMPLETE and (rest := _all_but(head, text)):
        return StateCommand.IN_PROGRESS, rest
    return _AS_SAID[kind], text


# "We're accepting the first half of 16"
_ACCEPTS_A_PART = re.compile(
    r"\b(?:accept\w*|agree\w*|sign\w* up|yes|take on|taking on) (?:(?:to|with|only|just|on|for|the|a|an|one|two|first|second|third|last|main|large|small|big|most|some|other|final|opening)\b ?)*"
    r"(?:half|halves|part|parts|bits?|sections?|elements?|thirds?|quarters?|bulk|some|most|principle) of (?:the )?(?:rec\w* )?#?\d"
)
_A_PART_DONE = re.compile(
    r"\b(?:half|part|partly|partially)\b.*\b(?:done|complete|finish|implement|deliver|in place)|\bin part$"
)
_MOST_OF_IT = re.compile(
    r"\b(?:half|most|much|some|a lot|the bulk|a third|two thirds|a quarter|three quarters|parts|bits|elements) of (?:rec\w* )?#?\d"
)


def says_a_part_is_done(head: Sentence) -> bool:
    """Whether it is in progress since a part of it is done: its own words are kept."""
    return any(piece.means(M.STARTED) and _A_PART_DONE.search(piece.key) for piece in head.pieces)


def with_a_part_done(sentence: Sentence) -> Sentence:
    """Return "half of 15 is done" as what is part done, which is in progress."""
    if not _MOST_OF_IT.search(sentence.lower) or not sentence.has(M.COMPLETE):
        return sentence
    if sentence.has(M.NOT, M.NO_LONGER, M.EXCEPT, M.PARTLY, M.ACCEPT, M.DECLINE, M.BLOCKED):
        return sentence
    first = next(place for place, piece in enumerate(sentence.pieces) if piece.kind is PieceKind.REF)
    pieces = []
    for place, piece in enumerate(sentence.pieces):
        if piece.means(M.COMPLETE):
            pieces.append(replace(piece, key="part done", meanings=frozenset((M.STARTED,))))
        elif place < first and piece.means(M.HEDGE):
            pieces.append(replace(piece, kind=PieceKind.WORDS, meanings=frozenset((M.NEUTRAL,))))
        else:
            pieces.append(piece)
    return sentence.with_pieces(tuple(pieces))


_STANDS_STILL = re.compile(
    r"\b(?:(?:no|zero) progress|no further|no(?:thing)? more|nowhere|nothing(?: has)?(?: been)? (?:happened|happening|done|moved))\b"
)


def stands_still(head: Sentence) -> bool:
    """Whether nothing moved, from whatever state it was in: "no progress on 15"."""
    return any(piece.means(M.NOT_STARTED) and _STANDS_STILL.search(piece.key) for piece in head.pieces)


# "We accept 25 but only the first part"
ONLY_A_PART = re.compile(
    r"(?:but )?(?:only (?:the|in|for|part|half|some)|not (?:the|all|part)\b|except\b|apart from\b|other than\b)"
)


_ONLY_IN_PART = re.compile(r"^(?:but )?only (?:in )?part(?:ly)?\s*[:,;–—-]\s*", re.IGNORECASE)


def _is_denied_before(head: Sentence, meaning: M) -> bool:
    """Whether the denial comes before what it denies, as in "we do not agree". "We agree, never" is no plain
    answer."""
    denial = next((piece.start for piece in head.pieces if piece.means(M.NOT)), None)
    start = next((piece.start for piece in head.pieces if piece.means(meaning)), None)
    return denial is not None and start is not None and denial < start


_AS_SAID = {
    M.ACCEPT: StateCommand.ACCEPT,
    M.DECLINE: StateCommand.DECLINE,
    M.COMPLETE: StateCommand.COMPLETE,
    M.STARTED: StateCommand.IN_PROGRESS,
    M.NOT_STARTED: StateCommand.NOT_STARTED,
    M.BLOCKED: StateCommand.BLOCKED,
}
_SAYS_MOST_FIRST = (M.PARTLY, M.NOT_STARTED, M.DECLINE, M.BLOCKED, M.ACCEPT, M.COMPLETE, M.STARTED)


def state_meaning(piece: Piece) -> M | None:
    return next((meaning for meaning in _SAYS_MOST_FIRST if piece.means(meaning)), None)


def turns_round(head: Sentence) -> bool:
    """Whether it says from what to what, of which the last counts: "from a no to a yes"."""
    return re.search(r"\bfrom\b.*\bto\b", head.head) is not None


def only_says_yes(head: Sentence) -> bool:
    return all(
        piece.key in ("yes", "is in", "are in") for piece in head.pieces if state_meaning(piece) is M.ACCEPT
    )


def _all_but(head: Sentence, text: str) -> str:
    """Return what is left of "done apart from Medway": it is not complete."""
    if re.match(r"(?:apart from|except|bar|other than|but for)\b", text.casefold()):
        return text
    excepting = next((piece for piece in head.pieces if piece.means(M.EXCEPT)), None)
    if excepting is None:
        return ""
    says = next((piece for piece in head.pieces if state_meaning(piece)), excepting)
    return head.text[excepting.start :].strip() if says.start <= excepting.start else head.text.strip()
