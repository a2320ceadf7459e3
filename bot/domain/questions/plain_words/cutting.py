"""Cuts a plain sentence into its pieces, and mends typing errors in it."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from bot.domain.questions.plain_words.days.reading import day_words
from bot.domain.questions.plain_words.days.spans import DayWords, Span
from bot.domain.questions.plain_words.meanings import Meaning, Meanings, vocabulary
from bot.domain.questions.plain_words.name_pieces import OF_SEVERAL, name, outlet
from bot.domain.questions.plain_words.number_pieces import recommendation
from bot.domain.questions.plain_words.pieces import Piece, PieceKind, PieceTaken
from bot.domain.questions.plain_words.spelling import corrected, written_short
from bot.domain.questions.plain_words.surroundings import Surroundings
from bot.domain.questions.plain_words.tokens import NEGATIONS, Token, TokenKind, spelt_out, tokens_of
from bot.domain.values import replace


def pieces_in(text: str, around: Surroundings) -> tuple[Piece, ...]:
    """Return the pieces of `text`, from left to right, each by itself; recbot's own mention is left out."""
    tokens = _spelt_right(_with_ranges_parted(tokens_of(text), around), around)
    pieces: list[Piece] = []
    place = 0
    while place < len(tokens):
        piece, taken = _piece_at(tokens, place, around)
        if piece is not None:
            pieces.append(piece)
        place += taken
    return tuple(pieces)


_RANGE = re.compile(r"(?P<first>[0-9]{1,3})-(?P<last>[0-9]{1,3})")


def _with_ranges_parted(tokens: Sequence[Token], around: Surroundings) -> list[Token]:
    """Part "15-25" where both are recommendations: else it may be a date."""
    done: list[Token] = []
    for token in tokens:
        words = token.key.replace("–", "-")
        match = _RANGE.fullmatch(words) if "-" in words else None
        if match is None or not (_is_live(match["first"], around) and _is_live(match["last"], around)):
            done.append(token)
            continue
        middle = token.start + len(match["first"])
        done += [
            replace(token, key=match["first"], end=middle),
            replace(token, kind=TokenKind.MARK, key="-", start=middle, end=middle + 1),
            replace(token, key=match["last"], start=middle + 1),
        ]
    return done


def _piece_at(tokens: Sequence[Token], place: int, around: Surroundings) -> tuple[Piece | None, int]:
    token = tokens[place]
    if token.kind is TokenKind.MARK:
        return Piece(PieceKind.MARK, token.start, token.end, token.key), 1
    if token.kind is TokenKind.PERSON:
        person = Piece(PieceKind.PERSON, token.start, token.end, user_id=token.user_id)
        return (None if token.user_id == around.bot_user_id else person), 1
    if token.kind is not TokenKind.WORD:
        return Piece(PieceKind.STRANGE, token.start, token.end), 1
    for reader in _READERS:
        if piece := reader(tokens, place, around):
            return piece
    if _says_how(token.key):
        return Piece(PieceKind.WORDS, token.start, token.end, token.key, frozenset((Meaning.FILLER,))), 1
    key = OF_SEVERAL.get(token.key, token.key)
    unknown = Piece(PieceKind.UNKNOWN, token.start, token.end, key, is_possessive=token.possessive)
    return unknown, 1


# Words in "-ly" that narrow what they stand beside, or are no adverbs.
_NARROWS = frozenset(
    (
        *(
            "newly",
            "early",
            "monthly",
            "weekly",
            "daily",
            "quarterly",
            "yearly",
            "annually",
            "solely",
            "exclusively",
        ),
        *(
            "publicly",
            "privately",
            "partially",
            "reply",
            "supply",
            "apply",
            "family",
            "july",
            "italy",
            "fully",
            "previously",
        ),
        *(
            "formerly",
            "recently",
            "consistently",
            "repeatedly",
            "frequently",
            "regularly",
            "rarely",
            "secretly",
            "falsely",
        ),
        *(
            "assembly",
            "anomaly",
            "multiply",
            "imply",
            "comply",
            "rely",
            "elderly",
            "likely",
            "unlikely",
            "only",
            "friendly",
        ),
        *(
            "unfairly",
            "illegally",
            "independently",
            "internally",
            "externally",
            "financially",
            "poorly",
            "badly",
        ),
    )
)
_SHORTEST_ADVERB = 6


def _says_how(word: str) -> bool:
    """Whether an adverb that is not known says nothing of its own in a question: "realistically", "seriously"."""
    return len(word) >= _SHORTEST_ADVERB and word.endswith("ly") and word not in _NARROWS


# "may" asks and "march" walks: as a month they follow a word that leads to a day.
_LEADS_TO_A_MONTH = frozenset(
    (
        "in",
        "by",
        "until",
        "till",
        "since",
        "before",
        "after",
        "to",
        "from",
        "end",
        "of",
        "and",
        "this",
        "last",
        "than",
    )
)
_NO_DAYS_ALONE = frozenset(("mon", "sat", "sun", "wed", "few", "couple", "a", "an", "second"))


def _day(tokens: Sequence[Token], place: int, around: Surroundings) -> PieceTaken:
    reading = day_words(tokens[place:], around.today) or _year(tokens, place)
    if reading is None:
        return None
    words = [token.key for token in tokens[place : place + reading.taken]]
    before = tokens[place - 1].key if place else ""
    if words == ["may"] and before not in _LEADS_TO_A_MONTH:
        return None
    if len(words) == 1 and words[0] in _NO_DAYS_ALONE:
        return None
    after = tokens[place + reading.taken].key if place + reading.taken < len(tokens) else ""
    if words[-1] == "may" and after in _AFTER_A_VERB and _is_live(words[0], around):
        # In "whose words on 16 may be quoted" nothing is a month.
        return None
    if _parts_a_number_from_a_day(words, before) and _is_live(words[0], around):
        # In "extend 16 to 30 May" the first number is a recommendation's.
        return None
    last = tokens[place + reading.taken - 1]
    return Piece(PieceKind.DAY, tokens[place].start, last.end, " ".join(words), day=reading), reading.taken


def _year(tokens: Sequence[Token], place: int) -> DayWords | None:
    """Read a year after a word that leads to a time: "deadlines in 2026"."""
    word = tokens[place].key
    if not _YEAR.fullmatch(word) or not place or tokens[place - 1].key not in _LEADS_TO_A_YEAR:
        return None
    year = Span(date(int(word), 1, 1), date(int(word), 12, 31))
    return DayWords(1, year, year)


_YEAR = re.compile(r"20[0-9]{2}")
_LEADS_TO_A_YEAR = frozenset(("in", "during", "throughout", "through"))


def _parts_a_number_from_a_day(words: Sequence[str], before: str) -> bool:
    """Return whether "16 until 30 May" is a number and a day, and no span: after "on", or with a colon between."""
    joint = words[1] if len(words) > 2 else ""
    return joint == ":" or (
        ("to" in words or joint in ("until", "till", "til")) and before in _BEFORE_A_NUMBER
    )


_AFTER_A_VERB = frozenset(("be", "have", "not", "well", "still", "yet"))
_BEFORE_A_NUMBER = frozenset(
    (
        "on",
        "for",
        "with",
        "extend",
        "extending",
        "move",
        "push",
        "back",
        "change",
        "put",
        "shift",
        "set",
        "defer",
        "postpone",
    )
)


def _is_live(number: str, around: Surroundings) -> bool:
    return number in around.live.by_number


def _phrase(tokens: Sequence[Token], place: int, _around: Surroundings) -> PieceTaken:
    """Return the longest phrase of the vocabulary."""
    known = vocabulary()
    first = tokens[place].key.replace("-", " ").split(" ")[0]
    run: list[str] = []
    for token in tokens[place : place + known.longest_from.get(first, 0)]:
        if token.kind is not TokenKind.WORD:
            break
        run.append(token.key.replace("-", " "))
    for taken in range(len(run), 0, -1):
        words = " ".join(run[:taken])
        if meanings := known.phrases.get(words):
            last = place + taken - 1
            if taken > 1 and _leads_on(tokens, last, words, meanings):
                continue
            return Piece(PieceKind.WORDS, tokens[place].start, tokens[last].end, words, meanings), taken
    return None


# "As Word", ", Word": with its capital it is no word of a recommendation.
_PROGRAM = "word"


def _program(tokens: Sequence[Token], place: int, _around: Surroundings) -> PieceTaken:
    token = tokens[place]
    is_last = place + 1 == len(tokens) or tokens[place + 1].kind is TokenKind.MARK
    is_after_something = place > 0 and (
        tokens[place - 1].key in ("in", "as", "a", ",", "-", "–", "to", "of", "for")
    )
    if token.key != _PROGRAM or not token.capital or not (is_after_something and is_last):
        return None
    return Piece(PieceKind.WORDS, token.start, token.end, "docx", frozenset((Meaning.DOCX,))), 1


_PREPOSITIONS = frozenset(("on", "in", "at"))


def _leads_on(tokens: Sequence[Token], place: int, words: str, meanings: Meanings) -> bool:
    """Whether the last word of a phrase, a preposition, begins another: "left on" before "on my plate"."""
    known = vocabulary()
    before, _, last = words.rpartition(" ")
    if last not in _PREPOSITIONS or known.meanings(before) != meanings:
        return False
    longest = min(known.longest_from.get(last, 0), len(tokens) - place)
    runs = (tokens[place : place + taken] for taken in range(3, longest + 1))
    return any(known.meanings(" ".join(token.key for token in run)) for run in runs)


def _spelt_right(tokens: Sequence[Token], around: Surroundings) -> list[Token]:
    """Return the tokens with typing errors mended: a word that is nothing becomes the likeliest name or word."""
    unknown = 0
    mended: list[Token] = []
    for place, token in enumerate(tokens):
        is_name = _is_written_as_a_name(tokens, place)
        better = _mended(token, around, is_name=is_name) if unknown < _MOST_MENDED else [token]
        unknown += better[0] is not token
        mended += better
    return mended


# A sentence with more typing errors is not understood anyway, and looking for them takes time.
_MOST_MENDED = 8


def _is_written_as_a_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word has a capital that no beginning of a sentence gives it: "mark Medway complete"."""
    if not place or not tokens[place].capital or tokens[place - 1].kind is not TokenKind.WORD:
        return False
    return not all(token.capital for token in tokens if token.kind is TokenKind.WORD)


def _mended(token: Token, around: Surroundings, *, is_name: bool) -> list[Token]:
    """Return the likeliest words for one that is not known; a name is mended towards names alone."""
    known = vocabulary()
    is_known = token.key in known.known_words or token.key in around.name_words
    if token.kind is not TokenKind.WORD or is_known:
        return [token]
    if negations := corrected(token.key, NEGATIONS):
        return [replace(token, key=key) for key in spelt_out(negations[0])]
    names = corrected(token.key, around.name_words)
    if is_name:
        return [replace(token, key=names[0])] if names else [token]
    words = names or corrected(token.key, known.words) or written_short(token.key, known.by_skeleton)
    if names and token.key not in OF_SEVERAL and names[0] in OF_SEVERAL:
        # "Misd" is "missed" and not the Midlands.
        words = written_short(token.key, known.by_skeleton) or names
    return [replace(token, key=words[0])] if words else [token]


_READERS: tuple[Callable[[Sequence[Token], int, Surroundings], PieceTaken], ...] = (
    _day,
    recommendation,
    _program,
    outlet,
    name,
    _phrase,
)
