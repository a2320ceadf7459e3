"""What pieces of a sentence are beside each other: "stalking 15", "accepted by Kent", "turned 15 down"."""

from collections.abc import Sequence

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.plain_words.asked_beside import (
    with_done_by_whom,
    with_goings_on_in_a_place,
    with_how_they_look,
    with_numbers_in_a_state,
    with_what_is_asked_of_whom,
    with_what_is_going_on,
    with_what_they_have_got_to_do,
    with_what_they_say_of_themselves,
    with_who_made_it,
)
from bot.domain.questions.plain_words.compared_beside import (
    with_degrees_of_two,
    with_differences_between,
    with_only_begun,
    with_things_put_together,
)
from bot.domain.questions.plain_words.days_beside import (
    with_ages,
    with_all_that_ever_was,
    with_by_at_the_end,
    with_days_of_events,
    with_ends_of_days,
    with_next_at_the_end,
    with_weekly_posts,
    with_what_was_done_by_a_day,
    with_what_was_recorded_on_a_day,
)
from bot.domain.questions.plain_words.groups_beside import BETWEEN_PARTS, NEUTRAL, SAYS_HOW_IT_STANDS
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.meanings import vocabulary
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places_beside import (
    with_how_many_of_ours,
    with_one_after_the_other,
    with_places_set_aside,
    with_places_taken_away,
    with_regions_compared,
    with_the_rest_of_a_place,
    with_ways_to_go,
)
from bot.domain.questions.plain_words.put_right import with_what_is_put_right
from bot.domain.questions.plain_words.senses_beside import (
    with_answers_of_one_word,
    with_back_as_a_verb,
    with_from_for_form,
    with_given_reminders,
    with_numbers_of_recommendations,
    with_others_than_oneself,
    with_recommendations_ranked,
    with_shown_as,
    with_the_same_for_all,
    with_things_counted_elsewhere,
    with_verbs_as_things,
    with_what_a_body_thinks,
    with_what_somebody_did,
    with_whole_things,
)
from bot.domain.questions.plain_words.still_to_do import with_what_is_still_to_do
from bot.domain.questions.plain_words.whom_to_ask import with_whom_to_contact, with_whom_to_talk_to
from bot.domain.values import replace


def settled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces as they are read beside each other."""
    done = list(pieces)
    for rule in _RULES:
        done = rule(done)
    return tuple(done)


def _with_but(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a "but" right before a state for an "and", which takes nothing away: "accepted but blocked"."""
    done = list(pieces)
    for place in range(1, len(pieces) - 1):
        piece, after = pieces[place], pieces[place + 1]
        if piece.key == "but" and (
            after.means(*SAYS_HOW_IT_STANDS) or _leads_to_a_state(pieces[place + 1 :])
        ):
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=frozenset((M.NEUTRAL,)))
    return done


def _leads_to_a_state(pieces: Sequence[Piece]) -> bool:
    """Whether small words lead to a state: "accepted but has since gone quiet"."""
    for piece in pieces:
        if piece.means(*SAYS_HOW_IT_STANDS, M.SILENT):
            return True
        if not piece.means(M.NEUTRAL, M.TIME_WORD):
            return False
    return False


def _with_reports(pieces: Sequence[Piece]) -> list[Piece]:
    """Join a report to the numbers that follow it: "stalking 15 and 16"."""
    done: list[Piece] = []
    report: str | None = None
    for piece in pieces:
        if piece.ref is None:
            if not (piece.kind is PieceKind.MARK or piece.key in ("and", "or")):
                report = None
            done.append(piece)
            continue
        if done and done[-1].reports:
            report = done.pop().reports[0].key
        done.append(replace(piece, ref=Ref(report, piece.ref.number)) if report else piece)
    return done


_ONLY = frozenset(("only", "just", "only one", "only ones"))


def _with_not_only(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a "not" before "only" for no denial: "Kent isn't the only one late"."""
    done = list(pieces)
    for place, piece in enumerate(pieces):
        if piece.key != "not":
            continue
        after = [other for other in pieces[place + 1 : place + 3] if other.key != "the"]
        if after and after[0].key in _ONLY:
            done[place] = replace(piece, meanings=NEUTRAL)
    return done


_OF_WHOM = (M.OWN, M.BODY_WORD, M.EVERYONE, M.WHICH, M.WHO, M.ANY, M.MAYORS, M.WELSH, M.ENGLISH)


def _with_by_whom(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a "by" before somebody for no word about a day: "accepted by Kent"."""
    done = list(pieces)
    for place, piece in enumerate(pieces[:-1]):
        if piece.key != "by":
            continue
        further = (
            other for other in pieces[place + 1 :] if other.key not in ("all", "the", "all the", "all of")
        )
        after = next(further, piece)
        if after.kind is PieceKind.NAME or after.means(*_OF_WHOM):
            done[place] = replace(piece, meanings=NEUTRAL)
    return done


# Particles and ends of phrases: "put 15 to bed", "move 15 forward", "got 15 over the line".
_PARTICLES = frozenset(
    (
        *("down", "up", "off", "on", "back", "out", "over", "aboard", "forward", "ahead", "going", "moving"),
        *(
            "to bed",
            "over the line",
            "across the line",
            "off the ground",
            "off the list",
            "under way",
            "to a halt",
        ),
        *("to a close", "into the long grass", "on hold", "on ice", "off our list", "to completion"),
    )
)
_LONGEST_PARTICLE = 4


# These are prepositions before anything that follows them.
_PREPOSITIONS = frozenset(("on", "over", "up", "off"))


_MAY_BE_PARTED = (M.COMPLETE, M.STARTED, M.ACCEPT, M.DECLINE, M.BLOCKED, M.CHECKED)


def _with_parted_verbs(pieces: Sequence[Piece]) -> list[Piece]:
    """Join a verb to its particle across a recommendation or a body: "turned 15 down"."""
    done = list(pieces)
    for place, verb in enumerate(pieces):
        if verb.kind is not PieceKind.UNKNOWN and not verb.means(
            M.NEUTRAL, M.FILLER, M.MARK, *_MAY_BE_PARTED
        ):
            continue
        particle = _particle_of(pieces, place)
        if particle is None:
            continue
        phrase = f"{verb.key} {' '.join(pieces[end].key for end in particle)}"
        meanings = vocabulary().meanings(phrase)
        if not meanings.isdisjoint(_MAY_BE_PARTED):
            done[place] = replace(verb, kind=PieceKind.WORDS, key=phrase, meanings=meanings)
            for end in particle:
                done[end] = replace(pieces[end], kind=PieceKind.WORDS, meanings=NEUTRAL)
    return done


def _particle_of(pieces: Sequence[Piece], verb: int) -> range | None:
    """Return where the words of a verb's particle stand, with something between it and the verb."""
    for place in range(verb + 1, len(pieces)):
        piece = pieces[place]
        if place > verb + 1 and (end := _end_of_particle(pieces, place)):
            is_last = end == len(pieces) or _ends_before(pieces[end])
            return range(place, end) if is_last or piece.key not in _PREPOSITIONS else None
        is_between = (
            piece.kind in (PieceKind.REF, PieceKind.NAME)
            or piece.key in BETWEEN_PARTS
            or piece.means(M.EVERYONE)
        )
        if not is_between:
            return None
    return None


def _end_of_particle(pieces: Sequence[Piece], start: int) -> int:
    """Return where the longest particle that begins at `start` ends; 0 where none does."""
    ends = range(min(len(pieces), start + _LONGEST_PARTICLE), start, -1)
    return next((end for end in ends if " ".join(piece.key for piece in pieces[start:end]) in _PARTICLES), 0)


def _ends_before(piece: Piece) -> bool:
    """Whether a clause may end before a piece: "ticked 25 off without evidence"."""
    return piece.kind is PieceKind.MARK or piece.key in ("and", "but", "yet") or piece.means(M.NOT)


_INSTEAD = ("instead of", "rather than", "and not", "not")


_REPLACED = (PieceKind.DAY, PieceKind.NAME, PieceKind.REF)


def _with_replaced_things(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out the day, body or recommendation that another replaces: "to 2 May instead of 27 March"."""
    done: list[Piece] = []
    for piece in pieces:
        replaces = piece.kind in _REPLACED and done and done[-1].key in _INSTEAD
        # A "not" before a name takes it away by itself.
        is_clear = piece.kind is PieceKind.DAY or (bool(done) and done[-1].key in _INSTEAD[:2])
        if replaces and is_clear and any(before.kind is piece.kind for before in done):
            done.pop()
        else:
            done.append(piece)
    return done


_TELLS = frozenset(
    ("tell me", "tells me", "told me", "tell us", "tells us", "told us", "are telling me", "are telling us")
)
_ITSELF = frozenset(("they", "it", "that", "that they", "that it"))


def _without_who_told_it(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out that a body told it, where what it told is about itself: "Kent tell me they're stuck"."""
    if len(pieces) < 4 or not pieces[0].bodies or pieces[1].key not in _TELLS:
        return list(pieces)
    if pieces[2].kind is PieceKind.REF:
        return [pieces[0], *pieces[2:]]
    return [pieces[0], *pieces[3:]] if pieces[2].key in _ITSELF else list(pieces)


_RULES = (
    _with_reports,
    with_what_is_put_right,
    with_places_taken_away,
    _with_but,
    _with_by_whom,
    _with_not_only,
    _with_parted_verbs,
    with_ages,
    with_places_set_aside,
    with_answers_of_one_word,
    with_back_as_a_verb,
    with_shown_as,
    with_things_counted_elsewhere,
    with_regions_compared,
    _with_replaced_things,
    with_whole_things,
    with_ways_to_go,
    with_how_many_of_ours,
    with_the_same_for_all,
    with_the_rest_of_a_place,
    with_days_of_events,
    with_numbers_of_recommendations,
    with_recommendations_ranked,
    with_ends_of_days,
    with_next_at_the_end,
    with_what_a_body_thinks,
    with_verbs_as_things,
    with_others_than_oneself,
    with_given_reminders,
    _without_who_told_it,
    with_one_after_the_other,
    with_from_for_form,
    with_what_was_done_by_a_day,
    with_weekly_posts,
    with_what_somebody_did,
    with_what_is_still_to_do,
    with_whom_to_talk_to,
    with_whom_to_contact,
    with_all_that_ever_was,
    with_what_was_recorded_on_a_day,
    with_by_at_the_end,
    with_how_they_look,
    with_what_is_asked_of_whom,
    with_who_made_it,
    with_done_by_whom,
    with_what_they_say_of_themselves,
    with_goings_on_in_a_place,
    with_what_is_going_on,
    with_numbers_in_a_state,
    with_what_they_have_got_to_do,
    with_differences_between,
    with_degrees_of_two,
    with_things_put_together,
    with_only_begun,
)
