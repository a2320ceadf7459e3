"""The names of bodies, regions and reports in a plain sentence: "the Met", "Gloucs", "West Mids"."""

import re
from collections.abc import Mapping, Sequence

from bot.domain.questions.names import Body, Named, Region, ReportName
from bot.domain.questions.plain_words.meanings import Meaning, vocabulary
from bot.domain.questions.plain_words.number_pieces import key_at
from bot.domain.questions.plain_words.pieces import Piece, PieceKind, PieceTaken
from bot.domain.questions.plain_words.region_names import REGION_OF_SHORT_NAME
from bot.domain.questions.plain_words.surroundings import Surroundings
from bot.domain.questions.plain_words.tokens import Token, TokenKind
from bot.domain.questions.plain_words.word_lists import ORDINARY_WORDS

# Short for several counties or regions, and no town's plural.
OF_SEVERAL = {"yorks": "yorkshire", "mids": "midlands"}
_NEUTRAL = frozenset((Meaning.NEUTRAL,))
_LONGEST_NAME = 8
_INSIDE_A_NAME = frozenset(("-", "&", ","))
# No name begins or ends with these; each spares the looking up of several runs of words.
_NO_ENDS_OF_NAMES = frozenset(
    (
        *(
            "and",
            "&",
            "the",
            "of",
            "for",
            "in",
            "with",
            "on",
            "to",
            "by",
            "from",
            "at",
            "as",
            "or",
            "but",
            "so",
            "if",
        ),
        *(
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "has",
            "have",
            "had",
            "do",
            "does",
            "did",
            "not",
            "yet",
            "still",
        ),
        *(
            "who",
            "what",
            "which",
            "when",
            "where",
            "why",
            "how",
            "any",
            "all",
            "just",
            "please",
            "now",
            "there",
        ),
        *(
            "i",
            "we",
            "us",
            "our",
            "my",
            "you",
            "it",
            "its",
            "they",
            "them",
            "their",
            "this",
            "that",
            "those",
            "these",
        ),
    )
)
# Names that are words too: "the Met", but "we've met with them".
_WORDS_TOO = frozenset(("met", "city", "gm", "bcp", "asp"))
_KINDS: Mapping[str, type[Named]] = {"body": Body, "region": Region, "report": ReportName}


def name(tokens: Sequence[Token], place: int, around: Surroundings) -> PieceTaken:
    """Return the longest run of words that names something."""
    if tokens[place].key in _NO_ENDS_OF_NAMES:
        return None
    longest = _longest_run(tokens, place)
    keys = [token.key for token in tokens[place : place + longest]]
    for taken in range(longest, 0, -1):
        run = tokens[place : place + taken]
        if run[-1].kind is not TokenKind.WORD or run[-1].key in _NO_ENDS_OF_NAMES:
            continue
        words = " ".join(keys[:taken])
        if taken == 1 and words in _WORDS_TOO and not _stands_as_a_name(tokens, place):
            continue
        if taken > 1 and run[0].key == "met" and run[1].key in _AFTER_THE_VERB:
            # "We've met the force"
            continue
        if run[-1].key == "met" and key_at(tokens, place + taken) in _AFTER_THE_VERB:
            # "The PCC met the provider"
            continue
        if named := _meanings_of_name(words, around):
            start, end = run[0].start, run[-1].end
            return Piece(
                PieceKind.NAME, start, end, words, named=named, is_possessive=run[-1].possessive
            ), taken
    return None


# Newspapers and broadcasters that are called after a place: "the Yorkshire Post", "BBC Wales", "Kent Online".
_AFTER_A_PLACE = frozenset(
    (
        *(
            "post",
            "echo",
            "news",
            "times",
            "live",
            "messenger",
            "gazette",
            "express",
            "star",
            "argus",
            "mail",
            "herald",
        ),
        *(
            "mercury",
            "chronicle",
            "journal",
            "observer",
            "standard",
            "online",
            "radio",
            "today",
            "tonight",
            "telegraph",
        ),
        *(
            "evening",
            "guardian",
            "advertiser",
            "examiner",
            "citizen",
            "courier",
            "independent",
            "sentinel",
            "press",
        ),
        *("reporter", "tv", "fm", "world", "matters", "bylines", "leader", "daily", "sound"),
    )
)
_BEFORE_A_PLACE = frozenset(("bbc", "itv", "radio", "sky", "heart"))


def outlet(tokens: Sequence[Token], place: int, around: Surroundings) -> PieceTaken:
    """Return the name of a newspaper or broadcaster as words that say nothing: it names no body."""
    if place + 1 >= len(tokens):
        return None
    first, second = tokens[place], tokens[place + 1]
    is_one_name = first.capital and second.capital and second.start == first.end + 1
    is_broadcast = first.key in _BEFORE_A_PLACE
    is_printed = first.key in around.name_words and second.key in _AFTER_A_PLACE
    if not is_one_name or not (is_broadcast or is_printed):
        return None
    return Piece(PieceKind.WORDS, first.start, second.end, "outlet", _NEUTRAL), 2


def _longest_run(tokens: Sequence[Token], place: int) -> int:
    """Return how many tokens from here on may stand in one name."""
    before = ""
    for taken, token in enumerate(tokens[place : place + _LONGEST_NAME]):
        if token.kind is not TokenKind.WORD and token.key not in _INSIDE_A_NAME:
            return taken
        if before in ("-", ",") and token.key in _NO_ENDS_OF_NAMES:
            # "No from Kent - the force does it" names no "Kent force".
            return taken
        before = token.key
    return min(_LONGEST_NAME, len(tokens) - place)


_WITHOUT_KINDS = re.compile(r"\b(?:the|force|forces|police|pcc|office)\b")


def _meanings_of_name(words: str, around: Surroundings) -> tuple[Named, ...]:
    """Return all that goes by these words; a plural or possessive "s" too many is forgiven."""
    names, known = around.names, vocabulary().phrases
    region = REGION_OF_SHORT_NAME.get(words)
    if region in around.regions:
        return (Region(region),)
    if words in OF_SEVERAL:
        return ()
    if words in known:
        return ()
    named = (
        _of_a_kind(words, around)
        or names.exact(words)
        or (names.exact(words[:-1]) if words.endswith("s") and len(words) > 4 else ())
        or _shire(words, around)
    )
    # "As the force" is no name, though "A&S" is.
    return () if named and _WITHOUT_KINDS.sub("", words).strip() in known else named


def _of_a_kind(words: str, around: Surroundings) -> tuple[Named, ...]:
    """Return what goes by a name after its kind: "body kent", "region wales"."""
    first, _, rest = words.partition(" ")
    if first not in _KINDS or not rest:
        return ()
    return tuple(meaning for meaning in around.names.exact(rest) if isinstance(meaning, _KINDS[first]))


# "Gloucs", "Worcs": the beginning of a county's name and an "s".
_SHORT_SHIRE = re.compile(r"[a-z]{4,6}s")


def _shire(word: str, around: Surroundings) -> tuple[Named, ...]:
    if not _SHORT_SHIRE.fullmatch(word) or word in vocabulary().known_words or word in ORDINARY_WORDS:
        return ()
    counties = [body for body in around.bodies if body.short_name.endswith("shire")]
    begun = [body for body in counties if body.short_name.casefold().startswith(word[:-1])]
    return tuple(begun) if len(begun) == 1 else ()


_AFTER_THE_VERB = frozenset(("with", "the", "them", "our", "up", "their", "a", "an"))


def _stands_as_a_name(tokens: Sequence[Token], place: int) -> bool:
    """Tell "the Met", "Met" alone and "MET" from the verb in "we've met with them"."""
    if key_at(tokens, place + 1) in _AFTER_THE_VERB:
        return False
    before = tokens[place - 1].key if place else ""
    return tokens[place].capital or before in ("the", "with", "for", "is", "has", "about") or len(tokens) <= 2
