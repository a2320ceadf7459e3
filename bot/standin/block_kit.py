"""Block Kit as Slack takes it: slack_sdk's models, and what they let pass.

Limits: docs.slack.dev/reference/block-kit/blocks and its pages, and the comments of slack_sdk.models.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any, Literal

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.standin.block_fault import BlockFault
from bot.standin.elements import CHOSEN_AT_ONCE, ENTERED, INTERACTIVE, WRITTEN, element_faults, label_faults

Json = dict[str, Any]

BLOCKS = 50
TEXT, FIELD, HEADER, BUTTON, VALUE, ID = 3_000, 2_000, 150, 75, 2_000, 255
CONTEXT_ELEMENTS, ACTION_ELEMENTS, FIELDS = 10, 25, 10
# docs.slack.dev/reference/block-kit/blocks/data-visualization-block; of the series other pages say 12.
CHARTS, CHART_TITLE, CHART_SERIES, CHART_POINTS, CHART_WORDS, CHART_AXIS = 2, 50, 6, 20, 20, 50
TABLE_ROWS, TABLE_COLUMNS, TABLE_CHARACTERS = 100, 20, 10_000
VIEW_BLOCKS, LABEL = 100, 2_000
# The blocks that every client shows, in messages and in forms and Home; a chart where the workspace has them.
CHART = "data_visualization"
KINDS = {"section", "context", "actions", "header", "divider", "table", "image", CHART}
VIEW_KINDS = KINDS - {"table", CHART} | {"input"}

_EMOJI = re.compile(r":[a-z0-9_+'-]+:")
_TEXT_OBJECTS = {"plain_text", "mrkdwn"}
_VIEW_KEYS = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
_FORM_KEYS = {"title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"}

Surface = Literal["modal", "home"]


def block_faults(blocks: Any, most: int = BLOCKS, kinds: Collection[str] = KINDS) -> list[BlockFault]:
    """Return every fault of a message's blocks, or with other limits of a form's or Home's."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return [BlockFault("blocks", "must be a list of objects")]
    faults = [BlockFault("blocks", f"are more than {most}")] if len(blocks) > most else []
    for number, block in enumerate(blocks):
        faults.extend(_faults_of(block, f"blocks[{number}]", kinds))
    return [*faults, *_faults_between(blocks)]


def holds_chart(blocks: Any) -> bool:
    """Return whether a chart is among a message's blocks."""
    return isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == CHART for block in blocks
    )


def view_faults(view: Any, surface: Surface) -> list[BlockFault]:
    """Return every fault of a form (modal) or of somebody's Home."""
    if not isinstance(view, dict):
        return [BlockFault("view", "must be an object")]
    if view.get("type") != surface:
        return [BlockFault("type", f"is {view.get('type')!r}, not {surface!r}")]
    blocks = view.get("blocks")
    faults = [*_faults_of_the_frame(view), *block_faults(blocks, VIEW_BLOCKS, VIEW_KINDS)]
    if isinstance(blocks, list):
        faults.extend(_faults_of_inputs(view, [block for block in blocks if block.get("type") == "input"]))
    return faults


def _faults_of_the_frame(view: Json) -> Iterator[BlockFault]:
    """Yield the faults of what stands round the blocks. The SDK's model knows the limits, but drops what it
    does not know."""
    blocks = view.get("blocks")
    stand_ins = [{"type": "divider"} for _ in blocks] if isinstance(blocks, list) else None
    try:
        View(**(view | {"blocks": stand_ins})).to_dict()
    except (SlackObjectFormationError, AttributeError, KeyError, TypeError, ValueError) as error:
        yield BlockFault("view", str(error))
    if unknown := view.keys() - _VIEW_KEYS - (_FORM_KEYS if view["type"] == "modal" else set()):
        yield BlockFault("view", f"has unknown keys {sorted(unknown)}")
    if view["type"] == "modal" and blocks == []:
        yield BlockFault("blocks", "are none")
    if view["type"] == "modal" and not view.get("title"):
        yield BlockFault("title", "is missing")
    for key in ("title", "submit", "close"):
        if key in view:
            yield from label_faults(view[key], key, 24)
            yield from _faults_of_parts(view[key], key)
    if len(str(view.get("external_id", ""))) > ID:
        yield BlockFault("external_id", f"is longer than {ID}")
    if view.get("submit") and not view.get("callback_id"):
        yield BlockFault("callback_id", "is missing, so that nobody hears of the form", refused=False)


def _faults_of_inputs(view: Json, inputs: list[Json]) -> Iterator[BlockFault]:
    if inputs and view["type"] == "modal" and not view.get("submit"):
        yield BlockFault("submit", "is missing, though there are inputs")
    times = Counter(str((block.get("label") or {}).get("text")) for block in inputs)
    for label in (label for label, count in times.items() if count > 1):
        yield BlockFault("blocks", f"have two inputs called {label!r}", refused=False)
    elements = [block.get("element") or {} for block in inputs]
    if sum(bool(element.get("focus_on_load")) for element in elements) > 1:
        yield BlockFault("blocks", "have more than one element with focus_on_load")


def readable_length(blocks: list[Json]) -> int:
    """Return all characters of all texts in the blocks."""
    return sum(len(text) for _, text in _texts(blocks, ""))


def _faults_of(block: Json, place: str, kinds: Collection[str]) -> list[BlockFault]:
    kind = block.get("type")
    if kind not in kinds:
        return [BlockFault(place, f"is of the kind {kind!r}, which not every client shows")]
    own_rules = _OWN_RULES.get(str(kind))
    try:
        own = [BlockFault(place, words) for words in (own_rules(block) if own_rules else [])]
        # The SDK has no model of a chart.
        by_model = [] if kind == CHART else _faults_by_model(block, place)
        return [*by_model, *own, *_faults_of_parts(block, place)]
    except (AttributeError, TypeError) as error:
        return [BlockFault(place, f"has a part of the wrong shape: {error}")]


def _faults_by_model(block: Json, place: str) -> list[BlockFault]:
    """Yield what differs when it is parsed and written again: the models drop what they do not know, or empty
    texts."""
    try:
        parsed = Block.parse(dict(block))
        written = parsed.to_dict() if parsed else None
    except (SlackObjectFormationError, AttributeError, KeyError, TypeError, ValueError) as error:
        return [BlockFault(place, str(error))]
    return [] if written == block else [BlockFault(place, f"is read by Slack as {written}")]


def _faults_of_parts(node: Any, place: str) -> Iterator[BlockFault]:
    """Yield the faults of text objects, buttons, images and ids, wherever they stand."""
    if isinstance(node, list):
        for number, child in enumerate(node):
            yield from _faults_of_parts(child, f"{place}[{number}]")
        return
    if not isinstance(node, dict):
        return
    kind = node.get("type")
    if kind in _TEXT_OBJECTS:
        yield from _text_object_faults(node, place)
    if kind == "button":
        yield from _button_faults(node, place)
    if kind in INTERACTIVE:
        yield from element_faults(node, place)
    if kind == "image" and not str(node.get("alt_text") or "").strip():
        yield BlockFault(place, "is a picture without alt_text")
    for key in ("block_id", "action_id"):
        if key in node and not 1 <= len(str(node[key])) <= ID:
            yield BlockFault(f"{place}.{key}", f"must have 1 to {ID} characters")
    for key, child in node.items():
        yield from _faults_of_parts(child, f"{place}.{key}")


def _text_object_faults(node: Json, place: str) -> Iterator[BlockFault]:
    text = node.get("text")
    if not isinstance(text, str) or not text:
        yield BlockFault(place, "is an empty text")
    elif len(text) > TEXT:
        yield BlockFault(place, f"has {len(text)} characters, more than {TEXT}")
    unknown = node.keys() - {"type", "text", "emoji" if node["type"] == "plain_text" else "verbatim"}
    if unknown:
        yield BlockFault(place, f"has unknown keys {sorted(unknown)}")


def _button_faults(button: Json, place: str) -> Iterator[BlockFault]:
    label = button.get("text", {})
    words = str(label.get("text", ""))
    if label.get("type") != "plain_text":
        yield BlockFault(f"{place}.text", "must be plain_text")
    if len(words) > BUTTON:
        yield BlockFault(f"{place}.text", f"is longer than {BUTTON}")
    if len(str(button.get("accessibility_label", ""))) > BUTTON:
        yield BlockFault(f"{place}.accessibility_label", f"is longer than {BUTTON}")
    if len(str(button.get("value", ""))) > VALUE:
        yield BlockFault(f"{place}.value", f"is longer than {VALUE}")
    if not any(character.isalnum() for character in _EMOJI.sub("", words)):
        yield BlockFault(f"{place}.text", "says nothing in words", refused=False)
    if not button.get("action_id"):
        yield BlockFault(place, "has no action_id")


def _section_faults(block: Json) -> Iterator[str]:
    fields = block.get("fields", [])
    if len(fields) > FIELDS:
        yield f"has more than {FIELDS} fields"
    if any(len(field.get("text", "")) > FIELD for field in fields):
        yield f"has a field longer than {FIELD}"
    if "accessory" in block and block["accessory"].get("type") not in {"button", "image", *CHOSEN_AT_ONCE}:
        yield "has something beside it that does not belong there"


def _header_faults(block: Json) -> Iterator[str]:
    text = block.get("text", {})
    if text.get("type") != "plain_text":
        yield "is a header that is not plain_text"
    if len(text.get("text", "")) > HEADER:
        yield f"is a header longer than {HEADER}"


def _input_faults(block: Json) -> Iterator[str]:
    if not block.get("block_id"):
        yield "is an input without block_id"
    if block.get("element", {}).get("type") not in ENTERED:
        yield "is an input in which nothing can be entered"
    for key in ("label", "hint"):
        if key == "label" or key in block:
            for fault in label_faults(block.get(key), key, LABEL):
                yield f"has a {fault.place} that {fault.words}"


def _context_faults(block: Json) -> Iterator[str]:
    if not 1 <= len(block.get("elements", [])) <= CONTEXT_ELEMENTS:
        yield f"must have 1 to {CONTEXT_ELEMENTS} elements"


def _actions_faults(block: Json) -> Iterator[str]:
    if not 1 <= len(block.get("elements", [])) <= ACTION_ELEMENTS:
        yield f"must have 1 to {ACTION_ELEMENTS} elements"
    if any(element.get("type") in WRITTEN for element in block.get("elements", [])):
        yield "has an element for writing, which belongs into an input"


def _table_faults(block: Json) -> Iterator[str]:
    rows = block.get("rows", [])
    if not 1 <= len(rows) <= TABLE_ROWS:
        yield f"must have 1 to {TABLE_ROWS} rows"
    if any(not 1 <= len(row) <= TABLE_COLUMNS for row in rows):
        yield f"must have 1 to {TABLE_COLUMNS} columns"
    if len({len(row) for row in rows}) > 1:
        yield "has rows of different lengths"
    if len(block.get("column_settings", [])) > TABLE_COLUMNS:
        yield f"has settings for more than {TABLE_COLUMNS} columns"
    cells = [cell for row in rows for cell in row]
    if any(cell.get("type") not in ("raw_text", "raw_number", "rich_text") for cell in cells):
        yield "has a cell that is neither raw_text, raw_number nor rich_text"
    if any(cell.get("type") == "raw_text" and not cell.get("text") for cell in cells):
        yield "has an empty cell"
    if any(cell.get("type") == "raw_text" and cell.keys() != {"type", "text"} for cell in cells):
        yield "has a cell with unknown keys"


def _chart_faults(block: Json) -> Iterator[str]:
    """Yield the faults of a chart of lines, bars or areas; recbot sends no pie."""
    if unknown := block.keys() - {"type", "block_id", "title", "chart"}:
        yield f"has unknown keys {sorted(unknown)}"
    if not 1 <= len(block.get("title", "")) <= CHART_TITLE:
        yield f"must have a title of 1 to {CHART_TITLE} characters"
    chart = block.get("chart", {})
    if chart.get("type") not in ("line", "bar", "area"):
        yield f"is a chart of the kind {chart.get('type')!r}"
    axis, series = chart.get("axis_config", {}), chart.get("series", [])
    categories = axis.get("categories", [])
    if not 1 <= len(series) <= CHART_SERIES:
        yield f"must have 1 to {CHART_SERIES} series"
    if not 1 <= len(categories) <= CHART_POINTS or len(set(categories)) < len(categories):
        yield f"must have 1 to {CHART_POINTS} categories, each once"
    names = [row.get("name", "") for row in series]
    if len(set(names)) < len(names):
        yield "has two series of one name"
    if any(not 1 <= len(words) <= CHART_WORDS for words in (*names, *categories)):
        yield f"has a name or a category that has not 1 to {CHART_WORDS} characters"
    if any(len(axis.get(key, "")) > CHART_AXIS for key in ("x_label", "y_label")):
        yield f"has an axis whose name is longer than {CHART_AXIS}"
    for row in series:
        if [point.get("label") for point in row.get("data", [])] != categories:
            yield f"has a series {row.get('name')!r} that is not of the categories"
        if any(type(point.get("value")) not in (int, float) for point in row.get("data", [])):
            yield f"has a series {row.get('name')!r} with something else than numbers"


_OWN_RULES = {
    CHART: _chart_faults,
    "section": _section_faults,
    "header": _header_faults,
    "context": _context_faults,
    "input": _input_faults,
    "actions": _actions_faults,
    "table": _table_faults,
}


def _faults_between(blocks: list[Json]) -> Iterator[BlockFault]:
    for key in ("block_id", "action_id"):
        times = Counter(value for node in _nodes(blocks) if (value := node.get(key)) is not None)
        for value in (value for value, count in times.items() if count > 1):
            yield BlockFault("blocks", f"have the {key} {value!r} more than once")
    tables = [block for block in blocks if block.get("type") == "table"]
    if len(tables) > 1:
        yield BlockFault("blocks", "hold more than one table")
    if sum(block.get("type") == CHART for block in blocks) > CHARTS:
        yield BlockFault("blocks", f"hold more than {CHARTS} charts")
    if readable_length(tables) > TABLE_CHARACTERS:
        yield BlockFault("blocks", f"hold a table of more than {TABLE_CHARACTERS} characters")


def _nodes(node: Any) -> Iterator[Json]:
    if isinstance(node, list):
        for child in node:
            yield from _nodes(child)
    elif isinstance(node, dict):
        yield node
        for child in node.values():
            yield from _nodes(child)


def _texts(node: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, str) and key in ("text", "alt_text", "title"):
        yield key, node
    elif isinstance(node, list):
        for child in node:
            yield from _texts(child, key)
    elif isinstance(node, dict):
        for inner, child in node.items():
            yield from _texts(child, inner)
