"""What a handler module declares beside its functions: which command, button, form or event each of them
serves.

A module makes one `Routes` and decorates its functions with it. `handlers/recs.py` collects the verbs, and
`handlers/listeners.py` everything that Slack sends."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from msgspec import Struct, field
from slack_bolt import App

from bot.domain.register.people import Request
from bot.operations.request.context import Services
from bot.rendering.screen import Screen

# A verb that has opened a form has nothing more to say.
Act = Callable[[Services, Request, Any], Screen | None]
# A name, or a pattern that the whole of it is matched with from its beginning.
Matches = str | re.Pattern[str]
Function = TypeVar("Function", bound=Callable[..., Any])


class VerbRoute(Struct, frozen=True):
    """What a typed command does."""

    act: Act
    # It counts towards how much a person may write at once; a form counts when it is sent.
    writes: bool
    # It opens a form, or shows what would be changed before it is.
    leads_to_writing: bool = False


class Routes(Struct, frozen=True):
    """The routes of one handler module, in the order in which it declares them."""

    # By the type of the typed command.
    verbs: dict[type, VerbRoute] = field(default_factory=dict)
    # Each registers one function with Bolt.
    listeners: list[Callable[[App], object]] = field(default_factory=list)

    def verb(
        self, *commands: type, writes: bool = False, leads_to_writing: bool = False
    ) -> Callable[[Function], Function]:
        """Declare which typed commands the function answers."""

        def declare(function: Function) -> Function:
            self.verbs.update(dict.fromkeys(commands, VerbRoute(function, writes, leads_to_writing)))
            return function

        return declare

    def slash_command(self, name: str) -> Callable[[Function], Function]:
        return self._listener(lambda app, function: app.command(name)(function))

    def action(self, action_id: Matches) -> Callable[[Function], Function]:
        """Declare whose clicks and choices the function answers: a button, a menu."""
        return self._listener(lambda app, function: app.action(action_id)(function))

    def form(self, name: str) -> Callable[[Function], Function]:
        """Declare which form the function takes when it is sent."""
        return self._listener(lambda app, function: app.view(name)(function))

    def shortcut(self, name: str) -> Callable[[Function], Function]:
        return self._listener(lambda app, function: app.shortcut(name)(function))

    def event(self, name: str) -> Callable[[Function], Function]:
        return self._listener(lambda app, function: app.event(name)(function))

    def _listener(self, register: Callable[[App, Function], object]) -> Callable[[Function], Function]:
        def declare(function: Function) -> Function:
            self.listeners.append(lambda app: register(app, function))
            return function

        return declare
