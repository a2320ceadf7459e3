"""A typed text cut into words: contractions spelt out, apostrophes gone, Slack's own marks recognised."""

import re
from dataclasses import dataclass
from enum import Enum, auto

# A plain question is short. What follows the first words is a text, not a question.
MOST_WORDS = 60


class TokenKind(Enum):
    WORD = auto()
    MARK = auto()  # punctuation that can end the sense: ? ! , ; : . - ( )
    PERSON = auto()  # <@U0SAM|sam>
    CHANNEL = auto()  # <#C0COORD|coordination>
    BROADCAST = auto()  # <!here>, <!channel>
    LINK = auto()  # <https://…|label>
    ODD = auto()  # anything else: it is never passed over


@dataclass(frozen=True, slots=True)
class Token:
    """`key` is what is compared, `start` and `end` its place in the text. Words that come of one contraction
    share their place."""

    kind: TokenKind
    key: str
    start: int
    end: int
    # "kent's", or "kents" where "kents" is nothing of its own
    possessive: bool = False
    # as typed, to tell "the Met" from "we've met"
    capital: bool = False
    user_id: str = ""


_TOKEN = re.compile(
    r"<@(?P<person>[UW][A-Z0-9]+)(?:\|[^<>]*)?>"
    r"|<#(?P<channel>[A-Z0-9]+)(?:\|[^<>]*)?>"
    r"|<!(?P<broadcast>[^<>]*)>"
    r"|(?P<link><?https?://[^\s<>]+>?)"
    r"|(?P<figures>[0-9]{1,4}[/.-][0-9]{1,2}(?:[/.-][0-9]{2,4})?(?![\w/]))"
    r"|(?P<without>\bw/(?:o|out)\b)"
    r"|(?P<percent>%)"
    r"|(?P<word>[^\W_]+(?:['’‘ʼ`´&-][^\W_]+)*['’]?)"
    r"|(?P<mark>[?!,;:.()\-–—\"“”„«»…&/+？'‘’])"
    r"|(?P<odd>\S)"
)
_APOSTROPHE = re.compile(r"['’‘ʼ`´]")

# What begins a contraction with "is", where "'s" elsewhere belongs to a name: "who's", but "kent's".
_BEFORE_IS = frozenset(
    [
        "who",
        "what",
        "where",
        "when",
        "why",
        "how",
        "that",
        "it",
        "there",
        "he",
        "she",
        "here",
        "one",
        "everyone",
        "anyone",
        "someone",
    ]
)
_WHOLE: dict[str, tuple[str, ...]] = {
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "wont": ("will", "not"),
    "shant": ("will", "not"),
    "aint": ("is", "not"),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "ill": ("i", "will"),
    "id": ("i", "would"),
    "weve": ("we", "have"),
    "wev": ("we", "have"),
    "theyve": ("they", "have"),
    "youve": ("you", "have"),
    "theyre": ("they", "are"),
    "youre": ("you", "are"),
    "whos": ("who", "is"),
    "whats": ("what", "is"),
    "wheres": ("where", "is"),
    "whens": ("when", "is"),
    "whys": ("why", "is"),
    "hows": ("how", "is"),
    "thats": ("that", "is"),
    "its": ("it", "is"),
    "theres": ("there", "is"),
    "lets": ("let", "us"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
    "dunno": ("do", "not", "know"),
    "whove": ("who", "have"),
    "howre": ("how", "are"),
    "whatre": ("what", "are"),
    "wats": ("what", "is"),
    "wots": ("what", "is"),
    "wot": ("what",),
    "wat": ("what",),
    "hw": ("how",),
    "em": ("them",),
    "upto": ("up", "to"),
    "teh": ("the",),
    "hte": ("the",),
    "whod": ("who", "would"),
    # Welsh, after "in".
    "ngwent": ("gwent",),
    "nghymru": ("cymru",),
    "nyfed": ("dyfed",),
    "ngogledd": ("gogledd",),
    "hs": ("has",),
    "nt": ("not",),
    "snce": ("since",),
    "hss": ("has",),
    "hsa": ("has",),
    "ahs": ("has",),
    "ahve": ("have",),
    "haev": ("have",),
    "hvae": ("have",),
    "hve": ("have",),
    "hv": ("have",),
    "hvnt": ("have", "not"),
    "hsnt": ("has", "not"),
    "dnt": ("do", "not"),
    "wld": ("would",),
    "cld": ("could",),
    "shld": ("should",),
    "b4": ("before",),
    "cos": ("because",),
    "coz": ("because",),
    "thru": ("through",),
    "ppl": ("people",),
    "recd": ("received",),
    "btwn": ("between",),
    "fro": ("for",),
    "ofr": ("for",),
    "adn": ("and",),
    "nad": ("and",),
    "waht": ("what",),
    "whta": ("what",),
    "whst": ("what",),
    "hwo": ("how",),
    "woh": ("who",),
    "whcih": ("which",),
    "taht": ("that",),
    "thsi": ("this",),
    "jsut": ("just",),
    "knwo": ("know",),
    "cna": ("can",),
    "aer": ("are",),
    "yuo": ("you",),
    "fomr": ("from",),
    "whne": ("when",),
    "wheer": ("where",),
    "si": ("is",),
    "ot": ("to",),
    "ni": ("in",),
    "wiht": ("with",),
    "wtih": ("with",),
    "abotu": ("about",),
    "hwat": ("what",),
    "incomplete": ("not", "complete"),
    "uncompleted": ("not", "completed"),
    "unaccepted": ("not", "accepted"),
    "ohw": ("how",),
}
_ENDINGS = {"ve": "have", "re": "are", "ll": "will", "d": "would", "m": "am"}
# "hasnt" without its apostrophe; "want" and "front" are no contractions.
_NT = frozenset(
    [
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "do",
        "does",
        "did",
        "could",
        "should",
        "would",
        "must",
        "need",
        "might",
        "may",
    ]
)


# Without their apostrophes; a typing error in one must not turn a sentence into its opposite.
NEGATIONS = tuple(sorted(f"{word}nt" for word in _NT if len(word) > 2))


def spelt_out(word: str) -> tuple[str, ...]:
    """Return the words of a contraction: "havent" is "have not"."""
    return _spelt_out(word)[0]


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words and marks of a text as Slack sends it, with `&amp;` and its like already plain."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        tokens += _tokens(match)
        if len(tokens) > MOST_WORDS:
            break
    return tuple(tokens[:MOST_WORDS])


def _tokens(match: re.Match[str]) -> list[Token]:
    start, end = match.span()
    if match["person"]:
        return [Token(TokenKind.PERSON, "", start, end, user_id=match["person"])]
    if match["channel"]:
        return [Token(TokenKind.CHANNEL, "", start, end)]
    if match["broadcast"] is not None:
        return [Token(TokenKind.BROADCAST, "", start, end)]
    if match["link"]:
        return [Token(TokenKind.LINK, "", start, end)]
    if match["figures"]:
        return [Token(TokenKind.WORD, match["figures"], start, end)]
    if match["mark"]:
        return [Token(TokenKind.MARK, match["mark"].replace("？", "?"), start, end)]
    if match["without"]:
        return [Token(TokenKind.WORD, "without", start, end)]
    if match["percent"]:
        return [Token(TokenKind.WORD, "percent", start, end)]
    if match["odd"]:
        return [Token(TokenKind.ODD, match["odd"], start, end)]
    return _word(match["word"], start, end)


def _word(word: str, start: int, end: int) -> list[Token]:
    capital = word[:1].isupper()
    plain = _APOSTROPHE.sub("'", word.casefold())
    keys, possessive = _spelt_out(plain)
    return [Token(TokenKind.WORD, key, start, end, possessive, capital) for key in keys]


def _spelt_out(word: str) -> tuple[tuple[str, ...], bool]:
    """Return a word's parts, and whether it is a possessive."""
    bare = word.replace("'", "")
    if bare in _WHOLE and (bare == word or word not in ("i'd", "i'll")):
        return _WHOLE[bare], False
    if bare.endswith("nt") and bare[:-2] in _NT:
        return (bare[:-2], "not"), False
    stem, _, ending = word.rpartition("'")
    if stem and ending == "t" and stem.endswith("n"):
        return (stem[:-1], "not"), False
    if stem and ending in _ENDINGS:
        return (stem, _ENDINGS[ending]), False
    if stem and ending == "s":
        return ((stem, "is"), False) if stem in _BEFORE_IS else ((stem,), True)
    if stem and not ending:
        return (stem,), True
    return (bare,), False
