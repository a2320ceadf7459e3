"""What pieces of a sentence are beside each other: "stalking 15", "accepted by Kent", "turned 15 down"."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.meanings import vocabulary
from bot.domain.questions.plain_words.pieces import Piece, PieceKind

_NEUTRAL = frozenset((M.NEUTRAL,))


def settled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces as they are read beside each other."""
    done = list(pieces)
    for rule in _RULES:
        done = rule(done)
    return tuple(done)


_SAYS_HOW_IT_STANDS = (
    *(M.NOT, M.COMPLETE, M.STARTED, M.NOT_STARTED, M.BLOCKED, M.ACCEPT),
    *(M.PARTLY, M.DECLINE, M.RESPOND, M.OVERDUE, M.NOT_CHECKED),
)


def _with_but(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a "but" right before a state for an "and", which takes nothing away: "accepted but blocked"."""
    done = list(pieces)
    for place in range(1, len(pieces) - 1):
        piece, after = pieces[place], pieces[place + 1]
        if piece.key == "but" and (
            after.means(*_SAYS_HOW_IT_STANDS) or _leads_to_a_state(pieces[place + 1 :])
        ):
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=frozenset((M.NEUTRAL,)))
    return done


def _leads_to_a_state(pieces: Sequence[Piece]) -> bool:
    """Whether small words lead to a state: "accepted but has since gone quiet"."""
    for piece in pieces:
        if piece.means(*_SAYS_HOW_IT_STANDS, M.SILENT):
            return True
        if not piece.means(M.NEUTRAL):
            return False
    return False


_PLACES = (M.WELSH, M.ENGLISH, M.MAYORS, M.FIRE_COMMISSIONERS)
_TAKES_AWAY = frozenset(("not", "but not", "and not"))
_BEFORE_NOT = frozenset(("but", "and", "please", "pls", "plz", "only", "just", "thanks", "ta"))


def _with_places_taken_away(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a "no" right before a name, after something else, for "except": "25 only, no Wales, no London"; and a
    "not" after a mark: "who is done, not Kent"."""
    done = list(pieces)
    for place in range(1, len(pieces) - 1):
        piece, before = pieces[place], pieces[place - 1]
        names = [other for other in pieces[place + 1 : place + 3] if other.key != "the"]
        if not names or not _is_a_place(names[0]):
            continue
        is_apart = before.kind is PieceKind.MARK or before.key in _BEFORE_NOT or piece.key != "not"
        if piece.key in ("no", "without"):
            done[place] = replace(piece, meanings=frozenset((M.EXCEPT,)))
        elif piece.key in _TAKES_AWAY and is_apart and not _ends_in_a_state(pieces[place + 1 :]):
            done[place] = replace(piece, key="except", meanings=frozenset((M.EXCEPT,)))
            if before.key in ("but", "and"):
                done[place - 1] = replace(before, kind=PieceKind.WORDS, meanings=_NEUTRAL)
    return done


def _is_a_place(piece: Piece) -> bool:
    return bool(piece.bodies or piece.regions) or piece.means(*_PLACES)


def _ends_in_a_state(pieces: Sequence[Piece]) -> bool:
    """Whether something is said of the places after a "not": "not Kent started 16"."""
    return any(piece.means(*_SAYS_HOW_IT_STANDS) for piece in pieces)


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


_OF_WHOM = (M.OWN, M.BODY_WORD, M.EVERYONE, M.WHICH, M.WHO, M.ANY, M.MAYORS, M.WELSH, M.ENGLISH)


def _with_by_whom(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a "by" before somebody for no word about a day: "accepted by Kent"."""
    done = list(pieces)
    for place, piece in enumerate(pieces[:-1]):
        further = (
            other for other in pieces[place + 1 :] if other.key not in ("all", "the", "all the", "all of")
        )
        after = next(further, piece)
        if piece.key == "by" and (after.kind is PieceKind.NAME or after.means(*_OF_WHOM)):
            done[place] = replace(piece, meanings=_NEUTRAL)
    return done


_PARTICLES = frozenset(("down", "up", "off", "on", "back", "out", "over", "aboard"))
# These are prepositions before anything that follows them.
_PREPOSITIONS = frozenset(("on", "over", "up", "off"))
_MAY_BE_PARTED = (M.COMPLETE, M.STARTED, M.ACCEPT, M.DECLINE, M.BLOCKED, M.CHECKED)
_BETWEEN_PARTS = frozenset(("and", ",", "&", "it", "them", "that", "this", "the", "rec", "recommendation"))


def _with_parted_verbs(pieces: Sequence[Piece]) -> list[Piece]:
    """Join a verb to its particle across a recommendation or a body: "turned 15 down"."""
    done = list(pieces)
    for place, verb in enumerate(pieces):
        if verb.kind is not PieceKind.UNKNOWN and not verb.means(M.NEUTRAL, M.FILLER):
            continue
        end = _particle_of(pieces, place)
        if end is None:
            continue
        phrase = f"{verb.key} {pieces[end].key}"
        meanings = vocabulary().meanings(phrase)
        if not meanings.isdisjoint(_MAY_BE_PARTED):
            done[place] = replace(verb, kind=PieceKind.WORDS, key=phrase, meanings=meanings)
            done[end] = replace(pieces[end], kind=PieceKind.WORDS, meanings=_NEUTRAL)
    return done


def _particle_of(pieces: Sequence[Piece], verb: int) -> int | None:
    """Return where the particle of a verb stands, with something between them."""
    for place in range(verb + 1, len(pieces)):
        piece = pieces[place]
        if piece.key in _PARTICLES and place > verb + 1:
            is_last = place + 1 == len(pieces) or pieces[place + 1].kind is PieceKind.MARK
            return place if is_last or piece.key not in _PREPOSITIONS else None
        is_between = (
            piece.kind in (PieceKind.REF, PieceKind.NAME)
            or piece.key in _BETWEEN_PARTS
            or piece.means(M.EVERYONE)
        )
        if not is_between:
            return None
    return None


# What compares: of regions it is answered by how each stands, of bodies it is an opinion.
_RANKS = frozenset(
    (
        *(
            "best",
            "worst",
            "better",
            "worse",
            "most",
            "least",
            "good",
            "bad",
            "slowest",
            "fastest",
            "quickest",
        ),
        *(
            "furthest",
            "farthest",
            "highest",
            "lowest",
            "top",
            "bottom",
            "leading",
            "ahead",
            "first",
            "strongest",
        ),
        *("weakest", "winning", "losing", "ranking", "rank", "ranked"),
    )
)
_REGIONS = frozenset(("region", "regions"))


def _with_regions_compared(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a rank beside regions for a question how each region stands: "which region is doing best"."""
    if not any(piece.means(M.BY_REGION) or piece.key in _REGIONS for piece in pieces):
        return list(pieces)
    if not any(piece.key in _RANKS for piece in pieces):
        return list(pieces)
    done = [
        replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL) if piece.key in _RANKS else piece
        for piece in pieces
    ]
    return [
        replace(piece, meanings=frozenset((M.BY_REGION,))) if piece.key in _REGIONS else piece
        for piece in done
    ]


def _with_ages(pieces: Sequence[Piece]) -> list[Piece]:
    """Take the age of updates for a length of silence: "updates more than two months old"."""
    done = list(pieces)
    for place, (age, old) in enumerate(itertools.pairwise(pieces)):
        if age.day and age.day.length and old.key in ("old", "older"):
            done[place + 1] = replace(old, kind=PieceKind.WORDS, meanings=frozenset((M.SILENT,)))
    return done


_SETS = frozenset(
    ("leave", "leaving", "set", "setting", "put", "putting", "take", "taking", "keep", "keeping")
)
_ASIDE = frozenset(("aside", "out", "apart", "to one side", "off", "excepted", "excluded", "out of it"))


def _with_places_set_aside(pieces: Sequence[Piece]) -> list[Piece]:
    """Take away the places that are set aside: "leaving Kent aside", "take Wales out", "Kent aside"."""
    done = list(pieces)
    for place, aside in enumerate(pieces):
        words = aside.key if aside.key != "to" else " ".join(piece.key for piece in pieces[place : place + 3])
        first = _first_of_the_names_before(pieces, place)
        if words not in _ASIDE or first == place:
            continue
        verb = pieces[first - 1] if first else None
        if verb is not None and verb.key in _SETS:
            done[first - 1] = replace(verb, kind=PieceKind.WORDS, meanings=frozenset((M.EXCEPT,)))
        elif words in ("aside", "apart", "excepted", "excluded") and first == 0:
            start = pieces[0].start
            done.insert(0, Piece(PieceKind.WORDS, start, start, "except", frozenset((M.EXCEPT,))))
        else:
            continue
        return [
            replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL)
            if aside.start <= piece.start < aside.start + len(words)
            else piece
            for piece in done
        ]
    return done


def _first_of_the_names_before(pieces: Sequence[Piece], end: int) -> int:
    """Return where the run of names begins that ends before `end`; `end` where there is none."""
    first = end
    while first and (
        pieces[first - 1].bodies
        or pieces[first - 1].regions
        or pieces[first - 1].means(M.WELSH, M.MAYORS, M.ENGLISH)
        or (first < end and pieces[first - 1].key in ("and", ",", "&", "the"))
    ):
        first -= 1
    while first < end and pieces[first].key in ("and", ",", "&", "the"):
        first += 1
    return first


_ANSWERS_OF_ONE_WORD = {"yes": M.ACCEPT, "no": M.DECLINE, "partly": M.PARTLY}


def _with_answers_of_one_word(pieces: Sequence[Piece]) -> list[Piece]:
    """Read an answer that is one word: "our answer to 16 is no"."""
    done = list(pieces)
    for place, piece in enumerate(pieces):
        if piece.key not in _ANSWERS_OF_ONE_WORD or not place:
            continue
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        ends_there = after is None or after.kind is PieceKind.MARK or after.key in ("and", "but")
        if pieces[place - 1].kind is PieceKind.REF and ends_there:
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
            and all(other.kind is PieceKind.REF or other.key in _BETWEEN_PARTS for other in between)
        ):
            done[pieces.index(answers)] = replace(answers, meanings=_NEUTRAL)
            done[place] = replace(piece, meanings=frozenset((_ANSWERS_OF_ONE_WORD[piece.key],)))
    return done


_WHOLE_THINGS = (
    *(M.HISTORY, M.FILE, M.XLSX, M.DOCX, M.CSV, M.JSON, M.PDF, M.ODS, M.CONTACT, M.WORDING, M.TELL, M.LISTED),
    *(M.DUE, M.STATUS, M.REC_WORD, M.REPORT_WORD, M.CHANGES, M.MAP, M.CHART, M.EVIDENCE, M.DIGEST),
)


def _with_whole_things(pieces: Sequence[Piece]) -> list[Piece]:
    """Pass over a "complete" that says how much of it is meant: "the complete audit trail"."""
    done = list(pieces)
    for place, (piece, after) in enumerate(itertools.pairwise(pieces)):
        before = pieces[place - 1].key if place else ""
        is_whole = piece.key == "complete" and before in ("the", "a", "our", "their", "your", "its")
        if is_whole and after.means(*_WHOLE_THINGS):
            done[place] = replace(piece, meanings=_NEUTRAL)
    return done


_COMPASS = frozenset(("north", "south", "east", "west"))
_WAYS = frozenset(("down", "up", "out", "over", "way"))


def _with_ways_to_go(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out a word that only says which way a part of the country lies: "down south", "up north"."""
    return [
        piece
        for piece, after in itertools.zip_longest(pieces, pieces[1:], fillvalue=_NOTHING)
        if not (piece.key in _WAYS and after.kind is PieceKind.UNKNOWN and after.key in _COMPASS)
    ]


_NOTHING = Piece(PieceKind.MARK, 0, 0)
_FEW = frozenset(("two", "three", "four", "five", "six", "2", "3", "4", "both"))


def _with_how_many_of_ours(pieces: Sequence[Piece]) -> list[Piece]:
    """Pass over how many bodies are one's own: "which of our two areas"."""
    done = list(pieces)
    for place in range(1, len(pieces) - 1):
        before, piece, after = pieces[place - 1 : place + 2]
        if piece.key in _FEW and before.means(M.OWN) and after.means(M.BODY_WORD):
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL)
    return done


_LONGEST_CLAUSE = 7
_BEFORE_ITS_DAY = frozenset(("on", "in", "at", "of", "the", "last", "from"))
_BEGINS_A_CLAUSE = frozenset(
    ("i", "we", "you", "they", "he", "she", "it", "the", "our", "my", "that", "his", "her", "their")
)


def _with_days_of_events(pieces: Sequence[Piece]) -> list[Piece]:
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


def _with_what_was_done_by_a_day(pieces: Sequence[Piece]) -> list[Piece]:
    """Read how it stood on a day, and no deadline, in "how many had 15 done by the end of March"."""
    done: list[Piece] = []
    for piece, after in itertools.zip_longest(pieces, pieces[1:], fillvalue=_NOTHING):
        match = _DONE_BY.fullmatch(piece.key)
        if match and after.kind is PieceKind.DAY and any(before.key in ("had", "were") for before in done):
            state = match["state"]
            done.append(replace(piece, key=state, end=piece.start, meanings=vocabulary().meanings(state)))
            done.append(replace(piece, key="by", start=piece.end, meanings=frozenset((M.TIME_WORD,))))
        else:
            done.append(piece)
    return done


def _with_one_after_the_other(pieces: Sequence[Piece]) -> list[Piece]:
    """Pass over the order in which places are to come: "25 for Essex first, then Kent"."""
    done = list(pieces)
    if not any(piece.key in ("then", "and then", "followed by") for piece in pieces):
        return done
    for place, (before, piece) in enumerate(itertools.pairwise(pieces)):
        if piece.key == "first" and (
            before.kind in (PieceKind.NAME, PieceKind.REF) or before.means(*_PLACES)
        ):
            done[place + 1] = replace(piece, meanings=_NEUTRAL)
    return done


def _with_from_for_form(pieces: Sequence[Piece]) -> list[Piece]:
    """Read "from" in "a yes form us": a form is no one's."""
    done = list(pieces)
    for place in range(1, len(pieces) - 1):
        before, piece, after = pieces[place - 1 : place + 2]
        is_from = after.kind is PieceKind.NAME or after.key in ("us", "them", "me", "him", "her")
        says_what = before.means(
            M.ACCEPT, M.DECLINE, M.PARTLY, M.RESPOND, M.CHANGES, M.ANY, M.NOTE, M.WAITING
        )
        if piece.key == "form" and is_from and says_what:
            done[place] = replace(piece, key="from", meanings=_NEUTRAL)
    return done


_THINKS = frozenset(("think", "thinks", "reckon", "reckons", "believe", "believes"))


def _with_what_a_body_thinks(pieces: Sequence[Piece]) -> list[Piece]:
    """Take "think" for what a body says of itself, and no opinion: "when does Kent think it'll finish 25"."""
    done = list(pieces)
    for place in range(1, len(pieces) - 1):
        before, piece, after = pieces[place - 1 : place + 2]
        is_of_a_body = before.kind is PieceKind.NAME or before.key in ("they", "body", "force")
        if piece.key in _THINKS and is_of_a_body and after.key in ("it", "they", "will", "that"):
            done[place] = replace(piece, meanings=_NEUTRAL)
    return done


_THINGS_TOO = frozenset(("support", "trust", "care"))
_BEFORE_A_THING = frozenset(
    (
        "the",
        "a",
        "social",
        "health",
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
        "any",
    )
)


def _with_verbs_as_things(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a word for a thing where it is no verb: "victim support", "the trust has not named a lead"."""
    done = list(pieces)
    for place, (before, piece) in enumerate(itertools.pairwise(pieces)):
        if piece.key in _THINGS_TOO and (before.kind is PieceKind.UNKNOWN or before.key in _BEFORE_A_THING):
            done[place + 1] = replace(piece, kind=PieceKind.UNKNOWN, meanings=frozenset())
    return done


_ONESELF = frozenset(("me", "myself", "us", "ourselves", "you"))


def _with_others_than_oneself(pieces: Sequence[Piece]) -> list[Piece]:
    """Pass over "besides me" where people are asked for: "who are the coordinators besides me"."""
    done = list(pieces)
    if not any(piece.means(M.COORDINATOR, M.CONTACT) for piece in pieces):
        return done
    for place, (piece, after) in enumerate(itertools.pairwise(pieces)):
        if piece.means(M.EXCEPT) and after.key in _ONESELF:
            done[place : place + 2] = [
                replace(each, kind=PieceKind.WORDS, meanings=_NEUTRAL) for each in (piece, after)
            ]
    return done


def _with_given_reminders(pieces: Sequence[Piece]) -> list[Piece]:
    """Read a reminder in "give Gwent a poke about 16", in which nothing is to be told."""
    if not any(piece.means(M.REMIND) for piece in pieces):
        return list(pieces)
    return [
        replace(piece, meanings=_NEUTRAL)
        if piece.key in ("give", "can you give", "could you give", "drop", "drop from")
        else piece
        for piece in pieces
    ]


def _with_numbers_of_recommendations(pieces: Sequence[Piece]) -> list[Piece]:
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


def _with_recommendations_ranked(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a rank of recommendations for how they all stand: "what's the slowest recommendation", "which of the
    three has the fewest done"."""
    is_of_recommendations = any(
        piece.means(M.REC_WORD) or piece.key in ("of the three", "the three", "three") for piece in pieces
    )
    ranks = [piece for piece in pieces if piece.key in _RANKED or piece.key in ("most", "least")]
    others = [
        piece
        for piece in pieces
        if piece.ref or piece.named or piece.means(M.OVERDUE, M.BODY_WORD, M.WAITING)
    ]
    if not is_of_recommendations or not ranks or others:
        return list(pieces)
    return [
        replace(piece, kind=PieceKind.WORDS, meanings=frozenset((M.STATUS,)))
        if piece in ranks
        else replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL)
        if piece.means(M.COMPLETE, M.STARTED, M.ACCEPT) or piece.key == "three"
        else piece
        for piece in pieces
    ]


def _with_next_at_the_end(pieces: Sequence[Piece]) -> list[Piece]:
    """Pass over a "next" that leads to no day: "what's due next"."""
    return [
        replace(piece, meanings=_NEUTRAL) if piece.key == "next" and after.kind is PieceKind.MARK else piece
        for piece, after in itertools.zip_longest(pieces, pieces[1:], fillvalue=_NOTHING)
    ]


_CLOSES = frozenset(("close", "cob", "cop"))
_OF_A_DAY = frozenset(("of", "on", "play", "business", "the", "day", "end", "start", "start of", "close"))


def _with_ends_of_days(pieces: Sequence[Piece]) -> list[Piece]:
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


def _with_weekly_posts(pieces: Sequence[Piece]) -> list[Piece]:
    """Read the digest in "Monday's post"."""
    done: list[Piece] = []
    for piece in pieces:
        day = done[-1] if done else None
        if day and day.kind is PieceKind.DAY and _WEEKDAY.fullmatch(day.key) and piece.key in _WEEKLY:
            done[-1] = Piece(PieceKind.WORDS, day.start, piece.end, "the digest", frozenset((M.DIGEST,)))
        else:
            done.append(piece)
    return done


_BEFORE_WHAT = frozenset(
    ("with", "about", "from", "of", "on", "by", "than", "like", "for", "to", "given", "see", "seen")
)
_DOES = (M.OWN, M.EVERYONE, M.BODY_WORD)


def _with_what_somebody_did(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a "what" that stands for a thing for no question word: "happy with what Kent sent"."""
    done = list(pieces)
    for place in range(1, len(pieces) - 1):
        before, piece, after = pieces[place - 1 : place + 2]
        is_of_somebody = (
            after.kind is PieceKind.NAME or after.means(*_DOES) or after.key in ("they", "it", "he", "she")
        )
        if piece.key == "what" and before.key.split(" ")[-1] in _BEFORE_WHAT and is_of_somebody:
            done[place] = replace(piece, meanings=_NEUTRAL)
    return done


_SAME_FOR_ALL = (M.DUE, M.STATUS, M.RESPOND, M.ACCEPT, M.WORDING, M.CONTACT)


def _with_the_same_for_all(pieces: Sequence[Piece]) -> list[Piece]:
    """Take "the same" before what is compared for no word that points back: "do 15 and 16 have the same date"."""
    done = list(pieces)
    for place, (piece, after) in enumerate(itertools.pairwise(pieces)):
        if piece.key in ("the same", "same") and after.means(*_SAME_FOR_ALL):
            done[place] = replace(piece, meanings=_NEUTRAL)
    return done


def _with_the_rest_of_a_place(pieces: Sequence[Piece]) -> list[Piece]:
    """Take "the rest of" before a region for the region: "how are the rest of the south east doing"."""
    done = list(pieces)
    for place, piece in enumerate(pieces):
        names = [other for other in pieces[place + 1 : place + 4] if other.key not in ("of", "the", "in")]
        if piece.key in ("the rest", "rest", "the others", "others") and names and _is_a_region(names[0]):
            done[place] = replace(piece, meanings=_NEUTRAL)
    return done


def _is_a_region(piece: Piece) -> bool:
    return bool(piece.regions) or piece.means(*_PLACES)


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


_RULES = (
    _with_reports,
    _with_places_taken_away,
    _with_but,
    _with_by_whom,
    _with_parted_verbs,
    _with_ages,
    _with_places_set_aside,
    _with_answers_of_one_word,
    _with_regions_compared,
    _with_replaced_things,
    _with_whole_things,
    _with_ways_to_go,
    _with_how_many_of_ours,
    _with_the_same_for_all,
    _with_the_rest_of_a_place,
    _with_days_of_events,
    _with_numbers_of_recommendations,
    _with_recommendations_ranked,
    _with_ends_of_days,
    _with_next_at_the_end,
    _with_what_a_body_thinks,
    _with_verbs_as_things,
    _with_others_than_oneself,
    _with_given_reminders,
    _with_one_after_the_other,
    _with_from_for_form,
    _with_what_was_done_by_a_day,
    _with_weekly_posts,
    _with_what_somebody_did,
)
