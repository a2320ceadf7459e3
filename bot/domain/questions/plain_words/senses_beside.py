"""Words whose sense their neighbours tell: "victim support", "happy with what Kent sent", "our answer to 16 is no"."""

import itertools
from collections.abc import Sequence

from bot.domain.questions.plain_words.groups_beside import (
    BETWEEN_PARTS,
    NEUTRAL,
    SAYS_HOW_IT_STANDS,
)
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.values import replace

_ANSWERS_OF_ONE_WORD = {"yes": M.ACCEPT, "no": M.DECLINE, "partly": M.PARTLY}


_COUNTED_ELSEWHERE = frozenset(
    (
        *(
            "cases",
            "case",
            "offences",
            "offence",
            "incidents",
            "incident",
            "victims",
            "victim",
            "crimes",
            "crime",
        ),
        *(
            "arrests",
            "convictions",
            "prosecutions",
            "charges",
            "stalkers",
            "perpetrators",
            "suspects",
            "complaints",
        ),
        *("allegations", "statistics", "crime figures", "orders", "helpline", "law", "laws"),
    )
)


def with_things_counted_elsewhere(pieces: Sequence[Piece]) -> list[Piece]:
    """Take what is counted of a report's subject for something that recbot does not know: "stalking cases"."""
    done = list(pieces)
    for place, (piece, after) in enumerate(itertools.pairwise(pieces)):
        if piece.reports and after.key in _COUNTED_ELSEWHERE:
            done[place + 1] = replace(after, kind=PieceKind.WORDS, meanings=frozenset((M.OUTSIDE,)))
    return done


_SHOWS = frozenset(("show", "list", "have", "display", "get", "count", "see", "please show", "please list"))
_BEFORE_ORDERS = frozenset(("please", "pls", "can you", "could you", "now", "so", "ok"))


def with_shown_as(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a "show" at the beginning for "mark" where somebody is to be shown as something: "show Essex as in
    progress"."""
    first = next((place for place, piece in enumerate(pieces) if piece.key not in _BEFORE_ORDERS), None)
    if first is None or pieces[first].key not in _SHOWS:
        return list(pieces)
    later = pieces[first + 1 :]
    shown_as = next((place for place, piece in enumerate(later) if piece.key in ("as", "down as")), None)
    if shown_as is None or later[0].kind is not PieceKind.NAME:
        return list(pieces)
    if not any(piece.means(*SAYS_HOW_IT_STANDS) for piece in later[shown_as : shown_as + 3]):
        return list(pieces)
    done = list(pieces)
    done[first] = replace(pieces[first], meanings=frozenset((M.MARK,)))
    return done


_BEFORE_BACK = frozenset(
    (
        *(
            "get",
            "got",
            "come",
            "came",
            "move",
            "put",
            "push",
            "set",
            "go",
            "went",
            "moved",
            "pushed",
            "report",
        ),
        *("look", "going", "coming", "gone", "put it", "take"),
    )
)


def with_back_as_a_verb(pieces: Sequence[Piece]) -> list[Piece]:
    """Read "back" right before a recommendation, after whoever does so, as "support": "all of them back 15"."""
    done = list(pieces)
    for place in range(1, len(pieces) - 1):
        before, piece, after = pieces[place - 1], pieces[place], pieces[place + 1]
        is_of_a_rec = after.kind is PieceKind.REF or after.means(M.REC_WORD)
        is_said_of_somebody = before.kind is PieceKind.NAME or before.means(M.OWN, M.BODY_WORD, M.EVERYONE)
        if piece.key == "back" and is_of_a_rec and is_said_of_somebody and before.key not in _BEFORE_BACK:
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=frozenset((M.ACCEPT,)))
    return done


def with_answers_of_one_word(pieces: Sequence[Piece]) -> list[Piece]:
    """Read an answer that is one word: "our answer to 16 is no"."""
    done = list(pieces)
    for place, piece in enumerate(pieces):
        if piece.key not in _ANSWERS_OF_ONE_WORD or not place:
            continue
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        ends_there = after is None or after.kind is PieceKind.MARK or after.key in ("and", "but")
        is_after_its_number = pieces[place - 1].kind is PieceKind.REF or (
            place > 1 and pieces[place - 1].key in (":", "-", "–") and pieces[place - 2].kind is PieceKind.REF
        )
        if is_after_its_number and ends_there:
            # "15 yes, 16 no"
            done[place] = replace(piece, meanings=frozenset((_ANSWERS_OF_ONE_WORD[piece.key],)))
            continue
        before = [other for other in pieces[:place] if other.key not in ("a", "to", "on")]
        is_changed_to = pieces[place - 1].key == "to" and any(
            other.means(M.CHANGES, M.MARK) for other in before
        )
        says = is_changed_to or (bool(before) and before[-1].key in ("is", "was", "remains", "stays"))
        answers = next(
            (other for other in pieces[:place] if other.key in ("answer", "response", "reply")), None
        )
        between = [other for other in before[:-1] if answers and other.start > answers.start]
        if (
            says
            and answers
            and all(other.kind is PieceKind.REF or other.key in BETWEEN_PARTS for other in between)
        ):
            done[pieces.index(answers)] = replace(answers, meanings=NEUTRAL)
            done[place] = replace(piece, meanings=frozenset((_ANSWERS_OF_ONE_WORD[piece.key],)))
    return done


_WHOLE_THINGS = (
    *(M.HISTORY, M.FILE, M.XLSX, M.DOCX, M.CSV, M.JSON, M.PDF, M.ODS, M.CONTACT, M.WORDING, M.TELL, M.LISTED),
    *(M.DUE, M.STATUS, M.REC_WORD, M.REPORT_WORD, M.CHANGES, M.MAP, M.CHART, M.EVIDENCE, M.DIGEST),
)


def with_whole_things(pieces: Sequence[Piece]) -> list[Piece]:
    """Pass over a "complete" that says how much of it is meant: "the complete audit trail"."""
    done = list(pieces)
    for place, (piece, after) in enumerate(itertools.pairwise(pieces)):
        before = pieces[place - 1].key if place else ""
        is_whole = piece.key == "complete" and before in ("the", "a", "our", "their", "your", "its")
        if is_whole and after.means(*_WHOLE_THINGS):
            done[place] = replace(piece, meanings=NEUTRAL)
    return done


def with_from_for_form(pieces: Sequence[Piece]) -> list[Piece]:
    """Read "from" in "a yes form us": a form is no one's."""
    done = list(pieces)
    for place in range(1, len(pieces) - 1):
        before, piece, after = pieces[place - 1 : place + 2]
        is_from = after.kind is PieceKind.NAME or after.key in ("us", "them", "me", "him", "her")
        says_what = before.means(
            M.ACCEPT, M.DECLINE, M.PARTLY, M.RESPOND, M.CHANGES, M.ANY, M.NOTE, M.WAITING
        )
        if piece.key == "form" and is_from and says_what:
            done[place] = replace(piece, key="from", meanings=NEUTRAL)
    return done


_THINKS = frozenset(("think", "thinks", "reckon", "reckons", "believe", "believes"))


def with_what_a_body_thinks(pieces: Sequence[Piece]) -> list[Piece]:
    """Take "think" for what a body says of itself, and no opinion: "when does Kent think it'll finish 25"."""
    done = list(pieces)
    for place in range(1, len(pieces) - 1):
        before, piece, after = pieces[place - 1 : place + 2]
        is_of_a_body = before.kind is PieceKind.NAME or before.key in ("they", "body", "force")
        if piece.key in _THINKS and is_of_a_body and after.key in ("it", "they", "will", "that"):
            done[place] = replace(piece, meanings=NEUTRAL)
    return done


_THINGS_TOO = frozenset(("support", "trust", "care", "agreement"))
_BEFORE_A_THING = frozenset(
    (
        "the",
        "a",
        "social",
        *("health", "data", "sharing", "written", "formal", "legal", "new"),
        "nhs",
        "of",
        "more",
        "with",
        "some",
        "peer",
        "their",
        "our",
        "and",
        "no",
        *("need", "needs", "want", "wants", "offer", "offers", "get", "gets", "give", "gives"),
        "any",
    )
)


def with_verbs_as_things(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a word for a thing where it is no verb: "victim support", "the trust has not named a lead"."""
    done = list(pieces)
    for place, (before, piece) in enumerate(itertools.pairwise(pieces)):
        if piece.key in _THINGS_TOO and (before.kind is PieceKind.UNKNOWN or before.key in _BEFORE_A_THING):
            done[place + 1] = replace(piece, kind=PieceKind.UNKNOWN, meanings=frozenset())
    return done


_ONESELF = frozenset(("me", "myself", "us", "ourselves", "you"))


def with_others_than_oneself(pieces: Sequence[Piece]) -> list[Piece]:
    """Pass over "besides me" where people are asked for: "who are the coordinators besides me"."""
    done = list(pieces)
    if not any(piece.means(M.COORDINATOR, M.CONTACT) for piece in pieces):
        return done
    for place, (piece, after) in enumerate(itertools.pairwise(pieces)):
        if piece.means(M.EXCEPT) and after.key in _ONESELF:
            done[place : place + 2] = [
                replace(one_of_them, kind=PieceKind.WORDS, meanings=NEUTRAL) for one_of_them in (piece, after)
            ]
    return done


def with_given_reminders(pieces: Sequence[Piece]) -> list[Piece]:
    """Read a reminder in "give Gwent a poke about 16", in which nothing is to be told."""
    if not any(piece.means(M.REMIND) for piece in pieces):
        return list(pieces)
    return [
        replace(piece, meanings=NEUTRAL)
        if piece.key in ("give", "can you give", "could you give", "drop", "drop from")
        else piece
        for piece in pieces
    ]


def with_numbers_of_recommendations(pieces: Sequence[Piece]) -> list[Piece]:
    """Take "the number for 25" for how many, and no telephone's."""
    done = list(pieces)
    for place, (piece, after) in enumerate(itertools.pairwise(pieces)):
        if (
            after.kind is PieceKind.REF
            and piece.means(M.OUTSIDE)
            and piece.key in ("the number for", "number for")
        ):
            done[place] = replace(piece, meanings=frozenset((M.HOW_MANY,)))
    return done


_RANKED = frozenset(
    (
        "slowest",
        "fewest",
        "furthest",
        "behind",
        "furthest behind",
        "ahead",
        "furthest ahead",
        "fastest",
        "quickest",
    )
)


def with_recommendations_ranked(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a rank of recommendations for how they all stand: "what's the slowest recommendation", "which of the
    three has the fewest done"."""
    ranks = [piece for piece in pieces if piece.key in _RANKED or piece.key in ("most", "least")]
    if not ranks:
        return list(pieces)
    is_of_recommendations = any(
        piece.means(M.REC_WORD)
        or piece.key in ("of the three", "the three", "three", "recommendation is the", "rec is the")
        for piece in pieces
    )
    others = [
        piece
        for piece in pieces
        if piece not in ranks and (piece.ref or piece.named or piece.means(M.OVERDUE, M.BODY_WORD, M.WAITING))
    ]
    says_of_what = any(piece.means(M.COMPLETE, M.STARTED, M.ACCEPT, M.STATUS, M.BLOCKED) for piece in pieces)
    is_of_progress = says_of_what or any(piece.key in _RANKED for piece in ranks)
    if not is_of_recommendations or not is_of_progress or others:
        return list(pieces)
    return [
        replace(piece, kind=PieceKind.WORDS, meanings=frozenset((M.STATUS,)))
        if piece in ranks
        else replace(piece, kind=PieceKind.WORDS, meanings=NEUTRAL)
        if piece.means(M.COMPLETE, M.STARTED, M.ACCEPT)
        or piece.key in ("three", "recommendation is the", "rec is the")
        else piece
        for piece in pieces
    ]


_BEFORE_WHAT = frozenset(
    ("with", "about", "from", "of", "on", "by", "than", "like", "for", "to", "given", "see", "seen")
)
_DOES = (M.OWN, M.EVERYONE, M.BODY_WORD)


def with_what_somebody_did(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a "what" that stands for a thing for no question word: "happy with what Kent sent"."""
    done = list(pieces)
    for place in range(1, len(pieces) - 1):
        before, piece, after = pieces[place - 1 : place + 2]
        if piece.key != "what" or before.key.split(" ")[-1] not in _BEFORE_WHAT:
            continue
        if after.kind is PieceKind.NAME or after.means(*_DOES) or after.key in ("they", "it", "he", "she"):
            done[place] = replace(piece, meanings=NEUTRAL)
    return done


_SAME_FOR_ALL = (M.DUE, M.STATUS, M.RESPOND, M.ACCEPT, M.WORDING, M.CONTACT)


def with_the_same_for_all(pieces: Sequence[Piece]) -> list[Piece]:
    """Take "the same" before what is compared for no word that points back: "do 15 and 16 have the same date"."""
    done = list(pieces)
    for place, (piece, after) in enumerate(itertools.pairwise(pieces)):
        if piece.key in ("the same", "same") and after.means(*_SAME_FOR_ALL):
            done[place] = replace(piece, meanings=NEUTRAL)
    return done
