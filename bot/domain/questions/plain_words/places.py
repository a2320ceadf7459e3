"""Which bodies, regions and reports a sentence is about; a name that can be several things is asked."""

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from msgspec import Struct

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.model import Group, Place, Question, Shape
from bot.domain.questions.names import Body, Named, Region
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import STATES
from bot.domain.questions.plain_words.surroundings import Surroundings
from bot.domain.questions.plain_words.understanding import (
    About,
    Answerable,
    Asked,
    NotAnswered,
    Understanding,
    WhyNot,
)
from bot.domain.questions.sense import makes_sense
from bot.domain.questions.written import WALES, canonical, place_words
from bot.domain.values import replace

_GROUPS: tuple[tuple[M, Place], ...] = (
    (M.WELSH, WALES),
    (M.ENGLISH, Group.ENGLAND),
    (M.MAYORS, Group.MAYORS),
    (M.COMMISSIONERS, Group.COMMISSIONERS),
    (M.FIRE_COMMISSIONERS, Group.FIRE_COMMISSIONERS),
)
_OF_GROUPS = frozenset(meaning for meaning, _ in _GROUPS)
_CORRECTED = re.compile(
    r"\b(?:sorry|i mean|i meant|rather(?! than)|no wait|wait no|scratch that|correction|no,? hang on|hang on,? no)\b"
)
# "Both mayors and PCCs" are all of them.
_EVERY_KIND = re.compile(
    r"\bmayors (?:and|&|or|as well as) (?:the )?(?:o?pccs|commissioners)\b|\b(?:o?pccs|commissioners) (?:and|&|or|as well as) (?:the )?mayors\b"
)
# "Is it only Gwent, or are there others" asks of all, and so does "is Gwent the only one".
_OR_OTHERS = re.compile(
    r"^(?:so |and )?(?:is|was) it (?:just|only)\b|"
    r"\b(?:just|only)\b.*\bor (?:are there |is there |is it |have |has )?(?:more|others|other|any others|anyone else|anybody else"
    r"|someone else|everyone|all)\b"
    r"|\bnot (?:just|only) (?!for\b|on\b|the\b)[a-z]"
    r"|\bthe only (?:one|ones|body|bodies|force|forces|area|areas|office|pcc|pccs|region|place)\b"
    r"|^(?:so |and )?(?:is|has|have|did|are|does) only [a-z]"
)
# "So only Essex has accepted in part?"
_ONLY_SOME = re.compile(
    r"(?:so |and |is it true that )?only (?!the\b)[a-z][\w &'-]* (?:has|have|is|are|was|were|did|had)\b"
)
_SHORTEST_BEGINNING = 4
# Words of their own, with which names begin too.
_NO_BEGINNINGS = frozenset(("staff",))
_MOST_NEAREST = 5


class NamedPlaces(Struct, frozen=True):
    """The pieces that name places: those meant, and those taken away."""

    meant: tuple[Piece, ...]
    excepted: tuple[Piece, ...]


def named_places(sentence: Sentence) -> NamedPlaces:
    excepted = _after_except(sentence)
    meant = [piece for piece in sentence.pieces if _is_a_place(piece) and piece not in excepted]
    by_meaning = {(piece.named, _group_of(piece)): piece for piece in meant}
    meant = list(by_meaning.values())
    if _CORRECTED.search(sentence.lower):
        meant = meant[-1:]
    if _EVERY_KIND.search(sentence.lower) and not sentence.has(M.COMPARE):
        meant = [piece for piece in meant if not piece.means(M.MAYORS, M.COMMISSIONERS)]
    is_asked_of_all = sentence.has_question_mark and _ONLY_SOME.match(sentence.lower)
    if is_asked_of_all or _OR_OTHERS.search(sentence.lower) or _asks_of_the_others_in_a_state(sentence):
        meant = [piece for piece in meant if _among_whom(piece, sentence)]
    return NamedPlaces(tuple(meant), excepted)


# "Are we the only ones in the South East who are late" asks of that region.
_THE_ONLY_ONES = re.compile(
    r"\bonly (?:ones?|body|bodies|forces?|areas?|offices?|pccs?) (?:left )?(?:in|within|across|from)(?: the)? $"
)


def _among_whom(piece: Piece, sentence: Sentence) -> bool:
    """Whether a region says among whom somebody is the only one."""
    return bool(piece.regions or _group_of(piece)) and bool(
        _THE_ONLY_ONES.search(sentence.text[: piece.start].casefold())
    )


def _asks_of_the_others_in_a_state(sentence: Sentence) -> bool:
    """Whether it says how a body stands, and asks who else stands so: "Kent is done with 15, who else is"."""
    match = _ASKS_OF_OTHERS.search(sentence.lower)
    if match is None or sentence.has(M.CONTACT, M.COORDINATOR, M.EXCEPT):
        return False
    begins_with_a_name = bool(sentence.pieces) and bool(sentence.pieces[0].bodies)
    return begins_with_a_name and match.start() > 0 and sentence.has(*STATES, M.OVERDUE, M.WAITING)


# Before a state it denies it: "accepted but not started".
_BUT_NOT = "but not"
_NOTHING = Piece(PieceKind.MARK, 0, 0)


def is_excepting(sentence: Sentence) -> bool:
    """Return whether something is taken away, be it a place or not."""
    return any(
        piece.means(M.EXCEPT) and (piece.key != _BUT_NOT or after.kind is PieceKind.REF)
        for piece, after in zip_longest(sentence.pieces, sentence.pieces[1:], fillvalue=_NOTHING)
    )


# "Why hasn't Suffolk accepted" takes nothing away.
_TURNED_ROUND = frozenset(
    ("has", "have", "had", "is", "are", "was", "were", "does", "do", "did", "will", "would", "can", "could")
)


def _after_except(sentence: Sentence) -> tuple[Piece, ...]:
    """Return the places that stand after "except" and its like, as far as the next thing of another kind; and
    those right after a "no" or "not"."""
    places: list[Piece] = []
    takes_away, before, two_before = False, "", ""
    for piece in sentence.pieces:
        is_denied = before in ("no", "not") and two_before not in _TURNED_ROUND
        if piece.means(M.EXCEPT):
            takes_away = True
        elif (takes_away or is_denied) and _is_a_place(piece):
            places.append(piece)
        elif takes_away and not (piece.means(M.NEUTRAL, M.BODY_WORD) or piece.key in (",", "&")):
            takes_away = False
        before, two_before = piece.key, before
    return tuple(places)


def _is_a_place(piece: Piece) -> bool:
    return piece.names_a_place or not piece.meanings.isdisjoint(_OF_GROUPS)


def _group_of(piece: Piece) -> Place | None:
    if piece.meanings.isdisjoint(_OF_GROUPS):
        return None
    return next((place for meaning, place in _GROUPS if piece.means(meaning)), None)


def _compares_with_a_name(sentence: Sentence) -> bool:
    """Whether it compares with a body, and so asks of the others: "who has done more than Kent", "is Surrey behind
    Kent"."""
    if sentence.has(M.OWN) and sentence.has(M.COMPARE) and not sentence.asker.bodies:
        # "How do we compare with Surrey", of somebody who speaks for no body.
        return True
    if sentence.has(M.COMPARE) and len(named_places(sentence).meant) > 1:
        # "Is Kent doing better than Surrey" asks of these two.
        return False
    return any(
        piece.key.endswith(_COMPARING)
        and after.kind is PieceKind.NAME
        and not piece.means(M.COMPARE, M.EXCEPT)
        for piece, after in pairwise(sentence.pieces)
    )


_COMPARING = ("than", "behind", "ahead of", "in front of", "before")


# "Is Kent a mayor or a PCC", "is Cleveland in the North East"
_BELONGS = re.compile(
    r"(?:so |and )?(?:is|are|was) (?!there\b|any\w*\b|every\w*\b|all\b)[\w&' -]+ (?:in|a|an|part of|within|under) "
)
# "Kent is done, anyone else?" asks of all but Kent.
_ASKS_OF_OTHERS = re.compile(r"\b(?:anyone|anybody|who|any bodies|any others|any forces) else\b")


def answered_for_places(sentence: Sentence, question: Question) -> Understanding | None:
    """Return the question asked of the places that are named, or of the asker's own.

    None where what is left makes no sense."""
    question = _with_report(sentence, question)
    places = named_places(sentence)
    if _leaves_open_what_is_taken_away(sentence, places.excepted):
        return None
    excepted = tuple(place for piece in places.excepted for place in _taken_away(sentence, piece))
    if is_excepting(sentence) and not excepted:
        return None
    if _compares_with_a_name(sentence) or (
        len(places.meant) > 1 and not sentence.refs and _BELONGS.match(sentence.lower)
    ):
        return None
    is_of_bodies = any(piece.bodies and not piece.regions for piece in places.meant)
    if _ASKS_OF_OTHERS.search(sentence.lower) and is_of_bodies and question.shape is not Shape.CONTACTS:
        return None
    if places.meant and all(len(piece.bodies) == 1 and not piece.regions for piece in places.meant):
        # "Forget Kent, where is Essex": of Essex alone nothing can be taken away but Essex.
        named = {body for piece in places.meant for body in piece.bodies}
        excepted = tuple(place for place in excepted if place in named)
    question = replace(question, scope=replace(question.scope, excepted=excepted))
    options = _beside_regions(
        [_meanings_here(sentence, piece) for piece in places.meant], places.meant, sentence
    )
    if _leaves_open_which_of_two(sentence, places.meant):
        return _which_place(question, [(meaning,) for meanings in options for meaning in meanings], sentence)
    for place, meanings in enumerate(options):
        if len(meanings) > 1:
            before = [choice[0] for choice in options[:place]]
            after = [choice[0] for choice in options[place + 1 :]]
            return _which_place(question, [(*before, meaning, *after) for meaning in meanings], sentence)
    if sentence.means_own_region:
        options = [(region,) for region in _own_regions(sentence)]
        if not options:
            return None
    chosen: tuple[Place, ...] = tuple(meanings[0] for meanings in options) or sentence.own_bodies
    if sentence.has(M.COMPARE) and (sentence.has(M.OWN) or sentence.says(r"\b(?:us|we|our)\b")):
        # "How are we doing against Essex".
        chosen = (*sentence.asker.bodies, *chosen)
    if sentence.has(M.COMPARE) and _COMMISSIONERS.search(sentence.lower) and Group.MAYORS in chosen:
        chosen = (*chosen, Group.COMMISSIONERS)
    return answered(with_places(question, chosen), sentence.around)


def _leaves_open_what_is_taken_away(sentence: Sentence, excepted: Sequence[Piece]) -> bool:
    """Whether a name that is taken away may be several places, or a number beside it is taken away too: "what is late
    except Kent and 25"."""
    triples = zip(sentence.pieces, sentence.pieces[1:], sentence.pieces[2:], strict=False)
    return any(len(_taken_away(sentence, piece)) > 1 for piece in excepted) or any(
        first in excepted and joint.key in ("and", "&", "or", "nor") and second.ref
        for first, joint, second in triples
    )


def _own_regions(sentence: Sentence) -> tuple[Region, ...]:
    names = (sentence.around.region_of.get(body.code) for body in sentence.asker.bodies)
    return tuple(Region(name) for name in dict.fromkeys(names) if name)


_COMMISSIONERS = re.compile(r"\b(?:commissioners|pccs)\b")


def with_places(question: Question, places: Sequence[Place]) -> Question:
    return replace(question, scope=replace(question.scope, places=tuple(places)))


def answered(question: Question, around: Surroundings) -> Answerable | None:
    """Return the question with its text; None where it makes no sense."""
    return Answerable(canonical(question), question) if makes_sense(question, around.today) else None


def _which_place(
    question: Question, choices: Sequence[tuple[Place, ...]], sentence: Sentence
) -> Understanding:
    questions = (with_places(question, places) for places in choices)
    commands = [
        answer.command
        for with_choice in questions
        if (answer := answered(with_choice, sentence.around)) is not None
    ]
    return Asked(About.NAME, tuple(dict.fromkeys(commands)))


def _with_report(sentence: Sentence, question: Question) -> Question:
    """Narrow a question to a report that is named: beside numbers it says whose they are, alone it is what is
    asked about."""
    reports = sentence.reports
    if not reports:
        return question
    refs = question.scope.recommendations
    if refs and len(reports) == 1:
        refs = tuple(Ref(ref.report or reports[0].key, ref.number) for ref in refs)
        return replace(question, scope=replace(question.scope, recommendations=refs))
    return replace(question, scope=replace(question.scope, reports=reports))


# "Norfolk or Durham, I forget which", "north or south yorks? one of them is late"
_IS_A_CHOICE = re.compile(
    r"\b(?:(?:forget|forgotten|remember|recall|sure|certain|know|say|tell|unsure|idea|clear)(?: to me)? (?:which|who)\b|which ?ever\b|which (?:of (?:them|the two|those) )?it (?:was|is)\b|one of (?:them|the two|those)\b|one or the other\b)"
)


def _leaves_open_which_of_two(sentence: Sentence, pieces: Sequence[Piece]) -> bool:
    """Whether two places have an "or" between them and nothing is asked that holds of both: "Kent or Essex?".

    "Are Kent or Essex late" asks of both, and so does "Kent or Surrey, who is further on"."""
    if len(pieces) != 2 or sentence.says(r"\beither\b"):
        return False
    between = sentence.text[pieces[0].end : pieces[1].start].casefold()
    if re.search(r"\bor\b", between) is None:
        return False
    if all(piece.regions or _group_of(piece) for piece in pieces) and sentence.has(
        *STATES, M.OVERDUE, M.WAITING
    ):
        return False
    asks = (
        sentence.has_question_word
        or sentence.has(M.TELL, M.CHANGES)
        or sentence.begins_with_an_auxiliary
        or sentence.asks_in_a_later_clause
    )
    asks_of_both = (asks and not _IS_A_CHOICE.search(sentence.lower)) or sentence.has(M.COMPARE)
    return not asks_of_both or sentence.has(M.CONTACT)


def _taken_away(sentence: Sentence, piece: Piece) -> tuple[Place, ...]:
    """Return what a name after "except" can be: a region that has all bodies of the name is meant for them."""
    if piece.regions and not _group_of(piece):
        regions = {region.name for region in piece.regions}
        if all(sentence.around.region_of.get(body.code) in regions for body in piece.bodies):
            return piece.regions
    return _meanings_here(sentence, piece)


_LISTS_ON = re.compile(r",?(?:\s*(?:and|or|&))?(?: in)?(?: the)?\s*")


def _beside_regions(
    options: Sequence[tuple[Place, ...]], pieces: Sequence[Piece], sentence: Sentence
) -> list[tuple[Place, ...]]:
    """Return what each name can be, where one that is a body or a region stands in a list beside a region: "Wales or
    London"."""
    settled = list(options)
    for place, meanings in enumerate(options):
        regions = tuple(meaning for meaning in meanings if isinstance(meaning, Region))
        if len(meanings) < 2 or len(regions) != 1:
            continue
        neighbours = [other for other in (place - 1, place + 1) if 0 <= other < len(pieces)]
        if any(
            len(settled[other]) == 1
            and isinstance(settled[other][0], Region)
            and _is_listed_with(pieces[min(place, other)], pieces[max(place, other)], sentence)
            for other in neighbours
        ):
            settled[place] = regions
    return settled


def _is_listed_with(first: Piece, second: Piece, sentence: Sentence) -> bool:
    return _LISTS_ON.fullmatch(sentence.text[first.end : second.start].casefold()) is not None


_A_REGION_AFTER = re.compile(r"\s*(?:region|bodies|forces|pccs|area)")
_A_REGION_BEFORE = re.compile(
    r"(?:\b(?:region|across)\b|\b(?:who|bodies|anyone|forces|everyone|pccs) in(?: the)?\s*$)"
)
# "Who is late in the West Midlands", but not "contacts in the West Midlands"
_SEVERAL_IN_THE = re.compile(
    r"\b(?:who|which|anyone|anybody|everyone|everybody|how many|bodies|forces|pccs|offices|nobody)\b.*\bin the\s*$"
)
_A_BODY_AFTER = re.compile(r"(?:['’]s)?\s*(?:pcc|police|force|body|office|commissioner)\b")
_A_BODY_BEFORE = re.compile(r"\b(?:body|pcc for|commissioner for)\b")


def _meanings_here(sentence: Sentence, piece: Piece) -> tuple[Place, ...]:
    """Return what a name can be here; "region", "police" or "PCC" beside it settles it."""
    if group := _group_of(piece):
        return (group,)
    meanings: tuple[Place, ...] = (*piece.bodies, *piece.regions)
    if len(meanings) == 1:
        return meanings
    after = sentence.text[piece.end : piece.end + 14].casefold()
    before = sentence.text[max(0, piece.start - 16) : piece.start].casefold()
    is_of_several = _SEVERAL_IN_THE.search(sentence.text[: piece.start].casefold())
    if _A_REGION_AFTER.match(after) or _A_REGION_BEFORE.search(before) or is_of_several:
        return piece.regions or meanings
    if _A_BODY_AFTER.match(after) or _A_BODY_BEFORE.search(before):
        return piece.bodies or meanings
    same_word = (body for body in sentence.around.bodies if piece.key in body.short_name.casefold().split())
    return tuple(dict.fromkeys((*meanings, *same_word)))


# --- What is nearest to what was said


def nearest(sentence: Sentence) -> tuple[str, ...]:
    """Return lookups of what was recognised, together and each by itself, at most five."""
    refs = [str(ref) for ref in sentence.refs][:_MOST_NEAREST]
    named = [_text_of(meaning) for piece in sentence.names for meaning in piece.named]
    together = [f"{ref} {place_words(body)}" for ref in refs for body in sentence.bodies]
    begun = [
        place_words(place)
        for piece in sentence.of_kind(PieceKind.UNKNOWN)
        for place in begun_by(piece.key, sentence.around)
    ]
    return tuple(dict.fromkeys((*together, *refs, *named, *begun)))[:_MOST_NEAREST]


def _text_of(meaning: Named) -> str:
    return place_words(meaning) if isinstance(meaning, (Body, Region)) else meaning.key


def begun_by(word: str, around: Surroundings) -> tuple[Body | Region, ...]:
    """Return the bodies and regions that have `word` in their name or begin with it; whole words first."""
    if len(word) < _SHORTEST_BEGINNING or word in _NO_BEGINNINGS:
        return ()
    ranked: list[tuple[bool, Body | Region]] = []
    named: list[tuple[str, Body | Region]] = [
        *((body.short_name, body) for body in around.bodies),
        *((name, Region(name)) for name in around.regions),
    ]
    for name, place in named:
        words = name.casefold().replace("-", " ").split()
        if word in words or words[0].startswith(word):
            ranked.append((word not in words, place))
    best = min((rank for rank, _ in ranked), default=False)
    return tuple(place for rank, place in ranked if rank == best)


def not_understood(sentence: Sentence) -> NotAnswered:
    return NotAnswered(WhyNot.NOT_UNDERSTOOD, nearest(sentence))


def not_yours(sentence: Sentence, bodies: Sequence[Body] = ()) -> NotAnswered:
    return NotAnswered(WhyNot.NOT_YOURS, nearest(sentence), tuple(body.short_name for body in bodies))
