"""Which states a sentence asks for: "hasn't started", "not accepted", "blocked or late"."""

from bot.domain.questions.model import AskedState as State
from bot.domain.questions.model import opposite_of
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece
from bot.domain.questions.plain_words.sentence import Sentence

# In this order: what says more comes first, so that "not started" is not "started".
_STATE_OF: tuple[tuple[M, State], ...] = (
    (M.NOT_STARTED, State.NOT_STARTED),
    (M.UNBLOCKED, State.IN_PROGRESS),
    (M.BLOCKED, State.BLOCKED),
    (M.NOT_CHECKED, State.NOT_CHECKED),
    (M.CHECKED, State.CHECKED),
    (M.COMPLETE, State.COMPLETE),
    (M.STARTED, State.STARTED),
    (M.PARTLY, State.IN_PART),
    (M.DECLINE, State.NOT_ACCEPTED),
    (M.ACCEPT, State.ACCEPTED),
)
STAGES = (M.COMPLETE, M.STARTED, M.NOT_STARTED, M.BLOCKED, M.UNBLOCKED, M.CHECKED, M.NOT_CHECKED)
ANSWERS = (M.ACCEPT, M.PARTLY, M.DECLINE)
STATES = (*STAGES, *ANSWERS)
# Said of what goes on, not of what has begun once.
_GOES_ON = (
    "progress",
    "progressing",
    "under way",
    "underway",
    "ongoing",
    "working on",
    "working through",
    "ploughing on",
    "pressing on",
    "pushing on",
    "in hand",
    "in train",
    "part way",
    "partway",
    "half way",
    "halfway",
    "midway",
    "mid way",
    "mid flow",
    "middle of",
    "thick of",
    "on with",
    "midst of",
    "throes of",
    "on the go",
    "in flight",
    "still at it",
    "still going",
    "still working",
    "cracking on",
    "plugging away",
    "chipping away",
    "busy with",
    "busy on",
    "at work on",
)


def state_of(piece: Piece) -> State | None:
    """Return the state that a piece says, before any "not"."""
    if not piece.means(*STATES):
        return None
    state = next((state for meaning, state in _STATE_OF if piece.means(meaning)), None)
    if state is State.STARTED and any(words in piece.key for words in _GOES_ON):
        return State.IN_PROGRESS
    return state


def is_negated(sentence: Sentence) -> bool:
    """Return whether a "not" stands beside a state that does not hold it already."""
    return any(piece.means(M.NOT) and state_of(piece) is None for piece in sentence.pieces)


def is_denied(sentence: Sentence, meaning: M) -> bool:
    """Return whether a "not" leads, over small words, to what has a meaning: "has not gone quiet"."""
    denies = False
    for piece in sentence.pieces:
        if denies and piece.means(meaning):
            return True
        if piece.means(M.NOT) and not piece.means(meaning):
            denies = True
        elif not piece.means(M.NEUTRAL):
            denies = False
    return False


def states_asked(sentence: Sentence) -> list[State]:
    """Return the states that are asked for, in order; a "not" turns the next one into its opposite, and those
    that follow it after "or"."""
    states: list[State] = []
    negates = joins = False
    for piece in sentence.pieces:
        state = state_of(piece)
        joins = joins or piece.key in ("and", "or", ",")
        if state is State.IN_PART and states[-1:] == [State.ACCEPTED] and not joins:
            # "Has accepted 15 in part"
            states[-1] = state
        elif state is not None:
            joins = False
            states.append(opposite_asked(state) if negates else state)
        elif piece.means(M.NOT) or piece.key == "but not":
            negates = True
        elif piece.key in ("and", "but", ",") and states:
            negates = False
    if negates and len(states) == 1 and not _is_denied_before(sentence):
        # "Who accepted neither": the word stands after its state.
        return []
    stands_after = is_negated(sentence) and not negates and not _is_denied_before(sentence)
    if stands_after and len(states) == 1:
        # "25 started not" and "started 25, haven't they not": the word stands after its state.
        states = [opposite_asked(states[0])]
    return _together(list(dict.fromkeys(states)))


def _is_denied_before(sentence: Sentence) -> bool:
    """Return whether a "not" stands before the first state."""
    first = next((piece.start for piece in sentence.pieces if state_of(piece)), 0)
    return any(
        piece.means(M.NOT) and state_of(piece) is None and piece.start < first for piece in sentence.pieces
    )


def _together(states: list[State]) -> list[State]:
    """Return what states say together: neither accepted nor declined is no answer yet, and what is checked,
    or is still to be, is complete."""
    if set(states) == {State.NOT_YET_ACCEPTED, State.NOT_ACCEPTED} and len(states) == 2:
        return [State.WAITING]
    if State.CHECKED in states or State.NOT_CHECKED in states:
        return [state for state in states if state is not State.COMPLETE]
    if State.NOT_STARTED in states and State.STARTED in states:
        return [state for state in states if state is not State.STARTED]
    return states


def opposite_asked(state: State) -> State:
    """Return the state of those of whom this one does not hold. What already says "not" stays as it is; "not
    in progress" is "not started"."""
    if state in (State.NOT_STARTED, State.NOT_ACCEPTED, State.NOT_CHECKED):
        return state
    if state is State.IN_PROGRESS:
        return State.NOT_STARTED
    return opposite_of(state) or state
