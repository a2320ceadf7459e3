"""Menus and lists outside inputs, in which a choice is told to the app at once."""

from collections.abc import Mapping
from typing import Any

from bot.standin.elements import CHOSEN_AT_ONCE, SOME_OF, Placed, elements_in
from bot.standin.entries import entered, option_called, ticked
from bot.standin.reading import text_of
from bot.standin.surfaces import View

Json = dict[str, Any]


def choice_in(
    blocks: list[Json], option: str, message_text: str | None, user_ids: Mapping[str, str]
) -> Placed:
    """Return the one menu that offers `option`, with `message_text` in its placeholder or in the text beside.

    Raises LookupError.
    """
    menus = [
        placed
        for placed in elements_in(blocks)
        if placed.element.get("type") in CHOSEN_AT_ONCE and placed.block["type"] != "input"
    ]
    matching = [
        menu
        for menu in menus
        if (message_text is None or message_text in _words(menu)) and _offers(menu.element, option, user_ids)
    ]
    if len(matching) != 1:
        names = [_words(menu) for menu in menus]
        raise LookupError(f"{len(matching)} menus offer {option!r}; here are {names}")
    return matching[0]


def chosen(placed: Placed, option: str, user_ids: Mapping[str, str], view: View | None) -> Json:
    """Return what stands in the menu after the choice; in a list of several, the choice is ticked or
    unticked."""
    if placed.element["type"] not in SOME_OF:
        return entered(placed.element, option, user_ids)
    block_id, action_id = placed.key
    beginning = {"selected_options": placed.element.get("initial_options", [])}
    state = view.entries[block_id][action_id] if view else beginning
    chosen_option = option_called(placed.element, option)
    return ticked(placed.element, state, chosen_option, chosen_option not in state["selected_options"])


def _offers(element: Json, option: str, user_ids: Mapping[str, str]) -> bool:
    try:
        if element["type"] in SOME_OF:
            option_called(element, option)
        elif element["type"] == "users_select":
            return option.removeprefix("@") in {*user_ids, *user_ids.values()}
        else:
            entered(element, option, user_ids)
    except (LookupError, ValueError):
        return False
    return True


def _words(placed: Placed) -> str:
    """Return what tells a person what the menu is for."""
    texts = [placed.element.get("placeholder"), placed.block.get("text")]
    return " ".join(text_of(text) for text in texts if text)
