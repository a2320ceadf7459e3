"""Anything in a message that would notify somebody or hide where a link goes, unless the bot may do so."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from bot.standin.block_fault import BlockFault

# Parts that no client shows as text of its own, so that a token in them reaches nobody.
_UNSEEN = {
    "type", "block_id", "action_id", "value", "image_url", "metadata", "ts", "thread_ts", "channel",
    "private_metadata", "callback_id", "external_id",
    # Stands in a field as it was written, without any meaning.
    "initial_value",
}  # fmt: skip

_TOKEN = re.compile(r"<(?:([@#!])([^>|]*)|([a-zA-Z][a-zA-Z0-9+.-]*:[^>|]*))")


def live_tokens(payload: Any, reader: str, allowed_links: Collection[str]) -> list[BlockFault]:
    """Find what is live in a payload: `<!…>`, `<@…>` but to the reader, `<#…>`, and links outside
    `allowed_links` (prefixes)."""
    return [
        BlockFault(place, f"holds a live {match[0]!r}", False)
        for place, text in _strings(payload, "")
        for match in _TOKEN.finditer(text)
        if not _allowed(match, reader, allowed_links)
    ] + [
        BlockFault(place, f"links to {address!r}", False)
        for place, address in _addresses(payload, "")
        if not address.startswith(tuple(allowed_links))
    ]


def _allowed(match: re.Match[str], reader: str, allowed_links: Collection[str]) -> bool:
    mark, target, link = match[1], match[2], match[3]
    if link:
        return link.startswith(tuple(allowed_links))
    return mark == "@" and bool(reader) and target == reader


def _strings(node: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield every string that may be shown, with its place."""
    if isinstance(node, str):
        yield place, node
    elif isinstance(node, list):
        for number, child in enumerate(node):
            yield from _strings(child, f"{place}[{number}]")
    elif isinstance(node, dict):
        for key, child in node.items():
            if key not in _UNSEEN | {"url"}:
                yield from _strings(child, f"{place}.{key}".lstrip("."))


def _addresses(node: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of link buttons and of links in rich text."""
    if isinstance(node, list):
        for number, child in enumerate(node):
            yield from _addresses(child, f"{place}[{number}]")
    elif isinstance(node, dict):
        for key, child in node.items():
            inner = f"{place}.{key}".lstrip(".")
            if key == "url" and isinstance(child, str):
                yield inner, child
            elif key not in _UNSEEN:
                yield from _addresses(child, inner)
