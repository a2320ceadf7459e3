"""What every verb's reader works with: the command as typed, and new commands to suggest in its place."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum, auto
from typing import Literal

from msgspec import Struct

from bot.domain.free_text import for_slack
from bot.domain.questions.grammar.problems import Choice, NotUnderstood, What, WhichBody, WhichMeaning
from bot.domain.questions.grammar.typed_commands import Lookup, Ref
from bot.domain.questions.grammar.typed_details import NOTHING_TYPED, TypedDetails
from bot.domain.questions.grammar.typed_recordings import Recording
from bot.domain.questions.grammar.words import Kind, Piece
from bot.domain.questions.names import Body, Named, Names, Region, ReportName

Asker = Literal["anyone", "contact", "coordinator"]
# What a command is once it is understood.
TypedCommand = Lookup | Recording


class TakesText(Enum):
    """Where a verb's text stands: nowhere, after a colon (or where other words begin), or after its first
    recommendation whatever it says."""

    NO = auto()
    AFTER_COLON = auto()
    ANYHOW = auto()


_MOST_LOOKUPS = 5
_PAGE = re.compile(r"(?:^|(?<=\s))page\s+([0-9]{1,4})$", re.IGNORECASE)


class Verb(Struct, frozen=True):
    """A row of the table of verbs. `words` are the verb and its synonyms, the first one being its name;
    `usage` is the right form to copy; `asker` is the least that a person must be."""

    words: tuple[str, ...]
    read: "Callable[[CommandText], TypedCommand]"
    usage: str
    examples: tuple[str, ...]
    purpose: str
    asker: Asker = "anyone"
    # Whether it records, sends or opens a form to do so: then it passes the gate first.
    writes: bool = True
    # A form records nothing until it is sent, so only questions are kept from opening it.
    opens_form: bool = False
    text: TakesText = TakesText.NO
    # Whether evidence, and who decided and when, may stand before its text.
    takes_details: bool = False

    @property
    def name(self) -> str:
        return self.words[0]


class CommandText(Struct, frozen=True):
    """A command. `raw` is Slack's text, `typed` the person's as plain text; `verb` the word that was used
    for the verb in plain small letters, empty where none was, and `rest` what follows it."""

    raw: str
    typed: str
    verb: str
    rest: str
    row: Verb
    names: Names
    today: date
    # Whether a sentence that asks is answered by a lookup, or put back as a question.
    answers_questions: bool = True
    # Taken out of `rest` where the verb takes them.
    details: TypedDetails = NOTHING_TYPED

    def not_understood(self, what: What, word: str = "", suggestions: Iterable[Choice] = ()) -> NotUnderstood:
        return NotUnderstood(what, self.typed, self.row.usage, word, tuple(dict.fromkeys(suggestions)))

    def which_body(
        self,
        name: str,
        bodies: Iterable[Body],
        command: "Callable[[str], str]",
        nearly: bool,
        as_text: str = "",
    ) -> WhichBody:
        """Return the question which body is meant; `command` makes the whole command from a body's slug."""
        options = tuple(Choice(body.short_name, for_slack(command(body.slug))) for body in bodies)
        return WhichBody(name, self.typed, self.row.usage, options, nearly, for_slack(as_text))

    def which_meaning(
        self, name: str, meanings: Iterable[Named], command: "Callable[[str], str]", nearly: bool
    ) -> WhichMeaning:
        """Return the question what a name means; `command` makes the whole command from a name that is only
        one thing."""
        options = tuple(
            Choice(label_of(meaning), for_slack(command(unmistakable(meaning)))) for meaning in meanings
        )
        return WhichMeaning(name, self.typed, self.row.usage, options, nearly)


class Subject(Struct, frozen=True):
    """The recommendations and names among the pieces of a command. `names` holds, for each name, all that
    it can mean; a report that was named only to say which recommendations has gone into `refs`."""

    refs: tuple[Ref, ...]
    names: tuple[Piece, ...]
    own: tuple[str, ...]
    others: tuple[Piece, ...]


def subject_of(pieces: Iterable[Piece]) -> Subject:
    pieces = tuple(pieces)
    refs = tuple(dict.fromkeys(piece.ref for piece in pieces if piece.ref is not None))
    names = tuple(piece for piece in pieces if piece.kind is Kind.NAME)
    reports = [
        meaning.key for piece in names for meaning in piece.meanings if isinstance(meaning, ReportName)
    ]
    if refs and len(reports) == 1 and all(ref.report is None for ref in refs):
        refs = tuple(Ref(reports[0], ref.number) for ref in refs)
        names = tuple(
            piece
            for piece in names
            if not any(isinstance(possible, ReportName) for possible in piece.meanings)
        )
    return Subject(
        refs,
        names,
        tuple(dict.fromkeys(piece.own for piece in pieces if piece.kind is Kind.OWN)),
        tuple(piece for piece in pieces if piece.kind is Kind.OTHER),
    )


def bodies_in(piece: Piece) -> tuple[Body, ...]:
    return tuple(meaning for meaning in piece.meanings if isinstance(meaning, Body))


def command_of(*parts: str | Ref, text: str = "") -> str:
    """Return a whole command from its parts; the text comes after a colon."""
    command = " ".join(str(part) for part in parts if str(part))
    return f"{command}: {text}" if text else command


def choice(command: str) -> Choice:
    return Choice(command, for_slack(command))


def lookups_of(subject: Subject) -> list[Choice]:
    """Return the questions that can be asked about the recommendations and names of a command, at most
    five."""
    by_both = [
        choice(command_of(ref, _beside_a_number(meaning, piece)))
        for ref in subject.refs
        for piece in subject.names
        for meaning in piece.meanings
        if not isinstance(meaning, ReportName)
    ]
    name_meanings: list[Named] = [meaning for piece in subject.names for meaning in piece.meanings]
    by_name = [choice(str(ref)) for ref in subject.refs] or [
        choice(unmistakable(meaning)) for meaning in name_meanings
    ]
    return (by_both or by_name)[:_MOST_LOOKUPS]


def _beside_a_number(meaning: Body | Region, piece: Piece) -> str:
    """Return the name as it is typed beside a number, with its kind where the words can mean several
    things."""
    if len(piece.meanings) > 1:
        return unmistakable(meaning)
    return meaning.slug if isinstance(meaning, Body) else meaning.name


def label_of(meaning: Named) -> str:
    match meaning:
        case Body():
            return meaning.short_name
        case Region():
            return f"{meaning.name} (region)"
        case ReportName():
            return f"{meaning.key} (report)"


def unmistakable(meaning: Named) -> str:
    """Return the name with the word before it that says which kind of thing is meant."""
    match meaning:
        case Body():
            return f"body {meaning.slug}"
        case Region():
            return f"region {meaning.name}"
        case ReportName():
            return f"report {meaning.key}"


def without_page(rest: str) -> tuple[str, int]:
    """Return a lookup's words, and the page its **More** button asked for."""
    match = _PAGE.search(rest[-20:])
    if match is None:
        return rest, 1
    return rest[: len(rest) - len(match[0])].strip(), max(1, int(match[1]))
