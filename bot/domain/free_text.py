"""Free text as it may be stored and shown: what Slack escaped is plain again, and nothing hides in it."""

import re
import unicodedata
from dataclasses import dataclass

from bot.domain.refusals.refusal import Refusal

LIMIT = 3000
"""The most characters of a free text, after trimming."""


@dataclass
class TextTooLong(Refusal):
    """`what` names the text ("note"), `length` and `limit` count characters."""

    what: str
    length: int
    limit: int


# Neither PostgreSQL (NUL) nor UTF-8 (lone surrogates) takes all of these, bidirectional controls can make
# a text read differently from what is stored, and the rest shows nothing.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls but white space
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks, overrides and isolates
    "\u180e\u200b\u2060-\u2064\ufeff"  # nothing to see: zero-width space, joiner, byte order mark
    "\ud800-\udfff]"  # lone surrogates
)
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
_GAPS = re.compile("[\t\x0b\x0c]")

_ESCAPED = re.compile(r"<([^<>]*)>|&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:(//)?", re.IGNORECASE)


def normalised(raw: str) -> str:
    """Return the text in Unicode's composed form (NFC), trimmed, without control, direction, NUL and
    invisible characters; each line ends with a newline. A text that shows nothing becomes empty."""
    text = _UNWANTED.sub("", _GAPS.sub(" ", _LINE_ENDS.sub("\n", raw)))
    text = unicodedata.normalize("NFC", text).strip()
    return text if any(unicodedata.category(character)[0] in "LNPS" for character in text) else ""


def from_slack(raw: str) -> str:
    """Return what the person wrote, from what Slack sent, normalised.

    Entities are undone once, mentions become names, and a link is written out with its address, so that where
    it leads is never hidden."""
    return normalised(_ESCAPED.sub(_plain, raw))


def for_slack(text: str) -> str:
    """Return plain text as Slack would send it, the opposite of `from_slack`: nothing in it is live."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def checked(text: str, name: str) -> str:
    """Return the text, normalised; raises TextTooLong when it is over the limit."""
    text = normalised(text)
    if len(text) > LIMIT:
        raise TextTooLong(name, len(text), LIMIT)
    return text


def _plain(match: re.Match[str]) -> str:
    if match[2]:
        return _ENTITIES[match[2]]
    target, bar, label = match[1].partition("|")
    target, label = without_entities(target), without_entities(label)
    if target.startswith(("@", "#")):
        return target[0] + (label or target[1:])
    if target.startswith("!"):
        return _plain_broadcast(target[1:], label)
    if not bar and not _SCHEME.match(target):
        return match[0]
    return _plain_link(target, label)


def _plain_broadcast(target: str, label: str) -> str:
    """Write in words what Slack sends in brackets: `<!here>`, `<!subteam^S1|@ops>`, `<!date^0^{date}|1
    January>`."""
    if target.startswith("date^"):
        return label
    return "@" + (label or target.split("^", maxsplit=1)[0]).removeprefix("@")


def _plain_link(target: str, label: str) -> str:
    address = target.removeprefix("mailto:").removeprefix("tel:")
    if not label or label == target:
        return address
    if label.rstrip("/") == _SCHEME.sub("", target).rstrip("/"):
        return label
    return f"{label} ({address})"


def without_entities(text: str) -> str:
    """Return the text with Slack's three entities undone, once."""
    return re.sub(r"&(amp|lt|gt);", lambda match: _ENTITIES[match[1]], text)
