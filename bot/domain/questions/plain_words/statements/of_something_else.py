"""What has the words of a statement and is said of something else: "I've finished reading 25", "accepting 15 was a
mistake", "the meeting on 15 is done"."""

import re

from bot.domain.questions.grammar.other_places import other_place_in
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES

_NUMBER = r"(?:rec\w* )?#?\d+[a-z]?"
_SAYS_IT_OF_SOMETHING_ELSE = re.compile(
    # "Accepting 15 was a mistake"
    r"\b(?:was|is|were|would be|may be|might be) (?:a |an |our |my |their )?(?:big |bad |silly |clear |honest |clerical )*(?:mistake|error|slip|typo|oversight|bad idea|premature|a nonsense)\b"
    # "I've finished reading 25"
    r"|\b(?:finished|finish|done|completed|complete|through) (?:with )?(?:reading|looking|writing|drafting|typing|talking|asking|going through|scanning|skimming|discussing|arguing|moaning)\b"
    # "The meeting on 15 is done"
    r"|^(?:(?:so|ok|and|well)[ ,]+)*(?:the|our|a|this|that|last|today's|yesterday's) (?:[\w-]+ )?(?:meeting|call|chat|discussion|session|event|visit|briefing|workshop|webinar|draft|slides|minutes|email|letter|agenda|inspection|interview)s? "
    rf"(?:on|about|for|re|regarding) {_NUMBER} (?:is|are|was|were|has been|have been) (?:now |all |already |finally )*(?:done|complete|completed|finished|over|agreed|accepted|signed off)\b"
    # "Complete nonsense on 15"
    r"|\bcomplete(?:ly)? (?:and utter )?(?:nonsense|shambles|mess|disaster|waste|rubbish|failure|surprise|mystery|farce|joke|wrong|mad|daft|useless|unclear|pointless|lost)\b"
    # "You declined our extension on 15", "the old PCC declined 25"
    r"|^you (?:have )?(?:\w+ )?(?:declined|accepted|rejected|refused|agreed|completed|finished)\b"
    r"|\b(?:old|previous|former|last|outgoing) (?:pcc|pfcc|commissioner|mayor|office|board|administration)\b"
    # "15 minutes and I'm done", "15 blocks 16", "the blocker on 15 has gone", "Kent was going to accept 15"
    r"|^#?\d+ (?:minutes?|mins?|hours?|seconds?)\b"
    rf"|^{_NUMBER} (?:blocks?|is blocking|holds up|is holding up|depends on|needs) {_NUMBER}\b"
    r"|\b(?:blocker|blockage|obstacle|hold up|block)s? .*\b(?:gone|been removed|been resolved|been lifted|been cleared|been sorted|lifted|resolved|removed|cleared|out of the way)\b"
    r"|\b(?:was|were) (?:going|about|due|meant|supposed|minded|planning|hoping|ready) to\b"
    # "Close enough on 15", "complete picture on 15"
    r"|\bclose (?:the gap|call|enough|shave|ranks)\b"
    r"|^complete (?:the )?(?:full )?(?:text|wording|picture|version|rewrite|overhaul)\b"
    # "Accept my apologies for 15", "agreed in 15 minutes"
    r"|\baccept\w* (?:[\w#]+ )?(?:(?:my|our|his|her|their|the) )?(?:\w+ )?(?:apolog(?:y|ies)|condolences|invit\w+)\b"
    r"|\b(?:accept|agree)\w* (?:in |within )?\d+ (?:pounds|quid|minutes|mins|hours|days|weeks|months|apologies|invites|people|officers)\b"
    # "It all started with 15"
    r"|^it (?:all )?(?:started|began|starts|begins) with\b"
)
# "Agreed, 15 is a mess" agrees with what somebody said of it.
_AGREES_WITH_WHAT_IS_SAID = re.compile(
    rf"^(?:agreed|i agree|yes|true|indeed),? (?:that )?{_NUMBER} (?:is|looks|seems|needs|feels|sounds|reads|was) (?!(?:a yes|agreed|accepted|fine|ok|okay)\b)"
)


def is_said_of_another_place(head: Sentence, text: str) -> bool:
    """Return whether it is said of a town or a force of which no body is known: "we accept 15 for Chelmsford"."""
    known = (
        piece.end for piece in head.pieces if piece.kind is PieceKind.REF or piece.means(*STAGES, *ANSWERS)
    )
    after = head.text[max(known, default=0) : max((piece.end for piece in head.pieces), default=0)]
    if other_place_in(after) or (not head.has(M.BLOCKED) and other_place_in(text)):
        return True
    last = head.pieces[-1] if head.pieces else None
    is_unknown = last is not None and last.kind is PieceKind.UNKNOWN
    return is_unknown and _FOR_SOMEBODY.fullmatch(" ".join(after.casefold().split())) is not None


# "We accept 15 for Midsomer"; "for implementation" is no place.
_FOR_SOMEBODY = re.compile(r"(?:for|on behalf of) (?!\w+(?:tion|ment|ness|ity|ing|ance|ence)$)[a-z'-]+")


def is_said_of_something_else(head: Sentence, text: str) -> bool:
    """Return whether a statement's words tell of something beside the recommendation; `text` is what follows its
    head."""
    whole = f"{head.spelt_out} {text.casefold()}".strip()
    if _SAYS_IT_OF_SOMETHING_ELSE.search(head.spelt_out) or _SAYS_IT_OF_SOMETHING_ELSE.match(whole):
        return True
    return not head.has(*STAGES, M.DECLINE, M.PARTLY) and _AGREES_WITH_WHAT_IS_SAID.match(whole) is not None
