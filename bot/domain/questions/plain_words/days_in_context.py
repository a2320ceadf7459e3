"""Days that only the register or today can tell: "by the deadline", "a month back"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.questions.plain_words.days.spans import DayWords, Span
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.surroundings import Surroundings
from bot.domain.values import replace

_NEUTRAL = frozenset((M.NEUTRAL,))


# --- "Where was 16 a month back", "what did it look like back on 14 March"

_PAST = frozenset(("was", "were", "did", "had", "stood", "looked"))


def with_days_back(pieces: list[Piece], around: Surroundings) -> list[Piece]:
    """Take a "back" beside a day for "ago", where it is asked how something stood."""
    if not any(piece.key in _PAST for piece in pieces):
        return pieces
    done = list(pieces)
    for place, piece in enumerate(pieces):
        if piece.key != "back" or piece.kind is PieceKind.DAY:
            continue
        before, after = (
            pieces[:place][-1:],
            [other for other in pieces[place + 1 :] if other.key not in ("on", "in", "at")][:1],
        )
        day = before[0].day if before else None
        if day and day.length is not None:
            then = Span(around.today - day.length.delta, around.today - day.length.delta)
            done[place - 1] = replace(before[0], day=DayWords(day.taken, then, then))
        elif not (after and after[0].kind is PieceKind.DAY):
            continue
        done[place] = replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL)
    return done


# --- "By the deadline"

_BY_THE_DEADLINE = re.compile(
    r"(?P<before>by|at|on|before|since|after) (?:the|its|their) (?:deadline|due date|date)"
)
_THE_DEADLINE = frozenset(
    ("deadline", "the deadline", "due date", "deadline passed", "deadline has passed", "passed the deadline")
)
_STOOD = frozenset(("had", "were", "was", "stood"))
_NEAR_IT = re.compile(
    r"(?P<length>the day|a day|the week|a week|two days|three days|two weeks|a fortnight|a month|the month) (?P<side>before|after) (?:the|its|their) (?:deadline|due date|date)"
)
_DAYS_NEAR_IT = {
    **dict.fromkeys(("the day", "a day"), 1),
    **dict.fromkeys(("the week", "a week"), 7),
    **{"two days": 2, "three days": 3, "two weeks": 14, "a fortnight": 14, "a month": 30, "the month": 30},
}


def with_the_deadlines_day(pieces: list[Piece], around: Surroundings) -> list[Piece]:
    """Put in its day where the deadline has passed: "who had accepted by the deadline", "changes since the deadline"."""
    day = _day_of(pieces, around)
    if day is None:
        return pieces
    if (near := _near_the_deadline(pieces, day, around)) is not None:
        return near
    if (on_its_day := _on_the_deadlines_day(pieces, day)) is not None:
        return on_its_day
    stood = any(piece.key in _STOOD for piece in pieces) or (
        any(piece.key == "did" for piece in pieces) and any(piece.means(M.HOW) for piece in pieces)
    )
    for place, piece in enumerate(pieces):
        if stood and (match := _BY_THE_DEADLINE.fullmatch(piece.key)):
            return [*pieces[:place], *_words_for(match["before"], day, piece), *pieces[place + 1 :]]
        if piece.key != "since":
            continue
        end = place + 1
        while end < len(pieces) and pieces[end].key in ("the", "its", "their", "that"):
            end += 1
        if end < len(pieces) and pieces[end].key in _THE_DEADLINE:
            after = [other for other in pieces[end + 1 :] if other.key not in ("passed", "day", "date")]
            return [*pieces[:place], *_words_for("since", day, pieces[end]), *after]
    return pieces


_ITS_DAY = re.compile(
    r"(?P<before>on|at|by|as at|as of|since) (?:the )?(?:deadline|due) (?:day|date itself)|(?P<itself>on) the day it (?:was|fell) due"
)
_LOOKS_BACK = frozenset((*_STOOD, "did"))


def _on_the_deadlines_day(pieces: list[Piece], due: date) -> list[Piece] | None:
    """Put in its day for "on deadline day", where it is asked how something stood."""
    if not any(piece.key in _LOOKS_BACK or piece.key == "since" for piece in pieces):
        return None
    for place in range(len(pieces)):
        for end in range(place + 2, min(place + 6, len(pieces)) + 1):
            match = _ITS_DAY.fullmatch(" ".join(piece.key for piece in pieces[place:end]))
            if match:
                day = _words_for(match["before"] or "on", due, pieces[end - 1])
                return [*pieces[:place], *day, *pieces[end:]]
    return None


def _near_the_deadline(pieces: list[Piece], due: date, around: Surroundings) -> list[Piece] | None:
    """Put in its day for "the day after the deadline", where it has passed."""
    for place in range(len(pieces)):
        for end in range(place + 2, min(place + 6, len(pieces)) + 1):
            match = _NEAR_IT.fullmatch(" ".join(piece.key for piece in pieces[place:end]))
            if match is None:
                continue
            days = timedelta(days=_DAYS_NEAR_IT[match["length"]])
            day = due - days if match["side"] == "before" else due + days
            if day > around.today:
                return None
            start, last = pieces[place].start, pieces[end - 1].end
            named = Piece(
                PieceKind.DAY, start, last, match[0], day=DayWords(1, Span(day, day), Span(day, day))
            )
            return [*pieces[:place], named, *pieces[end:]]
    return None


def _words_for(before: str, day: date, piece: Piece) -> tuple[Piece, Piece]:
    span = Span(day, day)
    return (
        replace(piece, kind=PieceKind.WORDS, key=before, meanings=frozenset((M.TIME_WORD,))),
        Piece(PieceKind.DAY, piece.end, piece.end, "the deadline", day=DayWords(1, span, span)),
    )


def _day_of(pieces: Sequence[Piece], around: Surroundings) -> date | None:
    """Return the one deadline of what is named, or of all that is live; None unless it has passed."""
    numbers = {piece.ref.number for piece in pieces if piece.ref}
    days = {
        live.due_on
        for live in around.live
        if live.due_on and live.is_addressed and (not numbers or live.ref.number in numbers)
    }
    day = days.pop() if len(days) == 1 else None
    return day if day and day < around.today else None
