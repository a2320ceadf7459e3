"""What a sentence is about, and the question that is built of it."""

import re

from bot.domain.questions.model import Question, Scope, Shape
from bot.domain.questions.names import Body
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.places import named_places
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import Understanding
from bot.domain.values import replace

Built = Question | Understanding | None


def about(sentence: Sentence, **parts: object) -> Question:
    """Return a question about the recommendations that are named."""
    part = next((piece.key for piece in sentence.of_kind(PieceKind.PART)), "")
    scope = Scope(recommendations=sentence.refs, part=part if len(sentence.refs) == 1 else "")
    return replace(Question(scope), **parts)  # type: ignore[arg-type]


def has_scope(sentence: Sentence) -> bool:
    places = named_places(sentence)
    is_of_a_place = bool(sentence.own_bodies or sentence.means_own_region or places.meant or places.excepted)
    return is_of_a_place or bool(sentence.refs or sentence.reports)


def bodies_meant(sentence: Sentence) -> tuple[Body, ...]:
    """Return the bodies that are asked about one by one: how they stand answers any question about them."""
    named = [piece for piece in named_places(sentence).meant if piece.bodies and not piece.regions]
    return tuple(body for piece in named for body in piece.bodies) or sentence.own_bodies


def counted(sentence: Sentence, question: Question) -> Question:
    if sentence.has(M.BY_REGION):
        return replace(question, shape=Shape.BY_REGION)
    if sentence.has(M.PERCENT):
        return replace(question, shape=Shape.PERCENT)
    return question


# What was so at some time or other stands in the history alone.
AT_ANY_TIME = re.compile(
    r"\b(?:(?:has|have|had)(?: \w+)? (?:ever|never)|(?:never|ever) (?:been|missed|gone)|always|often|usually|sometimes|used to"
    r"|twice|how often|how many times)\b"
)


def at_any_time(sentence: Sentence) -> Built:
    """Ask for a body's history ("has Kent ever been late"); None where bodies are to be listed, which nobody
    can."""
    return about(sentence, shape=Shape.HISTORY) if bodies_meant(sentence) and not sentence.days else None


def is_since(sentence: Sentence) -> bool:
    return len(sentence.days) == 1 and sentence.word_before(sentence.days[0]) == "since"
