"""Who may record for whom: "give @sam access for Gwent", "@gus should not record for Surrey any more"."""

import re
from itertools import pairwise

from bot.domain.questions.names import Body
from bot.domain.questions.plain_words.doubts import is_a_doubtful_grant
from bot.domain.questions.plain_words.granting_by_name import named_without_a_mention
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places import not_understood, not_yours
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import About, Answerable, Asked, Offered, Understanding
from bot.domain.questions.written import WALES

_GRANTS = (M.GRANT, M.REVOKE, M.ADD, M.CONTACT, M.COORDINATOR)
_MAY_STAND = (
    *(M.GRANT, M.REVOKE, M.ADD, M.CONTACT, M.COORDINATOR, M.NOT, M.NO_LONGER, M.TELL, M.MARK, M.BODY_WORD),
    *(M.WELSH, M.RECORDED, M.FORM, M.OWN, M.HEDGE),
)


def grant_or_revoke(sentence: Sentence) -> Understanding | None:
    """Offer the grants or revocations that a sentence with somebody's mention asks for."""
    persons = sentence.of_kind(PieceKind.PERSON)
    if not persons:
        return _without_a_mention(sentence)
    sentence = _without_its_reason(sentence)
    left = sentence.left_over(_MAY_STAND, (PieceKind.PERSON, PieceKind.NAME))
    takes = any(_takes_away(piece, sentence) for piece in sentence.pieces)
    puts_on = _PUTS_ON.match(sentence.lower) is not None
    is_clear = not [
        piece
        for piece in left
        if piece.key not in ("s", "away", "of", "from now on") and not (puts_on and piece.key in _PUTS)
    ]
    asks = sentence.has_question_mark or sentence.begins_with_an_auxiliary
    is_request = sentence.says(r"^(?:please |pls )?(?:can|could|may) (?!we\b|i\b)")
    if (takes_on := _takes_on(sentence)) is not None:
        return takes_on
    if (comes_off := _comes_off(sentence)) is not None:
        return comes_off
    if asks and _ASKS_WHO_RECORDS.search(sentence.lower) and not sentence.has(M.NOT, M.NO_LONGER):
        # "Can @sam record for Essex" may ask for it, or whether it is so.
        return not_understood(sentence)
    if (
        not (sentence.has(*_GRANTS) or _may_have(sentence) or puts_on)
        or not is_clear
        or (asks and not is_request)
        or is_a_doubtful_grant(sentence)
        or _says_it_both_ways(sentence)
        or _HAS_IT_ALREADY.search(sentence.lower)
        or (puts_on and takes)
    ):
        return not_understood(sentence)
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    mentions = [sentence.text[person.start : person.end] for person in persons]
    if _denies(sentence):
        return not_understood(sentence)
    verb = "revoke" if takes or sentence.has(M.NO_LONGER, M.NOT) else "grant"
    bodies = [body.slug for body in _bodies_given(sentence)]
    if sentence.has(M.COORDINATOR) or sentence.says(r"\bcoordinator\b"):
        return Offered(tuple(f"{verb} {mention} coordinator" for mention in mentions))
    if bodies:
        return Offered(tuple(f"{verb} {mention} {slug}" for mention in mentions for slug in bodies))
    return _each_body(sentence, verb, " ".join(mentions) if verb == "grant" else mentions[0])


# "…, he's changed jobs"
_WHY = re.compile(
    r"(?:\s*(?:[,;.–—]|\s-)\s*(?:(?:as|because|since|and) )?|\s(?:as|because|since) )(?:he|she|they)(?:'s|'ve|'re| is| has| have| are| was| were)? (?:now |just |recently |already |also )*"
    r"(?:changed|moved|moving|left|leaving|started|starts?|starting|joined|joining|joins|gone|going|retired|retiring|got|new|on (?:leave|maternity|paternity|secondment)|off|been|covering|taken|working|works?|no longer|in post|part of)\b[^?]*$"
)
_TELLS_MORE = re.compile(
    r"\b(?:record\w*|access|rights|contact|coordinator|add\w*|remov\w*|revok\w*|grant\w*|if|unless|until|but|not|never)\b"
)


def _without_its_reason(sentence: Sentence) -> Sentence:
    """Return the order without why: "take @ed off Essex, he's changed jobs"."""
    text = sentence.straight
    match = _WHY.search(text.casefold())
    if match is None or _TELLS_MORE.search(match[0]) or "@" in match[0]:
        return sentence
    lead = sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.end <= match.start()))
    why = sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.start > match.start()))
    if (
        why.names
        or why.named_refs
        or (not lead.names and not lead.has(M.COORDINATOR))
        or not lead.of_kind(PieceKind.PERSON)
    ):
        return sentence
    if not lead.has(*_GRANTS) and not _PUTS_ON.match(lead.lower):
        return sentence
    return Sentence.of(sentence.text[: match.start()], sentence.asker, sentence.around)


_PUTS = frozenset(
    (
        "stick",
        "pop",
        "bung",
        "slot",
        "get",
        "put",
        "book",
        "sign",
        "sort",
        "sort out",
        "hook",
        "hook up",
        "up",
        "down",
    )
)
# "Stick @sam on for Kent too"
_PUTS_ON = re.compile(
    r"(?:(?:please|pls|can you|could you|and) )*(?:stick|pop|put|bung|slot|get|sign|book|hook|set) <@[^>]*> (?:on|up|in|down)\b(?: to| for| as| with| at)?"
)
_ASKS_WHO_RECORDS = re.compile(r"> (?:also |now |still |already )?(?:record|update|report)\b")
_TAKES_ON = re.compile(
    r"\b(?:(?:now|will|will now) records? for|(?:will be|is|is now) recording for|set <@[^>]*> up for|taking (?:on|over)|takes (?:on|over)|taken (?:on|over)|now covers|will cover|will be covering|is covering|joining|joined|looks? after|looking after|works (?:for|at|in)|moved to|now (?:at|with|in)|starts (?:at|with)|started (?:at|with)"
    r"|new (?:contact|officer|lead|starter)|(?:is|as|be|becomes?) (?:the|our|a|their) new (?:[\w&' -]+ )?(?:contact|officer|lead|person)|responsible for)\b"
)
_SET_UP = re.compile(
    r"\b(?:(?:set|get|sort) (?:him|her|them) (?:up|on|access|out)|add (?:him|her|them)|give (?:him|her|them) access|needs? (?:access|to be (?:added|set up|able)|setting up|adding))\b"
)


def _takes_on(sentence: Sentence) -> Understanding | None:
    """Offer the grant to somebody who takes on a body: "@bob is taking on Sussex, set him up"."""
    if (moved := _moves(sentence)) is not None:
        return moved
    if (joins := _joins_the_coordinators(sentence)) is not None:
        return joins
    if (replaced := _replaces(sentence)) is not None:
        return replaced
    is_told = _TAKES_ON.search(sentence.lower) and (
        _SET_UP.search(sentence.lower)
        or not [
            piece for piece in sentence.of_kind(PieceKind.UNKNOWN) if piece.key not in ("taking", "takes")
        ]
    )
    lets = _LETS_SPEAK.fullmatch(sentence.lower)
    is_meant = is_told or (
        lets is not None
        and not sentence.named_refs
        and all(piece.key in lets[0] for piece in sentence.of_kind(PieceKind.UNKNOWN))
    )
    persons = sentence.of_kind(PieceKind.PERSON)
    if not is_meant or sentence.asks or len(persons) != 1 or len(sentence.bodies) != 1:
        return None
    is_hedged = any(
        piece.means(M.HEDGE) and piece.key not in ("will", "will be") for piece in sentence.pieces
    )
    if sentence.has(M.NOT, M.NO_LONGER, M.REVOKE) or is_hedged or is_a_doubtful_grant(sentence):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    mention = sentence.text[persons[0].start : persons[0].end]
    return Offered((f"grant {mention} {sentence.bodies[0].slug}",))


# "@ed already has access for Suffolk"
_HAS_IT_ALREADY = re.compile(r"\balready (?:has|have|is|records?|can)\b|\b(?:has|have|is) already\b")
# "Let @ed answer for Suffolk too"
_LETS_SPEAK = re.compile(
    r"(?:(?:please|pls|can you|could you|would you|ok|and|we should|i'd like you to)[ ,]+)*(?:let|allow) <@[^>]*> (?:to )?(?:also |now )?"
    r"(?:(?:answer|respond|reply|speak|act|report|fill in|input|enter)(?: (?:things|it|this|returns?|answers|updates))? (?:for|on behalf of)|(?:cover|look after|manage|handle)(?! (?:the|a|an|our|my|this|that|some)\b))"
    r" [\w& -]+?(?: (?:too|as well|also|please|pls))*[.! ]*"
)
# "Drop @ed from Essex", "@sam has moved on so he needs to come off Essex"
_COMES_OFF = re.compile(
    r"(?:(?:please|pls|can you|could you|would you|ok|and)[ ,]+)*(?:drop|cut|lose|pull|strike|knock|ditch|bin|kick|lift) <@[^>]*> (?:from|off|out of)\b"
    r"|<@[^>]*>.*\b(?:(?:needs?|has|have|ought) to|should|must|can|will|to) (?:now |also )?(?:come off|go off|be taken off|be dropped from|be removed from|come out of|be cut from)\b"
)
_GOES_BEFORE = re.compile(
    r"(?:<@[^>]*>|he|she|they|has|have|is|'s|moved on|left|leaving|retired|retiring|changed jobs|changed roles|gone|quit|resigned|off|so|and|now|just|needs?|ought|to|should|must|can|will|also|come|go|be|taken|dropped|removed|cut|from|out|of|the|as"
    r"|please|pls|you|could|would|ok|drop|lose|pull|strike|knock|ditch|bin|kick|lift|contacts?|list|for|us|office|[ ,.;!–-])*"
)


def _comes_off(sentence: Sentence) -> Understanding | None:
    """Offer to take back the role of somebody who is to come off a body."""
    persons = sentence.of_kind(PieceKind.PERSON)
    if (
        not _COMES_OFF.match(sentence.lower)
        or sentence.asks
        or len(persons) != 1
        or len(sentence.bodies) != 1
    ):
        return None
    if sentence.has(M.NOT, M.NO_LONGER, M.GRANT) or is_a_doubtful_grant(sentence) or sentence.named_refs:
        return None
    name = sentence.names[0]
    around_it = f"{sentence.straight[: name.start]} {sentence.straight[name.end :]}".casefold()
    if _GOES_BEFORE.fullmatch(around_it) is None:
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    mention = sentence.text[persons[0].start : persons[0].end]
    return Offered((f"revoke {mention} {sentence.bodies[0].slug}",))


_JOINS_THEM = re.compile(
    r"<@[^>]*>(?: is|'s| will be)?(?: now| also)? (?:joining|joins|one of|going to be one of|part of) (?:us as |the |our )?(?:a )?(?:team of )?coordinators?(?: now| too| as well)?[.!]*"
)


def _joins_the_coordinators(sentence: Sentence) -> Understanding | None:
    """Offer the grant to somebody who is to be a coordinator: "@bob is joining the coordinators"."""
    persons = sentence.of_kind(PieceKind.PERSON)
    if len(persons) != 1 or not _JOINS_THEM.fullmatch(sentence.lower) or sentence.has(M.NOT, M.HEDGE):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    return Offered((f"grant {sentence.text[persons[0].start : persons[0].end]} coordinator",))


_ONE = r"<@(?P<{}>[^>|]*)(?:\|[^>]*)?>"
# "Swap @sam for @bob on Surrey", "@bob is replacing @sam at Surrey"
_SWAPS = re.compile(
    rf"\b(?:swap|replace|switch|change) {_ONE.format('before')} (?:for|with|by|to) {_ONE.format('after')}"
)
_REPLACES = re.compile(
    rf"{_ONE.format('after')} (?:is replacing|replaces|is taking over from|takes over from|will replace|has replaced|has taken over from) {_ONE.format('before')}"
)


def _replaces(sentence: Sentence) -> Understanding | None:
    """Offer both for somebody who takes another's place at a body."""
    match = _SWAPS.search(sentence.text) or _REPLACES.search(sentence.text)
    if match is None or len(sentence.bodies) != 1 or sentence.asks or sentence.has(M.NOT, M.HEDGE):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    mentions = {
        person.user_id: sentence.text[person.start : person.end]
        for person in sentence.of_kind(PieceKind.PERSON)
    }
    before, after, slug = mentions[match["before"]], mentions[match["after"]], sentence.bodies[0].slug
    return Offered((f"grant {after} {slug}", f"revoke {before} {slug}"))


_MOVES = re.compile(r"\b(?:moved|moving|moves|gone|transferred|switched|switching) (?:over )?from\b.*\bto\b")


def _moves(sentence: Sentence) -> Understanding | None:
    """Offer both for somebody who goes from one body to another: "@bob has moved from Surrey to Kent"."""
    persons, names = sentence.of_kind(PieceKind.PERSON), sentence.names
    if not _MOVES.search(sentence.lower) or len(persons) != 1 or len(names) != 2 or len(sentence.bodies) != 2:
        return None
    if sentence.asks or sentence.has(M.NOT, M.HEDGE):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    mention = sentence.text[persons[0].start : persons[0].end]
    before, after = sentence.bodies
    return Offered((f"grant {mention} {after.slug}", f"revoke {mention} {before.slug}"))


def _may_have(sentence: Sentence) -> bool:
    """Whether somebody may have a body: "can @bob have Sussex"."""
    return sentence.says(
        r"^(?:please |pls )?(?:can|could|may) <@[^>]*> (?:also |now )?(?:have|get|do|cover|take)\b"
        r"|^(?:(?:please|pls|can you|could you|and) )*(?:give|hand|assign) <@[^>]*> "
    )


def _bodies_given(sentence: Sentence) -> tuple[Body, ...]:
    """Return the bodies that are named; in "have Sussex as well as Surrey" Surrey is there already."""
    for before, after in pairwise(sentence.names):
        between = sentence.text[before.end : after.start].strip().casefold()
        if between in ("as well as", "on top of", "in addition to"):
            return tuple(body for piece in sentence.names if piece is not after for body in piece.bodies)
    return sentence.bodies


_WHAT_IS_GIVEN = ("access", "rights", "permission", "coordinator rights", "coordinator access")
_ENDS = frozenset(("any more", "anymore", "any longer"))


def _says_it_both_ways(sentence: Sentence) -> bool:
    """Whether it gives and takes away ("give Kent and take away Essex"), forbids ("don't give") or denies
    twice: none of these is one order."""
    denials = [piece for piece in sentence.pieces if piece.means(M.NOT, M.NO_LONGER)]
    takes = any(_takes_away(piece, sentence) for piece in sentence.pieces)
    gives = any(
        piece.means(M.GRANT, M.ADD) and not piece.means(M.REVOKE) and not piece.key.startswith(_WHAT_IS_GIVEN)
        for piece in sentence.pieces
    )
    forbids = sentence.says(r"\b(?:do not|don['’]?t|never)\b")
    gives = gives or sentence.says(r"\bgive\b")
    denies_taking = takes and any(piece.key not in _ENDS for piece in denials)
    # "Is not their contact any more" denies once.
    several = [piece for piece in denials if piece.key not in _ENDS]
    return forbids or len(several) > 1 or denies_taking or (takes and gives)


_WHAT_A_CONTACT_DOES = ("record for", "recording for")


def _takes_away(piece: Piece, sentence: Sentence) -> bool:
    """Return whether a piece takes access away; "let @sam record for Surrey" and "@sam will record for Surrey" give it."""
    others = [other for other in sentence.pieces if other is not piece]
    is_what_is_given = piece.key in _WHAT_A_CONTACT_DOES and not any(
        other.means(M.NOT, M.NO_LONGER, M.REVOKE) for other in others
    )
    return piece.means(M.REVOKE) and not piece.means(M.GRANT, M.ADD) and not is_what_is_given


def _denies(sentence: Sentence) -> bool:
    """Return whether a "not" stands beside what is granted or taken away: it may mean either."""
    others = [piece for piece in sentence.pieces if not piece.means(M.GRANT, M.REVOKE)]
    is_denied = any(piece.means(M.NOT) for piece in others)
    is_ended = any(piece.means(M.NO_LONGER) for piece in others)
    ends_it = any(
        piece.key.startswith(("should not", "must not", "may not", "is not to", "can not record"))
        for piece in sentence.pieces
    )
    return (is_denied or (is_ended and not ends_it)) and sentence.has(M.GRANT, M.REVOKE)


def _without_a_mention(sentence: Sentence) -> Understanding | None:
    """Point to help where an order names nobody whom Slack knows: "give Gus in Surrey access"."""
    if (named := named_without_a_mention(sentence)) is not None:
        return named
    if not sentence.says(
        r"^(?:please |pls )?(?:give|grant|let|add|set up|remove|revoke|take)\b.*\b(?:access|rights|permissions?)\b"
    ):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    return Answerable("help revoke" if sentence.has(M.REVOKE) and not sentence.has(M.GRANT) else "help grant")


def _each_body(sentence: Sentence, verb: str, mention: str) -> Understanding:
    """Offer the grant of each body of a region by itself, since a region has no contacts of its own."""
    regions = {region.name for piece in sentence.names for region in piece.regions}
    if sentence.has(M.WELSH):
        regions.add(WALES.name)
    slugs = [
        body.slug for body in sentence.around.bodies if sentence.around.region_of.get(body.code) in regions
    ]
    if not slugs:
        return Asked(About.ROLE, ())
    return Asked(About.BODY, tuple(f"{verb} {mention} {slug}" for slug in slugs))
