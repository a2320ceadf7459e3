"""A file that a coordinator drops on recbot in a direct message: read, looked over, and recorded as shown.

Slack keeps the file; recbot reads it for the look, and once more to record it, and keeps nothing of it."""

import http.client
import logging
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.error import URLError

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.free_text import normalised
from bot.domain.refusals.request import NotReachable
from bot.domain.register.imports import FilePlace, FileRefused, NotAsShown, NotImportable, Wrong
from bot.domain.register.people import Request
from bot.importing import reading
from bot.importing.raw import FILE_KINDS
from bot.operations.imports import from_slack
from bot.operations.request import actors
from bot.operations.request.context import DroppedFile, Services
from bot.rendering.blocks import failures
from bot.rendering.blocks.recording import imports as blocks
from bot.rendering.screen import Screen
from bot.runtime.pool import QueueFull
from bot.runtime.slack_answers import code_of
from handlers.errors import logged, run
from handlers.replies import Click, mapping, show_answer, string
from handlers.routes import Routes
from storage.database import Busy

log = logging.getLogger(__name__)

routes = Routes()

# In bytes: larger ones keep a replica that answers people busy for too long, and go through `recbot import`.
LARGEST = 2_000_000
# In seconds, for a whole file.
_DOWNLOADED_WITHIN = 30.0
_CHUNK = 65_536
# Answered at most, of one message.
_MOST_FILES = 5
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
        """Raises FileRefused, NotReachable."""
        facts = self._facts(file_id)
        name = normalised(string(facts.get("name")))[:200] or "the file"
        url = string(facts.get("url_private_download")) or string(facts.get("url_private"))
        size = facts.get("size")
        if not url.startswith(self._hosts):
            raise _refused(name, "It is kept outside Slack. Download it, and drop the file itself here.")
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
                raise _refused("", why) from None
            if code in _GONE:
                raise _refused("", "The file is not there any more. Drop it here again.") from None
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


def can_be_imported(event: Mapping[str, Any]) -> bool:
    """Return whether a message brings a file of a kind that recbot reads."""
    return any(_kind(string(file.get("name"))) in FILE_KINDS for file in _files(event))


def answer(services: Services, request: Request, event: Mapping[str, Any]) -> list[Screen]:
    """Return what is to be said of each file of a message. What it would change is only looked at."""
    files = [file for file in _files(event) if _kind(string(file.get("name"))) in FILE_KINDS]
    return [
        _answer(services, request, string(file.get("id")), string(file.get("name")), "")
        for file in files[:_MOST_FILES]
    ]


@routes.action(blocks.RECORD_ALL)
def record_all(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Record the file as it was shown, for whoever dropped it."""
    click = Click.read(body, action)
    request = click.request(services)
    file_id, _, shown = click.value.partition(" ")

    def work() -> None:
        show_answer(services, click, _answer(services, request, file_id, "", shown), in_place=True)

    ack()
    try:
        services.slowly(work, request.who)
    except QueueFull:
        show_answer(services, click, blocks.too_much_waits(), in_place=False)


def _answer(services: Services, request: Request, file_id: str, name: str, shown: str) -> Screen:
    try:
        return run(
            services,
            request,
            lambda again: _report(services, again, file_id, name, shown),
            writes=bool(shown),
        )
    except Busy:
        return failures.busy("")
    except Exception as error:
        return failures.failed(logged(error), "", saved=None if shown else False)


def _report(services: Services, request: Request, file_id: str, name: str, shown: str) -> Screen:
    """Look the file over, or record it as it was `shown`."""
    actors.must_coordinate(services.store, request)
    try:
        file = services.dropped_files.fetch(file_id)
        name = file.name
        if file.user_id != request.who.user_id:
            raise _refused(name, "Somebody else dropped this file. Drop your own copy here.")
        batch = reading.read_content(name, file.content)
        if shown:
            imported = from_slack.record(services, request, batch, f"file:{file_id}", shown)
            return blocks.shown(blocks.of_outcome(imported), name=name)
        report = blocks.of_look(from_slack.look(services, request, batch, f"file:{file_id}"))
    except NotAsShown as changed:
        report = blocks.of_look(changed.now, has_changed=True)
    except FileRefused as refusal:
        report = blocks.of_faults(refusal)
    return blocks.shown(report, f"{file_id} {report.fingerprint}", name)


def _files(event: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    files = event.get("files")
    return [mapping(file) for file in files] if isinstance(files, list) else []


def _kind(name: str) -> str:
    return PurePath(name).suffix.lower()


def _too_large(name: str) -> FileRefused:
    why = f"It is larger than {LARGEST // 1_000_000} MB. Part it, or have recbot import read it."
    return _refused(name, why)


def _refused(name: str, why: str) -> FileRefused:
    return FileRefused((Wrong(FilePlace(name, "", 0), "", NotImportable("", why)),))
