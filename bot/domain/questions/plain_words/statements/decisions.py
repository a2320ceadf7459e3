"""Who decided an answer, and on which day: "the Commissioner accepted 15 on 3 March", "agreed by the Board on 3 March".

A day that has passed is recorded with the answer, and with it who decided, where an office is named."""

import re

from msgspec import Struct

from bot.domain.questions.grammar.typed_details import TypedDetails
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.times import behind, looks_ahead
from bot.domain.register.details import Details

OFFICE = (
    r"(?:(?:deputy|assistant|acting) )?(?:police(?:,)? (?:fire )?and crime )?(?:commissioner|pcc|pfcc|mayor|board|committee|panel|authority|cabinet|executive"
    r"|chief executive|chief exec|chair|deputy|senior leadership team|leadership team|management board|governance board|executive board)"
)
# "The Commissioner accepted", "Durham's board turned down"
_DECIDES = re.compile(
    rf"\b(?P<the>the|our|their|his|her|[\w-]+['’]?s)? ?(?P<office>{OFFICE})(?P<whose>['’]s decision)?\b"
)
# What may stand in a clause that only says who decided and when.
_ONLY_DECIDES = frozenset(
    (
        *(
            "it",
            "this",
            "that",
            "which",
            "and",
            "was",
            "were",
            "has",
            "have",
            "been",
            "formally",
            "finally",
            "so",
        ),
        *("signed", "agreed", "approved", "decided", "ratified", "confirmed", "cleared", "endorsed", "taken"),
        *(
            "accepted",
            "minuted",
            "decision",
            "off",
            "by",
            "at",
            "on",
            "to",
            "the",
            "our",
            "of",
            "made",
            "took",
            "in",
        ),
        *("their", "his", "her", "a", "meeting", "dated", "date", "declined", "rejected", "refused"),
    )
)


class Decision(Struct, frozen=True):
    """What was read, and the words of the sentence that say it: they need not stand in the text."""

    details: TypedDetails
    day: Piece

    def says(self, piece: Piece) -> bool:
        """Whether a word only says who decided, or that somebody did."""
        words = f"{self.details.details.decided_by} decision meeting".casefold().split()
        return all(word in words for word in piece.key.split())


def decision_in(head: Sentence) -> Decision | None:
    """Return on which day that has passed an answer was decided, and by whom; None where no such day is named."""
    if len(head.days) != 1 or _IS_TODAY.search(head.days[0].key):
        return None
    day = head.days[0]
    span = behind(day)
    before = head.text[: day.start].casefold()
    is_of_the_day = _LEADS_TO_THE_DAY.search(before) is not None and not _TOLD_THEN.search(before)
    is_past = span is not None and span.is_day and span.last <= head.around.today
    if span is None or not is_past or not is_of_the_day or is_rather_to_come(head, day):
        return None
    return Decision(TypedDetails(Details(decided_by=_by_whom(head, day), decided_on=span.first)), day)


_IS_TODAY = re.compile(r"\b(?:today|this (?:morning|afternoon)|just now|now)\b")
# "Accepted on 3 March", "the Board's decision of 3 March", "agreed 15 last Tuesday"
_LEADS_TO_THE_DAY = re.compile(
    r"(?:\b(?:on|of|at|dated)|\b(?:accept|agree|declin|reject|refus|decid|turn|sign|approv)\w*(?: (?:it|that|this|them|down|off|up|to|rec\w*|(?:and )?#?\d+\w*),?)*)\s*(?:the )?$"
)


def is_rather_to_come(head: Sentence, day: Piece) -> bool:
    """Whether a day without its year is nearer ahead: "we accept 15 on 3 June", in March."""
    return looks_ahead(day, head, head.word_before(day))


# "Durham wrote on 3 March to accept 15" tells when it was told.
_TOLD_THEN = re.compile(
    r"\b(?:e-?mail\w*|wrote|written|rang|rung|call\w*|phon\w*|told|tell\w*|said|say\w*|letter|message\w*|spoke\w*|met|heard|received|sent|reply|replied)\b"
    r"(?: (?:us|me|back|in|dated))? (?:on|of|at|dated)? ?(?:the )?$"
)


def _by_whom(head: Sentence, day: Piece) -> str:
    match = _DECIDES.search(head.text.casefold(), head.pieces[0].start, head.pieces[-1].end)
    if match is None:
        return ""
    words = head.text[match.start("office") : match.end("office")]
    return f"the {words}"


def only_says_who_decided(tail: Sentence) -> Decision | None:
    """Return what a clause after an answer says, where it is no more than who decided and when: "25 accepted, the
    Commissioner signed it off on 3 March"."""
    decision = decision_in(tail)
    if decision is None:
        return None
    offices = decision.details.details.decided_by.casefold().split()
    others = [piece for piece in tail.pieces if piece.kind not in (PieceKind.DAY, PieceKind.MARK)]
    words = (word for piece in others for word in piece.key.split())
    return decision if all(word in _ONLY_DECIDES or word in offices for word in words) else None
