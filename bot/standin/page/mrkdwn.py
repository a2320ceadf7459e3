"""mrkdwn as HTML: https://docs.slack.dev/messaging/formatting-message-text. All but the marks is escaped."""

import re
from collections.abc import Mapping
from itertools import groupby
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from bot.standin.reading import BOLD, CODE, SLANTED_OR_STRUCK, TOKEN, unescape

# The names of people and channels, by id.
Names = Mapping[str, str]

_QUOTED = "&gt;"
_STRUCK = "~"


def html(text: str, names: Names) -> Markup:
    """Return a mrkdwn text as HTML. Lines stay as they are: the page shows them as lines."""
    pieces = CODE.split(text)
    return Markup("").join(
        _code(piece) if CODE.fullmatch(piece) else _quotes(piece, names) for piece in pieces
    )


def plain(text: str) -> str:
    """Return a plain_text as it stands; the template escapes it."""
    return unescape(text)


def _code(piece: str) -> Markup:
    words = unescape(piece.strip("`"))
    if piece.startswith("```"):
        return Markup("<pre>{}</pre>").format(words.strip("\n"))
    return Markup("<code>{}</code>").format(words)


def _quotes(text: str, names: Names) -> Markup:
    """Quote together lines that begin with `>`, which arrives as an entity."""
    parts: list[Markup] = []
    for is_quoted, lines in groupby(text.split("\n"), key=lambda line: line.startswith(_QUOTED)):
        if is_quoted:
            quoted = "\n".join(line.removeprefix(_QUOTED).removeprefix(" ") for line in lines)
            parts.append(Markup("<blockquote>{}</blockquote>").format(_inline(quoted, names)))
        else:
            parts.append(_inline("\n".join(lines), names))
    return Markup("\n").join(parts)


def _inline(text: str, names: Names) -> Markup:
    match = _first(text)
    if match is None:
        return escape(unescape(text))
    before, after = text[: match.start()], text[match.end() :]
    return escape(unescape(before)) + _marked(match, names) + _inline(after, names)


def _first(text: str) -> re.Match[str] | None:
    """Return the mark that begins first; of two that begin together, the token."""
    matches = [match for pattern in (TOKEN, BOLD, SLANTED_OR_STRUCK) if (match := pattern.search(text))]
    return min(matches, key=lambda match: match.start(), default=None)


def _marked(match: re.Match[str], names: Names) -> Markup:
    if match.re is TOKEN:
        return _token(match, names)
    if match.re is BOLD:
        return Markup("<strong>{}</strong>").format(_inline(match[1], names))
    tag = "s" if match[1] == _STRUCK else "em"
    return Markup(f"<{tag}>{{}}</{tag}>").format(_inline(match[2], names))  # noqa: S704 - the tag is ours


def _token(match: re.Match[str], names: Names) -> Markup:
    mark, target, label = match[1], match[2], unescape(match[3] or "")
    if mark in ("@", "#"):
        return Markup('<span class="mention">{}{}</span>').format(mark, names.get(target) or label or target)
    if mark == "!":
        return Markup('<span class="mention">{}</span>').format(label or "@" + target)
    address = unescape(target)
    if urlsplit(address).scheme not in ("http", "https", "mailto"):
        return escape(label or address)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
        address, label or address
    )
