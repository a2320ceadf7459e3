"""The elements in which a person writes or chooses: their kinds, their limits, and where they stand.

Limits: docs.slack.dev/reference/block-kit/block-elements and its pages, and option-object beside them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.standin.block_fault import BlockFault

Json = dict[str, Any]

WRITTEN = {"plain_text_input", "url_text_input"}
ONE_OF = {"static_select", "radio_buttons"}
SOME_OF = {"multi_static_select", "checkboxes"}
ENTERED = {*WRITTEN, *ONE_OF, *SOME_OF, "datepicker", "users_select"}
INTERACTIVE = {*ENTERED, "overflow"}
# In sections and rows of buttons a choice is sent at once; what is written is only for inputs.
CHOSEN_AT_ONCE = INTERACTIVE - WRITTEN

WRITTEN_LENGTH = 3_000
PLACEHOLDER = 150
# Of an option's value the pages give 75 and 150; recbot keeps to the smaller.
OPTION_TEXT, OPTION_VALUE, OPTION_DESCRIPTION = 75, 75, 75
MOST_OPTIONS = {
    "static_select": 100, "multi_static_select": 100, "radio_buttons": 10, "checkboxes": 10, "overflow": 5,
}  # fmt: skip
MOST_GROUPS = 100
_FORMATTED_OPTIONS = {"radio_buttons", "checkboxes"}


@dataclass(frozen=True)
class Placed:
    """An element and the block it stands in."""

    block: Json
    element: Json

    @property
    def key(self) -> tuple[str, str]:
        return self.block.get("block_id", ""), self.element.get("action_id", "")


def elements_in(blocks: list[Json]) -> Iterator[Placed]:
    """Yield the elements of inputs, of rows of buttons and beside sections, in order."""
    for block in blocks:
        for element in (block.get("element"), *block.get("elements", []), block.get("accessory")):
            if element:
                yield Placed(block, element)


def options_of(element: Json) -> list[Json]:
    """Return the options a person can choose from, without their groups."""
    groups = element.get("option_groups", [])
    return [*element.get("options", []), *(option for group in groups for option in group.get("options", []))]


def element_faults(element: Json, place: str) -> Iterator[BlockFault]:
    """Yield every fault of an element of a kind in INTERACTIVE."""
    kind = element["type"]
    if not element.get("action_id"):
        yield BlockFault(place, "has no action_id")
    if "placeholder" in element:
        yield from label_faults(element["placeholder"], f"{place}.placeholder", PLACEHOLDER)
    if kind in MOST_OPTIONS:
        yield from _choice_faults(element, place)
    if kind in WRITTEN:
        yield from _length_faults(element, place)
    if kind == "datepicker" and not _is_date(element.get("initial_date", "2025-03-10")):
        yield BlockFault(f"{place}.initial_date", "is no date")


def label_faults(label: Any, place: str, longest: int) -> Iterator[BlockFault]:
    """Yield the faults of a text object that must be plain_text of at most `longest` characters."""
    if not isinstance(label, dict) or label.get("type") != "plain_text":
        yield BlockFault(place, "must be plain_text")
    elif len(str(label.get("text", ""))) > longest:
        yield BlockFault(place, f"is longer than {longest}")


def _choice_faults(element: Json, place: str) -> Iterator[BlockFault]:
    groups, options = element.get("option_groups", []), options_of(element)
    lists = [group.get("options", []) for group in groups] if groups else [options]
    most = MOST_OPTIONS[element["type"]]
    if any(not 1 <= len(choices) <= most for choices in lists):
        yield BlockFault(place, f"must have 1 to {most} options")
    if len(groups) > MOST_GROUPS:
        yield BlockFault(place, f"has more than {MOST_GROUPS} groups")
    for group in groups:
        yield from label_faults(group.get("label"), f"{place}.option_groups", OPTION_TEXT)
    for number, option in enumerate(options):
        yield from _option_faults(option, f"{place}.options[{number}]", element["type"])
    values = [option.get("value") for option in options]
    if len(set(values)) < len(values):
        yield BlockFault(place, "has options of the same value", refused=False)
    first = [element["initial_option"]] if "initial_option" in element else []
    if any(initial not in options for initial in [*first, *element.get("initial_options", [])]):
        yield BlockFault(place, "begins with an option that is not among its options")


def _option_faults(option: Json, place: str, kind: str) -> Iterator[BlockFault]:
    text = option.get("text") or {}
    if text.get("type") != "plain_text" and kind not in _FORMATTED_OPTIONS:
        yield BlockFault(f"{place}.text", "must be plain_text")
    if not 1 <= len(str(text.get("text", ""))) <= OPTION_TEXT:
        yield BlockFault(f"{place}.text", f"must have 1 to {OPTION_TEXT} characters")
    if not 1 <= len(str(option.get("value", ""))) <= OPTION_VALUE:
        yield BlockFault(f"{place}.value", f"must have 1 to {OPTION_VALUE} characters")
    if len(str((option.get("description") or {}).get("text", ""))) > OPTION_DESCRIPTION:
        yield BlockFault(f"{place}.description", f"is longer than {OPTION_DESCRIPTION}")
    if unknown := option.keys() - {"text", "value", "description", "url" if kind == "overflow" else "text"}:
        yield BlockFault(place, f"has unknown keys {sorted(unknown)}")


def _length_faults(element: Json, place: str) -> Iterator[BlockFault]:
    longest = element.get("max_length", WRITTEN_LENGTH)
    if not 1 <= longest <= WRITTEN_LENGTH:
        yield BlockFault(f"{place}.max_length", f"must be 1 to {WRITTEN_LENGTH}")
    if not 0 <= element.get("min_length", 0) <= longest:
        yield BlockFault(f"{place}.min_length", "must be 0 to max_length")
    if len(element.get("initial_value", "")) > longest:
        yield BlockFault(f"{place}.initial_value", f"is longer than {longest}")


def _is_date(text: Any) -> bool:
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
