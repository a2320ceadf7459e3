"""What a client shows for a message: mrkdwn without its marks, mentions by name, entities as characters."""

import re
from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]

TOKEN = re.compile(r"<([@#!]?)([^>|]+)(?:\|([^>]*))?>")
CODE = re.compile(r"(```.+?```|`[^`\n]+`)", re.DOTALL)
SLANTED_OR_STRUCK = re.compile(r"(?<![\w_~/])([_~])(?=\S)([^\n]+?)(?<=\S)\1(?![\w_~])")
BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")


def readable(text: str, blocks: list[Json]) -> str:
    """Return everything readable in a message, in order, one line for each block, field, row or row of
    buttons."""
    return "\n".join(line for block in blocks for line in lines_of(block)) if blocks else shown(text)


def shown(mrkdwn: str, bold: Callable[[str], str] = str) -> str:
    """Return a mrkdwn text as a client shows it; `bold` marks the bold parts."""
    pieces = []
    for piece in CODE.split(mrkdwn):
        if CODE.fullmatch(piece):
            pieces.append(unescape(TOKEN.sub(_token_shown, piece.strip("`"))))
        else:
            plain = BOLD.sub(lambda match: bold(match[1]), piece)
            plain = SLANTED_OR_STRUCK.sub(lambda match: match[2], plain)
            pieces.append(unescape(TOKEN.sub(_token_shown, plain)))
    return "".join(pieces)


def unescape(text: str) -> str:
    """Decode the three characters that Slack encodes, once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _token_shown(match: re.Match[str]) -> str:
    mark, target, label = match[1], match[2], match[3]
    if mark in ("@", "#"):
        return mark + (label or target)
    if mark == "!":
        return label or "@" + target
    return label or target


def text_of(text_object: Json, bold: Callable[[str], str] = str) -> str:
    """Return a text object (plain_text or mrkdwn) as shown."""
    text = str(text_object.get("text", ""))
    return shown(text, bold) if text_object.get("type") == "mrkdwn" else unescape(text)


def lines_of(block: Json, bold: Callable[[str], str] = str) -> list[str]:
    """Return the lines of one block. A picture is read by its alt text, a table and a chart row by
    row."""
    kind = block.get("type")
    if kind == "table":
        return [" | ".join(row) for row in table_of(block)]
    if kind == "data_visualization":
        return [str(block.get("title", "")), *(" | ".join(row) for row in chart_of(block))]
    if kind == "header":
        return [bold(text_of(block.get("text", {})))]
    if kind == "image":
        return [block.get("alt_text", "")]
    if kind == "context":
        return [" ".join(_element_shown(element, bold) for element in block.get("elements", []))]
    if kind == "actions":
        return [" ".join(label for element in block.get("elements", []) if (label := _label(element)))]
    if kind == "section":
        return list(_section_lines(block, bold))
    if kind == "input":
        return list(_input_lines(block))
    return [leaves] if (leaves := _text_leaves(block)) else []


def _section_lines(block: Json, bold: Callable[[str], str]) -> Iterator[str]:
    texts = [block["text"]] if "text" in block else []
    for text in [*texts, *block.get("fields", [])]:
        yield text_of(text, bold)
    accessory = block.get("accessory", {})
    if accessory and (label := _label(accessory) or accessory.get("alt_text", "")):
        yield label


def _input_lines(block: Json) -> Iterator[str]:
    """Yield an input's label, the choices that are in view, and its hint; what stands in it is not in its
    block."""
    yield text_of(block.get("label", {}))
    element = block.get("element", {})
    if element.get("type") in ("radio_buttons", "checkboxes"):
        for option in element.get("options", []):
            yield text_of(option.get("text", {}))
    if "hint" in block:
        yield text_of(block["hint"])


def _label(element: Json) -> str:
    return text_of(element.get("text") or element.get("placeholder") or {})


def _element_shown(element: Json, bold: Callable[[str], str]) -> str:
    return str(element.get("alt_text", "")) if element.get("type") == "image" else text_of(element, bold)


def table_of(block: Json) -> list[list[str]]:
    """Return the cells of a table block as shown, row by row."""
    return [[unescape(_text_leaves(cell)) for cell in row] for row in block.get("rows", [])]


def chart_of(block: Json) -> list[list[str]]:
    """Return the numbers of a chart block as a table, row by row: its series across, what they are counted at
    down."""
    chart = block.get("chart", {})
    series = chart.get("series", [])
    heads = [chart.get("axis_config", {}).get("x_label", ""), *(row.get("name", "") for row in series)]
    points = zip(*(row.get("data", []) for row in series), strict=False)
    return [heads, *([row[0]["label"], *(str(point["value"]) for point in row)] for row in points)]


def _text_leaves(node: Any) -> str:
    """Return the texts of rich text and table cells, joined in order."""
    if isinstance(node, list):
        return "".join(_text_leaves(child) for child in node)
    if not isinstance(node, dict):
        return ""
    if isinstance(node.get("text"), str):
        return str(node["text"])
    if node.get("type") == "raw_number":
        return str(node.get("value", ""))
    return _text_leaves(node.get("elements", []))
