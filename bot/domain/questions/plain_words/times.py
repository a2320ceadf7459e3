"""What the days in a sentence mean for a question: as at, since, between, and deadlines ahead."""

import re
from datetime import date, timedelta

from bot.domain.questions.model import AsAt, Before, Between, From, Now, Since, Time
from bot.domain.questions.plain_words.days.spans import Span
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.sentence import Sentence

_ONE_DAY = timedelta(days=1)
# What happened from a day on is not how it stood on it.
_SINCE = frozenset(("after", "since", "from", "past", "beyond"))
# What is allowed up to a day is not how it stood on it.
_UNTIL = frozenset(("until", "till", "to"))
_LAST_WEEK = timedelta(days=7)


def as_at(sentence: Sentence) -> Time | None:
    """Return Now without a day, AsAt for one that has passed; None for a day to come, a week, or several."""
    days = sentence.days
    if not days:
        return Now()
    span = behind(days[0])
    if len(days) > 1 or span is None or span.last > sentence.around.today:
        return None
    word = sentence.word_before(days[0])
    if _SINCE_SOMETHING.search(sentence.lower):
        # "Since I was last in on 3 March" asks what came after it.
        return None
    is_a_length = days[0].day is not None and days[0].day.length is not None
    if is_a_length and not days[0].key.endswith(" ago"):
        # How long something has been so, or shall be, is not how it stood.
        return None
    if looks_ahead(days[0], sentence, word):
        return None
    known = _AS_KNOWN.search(sentence.lower) is not None
    if word == "before":
        return AsAt(span.first - _ONE_DAY, known)
    is_until = word in _UNTIL and not sentence.has(M.COMPARE)
    if word in _SINCE or is_until or (not span.is_day and span.last - span.first < _LAST_WEEK):
        return None
    return AsAt(span.last, known)


# What had been recorded by then, and not what turned out to be so.
_AS_KNOWN = re.compile(r"\bas (?:was |then )?known\b|\bas (?:we|you) knew it\b|\bdid (?:we|you) know\b")
_PAST = re.compile(r"\b(?:had|was|were|did|stood|then|last|looked|known)\b")


def looks_ahead(piece: Piece, sentence: Sentence, word: str) -> bool:
    """Whether a day without its year is meant to come: "15 by June"; "as at" and the past look back."""
    to_come, past = ahead(piece), behind(piece)
    if to_come is None or past is None or to_come == past or word in ("at", "as", "before", "since"):
        return False
    today = sentence.around.today
    is_nearer = to_come.first - today < today - past.last
    return is_nearer and today not in (to_come.first, past.last) and not _PAST.search(sentence.lower)


_SINCE_SOMETHING = re.compile(
    r"\b(?:since|after|until|till) (?:i|we|you|they|he|she|it|the|our|my|[a-z]+ (?:was|were|had|met|last))\b.*\bon\b"
)


def as_at_in_a_state(sentence: Sentence) -> Time | None:
    """Return what `as_at` does; None for what began in a span or on a day: "who finished 15 in January".

    "Who had finished by the end of January" asks how it stood, and this can be answered."""
    if not sentence.days or sentence.says(r"\b(?:had|was|were|stood)\b"):
        return as_at(sentence)
    span = behind(sentence.days[0])
    is_today = span is not None and span.is_day and span.first == sentence.around.today
    if sentence.says(r"\bsince before\b"):
        return None
    tells_how_it_stood = sentence.word_before(sentence.days[0]) in ("by", "at", "as", "before")
    return as_at(sentence) if tells_how_it_stood or is_today else None


def since(sentence: Sentence) -> Time | None:
    """Return Now for since the last digest, Since or Between; None where the days are not clear."""
    days = sentence.days
    if not days or "last digest" in sentence.lower:
        return Now()
    span = behind(days[0])
    if span is None or len(days) > 2:
        return None
    if len(days) == 2:
        last = behind(days[1])
        return _between(span.first, last.last, sentence.around.today) if last else None
    word = sentence.word_before(days[0])
    if word in ("before", "until", "till", "by"):
        return None
    if word == "after":
        return Since(span.last + _ONE_DAY)
    is_recent = span.last >= sentence.around.today - _LAST_WEEK
    if _FROM_TO.search(days[0].key) and span.last < sentence.around.today:
        # "From 3 to 7 March" ends there.
        return Between(span.first, span.last)
    if word in ("since", "from") or span.is_day or is_recent:
        return Since(span.first)
    return Between(span.first, span.last)


_FROM_TO = re.compile(r"\b(?:to|and|until|till|through)\b|[–-]")


def _between(first: date, last: date, today: date) -> Time | None:
    if first > last:
        return None
    return Since(first) if last >= today else Between(first, last)


def deadlines(sentence: Sentence) -> Time | None:
    """Return which deadlines are meant: Now for those that come next; None where the days are not clear."""
    days = sentence.days
    if not days:
        return Now()
    side = behind if _FELL_DUE.search(sentence.lower) or _is_the_last_deadline(days[0], sentence) else ahead
    span = side(days[0])
    if span is None or len(days) > 2:
        return None
    if len(days) == 2:
        last = side(days[1])
        if not _are_joined(sentence):
            # "On a Friday in March"
            return None
        return Between(span.first, last.last) if last and last.last >= span.first else None
    today = sentence.around.today
    if _FROM_NOW.search(sentence.lower):
        return Before(span.last + _ONE_DAY)
    if _ONWARDS.search(sentence.lower):
        return From(span.first)
    match sentence.word_before(days[0]):
        case "after" | "beyond" | "past" | "than":
            return From(span.last + _ONE_DAY)
        case "from" | "since":
            return From(span.first)
        case "before":
            # "Before the end of the week" takes in its last day.
            return Before(span.first if not _END_OF.search(sentence.lower) else span.last + _ONE_DAY)
        case "by" | "until" | "till" | "to":
            return Before(span.last + _ONE_DAY)
    if span.first <= today <= span.last:
        return Before(span.last + _ONE_DAY)
    return Between(span.first, span.last)


def _are_joined(sentence: Sentence) -> bool:
    """Whether two days are the first and the last of a time."""
    first, last = sentence.days
    between = [piece for piece in sentence.pieces if first.end <= piece.start and piece.end <= last.start]
    return any(
        piece.kind is PieceKind.MARK or not _JOINING.isdisjoint(piece.key.split()) for piece in between
    )


_JOINING = frozenset(("and", "to", "until", "till", "or", "through", "before", "by"))


def _is_the_last_deadline(piece: Piece, sentence: Sentence) -> bool:
    """Whether a day named without its year is a deadline that has passed, and none to come: "is our deadline 27 March",
    asked in April."""
    spans = ahead(piece), behind(piece)
    to_come, past = (
        span is not None
        and any(day and span.first == day == span.last for day in sentence.around.live.due_days)
        for span in spans
    )
    return past and not to_come


_END_OF = re.compile(r"\bbefore (?:the )?end of\b")
# "In June or later", "next month and after"
_ONWARDS = re.compile(r"\bonwards?\b|\b(?:and|or) (?:later|after|afterwards|beyond|onwards)\b")
_FELL_DUE = re.compile(r"\b(?:fell|(?:was|were|had been|came|went) (?:due|past))\b")
_FROM_NOW = re.compile(r"\b(?:between|from) now\b")


def ahead(piece: Piece) -> Span | None:
    return piece.day.ahead if piece.day else None


def behind(piece: Piece) -> Span | None:
    return piece.day.behind if piece.day else None


def overdue_as_at(sentence: Sentence) -> Time | None:
    """Return the day for which lateness is asked; a deadline's own day is none, and of a span it is not clear.

    None where a day is named that can be neither."""
    days = [piece for piece in sentence.days if piece.day and piece.day.length is None]
    if not days:
        return None if sentence.says(r"\b(?:less than|at most|within|under)\b") else Now()
    span = behind(days[0])
    if span is None or len(days) > 1:
        return None
    today = sentence.around.today
    word = sentence.word_before(days[0])
    if is_a_deadline(days[0], sentence):
        return Now()
    if word in ("after", "by", "due", "date") or sentence.has(M.DUE):
        return Now() if span.first <= today <= span.last else None
    if word in (*_SINCE, "before", "until", "till"):
        return None
    if span.first <= today <= span.last:
        return Now()
    return AsAt(span.last) if span.is_day and span.last < today else None


def is_a_deadline(piece: Piece, sentence: Sentence) -> bool:
    """Whether a deadline falls on the day, be it ahead or behind: "who missed 27 March"."""
    if piece.key.startswith("last "):
        # "Last month" is a time, and names no deadline.
        return False
    spans = [span for span in (ahead(piece), behind(piece)) if span]
    due_days = [day for day in sentence.around.live.due_days if day]
    return any(span.first <= day <= span.last for span in spans for day in due_days if _is_narrow(span))


_LONGEST_MONTH = timedelta(days=31)


def _is_narrow(span: Span) -> bool:
    """Whether a deadline is named by it: a day, or "the March deadline"."""
    return span.last - span.first < _LONGEST_MONTH
