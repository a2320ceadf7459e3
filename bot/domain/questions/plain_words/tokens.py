"""A typed text cut into words: contractions spelt out, apostrophes gone, Slack's own marks recognised."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from msgspec import Struct

from bot.domain.questions.plain_words.days.calendar_words import MONTH_NUMBERS
from bot.domain.values import replace

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


class Token(Struct, frozen=True):
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
    # "16:25" is a time of day, and no two recommendations
    r"|(?P<figures>(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?![\w:])|[0-9]{1,4}[/.-][0-9]{1,2}(?:[/.-][0-9]{2,4})?(?![\w/]))"
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
    "cn": ("can",),
    "u": ("you",),
    "cud": ("could",),
    "wud": ("would",),
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
    "l8": ("late",),
    "gr8": ("great",),
    "m8": ("mate",),
    "w8": ("wait",),
    "w8ing": ("waiting",),
    "2day": ("today",),
    "2moro": ("tomorrow",),
    "2morrow": ("tomorrow",),
    "tmrw": ("tomorrow",),
    "2nite": ("tonight",),
    "ne1": ("anyone",),
    "no1": ("nobody",),
    "any1": ("anyone",),
    "neone": ("anyone",),
    "sum1": ("someone",),
    "wen": ("when",),
    "dis": ("this",),
    "dat": ("that",),
    "wiv": ("with",),
    "cuz": ("because",),
    "bcuz": ("because",),
    "bcos": ("because",),
    "bc": ("because",),
    "dunt": ("does", "not"),
    "dint": ("did", "not"),
    "didn": ("did", "not"),
    "ent": ("is", "not"),
    "ain": ("is", "not"),
    "wernt": ("were", "not"),
    "wasnae": ("was", "not"),
    "hasnae": ("has", "not"),
    "dinnae": ("do", "not"),
    "cannae": ("can", "not"),
    "innit": ("is", "not", "it"),
    "mids": ("midlands",),
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
    return tuple(_with_dates_in_words(_with_digits_for_words(tokens[:MOST_WORDS])))


# "Left 4 us", "that last 1"
_AFTER_FOR = frozenset(("us", "me", "u", "you", "them", "our", "my", "the", "all"))
_BEFORE_ONE = frozenset(("last", "that", "this", "the", "which", "any", "each", "every", "other"))


def _with_digits_for_words(tokens: Sequence[Token]) -> list[Token]:
    """Put the words in the place of digits that sound like them."""
    done = list(tokens)
    for place, token in enumerate(tokens):
        if token.key == "this" and place + 1 < len(tokens) and tokens[place + 1].key == "past":
            # "This past month" is the last one to today.
            done[place] = replace(token, key="the")
        before = tokens[place - 1].key if place else ""
        after = tokens[place + 1].key if place + 1 < len(tokens) else ""
        if token.key == "4" and after in _AFTER_FOR:
            done[place] = replace(token, key="for")
        elif token.key == "1" and before in _BEFORE_ONE and not after.isdigit():
            done[place] = replace(token, key="one")
    return done


_TO_NINETEENTH = (
    *(
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
    ),
    *(
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
    ),
)
_DAYS_IN_WORDS = {
    **{word: day for day, word in enumerate(_TO_NINETEENTH, start=1)},
    "twentieth": 20,
    "thirtieth": 30,
    **{f"twenty-{word}": 20 + day for day, word in enumerate(_TO_NINETEENTH[:9], start=1)},
    "thirty-first": 31,
}
# "The first may be" speaks of no month.
_AMBIGUOUS_MONTHS = frozenset(("may", "march"))


def _with_dates_in_words(tokens: Sequence[Token]) -> list[Token]:
    """Put figures in the place of a day in words beside its month: "June thirteenth", "the twenty-first of May"."""
    done: list[Token] = []
    place = 0
    while place < len(tokens):
        token, taken = tokens[place], 1
        if token.key in ("twenty", "thirty") and place + 1 < len(tokens):
            compound = f"{token.key}-{tokens[place + 1].key}"
            if compound in _DAYS_IN_WORDS:
                token, taken = replace(token, key=compound, end=tokens[place + 1].end), 2
        if token.key in _DAYS_IN_WORDS and _stands_beside_a_month(tokens, place, place + taken):
            token = replace(token, key=f"{_DAYS_IN_WORDS[token.key]}th")
        elif taken == 2:
            token, taken = tokens[place], 1
        done.append(token)
        place += taken
    return done


def _stands_beside_a_month(tokens: Sequence[Token], start: int, end: int) -> bool:
    before = tokens[start - 1].key if start else ""
    after = [token.key for token in tokens[end : end + 2]]
    if after[:1] == ["of"] and len(after) > 1:
        return after[1] in MONTH_NUMBERS
    is_before = bool(after) and after[0] in MONTH_NUMBERS and after[0] not in _AMBIGUOUS_MONTHS
    return is_before or (before in MONTH_NUMBERS and before not in _AMBIGUOUS_MONTHS)


def _tokens(match: re.Match[str]) -> list[Token]:
    start, end = match.span()
    match match.lastgroup:
        case "word":
            return _word(match["word"], start, end)
        case "mark":
            return [Token(TokenKind.MARK, match["mark"].replace("？", "?"), start, end)]
        case "figures":
            return [Token(TokenKind.WORD, match["figures"], start, end)]
        case "person":
            return [Token(TokenKind.PERSON, "", start, end, user_id=match["person"])]
        case "channel":
            return [Token(TokenKind.CHANNEL, "", start, end)]
        case "broadcast":
            return [Token(TokenKind.BROADCAST, "", start, end)]
        case "link":
            return [Token(TokenKind.LINK, "", start, end)]
        case "without" | "percent" as words:
            return [Token(TokenKind.WORD, words, start, end)]
        case _:
            return [Token(TokenKind.ODD, match["odd"], start, end)]


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


def with_plain_entities(text: str) -> str:
    """Return the text as it was typed; mentions and links stay as Slack sends them."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
