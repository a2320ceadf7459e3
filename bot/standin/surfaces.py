"""The forms that are open before people, stacked at most three high, and everybody's Home."""

import secrets
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.standin.entries import Entries, first_entries
from bot.standin.refusal import Refusal

Json = dict[str, Any]

HIGHEST_STACK = 3


@dataclass
class View:
    """A form, or somebody's Home, as it stands; `content` is what the bot sent, every block with an id.

    `errors` are the words beside fields, by block_id; `changes` counts how often it was shown anew.
    """

    id: str
    user_id: str
    root_id: str
    previous_id: str | None
    content: Json = field(default_factory=dict)
    entries: Entries = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    hash: str = ""
    changes: int = 0

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.content["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        return str(self.content.get("external_id") or "")

    def show(self, content: Json) -> None:
        blocks = [{"block_id": secrets.token_hex(3), **block} for block in content["blocks"]]
        self.content = content | {"blocks": blocks}
        self.entries = first_entries(blocks, self.entries)
        self.errors = {}
        self.hash = f"{int(time.time())}.{secrets.token_hex(4)}"
        self.changes += 1


class Surfaces:
    """Used under the workspace's lock; `on_change` is told the id of a view that was shown anew."""

    def __init__(self, new_id: Callable[[], str], on_change: Callable[[str], None]) -> None:
        self._new_id = new_id
        self._on_change = on_change
        self._stacks: defaultdict[str, list[View]] = defaultdict(list)
        self._homes: dict[str, View] = {}

    def open(self, user_id: str, content: Json) -> View:
        """Open a new form, in place of any that is open. Raises Refusal (duplicate_external_id)."""
        self._unique(content, None)
        view_id = self._new_view_id()
        self._stacks[user_id] = [View(view_id, user_id, root_id=view_id, previous_id=None)]
        return self._show(self._stacks[user_id][0], content)

    def push(self, below: View, content: Json) -> View:
        """Open a form over another. Raises Refusal (push_limit_reached, duplicate_external_id)."""
        stack = self._stacks[below.user_id]
        if len(stack) >= HIGHEST_STACK:
            raise Refusal("push_limit_reached")
        self._unique(content, None)
        stack.append(View(self._new_view_id(), below.user_id, below.root_id, previous_id=below.id))
        self._on_change(below.id)
        return self._show(stack[-1], content)

    def update(self, view: View, content: Json) -> View:
        """Put other content into a view. Raises Refusal (duplicate_external_id)."""
        self._unique(content, view)
        return self._show(view, content)

    def publish(self, user_id: str, content: Json) -> View:
        """Show a Home. Raises Refusal (duplicate_external_id)."""
        home = self._homes.get(user_id)
        self._unique(content, home)
        if home is None:
            view_id = self._new_view_id()
            home = self._homes[user_id] = View(view_id, user_id, root_id=view_id, previous_id=None)
        return self._show(home, content)

    def close(self, view: View) -> None:
        """Take one form away, if it is still open; the one below it is seen again."""
        self._stacks[view.user_id] = [stack for stack in self._stacks[view.user_id] if stack is not view]

    def clear(self, user_id: str) -> list[View]:
        """Take all of a person's forms away, and return them, the uppermost first."""
        return self._stacks.pop(user_id, [])[::-1]

    def top(self, user_id: str) -> View | None:
        stack = self._stacks[user_id]
        return stack[-1] if stack else None

    def home(self, user_id: str) -> View | None:
        return self._homes.get(user_id)

    def form(self, view_id: str = "", external_id: str = "") -> View | None:
        """Return an open form by either of its ids."""
        for view in self._all_forms():
            if view_id == view.id or (external_id and external_id == view.external_id):
                return view
        return None

    def _show(self, view: View, content: Json) -> View:
        view.show(content)
        self._on_change(view.id)
        return view

    def _unique(self, content: Json, itself: View | None) -> None:
        external_id = content.get("external_id")
        views = [*self._all_forms(), *self._homes.values()]
        if external_id and any(view.external_id == external_id and view is not itself for view in views):
            raise Refusal("duplicate_external_id")

    def _all_forms(self) -> list[View]:
        return [view for stack in self._stacks.values() for view in stack]

    def _new_view_id(self) -> str:
        return f"V0{self._new_id()}"
