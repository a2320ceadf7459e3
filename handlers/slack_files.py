"""Where a file that somebody dropped on recbot is read: from Slack, which keeps it."""

import http.client
import logging
import time
import urllib.request
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.free_text import normalised
from bot.domain.refusals.request import NotReachable
from bot.domain.register.imports import FilePlace, FileRefused, NotImportable, Wrong
from bot.operations.request.context import DroppedFile
from bot.runtime.slack_answers import code_of
from handlers.replies import mapping, string

log = logging.getLogger(__name__)

# In bytes: larger ones keep a replica that answers people busy for too long, and go through `recbot import`.
LARGEST = 2_000_000
# In seconds, for a whole file.
_DOWNLOADED_WITHIN = 30.0
_CHUNK = 65_536
_GONE = ("file_not_found", "file_deleted", "not_found")


class SlackFileReader:
    """Asks `files.info` where a file is, and reads it there: from Slack's own host alone, since the request
    carries the bot token (https://docs.slack.dev/reference/objects/file-object)."""

    def __init__(self, client: WebClient, hosts: Sequence[str]) -> None:
        """Fetch from `hosts` alone: the beginnings that a file's address may have."""
        self._client = client
        self._hosts = tuple(hosts)
        self._opener = urllib.request.build_opener(_NoRedirects)

    def fetch(self, file_id: str) -> DroppedFile:
        """Read a file that was dropped. Raises FileRefused, NotReachable."""
        facts = self._facts(file_id)
        name = normalised(string(facts.get("name")))[:200] or "the file"
        url = string(facts.get("url_private_download")) or string(facts.get("url_private"))
        size = facts.get("size")
        if not url.startswith(self._hosts):
            raise cannot_be_taken(
                name, "It is kept outside Slack. Download it, and drop the file itself here."
            )
        if not isinstance(size, int) or size > LARGEST:
            raise _too_large(name)
        return DroppedFile(name, string(facts.get("user")), self._content(name, url))

    def _facts(self, file_id: str) -> Mapping[str, Any]:
        try:
            return mapping(self._client.files_info(file=file_id)["file"])
        except SlackApiError as error:
            code = code_of(error.response)
            if code == "missing_scope":
                why = "recbot may not read files here (scope files:read). Paste the table: /recs import."
                raise cannot_be_taken("", why) from None
            if code in _GONE:
                raise cannot_be_taken("", "The file is not there any more. Drop it here again.") from None
            raise NotReachable from None
        except (SlackClientError, OSError, LookupError, TypeError):
            raise NotReachable from None

    def _content(self, name: str, url: str) -> bytes:
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {self._client.token}"})  # noqa: S310 - its host was looked at
        until = time.monotonic() + _DOWNLOADED_WITHIN
        content = bytearray()
        try:
            with self._opener.open(request, timeout=10) as response:
                while chunk := response.read(_CHUNK):
                    content += chunk
                    if len(content) > LARGEST:
                        raise _too_large(name)
                    if time.monotonic() > until:
                        raise NotReachable
        except (URLError, OSError, http.client.HTTPException) as error:
            log.warning("a dropped file was not read: %s", type(error).__name__)
            raise NotReachable from None
        return bytes(content)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows none: the token would go with the request."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None


def _too_large(name: str) -> FileRefused:
    why = f"It is larger than {LARGEST // 1_000_000} MB. Part it, or have recbot import read it."
    return cannot_be_taken(name, why)


def cannot_be_taken(name: str, why: str) -> FileRefused:
    """Return a refusal of a whole file."""
    return FileRefused((Wrong(FilePlace(name, "", 0), "", NotImportable("", why)),))
