"""Days as they are read beside other words: "since I was away on 20 February", "close of play Friday", "Monday's post"."""

import itertools
import re
from collections.abc import Sequence

from bot.domain.questions.plain_words.groups_beside import (
    NEUTRAL,
    NOTHING,
)
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.meanings import vocabulary
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.values import replace


def with_ages(pieces: Sequence[Piece]) -> list[Piece]:
    """Take the age of updates for a length of silence: "updates more than two months old"."""
    done = list(pieces)
    for place, (age, old) in enumerate(itertools.pairwise(pieces)):
        if age.day and age.day.length and old.key in ("old", "older"):
            done[place + 1] = replace(old, kind=PieceKind.WORDS, meanings=frozenset((M.SILENT,)))
    return done


_LONGEST_CLAUSE = 7


_BEFORE_ITS_DAY = frozenset(("on", "in", "at", "of", "the", "last", "from"))
_BEGINS_A_CLAUSE = frozenset(
    ("i", "we", "you", "they", "he", "she", "it", "the", "our", "my", "that", "his", "her", "their")
)


def with_days_of_events(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out what happened on the day since when is asked: "since I went on leave on 24 February"."""
    done = list(pieces)
    since = next((place for place, piece in enumerate(pieces) if piece.key in ("since", "ever since")), None)
    if since is None:
        return done
    for place in range(since + 2, min(since + 2 + _LONGEST_CLAUSE, len(pieces))):
        piece, between = pieces[place], pieces[since + 1 : place]
        if piece.kind in (PieceKind.REF, PieceKind.PART, PieceKind.NAME, PieceKind.MARK):
            return done
        if piece.kind is not PieceKind.DAY:
            continue
        is_an_event = (
            between[0].key in _BEGINS_A_CLAUSE and between[-1].key in _BEFORE_ITS_DAY and len(between) > 2
        )
        if not is_an_event or any(other.means(M.NOT, M.NO_LONGER) for other in between):
            return done
        return [*done[: since + 1], *done[place:]]
    return done


_DONE_BY = re.compile(r"(?P<state>done|finished|completed) by")


def with_what_was_done_by_a_day(pieces: Sequence[Piece]) -> list[Piece]:
    """Read how it stood on a day, and no deadline, in "how many had 15 done by the end of March"."""
    done: list[Piece] = []
    for piece, after in itertools.zip_longest(pieces, pieces[1:], fillvalue=NOTHING):
        match = _DONE_BY.fullmatch(piece.key)
        if match and after.kind is PieceKind.DAY and any(before.key in ("had", "were") for before in done):
            state = match["state"]
            done.append(replace(piece, key=state, end=piece.start, meanings=vocabulary().meanings(state)))
            done.append(replace(piece, key="by", start=piece.end, meanings=frozenset((M.TIME_WORD,))))
        else:
            done.append(piece)
    return done


def with_next_at_the_end(pieces: Sequence[Piece]) -> list[Piece]:
    """Pass over a "next" that leads to no day: "what's due next"."""
    return [
        replace(piece, meanings=NEUTRAL) if piece.key == "next" and after.kind is PieceKind.MARK else piece
        for piece, after in itertools.zip_longest(pieces, pieces[1:], fillvalue=NOTHING)
    ]


_CLOSES = frozenset(("close", "cob", "cop"))
_OF_A_DAY = frozenset(("of", "on", "play", "business", "the", "day", "end", "start", "start of", "close"))


def with_ends_of_days(pieces: Sequence[Piece]) -> list[Piece]:
    """Pass over the hour of a day: "since close of play Friday"."""
    done = list(pieces)
    since = next((place for place, piece in enumerate(pieces) if piece.means(M.TIME_WORD)), None)
    if since is None:
        return done
    end = since + 1
    while end < len(pieces) and (pieces[end].key in _OF_A_DAY or pieces[end].key in _CLOSES):
        end += 1
    is_an_hour = end > since + 1 and end < len(pieces) and pieces[end].kind is PieceKind.DAY
    says_so = any(piece.key in ("play", "business", "cob", "cop", "day") for piece in pieces[since:end])
    return [*done[: since + 1], *done[end:]] if is_an_hour and says_so else done


_WEEKLY = frozenset(
    (
        "post",
        "message",
        "posting",
        "mailing",
        "round up",
        "roundup",
        "bulletin",
        "newsletter",
        "summary",
        "send",
    )
)
_WEEKDAY = re.compile(r"(?:next |this |last |coming )?(?:mon|tues|wednes|thurs|fri)day")


def with_weekly_posts(pieces: Sequence[Piece]) -> list[Piece]:
    """Read the digest in "Monday's post"."""
    done: list[Piece] = []
    for piece in pieces:
        day = done[-1] if done else None
        if day and day.kind is PieceKind.DAY and _WEEKDAY.fullmatch(day.key) and piece.key in _WEEKLY:
            done[-1] = Piece(PieceKind.WORDS, day.start, piece.end, "the digest", frozenset((M.DIGEST,)))
        else:
            done.append(piece)
    return done


def with_all_that_ever_was(pieces: Sequence[Piece]) -> list[Piece]:
    """Ask for the history by "ever" after "everything" or "all": "everything Sussex ever put in"."""
    done = list(pieces)
    first = next(
        (
            piece
            for piece in pieces
            if not (piece.means(M.TELL) or piece.key in ("me", "us", "please", "the"))
        ),
        None,
    )
    if first is None or first.key.split(" ")[0] not in ("everything", "all", "every", "whatever"):
        return done
    for place, piece in enumerate(pieces):
        if piece.key == "ever":
            done[place] = replace(piece, meanings=frozenset((M.HISTORY,)))
    return done


def with_what_was_recorded_on_a_day(pieces: Sequence[Piece]) -> list[Piece]:
    """Take "record on" before a day for what was recorded then: "what did Kent record on Friday"."""
    done = list(pieces)
    for place, (piece, after) in enumerate(itertools.pairwise(pieces)):
        if (
            piece.key == "record on"
            and after.kind is PieceKind.DAY
            and any(other.key == "did" for other in pieces[:place])
        ):
            done[place] = replace(piece, meanings=frozenset((M.RECORDED,)))
    return done


def with_by_at_the_end(pieces: Sequence[Piece]) -> list[Piece]:
    """Pass over a "by" at the end: "when do I need to do 25 by"."""
    done = list(pieces)
    last = next(
        (place for place in range(len(pieces) - 1, -1, -1) if pieces[place].kind is not PieceKind.MARK), None
    )
    if last is not None and pieces[last].key == "by" and any(piece.means(M.WHEN) for piece in pieces):
        done[last] = replace(pieces[last], meanings=NEUTRAL)
    return done
