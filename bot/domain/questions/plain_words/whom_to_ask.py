"""Whom to talk to, told by its verb: "who should I be talking to at Dorset", "who do we deal with in Gwent"."""

import re
from collections.abc import Sequence

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.values import replace

_MODALS = r"(?:should|can|could|do|would|must|might|shall|may|am|are)"
_TALK_TO = (
    r"(?:talk(?:ing)? (?:to|with)|speak(?:ing)? (?:to|with)|writ(?:e|ing) to|email(?:ing)?|e-mail(?:ing)?|ring(?:ing)?|phon(?:e|ing)|call(?:ing)?|message|messaging|contact(?:ing)?"
    r"|deal(?:ing)? with|liais(?:e|ing) with|work(?:ing)? with|get(?:ting)? in touch with|get(?:ting)? hold of|ask(?:ing)? for|go(?:ing)? to|reach(?:ing)?|approach(?:ing)?|address(?:ing)?(?: it| this)? to)"
)
_WHOM = re.compile(
    rf"(?:who|whom)(?: (?:is it|exactly))?(?: that)? {_MODALS} (?:i|we|one|you|people)(?: (?:best|normally|usually|need to|have to|now|actually))*(?: be)?(?: best)? {_TALK_TO}"
    r"(?: (?:in|at|over in|over at|down in|up in|for|from|about|on))?"
)
_LONGEST = 14


_SOMEBODY = r"(?:anyone|anybody|someone|somebody|any contact|a name|a person|any names|some names|a (?:named|nominated|key|designated|main) (?:person|contact|officer|individual))"
_TALK_TO_THEM = r"(?:ring|phone|call|email|e mail|contact|message|write to|speak to|speak with|talk to|talk with|get hold of|get in touch with|be in touch with|get on to|get onto|reach|liaise with)"
_WHO_IS_IT = r"(?: (?:so )?(?:who|whom)(?: is it| would that be| is that| should i ask for| should i try| do i ask for| do i ask| do i try| do i want| do i need| is the person| with)?| any names?| with whom)?"
# In these R stands for a place that is named, N for a recommendation. All of a sentence is one of them.
_ASKS_WHOM = re.compile(
    rf"(?:and |so |please )*(?:do|does|has|have|is) R (?:have |got |have got |had )?{_SOMEBODY}(?: (?:registered|down|signed up|set up|listed|named|enrolled|in place|on (?:the|your) list|on here|to (?:contact|ring|call|e mail|email|talk to|speak to|ask)))"
    r"|who (?:is |has |have )?(?:got |has |have |holds? )?(?:the )?(?:edit|editing|recording|update|updating|write|entry)? ?(?:rights|access|permissions?) (?:for|in|at|over|to) R"
    r"|who (?:is|are) on the hook (?:for|in|at) R"
    r"|(?:(?:who|what) (?:is|are) |(?:the )?name of |who )?R (?:own )?(?:lead |named |responsible |main |liaison |link )?(?:officer|lead|person|rep|representative|spoc|point person)s?"
    r"|(?:which|what) (?:people|person|persons|officers?|contacts?|colleagues?|names?) (?:looks? after|covers?|handles?|deals? with|records? for|are (?:down|responsible) for|is (?:down|responsible) for|have|do we have (?:for|at|in)|are (?:at|in)) R"
    rf"|(?:and |so |please )*(?:have|has|do|does|is|are)(?: (?:we|you|i|they|there))?(?: got| have| know of| know)? {_SOMEBODY}(?: down)? (?:at|in|for|from|over at) R(?: N)?"
    rf"|(?:please )?(?:can you |could you )?(?:give|get|find|send|point|put)(?: me| us)?(?: in touch with| in contact with| at| to| towards| in the direction of| on to| through to)? {_SOMEBODY}(?: down)? (?:at|in|for|from|over at) R"
    r"|who (?:have|has|do|did) (?:you|we|they) (?:got|have|had|put)(?: down| listed| named)? (?:for|at|in|as the contact for|from) R"
    r"|who (?:do|does|did) (?:we|you|i|they) know (?:at|in|from) R"
    rf"|how (?:do|can|would|could|might) (?:i|we|one)(?: best)? {_TALK_TO_THEM} R"
    r"|(?:the )?(?:key|main|right|relevant|lead) (?:people|person|names?|officers?) (?:in|at|for) R"
    rf"|(?:who|whom) (?:would be|is|will be|might be)(?: it)?(?: the)? best(?: person| one)? (?:to|for me to|for us to) {_TALK_TO_THEM}(?: (?:at|in|for|from|about))? R"
    rf"|(?:please |and |so |hi |hello )*(?:i|we) (?:would )?(?:really |urgently |just )?(?:need|want|have|am trying|are trying|like|ought) to {_TALK_TO_THEM} (?:(?:someone|somebody|anyone|them|people|the office|the team|the contact|the lead) (?:at|in|from|of|for) )?R(?: (?:about|on|regarding|re) N)?{_WHO_IS_IT}"
    rf"|(?:who|whom)(?: is)? (?:at|in|from|over at|over in) R (?:deals? with|handles?|leads? on|leading on|looks? after|covers?|is dealing with|dealing with|is handling|handling|is leading on|is responsible for|responsible for|is in charge of|in charge of|does|owns|has)(?: N| this| it| that| these)?"
    rf"|(?:who|whom) (?:at|in|from|over at|over in) R (?:do|should|can|could|would|must) (?:i|we) {_TALK_TO_THEM}(?: (?:about|on|re) N)?"
)
_ABOUT = {PieceKind.NAME: "R", PieceKind.REF: "N"}


def with_whom_to_contact(pieces: Sequence[Piece]) -> list[Piece]:
    """Ask for the contacts of a body in whose words nothing else is asked: "have we got anyone at Dorset", "I need to
    ring Surrey, who is it", "who at Durham deals with 16"."""
    named = [piece for piece in pieces if piece.kind in _ABOUT]
    is_of_places = any(piece.bodies or piece.regions for piece in named)
    row = " ".join(_ABOUT.get(piece.kind, piece.key) for piece in pieces if piece.kind is not PieceKind.MARK)
    if not is_of_places or not _ASKS_WHOM.fullmatch(row):
        return list(pieces)
    contact = Piece(PieceKind.WORDS, pieces[0].start, pieces[0].start, "contacts", frozenset((M.CONTACT,)))
    # Nobody is called "who": it stays a question.
    return [*(piece for piece in pieces[:1] if piece.means(M.WHO)), contact, *named]


def with_whom_to_talk_to(pieces: Sequence[Piece]) -> list[Piece]:
    """Put a contact in the place of the words that ask whom to talk to."""
    first = next(
        (place for place, piece in enumerate(pieces) if piece.key.split(" ")[0] in ("who", "whom")), None
    )
    if first is None:
        return list(pieces)
    for end in range(min(len(pieces), first + _LONGEST), first + 2, -1):
        run = pieces[first:end]
        if _WHOM.fullmatch(" ".join(piece.key for piece in run)):
            contact = replace(
                run[0],
                kind=PieceKind.WORDS,
                end=run[-1].end,
                key="who to talk to",
                meanings=frozenset((M.CONTACT,)),
            )
            return [*pieces[:first], contact, *pieces[end:]]
    return list(pieces)
