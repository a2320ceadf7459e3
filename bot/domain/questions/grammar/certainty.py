"""Whether the words of a command can be taken as they stand.

What records must be said plainly: a question, a negation or a hedge among the words before its text may turn
its meaning into the opposite ("done 15?", "accept 15 not", "nearly complete 15"). The lists name too much
rather than too little: whoever is asked once too often presses a button, whoever is not asked is recorded
with what they never said."""

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum, auto

from msgspec import Struct

from bot.domain.questions.grammar.words import EMOJI, NAMED, words_of


class Doubt(Enum):
    """Why a command is not taken as it stands."""

    QUESTION_MARK = auto()
    QUESTION_WORD = auto()
    NEGATION = auto()
    # Says less, or later, than the words beside it; may well belong to a text.
    HEDGE = auto()
    # Makes what is said depend on something, or leaves something out.
    CONDITION = auto()

    @property
    def asks(self) -> bool:
        return self in (Doubt.QUESTION_MARK, Doubt.QUESTION_WORD)


class DoubtfulWord(Struct, frozen=True):
    """`word` is as it was typed; `first` when nothing stands before it."""

    doubt: Doubt
    word: str
    first: bool = False


def words_in(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text."""
    return frozenset(text.split())


_ASKING = words_in(
    "who whom whose whos which what whats when whens where wheres why whys how hows whether wonder wondering"
    " anyone anybody pwy beth pryd sut pam"
)
# "nt" is what is left of "n't" beside another word.
_AUXILIARIES = words_in(
    "is are am was were be do does did has have had can could will would shall should may might must need"
)
_NEGATED_AUXILIARIES = frozenset(f"{auxiliary}nt" for auxiliary in _AUXILIARIES) | words_in(
    "cant wont shant aint dont cannot nt isn aren wasn weren doesn didn hasn haven hadn couldn wouldn shouldn"
    " mustn needn"
)
_PRONOUNS = words_in("we us you i me it he she they them that this there anyone anybody everyone all")
_TAGS = words_in("right eh huh correct innit or yeah")
_NEGATIONS = _NEGATED_AUXILIARIES | words_in(
    "not never no nope nah none nobody noone nothing nowhere neither nor without zero nto ont noy"
    " nott nevr nver fail fails failed failing refuse refuses refused refusing cancel cancels"
    " cancelled canceled cancelling stop stops stopped stopping ignore disregard scrap forget oops"
    " wrong wrongly mistake mistaken mistakenly incorrect false untrue error undo untick lacking"
    " unable impossible premature pause jk joking kidding ddim nid dim heb"
)
_HEDGES = words_in(
    "yet nearly almost half halfway midway part parts partly partial partially mostly most largely"
    " mainly practically virtually hardly barely scarcely rarely seldom about soon shortly still later"
    " eventually tomorrow next future ongoing pending awaiting awaited wip tbc tbd todo tentative"
    " tentatively draft provisional provisionally sort kind somewhat roughly approx approximately ish"
    " quarter quarters third thirds percent pc some several few close closer toward towards nigh"
    " incoming imminent imminently progressing completing finishing begin starting commencing"
    " undecided due target targeted scheduled longer anymore temporarily interim principle before by"
)
_CONDITIONS = words_in(
    "if unless until till except excepting excepted excluding excludes exception exceptions apart but"
    " only bar minus save maybe perhaps possibly probably presumably likely hopefully potentially"
    " allegedly apparently supposedly supposed should would could might may must will shall ought"
    " going gonna plan plans planned planning hope hopes hoping aim aims aiming intend intends"
    " intended intending expect expects expected expecting want wants wanted wanting need needs needed"
    " try tries tried trying attempt attempts attempting propose proposes proposed proposing subject"
    " conditional conditionally provided providing assuming assume assumes suppose suppose think"
    " thinks believe believes guess reckon seem seems seemingly unsure query doubt doubtful confirm or"
    " either instead rather than other otherwise although though however despite once imagine pretend"
    " hypothetically theoretically meant idk dunno"
)
SMALL_WORDS = words_in(
    "a an the to of for on in with by at from and as re please thanks hi hello we us our ours i me my it"
    " its they them their you your he she his her this that these those there everyone everybody all both"
    " each has have had is are was were been am now already today currently so far also"
    " just ever hereby yes ok okay"
)
# "started 25 not the case" is no text, but the opposite of what was begun.
_SAYS_NOTHING = words_in(
    "case true so happening going really right accurate applicable possible any sure clear way"
)
# "blocked 15 not any more" is the opposite of "blocked 15: not any more".
_NO_LONGER = re.compile(r"\b(?:more|longer|anymore)\b", re.IGNORECASE)
_LIKE_A_STATE = (
    r"accept|agree|complet|done|doing|finish|start|begun|begin|block|check|answer|approv|confirm|certain|sure|"
    r"clear|likely|decid|resolv|progress|respond|declin|reject|implement|deliver|ready|met"
)
_UNDONE = re.compile(rf"(?:un|in|im|non|dis|mis|de)(?:{_LIKE_A_STATE})\w*")

_NAMES_OF_QUESTIONS = re.compile(r"QUESTION|INTERROBANG|THINKING|SHRUG")
_NAMES_OF_NEGATIONS = re.compile(
    r"\bNO\b|\bNOT\b|CROSS MARK|BALLOT X|MULTIPLICATION X|THUMBS DOWN|PROHIBITED|STOP SIGN|OCTAGONAL SIGN"
)
_NAMES_OF_HEDGES = re.compile(r"FRACTION|ALMOST|HOURGLASS")
_EMOJI_QUESTIONS = re.compile(r"question|interrobang|thinking|shrug|confused")
_EMOJI_NEGATIONS = re.compile(
    r"(?:^|[_-])(?:x|no|not|never|cross|negative|stop|down|wrong|fail\w*|1)(?:[_-]|$)|thumbsdown"
)
_EMOJI_HEDGES = re.compile(r"hourglass|construction")

# Marks that combine with a letter, and soft hyphens and joiners that show nothing, belong to the word.
_IN_WORDS = "\u00ad\u200c\u200d\u0300-\u036f"
_TOKEN = re.compile(
    rf"(?P<emoji>{EMOJI.pattern})"
    rf"|(?P<name>{NAMED}+)"
    rf"|(?P<share>[0-9]+\s*(?:%|％)|\b[1-9]\s*/\s*(?:[2-9]|10)\b(?![/.-]?[0-9]))"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)*)"
    rf"|(?P<word>(?:[^\W\d_][{_IN_WORDS}]*)+(?:['’‘ʼ`´＇](?:[^\W\d_][{_IN_WORDS}]*)+)*)"
    r"|(?P<other>!=|[^\w\s])"
)
_NOT_LETTERS = re.compile(r"[\W_]")


def doubts_in(text: str) -> tuple[DoubtfulWord, ...]:
    """Return every word of `text` that asks, negates or hedges, in order.

    What names a body, region or report is `NAMED` instead of its letters: names are no doubts."""
    tokens = [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(text)]
    return tuple(_doubts(tokens))


def is_negated_state(word: str) -> bool:
    """Return whether a word says the opposite of a state by its beginning: incomplete, undone, disagreed."""
    return _UNDONE.fullmatch(_folded(word)) is not None


def is_a_text(text: str, *, fewest: int = 2) -> bool:
    """Return whether words with a doubt among them say something of their own: "not yet in post", but not
    "not yet".

    `fewest` is how many words must stand beside the doubts."""
    doubts = doubts_in(text)
    if _NO_LONGER.search(text) or any(
        word.doubt in (Doubt.CONDITION, Doubt.QUESTION_MARK, Doubt.QUESTION_WORD) for word in doubts
    ):
        return False
    keys = [word.key for word in words_of(text)]
    has_meaning = any(key not in SMALL_WORDS | _SAYS_NOTHING and not doubts_in(key) for key in keys)
    return has_meaning and len(keys) - len(doubts) >= fewest


_SAYS_YES = words_in(
    "agree agreed agrees agreeing accept accepted accepts accepting acceptance fully full whole happy content"
    " glad pleased yes yep recommendation recommendations commissioner pcc mayor office so do"
)


def says_only_yes(text: str) -> bool:
    """Return whether a text says nothing but that it is accepted: "we agree", "yes, in full"."""
    keys = {word.key for word in words_of(text)} - {""}
    says_yes = not keys.isdisjoint(("agree", "agreed", "agrees", "accept", "accepted", "accepts", "yes"))
    return says_yes and keys <= SMALL_WORDS | _SAYS_YES and not doubts_in(text)


def only_denies(text: str, states: frozenset[str], *, by_hedges: bool) -> bool:
    """Return whether a text says nothing but that one of `states` does not hold: "not yet", "nearly done".

    Without `by_hedges` only a negation denies: what is half done is in progress."""
    doubts = [doubtful for doubtful in doubts_in(text) if _folded(doubtful.word) != "still"]
    if not any(by_hedges or doubtful.doubt is Doubt.NEGATION for doubtful in doubts):
        return False
    others = {word.key.strip(NAMED) for word in words_of(text)} - SMALL_WORDS - states
    return not {key for key in others if key and not doubts_in(key)}


_BACK = words_in("cancel ignore disregard scrap forget undo oops mistake nevermind")
_NOT_KEPT = words_in("save record send submit file note")
_BESIDE_BACK = words_in("sorry one number rec wrong error mind message last")


def takes_back(text: str) -> bool:
    """Return whether a text says nothing but that it is not to be recorded: "ignore this", "don't save"."""
    keys = [_folded(word.key) for word in words_of(text)]
    negated = any(key in _NEGATIONS for key in keys)
    if _BACK.isdisjoint(keys) and not (negated and not _NOT_KEPT.isdisjoint(keys)):
        return False
    allowed = SMALL_WORDS | _BACK | _NOT_KEPT | _BESIDE_BACK | _NEGATIONS
    return all(key in allowed for key in keys if key)


def _doubts(tokens: list[tuple[str, str]]) -> Iterator[DoubtfulWord]:
    keys = [_folded(token) if kind == "word" else "" for kind, token in tokens]
    word_places = [place for place, (kind, _) in enumerate(tokens) if kind in ("word", "name", "number")]
    for place, (kind, token) in enumerate(tokens):
        first, last = word_places[:1] == [place], word_places[-1:] == [place]
        follower = next((other for other in word_places if other > place), None)
        before_subject = follower is not None and (
            tokens[follower][0] == "name" or keys[follower] in _PRONOUNS
        )
        doubt = _doubt(kind, token, keys[place], first, last, before_subject)
        if doubt is Doubt.CONDITION and keys[place] == "may" and _is_beside_a_number(tokens, place):
            continue
        if doubt:
            yield DoubtfulWord(doubt, token, first)


def _doubt(kind: str, token: str, key: str, first: bool, last: bool, before_subject: bool) -> Doubt | None:
    match kind:
        case "emoji":
            return _doubt_of_emoji(token.strip(":"))
        case "share":
            return Doubt.HEDGE
        case "other":
            return _doubt_of_sign(token)
        case "word":
            return _doubt_of_word(key, first, last, before_subject)
        case _:
            return None


def _doubt_of_word(key: str, first: bool, last: bool, before_subject: bool) -> Doubt | None:
    if key in _ASKING:
        return Doubt.QUESTION_WORD
    if key in _NEGATED_AUXILIARIES and first:
        return Doubt.NEGATION if key in ("dont", "cannot", "cant", "wont") else Doubt.QUESTION_WORD
    if key in _AUXILIARIES and (first or before_subject):
        return Doubt.QUESTION_WORD
    if key in _TAGS and last:
        return Doubt.QUESTION_WORD
    if key in _NEGATIONS or _UNDONE.fullmatch(key):
        return Doubt.NEGATION
    if key in _CONDITIONS:
        return Doubt.CONDITION
    return Doubt.HEDGE if key in _HEDGES else None


def _doubt_of_sign(sign: str) -> Doubt | None:
    if sign == "!=":
        return Doubt.NEGATION
    # What Slack strikes through was taken back; before a number it is "about".
    if sign == "~":
        return Doubt.HEDGE
    name = unicodedata.name(sign, "")
    if _NAMES_OF_QUESTIONS.search(name):
        return Doubt.QUESTION_MARK
    if _NAMES_OF_NEGATIONS.search(name):
        return Doubt.NEGATION
    return Doubt.HEDGE if _NAMES_OF_HEDGES.search(name) else None


def _doubt_of_emoji(name: str) -> Doubt | None:
    if _EMOJI_QUESTIONS.search(name):
        return Doubt.QUESTION_MARK
    if name != "+1" and _EMOJI_NEGATIONS.search(name):
        return Doubt.NEGATION
    return Doubt.HEDGE if _EMOJI_HEDGES.search(name) else None


def _is_beside_a_number(tokens: list[tuple[str, str]], place: int) -> bool:
    """Return whether "may" is a month: 1 May, May 2025."""
    return any(kind == "number" for kind, _ in tokens[max(0, place - 2) : place + 2])


def _folded(token: str) -> str:
    """Return a word in plain small letters, without apostrophes: "Isn’t" is isnt."""
    letters = unicodedata.normalize("NFKD", token.casefold())
    return _NOT_LETTERS.sub("", "".join(letter for letter in letters if not unicodedata.combining(letter)))
