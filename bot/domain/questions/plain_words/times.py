"""What the days in a sentence mean for a question: as at, since, between, and deadlines ahead."""

from datetime import date, timedelta

from bot.domain.questions.model import AsAt, Before, Between, From, Now, Since, Time
from bot.domain.questions.plain_words.days import Span
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece
from bot.domain.questions.plain_words.sentence import Sentence

_ONE_DAY = timedelta(days=1)
_LAST_WEEK = timedelta(days=7)


def as_at(sentence: Sentence) -> Time | None:
    """Return Now without a day, AsAt for one that has passed; None for a day to come, a week, or several."""
    days = sentence.days
    if not days:
        return Now()
    span = behind(days[0])
    if len(days) > 1 or span is None or span.last > sentence.around.today:
        return None
    if not span.is_day and span.last - span.first < _LAST_WEEK:
        return None
    return AsAt(span.last)


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
    if word in ("since", "from") or span.is_day or is_recent:
        return Since(span.first)
    return Between(span.first, span.last)


def _between(first: date, last: date, today: date) -> Time | None:
    if first > last:
        return None
    return Since(first) if last >= today else Between(first, last)


def deadlines(sentence: Sentence) -> Time | None:
    """Return which deadlines are meant: Now for those that come next; None where the days are not clear."""
    days = sentence.days
    if not days:
        return Now()
    span = ahead(days[0])
    if span is None or len(days) > 2:
        return None
    if len(days) == 2:
        last = ahead(days[1])
        return Between(span.first, last.last) if last and last.last >= span.first else None
    today = sentence.around.today
    match sentence.word_before(days[0]):
        case "after" | "beyond" | "past":
            return From(span.last + _ONE_DAY)
        case "from" | "since":
            return From(span.first)
        case "before":
            return Before(span.first)
        case "by" | "until" | "till" | "to":
            return Before(span.last + _ONE_DAY)
    if span.first <= today <= span.last:
        return Before(span.last + _ONE_DAY)
    return Between(span.first, span.last)


def ahead(piece: Piece) -> Span | None:
    return piece.day.ahead if piece.day else None


def behind(piece: Piece) -> Span | None:
    return piece.day.behind if piece.day else None


def overdue_as_at(sentence: Sentence) -> Time:
    """Return the day for which lateness is asked; a day that is the deadline itself is none."""
    days = [piece for piece in sentence.days if piece.day and piece.day.length is None]
    span = behind(days[0]) if days else None
    if span is None or not span.is_day or span.first >= sentence.around.today:
        return Now()
    if sentence.word_before(days[0]) in ("after", "by", "due", "date") or sentence.has(M.DUE):
        return Now()
    return AsAt(span.last)
