"""For whom a recording would be: the bodies that are named, or the asker's own; and of which recommendations."""

import itertools
import re
from collections.abc import Callable, Sequence

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.unfinished import PLACE
from bot.domain.questions.names import Body
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.numbers_in_context import worded
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places import begun_by, named_places, not_understood, not_yours
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import STATES
from bot.domain.questions.plain_words.understanding import About, Asked, NotAnswered, Offered, Understanding
from bot.domain.questions.written import WALES

# Writes a command from recommendations ("15 16") and a body's slug.
Write = Callable[[str, str], str]


def joined(*parts: str | Ref) -> str:
    return " ".join(str(part) for part in parts if str(part))


def with_text(command: str, text: str) -> str:
    return f"{command}: {text}" if text else command


def recorders(sentence: Sentence) -> tuple[Body, ...] | NotAnswered:
    """Return the bodies to record for; none where a coordinator has not said which.

    Nobody is offered a recording for a body that is not theirs."""
    asker = sentence.asker
    named = tuple(dict.fromkeys(body for piece in named_places(sentence).meant for body in piece.bodies))
    if named:
        is_theirs = asker.is_coordinator or set(named) <= set(asker.bodies)
        return named if is_theirs else not_yours(sentence, named)
    if not asker.records:
        return not_yours(sentence)
    return () if asker.is_coordinator else asker.bodies


def offered(sentence: Sentence, refs: Sequence[Ref], write: Write) -> Understanding:
    """Offer the command for each body, or ask which recommendation, report or body is meant."""
    if (
        not refs
        and not sentence.has(M.OWN, M.MARK)
        and not sentence.bodies
        and not _speaks_for_itself(sentence)
    ):
        return not_understood(sentence)
    bodies = recorders(sentence)
    if isinstance(bodies, NotAnswered):
        return bodies
    possible = _bodies_that_may_be_meant(sentence) if sentence.asker.is_coordinator else ()
    if possible and _is_clear(refs, sentence):
        return Asked(About.BODY, tuple(write(joined(*refs), body.slug) for body in possible if refs))
    if not bodies:
        is_clear = bool(refs) and _is_clear(refs, sentence) and _speaks_of_one_body(sentence)
        unfinished = write(joined(*refs), PLACE) if is_clear else ""
        return Asked(About.BODY, (), unfinished)
    if not refs:
        per_number = (write(str(ref), body.slug) for body in bodies for ref in sentence.around.addressed)
        return Asked(About.RECOMMENDATION, tuple(per_number))
    if not _is_clear(refs, sentence):
        meant = _each_report(refs, sentence)
        return Asked(
            About.REPORT, tuple(write(joined(*numbers), body.slug) for body in bodies for numbers in meant)
        )
    commands = tuple(write(joined(*refs), body.slug) for body in bodies)
    return Offered(commands) if sentence.bodies or len(commands) == 1 else Asked(About.BODY, commands)


def _each_report(refs: Sequence[Ref], sentence: Sentence) -> list[list[Ref]]:
    """Return all that the numbers can mean together, those with a report's name last: it is that of each number
    after it."""
    meanings = itertools.product(*(sentence.around.meant_by(ref) for ref in refs))
    return [sorted(meant, key=lambda ref: ref.report is not None) for meant in meanings]


def _speaks_for_itself(sentence: Sentence) -> bool:
    """Whether a contact says what only it can mean of itself: "happy to accept", "need more time"; or orders it
    and says nothing more: "accept"."""
    says_so = any(
        piece.key.endswith(
            (
                "to accept",
                "to agree",
                "to sign up",
                "to say yes",
                "them yes",
                "them no",
                "answer yes",
                "reply yes",
                "answer no",
                "reply no",
                "respond yes",
                "respond no",
            )
        )
        for piece in sentence.pieces
    )
    content = [
        piece for piece in sentence.pieces if piece.kind is not PieceKind.MARK and not piece.means(M.NEUTRAL)
    ]
    is_bare = bool(content) and all(
        piece.means(*STATES, M.EXTEND, M.EXTENSION) and piece.key not in _IN_THE_PAST for piece in content
    )
    return bool(sentence.asker.bodies) and (says_so or is_bare)


# "Accepted?" alone may ask.
_IN_THE_PAST = frozenset(("done",))


def _bodies_that_may_be_meant(sentence: Sentence) -> tuple[Body, ...]:
    """Return the bodies of which one may be meant: by a name of several, by a region, by the beginning of a name."""
    around = sentence.around
    places = named_places(sentence).meant
    several = [piece.bodies for piece in places if len(piece.bodies) > 1]
    if several:
        return several[0]
    if any(piece.bodies for piece in places):
        return ()
    regions = {region.name for piece in places for region in piece.regions}
    if any(piece.means(M.WELSH) for piece in places):
        regions.add(WALES.name)
    if regions:
        return tuple(body for body in around.bodies if around.region_of.get(body.code) in regions)
    begun = (begun_by(piece.key, around) for piece in sentence.of_kind(PieceKind.UNKNOWN))
    return tuple(place for places_begun in begun for place in places_begun if isinstance(place, Body))


_OF_ONE_BODY = re.compile(
    r"(?:(?:so|and|ok|well|now|please|pls|can you|could you)[ ,]+)*"
    r"(?:(?:they|he|she|it|this|that)\b|accept|agree|partly|decline|reject|complete|done|finished|progress|started|blocked|not started)"
)


def _speaks_of_one_body(sentence: Sentence) -> bool:
    """Whether it orders something, or says it of "them": "not all have accepted 15" says it of nobody."""
    return sentence.has(M.MARK) or _OF_ONE_BODY.match(sentence.lower) is not None


def _is_clear(refs: Sequence[Ref], sentence: Sentence) -> bool:
    """Whether each number is one recommendation."""
    return all(len(sentence.around.meant_by(ref)) == 1 for ref in refs)


def by_wording(sentence: Sentence, words: Sequence[Piece]) -> tuple[Ref, ...]:
    """Return the one recommendation in whose wording these words stand ("the one on commissioning")."""
    if not sentence.has(M.REC_WORD, M.SEARCH) or not sentence.around.live.has_all_words:
        return ()
    ref = worded(sentence.around, words)
    return (ref,) if ref else ()
