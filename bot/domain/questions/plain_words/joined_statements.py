"""Two statements in one sentence: "we accept 15 and decline 16: no money", "Dorset yes to 15, no to 16".

Each is offered by itself, with its own words."""

from collections.abc import Sequence

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.offering import recording_of
from bot.domain.questions.plain_words.states import ANSWERS, STAGES, state_of
from bot.domain.questions.plain_words.understanding import NotAnswered, Offered, Understanding, WhyNot

_CUTS = frozenset((",", ";", ".", "and", "but", "while", "whereas", "-", "–", "—", "&"))
_MOST = 3


def statements_in(sentence: Sentence) -> Understanding | None:
    """Offer what each of several statements would record; None where there is one, or one is not clear."""
    runs = _parted(sentence.pieces)
    if not 1 < len(runs) <= _MOST:
        return None
    commands: list[str] = []
    for run in runs:
        understood = recording_of(_alone(sentence, run, runs[0]).as_a_statement())
        if isinstance(understood, NotAnswered) and understood.why is WhyNot.NOT_YOURS:
            return understood
        if not isinstance(understood, Offered):
            return None
        commands += understood.commands
    return Offered(tuple(dict.fromkeys(commands)))


def _parted(pieces: Sequence[Piece]) -> list[Sequence[Piece]]:
    """Cut between two statements that each have a number and a state of their own.

    Numbers alone go on with the statement before them: "we've done 15 and 16 but 25 is stuck"."""
    ends = [place for place, piece in enumerate(pieces) if piece.key in _CUTS]
    bounds: list[tuple[int, int]] = []
    start = 0
    for end in (*ends, len(pieces)):
        run = pieces[start:end]
        first = pieces[slice(*bounds[0])] if bounds else ()
        begins = not bounds and end < len(pieces) and _says_of_a_body(pieces, end)
        if begins or _states(run) or (bounds and (_says_of_another(run) or _goes_on_about_it(first, run))):
            bounds.append((start, end))
        elif bounds and not any(map(state_of, run)) and (end < len(pieces) or _only_numbers(run)):
            bounds[-1] = (bounds[-1][0], end)
        else:
            continue
        start = end + 1
    if bounds and start < len(pieces):
        # What is left is the last one's text.
        bounds[-1] = (bounds[-1][0], len(pieces))
    return [pieces[first:last] for first, last in bounds]


def _only_numbers(run: Sequence[Piece]) -> bool:
    return all(piece.kind is PieceKind.REF or piece.means(M.NEUTRAL) for piece in run)


def _states(run: Sequence[Piece]) -> bool:
    return any(piece.kind is PieceKind.REF for piece in run) and any(map(state_of, run))


def _says_of_a_body(pieces: Sequence[Piece], end: int) -> bool:
    """Whether it begins with a body and what holds of it, and the numbers stand at the end: "Gwent yes, Essex no on
    15"."""
    numbered = [place for place, piece in enumerate(pieces) if piece.kind is PieceKind.REF]
    return (
        bool(numbered)
        and numbered[0] > end
        and _says_of_another(pieces[:end])
        and _says_of_another(pieces[end + 1 :])
    )


def _says_of_another(run: Sequence[Piece]) -> bool:
    """Whether it begins with another body and says what holds of it: "Essex says yes to 16, Kent says no"."""
    first = next((piece for piece in run if not piece.means(M.NEUTRAL)), None)
    return first is not None and bool(first.bodies) and any(map(state_of, run))


_IT = frozenset(("it", "that", "this", "them", "is it", "it is"))


def _goes_on_about_it(first: Sequence[Piece], run: Sequence[Piece]) -> bool:
    """Whether it says how far it is, of what is accepted before: "we accept 15 and have started on it"."""
    is_accepted = any(piece.means(M.ACCEPT) for piece in first) and not any(
        piece.means(*STAGES) for piece in first
    )
    says_how_far = any(piece.means(*STAGES) for piece in run) and not any(
        piece.means(*ANSWERS) for piece in run
    )
    return (
        is_accepted
        and says_how_far
        and any(piece.key in _IT for piece in run)
        and not any(piece.bodies for piece in run)
    )


def _alone(sentence: Sentence, run: Sequence[Piece], first: Sequence[Piece]) -> Sentence:
    """Return one statement as a sentence, with the bodies that the first one names where it names none."""
    text = sentence.text[run[0].start : run[-1].end]
    if run is not first and not any(piece.kind is PieceKind.NAME for piece in run):
        names = [sentence.text[piece.start : piece.end] for piece in first if piece.kind is PieceKind.NAME]
        text = " ".join((*names, text))
    if not any(piece.kind is PieceKind.REF for piece in run):
        numbered = first if any(piece.ref for piece in first) else sentence.pieces
        numbers = [str(piece.ref) for piece in numbered if piece.kind is PieceKind.REF]
        text = f"{text} on {' '.join(numbers)}"
    return Sentence.of(text, sentence.asker, sentence.around)
