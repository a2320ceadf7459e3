"""What a refusal is made of in words, and the pieces that several rooms use."""

from collections.abc import Collection, Sequence

from msgspec import Struct, field

from bot.domain.free_text import from_slack
from bot.domain.questions.grammar.problems import Choice
from bot.domain.questions.grammar.reader import verb_of
from bot.domain.questions.grammar.samples import Sample
from bot.domain.register.recommendation import name_of_id
from bot.domain.values import replace
from bot.rendering import words
from bot.rendering.screen import Block

DID_YOU_MEAN = "Did you mean … ?"
HELP = "/recs help shows all that can be typed."
CANNOT_RECORD = "You can see how it stands, but not record it. Nothing was recorded."

# How many of the things that may be meant are named in a sentence.
_NAMED_IN_A_SENTENCE = 3
# What the button of a command does, by its verb; every other verb that writes records.
_DOES = {
    "remind": "Send",
    "ask": "Send",
    "redact": "Erase",
    "grant": "Grant",
    "revoke": "Revoke",
    "undo": "Take back",
}


class RefusalContext(Struct, frozen=True):
    """What was refused to whom."""

    typed: str  # the command as Slack sent it
    coordinators: tuple[str, ...] = ()  # the names of those who can help
    example_names: Sample = field(default_factory=Sample)  # what examples may name
    may_record: bool = False  # whether they may record at all

    @property
    def who(self) -> str:
        """Name who can help, as the subject of a sentence."""
        return words.either(self.coordinators[:3]) or "A coordinator of the association"

    def example(self, usage: str) -> str:
        """Fill the right form with what there is in the register."""
        verb = verb_of(usage)
        return self.example_names.example(verb.name if verb else "status", usage)


class Wording(Struct, frozen=True):
    """A refusal in words."""

    first: str  # the first sentence, which says it all
    then: str = ""  # more sentences
    usage: str = ""  # the right form to copy
    options: tuple[Choice, ...] = ()  # what may have been meant, a button each
    buttons: tuple[Block, ...] = ()
    menu: Block | None = None
    if_none_records: str = ""  # the first sentence where the reader may press no option that records
    if_none_work: str = ""  # what to do instead where every option would be refused to the reader
    if_too_long: str = ""  # the first sentence where the options are too long for buttons
    says_what_is_lacking: bool = False  # whether its own words ask for a text that the options lack
    lacking_text: frozenset[str] = frozenset()  # the commands that still lack a text

    @property
    def commands(self) -> tuple[str, ...]:
        """List what the reader is offered to type or to press."""
        return tuple(filter(None, (self.usage, *(option.command for option in self.options))))

    @property
    def recordings(self) -> tuple[str, ...]:
        """List what would record of what the reader may press."""
        return tuple(option.command for option in self.options if _records(option))

    def that_work(self, working: Collection[str]) -> "Wording":
        """Leave out each command that would be refused to the reader."""
        options = tuple(option for option in self.options if option.command in working or not option.command)
        usage = self.usage if self.usage in working else ""
        first, then = self.first, self.then
        if self.if_none_records and not any(map(_records, options)):
            first = self.if_none_records
        if self.options and not options:
            first = first.removesuffix(f" {DID_YOU_MEAN}")
            labels = words.either([option.label for option in self.options[:_NAMED_IN_A_SENTENCE]])
            then = self.if_none_work or f"It may mean {labels}, but that would be refused to you."
        if not (options or usage or then) and self.commands:
            then = HELP
        return replace(self, first=first, then=then, usage=usage, options=options)


def offer(commands: Sequence[str]) -> Wording:
    """Offer commands, written as Slack would send them, that are done by nothing but a button."""
    button = "the button" if len(commands) == 1 else "a button"
    return Wording(
        f"Nothing is done until you press {button}.",
        options=tuple(saying_what_it_does(Choice(from_slack(command), command)) for command in commands),
        if_none_records=CANNOT_RECORD,
        if_too_long="Nothing was done: it is too long for a button.",
    )


def saying_what_it_does(option: Choice) -> Choice:
    """Begin the label of a command that writes with what it does: Record: …, Grant: …"""
    does = what_it_does(option.command)
    if not does or option.label.startswith("Record: "):
        return option
    return option._replace(label=f"{does}: {option.label}")


def what_it_does(command: str) -> str:
    """Say what a command does that writes or sends; nothing of one that only shows."""
    verb = verb_of(command)
    if verb is None or not verb.writes:
        return ""
    if verb.opens_form:
        return "Open the form"
    if verb.name == "digest":
        # Its other commands show when it comes and what it would say.
        return "Send" if command.split()[1:] == ["send"] else ""
    return _DOES.get(verb.name, "Record")


def _records(option: Choice) -> bool:
    verb = verb_of(option.command)
    return verb is not None and verb.writes


def typed_about(recommendation_id: str, body_name: str) -> str:
    """Name what was meant as it is typed: stalking 15 kent. Whoever may record for a body may name it."""
    return f"{name_of_id(recommendation_id).title} {body_name.lower()}".rstrip()
