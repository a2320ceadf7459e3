"""More time, and the day a body expects to be done: "give Kent till 30 April", "we aim to finish 16 by June"."""

import re
from datetime import date

from dateutil.relativedelta import relativedelta

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.plain_words.doubts import leaves_doubt
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import SUBJECT_KINDS, Piece, PieceKind
from bot.domain.questions.plain_words.recorders import joined, offered, recorders, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.parts import as_text
from bot.domain.questions.plain_words.states import ANSWERS, STAGES
from bot.domain.questions.plain_words.times import ahead, is_a_deadline
from bot.domain.questions.plain_words.understanding import About, Asked, NotAnswered, Understanding
from bot.domain.questions.written import day_words

_MOVES_A_DEADLINE = re.compile(
    r"^(?:please |pls |can you |could you |can (?:we|i) |could (?:we|i) |may (?:we|i) |(?:we|i|they)(?: would|'d)? (?:like|want|need|have|wish) to )?(?:move|change|push|put|shift|extend|set|make|hold|bump|slide|delay|defer|postpone)\b.*\b(?:deadline|date|back|to|until|till|by)\b"
)


# "Northants want 25 moved to 12 May"
_WANTS_IT_MOVED = re.compile(
    r"\b(?:wants?|needs?|would like|like|asks?|asked|asking|(?:can|could|may) (?:we|i|they) (?:have|get))\b.*\b(?:moved|pushed|shifted|changed|extended|put|bumped|slid|deferred|postponed|moving|pushing"
    r"|shifting|putting) (?:back |out |on )?(?:to|until|till)\b"
    r"|\b(?:wants?|needs?|would like|like|wish|wishes|asks?|asked|asking|have|has) to (?:move|push|shift|extend|delay|defer|postpone|slide|bump)\b.*\b(?:to|until|till)\b"
)


# "Could 25 be moved back a month"
_CAN_IT_BE_MOVED = re.compile(
    r"(?:(?:is there )?(?:any|a) (?:chance|possibility|prospect|hope) of (?:us )?(?:moving(?! (?:on|forward|ahead|along)\b)|pushing|extending|shifting|putting|delaying|deferring|postponing|changing|sliding|bumping)\b"
    r"|(?:would|could) you (?:mind|consider) (?:moving|pushing|extending|shifting|putting|delaying|deferring|postponing)\b)"
    r"|(?:please |pls )?(?:can|could|may|might) .*\bbe (?:moved|pushed|extended|put|shifted|delayed|deferred|postponed|given)\b"
)


# "Need til 30 June on 25", "can I get till the end of June for 25"
_NEEDS_UNTIL = re.compile(
    r"^(?:(?:please|pls|sorry|ok|so|and|any chance|we|i|they|will|would|can|could|may|might|do|really|still|just)\b ?)*(?:need|needs|want|wants|like|get|have)(?: it| this| that| us)? (?:until|till|til) "
)
_MAY_WE = (
    r"(?:(?:is there )?(?:any|a) (?:chance|possibility|prospect|hope)(?: that)?(?: of| for)?(?: (?:we|i) (?:can|could|may|might)(?: please)? (?:have|get|take))?"
    r"|(?:would|is) it (?:be )?(?:possible|ok|okay|alright)(?: for us)? to (?:have|get|take)|(?:can|could|may|might) (?:i|we) (?:please |possibly |just )*(?:have|get|take|be given|ask for|request)"
    r"|(?:can|could|would|will) you (?:please |possibly |kindly )*(?:give|allow|grant|let) (?:us|me)(?: have)?|(?:i|we)(?:'d| would| should) be (?:very )?(?:grateful|glad) (?:for|of|if we could have)"
    r"|we (?:need|would like|would appreciate|request|are asking for|must ask for))"
)
# The same where it is asked for; "can I get" alone would ask for an answer.
_ASKS_UNTIL = re.compile(
    rf"(?:please |pls |sorry |sorry but |hi |so )*(?:{_MAY_WE}(?: it| this| that)? (?:until|till|til|(?:a |an |one |two |three |four |five |six |\d+ )?(?:[\w-]+ ){{0,3}}?(?:more|further|extra|additional|another|longer|extension))\b"
    r"|(?:an?|one|two|three|four|five|six|\d+|another) (?:more |further |extra |additional )?(?:weeks?|months?|days?|fortnight)?(?:.{0,12}\b(?:on|for|with) (?:rec\w* )?#?\d))"
)
# "We won't make the deadline on 15, can we have 30 April"
_ASKS_AFTER_A_REASON = re.compile(
    r"(?P<why>.{8,}?)(?:[,.;–—-] ?(?:so |and |but )*| (?:so|and|but) )(?:(?:can|could|may|might) (?:we|i) (?:please )?(?:have|get|do|say|make it|move (?:it )?to)|(?:we |they |i )?(?:'d |'ll |would |will )?(?:need|would like|like|wants?|needs)) (?:it |this )?(?:until |till |til |to )?(?:the )?(?:end of |another |an extra |a further )?$"
    r"|(?P<what>.{8,}?)[,.;–—-] ?(?:how about |what about |make it |could it be |can it be |can we say |shall we say |(?:could|can) (?:we|it) go to |please make it )(?:the )?(?:end of )?$"
)


# "Essex's deadline for 16 is now 9 May", "agreed with Dorset that 15 moves to 11 April"
_HAS_MOVED = re.compile(
    r"\b(?:deadline|due date|date)\b.*\b(?:is now|becomes|moves to|has moved to|has been moved to|has changed to|now)\b"
    r"|\b(?:agreed|agree|decided)\b.*\b(?:moves|is moved|is extended|is put back|goes back|slips) to\b"
)


def asks_for_more_time(sentence: Sentence) -> bool:
    """Whether it asks for a later day, and not for an answer: "could we have a further month for 15"."""
    if (
        sentence.days
        and _CAN_IT_BE_MOVED.match(sentence.spelt_out)
        and not sentence.has(M.WHO, M.HOW_MANY, M.WHY)
    ):
        return True
    if not sentence.days or sentence.has(M.WHO, M.WHICH, M.WHAT, M.WHEN, M.WHERE, M.WHY, M.HOW, M.HOW_MANY):
        return False
    is_longer = any(_LONGER.search(day.key) for day in sentence.days) or sentence.has(M.EXTEND, M.EXTENSION)
    return (is_longer and _ASKS_UNTIL.match(sentence.spelt_out) is not None) or _asked_after_a_reason(
        sentence
    ) is not None


def _asked_after_a_reason(sentence: Sentence) -> re.Match[str] | None:
    """Return why more time is asked for, where that stands first."""
    day = sentence.days[-1] if sentence.days else None
    match = _ASKS_AFTER_A_REASON.match(sentence.text[: day.start]) if day else None
    why = (match["why"] or match["what"]).casefold() if match else ""
    is_of_it = match is not None and re.search(
        r"\b(?:deadline|date|time|tight|late|miss\w*|make|meet|ready|doable|done|finish\w*|hit|manage|happen\w*|soon|struggl\w*|impossible|realistic|do|by the \d+|by \d+)\b",
        why,
    )
    return match if is_of_it else None


def end_of_last_day_or_number(sentence: Sentence) -> int:
    """Return where the last day or number ends: a text comes after it."""
    ends = [piece.end for piece in (*sentence.days, *sentence.of_kind(PieceKind.REF, PieceKind.PART))]
    return max(ends, default=0)


def extending(sentence: Sentence) -> Understanding | None:
    last = _end_of_day_and_number(sentence)
    before = sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.start <= last))
    if (
        _OWN_DATE.search(before.head)
        or not _is_to_be_extended(sentence, before)
        or not sentence.days
        or _OF_A_THING.search(before.spelt_out)
        or _MAY_NEED_IT.search(before.spelt_out)
    ):
        return None
    lead = _asked_after_a_reason(sentence)
    is_polite = asks_for_more_time(sentence)
    doubted = [piece for piece in before.pieces if not (is_polite and piece.key == "possibly")]
    if leaves_doubt(before.with_pieces(tuple(doubted))) and lead is None:
        return None
    is_moved = _CAN_IT_BE_MOVED.match(sentence.spelt_out) is not None and not before.has(M.NOT, *ANSWERS)
    if before.has(*STAGES, *ANSWERS) and lead is None and not (is_moved or _AGREED_TO_IT.match(before.lower)):
        return None
    if not sentence.refs:
        return _extension_of_which(sentence)
    day = _day_asked_for(sentence)
    until = _until(sentence, day, sentence.refs[0]) if day else None
    if day is None or until is None or _is_due_then(sentence, until):
        return None
    end = _end_of_day_and_number(sentence)
    text = as_text(sentence.text[end:].lstrip(" ?!."))
    head = sentence
    if _ADDS_NOTHING.fullmatch(text.casefold()):
        text = (lead["why"] or lead["what"]).strip() if lead else _why_before(sentence)
    else:
        head = sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.start < end))
    return offered(
        head,
        sentence.refs[:1],
        lambda refs, slug: with_text(joined("extend", refs, slug, day_words(until)), text),
    )


def _why_before(sentence: Sentence) -> str:
    """Return the clause before the one that asks for a day, where it tells why: "vetting is slow, another month on 25"."""
    day = _day_asked_for(sentence)
    marks = [piece for piece in sentence.of_kind(PieceKind.MARK) if day and piece.end <= day.start]
    if not marks or marks[-1].key not in (",", ";", ".", "-", "–", "—"):
        return ""
    clause = [piece for piece in sentence.pieces if piece.end <= marks[-1].start]
    tells_why = any(piece.kind is PieceKind.UNKNOWN for piece in clause)
    return sentence.text[: marks[-1].start].strip() if tells_why else ""


def _is_to_be_extended(sentence: Sentence, before: Sentence) -> bool:
    """Whether a sentence asks for a later deadline, or gives one; `before` is it up to the day and the number."""
    return bool(
        before.has(M.EXTEND, M.EXTENSION)
        or (_GIVES_UNTIL.match(sentence.lower) and sentence.bodies)
        or (_MAY_HAVE_UNTIL.search(sentence.lower) and sentence.bodies and not sentence.has_question_mark)
        or _asks_for_a_day(sentence)
        or _MOVES_A_DEADLINE.match(sentence.spelt_out)
        or _WANTS_IT_MOVED.search(sentence.spelt_out)
        or _CAN_IT_BE_MOVED.match(sentence.spelt_out)
        or (sentence.asker.is_coordinator and sentence.bodies and _HAS_MOVED.search(sentence.spelt_out))
        or _NEEDS_UNTIL.search(sentence.spelt_out)
        or (sentence.days and any(_LONGER.search(day.key) for day in sentence.days))
        or _asked_after_a_reason(sentence) is not None
    )


_THING = r"(?:contracts?|pilots?|leases?|funding|grants?|tenders?|schemes?|projects?|programmes?|posts?|secondments?|trials?|agreements?|licen[cs]es?|thanks|invitations?|consultations?|visits?|hours)"
# "We extended the contract for 25 to 30 May", "the pilot under 16 runs until 30 May"
_OF_A_THING = re.compile(
    rf"\b(?:extend(?:ed|s|ing)?|renew(?:ed|s|ing)?|prolong(?:ed|s|ing)?|moved?|pushed|shifted) (?:(?:the|its|it is|our|their|a|this|that|my|his|her|existing|current) )*(?:[\w-]+ )?{_THING}\b"
    r"|\b(?:give|lend) .{2,40}? (?:a hand|help|support|a call|a ring|a shout|a break)\b"
    rf"|\b{_THING} (?:(?:for|on|under|in|of) (?:rec\w* )?#?\d+\w* )?(?:runs?|lasts?|goes|ends?|expires?|has been extended|was extended|is extended|continues|is|will run|will last)\b"
)


# "Cleveland might need a month more", "the provider wants another month"
_MAY_NEED_IT = re.compile(
    r"\b(?:might|may|could) (?:well |also |yet )?(?:need|want|require|ask|have to)\b"
    r"|^(?:the|our|their|an?|its) (?:[\w-]+ )?(?:providers?|suppliers?|contractors?|vendors?|council|charity|trust|icb|consultants?|architects?|builders?) (?:has |have |is |are )?(?:wants?|needs?|asks?|asked|asking|wanting|needing)\b"
)


def _is_due_then(sentence: Sentence, until: date) -> bool:
    """Whether it is due on that day anyway, or later: "we have until 27 March for 25" asks for nothing.

    A deadline may be moved forward in so many words."""
    if _MOVES_A_DEADLINE.match(sentence.spelt_out):
        return False
    due = [live.due_on for live in sentence.around.live.with_number(sentence.refs[0].number)]
    return any(due_on is not None and until <= due_on for due_on in due)


# "Agreed a two week extension with Essex"
_AGREED_TO_IT = re.compile(
    r"(?:(?:we|i)(?:'ve| have)? )?(?:agreed|granted|given|allowed) .*\b(?:extension|extra|more|another|further)\b"
)
_ASKS_FOR = re.compile(
    r"\b(?:asked for|asking for|wants?|needs?|requested|would like|proposed?|proposing) (?:until )?(?:the )?$"
)


def _asks_for_a_day(sentence: Sentence) -> bool:
    """Whether a day is asked for by a body: "Surrey have asked for 2 June on 16"."""
    if not sentence.days or not (sentence.bodies or sentence.own_bodies):
        return False
    day = sentence.days[-1]
    says_until = _ASKS_FOR.search(sentence.text[: day.start].casefold()) is not None
    return says_until and day.day is not None and day.day.length is None


_GIVES_UNTIL = re.compile(
    r"(?:(?:please|pls|can you|could you|ok|yes) )*(?:give|grant|let|allow|can|could|may)\b.*\b(?:to|until|till|til|up to|have)\b"
)
# "Dorset can have until 30 May for 15, that's agreed"
_MAY_HAVE_UNTIL = re.compile(r"\b(?:can|may|could) (?:have|take|wait) (?:until|till|til|up to)\b")
_LONGER = re.compile(r"\b(?:more|extra|further|additional|another)\b")
_ADDS_NOTHING = re.compile(
    r"(?:(?:would|should|might) (?:help|do(?: it)?|be (?:great|good|helpful|appreciated|enough))(?: please)?|if (?:that's |that is )?(?:possible|ok|okay|alright)|for (?:us|me|[a-z]+)|please|pls|thanks|thx|(?:that(?:'s| is)|thats|as) agreed|agreed)?[.!]*"
)
_EXTENDS = re.compile(r"(?:(?:please|pls|can you|could you) )*(?:extend|defer|postpone)\b")


def _extension_of_which(sentence: Sentence) -> Understanding | None:
    """Offer a new deadline where no recommendation is named; None where no day is, since a length adds to a
    deadline."""
    span = ahead(sentence.days[-1])
    day = sentence.days[-1].day
    if (
        day
        and day.length
        and (sentence.bodies or sentence.asker.bodies)
        and not sentence.of_kind(PieceKind.UNKNOWN)
    ):
        return _longer_by(sentence, day.length.delta)
    is_meant = (
        sentence.has(M.DUE, M.EXTENSION)
        or _EXTENDS.match(sentence.lower)
        or (
            _NEEDS_UNTIL.match(sentence.spelt_out)
            and sentence.asker.bodies
            and not sentence.of_kind(PieceKind.UNKNOWN)
        )
    )
    if span is None or not span.is_day or not is_meant:
        return None
    return offered(sentence, (), lambda refs, slug: joined("extend", refs, slug, day_words(span.last)))


def _longer_by(sentence: Sentence, delta: relativedelta) -> Understanding:
    """Ask which recommendation is meant by "give Suffolk another fortnight", each with its own new day."""
    bodies = recorders(sentence)
    if isinstance(bodies, NotAnswered):
        return bodies
    commands = (
        joined("extend", sentence.around.short(live.ref), body.slug, day_words(live.due_on + delta))
        for body in bodies
        for live in sentence.around.live
        if live.is_addressed and live.due_on
    )
    return Asked(About.RECOMMENDATION, tuple(commands))


def _end_of_day_and_number(sentence: Sentence) -> int:
    """Return where the day that is asked for and the first number end: a text comes after them."""
    day = _day_asked_for(sentence)
    if day is None:
        return end_of_last_day_or_number(sentence)
    return max(piece.end for piece in (day, *sentence.of_kind(PieceKind.REF, PieceKind.PART)[:1]))


_UNTIL = ("until", "till", "til", "to", "by")


def _day_asked_for(sentence: Sentence) -> Piece | None:
    """Return the day after "until" or "to"; others tell why: "we need until 30 April, she leaves on Friday".

    None where there are several and none is led to so."""
    if _asked_after_a_reason(sentence) is not None:
        return sentence.days[-1]
    longer = [
        piece for piece in sentence.days if piece.day and piece.day.length and _LONGER.search(piece.key)
    ]
    if len(longer) == 1:
        # "A further month for 25, the board only meets in April"
        return longer[0]
    led_to = [piece for piece in sentence.days if sentence.word_before(piece) in _UNTIL]
    others = [piece for piece in sentence.days if not is_a_deadline(piece, sentence)]
    if led_to:
        return led_to[0]
    if len(others) > 1 or not sentence.days:
        return None
    return others[0] if others else sentence.days[-1]


def _until(sentence: Sentence, piece: Piece, ref: Ref) -> date | None:
    """Return the day that is named, or the deadline and so much longer."""
    day = piece.day
    if day is None:
        return None
    if day.length is not None:
        due = next((live.due_on for live in sentence.around.live.with_number(ref.number)), None)
        return due + day.length.delta if due else None
    span = ahead(piece)
    return span.last if span and span.last > sentence.around.today else None


# The day a body itself names, by its noun: "our expected date for 15 is 9 May".
_OWN_DATE = re.compile(
    r"\b(?:expected|target|forecast|estimated|anticipated|predicted|planned|likely|our own|own)(?: (?:completion|finish|finishing|delivery|end|implementation))? (?:date|day)\b"
    r"|\b(?:completion|finish) date\b|\b(?:forecast|eta|target|estimate)\b"
)
# These say it of a day only: "completion expected in June" is less than that.
_EXPECTS_A_DAY = re.compile(
    r"\b(?:expected|anticipates?|anticipating|forecasts?|forecasting|looking at|envisages?|estimates?)\b"
)
_EXPECTS = re.compile(
    r"\b(?:expects?|expecting|aims?|aiming|plans?|planning|intends?|intending|on (?:course|track|target) (?:to|for)"
    r"|due to|scheduled (?:to|for)|pencil us in for|target for|will (?:be|finish|complete|have|get)|should (?:be|have|finish|get))\b"
)
HOPES = re.compile(
    r"\b(?:might|may|could|maybe|perhaps|possibly|probably|hope|hopes|hoping|hopefully|if|unless|when|once|not|never|nothing|half|part)\b"
)
_BESIDE_AN_EXPECTATION = (
    *(
        M.HEDGE,
        M.COMPLETE,
        M.DUE,
        M.OWN,
        M.BODY_WORD,
        M.REC_WORD,
        M.STATUS,
        M.MARK,
        M.EXPECTED_LATE,
        M.TIME_WORD,
        M.FILLER,
    ),
    *(M.NO_LONGER, M.TELL, M.EXTEND, M.OUTSTANDING),
)
_WILL_FINISH = re.compile(
    r"\b(?:due|scheduled|set|on course|on track) to (?:finish|complete|conclude|end|be (?:done|finished))\b"
)
# "We'll be there on 16 by 30 June"
_WILL_BE_THERE = re.compile(r"\b(?:will|should) (?:be|get) (?:there|ready|sorted|in place)\b")
# "We won't be ready on 25 till the end of June": by then it will be.
_NOT_UNTIL = re.compile(
    r"\b(?:will|is|are|am) not (?:going to )?(?:be (?:ready|done|finished|there|complete|completed|in place|sorted)|have|get|finish|complete)\b.*\b(?:until|till|til|before)$"
)
_NOT_YET = re.compile(
    r"\b(?:will|is|are|am) not (?:going to )?(?:be|have|get|finish|complete)\b.*\b(?:until|till|til|before)\b"
)
_NAMES_A_DATE = frozenset(
    (
        *(
            "target",
            "forecast",
            "estimate",
            "estimated",
            "expected",
            "completion",
            "date",
            "own",
            "day",
            "eta",
            "plan",
        ),
        *(
            "anticipate",
            "anticipated",
            "anticipating",
            "looking at",
            "currently",
            "is",
            "is now",
            "finish",
            "reckon",
        ),
        *(
            "reckons",
            "aiming",
            "say",
            "says",
            "said",
            "think",
            "thinks",
            "realistically",
            "course",
            "track",
            "on course",
            "on track",
            "expect",
            "expects",
            "predicted",
        ),
    )
)
_BE_READY = frozenset(
    (
        "there",
        "be there",
        "ready",
        "be ready",
        "sorted",
        "in place",
        "till",
        "until",
        "til",
        "will not",
        "not",
        "should",
    )
)
_RECKONS = re.compile(r"^(?:so |and |ok )?(?:we|i) (?:think|reckon|believe|guess)\b")


def expecting(sentence: Sentence) -> Understanding | None:
    """Offer to record the day by which the body itself expects to be done: "we expect to finish 16 by 30
    June"."""
    if not sentence.refs or len(sentence.days) != 1 or sentence.has_question_word:
        return None
    day = sentence.days[0]
    span = ahead(day)
    patterns = (_EXPECTS, _NOT_YET, *((_EXPECTS_A_DAY, _OWN_DATE) if span and span.is_day else ()))
    if not any(pattern.search(sentence.spelt_out) for pattern in patterns):
        return None
    end = end_of_last_day_or_number(sentence)
    head = sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.start < end))
    names_its_date = _OWN_DATE.search(sentence.lower) is not None
    says_done = (
        head.has(M.COMPLETE, M.DUE)
        or head.says(r"\b(?:for|at) ")
        or names_its_date
        or _WILL_FINISH.search(head.lower) is not None
    )
    beside = (*_BESIDE_AN_EXPECTATION, M.HEARSAY) if _RECKONS.match(head.head) else _BESIDE_AN_EXPECTATION
    said_before = " ".join(piece.key for piece in head.pieces if piece.kind is not PieceKind.DAY)
    is_not_until = _NOT_UNTIL.search(said_before) is not None
    left = head.left_over(beside, (*SUBJECT_KINDS, PieceKind.DAY))
    is_there = is_not_until or _WILL_BE_THERE.search(said_before) is not None
    is_plain = all(
        (is_there and piece.key in _BE_READY) or (piece.key in _NAMES_A_DATE and not piece.means(M.NOT))
        for piece in left
    )
    says_done = says_done or is_there
    if span is None or span.last <= sentence.around.today or not says_done or not is_plain:
        return None
    if HOPES.search(said_before) and not is_not_until:
        return None
    text = as_text(sentence.text[end:])
    if not text and sentence.word_before(day) == "before":
        # "Not before 20 June" says more than the day.
        text = sentence.text.strip()
    return offered(
        head,
        sentence.refs,
        lambda refs, slug: with_text(joined("expect", refs, slug, day_words(span.last)), text),
    )
