"""Pieces that mean what only the register or the asker can tell: "apart from us", "Kent's region", "the Commissioner has
decided"; numbers and days have files of their own."""

import itertools
import re
from collections.abc import Sequence

from bot.domain.questions.names import Region
from bot.domain.questions.plain_words.days_in_context import with_days_back, with_the_deadlines_day
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.numbers_in_context import (
    with_numbers_between,
    with_the_associations_own,
    without_numbers_taken_away,
)
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.statements.what_blocks_it import without_asking_why
from bot.domain.questions.plain_words.surroundings import Asker, Surroundings
from bot.domain.questions.written import WALES
from bot.domain.values import replace

_NEUTRAL = frozenset((M.NEUTRAL,))


def in_context(pieces: Sequence[Piece], asker: Asker, around: Surroundings) -> tuple[Piece, ...]:
    """Return the pieces as this asker means them, on this day, of what is live."""
    done = with_numbers_between(list(pieces), around)
    done = without_numbers_taken_away(done, around)
    done = _without_what_is_left_for_now(done)
    done = _with_own_bodies_taken_away(done, asker)
    done = _with_others_in_a_region(done, asker, around)
    done = _with_both_of_a_name(done)
    done = _without_how_many_are_named(done)
    done = _without_parts_of_a_day(done)
    done = _with_regions_of_bodies(done, around)
    done = _with_others_of_a_kind(done)
    done = _with_who_does_it(done)
    done = _with_ones_own_office(done, asker)
    done = _without_one_mayor_of_many(done)
    done = _without_neighbours_that_are_named(done)
    done = _with_work_as_a_subject(done)
    done = without_asking_why(done)
    done = with_the_associations_own(done, around)
    done = with_days_back(done, around)
    return tuple(with_the_deadlines_day(done, around))


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


# --- "The other South East forces"

_OTHERS = re.compile(r"(?:all )?(?:the |any )?others?(?: (?:bodies|forces|pccs|offices|ones))?(?: of)?")


def _with_others_in_a_region(pieces: list[Piece], asker: Asker, around: Surroundings) -> list[Piece]:
    """Take the asker's own bodies away from the region of which the others are asked for."""
    place = next((place for place, piece in enumerate(pieces) if _OTHERS.fullmatch(piece.key)), None)
    if place is None:
        return pieces
    after = [piece for piece in pieces[place + 1 : place + 4] if not piece.means(M.NEUTRAL)]
    names = {region.name for piece in after[:1] for region in piece.regions}
    if after and after[0].means(M.WELSH):
        names.add(WALES.name)
    if not names or any(piece.bodies for piece in after[:1]):
        return pieces
    own = [body for body in asker.bodies if around.region_of.get(body.code) in names]
    end = pieces[-1].end
    taken_away = [Piece(PieceKind.NAME, end, end, body.slug, named=(body,)) for body in own]
    if taken_away:
        taken_away.insert(0, Piece(PieceKind.WORDS, end, end, "except", frozenset((M.EXCEPT,))))
    others = replace(pieces[place], kind=PieceKind.WORDS, meanings=_NEUTRAL)
    return [*pieces[:place], others, *pieces[place + 1 :], *taken_away]


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


def _with_both_of_a_name(pieces: list[Piece]) -> list[Piece]:
    """Put both bodies in the place of a name that two have: "the two London ones", "both London bodies"."""
    for place, (before, piece) in enumerate(itertools.pairwise(pieces)):
        if before.key in ("two", "both") and len(piece.bodies) == 2:
            bodies = [replace(piece, key=body.slug, named=(body,)) for body in piece.bodies]
            number = replace(before, kind=PieceKind.WORDS, meanings=_NEUTRAL)
            return [*pieces[:place], number, *bodies, *pieces[place + 2 :]]
    return pieces


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
        if piece.key not in _NEIGHBOURS:
            continue
        after = next((other for other in pieces[place + 1 :] if other.kind is not PieceKind.MARK), None)
        if after is not None and after.kind is PieceKind.NAME:
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL)
    return done


# --- "The work on 15 is complete"

_WORK = frozenset(
    (
        *("work", "work on", "works", "works on", "the work", "all work", "all the work"),
        *("implementation", "the implementation", "delivery", "the delivery"),
    )
)
_WORK_IS = (M.COMPLETE, M.STARTED, M.NOT_STARTED, M.BLOCKED, M.UNBLOCKED, M.STATUS)
_BEFORE_WORK = (M.NEUTRAL, M.OWN, M.FILLER, M.HOW, M.WHAT, M.WHERE)


def _with_work_as_a_subject(pieces: list[Piece]) -> list[Piece]:
    """Pass over the "work" of which a later word says how far it is."""
    done = list(pieces)
    for place, piece in enumerate(pieces):
        if piece.key not in _WORK:
            continue
        later = pieces[place + 1 :]
        begins = all(other.means(*_BEFORE_WORK) or other.kind is PieceKind.NAME for other in pieces[:place])
        is_numbered = any(other.ref for other in later[:4])
        if begins and is_numbered and any(other.means(*_WORK_IS) for other in later):
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
    if not asker.bodies or any(
        piece.named or piece.means(M.WELSH, M.ENGLISH, M.MAYORS, M.EVERYONE) for piece in pieces
    ):
        return pieces
    done = list(pieces)
    for place, (before, piece) in enumerate(itertools.pairwise(pieces)):
        if before.key == "the" and piece.key in _OFFICES:
            done[place + 1] = replace(piece, meanings=piece.meanings | {M.OWN})
    return done
