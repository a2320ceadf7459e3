"""What stands in the fields of a form: as the app is told of it, as a person sees it, as she fills it in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from bot.standin.elements import (
    ENTERED,
    ONE_OF,
    SOME_OF,
    WRITTEN,
    WRITTEN_LENGTH,
    Placed,
    elements_in,
    options_of,
)
from bot.standin.reading import text_of

Json = dict[str, Any]
# block_id → action_id → what is entered, as in `view.state.values`.
Entries = dict[str, dict[str, Json]]
# What a person puts into a field: words, a choice, several, a date, a tick; None empties it.
Entry = str | date | bool | Collection[str] | None
Shown = str | bool | list[str] | None


def first_entries(blocks: list[Json], before: Entries) -> Entries:
    """Return what stands in the fields of blocks just shown.

    An input that keeps its block_id and action_id keeps what stood in it, whatever it is to begin with:
    github.com/slackapi/bolt-js/issues/290
    """
    entries: Entries = {}
    for placed in elements_in(blocks):
        if placed.element.get("type") in ENTERED:
            block_id, action_id = placed.key
            entry = before.get(block_id, {}).get(action_id, {})
            same_kind = entry.get("type") == placed.element["type"]
            entries.setdefault(block_id, {})[action_id] = entry if same_kind else _beginning(placed.element)
    return entries


def entered(element: Json, entry: Entry, people: Mapping[str, str]) -> Json:
    """Return an entry as the app is told of it; `people` gives user ids by handle and name.

    Raises LookupError for a choice that is not offered, TypeError for an entry of another kind.
    """
    kind = element["type"]
    if kind in SOME_OF:
        return {"type": kind, "selected_options": _chosen(element, entry)}
    if entry is None or entry == "":
        return {"type": kind, _KEYS[kind]: None}
    if kind == "datepicker" and isinstance(entry, str | date):
        return {"type": kind, "selected_date": date.fromisoformat(str(entry)).isoformat()}
    if not isinstance(entry, str):
        raise TypeError(f"{entry!r} cannot be entered into a {kind}")
    if kind in ONE_OF or kind == "overflow":
        return {"type": kind, "selected_option": option_called(element, entry)}
    if kind == "users_select":
        return {"type": kind, "selected_user": people.get(entry.removeprefix("@"), entry)}
    return {"type": kind, "value": entry}


def entered_values(element: Json, values: Sequence[str]) -> Json:
    """Return what a client has in a field, as the app is told of it; choices are given by their values.

    Raises LookupError for a choice that is not offered, ValueError for a date that is none.
    """
    kind = element["type"]
    options = {str(option["value"]): option for option in options_of(element)}
    if kind in SOME_OF:
        return {"type": kind, "selected_options": [options[value] for value in values]}
    entry = values[0] if values and values[0] else None
    if entry is None:
        return {"type": kind, _KEYS[kind]: None}
    if kind in ONE_OF or kind == "overflow":
        return {"type": kind, "selected_option": options[entry]}
    if kind == "datepicker":
        return {"type": kind, "selected_date": date.fromisoformat(entry).isoformat()}
    return {"type": kind, _KEYS[kind]: entry}


def ticked(element: Json, state: Json, option: Json, is_on: bool) -> Json:
    """Return the state of checkboxes with one of them ticked or not."""
    chosen_options = [
        candidate
        for candidate in options_of(element)
        if candidate in state["selected_options"] and candidate != option
    ]
    ticked_options = [
        candidate
        for candidate in options_of(element)
        if candidate in chosen_options or (is_on and candidate == option)
    ]
    return {"type": element["type"], "selected_options": ticked_options}


def shown_entry(element: Json, state: Json) -> Shown:
    """Return what a person sees in a field; a single checkbox is ticked or not."""
    kind = element["type"]
    if kind in SOME_OF:
        texts = [text_of(option["text"]) for option in state["selected_options"]]
        return bool(texts) if kind == "checkboxes" and len(options_of(element)) == 1 else texts
    if kind in ONE_OF:
        option = state["selected_option"]
        return text_of(option["text"]) if option else None
    words: str | None = state[_KEYS[kind]]
    return words


def what_is_missing(placed: Placed, state: Json) -> str | None:
    """Return what the client itself says of a field before anything is sent."""
    entry = state.get(_KEYS.get(state["type"], "selected_options"))
    if not entry:
        return None if placed.block.get("optional") else "Please complete this required field."
    if state["type"] not in WRITTEN:
        return None
    element, length = placed.element, len(entry)
    if length > element.get("max_length", WRITTEN_LENGTH):
        return f"Please write at most {element.get('max_length', WRITTEN_LENGTH)} characters."
    if length < element.get("min_length", 0):
        return f"Please write at least {element['min_length']} characters."
    if state["type"] == "url_text_input" and not (urlsplit(entry).scheme and urlsplit(entry).netloc):
        return "Please enter a valid URL."
    return None


def option_called(element: Json, words: str) -> Json:
    """Return the one option with this text or value, or whose text begins so. Raises LookupError."""
    folded_words = words.casefold()
    texts = [(text_of(option["text"]).casefold(), option) for option in options_of(element)]
    exact = [option for text, option in texts if folded_words in (text, str(option["value"]).casefold())]
    matches = exact or [option for text, option in texts if text.startswith(folded_words)]
    if len(matches) != 1:
        labels = [text_of(option["text"]) for option in options_of(element)]
        raise LookupError(f"{len(matches)} options are called {words!r}; offered are {labels}")
    return matches[0]


_KEYS = {
    **dict.fromkeys(WRITTEN, "value"),
    **dict.fromkeys(ONE_OF, "selected_option"),
    "overflow": "selected_option",
    "datepicker": "selected_date",
    "users_select": "selected_user",
}
_BEGINS_WITH = {
    **dict.fromkeys(WRITTEN, "initial_value"),
    **dict.fromkeys(ONE_OF, "initial_option"),
    "datepicker": "initial_date",
    "users_select": "initial_user",
}


def _beginning(element: Json) -> Json:
    kind = element["type"]
    if kind in SOME_OF:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    return {"type": kind, _KEYS[kind]: element.get(_BEGINS_WITH[kind])}


def _chosen(element: Json, entry: Entry) -> list[Json]:
    options = options_of(element)
    if isinstance(entry, bool):
        if len(options) != 1:
            raise TypeError("only a single checkbox is ticked or not")
        return options if entry else []
    if entry is None or isinstance(entry, str):
        names: Iterable[str] = [entry] if entry else []
    elif isinstance(entry, date):
        raise TypeError("a date is no choice")
    else:
        names = entry
    named_options = [option_called(element, name) for name in names]
    return [option for option in options if option in named_options]
