"""A message as a line of conversation in a terminal, for the tour."""

from collections.abc import Callable, Iterator

from bot.standin.messages import Json, Post, Reply
from bot.standin.reading import lines_of, shown, table_of, text_of

WIDTH = 96
_BOLD_ON, _BOLD_OFF = "\x1b[1m", "\x1b[22m"


def show(message: Reply | Post, colour: bool = False, width: int = WIDTH) -> str:
    """Return the message as text of at most `width` columns; with `colour`, bold parts in ANSI bold.

    Tables keep their columns and may be wider.
    """
    bold = _bold if colour else str
    if not message.blocks:
        return _wrapped(shown(message.text, bold), width)
    return "\n".join(line for block in message.blocks for line in _lines(block, bold, width))


def _bold(text: str) -> str:
    return f"{_BOLD_ON}{text}{_BOLD_OFF}"


def _lines(block: Json, bold: Callable[[str], str], width: int) -> Iterator[str]:
    kind = block.get("type")
    if kind == "divider":
        yield "─" * width
    elif kind == "table":
        yield from _aligned(table_of(block))
    elif kind == "actions":
        yield _wrapped(" ".join(f"[{_label(element)}]" for element in block["elements"]), width)
    elif kind == "section" and "accessory" in block:
        words = {key: value for key, value in block.items() if key != "accessory"}
        yield from (_wrapped(line, width) for line in lines_of(words, bold))
        yield f"[{_label(block['accessory'])}]"
    else:
        yield from (_wrapped(line, width) for line in lines_of(block, bold))


def _label(element: Json) -> str:
    return text_of(element.get("text") or element.get("placeholder") or {}) or element.get("alt_text", "")


def _aligned(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _wrapped(text: str, width: int) -> str:
    return "\n".join(_wrapped_line(line, width) for line in text.split("\n"))


def _wrapped_line(line: str, width: int) -> str:
    """Wrap by what is visible: textwrap would count the marks for bold as well."""
    lines, used = [""], 0
    for word in line.split(" "):
        visible = len(word.replace(_BOLD_ON, "").replace(_BOLD_OFF, ""))
        if used and used + 1 + visible > width:
            lines.append(word)
            used = visible
        else:
            lines[-1] += (" " if lines[-1] else "") + word
            used += visible + (1 if used else 0)
    return "\n".join(lines)
