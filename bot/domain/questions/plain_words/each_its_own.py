"""Pairs in one sentence: "15 yes from Kent, no from Essex", "Kent has done 15 and Essex 16", "15 done 16 started".

Each pair is offered by itself; taken together they would record for one what is said of the other."""

from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places import nearest
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.offering import recording_of
from bot.domain.questions.plain_words.statements.states_said import state_meaning
from bot.domain.questions.plain_words.understanding import NotAnswered, Offered, Understanding, WhyNot


class _Part(Enum):
    BODY = auto()
    NUMBER = auto()
    STATE = auto()


_SAID_ALONE = {
    M.ACCEPT: "accepts",
    M.PARTLY: "partly accepts",
    M.DECLINE: "declines",
    M.COMPLETE: "has completed",
    M.STARTED: "has started",
    M.NOT_STARTED: "has not started",
    M.BLOCKED: "is blocked on",
}


def each_its_own(sentence: Sentence) -> Understanding | None:
    """Offer what each of several pairs would record; None where it says anything beside them."""
    parts = _parts_of(sentence)
    if parts is None:
        return None
    pairs = _pairs(parts)
    if pairs is None:
        return None
    commands: list[str] = []
    for body, state, number in pairs:
        statement = Sentence.of(f"{body} {state} {number}", sentence.asker, sentence.around).as_a_statement()
        understood = recording_of(statement)
        if not isinstance(understood, Offered):
            is_refusal = isinstance(understood, NotAnswered)
            return understood if is_refusal else NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence))
        commands += understood.commands
    return Offered(tuple(dict.fromkeys(commands)))


def _parts_of(sentence: Sentence) -> list[tuple[_Part, str]] | None:
    """Return bodies, numbers and states in their order; None where a word is anything else."""
    parts = []
    for piece in sentence.pieces:
        if piece.kind is PieceKind.MARK or (piece.means(M.NEUTRAL, M.OWN) and state_meaning(piece) is None):
            continue
        part = _part_of(piece)
        if part is None:
            return None
        parts.append(part)
    return parts


def _part_of(piece: Piece) -> tuple[_Part, str] | None:
    if piece.kind is PieceKind.REF:
        return _Part.NUMBER, str(piece.ref)
    if piece.kind is PieceKind.NAME:
        return (_Part.BODY, piece.bodies[0].short_name) if len(piece.bodies) == 1 else None
    state = M.DECLINE if piece.key == "no" else state_meaning(piece)
    return (_Part.STATE, _SAID_ALONE[state]) if state else None


def _pairs(parts: Sequence[tuple[_Part, str]]) -> list[tuple[str, str, str]] | None:
    """Return body, state and number of each pair; None where one word of each kind does not go with one of another."""
    bodies, numbers, states = (
        [words for part, words in parts if part is kind] for kind in (_Part.BODY, _Part.NUMBER, _Part.STATE)
    )
    if len(numbers) == 1 and len(bodies) > 1 and _go_together(parts, _Part.BODY, _Part.STATE):
        return [(body, state, numbers[0]) for body, state in zip(bodies, states, strict=True)]
    if len(bodies) < 2 and len(numbers) > 1 and _go_together(parts, _Part.NUMBER, _Part.STATE):
        body = bodies[0] if bodies else "we"
        return [(body, state, number) for number, state in zip(numbers, states, strict=True)]
    if len(states) == 1 and len(bodies) > 1 and _go_together(parts, _Part.BODY, _Part.NUMBER):
        return [(body, states[0], number) for body, number in zip(bodies, numbers, strict=True)]
    return None


def _go_together(parts: Sequence[tuple[_Part, str]], first: _Part, second: _Part) -> bool:
    """Whether two kinds take turns: a body, a state, a body, a state."""
    order = [part for part, _ in parts if part in (first, second)]
    alternates = all(before is not after for before, after in pairwise(order))
    return alternates and len(order) % 2 == 0
