"""files.*: the bot asks where to upload a file, uploads it, and shares it in a conversation; and it asks
where a file is that a person shared, and reads it there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from bot.standin.arguments import Arguments
from bot.standin.messages import Finding, SharedFile
from bot.standin.refusal import Refusal, invalid_arguments
from bot.standin.workspace import Channel, Message, Workspace

Json = dict[str, Any]
Method = Callable[[Workspace, Arguments], Json]

LONGEST_ALT_TEXT = 1_000
_PICTURE = re.compile(r"\.(png|jpe?g|gif|webp|svg)$", re.IGNORECASE)
# A user's id is refused here, unlike by chat.postMessage: github.com/slackapi/bolt-js/issues/2115
_CHANNEL_ID = re.compile(r"[CGDZ][A-Z0-9]+")


@dataclass
class _Upload:
    id: str
    name: str
    length: int
    alt_text: str
    content: bytes | None = None


class Uploads:
    """The uploads that were asked for, by the ticket in their address."""

    def __init__(self, workspace: Workspace, base: str, downloads: str) -> None:
        """Keep the workspace's files. `base` is where they are uploaded to, `downloads` where they are
        read."""
        self._workspace = workspace
        self._base = base
        self._downloads = downloads
        self._by_ticket: dict[str, _Upload] = {}
        self.methods: dict[str, Method] = {
            "files.getUploadURLExternal": self._get_address,
            "files.completeUploadExternal": self._complete,
            "files.info": self._info,
        }

    def _info(self, workspace: Workspace, arguments: Arguments) -> Json:
        """Say where a file is that stands in a conversation with the bot."""
        workspace.need("files:read")
        message, file = _shared(workspace, arguments.needed("file"))
        address = f"{self._downloads}/{file.id}/{quote(file.name)}"
        return {
            "file": {
                "id": file.id,
                "name": file.name,
                "title": file.title,
                "size": len(file.content),
                "user": message.user,
                "mode": "hosted",
                "is_external": False,
                "url_private": address,
                "url_private_download": address,
            }
        }

    def content(self, file_id: str, token: str) -> bytes:
        """Give a file's bytes to the bot. Raises Refusal (file_not_found, not_authed, missing_scope)."""
        with self._workspace.lock:
            if token != self._workspace.bot_token:
                raise Refusal("not_authed")
            self._workspace.need("files:read")
            return _shared(self._workspace, file_id)[1].content

    def receive(self, ticket: str, content: bytes) -> None:
        """Take a file's bytes. Raises Refusal (invalid_url, size_mismatch)."""
        with self._workspace.lock:
            upload = self._by_ticket.get(ticket)
            if upload is None:
                raise Refusal("invalid_url")
            if len(content) != upload.length:
                raise Refusal("size_mismatch")
            upload.content = content

    def _get_address(self, workspace: Workspace, arguments: Arguments) -> Json:
        workspace.need("files:write")
        name, length = arguments.needed("filename"), arguments.needed("length")
        if not length.isdecimal() or int(length) == 0:
            raise invalid_arguments("must be a positive integer [json-pointer:/length]")
        upload = _Upload(f"F0{workspace.new_id()}", name, int(length), arguments.text("alt_txt"))
        if len(upload.alt_text) > LONGEST_ALT_TEXT:
            raise Refusal("alt_txt_too_large")
        if _PICTURE.search(name) and not upload.alt_text.strip():
            fault = Finding("files.getUploadURLExternal", "alt_txt", f"is missing for the picture {name}")
            workspace.findings.append(fault)
        ticket = uuid4().hex
        self._by_ticket[ticket] = upload
        return {"upload_url": f"{self._base}/{ticket}", "file_id": upload.id}

    def _complete(self, workspace: Workspace, arguments: Arguments) -> Json:
        workspace.need("files:write")
        files = arguments.structure("files")
        if not isinstance(files, list) or not all(isinstance(file, dict) for file in files):
            raise invalid_arguments("missing required field: files")
        uploads = [(self._uploaded(str(file.get("id"))), str(file.get("title") or "")) for file in files]
        if "channel_id" in arguments:
            self._share(workspace, arguments, uploads)
        self._forget([upload for upload, _ in uploads])
        return {"files": [{"id": upload.id, "title": title or upload.name} for upload, title in uploads]}

    def _share(self, workspace: Workspace, arguments: Arguments, uploads: list[tuple[_Upload, str]]) -> None:
        channel = _channel(workspace, arguments.text("channel_id"))
        comment, thread = arguments.text("initial_comment"), arguments.text("thread_ts") or None
        if comment:
            workspace.examine("files.completeUploadExternal", {"text": comment}, channel.user)
        if thread and thread not in channel.messages:
            raise Refusal("thread_not_found")
        message = workspace.post(channel, {"text": comment, "thread_ts": thread})
        message.files = [
            SharedFile(upload.id, upload.name, title or upload.name, upload.alt_text, upload.content or b"")
            for upload, title in uploads
        ]

    def _uploaded(self, file_id: str) -> _Upload:
        for upload in self._by_ticket.values():
            if upload.id == file_id and upload.content is not None:
                return upload
        raise Refusal("file_not_found")

    def _forget(self, uploads: list[_Upload]) -> None:
        ids = {upload.id for upload in uploads}
        self._by_ticket = {
            ticket: upload for ticket, upload in self._by_ticket.items() if upload.id not in ids
        }


def _shared(workspace: Workspace, file_id: str) -> tuple[Message, SharedFile]:
    """Find a file, and the message that it stands in, where the bot is. Raises Refusal (file_not_found)."""
    for channel in workspace.channels.values():
        for message in channel.messages.values() if channel.bot_is_member else ():
            for file in message.files:
                if file.id == file_id:
                    return message, file
    raise Refusal("file_not_found")


def _channel(workspace: Workspace, channel_id: str) -> Channel:
    if not _CHANNEL_ID.fullmatch(channel_id):
        raise invalid_arguments(
            "input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$ [json-pointer:/channel_id]"
        )
    return workspace.channel_to_post_in(channel_id)
