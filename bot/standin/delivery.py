"""What a person does, on its way to the bot: one payload, sent once or again, and what came back for it."""

import queue
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.standin.messages import Reply

Json = dict[str, Any]
Kind = Literal["slash_commands", "interactive", "events_api"]

ACKNOWLEDGE_WITHIN = 3.0  # seconds


class OperationTimeout(Exception):
    """The person reads "operation_timeout": no acknowledgement within three seconds."""


class CommandFailed(Exception):
    """The person reads that the app could not be reached, or that the command cannot be given here."""


class NoReply(Exception):
    """The bot acknowledged a command with nothing, and sent nothing after it either."""


class FormOpened(NoReply):
    """Instead of saying anything the bot opened a form, which is now before the person."""


class TroubleConnecting(Exception):
    """The person reads "We had some trouble connecting" in a form, which stays open with her entries."""


@dataclass(frozen=True)
class Delivery:
    """One payload for the bot; `arrivals` gets what comes by its response_url.

    None arrives where there is nothing to read in the conversation: the message is gone, a form came up,
    or the form or Home that was clicked in changed.
    """

    kind: Kind
    payload: Json
    user_id: str
    arrivals: "queue.Queue[Reply | None]" = field(default_factory=queue.Queue)

    @property
    def keys(self) -> set[str]:
        """Its trigger and the form or Home it was done in: what is shown by or in these is its outcome."""
        container = self.payload.get("container", {})
        return {key for key in (self.payload.get("trigger_id"), container.get("view_id")) if key}


# Sends a delivery and returns the body of its acknowledgement; raises OperationTimeout or CommandFailed.
Road = Callable[[Delivery], Json]
