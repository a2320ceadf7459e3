"""What people say around a question, told by its words and by its place: "ah hi, ringing round for the boss, …".

Left out is a clause at the beginning or at the end of which every word stands in `lists/around.txt`; and, where the
sentence is not understood with it, one in which people speak of themselves, and name, deny and narrow nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.word_lists import sections


class _Section(StrEnum):
    COURTESIES = "courtesies"
    CLAUSES = "clauses"
    BEGINNINGS = "beginnings"
    DOUBTS = "doubts"
    OPENERS = "openers"
    CLOSERS = "closers"
    CLOSERS_OF_QUESTIONS = "closers of questions"
    ABOUT_ONESELF = "about oneself"
    LEADS_TO_A_STATEMENT = "leads to a statement"


_SLOTS = ("who", "whos", "event", "when")


@dataclass(slots=True)
class _Phrases:
    """Phrases by their words; `ends` where one ends here. A slot such as `{who}` is a word of its own."""

    following: dict[str, "_Phrases"] = field(default_factory=dict)
    ends: bool = False

    def add(self, phrase: str) -> None:
        node = self
        for word in phrase.split():
            node = node.following.setdefault(word, _Phrases())
        node.ends = True

    def end(self, words: Sequence[str], start: int) -> int:
        """Return where the longest phrase that begins at `start` ends; `start` where none does."""
        return max(self._ends(words, start), default=start)

    def _ends(self, words: Sequence[str], start: int) -> Iterator[int]:
        if self.ends:
            yield start
        if start < len(words) and (node := self.following.get(words[start])):
            yield from node._ends(words, start + 1)
        for slot, node in self._slots():
            for end in _slots()[slot]._ends(words, start):
                yield from node._ends(words, end)

    def _slots(self) -> Iterator[tuple[str, "_Phrases"]]:
        return ((slot, self.following[f"{{{slot}}}"]) for slot in _SLOTS if f"{{{slot}}}" in self.following)


def _phrases(*names: str) -> _Phrases:
    tree = _Phrases()
    for name in names:
        for phrase in sections("around")[name]:
            tree.add(phrase)
            if "{who} is" in phrase:
                tree.add(phrase.replace("{who} is", "{whos}"))
    return tree


def _contracted() -> _Phrases:
    """Return who is meant by "the boss's on the phone"."""
    tree = _Phrases()
    for phrase in sections("around")["who"]:
        tree.add(f"{phrase}s")
    return tree


@cache
def _slots() -> Mapping[str, _Phrases]:
    return {slot: _contracted() if slot == "whos" else _phrases(slot) for slot in _SLOTS}


@cache
def _tree(*names: _Section) -> _Phrases:
    return _phrases(*names)


@cache
def _narrowing() -> frozenset[str]:
    return frozenset(sections("around")["narrows"])


# A mention, or a link, is a word that stands in no list.
_WORD = re.compile(r"<[^<>]*>|[^\W_]+(?:['’][^\W_]+)*")
# A mark between clauses; one inside a number or a word parts nothing.
_MARK = re.compile(r"\s*(?:[,.!?;:…)]+(?=\s|$)|\s[-–—]+(?=\s)|\n)+\s*")
# Faces and hands, as signs and by Slack's names; those that say yes or no are kept.
_FACES = re.compile(
    r"[\U0001F600-\U0001F644\U0001F646-\U0001F64F\U0001F389\U0001F917\U0001F914\u2615\u2764]\ufe0f?"
    r"|:(?:pray|smile|smiley|grin|grinning|slightly_smiling_face|joy|sweat_smile|wave|thinking_face|eyes|raised_hands|tada|coffee|heart|wink"
    r"|blush|sob|sunny|see_no_evil|face_palm|facepalm|woman-facepalming|man-facepalming|shrug|hugging_face|relaxed|grimacing|rolling_eyes):"
    r"|(?<!\S)[:;]-?[)DPp(/](?!\S)"
)
# Who says one of these asks, so that what is left is a question.
# "16 is done, any questions let me know"
_ASKS_NOTHING = re.compile(
    r"\blet (?:me|us) know (?:if|with)\b.*|\b(?:any|with any) (?:questions|problems)\b.*|\bif (?:you have )?any questions\b.*"
)
_ASKS = re.compile(r"\b(?:ask\w*|know|wonder\w*|idea|ideas|clue|check\w*|question|curious|curiosity|help)\b")


def without_faces(text: str) -> str:
    """Return the text without signs that only smile."""
    return _FACES.sub(" ", text) if _FACES.search(text) else text


@dataclass
class _Around:
    """A text of which the beginning and the end can be left out; the text from `start` to `end` is left."""

    text: str
    start: int
    end: int
    is_asked: bool = False

    @property
    def left(self) -> str:
        return self.text[self.start : self.end]

    def clauses(self) -> list[tuple[int, int, int]]:
        """Return where each clause of what is left begins and ends, and where the mark after it ends."""
        bounds: list[tuple[int, int, int]] = []
        place = self.start
        for mark in _MARK.finditer(self.text, self.start, self.end):
            if mark.start() > place:
                bounds.append((place, mark.start(), mark.end()))
            place = mark.end()
        return [*bounds, (place, self.end, self.end)] if place < self.end else bounds

    def leave_out(self, start: int, end: int, words: str, *, asks: bool = False) -> None:
        self.start, self.end = start, end
        left = _ASKS_NOTHING.sub("", words.casefold())
        self.is_asked = self.is_asked or asks or _ASKS.search(left) is not None

    def result(self) -> str:
        left = self.left.strip()
        return f"{left}?" if self.is_asked and not left.endswith("?") else left


def without_listed_words(text: str) -> str:
    """Return the text without what stands in the list, at its beginning and at its end; the text where nothing does."""
    around = _Around(text, 0, len(text))
    while _leaves_out_the_beginning(around):
        pass
    while _leaves_out_the_end(around):
        pass
    return around.result() if (around.start, around.end) != (0, len(text)) else text


def end_of_what_leads_to_a_statement(text: str) -> int:
    """Return where the words end by which somebody leads to what they state: "pleased to say that", "as agreed,"."""
    words, starts = _words(text)
    taken = _tree(_Section.LEADS_TO_A_STATEMENT).end(words, 0)
    if taken and words[taken : taken + 1] == ["that"]:
        taken += 1
    return starts[taken] if 0 < taken < len(words) else 0


def without_words_about_oneself(sentence: Sentence) -> str:
    """Return the text without clauses in which the person speaks of themselves; empty where there is none, or where
    what is left asks nothing."""
    around = _Around(sentence.text, 0, len(sentence.text))
    while len(clauses := around.clauses()) > 1:
        first, last = clauses[0], clauses[-1]
        if _is_about_oneself(sentence.text[first[0] : first[1]], sentence):
            around.leave_out(first[2], around.end, sentence.text[first[0] : first[1]])
        elif _is_about_oneself(sentence.text[last[0] : last[1]], sentence):
            around.leave_out(around.start, clauses[-2][2], sentence.text[last[0] : last[1]])
        else:
            break
    if (around.start, around.end) == (0, len(sentence.text)):
        return ""
    left = without_listed_words(around.result())
    return left if Sentence.of(left, sentence.asker, sentence.around).asks else ""


def _words(text: str) -> tuple[list[str], list[int]]:
    """Return the words as they are compared, and where each begins."""
    matches = list(_WORD.finditer(text))
    words = [match[0].casefold().replace("'", "").replace("’", "") for match in matches]
    return words, [match.start() for match in matches]


def _leaves_out_the_beginning(around: _Around) -> bool:
    clauses = around.clauses()
    if len(clauses) > 1:
        start, end, following = clauses[0]
        clause, rest = around.text[start:end], around.text[following : around.end]
        if (asks := _is_left_out(clause, rest, _Section.BEGINNINGS, _Section.OPENERS)) is not None:
            around.leave_out(following, around.end, clause, asks=asks)
            return True
    words, starts = _words(around.left)
    for section in (_Section.OPENERS, _Section.DOUBTS):
        taken = _tree(section).end(words, 0)
        if 0 < taken < len(words) and not _MARK.search(around.left, 0, starts[taken]):
            begins = around.start + starts[taken]
            left_out = around.text[around.start : begins]
            around.leave_out(begins, around.end, left_out, asks=section is _Section.DOUBTS)
            return True
    return False


def _is_left_out(clause: str, rest: str, *places: _Section) -> bool | None:
    """Return None where a clause stays, else whether it makes a question of the rest."""
    words, _ = _words(clause)
    if not words:
        return None
    if _is_made_of(words, _tree(_Section.DOUBTS)):
        return True
    named = (_Section.CLAUSES, _Section.CLOSERS_OF_QUESTIONS) if _IS_ASKED.search(rest.casefold()) else ()
    return False if _is_made_of(words, _tree(_Section.COURTESIES, *places, *named)) else None


_IS_ASKED = re.compile(
    r"\?|\b(?:who|whos|which|what|whats|when|whens|where|wheres|why|how|hows|any|anyone|anybody|show|list|tell|count|give me|find|check)\b"
    r"|^(?:so |and |but |ok )*(?:is|are|has|have|had|did|do|does|was|were|will|can|could|isn|aren|hasn|haven|didn)\b"
)


def _leaves_out_the_end(around: _Around) -> bool:
    clauses = around.clauses()
    if len(clauses) > 1:
        start, end, _ = clauses[-1]
        before, clause = clauses[-2], around.text[start:end]
        if (
            asks := _is_left_out(_unsigned(clause), around.text[around.start : before[1]], _Section.CLOSERS)
        ) is not None:
            around.leave_out(around.start, before[2], clause, asks=asks)
            return True
        if len(clauses) > 2 and _SIGNATURE.fullmatch(clause.strip()):
            closing = around.text[before[0] : before[1]]
            if _is_made_of(_words(closing)[0], _tree(_Section.COURTESIES, _Section.CLOSERS)):
                around.leave_out(around.start, clauses[-3][2], closing)
                return True
    words, starts = _words(around.left)
    for place in range(max(1, len(words) - _LONGEST_CLOSER), len(words)):
        begins = around.start + starts[place]
        is_asked = _IS_ASKED.search(around.text[around.start : begins].casefold())
        of_questions = (_Section.CLOSERS_OF_QUESTIONS,) if is_asked else ()
        if _is_made_of(words[place:], _tree(_Section.CLOSERS, *of_questions)):
            left_out = around.text[begins : around.end]
            around.leave_out(around.start, begins, left_out, asks="?" in left_out)
            return True
    return False


_LONGEST_CLOSER = 9
# "Thanks, Jo", "cheers Dave"
_SIGNATURE = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?\.?")
_SIGNED = re.compile(
    r"(?P<closing>.*\b(?:[Tt]hanks|[Cc]heers|[Rr]egards|[Tt]a|[Ww]ishes)\b,?) [A-Z][a-z]+\.?\s*"
)


def _unsigned(clause: str) -> str:
    """Return a closing without the name under it."""
    match = _SIGNED.fullmatch(clause)
    return match["closing"] if match else clause


def _is_made_of(words: Sequence[str], tree: _Phrases) -> bool:
    """Return whether the words are phrases of the tree, one after the other, and nothing else."""
    place = 0
    while place < len(words):
        end = tree.end(words, place)
        if end == place:
            return False
        place = end
    return True


# What a clause about oneself may say: nothing that recbot answers.
_SAYS_NOTHING = (M.NEUTRAL, M.FILLER, M.JUDGEMENT, M.OUTSIDE, M.WRITE, M.TIME_WORD, M.OWN, M.REPORT_WORD)
_NAMES = (PieceKind.REF, PieceKind.PART, PieceKind.NAME, PieceKind.DAY, PieceKind.PERSON, PieceKind.STRANGE)
# "Jo here", "it's Sam Jones from the press office"
_INTRODUCES = re.compile(
    r"\W*(?P<is>(?:(?:hi|hello|hey|morning),? )?(?:it['’]?s|it is|this is|i['’]?m|my name is) )?(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?P<here> here)?"
    r"(?: (?:from|in|at|over in|of) (?P<where>[a-z' ]+))?\W*"
)


def _introduces(clause: str, sentence: Sentence) -> bool:
    """Return whether a clause says who is asking: neither a body nor a place."""
    match = _INTRODUCES.fullmatch(clause)
    if match is None or not (match["is"] or match["here"]):
        return False
    place = _words(match["where"] or "")[0]
    office = place[1:] if place[:1] == ["the"] else place
    is_known = not office or any(_slots()["who"].end(words, 0) == len(words) for words in (place, office))
    return is_known and not Sentence.of(match["name"], sentence.asker, sentence.around).names


def _is_about_oneself(clause: str, sentence: Sentence) -> bool:
    """Return whether a clause speaks of whoever asks, or for whom, and names, denies and narrows nothing."""
    words, _ = _words(clause)
    if _introduces(clause, sentence):
        return True
    if _tree(_Section.ABOUT_ONESELF).end(words, 0) == 0 or not _narrowing().isdisjoint(words):
        return False
    part = Sentence.of(clause, sentence.asker, sentence.around)
    if part.of_kind(*_NAMES) or not sentence.around.names.themes.isdisjoint(words):
        return False
    return all(
        piece.kind in (PieceKind.MARK, PieceKind.UNKNOWN) or piece.means(*_SAYS_NOTHING)
        for piece in part.pieces
    )
