"""Text for Slack, safe to show: what a person typed cannot notify, link or format.

Slack asks for exactly three characters to be escaped
(https://docs.slack.dev/messaging/formatting-message-text/); they are escaped in plain text too."""

import re

from bot.domain.free_text import for_slack, without_entities
from bot.rendering.limits import BYTES, shortened

_FORMATTING = frozenset("*_~`")
# Within a word an underscore formats nothing, and many names are kim_hale.
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LOOK_ALIKES = str.maketrans({"*": "∗", "~": "∼", "`": "'"})


def escaped(text: str) -> str:
    """Return plain text as Slack takes it: nothing in it is live."""
    return for_slack(text)


def inert(name: str) -> str:
    """Return a name, or other words that are not ours, within a line of mrkdwn: escaped, and with look-alikes
    of what would format the line, since mrkdwn has no escape for that."""
    return escaped(_UNDERSCORE.sub("＿", name.translate(_LOOK_ALIKES)))


def has_formatting(text: str) -> bool:
    """Return whether mrkdwn would take some of the characters for formatting: it has no escape for them."""
    return not _FORMATTING.isdisjoint(text)


def cut(text: str, limit: int, size: int = BYTES) -> str:
    """Return escaped text of at most `limit` characters and `size` bytes, cut between characters as a reader
    sees them."""
    return shortened(escaped(text), limit, size)


def unescaped(text: str) -> str:
    """Return the opposite of `escaped`."""
    return without_entities(text)
