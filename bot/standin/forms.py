"""A form before a person: she reads it, fills it in, sends it or closes it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.standin import payloads
from bot.standin.delivery import Delivery
from bot.standin.elements import ENTERED, SOME_OF, Placed, elements_in, options_of
from bot.standin.entries import (
    Entry,
    Shown,
    entered,
    entered_values,
    shown_entry,
    ticked,
    what_is_missing,
)
from bot.standin.messages import Button, buttons_in, the_button
from bot.standin.post_office import PostOffice
from bot.standin.reading import readable, text_of
from bot.standin.submissions import act_on
from bot.standin.surfaces import View
from bot.standin.workspace import Workspace

Json = dict[str, Any]


class Form:
    """One form, always as it stands now. Once it is closed, everything but `is_open` raises LookupError."""

    def __init__(self, view_id: str, workspace: Workspace, office: PostOffice) -> None:
        self.id = view_id
        self._workspace = workspace
        self._office = office

    def __repr__(self) -> str:
        return f"Form({self.id}, {self.title!r})" if self.is_open else f"Form({self.id}, closed)"

    # Reading

    @property
    def is_open(self) -> bool:
        with self._workspace.lock:
            return self._workspace.surfaces.form(self.id) is not None

    @property
    def is_loading(self) -> bool:
        """Opened in haste, to be filled by the bot in a moment."""
        return not self.fields and "loading" in self.all_text.lower()

    @property
    def title(self) -> str:
        return text_of(self._content["title"])

    @property
    def submit_label(self) -> str:
        return text_of(self._content.get("submit") or {})

    @property
    def close_label(self) -> str:
        return text_of(self._content.get("close") or {})

    @property
    def callback_id(self) -> str:
        return str(self._content.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self._content.get("private_metadata", ""))

    @property
    def blocks(self) -> list[Json]:
        with self._workspace.lock:
            return self._view.blocks

    @property
    def all_text(self) -> str:
        """Everything that can be read in it, but for what stands in the fields."""
        lines = [self.title, readable("", self.blocks), self.submit_label, self.close_label]
        return "\n".join(line for line in lines if line)

    @property
    def buttons(self) -> list[Button]:
        return buttons_in(self.blocks)

    def button(self, label: str, accessibility_label: str | None = None) -> Button:
        """Return the one button with this label. Raises LookupError if there is none, or more than one."""
        return the_button(self.blocks, label, accessibility_label)

    @property
    def fields(self) -> dict[str, Shown]:
        """What stands in each field, by its label; a checkbox also by its own words."""
        with self._workspace.lock:
            view, fields_shown = self._view, dict[str, Shown]()
            for placed in self._inputs:
                state = _state(view, placed)
                fields_shown[_label(placed)] = shown_entry(placed.element, state)
                if placed.element["type"] == "checkboxes":
                    for option in options_of(placed.element):
                        fields_shown[text_of(option["text"])] = option in state["selected_options"]
            return fields_shown

    @property
    def errors(self) -> dict[str, str]:
        """The words beside fields, by the fields' labels."""
        with self._workspace.lock:
            errors = self._view.errors
            return {
                _label(placed): errors[key] for placed in self._inputs if (key := placed.key[0]) in errors
            }

    # Acting

    def fill(self, entries: Mapping[str, Entry], wait: float = 1.0) -> "Form":
        """Put entries into the fields so labelled; None or "" empties one.

        Choices are named by their words, their beginnings or their values; users by handle, name or id.
        A field that tells the app of each change does so, and the form may change within `wait` seconds.
        Raises LookupError, TypeError, ValueError.
        """
        for label, entry in entries.items():
            with self._workspace.lock:
                placed = self._fill_one(label, entry)
            if placed.block.get("dispatch_action"):
                self._dispatch(placed, wait)
        return self

    def enter(self, values: Mapping[tuple[str, str], Sequence[str]]) -> None:
        """Put into the fields what a client has in them, by block_id and action_id; choices by their values.

        Fields that are not in the form any more are passed over. Raises LookupError, ValueError.
        """
        with self._workspace.lock:
            view = self._uppermost
            for placed in self._inputs:
                if placed.key in values:
                    _put(view, placed, entered_values(placed.element, values[placed.key]))

    def tell_of(self, block_id: str, action_id: str, wait: float = 1.0) -> None:
        """Tell the app of the change of a field that asks for it; the form may change within `wait` seconds.

        Raises LookupError if no field of the form asks for it.
        """
        with self._workspace.lock:
            matching = [placed for placed in self._inputs if placed.key == (block_id, action_id)]
        if not matching or not matching[0].block.get("dispatch_action"):
            raise LookupError(f"no field {block_id} tells the app of its changes")
        self._dispatch(matching[0], wait)

    def submit(self) -> "dict[str, str] | Form | None":
        """Send the form: None if it closed, the errors by label if some stand beside fields, or the form
        that is seen next.

        Fields that the client finds wanting are errors before anything is sent. Raises TroubleConnecting.
        """
        with self._workspace.lock:
            view = self._uppermost
            view.errors = self._found_wanting()
            if view.errors:
                return self.errors
            payload = payloads.view_submission(self._workspace, view)
        answer = self._office.submit(Delivery("interactive", payload, view.user_id))
        with self._workspace.lock:
            seen_next = act_on(self._workspace, view, answer)
            if view.errors:
                return self.errors
        return Form(seen_next.id, self._workspace, self._office) if seen_next else None

    def close(self) -> None:
        """Close it unsent; the app is told where it asked to be."""
        with self._workspace.lock:
            view = self._uppermost
            is_cleared = bool(view.content.get("clear_on_close"))
            closed = self._workspace.surfaces.clear(view.user_id) if is_cleared else [view]
            self._workspace.surfaces.close(view)
            closings = [
                payloads.view_closed(self._workspace, view, is_cleared)
                for view in closed
                if view.content.get("notify_on_close")
            ]
        for payload in closings:
            self._office.tell(Delivery("interactive", payload, view.user_id))

    @property
    def _view(self) -> View:
        view = self._workspace.surfaces.form(self.id)
        if view is None:
            raise LookupError(f"the form {self.id} is closed")
        return view

    @property
    def _uppermost(self) -> View:
        """Only the form on top of its stack can be acted on."""
        view = self._view
        if view is not self._workspace.surfaces.top(view.user_id):
            raise LookupError(f"another form covers the form {self.id}")
        return view

    @property
    def _content(self) -> Json:
        with self._workspace.lock:
            return self._view.content

    @property
    def _inputs(self) -> list[Placed]:
        return [placed for placed in elements_in(self._view.blocks) if placed.block["type"] == "input"]

    def _fill_one(self, label: str, entry: Entry) -> Placed:
        view = self._uppermost
        matches = [placed for placed in self._inputs if _label(placed) == label]
        if not matches and isinstance(entry, bool):
            placed, option = self._checkbox(label)
            _put(view, placed, ticked(placed.element, _state(view, placed), option, entry))
            return placed
        if len(matches) != 1:
            raise LookupError(f"{len(matches)} fields are called {label!r}; here are {list(self.fields)}")
        _put(view, matches[0], entered(matches[0].element, entry, self._workspace.user_ids()))
        return matches[0]

    def _checkbox(self, words: str) -> tuple[Placed, Json]:
        matches = [
            (placed, option)
            for placed in self._inputs
            if placed.element["type"] in SOME_OF
            for option in options_of(placed.element)
            if text_of(option["text"]) == words
        ]
        if len(matches) != 1:
            raise LookupError(f"{len(matches)} fields are called {words!r}; here are {list(self.fields)}")
        return matches[0]

    def _found_wanting(self) -> dict[str, str]:
        view = self._view
        looked_at = ((placed, what_is_missing(placed, _state(view, placed))) for placed in self._inputs)
        return {placed.key[0]: words for placed, words in looked_at if words}

    def _dispatch(self, placed: Placed, wait: float) -> None:
        with self._workspace.lock:
            view = self._view
            action = payloads.choice(placed, _state(view, placed))
            payload = payloads.view_action(self._workspace, view, action)
        self._office.deliver(Delivery("interactive", payload, view.user_id), wait)


# Tells whether a form is as one waits for it to be.
Until = Callable[[Form], bool]


def put_choice(view: View, placed: Placed, state: Json) -> None:
    """Keep a choice made outside an input, where its kind is one that keeps it."""
    if placed.element["type"] in ENTERED:
        _put(view, placed, state)


def _put(view: View, placed: Placed, state: Json) -> None:
    block_id, action_id = placed.key
    view.entries[block_id][action_id] = state


def _state(view: View, placed: Placed) -> Json:
    block_id, action_id = placed.key
    return view.entries[block_id][action_id]


def _label(placed: Placed) -> str:
    return text_of(placed.block["label"])
