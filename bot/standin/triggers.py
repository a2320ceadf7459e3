"""Triggers: what a person did lets the app open one form for them, once and within three seconds."""

import itertools
import secrets
import time
from dataclasses import dataclass, field

from bot.standin.refusal import Refusal

LIFETIME = 3.0  # seconds of real time


@dataclass
class Trigger:
    """One act of a person; `view_id` is the form or Home it was done in."""

    user_id: str
    view_id: str = ""
    made_at: float = field(default_factory=time.monotonic)
    is_exchanged: bool = False


class Triggers:
    """The triggers given out, by id. Used under the workspace's lock."""

    def __init__(self) -> None:
        self._triggers: dict[str, Trigger] = {}
        self._numbers = itertools.count(1)

    def issue(self, user_id: str, view_id: str = "") -> str:
        trigger_id = f"{next(self._numbers):06d}.{int(time.time())}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(user_id, view_id)
        return trigger_id

    def usable(self, trigger_id: str) -> Trigger:
        """Return the trigger of an id. Raises Refusal: invalid_trigger_id, exchanged_trigger_id,
        expired_trigger_id."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.is_exchanged:
            raise Refusal("exchanged_trigger_id")
        if time.monotonic() - trigger.made_at > LIFETIME:
            raise Refusal("expired_trigger_id")
        return trigger
