"""What keeps a body from going on, told without a word for "blocked": "we can't start 16 until the funding is
confirmed"."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.recorders import joined, offered, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.parts import as_text
from bot.domain.questions.plain_words.understanding import About, Asked, Offered, Understanding

_CANNOT = (
    r"(?:(?:can'?t|cannot|can not|will not be able to|won'?t be able to|unable to|not able to|aren'?t able to|are not able to|isn'?t able to|is not able to"
    r"|are unable to|is unable to) (?:even |really |properly |actually |now |currently )*"
    r"(?:start|begin|do|progress|continue|move|proceed|advance|finish|complete|close|deliver|implement|go (?:ahead|on|any further|further|forward|anywhere)|move (?:on|forward|ahead)|carry on"
    r"|make (?:any |a |much |more )?(?:progress|start|headway)|get|take|push)"
    r"|(?:have|has|'ve|'s) (?:gone|got|taken) (?:it )?as far as (?:we|it|they|i) can)"
)
_NUMBER = r"(?:with |on |to |work on |for |of )*(?:rec\w* )?#?\d+[a-z]?"
_MOVING = r"(?: any (?:further|more|faster))?(?: (?:moving|going|started|begun|off the ground|under way|underway|done|finished|over the line|any further|further|forward|anywhere|ahead|on))?"
_NEEDS = (
    r"(?:until|till|til|unless and until|before|without|while|as long as|because(?: of)?|due to|owing to)\b"
)
_CANNOT_GO_ON = re.compile(
    rf"(?P<who>[^,.;:]{{0,40}}?)\b(?:{_CANNOT}) {_NUMBER}{_MOVING}(?: (?:just )?(?:yet|now|at the moment|for now))?"
    rf"(?:\s*[,;:–—-]+ ?| )(?=.{{4,}})",
)
_AS_FAR_AS = re.compile(
    r"(?P<who>)(?:rec\w* )?#?\d+[a-z]?(?:'s| has| is)? (?:gone |got |been taken )?as far as (?:it|we|they) (?:can|could)(?: go| get| take it)?(?:\s*[,;:–—-]+ ?| )(?=.{4,})"
)


def held_up_by(sentence: Sentence) -> Understanding | None:
    """Offer as blocked what cannot be begun or go on, with the words that say on what it waits."""
    text = " ".join(sentence.straight.split())
    match = _CANNOT_GO_ON.match(text.casefold()) or _AS_FAR_AS.match(text.casefold())
    if match is None or len(sentence.named_refs) > 1 or sentence.has_question_mark:
        return None
    why = text[match.end() :]
    is_parted = match[0].rstrip().endswith((",", "-", "–", "—", ";", ":"))
    leads = re.match(_NEEDS, why.casefold())
    head = Sentence.of(text[: match.end()], sentence.asker, sentence.around)
    rest = Sentence.of(why, sentence.asker, sentence.around)
    if not (is_parted or leads) or _is_no_reason(rest, leads is not None):
        return None
    subject = head.with_pieces(tuple(piece for piece in head.pieces if piece.end <= match.end("who")))
    if subject.left_over((M.OWN, M.REC_WORD, M.BODY_WORD), (PieceKind.REF, PieceKind.NAME)):
        return None
    if any(piece.key in _IN_DOUBT for piece in subject.pieces):
        return None
    if (
        not (head.bodies or head.own_bodies or sentence.asker.bodies)
        or head.has(M.ACCEPT, M.WHO)
        or _refuses(head)
    ):
        return None
    reason = as_text(why) if not leads else why
    if leads is None and _MAY_REFUSE.search(match[0]):
        return _refused_or_blocked(head, reason.rstrip(" .!"))
    return offered(
        head,
        head.named_refs,
        lambda refs, slug: with_text(joined("blocked", refs, slug), reason.rstrip(" .!")),
    )


def _refuses(head: Sentence) -> bool:
    """Whether it is a plain refusal; "not do" is one only of the reason that follows."""
    return any(piece.means(M.DECLINE) and piece.key != "not do" for piece in head.pieces)


_MAY_REFUSE = re.compile(r"\b(?:do|deliver|implement)\b")
# "We can't do 25", "Gwent won't be able to manage 16"
_CANNOT_DO_IT = re.compile(
    r"(?:(?:sorry|afraid|i'm afraid|unfortunately|no|we're sorry|so|but|just to say)[ ,]+)*(?P<who>[\w'& -]{0,40}?)\b(?:can'?t|cannot|can not|will not be able to|won't be able to|unable to|not able to|aren't able to|are not able to|isn't able to"
    r"|is not able to|are unable to|is unable to|not in a position to|are not in a position to|aren't in a position to|isn't in a position to) "
    r"(?:do|deliver|manage|meet|commit to|take on|implement|achieve|fund|afford|resource|cope with|stretch to) (?:(?:rec\w* )?#?\d+[a-z]?|(?:this|that)(?: one)?|it)"
    r"(?: (?:i'm afraid|sorry|unfortunately|here|at all|as things stand|at the moment|right now|this year))*[.! ]*"
)


def cannot_do_it(sentence: Sentence) -> Understanding | None:
    """Ask whether it is refused or blocked, where a body cannot do it and does not say why: "we can't do 25"."""
    match = _CANNOT_DO_IT.fullmatch(" ".join(sentence.straight.split()).casefold())
    if match is None or len(sentence.named_refs) > 1 or sentence.has_question_mark or sentence.days:
        return None
    who = Sentence.of(match["who"], sentence.asker, sentence.around) if match["who"].strip() else None
    if who is not None and who.left_over((M.OWN, M.REC_WORD, M.BODY_WORD), (PieceKind.NAME,)):
        return None
    if who is not None and any(piece.key in _IN_DOUBT for piece in who.pieces):
        return None
    if not (sentence.bodies or sentence.asker.bodies) or sentence.begins_with_an_auxiliary:
        return None
    return _refused_or_blocked(sentence, "")


def _refused_or_blocked(head: Sentence, reason: str) -> Understanding:
    """Ask which of the two is meant by "can't do it", with its reason."""
    commands: list[str] = []
    for verb in ("decline", "blocked"):
        understood = offered(
            head,
            head.named_refs,
            lambda refs, slug, verb=verb: with_text(joined(verb, refs, slug), reason),  # type: ignore[misc]
        )
        if not isinstance(understood, Offered):
            return understood
        commands += understood.commands
    return Asked(About.NAME, tuple(commands))


_IN_DOUBT = frozenset(
    ("if", "when", "unless", "whether", "why", "who", "how", "once", "suppose", "say", "should", "may")
)


def _is_no_reason(rest: Sentence, is_led_to: bool) -> bool:
    """Whether what follows is a day, another recommendation, or a question, and no reason."""
    first = next(iter(rest.pieces[1 if is_led_to else 0 :]), None)
    if first is None or first.kind is PieceKind.DAY or rest.named_refs or rest.has_question_mark:
        return True
    if rest.begins_with_an_auxiliary or _ASKS.match(rest.lower) or rest.has(M.NO_LONGER, M.UNBLOCKED):
        return True
    return _MORE_TIME.search(rest.lower) is not None


_ASKS = re.compile(
    r"(?:so |and |but )?(?:what|who|when|how|why|which|can|could|should|shall|do|does|if|maybe|perhaps|but we (?:can|have|did)|then)\b"
)
_MORE_TIME = re.compile(
    r"\b(?:extension|more time|extra time|extend|deadline|can we have|could we have|weeks?|months?)\b"
)
