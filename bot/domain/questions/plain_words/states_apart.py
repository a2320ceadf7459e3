"""Several recommendations of which each has a state of its own: "who has done 16 but not 15".

One question asks one state of all recommendations in it, so these are asked as two; of named bodies one screen shows
them all."""

import re
from collections.abc import Iterator

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.model import AskedState as State
from bot.domain.questions.model import Question, Scope
from bot.domain.questions.plain_words.asking.subjects import bodies_meant, counted
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places import answered_for_places
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import STATES, opposite_asked, state_of
from bot.domain.questions.plain_words.understanding import About, Answerable, Asked, Understanding
from bot.domain.questions.written import canonical

_ASKS_WHO = (M.WHO, M.WHICH, M.HOW_MANY, M.PERCENT, M.ANY, M.LISTED, M.BODY_WORD)
_BESIDE = (
    *(M.WHO, M.WHICH, M.HOW_MANY, M.PERCENT, M.ANY, M.TELL, M.WHETHER, M.HEARSAY, M.LISTED, M.FILLER),
    *(M.BODY_WORD, M.REC_WORD, M.OWN, M.EVERYONE, M.WELSH, M.ENGLISH, M.MAYORS, M.COMMISSIONERS),
    *(M.FIRE_COMMISSIONERS, M.NOT, *STATES),
)
_BUT = ("but", "but not", "yet", "though", "although", "while", "whereas")
# "Who did 25 before 15" asks for an order, and "who only has 15 left" of the others too.
_ASKS_FOR_MORE = re.compile(
    r"\b(?:or|before|after|ahead|earlier|later|sooner|quicker|faster|first|only|same|if|should|would|could|may|might|must)\b"
)
_ONE_OF_THEM = re.compile(r"\b(?:only|just|exactly) one of\b")


def states_apart(sentence: Sentence) -> Understanding | None:
    """Ask which state is meant first, or show the named bodies; None where all recommendations share one state."""
    if len(sentence.named_refs) < 2 or sentence.days or sentence.of_kind(PieceKind.PART):
        return None
    if not (sentence.asks or sentence.has(M.LISTED)) or not _is_accounted_for(sentence):
        return None
    states_of_each = _only_one_of_them(sentence) or list(_states_of_each(sentence))
    if len({state for state, _ in states_of_each}) < 2 and not _denies_each(sentence, states_of_each):
        return None
    without_but = sentence.with_pieces(
        tuple(piece for piece in sentence.pieces if not (piece.key in _BUT and piece.means(M.EXCEPT)))
    )
    if bodies_meant(sentence):
        return answered_for_places(without_but, Question(Scope(recommendations=sentence.named_refs)))
    if not sentence.has(*_ASKS_WHO):
        return None
    questions = (
        counted(sentence, Question(Scope(recommendations=refs), (state,))) for state, refs in states_of_each
    )
    answers = [answered_for_places(without_but, question) for question in questions]
    if not all(isinstance(answer, Answerable) for answer in answers):
        return None
    commands = tuple(answer.command for answer in answers if isinstance(answer, Answerable))
    # How they stand together is the last choice.
    return Asked(About.STATE, (*commands, canonical(Question(Scope(recommendations=sentence.named_refs)))))


def _is_accounted_for(sentence: Sentence) -> bool:
    """Whether nothing is left out but a "but"."""
    if sentence.says(_ASKS_FOR_MORE.pattern) and not sentence.says(_ONE_OF_THEM.pattern):
        return False
    left = sentence.left_over(_BESIDE, (PieceKind.REF, PieceKind.NAME))
    return all(piece.key in _BUT for piece in left)


Asks = tuple[State, tuple[Ref, ...]]


def _only_one_of_them(sentence: Sentence) -> list[Asks] | None:
    """Return the state of each recommendation where just one of them is to have it."""
    states = [state for piece in sentence.pieces if (state := state_of(piece))]
    if not _ONE_OF_THEM.search(sentence.lower) or len(states) != 1:
        return None
    return [(states[0], (ref,)) for ref in sentence.named_refs]


def _denies_each(sentence: Sentence, states_of_each: list[Asks]) -> bool:
    """Whether one state is asked of each by itself: "neither 15 nor 16", "just one of 15 and 16"."""
    is_each = sentence.says(_ONE_OF_THEM.pattern) or sentence.says(r"\b(?:neither|nor)\b")
    return is_each and len(states_of_each) > 1


def _states_of_each(sentence: Sentence) -> Iterator[Asks]:
    """Yield each recommendation with its state, which stands before it or, where the first number stands before the
    first state, after it. A denial without a state of its own turns the state that was said before."""
    telling = [piece for piece in sentence.pieces if piece.ref or state_of(piece) or _denies(piece)]
    first = next((piece for piece in telling if not _denies(piece)), None)
    if first is not None and first.ref:
        yield from _with_states_after(telling)
    else:
        yield from _with_states_before(telling)


def _denies(piece: Piece) -> bool:
    return state_of(piece) is None and (piece.means(M.NOT) or piece.key == "but not")


def _with_states_before(telling: list[Piece]) -> Iterator[Asks]:
    state: State | None = None
    denies = False
    for piece in telling:
        if _denies(piece):
            denies = True
        elif piece.ref is not None and state is not None:
            yield opposite_asked(state) if denies else state, (piece.ref,)
        elif (own := state_of(piece)) is not None:
            state, denies = (opposite_asked(own) if denies else own), False


def _with_states_after(telling: list[Piece]) -> Iterator[Asks]:
    refs: list[Ref] = []
    state: State | None = None
    denies = False
    for place, piece in enumerate(telling):
        after = telling[place + 1] if place + 1 < len(telling) else None
        if piece.ref is not None:
            refs.append(piece.ref)
            continue
        if _denies(piece) and after is not None and state_of(after):
            denies = True
            continue
        own = state_of(piece)
        # "15 done but 16 not"
        meant = own if own is not None else state
        if meant is None:
            return
        state = own or state
        yield from (((opposite_asked(meant) if denies or own is None else meant), (ref,)) for ref in refs)
        refs, denies = [], False
