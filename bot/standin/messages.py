"""What can be read in the workspace: replies, posts, their buttons; and the calls the bot made."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.standin.elements import elements_in
from bot.standin.reading import readable, text_of

Json = dict[str, Any]


@dataclass(frozen=True)
class Button:
    """One button as a person finds it; `value` is what the bot hid in it."""

    label: str
    accessibility_label: str
    action_id: str
    value: str
    block_id: str = ""


@dataclass(frozen=True)
class SharedFile:
    """A file that the bot shared; `alt_text` is what a screen reader says of a picture."""

    id: str
    name: str
    title: str
    alt_text: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Readable:
    """What can be read and clicked, made of blocks."""

    text: str
    blocks: list[Json]

    @property
    def all_text(self) -> str:
        """Everything a client shows, in order. Where there are blocks, clients do not show `text`."""
        return readable(self.text, self.blocks)

    @property
    def buttons(self) -> list[Button]:
        return buttons_in(self.blocks)

    def button(self, label: str, accessibility_label: str | None = None) -> Button:
        """Return the one button with this label. Raises LookupError if there is none, or more than one."""
        return the_button(self.blocks, label, accessibility_label)


@dataclass(frozen=True)
class Reply(Readable):
    """What one person was told. `response_type` is ephemeral or in_channel; `raw` is what the bot sent."""

    response_type: str
    raw: Json
    channel: str
    ts: str
    thread_ts: str | None = None


@dataclass(frozen=True)
class Post(Readable):
    """A message in a channel, a thread or a direct message."""

    channel: str
    ts: str
    user: str
    thread_ts: str | None = None
    metadata: Json | None = None
    edited: bool = False
    files: tuple[SharedFile, ...] = ()


@dataclass(frozen=True)
class Call:
    """One call of the Web API; `response` is None where the caller got no answer from the workspace."""

    method: str
    arguments: Json
    called_at: datetime
    response: Json | None


@dataclass(frozen=True)
class Finding:
    """A fault found in something the bot sent: by which road it came, where in it, what is wrong."""

    road: str
    place: str
    words: str

    def __str__(self) -> str:
        return f"{self.road}: {self.place}: {self.words}"


def buttons_in(blocks: list[Json]) -> list[Button]:
    return [
        Button(
            label=text_of(element.get("text", {})),
            accessibility_label=element.get("accessibility_label", ""),
            action_id=element.get("action_id", ""),
            value=element.get("value", ""),
            block_id=placed.block.get("block_id", ""),
        )
        for placed in elements_in(blocks)
        if (element := placed.element).get("type") == "button"
    ]


def the_button(blocks: list[Json], label: str, accessibility_label: str | None = None) -> Button:
    """Return the one button with this label. Raises LookupError if there is none, or more than one."""
    buttons = buttons_in(blocks)
    matches = [
        button
        for button in buttons
        if button.label == label and accessibility_label in (None, button.accessibility_label)
    ]
    if len(matches) != 1:
        labels = [(button.label, button.accessibility_label) for button in buttons]
        raise LookupError(f"{len(matches)} buttons are called {label!r}; here are {labels}")
    return matches[0]
