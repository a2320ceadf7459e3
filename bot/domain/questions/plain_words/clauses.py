"""A sentence of several clauses: what leads on to a question, or two questions in one.

"Nothing from Dorset for weeks, where are they on 16" asks one thing, "who is late and when is 16 due" asks two."""

import re

from msgspec import Struct

from bot.domain.questions.model import Now, Question, Scope, Shape
from bot.domain.questions.names import Body
from bot.domain.questions.plain_words.kinds_of_question import question_in
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import (
    About,
    Answerable,
    Asked,
    NotAnswered,
    Understanding,
    WhyNot,
)
from bot.domain.questions.written import canonical

_MARKS = frozenset((",", ";", "-", "–", "—", "?", ".", "…", ":", "!"))
_JOINS = frozenset(("and", "but", "so", "also", "then", "plus", "and also", "but also"))
_ASK = (M.WHO, M.WHICH, M.WHAT, M.WHEN, M.WHERE, M.WHY, M.HOW, M.HOW_MANY, M.ANY, M.TELL, M.WHETHER)
_MOST_CLAUSES = 3
# What narrows the question, or makes it one about what is not so.
_NARROWS = re.compile(
    r"\b(?:if|unless|once|when|whenever|assuming|imagine|suppose|of (?:the|those|all)|among|out of|except|excluding|"
    r"apart|leaving|other than|not counting|besides|aside|only|just(?! (?:off|been|had|got off|come|spoke|spoken|seen|heard|rung|rang|met|put|emailed)\b))\b"
)
_POINTS_BACK = re.compile(r"\b(?:they|them|their|theirs|there|it|its|that|he|she)\b")


class _Clause(Struct, frozen=True):
    text: str
    pieces: tuple[Piece, ...]
    asks: bool


def clauses_in(sentence: Sentence) -> Understanding | None:
    """Return what a sentence of several clauses asks; None where it has one, or they are not clear."""
    clauses = _parted(sentence)
    asking = [clause for clause in clauses if clause.asks]
    if not 1 < len(clauses) <= _MOST_CLAUSES or not 1 <= len(asking) < _MOST_CLAUSES:
        return None
    if len(asking) == 1:
        return _led_on_to(sentence, clauses, asking[0])
    return _two_questions(sentence, clauses, asking)


def two_questions_in(sentence: Sentence, whole: Question) -> Understanding | None:
    """Ask which of two questions is meant, where each clause begins with a question word of its own and the whole was
    understood as something narrower: "what's overdue and what's due next", "who is late and who is stuck"."""
    if not whole.conditions and whole.shape is Shape.LIST:
        # How all of it stands answers both.
        return None
    clauses = _parted(sentence)
    if len(clauses) != 2 or not all(_begins_by_asking(sentence, clause) for clause in clauses):
        return None
    first, second = clauses
    understood = [_asked_by(sentence, first, [second]), _asked_by(sentence, second, [first])]
    questions = [
        answer.question for answer in understood if isinstance(answer, Answerable) and answer.question
    ]
    if len(questions) != 2 or _asks_the_same(*questions):
        return None
    if _counts_of_one(sentence, clauses, questions):
        # "How many have accepted 15 and how many have finished it": its own screen counts both.
        question = Question(questions[0].scope)
        return Answerable(canonical(question), question)
    return Asked(
        About.QUESTION, tuple(answer.command for answer in understood if isinstance(answer, Answerable))
    )


def _counts_of_one(sentence: Sentence, clauses: list[_Clause], questions: list[Question]) -> bool:
    """Whether both questions ask how many, of one and the same recommendation as it stands now."""
    ask_how_many = all(sentence.with_pieces(clause.pieces).has(M.HOW_MANY) for clause in clauses)
    first, second = questions
    is_of_one = first.scope == second.scope == Scope(recommendations=first.scope.recommendations[:1])
    return (
        ask_how_many
        and is_of_one
        and bool(first.scope.recommendations)
        and all(question.time == Now() for question in questions)
    )


def _begins_by_asking(sentence: Sentence, clause: _Clause) -> bool:
    return sentence.with_pieces(clause.pieces).begins_clauses_with(
        M.WHO, M.WHICH, M.WHAT, M.WHEN, M.WHERE, M.HOW, M.HOW_MANY, M.CONTACT
    )


def _asks_the_same(first: Question, second: Question) -> bool:
    """Return whether two questions differ in nothing but of what they are asked."""
    return (first.conditions, first.shape, first.time) == (second.conditions, second.shape, second.time)


def _parted(sentence: Sentence) -> list[_Clause]:
    """Return the clauses: each begins after a mark, or at a joining word that a question follows."""
    starts = [0]
    for place, piece in enumerate(sentence.pieces[1:-1], start=1):
        before, after = sentence.pieces[place - 1], sentence.pieces[place + 1]
        is_mark = piece.kind is PieceKind.MARK and piece.key in _MARKS and not _lists(before, after)
        joins = piece.key in _JOINS and (
            after.means(*_ASK) or after.key.startswith("who ") or _turns_round(sentence.pieces[place + 1 :])
        )
        if (is_mark or joins) and place > starts[-1]:
            starts.append(place + 1)
    ends = [*(start - 1 for start in starts[1:]), len(sentence.pieces)]
    runs = (sentence.pieces[start:end] for start, end in zip(starts, ends, strict=True))
    return [_clause(sentence, run) for run in runs if any(piece.kind is not PieceKind.MARK for piece in run)]


def _lists(before: Piece, after: Piece) -> bool:
    """Whether a mark stands between names or numbers: "Kent, Surrey and Essex"."""
    return all(piece.kind in (PieceKind.NAME, PieceKind.REF) for piece in (before, after))


def _turns_round(pieces: tuple[Piece, ...]) -> bool:
    """Whether a clause asks by its order: "… but has it begun"."""
    if len(pieces) < 3 or pieces[0].key not in _AUXILIARIES:
        return False
    return pieces[1].kind is PieceKind.NAME or pieces[1].means(M.OWN) or pieces[1].key in _SUBJECTS


_AUXILIARIES = frozenset(("has", "have", "is", "are", "was", "were", "do", "does", "did", "will", "can"))
_SUBJECTS = frozenset(("it", "they", "he", "she", "there"))


def _clause(sentence: Sentence, run: tuple[Piece, ...]) -> _Clause:
    part = sentence.with_pieces(run)
    asks = part.has(*_ASK) or part.begins_with_an_auxiliary
    return _Clause(sentence.text[run[0].start : run[-1].end], run, asks)


def _led_on_to(sentence: Sentence, clauses: list[_Clause], asking: _Clause) -> Understanding | None:
    """Answer how named bodies stand: nothing that is said before such a question can narrow it."""
    others = [clause for clause in clauses if clause is not asking]
    if any(_NARROWS.search(clause.text.casefold()) for clause in others):
        return None
    if any(piece.kind is PieceKind.DAY for clause in others for piece in clause.pieces):
        # "As at 31 December, had Kent answered 16".
        return None
    understood = _asked_by(sentence, asking, others)
    if isinstance(understood, Answerable) and understood.question and _says_all(understood.question):
        return understood if _names_all(understood.question, sentence) else None
    return None


def _names_all(question: Question, sentence: Sentence) -> bool:
    """Whether the question is of everything that the sentence names."""
    numbers = {ref.number for ref in question.scope.recommendations}
    return {ref.number for ref in sentence.named_refs} <= numbers and set(sentence.bodies) <= set(
        question.scope.places
    )


def _says_all(question: Question) -> bool:
    """Return whether the answer says all that is known of named bodies."""
    places = question.scope.places
    is_of_bodies = bool(places) and all(isinstance(place, Body) for place in places)
    return is_of_bodies and not question.conditions and question.shape in (Shape.LIST, Shape.HISTORY)


def _two_questions(sentence: Sentence, clauses: list[_Clause], asking: list[_Clause]) -> Understanding | None:
    understood = [
        _asked_by(sentence, clause, [other for other in clauses if other is not clause]) for clause in asking
    ]
    commands = tuple(dict.fromkeys(answer.command for answer in understood if isinstance(answer, Answerable)))
    if not commands:
        return None
    if len(clauses) > len(asking) or not all(isinstance(answer, Answerable) for answer in understood):
        return NotAnswered(WhyNot.NOT_UNDERSTOOD, commands)
    return Asked(About.QUESTION, commands)


def _asked_by(sentence: Sentence, clause: _Clause, others: list[_Clause]) -> Understanding | None:
    """Return what a clause asks, with what it points back to in the others."""
    text = clause.text
    points_back = _POINTS_BACK.search(text.casefold()) is not None
    for kind in (PieceKind.REF, PieceKind.NAME):
        if any(piece.kind is kind for piece in clause.pieces):
            continue
        pieces = [piece for other in others for piece in other.pieces if piece.kind is kind]
        if points_back and pieces:
            text += " " + " ".join(sentence.text[piece.start : piece.end] for piece in pieces)
    return question_in(Sentence.of(text, sentence.asker, sentence.around))
