"""What a person does on the page, done in the workspace. Each act returns what to tell her, if anything."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from bot.standin.cast import CHANNEL
from bot.standin.delivery import CommandFailed, FormOpened, NoReply, OperationTimeout, TroubleConnecting
from bot.standin.elements import Placed, elements_in
from bot.standin.entries import entered_values
from bot.standin.forms import Form
from bot.standin.home import HomeView
from bot.standin.messages import Json, Post, Reply
from bot.standin.page.seen import Eyes, Place
from bot.standin.people import Person
from bot.standin.stand_in import StandIn

NOT_UNDERSTOOD = "The page sent something that it never should."

_TROUBLE = "We had some trouble connecting. Your entries are kept: try again."
_GONE = "This is not there any more."


@dataclass(frozen=True)
class Target:
    """A control on the page: in the message of this key, in the form or in Home; and its ids there."""

    surface: str
    block_id: str
    action_id: str
    values: list[str] = field(default_factory=list)


# What stands in the fields of a form: block_id and action_id, and the values.
Fields = Mapping[tuple[str, str], list[str]]


class Acts:
    """One person's hands."""

    def __init__(self, slack: StandIn, person: Person) -> None:
        self._slack = slack
        self._person = person

    def types(self, text: str, place: Place) -> str:
        if not text.startswith("/"):
            return self._says(text, place)
        command = text.split(maxsplit=1)[0]
        # An app that was not installed by a manifest has not said which commands it has.
        if self._slack.commands and command not in self._slack.commands:
            return f"{command} is not a command here. Type /recs, or write a message without a slash."
        try:
            self._person.types(text, CHANNEL if place is Place.CHANNEL else "")
        except FormOpened:
            pass
        except OperationTimeout:
            return f"{command} failed with the error “operation_timeout”."
        except CommandFailed as failure:
            return f"{command} failed: {failure}."
        except NoReply:
            return "recbot took it, and said nothing."
        return ""

    def drops(self, name: str, content: bytes) -> str:
        """Drop a file on the bot, in the direct messages with it."""
        try:
            self._person.drops(name, content)
        except CommandFailed as failure:
            return f"Your file was not sent: {failure}."
        return ""

    def uses_shortcut(self, name: str) -> str:
        try:
            self._person.uses_shortcut(name)
        except LookupError:
            return NOT_UNDERSTOOD
        except (CommandFailed, OperationTimeout, NoReply):
            return _TROUBLE
        return ""

    def presses(self, target: Target, fields: Fields) -> str:
        """Press a button; one in a form is told what stands in its fields."""
        try:
            surface = self._where(target)
            if isinstance(surface, Form):
                surface.enter(fields)
            button = next(button for button in surface.buttons if button.action_id == target.action_id)
            self._person.presses(surface, button)
        except (LookupError, StopIteration, ValueError):
            return _GONE
        except (CommandFailed, OperationTimeout):
            return _TROUBLE
        return ""

    def chooses(self, target: Target) -> str:
        """Choose in a menu that tells the bot at once, outside the fields of a form."""
        try:
            surface = self._where(target)
            placed = _placed(surface, target)
            self._person.settles(surface, placed, entered_values(placed.element, target.values))
        except (LookupError, ValueError):
            return _GONE
        except (CommandFailed, OperationTimeout):
            return _TROUBLE
        return ""

    def changes(self, target: Target, fields: Fields) -> str:
        """Change a field of a form that tells the bot of its changes."""
        try:
            form = self._form()
            form.enter(fields)
            form.tell_of(target.block_id, target.action_id)
        except (LookupError, ValueError):
            return _GONE
        except (CommandFailed, OperationTimeout):
            return _TROUBLE
        return ""

    def submits(self, fields: Fields) -> str:
        try:
            form = self._form()
            form.enter(fields)
            form.submit()
        except (LookupError, ValueError):
            return _GONE
        except TroubleConnecting:
            return _TROUBLE
        return ""

    def closes(self) -> str:
        with suppress(LookupError):
            self._form().close()
        return ""

    def _says(self, text: str, place: Place) -> str:
        """Send a message, of which the bot is told in its direct messages, or where it is mentioned."""
        try:
            self._person.says(text, CHANNEL if place is Place.CHANNEL else "")
        except CommandFailed as failure:
            return f"Your message was not sent: {failure}."
        return ""

    def _form(self) -> Form:
        """Return the form on top. Raises LookupError."""
        form = self._person.top_form
        if form is None:
            raise LookupError(_GONE)
        return form

    def _where(self, target: Target) -> Reply | Post | HomeView | Form:
        """Return the surface that holds what was meant. Raises LookupError."""
        if target.surface == "form":
            return self._form()
        if target.surface != "home":
            return Eyes(self._slack, self._person).message(target.surface)
        home = self._slack.home_of(self._person.id)
        if home is None:
            raise LookupError(_GONE)
        return home


def _placed(surface: Reply | Post | HomeView | Form, target: Target) -> Placed:
    """Return the element that was meant. Raises LookupError."""
    blocks: list[Json] = surface.blocks
    for placed in elements_in(blocks):
        if placed.key == (target.block_id, target.action_id):
            return placed
    raise LookupError(_GONE)
