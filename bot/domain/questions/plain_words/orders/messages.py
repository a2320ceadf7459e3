"""What recbot sends: the digest, reminders, a question to a body; and who is away from them."""

import re

from bot.domain.questions.plain_words.doubts import leaves_doubt
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import SUBJECT_KINDS, Piece, PieceKind
from bot.domain.questions.plain_words.places import not_yours
from bot.domain.questions.plain_words.recorders import joined
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.times import ahead
from bot.domain.questions.plain_words.understanding import (
    About,
    Asked,
    NotAnswered,
    Offered,
    Understanding,
    WhyNot,
)
from bot.domain.questions.written import WALES, day_words

_DIGEST = (
    r"(?:(?:weekly )?digest|round-?up|bulletin|weekly (?:post|summary|message|update|e-?mail|newsletter))"
)
# "Push the digest out today", "get the weekly post out", "issue the digest"
_PUTS_IT_OUT = re.compile(
    rf"(?:(?:please|pls|ok|right|can you|could you|let's|just|now|go ahead and|time to)[ ,]+)*(?:(?:push|get|put|ship|kick|fire|send|chuck|pop|whack) (?:out |off )?(?:the |this week's |monday's |our )?(?:[a-z]+ )?{_DIGEST} (?:out|off|round)"
    rf"|(?:issue|release|publish|circulate|send out|push out|get out|fire off|put out) (?:the |this week's |monday's |our )?{_DIGEST})"
    r"(?: (?:now|today|early|please|pls|straight away|this morning|this afternoon|then|to (?:everyone|everybody|all|the channel)))*\W*"
)
# "Send it now rather than wait till Monday"
_WITHOUT_WAITING = re.compile(
    r"[ ,]*(?:rather than|instead of|and not|don't|do not|without) (?:to )?wait(?:ing)?(?: (?:for|until|till|til) [a-z ]+?)?(?= please|\W*$)"
)
_HOLDS_IT_BACK = re.compile(
    rf"(?:(?:please|pls|can you|could you|can we|could we|let's)[ ,]+)*(?:skip|cancel|hold(?: back| off)?|pause|stop|delay|postpone|suppress|kill|don't send|do not send) (?:the |this week's |next week's |monday's |our |next )?(?:[a-z]+ )?{_DIGEST}\b"
)


def sending_the_digest(sentence: Sentence) -> Understanding | None:
    if _HOLDS_IT_BACK.match(sentence.lower):
        return NotAnswered(WhyNot.NOT_UNDERSTOOD, ("digest", "help digest"))
    if without := _without_waiting(sentence):
        sentence = without
    if _PUTS_IT_OUT.fullmatch(sentence.lower):
        return Offered(("digest send",)) if sentence.asker.is_coordinator else not_yours(sentence)
    is_let_go = _LETS_IT_GO_OUT.match(sentence.lower) is not None
    goes_out = is_let_go or _CAN_IT_GO_OUT.match(sentence.lower) is not None
    if not (sentence.has(M.DIGEST) and (sentence.has(M.SEND) or goes_out)):
        return None
    if sentence.has(M.PREVIEW) and not goes_out:
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    goes_elsewhere_or_later = (
        sentence.names or any(map(_is_later, sentence.days)) or _TO_SOMEBODY.search(sentence.lower)
    )
    was_sent = sentence.says(r"\b(?:was|were|been|is|we|i|they|have|has) sent\b")
    is_hedged = was_sent or (sentence.has(M.NOT, M.HEDGE, M.EXCEPT) and not sentence.asks_politely)
    if (not is_let_go and (is_hedged or leaves_doubt(sentence))) or goes_elsewhere_or_later:
        return NotAnswered(WhyNot.NOT_CERTAIN, ("digest",))
    return Offered(("digest send",))


def puts_out_or_holds_back(sentence: Sentence) -> bool:
    """Whether it orders that the digest goes out, or does not: "issue the digest" asks nothing."""
    return bool(_PUTS_IT_OUT.fullmatch(sentence.lower) or _HOLDS_IT_BACK.match(sentence.lower))


def _without_waiting(sentence: Sentence) -> Sentence | None:
    match = _WITHOUT_WAITING.search(sentence.lower)
    if match is None or not sentence.has(M.DIGEST):
        return None
    return Sentence.of(sentence.lower[: match.start()], sentence.asker, sentence.around)


# It goes to the channel: "send the digest to the minister"
_TO_SOMEBODY = re.compile(
    r"\b(?:digest|round-?up|bulletin|summary|it)\b.*\bto (?!(?:the |our |this )?(?:channel|team|group|coordination|everyone|everybody|all)\b|go\b|be\b)[a-z]"
)
# "Can the digest go out today"
_CAN_IT_GO_OUT = re.compile(
    r"(?:please |pls )?(?:can|could) (?:the|this week's|our|monday's) (?:weekly )?(?:digest|round-?up|bulletin)(?: please)? (?:go out|go now|go|be (?:sent|posted|published)(?: out)?)"
    r"(?: now| today| please| straight away| this morning| this afternoon)*\W*$"
)

_THE_DIGEST = r"(?:the|this week's|our|monday's|this)? ?(?:weekly )?(?:digest|round-?up|bulletin)"
_GOES = r"(?:go|be (?:sent|posted|published|issued|released))(?: (?:out|off|now|today|please|pls|straight away|this morning|this afternoon))*"
# "Ok the digest can go out", "let the digest go", "happy for the digest to go out", "digest is good to go"
_LETS_IT_GO_OUT = re.compile(
    rf"(?:(?:ok|okay|right|yes|yep|fine|all good|good|so|now|then|please|pls|i'm|i am|we're|we are)[ ,.!]+)*(?:{_THE_DIGEST} (?:can|may|should|is (?:good|ready|ok|clear|fine|all set|set) to|good to|ready to|needs to) (?:now )?{_GOES}"
    rf"|let {_THE_DIGEST} {_GOES}|(?:happy|content|fine) for {_THE_DIGEST} to {_GOES}"
    rf"|{_THE_DIGEST} (?:is |looks )?(?:fine|good|ok|okay|great|approved)[ ,;–-]+(?:please |pls |so |and )?(?:send|post|publish|issue) it(?: out)?(?: now| please)?)\W*$"
)


def _is_later(day: Piece) -> bool:
    """Whether a day that is to come is meant: "this week's digest" is sent now."""
    return day.day is not None and (day.day.ahead is None or ("this" not in day.key and day.key != "today"))


_BESIDE_A_REMINDER = (
    *(M.REMIND, M.OVERDUE, M.WAITING, M.BODY_WORD, M.OUTSTANDING, M.REC_WORD, M.EVERYONE, M.CONTACT, M.SEND),
    *(M.WELSH, M.RESPOND, M.STATUS, M.LISTED, M.NOT, M.COMPLETE, M.SILENT, M.NOT_STARTED, M.STARTED),
)


def _but_for_responses(sentence: Sentence) -> Sentence:
    """Return the sentence without whom to remind: "those who have not replied"."""
    start = next(
        (piece.start for piece in sentence.pieces if piece.means(M.LISTED, M.EVERYONE, M.BODY_WORD)), None
    )
    if start is None:
        return sentence
    return sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.start < start))


# Small words beside an order to send something, which change nothing of it.
_BESIDE_SENDING = frozenset(
    ("round", "around", "out", "again", "asap", "now", "off", "along", "over", "across", "us")
)


def reminding(sentence: Sentence) -> Understanding | None:
    if (
        not sentence.has(M.REMIND)
        or leaves_doubt(_but_for_responses(sentence))
        or sentence.says(r"\bremind (?:me|us)\b")
    ):
        return None
    left = sentence.left_over(_BESIDE_A_REMINDER, SUBJECT_KINDS)
    if any(piece.key not in _BESIDE_SENDING for piece in left):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    if (pairs := _each_its_own(sentence)) is not None:
        return Offered(pairs)
    slugs = _slugs_of(sentence) or [""]
    meant = [ref for typed in sentence.refs for ref in sentence.around.meant_by(typed)]
    refs = meant or list(sentence.around.addressed)
    commands = tuple(joined("remind", ref, slug) for ref in refs for slug in slugs)
    return (
        Offered(commands)
        if sentence.refs and len(refs) == len(sentence.refs)
        else Asked(About.RECOMMENDATION, commands)
    )


def _slugs_of(sentence: Sentence) -> list[str]:
    """Return the bodies that are named, those of a region among them: "remind Wales about 15"."""
    slugs = [body.slug for body in sentence.bodies]
    regions = {region.name for piece in sentence.names if not piece.bodies for region in piece.regions}
    if sentence.has(M.WELSH):
        regions.add(WALES.name)
    around = sentence.around
    slugs += [body.slug for body in around.bodies if around.region_of.get(body.code) in regions]
    return list(dict.fromkeys(slugs))


def _each_its_own(sentence: Sentence) -> tuple[str, ...] | None:
    """Pair each body with the recommendation beside it: "remind Kent about 15 and Surrey about 16".

    None where they do not stand in turns: "remind Kent and Surrey about 15"."""
    subjects = sentence.of_kind(PieceKind.NAME, PieceKind.REF)
    pairs = tuple(zip(subjects[::2], subjects[1::2], strict=False))
    stand_in_turns = len(pairs) > 1 and {(first.kind, second.kind) for first, second in pairs} in _IN_TURNS
    if len(subjects) % 2 or not stand_in_turns:
        return None
    commands = []
    for pair in pairs:
        refs = [ref for piece in pair if piece.ref for ref in sentence.around.meant_by(piece.ref)]
        bodies = [body for piece in pair for body in piece.bodies]
        if len(refs) != 1 or len(bodies) != 1:
            return None
        commands.append(joined("remind", refs[0], bodies[0].slug))
    return tuple(commands)


_IN_TURNS = ({(PieceKind.NAME, PieceKind.REF)}, {(PieceKind.REF, PieceKind.NAME)})


_A_LEAVE = r"(?:annual |maternity |paternity |parental |sick |study |special |compassionate |unpaid |some |a bit of )?leave|a? ?(?:half[- ]term |summer |easter )?(?:holidays?|hols|vacation|secondment|career break|sabbatical)"
_IS_AWAY = re.compile(
    r"(?:(?:i am|i'm|im|i will be|i'll be|ill be|i shall be|i'm going to be|i am going|i'm going|going|going to be|please note|note that|hi|hello|please|pls|can you|could you|just|now|from now)[ ,]+)*"
    r"(?:(?:set|mark|put|show|have|record|log|note|list|count) me (?:down |up )?(?:as )?(?:being )?)?"
    rf"(?:(?:on |taking |having )?(?:{_A_LEAVE})|away|out of (?:the )?office|out|off(?: work| sick)?|(?:will |shall |)?not (?:be )?(?:in|at work|around|working|available)|(?:i )?(?:won't|will not) be (?:in|at work|around|working|available|here)|ooo)"
    r"(?:(?: from [a-z0-9 ]{2,20}?)? (?:until|till|til|to|through) |[ ,:]+(?:from )?(?=\d{1,2}(?:st|nd|rd|th)?(?: [a-z]{3,9})? (?:to|until|till) \d)| (?:all )?(?:next|this|the rest of this) week\b| tomorrow\b| for the next |[ ,;–-]+(?:i am |i'm |i'll be |and |will be )*(?:back|returning|return) )"
)


def being_away(sentence: Sentence) -> Understanding | None:
    """Offer to have another contact reminded until somebody is back: "I'm on leave until 28 March"."""
    if _IS_BACK.fullmatch(sentence.lower) and sentence.asker.bodies:
        return Offered(("back",))
    is_away = _IS_AWAY.match(sentence.lower) or _IS_AWAY.match(sentence.spelt_out)
    if not is_away or sentence.refs or sentence.names or len(sentence.days) not in (1, 2):
        return None
    last = ahead(sentence.days[-1])
    if last is None or last.last <= sentence.around.today or _leaves_it_open(sentence):
        return None
    return Offered((f"away until {day_words(last.last)}",)) if sentence.asker.bodies else not_yours(sentence)


def _leaves_it_open(sentence: Sentence) -> bool:
    """Whether it is doubted; that somebody is not at work doubts nothing."""
    return leaves_doubt(
        sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.key not in _NOT_AT_WORK))
    )


_NOT_AT_WORK = frozenset(("will not", "will not be", "not", "not in", "am not", "i am not", "not be"))
# "I'm back from leave", "turn my reminders back on"
_IS_BACK = re.compile(
    r"(?:(?:hi|hello|morning|ok|right|please|pls|just to say)[ ,]+)*(?:(?:i am|i'm|im|am|we are|we're) )?(?:now |finally )?back(?: (?:at work|at my desk|in(?: the office)?|from (?:my |annual |maternity |sick )*(?:leave|holidays?|hols)|now|today|again|this morning|properly))*"
    r"(?:[ ,;.–-]+(?:so |and )?(?:please |pls |can you |you can )*(?:send me |start |restart |resume )?(?:my |the )?reminders? ?(?:to me |again |on )*(?:please|pls|now)?)?[.!]*"
    r"|(?:(?:please|pls|can you|could you|i'm back,?) )*(?:turn|switch|put|start|restart|resume) (?:on )?(?:my |the )?reminders(?: back)?(?: on| up| again| now| please)*[.!?]*"
)


_ASKS_A_BODY = re.compile(
    r"(?:(?:please|pls|can you|could you|will you|would you|i have|i've|we have|i'd like to|i would like to|i want to|we want to|we'd like to|i need to|we need to"
    r"|(?:can|could) (?:someone|somebody|one of you)|put|raise|send|drop) )*(?:a |this |another )?(?:ask|question (?:to|for)|query (?:to|for|with)|check with|(?:get|have) (?=[\w &'-]+ to (?:tell|let|say|confirm|explain))"
    r"|(?:send|put|drop|raise) (?=[\w &'-]+ (?:a |this )?(?:question|query)\b)) ?"
)
_LEADS_TO_WHAT = frozenset(
    (
        *(
            "on",
            "about",
            "for",
            "re",
            "regarding",
            "concerning",
            "and",
            "rec",
            "recommendation",
            "the",
            "a",
            ":",
        ),
        *("question", "query", "a question", "this", ",", "&", "with"),
    )
)


_QUESTION_WORDS = frozenset(("who", "which", "what", "when", "where", "why", "how", "whether", "if", "for"))
# "Get Kent to tell us who leads"
_TO_TELL = re.compile(r"^to (?:tell (?:us|me)|let (?:us|me) know|say|confirm|explain) ", re.IGNORECASE)


def _asks_before_its_number(sentence: Sentence) -> bool:
    """Whether what is to be asked begins right after the body's name."""
    name = sentence.names[-1]
    after = next((piece for piece in sentence.pieces if piece.start >= name.end), None)
    if after is None:
        return False
    tells = _TO_TELL.match(sentence.text[after.start :]) is not None
    return after.key.split(" ")[0] in _QUESTION_WORDS or tells


# "Ask Surrey which provider they mean on 16": the number at the end is no part of what is asked.
_ITS_NUMBER = re.compile(
    r"[ ,]+(?:on|about|re|regarding|under)\s*(?:rec(?:ommendation)? )?#?$", re.IGNORECASE
)


def _without_its_number(sentence: Sentence, start: int) -> str:
    """Return what is asked after `start`, without the recommendation that is named beside it at its end."""
    text, last = sentence.text[start:], sentence.pieces[-1]
    if last.kind is not PieceKind.REF or last.start < start:
        return text
    before = sentence.text[start : last.start]
    return _ITS_NUMBER.sub("", before) if _ITS_NUMBER.search(before) else text


def asking_a_body(sentence: Sentence) -> Understanding | None:
    """Offer a question to a body: "ask Hampshire on 16 which provider they mean"."""
    if not _ASKS_A_BODY.match(sentence.lower) or len(sentence.named_refs) != 1 or not sentence.bodies:
        return None
    if any(len(piece.bodies) != 1 for piece in sentence.names):
        return None
    named = sentence.of_kind(PieceKind.REF, PieceKind.NAME)
    if (
        named[0].kind is PieceKind.NAME
        and named[-1].kind is PieceKind.REF
        and _asks_before_its_number(sentence)
    ):
        # "Ask Kent which provider they use for 15"
        named = sentence.names
    start, end = named[0].start, named[-1].end
    between = [piece for piece in sentence.pieces if start <= piece.start < end and piece not in named]
    text = _TO_TELL.sub("", _without_its_number(sentence, end).strip(" ,;:–—-."))
    if len(text.split()) < 2 or any(piece.key not in _LEADS_TO_WHAT for piece in between):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    bodies = dict.fromkeys(body for piece in named for body in piece.bodies)
    return Offered(tuple(f"{joined('ask', sentence.named_refs[0], body.slug)}: {text}" for body in bodies))
