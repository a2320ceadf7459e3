"""The fields of a form. A field's id is its block's and its element's, and the key of an error beside it.

Slack keeps what stands in a field whose ids stay the same when a form is shown anew, whatever it is to begin
with: one that has to begin anew gets another `mark`, which its block's id then ends in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from bot.domain.register.guard import MayIdentify
from bot.domain.values import replace
from bot.rendering.blocks.buttons import SHARE
from bot.rendering.blocks.recording.guard import found_in_words
from bot.rendering.limits import BYTES, VIEW_BLOCKS, VIEW_CHARACTERS, Room, bytes_sent, with_short_texts
from bot.rendering.mrkdwn import cut
from bot.rendering.screen import SECTION, Block, Screen

# Slack's limits: https://docs.slack.dev/reference/block-kit/block-elements
TITLE = 24
METADATA = 3000
OPTION = 75
TEXT = 3000
HINT = 2000

# What is chosen from: the value an app is told, and the words a person reads.
Options = Sequence[tuple[str, str]]
NO_VICTIM = "no-victim"

_MOST_BOXES = 10

# What the blocks of a form or a Home may take; and in bytes, what is said in a form beside long entries.
VIEW = Room(VIEW_BLOCKS, VIEW_CHARACTERS, BYTES - 2 * METADATA)
_SIZE_OF_WORDS = 12_000


def form(
    title: str,
    blocks: Sequence[Block],
    *,
    callback: str,
    submit: str = "",
    close: str = "Close",
    metadata: str = "",
) -> dict[str, Any]:
    """Return a form as Slack takes it. Without a word for `submit` there is nothing to send."""
    view: dict[str, Any] = {
        "type": "modal",
        "callback_id": callback,
        "title": _plain(title[:TITLE]),
        "close": _plain(close),
        "private_metadata": metadata,
        "blocks": _with_room_for_fields(blocks),
    }
    if submit:
        view["submit"] = _plain(submit)
    return view


def screen_form(title: str, screen: Screen, *, callback: str) -> dict[str, Any]:
    """Return a screen in a form, without what needs a channel: there is none to share with."""
    return form(title, without_sharing(screen.blocks), callback=callback)


def without_sharing(blocks: Iterable[Block]) -> list[Block]:
    remaining = []
    for block in blocks:
        if block["type"] != "actions":
            remaining.append(block)
        elif elements := [element for element in block["elements"] if element["action_id"] != SHARE]:
            remaining.append({**block, "elements": elements})
    return remaining


def coming_back(view: dict[str, Any]) -> dict[str, Any]:
    """Return a form that is shown anew in the answer to its own submission, short enough to be sent.

    Slack keeps what stands in a field whose ids stay the same, so the longest entries of such fields need not
    be sent back."""
    blocks = [dict(block) for block in view["blocks"]]
    entries = [block for block in blocks if _keeps_its_entry(block)]
    entries.sort(key=lambda block: bytes_sent(block["element"]["initial_value"]))
    while entries and bytes_sent(blocks) > VIEW.size:
        longest = entries.pop()
        element = longest["element"]
        longest["element"] = {name: value for name, value in element.items() if name != "initial_value"}
    return {**view, "blocks": blocks}


def _keeps_its_entry(block: Block) -> bool:
    """Return whether it is a text field without a mark, with something in it."""
    element = block.get("element", {})
    return "initial_value" in element and block["block_id"] == element["action_id"]


def _with_room_for_fields(blocks: Sequence[Block]) -> list[Block]:
    """Shorten what is said in a form, to leave room for what its reader has written in the fields."""
    other_blocks = [block for block in blocks if block["type"] != "input"]
    fields = bytes_sent([block for block in blocks if block["type"] == "input"])
    room = replace(VIEW, size=max(_SIZE_OF_WORDS, VIEW.size - fields))
    shorter = iter(with_short_texts(other_blocks, room))
    return [block if block["type"] == "input" else next(shorter) for block in blocks]


def loading(title: str, callback: str) -> dict[str, Any]:
    """Return a form that is opened in haste, since Slack's trigger lives 3 seconds; what it asks comes a
    moment later."""
    return form(title, [paragraph("Loading…")], callback=callback)


class FormFrame(Struct, frozen=True):
    """What a form has in common while it loads, is filled, and shows what came of it."""

    title: str
    callback: str  # what Slack names when the form is sent

    def loading(self) -> dict[str, Any]:
        """Return the form that is opened before anything is read."""
        return loading(self.title, self.callback)

    def showing(self, screen: Screen) -> dict[str, Any]:
        """Return a screen in the place of the form."""
        return screen_form(self.title, screen, callback=self.callback)

    def holding(self, blocks: Sequence[Block], *, submit: str = "", metadata: str = "") -> dict[str, Any]:
        """Return the form with these blocks; without a word for `submit` there is nothing to send."""
        return form(self.title, blocks, callback=self.callback, submit=submit, metadata=metadata)


def paragraph(text: str) -> Block:
    """Return plain text, whoever wrote the words in it."""
    return {"type": "section", "text": _plain(cut(text, SECTION))}


def text_field(
    field: str,
    label: str,
    value: str = "",
    *,
    longest: int = TEXT,
    lines: bool = False,
    hint: str = "",
    optional: bool = False,
    mark: str = "",
) -> Block:
    """Return a field for a text; with `lines` for more than one line. `longest` counts characters."""
    element: Block = {"type": "plain_text_input", "max_length": longest, "multiline": lines}
    if value:
        element["initial_value"] = value[:longest]
    return _field(field, label, element, hint, optional, mark=mark)


def date_field(
    field: str,
    label: str,
    value: date | None = None,
    *,
    hint: str = "",
    optional: bool = False,
    mark: str = "",
) -> Block:
    element: Block = {"type": "datepicker"}
    if value:
        element["initial_date"] = value.isoformat()
    return _field(field, label, element, hint, optional, mark=mark)


def choice_field(
    field: str,
    label: str,
    options: Options,
    value: str,
    *,
    hint: str = "",
    mark: str = "",
    tells_at_once: bool = False,
) -> Block:
    """Return a choice of at most 100; with `tells_at_once` the bot is told of it before the form is sent."""
    all_options = [_option(*option) for option in options]
    element: Block = {"type": "static_select", "options": all_options}
    initial = [option for option in all_options if option["value"] == value]
    if initial:
        element["initial_option"] = initial[0]
    block = _field(field, label, element, hint, optional=False, mark=mark)
    return block | {"dispatch_action": True} if tells_at_once else block


def grouped_choice_field(field: str, label: str, groups: Mapping[str, Options], value: str = "") -> Block:
    """Return a choice of some groups, at most 100 with at most 100 each, by the groups' names."""
    option_groups = {
        name: [_option(*option) for option in options] for name, options in groups.items() if options
    }
    element: Block = {
        "type": "static_select",
        "option_groups": [
            {"label": _plain(name), "options": options} for name, options in option_groups.items()
        ],
    }
    initial = [option for options in option_groups.values() for option in options if option["value"] == value]
    if initial:
        element["initial_option"] = initial[0]
    return _field(field, label, element, "", optional=False)


def person_field(field: str, label: str, *, hint: str = "") -> Block:
    """Return a field that takes anybody in the workspace."""
    return _field(field, label, {"type": "users_select"}, hint, optional=False)


def choices_field(
    field: str, label: str, groups: Mapping[str, Options], values: Sequence[str] = (), *, hint: str = ""
) -> Block:
    """Return a menu that takes any number of choices, also none, from groups of at most 100, by their
    names."""
    option_groups = {
        name: [_option(*option) for option in options] for name, options in groups.items() if options
    }
    element: Block = {
        "type": "multi_static_select",
        "option_groups": [
            {"label": _plain(name), "options": options} for name, options in option_groups.items()
        ],
    }
    initial = [
        option for options in option_groups.values() for option in options if option["value"] in values
    ]
    if initial:
        element["initial_options"] = initial
    return _field(field, label, element, hint, optional=True)


def boxes_field(
    field: str,
    label: str,
    options: Options,
    values: Collection[str] = (),
    *,
    mark: str = "",
    optional: bool = True,
) -> Block:
    """Return a box for each choice, of which any number may be ticked; of more than 10 a list, which holds up
    to 100."""
    all_options = [_option(*option) for option in options]
    kind = "checkboxes" if len(all_options) <= _MOST_BOXES else "multi_static_select"
    element: Block = {"type": kind, "options": all_options}
    initial = [option for option in all_options if option["value"] in values]
    if initial:
        element["initial_options"] = initial
    return _field(field, label, element, "", optional, mark=mark)


def no_victim_field(*, ticked: bool = False) -> Block:
    """Return the box that comes once something was found in a text, and leaves it to whoever wrote it."""
    options = [("yes", "No victim can be identified")]
    return boxes_field(NO_VICTIM, "Personal data", options, ["yes"] if ticked else [])


def what_was_found(may_identify: MayIdentify) -> str:
    """Say why it is asked, and the two ways on."""
    findings = [finding for of_field in may_identify.findings.values() for finding in of_field]
    return (
        f"Nothing was stored yet: it looks as if there were {found_in_words(findings)}."
        " Write it in other words, or confirm that no victim can be identified."
    )


def _field(field: str, label: str, element: Block, hint: str, optional: bool, *, mark: str = "") -> Block:
    input_block: Block = {
        "type": "input",
        "block_id": f"{field}:{mark}" if mark else field,
        "label": _plain(label),
        "element": {**element, "action_id": field},
        "optional": optional,
    }
    if hint:
        input_block["hint"] = _plain(cut(hint, HINT))
    return input_block


def _option(value: str, words: str) -> Block:
    return {"text": _plain(cut(words, OPTION)), "value": value}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}
