"""A plain sentence and what can be asked of it: which meanings it has, and whether all its words are accounted for."""

import re
from collections.abc import Collection
from functools import cached_property

from msgspec import Struct

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body, ReportName
from bot.domain.questions.plain_words.all_of_them import means_all_of_them
from bot.domain.questions.plain_words.cutting import pieces_in
from bot.domain.questions.plain_words.in_context import in_context
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.neighbours import settled
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.surroundings import Asker, Surroundings
from bot.domain.values import replace

QUESTION_WORDS = (M.WHO, M.WHICH, M.WHAT, M.WHEN, M.WHERE, M.WHY, M.HOW, M.HOW_MANY, M.PERCENT, M.ANY)
_ASKING = (*QUESTION_WORDS, M.WHETHER, M.HEARSAY, M.FIRST, M.LAST_TO)
AUXILIARIES = frozenset(
    (
        *(
            "is",
            "are",
            "was",
            "were",
            "has",
            "have",
            "had",
            "do",
            "does",
            "did",
            "can",
            "could",
            "will",
            "would",
        ),
        *("shall", "should", "may", "might", "am", "must"),
    )
)
_POLITE = re.compile(
    r"(?:(?:please|pls|hi|hey|hello)[ ,]+)*(?:can|could|would|will) (?:(?:you|u)\b|(?:i|we) (?:have|get|put|leave|add|reopen|record that|log that|push|move|extend|shift|delay|defer|postpone|change (?:our|the|my) (?:date|deadline))\b|(?:#?\d+|it) be (?:moved|pushed|extended|put|shifted|delayed|deferred|postponed|given)\b|(?:our|the|my) (?:date|deadline)\b|(?:rec(?:ommendation)? )?#?[0-9]+ (?:please )?(?:wait|slip|move|run on|go back|be (?:moved|pushed|extended|put back|deferred|postponed))\b)"
)


# "Are we the only ones" asks of everybody.
_ONLY_ONES = r"\bonly (?:ones?|body|force|office|area|pcc)\b"
# "Had it in writing from Dorset" leaves out who had it.
_HAS_HAD_IT = re.compile(r"had (?:it|an?|word|news|confirmation) (?!been\b)")
# "How are we all doing", "how many of us are late nationally".
_ALL_OF_US = r"\b(?:we|us) all\b|\ball of us\b|\b(?:nationally|nation ?wide|country ?wide|across (?:the country|england and wales))\b"
_FILLER = frozenset((M.FILLER,))
_JOINS = frozenset(("and", "but", "so", "then", "also"))
_SUBJECTS = (M.OWN, M.EVERYONE, M.ANY, M.BODY_WORD)
_PRONOUNS = frozenset(("they", "it", "there", "that", "this", "he", "she"))
# "Kent has done 15, right"
_ASKS_IN_THE_END = re.compile(r", ?(?:right|yeah|yes|no|innit|eh|or not)[.!]*$")


def _with_computers(pieces: tuple[Piece, ...], text: str) -> tuple[Piece, ...]:
    """Take "IT" for what it stands for, where the rest is not in capitals too: "held up by IT"."""
    if "IT" not in text or text.isupper():
        return pieces
    return tuple(
        replace(piece, kind=PieceKind.UNKNOWN, meanings=frozenset())
        if piece.key == "it" and text[piece.start : piece.end] == "IT"
        else piece
        for piece in pieces
    )


def _without_members_of_parliament(pieces: tuple[Piece, ...], text: str) -> tuple[Piece, ...]:
    """Take "MPs" for members of Parliament, and "MPS" for the police of London."""
    if "MPs" not in text:
        return pieces
    return tuple(
        replace(piece, kind=PieceKind.UNKNOWN, named=())
        if piece.kind is PieceKind.NAME and text[piece.start : piece.end] == "MPs"
        else piece
        for piece in pieces
    )


class Sentence(Struct, frozen=True, dict=True):
    """`text` is as it was typed, with Slack's entities plain and its mentions kept."""

    text: str
    pieces: tuple[Piece, ...]
    asker: Asker
    around: Surroundings

    @classmethod
    def of(cls, text: str, asker: Asker, around: Surroundings) -> "Sentence":
        pieces = _without_members_of_parliament(pieces_in(text, around), text)
        pieces = settled(_with_computers(pieces, text))
        return cls(text, in_context(pieces, asker, around), asker, around)

    def with_pieces(self, pieces: tuple[Piece, ...]) -> "Sentence":
        """Return the sentence of these pieces alone."""
        return Sentence(self.text, pieces, self.asker, self.around)

    def as_a_statement(self) -> "Sentence":
        """Return the sentence with fillers as words that are not known: they may turn what is stated."""
        return self.with_pieces(
            tuple(
                replace(piece, kind=PieceKind.UNKNOWN, meanings=frozenset())
                if piece.meanings == _FILLER
                else piece
                for piece in self.pieces
            )
        )

    @cached_property
    def straight(self) -> str:
        """The text with straight apostrophes, each letter at its own place."""
        return self.text.replace("’", "'")

    @cached_property
    def lower(self) -> str:
        """The text in small letters with single spaces."""
        return " ".join(self.straight.casefold().split())

    @cached_property
    def spelt_out(self) -> str:
        """Its words in small letters, contractions spelt out and typing errors mended, without marks."""
        return " ".join([piece.key for piece in self.pieces if piece.kind is not PieceKind.MARK])

    @cached_property
    def head(self) -> str:
        """The words of the pieces that are left, in small letters."""
        return " ".join(self.text[piece.start : piece.end].casefold() for piece in self.pieces)

    def of_kind(self, *kinds: PieceKind) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.kind in kinds)

    @cached_property
    def names(self) -> tuple[Piece, ...]:
        return self.of_kind(PieceKind.NAME)

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """All bodies that a name in it can be, as often as they are named; those taken away among them."""
        return tuple(body for piece in self.names for body in piece.bodies)

    @cached_property
    def reports(self) -> tuple[ReportName, ...]:
        return tuple(report for piece in self.names for report in piece.reports)

    @cached_property
    def days(self) -> tuple[Piece, ...]:
        return self.of_kind(PieceKind.DAY)

    @cached_property
    def named_refs(self) -> tuple[Ref, ...]:
        """The recommendations that stand in it, each once."""
        numbered = self.of_kind(PieceKind.REF, PieceKind.PART)
        return tuple(dict.fromkeys(piece.ref for piece in numbered if piece.ref))

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        """The recommendations meant: those that stand in it, or all that are live ("all three")."""
        if self.named_refs:
            return self.named_refs
        means_all = means_all_of_them(self.lower) or means_all_of_them(self.spelt_out)
        return self.around.addressed if means_all and not self.reports else ()

    @cached_property
    def means_own_region(self) -> bool:
        return self.says(r"\b(?:our|my) region\b")

    @cached_property
    def own_bodies(self) -> tuple[Body, ...]:
        """The asker's bodies, where "we" or "our" is said and no body is named."""
        if (
            (self.has(M.OWN) or self._names_us_in_a_phrase or self._means_both_of_ones_own)
            and not self.bodies
            and not self.means_own_region
            and not self.says(_ONLY_ONES)
            and not self._asks_of_all_of_us
        ):
            return self.asker.bodies
        return ()

    @cached_property
    def _asks_of_all_of_us(self) -> bool:
        return self.asks and not self.has(M.COMPARE) and self.says(_ALL_OF_US)

    @cached_property
    def _means_both_of_ones_own(self) -> bool:
        """ "Are both done with 25", of somebody who speaks for two bodies."""
        return len(self.asker.bodies) == 2 and len(self.named_refs) == 1 and self.says(r"\bboth\b")

    @cached_property
    def _names_us_in_a_phrase(self) -> bool:
        """ "What have you got us down as", "how long have we got", "who recorded our yes"."""
        return any(
            (piece.means(M.MARK) and "us" in piece.key.split())
            or (piece.means(M.WHEN, M.STATUS, M.RECORDED) and "we" in piece.key.split())
            or (piece.means(M.ACCEPT, M.PARTLY, M.DECLINE) and piece.key.startswith("our "))
            for piece in self.pieces
        )

    @cached_property
    def _meanings(self) -> frozenset[M]:
        return frozenset().union(*(piece.meanings for piece in self.pieces))

    def has(self, *meanings: M) -> bool:
        return not self._meanings.isdisjoint(meanings)

    def says(self, pattern: str) -> bool:
        """Return whether the whole text matches a pattern somewhere, in small letters."""
        return re.search(pattern, self.lower) is not None

    @cached_property
    def has_question_mark(self) -> bool:
        """Whether it ends as a question does: "?" or ", right"."""
        has_mark = any(piece.kind is PieceKind.MARK and piece.key == "?" for piece in self.pieces)
        return has_mark or _ASKS_IN_THE_END.search(self.lower) is not None

    @cached_property
    def has_question_word(self) -> bool:
        return self.has(*QUESTION_WORDS)

    @cached_property
    def has_asking_word(self) -> bool:
        """Whether a word asks, but for "tell me" and its like, which may order something too."""
        # "Held up by" tells by what, and asks of nobody.
        return any(
            piece.key.startswith("who ") or (piece.means(*_ASKING) and not _tells_by_what(piece))
            for piece in self.pieces
        )

    @cached_property
    def asks(self) -> bool:
        has_word = self.has_asking_word or self.has(M.TELL)
        return (
            self.has_question_mark or has_word or self.begins_with_an_auxiliary or self.asks_in_a_later_clause
        )

    @cached_property
    def asks_in_a_later_clause(self) -> bool:
        """ "Can't remember, did Norfolk say yes"."""
        return any(
            mark.kind is PieceKind.MARK
            and auxiliary.key in AUXILIARIES
            and (
                subject.kind in (PieceKind.NAME, PieceKind.REF)
                or subject.means(*_SUBJECTS)
                or subject.key in _PRONOUNS
            )
            for mark, auxiliary, subject in zip(self.pieces, self.pieces[1:], self.pieces[2:], strict=False)
        )

    def begins_clauses_with(self, *meanings: M) -> bool:
        """Return whether a clause of it begins with one of these meanings, after small words."""
        begins = True
        for piece in self.pieces:
            if piece.kind is PieceKind.MARK or piece.key in _JOINS:
                begins = True
            elif begins and piece.means(*meanings):
                return True
            elif not piece.means(M.NEUTRAL, M.FILLER):
                begins = False
        return False

    @cached_property
    def begins_with_an_auxiliary(self) -> bool:
        """Whether it asks by its order: "is 15 done"; "haven't started 25" states, and "isn't Kent done" asks."""
        words = [piece for piece in self.pieces if piece.kind is not PieceKind.MARK]
        if _HAS_HAD_IT.match(self.spelt_out):
            return False
        if not words or AUXILIARIES.isdisjoint(words[0].key.split()[:1]):
            return False
        denial = next((place for place, piece in enumerate(words[:2]) if "not" in piece.key.split()), None)
        if denial is None:
            return True
        # In "can't accept 15" the number is what is not accepted.
        subjects = (PieceKind.NAME, PieceKind.REF) if words[denial].key.endswith("not") else (PieceKind.NAME,)
        return any(
            piece.kind in subjects or piece.means(*_SUBJECTS) or piece.key in _PRONOUNS
            for piece in words[denial + 1 : denial + 2]
        )

    @cached_property
    def asks_politely(self) -> bool:
        """ "Can you put 15 down as done?" is an order."""
        asks_to_be_told = any(piece.means(M.TELL) and "have" not in piece.key for piece in self.pieces)
        is_polite = any(_POLITE.match(text) for text in (self.lower, self.spelt_out))
        return is_polite and not asks_to_be_told and not self.has_question_word

    def left_over(self, meanings: Collection[M], kinds: Collection[PieceKind] = ()) -> tuple[Piece, ...]:
        """Return the pieces that neither these meanings nor these kinds account for."""
        allowed = frozenset(meanings) | {M.NEUTRAL}
        if PieceKind.DAY in kinds and self.days:
            allowed |= {M.TIME_WORD}
        used = {*kinds, PieceKind.MARK}
        return tuple(
            piece
            for piece in self.pieces
            if piece.kind not in used
            and not (piece.kind is PieceKind.WORDS and not piece.meanings.isdisjoint(allowed))
        )

    def is_accounted_for(self, meanings: Collection[M], kinds: Collection[PieceKind] = ()) -> bool:
        return not self.left_over(meanings, kinds)

    def word_before(self, piece: Piece) -> str:
        """Return the last word before a piece, without "the", "of" and "end", typing errors mended."""
        before = [
            other.key
            for other in self.pieces
            if other is not piece and other.end <= piece.start and other.key
        ]
        words = " ".join(before).split()
        while words and words[-1] in ("the", "of", "end"):
            words.pop()
        return words[-1] if words else ""


def _tells_by_what(piece: Piece) -> bool:
    return piece.means(M.BLOCKED) and piece.key.endswith(" by")
