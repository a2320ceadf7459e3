"""Pieces that mean what only the register or the asker can tell: "all but 25", "apart from us", "by the deadline",
"the commissioning one"."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Region
from bot.domain.questions.plain_words.days.spans import DayWords, Span
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.surroundings import Asker, Surroundings

_NEUTRAL = frozenset((M.NEUTRAL,))


def in_context(pieces: Sequence[Piece], asker: Asker, around: Surroundings) -> tuple[Piece, ...]:
    """Return the pieces as this asker means them, on this day, of what is live."""
    done = _with_numbers_between(list(pieces), around)
    done = _without_numbers_taken_away(done, around)
    done = _without_what_is_left_for_now(done)
    done = _with_own_bodies_taken_away(done, asker)
    done = _without_how_many_are_named(done)
    done = _without_parts_of_a_day(done)
    done = _with_regions_of_bodies(done, around)
    done = _with_others_of_a_kind(done)
    done = _with_who_does_it(done)
    done = _with_ones_own_office(done, asker)
    done = _without_one_mayor_of_many(done)
    done = _without_neighbours_that_are_named(done)
    done = _with_work_as_a_subject(done)
    done = _with_the_associations_own(done, around)
    done = _with_days_back(done, around)
    return tuple(_with_the_deadlines_day(done, around))


# --- "15 to 25"

_LEADS_UP_TO = frozenset(("to", "-", "–", "through", "up to", "till", "until", "to rec", "thru"))

# "The difference between 15 and 25" is of these two.
_ALL_BETWEEN = frozenset(
    (
        "everything",
        "all",
        "anything",
        "recs",
        "recommendations",
        "those",
        "numbers",
        "any",
        "every one",
        "the recs",
        "all recs",
    )
)


def _with_numbers_between(pieces: list[Piece], around: Surroundings) -> list[Piece]:
    """Put in the recommendations that lie between two: "15 to 25", "everything between 15 and 25"."""
    for place, (first, joint, last) in enumerate(zip(pieces, pieces[1:], pieces[2:], strict=False)):
        before = [other.key for other in pieces[max(0, place - 2) : place]]
        lists_them = joint.key in ("and", "&") and before[-1:] == ["between"] and before[0] in _ALL_BETWEEN
        is_range = joint.key in _LEADS_UP_TO or lists_them
        if not is_range or first.kind is not PieceKind.REF or last.kind is not PieceKind.REF:
            continue
        between = _between(first, last, around)
        if between:
            return [*pieces[: place + 1], *between, *pieces[place + 2 :]]
    return pieces


def _between(first: Piece, last: Piece, around: Surroundings) -> list[Piece]:
    if not (first.ref and last.ref and first.ref.number.isdigit() and last.ref.number.isdigit()):
        return []
    bounds = int(first.ref.number), int(last.ref.number)
    refs = [
        ref
        for ref in around.addressed
        if ref.number.isdigit()
        and bounds[0] < int(ref.number) < bounds[1]
        and (not first.ref.report or ref.report == first.ref.report)
    ]
    return [replace(first, key=ref.number, ref=ref) for ref in refs]


# --- "All but 25"

_ALL = frozenset(
    (
        *("all", "everything", "everyone", "all of them", "all of it", "all three", "all the recs"),
        *("the lot", "the whole lot", "all recs", "all recommendations", "every one"),
    )
)
_SAYS_ALL = ("all ", "every")
_BETWEEN = frozenset(("and", "or", ",", "&", "for", "of", "it", "them", "the", "recs", "recommendations"))


def _without_numbers_taken_away(pieces: list[Piece], around: Surroundings) -> list[Piece]:
    """Put the other recommendations in the place of "all of it apart from 25"."""
    place = next((place for place, piece in enumerate(pieces) if piece.means(M.EXCEPT)), None)
    if place is None or not _says_all(pieces, place) or any(piece.ref for piece in pieces[:place]):
        return pieces
    end = place + 1
    while end < len(pieces) and (pieces[end].kind is PieceKind.REF or pieces[end].key in _BETWEEN):
        end += 1
    taken_away = {piece.ref.number for piece in pieces[place:end] if piece.ref}
    left = [ref for ref in around.addressed if ref.number not in taken_away]
    if not taken_away or not left or len(left) == len(around.addressed):
        return pieces
    start, last = pieces[place].start, pieces[end - 1].end
    others = [Piece(PieceKind.REF, start, last, ref.number, ref=ref) for ref in left]
    before = [
        replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL) if piece.key in _ALL else piece
        for piece in pieces[:place]
    ]
    return [*before, *others, *pieces[end:]]


def _says_all(pieces: Sequence[Piece], place: int) -> bool:
    if pieces[place].key.startswith(_SAYS_ALL):
        return True
    before = [piece for piece in pieces[:place] if piece.key not in _BETWEEN]
    return bool(before) and before[-1].key in _ALL


# --- "Apart from us"


def _with_own_bodies_taken_away(pieces: list[Piece], asker: Asker) -> list[Piece]:
    """Put the asker's bodies in the place of "us" after an "apart from"."""
    if not asker.bodies:
        return pieces
    done: list[Piece] = []
    for piece in pieces:
        if piece.means(M.OWN) and done and done[-1].means(M.EXCEPT):
            done += [
                Piece(PieceKind.NAME, piece.start, piece.end, body.slug, named=(body,))
                for body in asker.bodies
            ]
        else:
            done.append(piece)
    return done


# --- "Leave Kent for now, how is Essex doing"

_LEAVES = frozenset(
    (
        "leave",
        "park",
        "forget",
        "ignore",
        "never mind",
        "skip",
        "not",
        "set aside",
        "put aside",
        "forget about",
    )
)


def _without_what_is_left_for_now(pieces: list[Piece]) -> list[Piece]:
    """Leave out a body that is set aside before another is asked about."""
    comma = next((place for place, piece in enumerate(pieces) if piece.kind is PieceKind.MARK), 0)
    before, after = pieces[:comma], pieces[comma + 1 :]
    if not before or before[0].key not in _LEAVES or not any(piece.kind is PieceKind.NAME for piece in after):
        return pieces
    is_set_aside = all(piece.kind is PieceKind.NAME or piece.means(M.NEUTRAL) for piece in before[1:])
    return after if is_set_aside and any(piece.kind is PieceKind.NAME for piece in before) else pieces


# --- "The London two"

_PARTS_OF_A_DAY = frozenset(
    (
        *(
            "teatime",
            "lunchtime",
            "dinnertime",
            "lunch",
            "midday",
            "noon",
            "morning",
            "afternoon",
            "evening",
            "night",
        ),
        *("am", "pm", "midnight", "bedtime", "breakfast"),
    )
)


def _without_parts_of_a_day(pieces: list[Piece]) -> list[Piece]:
    """Pass over what part of a day is meant: "since Friday teatime"."""
    done = list(pieces)
    for place in range(1, len(pieces)):
        if pieces[place - 1].kind is PieceKind.DAY and pieces[place].key in _PARTS_OF_A_DAY:
            done[place] = replace(pieces[place], kind=PieceKind.WORDS, meanings=_NEUTRAL)
    return done


_HOW_MANY = frozenset(
    (
        "two",
        "three",
        "four",
        "five",
        "six",
        "lot",
        "ones",
        "pair",
        "trio",
        "bunch",
        "crowd",
        "way",
        "parts",
        "neck",
        "folk",
        "people",
        "side",
    )
)


def _without_how_many_are_named(pieces: list[Piece]) -> list[Piece]:
    """Pass over a word right after a place that only says how many it is: "the London two", "the Kent lot"."""
    done = list(pieces)
    for place in range(1, len(pieces)):
        before, piece = pieces[place - 1], pieces[place]
        if (
            (before.kind is PieceKind.NAME or before.means(M.WELSH, M.ENGLISH, M.MAYORS))
            and piece.key in _HOW_MANY
            and piece.kind in (PieceKind.UNKNOWN, PieceKind.WORDS)
        ):
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL)
    return done


# --- "Kent's region"


def _with_regions_of_bodies(pieces: list[Piece], around: Surroundings) -> list[Piece]:
    """Put its region in the place of "Kent's region"."""
    done: list[Piece] = []
    for piece in pieces:
        before = done[-1] if done else None
        is_of_a_body = (
            before is not None and before.is_possessive and len(before.named) == 1 and before.bodies
        )
        name = around.region_of.get(before.bodies[0].code, "") if before is not None and is_of_a_body else ""
        if piece.key == "region" and name:
            done[-1] = Piece(
                PieceKind.NAME, done[-1].start, piece.end, name.casefold(), named=(Region(name),)
            )
        else:
            done.append(piece)
    return done


# --- "Who does Northants"


def _with_who_does_it(pieces: list[Piece]) -> list[Piece]:
    """Read a "does" between "who" and a body at the end as "who is the contact for"."""
    words = [piece for piece in pieces if piece.kind is not PieceKind.MARK]
    if len(words) < 3 or words[-1].kind is not PieceKind.NAME or words[-2].key not in ("does", "do", "has"):
        return pieces
    if not words[-3].means(M.WHO):
        return pieces
    return [
        replace(piece, meanings=frozenset((M.CONTACT,))) if piece is words[-2] else piece for piece in pieces
    ]


# --- "The other coordinators"

_OTHER = ("the other", "other", "the others", "others")
_OF_A_KIND = (M.COORDINATOR, M.CONTACT, M.REC_WORD, M.REPORT_WORD, M.DUE)


def _with_others_of_a_kind(pieces: list[Piece]) -> list[Piece]:
    """Pass over an "other" right before what it is of: "the other coordinators" points to nothing said before."""
    done = list(pieces)
    for place, piece in enumerate(pieces[:-1]):
        if piece.key in _OTHER and pieces[place + 1].means(*_OF_A_KIND):
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL)
    return done


# --- "Its neighbours Sussex and Surrey"

_NEIGHBOURS = frozenset(("neighbours", "neighbour", "neighbors", "neighbor"))


def _without_neighbours_that_are_named(pieces: list[Piece]) -> list[Piece]:
    """Pass over "neighbours" right before the bodies that are meant."""
    done = list(pieces)
    for place, piece in enumerate(pieces):
        after = next((other for other in pieces[place + 1 :] if other.kind is not PieceKind.MARK), None)
        if piece.key in _NEIGHBOURS and after is not None and after.kind is PieceKind.NAME:
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL)
    return done


# --- "The work on 15 is complete"

_WORK = frozenset(("work", "work on", "works", "works on", "the work", "all work", "all the work"))
_WORK_IS = (M.COMPLETE, M.STARTED, M.NOT_STARTED, M.BLOCKED, M.UNBLOCKED, M.STATUS)
_BEFORE_WORK = (M.NEUTRAL, M.OWN, M.FILLER, M.HOW, M.WHAT, M.WHERE)


def _with_work_as_a_subject(pieces: list[Piece]) -> list[Piece]:
    """Pass over the "work" of which a later word says how far it is."""
    done = list(pieces)
    for place, piece in enumerate(pieces):
        later = pieces[place + 1 :]
        begins = all(other.means(*_BEFORE_WORK) or other.kind is PieceKind.NAME for other in pieces[:place])
        is_numbered = any(other.ref for other in later[:4])
        if piece.key in _WORK and begins and is_numbered and any(other.means(*_WORK_IS) for other in later):
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL)
    return done


# --- "The Commissioner has decided"

_OFFICES = frozenset(
    (
        *(
            "commissioner",
            "pcc",
            "pfcc",
            "opcc",
            "police and crime commissioner",
            "crime commissioner",
            "police commissioner",
        ),
        *("commissioners office", "pcc office", "office", "deputy commissioner"),
    )
)


def _without_one_mayor_of_many(pieces: list[Piece]) -> list[Piece]:
    """Take "the mayor" for no group: it is one of several, and nobody says which."""
    done = list(pieces)
    for place, (before, piece) in enumerate(itertools.pairwise(pieces)):
        if before.key == "the" and piece.key == "mayor":
            done[place + 1] = replace(piece, meanings=frozenset((M.BODY_WORD,)))
    return done


def _with_ones_own_office(pieces: list[Piece], asker: Asker) -> list[Piece]:
    """Take "the Commissioner" for "we", where a contact says it and names no place."""
    is_of_others = any(
        piece.named or piece.means(M.WELSH, M.ENGLISH, M.MAYORS, M.EVERYONE) for piece in pieces
    )
    if not asker.bodies or is_of_others:
        return pieces
    done = list(pieces)
    for place, (before, piece) in enumerate(itertools.pairwise(pieces)):
        if before.key == "the" and piece.key in _OFFICES:
            done[place + 1] = replace(piece, meanings=piece.meanings | {M.OWN})
    return done


# --- "What does the association itself have to do"

_ASSOCIATION = frozenset(("association", "apcc", "at the association", "in the association", "at apcc"))
_ASKED_OF_IT = (M.OUTSTANDING, M.STATUS, M.REC_WORD, M.DUE, M.COMPLETE, M.STARTED, M.NOT_STARTED, M.BLOCKED)


def _with_the_associations_own(pieces: list[Piece], around: Surroundings) -> list[Piece]:
    """Put what the association answers for itself in the place of its name, where it is asked what it has to do."""
    own = [around.short(live.ref) for live in around.live if not live.is_addressed]
    place = next((place for place, piece in enumerate(pieces) if piece.key in _ASSOCIATION), None)
    if place is None or len(own) != 1 or not any(piece.means(*_ASKED_OF_IT) for piece in pieces):
        return pieces
    if any(piece.named or piece.ref or piece.means(M.WHO, M.CONTACT, M.WHETHER) for piece in pieces):
        return pieces
    done = [
        replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL)
        if piece.key in ("itself", "own", "its own") or piece.means(M.OWN)
        else piece
        for piece in pieces
    ]
    done[place] = replace(
        pieces[place], kind=PieceKind.REF, key=own[0].number, meanings=frozenset(), ref=own[0]
    )
    return done


# --- "Where was 16 a month back", "what did it look like back on 14 March"

_PAST = frozenset(("was", "were", "did", "had", "stood", "looked"))


def _with_days_back(pieces: list[Piece], around: Surroundings) -> list[Piece]:
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


def _with_the_deadlines_day(pieces: list[Piece], around: Surroundings) -> list[Piece]:
    """Put in its day where the deadline has passed: "who had accepted by the deadline", "changes since the deadline"."""
    day = _day_of(pieces, around)
    if day is None:
        return pieces
    if (near := _near_the_deadline(pieces, day, around)) is not None:
        return near
    stood = any(piece.key in _STOOD for piece in pieces)
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


# --- "The commissioning one"

_LEADS_TO_IT = frozenset(("the", "that", "this"))


def with_numbers_for_wording(pieces: Sequence[Piece], around: Surroundings) -> tuple[Piece, ...] | None:
    """Put a recommendation in the place of words of its wording: "the commissioning one", "the one about training".

    None where no words describe exactly one."""
    if not around.live.has_all_words or any(piece.ref for piece in pieces):
        return None
    for place, piece in enumerate(pieces):
        if piece.kind is not PieceKind.UNKNOWN:
            continue
        end = place
        while end < len(pieces) and pieces[end].kind is PieceKind.UNKNOWN:
            end += 1
        before, after = pieces[:place], pieces[end:]
        while before and before[-1].key in _LEADS_TO_IT:
            before = before[:-1]
        names_it_after = bool(after) and (after[0].key == "one" or after[0].means(M.REC_WORD))
        names_it_before = bool(before) and before[-1].means(M.SEARCH) and "one" in before[-1].key.split()
        if not (names_it_after or names_it_before):
            return None
        ref = worded(around, pieces[place:end])
        if ref is None:
            return None
        number = Piece(PieceKind.REF, piece.start, pieces[end - 1].end, ref.number, ref=ref)
        return (
            *(before[:-1] if names_it_before else before),
            number,
            *(after[1:] if names_it_after else after),
        )
    return None


def worded(around: Surroundings, words: Sequence[Piece]) -> Ref | None:
    """Return the one recommendation in whose wording most of these words stand; None where there is none."""
    stems = {_stem(word) for piece in words for word in piece.key.split("-")}
    shared = {live: len(stems & {_stem(word) for word in live.words}) for live in around.live}
    most = max(shared.values(), default=0)
    fits = [live for live, count in shared.items() if count == most]
    return around.short(fits[0].ref) if most and len(fits) == 1 else None


def _stem(word: str) -> str:
    return re.sub(r"(?:ioning|ioned|ions|ion|ing|ed|es|s)$", "", word) if len(word) > 5 else word
