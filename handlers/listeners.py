"""Everything that Slack sends, registered with Bolt from what the handler modules declare.

`/recs` is there at once; the rest is loaded when it is needed first, or when recbot answers already
(decision 031)."""

import importlib
from collections.abc import Mapping
from typing import Any

from slack_bolt import App

from handlers import recs

# What serves clicks, forms and events beside the modules that answer a typed command.
_MORE = (
    "leave_to_quote",
    "quoting",
    "home",
    "people",
    "conversations",
    "dropped_files",
    "which_body",
    "lacking_text",
)


def register_first(app: App) -> None:
    """Register `/recs` and the buttons that stand for a command, before all others: each listener tried
    before the one that matches costs."""
    for listener in recs.routes.listeners:
        listener(app)


def register_rest(app: App) -> None:
    """Load every other handler, and register what it serves."""
    for name in (*recs.MODULES, *_MORE):
        for listener in importlib.import_module(f"handlers.{name}").routes.listeners:
            listener(app)


def is_for_the_first(body: Mapping[str, Any]) -> bool:
    """Return whether `register_first` is enough to answer a payload."""
    return body.get("command") == recs.COMMAND
