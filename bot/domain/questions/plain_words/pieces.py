"""A plain sentence in pieces: recommendations, names, days, people, words with a meaning, and words without."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body, Named, Names, Region, ReportName
from bot.domain.questions.plain_words.days import DayWords, day_words
from bot.domain.questions.plain_words.meanings import Meaning, Meanings, vocabulary
from bot.domain.questions.plain_words.number_words import TENS, TO_NINETEEN
from bot.domain.questions.plain_words.region_names import REGION_OF_SHORT_NAME
from bot.domain.questions.plain_words.spelling import corrected
from bot.domain.questions.plain_words.tokens import NEGATIONS, Token, TokenKind, spelt_out, tokens_of
from bot.domain.questions.plain_words.word_lists import ORDINARY_WORDS
from bot.domain.register.recommendation_number import NUMBER


@dataclass(frozen=True, slots=True)
class LiveRecommendation:
    """A recommendation that can be asked about. `words` are those of its wording and parts, in small letters."""

    ref: Ref
    due_on: date | None
    words: frozenset[str] = frozenset()
    # False for one that is derived from others: nobody records it.
    is_addressed: bool = True


class LiveRecommendations:
    """All that are live, in order, and by their numbers: looked up for each word of a sentence."""

    def __init__(self, live: Iterable[LiveRecommendation] = (), *, has_all_words: bool = True) -> None:
        self._live = tuple(live)
        # Whether the words of each wording are known; else no recommendation is found by its words alone.
        self.has_all_words = has_all_words
        self.due_days = frozenset(recommendation.due_on for recommendation in self._live)
        self.report_keys = frozenset(
            recommendation.ref.report for recommendation in self._live if recommendation.ref.report
        )
        by_number: dict[str, list[LiveRecommendation]] = {}
        for recommendation in self._live:
            by_number.setdefault(recommendation.ref.number, []).append(recommendation)
        self.by_number = {number: tuple(recommendations) for number, recommendations in by_number.items()}

    def __iter__(self) -> Iterator[LiveRecommendation]:
        return iter(self._live)

    def with_number(self, number: str) -> tuple[LiveRecommendation, ...]:
        return self.by_number.get(number, ())


@dataclass(frozen=True, slots=True)
class Asker:
    """Who types. It decides what is offered, never what is allowed."""

    bodies: tuple[Body, ...] = ()
    is_coordinator: bool = False

    @property
    def records(self) -> bool:
        return self.is_coordinator or bool(self.bodies)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a sentence is read against."""

    names: Names
    bodies: tuple[Body, ...]
    live: LiveRecommendations
    today: date  # a London date
    regions: tuple[str, ...] = ()
    # A body's code to the name of its region.
    region_of: Mapping[str, str] = field(default_factory=dict)
    # Every word of a name, so that typing errors in it are forgiven.
    name_words: tuple[str, ...] = ()
    # recbot's own user id: its mention is no person meant.
    bot_user_id: str = ""
    # The keys of the reports that ask bodies to publish their response.
    publishing: frozenset[str] = frozenset()

    @property
    def addressed(self) -> tuple[Ref, ...]:
        """Those that bodies answer, as one types them: with the report's name only where that is needed."""
        return tuple(self.short(live.ref) for live in self.live if live.is_addressed)

    def short(self, ref: Ref) -> Ref:
        reports = {live.ref.report for live in self.live.with_number(ref.number)}
        return Ref(None, ref.number) if len(reports) < 2 else ref

    def is_addressed(self, ref: Ref) -> bool:
        """Whether bodies answer it; one that is not known may be one."""
        live = self.live.with_number(ref.number)
        return not live or any(candidate.is_addressed for candidate in live)

    def meant_by(self, ref: Ref) -> tuple[Ref, ...]:
        """Return the recommendations that a number can be: several where several live reports have it."""
        live = tuple(
            self.short(live.ref)
            for live in self.live.with_number(ref.number)
            if ref.report in (None, live.ref.report)
        )
        return live if ref.report is None and len(live) > 1 else (ref,)


class PieceKind(Enum):
    REF = auto()
    PART = auto()
    NAME = auto()
    DAY = auto()
    PERSON = auto()
    WORDS = auto()
    MARK = auto()
    UNKNOWN = auto()
    STRANGE = auto()  # a channel, a broadcast, a link, an odd sign: nothing is answered beside it


@dataclass(frozen=True, slots=True)
class Piece:
    """The words `text[start:end]` of a sentence and what they are; `key` is how they are compared."""

    kind: PieceKind
    start: int
    end: int
    key: str = ""
    meanings: Meanings = frozenset()
    ref: Ref | None = None
    named: tuple[Named, ...] = ()
    day: DayWords | None = None
    user_id: str = ""
    is_possessive: bool = False

    @property
    def bodies(self) -> tuple[Body, ...]:
        return tuple(meaning for meaning in self.named if isinstance(meaning, Body))

    @property
    def regions(self) -> tuple[Region, ...]:
        return tuple(meaning for meaning in self.named if isinstance(meaning, Region))

    @property
    def reports(self) -> tuple[ReportName, ...]:
        return tuple(meaning for meaning in self.named if isinstance(meaning, ReportName))

    def means(self, *meanings: Meaning) -> bool:
        return not self.meanings.isdisjoint(meanings)


def pieces_in(text: str, around: Surroundings) -> tuple[Piece, ...]:
    """Return the pieces of `text`, from left to right, each by itself; recbot's own mention is left out."""
    tokens = _spelt_right(tokens_of(text), around)
    pieces: list[Piece] = []
    place = 0
    while place < len(tokens):
        piece, taken = _piece_at(tokens, place, around)
        if piece is not None:
            pieces.append(piece)
        place += taken
    return tuple(pieces)


_Found = tuple[Piece, int] | None


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
    key = _OF_SEVERAL.get(token.key, token.key)
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


# Short for several counties or regions, and no town's plural.
_OF_SEVERAL = {"yorks": "yorkshire", "mids": "midlands"}


# --- Days

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
    )
)
_NO_DAYS_ALONE = frozenset(("mon", "sat", "sun", "wed", "few", "couple", "a", "an", "second"))


def _day(tokens: Sequence[Token], place: int, around: Surroundings) -> _Found:
    reading = day_words(tokens[place:], around.today)
    if reading is None:
        return None
    words = [token.key for token in tokens[place : place + reading.taken]]
    before = tokens[place - 1].key if place else ""
    if words == ["may"] and before not in _LEADS_TO_A_MONTH:
        return None
    if len(words) == 1 and words[0] in _NO_DAYS_ALONE:
        return None
    if "to" in words and before in _BEFORE_A_NUMBER and _is_live(words[0], around):
        # In "extend 16 to 30 May" the first number is a recommendation's.
        return None
    last = tokens[place + reading.taken - 1]
    return Piece(PieceKind.DAY, tokens[place].start, last.end, " ".join(words), day=reading), reading.taken


_BEFORE_A_NUMBER = frozenset(
    (
        "on",
        "for",
        "with",
        "extend",
        "extending",
        "move",
        "push",
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


# --- Recommendations

_NUMBER = re.compile(rf"#?(?:r|recs?|recommendations?)?[.#-]?({NUMBER})")
_PART = re.compile(r"([0-9.]+)([a-z])")
_ORDINAL = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)")
_NUMBER_WORDS = frozenset(
    ("#", "r", "rec", "recs", "recommendation", "recommendations", "no", "number", "numbers")
)


def _recommendation(tokens: Sequence[Token], place: int, around: Surroundings) -> _Found:
    token = tokens[place]
    known = around.live.by_number.keys()
    if token.key in _NUMBER_WORDS:
        skip = 2 if _key(tokens, place + 1) == "." else 1
        number = _number(tokens, place + skip)
        # "No one" is nobody, and "no 1" a recommendation.
        is_nobody = token.key == "no" and not any(map(str.isdigit, _key(tokens, place + skip)))
        if number and not is_nobody:
            return _numbered(tokens, place, number[0], skip + number[1], known)
    number = _number(tokens, place)
    if number and token.key.isdigit() and _counts(tokens, place + number[1]):
        return None
    if number is None or _ORDINAL.fullmatch(token.key) or not _is_one_of(known, number[0]):
        return None
    return _numbered(tokens, place, number[0], number[1], known)


_COUNTED = frozenset(
    (
        "bodies",
        "forces",
        "pccs",
        "commissioners",
        "areas",
        "offices",
        "members",
        "people",
        "pages",
        "officers",
    )
)
_OF_HOW_MANY = frozenset(("43", "us", "them", "those", "bodies", "forces", "pccs"))


def _counts(tokens: Sequence[Token], place: int) -> bool:
    """Whether what stands here was counted: "15 forces", "16 of the 43"."""
    if _key(tokens, place) in _COUNTED:
        return True
    after_of = place + (2 if _key(tokens, place + 1) == "the" else 1)
    return _key(tokens, place) == "of" and _key(tokens, after_of) in _OF_HOW_MANY


def _is_one_of(known: Collection[str], number: str) -> bool:
    """Whether there is such a recommendation, or a part of one: any other number alone may count anything."""
    part = _PART.fullmatch(number)
    return number in known or (part is not None and part[1] in known)


def _numbered(
    tokens: Sequence[Token], place: int, number: str, taken: int, known: Collection[str]
) -> tuple[Piece, int]:
    """Return the recommendation; "15a" is part a of 15 where there is a 15 and no 15a."""
    start, end = tokens[place].start, tokens[place + taken - 1].end
    part = _PART.fullmatch(number)
    if part and number not in known and part[1] in known:
        return Piece(PieceKind.PART, start, end, part[2], ref=Ref(None, part[1])), taken
    letter = _letter_in_brackets(tokens, place + taken)
    if letter:
        end = tokens[place + taken + 2].end
        return Piece(PieceKind.PART, start, end, letter, ref=Ref(None, number)), taken + 3
    return Piece(PieceKind.REF, start, end, number, ref=Ref(None, number)), taken


def _letter_in_brackets(tokens: Sequence[Token], place: int) -> str:
    """Return the part's letter in "15(a)"; empty where there is none."""
    is_one = _key(tokens, place) == "(" and _key(tokens, place + 2) == ")"
    letter = _key(tokens, place + 1) if is_one else ""
    return letter if re.fullmatch("[a-z]", letter) else ""


def _number(tokens: Sequence[Token], place: int) -> tuple[str, int] | None:
    """Return a recommendation's number, in figures or in words, and how many tokens it takes."""
    key = _key(tokens, place)
    if match := _NUMBER.fullmatch(key):
        return match[1].lstrip("0") or "0", 1
    first, _, second = key.partition("-")
    if first in TENS and second in TO_NINETEEN:
        return str(TENS[first] + TO_NINETEEN[second]), 1
    if key in TENS:
        after = TO_NINETEEN.get(_key(tokens, place + 1), 10)
        return (str(TENS[key] + after), 2) if after < 10 else (str(TENS[key]), 1)
    return (str(TO_NINETEEN[key]), 1) if key in TO_NINETEEN else None


def _key(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].key if place < len(tokens) else ""


# --- Names

_LONGEST_NAME = 8
_INSIDE_A_NAME = frozenset(("-", "&", ","))
_NO_ENDS_OF_NAMES = frozenset(("and", "&", "the", "of", "for", "in", "with", "on"))
# Names that are words too: "the Met", but "we've met with them".
_WORDS_TOO = frozenset(("met", "city", "gm", "bcp", "asp"))
_KINDS: Mapping[str, type[Named]] = {"body": Body, "region": Region, "report": ReportName}


def _name(tokens: Sequence[Token], place: int, around: Surroundings) -> _Found:
    """Return the longest run of words that names something."""
    for taken in range(min(_LONGEST_NAME, len(tokens) - place), 0, -1):
        run = tokens[place : place + taken]
        if not _can_be_a_name(run):
            continue
        words = " ".join(token.key for token in run)
        if taken == 1 and words in _WORDS_TOO and not _stands_as_a_name(tokens, place):
            continue
        if named := _named(words, around):
            start, end = run[0].start, run[-1].end
            return Piece(
                PieceKind.NAME, start, end, words, named=named, is_possessive=run[-1].possessive
            ), taken
    return None


def _can_be_a_name(run: Sequence[Token]) -> bool:
    if run[0].key in _NO_ENDS_OF_NAMES or run[-1].key in _NO_ENDS_OF_NAMES:
        return False
    if run[-1].kind is not TokenKind.WORD:
        return False
    return all(token.kind is TokenKind.WORD or token.key in _INSIDE_A_NAME for token in run)


_WITHOUT_KINDS = re.compile(r"\b(?:the|force|forces|police|pcc|office)\b")


def _named(words: str, around: Surroundings) -> tuple[Named, ...]:
    """Return all that goes by these words; a plural or possessive "s" too many is forgiven."""
    names, known = around.names, vocabulary().phrases
    region = REGION_OF_SHORT_NAME.get(words)
    if region in around.regions:
        return (Region(region),)
    if words in _OF_SEVERAL:
        return ()
    if words in known or _WITHOUT_KINDS.sub("", words).strip() in known:
        # "As the force" is no name, though "A&S" is.
        return ()
    first, _, rest = words.partition(" ")
    if first in _KINDS and rest:
        of_kind = tuple(meaning for meaning in names.exact(rest) if isinstance(meaning, _KINDS[first]))
        if of_kind:
            return of_kind
    return (
        names.exact(words)
        or (names.exact(words[:-1]) if words.endswith("s") and len(words) > 4 else ())
        or _shire(words, around)
    )


# "Gloucs", "Worcs": the beginning of a county's name and an "s".
_SHORT_SHIRE = re.compile(r"[a-z]{4,6}s")


def _shire(word: str, around: Surroundings) -> tuple[Named, ...]:
    if not _SHORT_SHIRE.fullmatch(word) or word in vocabulary().known_words or word in ORDINARY_WORDS:
        return ()
    counties = [body for body in around.bodies if body.short_name.endswith("shire")]
    begun = [body for body in counties if body.short_name.casefold().startswith(word[:-1])]
    return tuple(begun) if len(begun) == 1 else ()


def _stands_as_a_name(tokens: Sequence[Token], place: int) -> bool:
    """Tell "the Met", "Met" alone and "MET" from the verb in "we've met with them"."""
    if _key(tokens, place + 1) in ("with", "the", "them", "our", "up"):
        return False
    before = tokens[place - 1].key if place else ""
    return tokens[place].capital or before in ("the", "with", "for", "is", "has", "about") or len(tokens) <= 2


# --- Words


def _phrase(tokens: Sequence[Token], place: int, _around: Surroundings) -> _Found:
    """Return the longest phrase of the vocabulary."""
    known = vocabulary()
    first = tokens[place].key.replace("-", " ").split(" ")[0]
    for taken in range(min(known.longest_from.get(first, 0), len(tokens) - place), 0, -1):
        run = tokens[place : place + taken]
        if any(token.kind is not TokenKind.WORD for token in run):
            continue
        words = " ".join(token.key.replace("-", " ") for token in run)
        if meanings := known.meanings(words):
            return Piece(PieceKind.WORDS, run[0].start, run[-1].end, words, meanings), taken
    return None


def _spelt_right(tokens: Sequence[Token], around: Surroundings) -> list[Token]:
    """Return the tokens with typing errors mended: a word that is nothing becomes the likeliest name or word."""
    unknown = 0
    mended: list[Token] = []
    for token in tokens:
        better = _mended(token, around) if unknown < _MOST_MENDED else [token]
        unknown += better[0] is not token
        mended += better
    return mended


# A sentence with more typing errors is not understood anyway, and looking for them takes time.
_MOST_MENDED = 8


def _mended(token: Token, around: Surroundings) -> list[Token]:
    known = vocabulary()
    is_known = token.key in known.known_words or token.key in around.name_words
    if token.kind is not TokenKind.WORD or is_known:
        return [token]
    if negations := corrected(token.key, NEGATIONS):
        return [replace(token, key=key) for key in spelt_out(negations[0])]
    words = corrected(token.key, around.name_words) or corrected(token.key, known.words)
    return [replace(token, key=words[0])] if words else [token]


_READERS: tuple[Callable[[Sequence[Token], int, Surroundings], _Found], ...] = (
    _day,
    _recommendation,
    _name,
    _phrase,
)
