"""The Slack of tests that need no wire: it holds forms to Slack's rules, and keeps all that it is given.

Where Slack's own answers matter, tests use the stand-in (bot/standin), over HTTP and WebSocket."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.standin.examination import examine_view

Json = dict[str, Any]


@dataclass
class RecordingSlack:
    # What methods raise, by their names in slack_sdk, until it is taken away again.
    broken: dict[str, Exception] = field(default_factory=dict)
    # The methods that showed a form or a Home, with what they showed, in order.
    calls: list[tuple[str, Json]] = field(default_factory=list)
    # The forms as they stand, by id: V1, V2 and so on.
    forms: dict[str, Json] = field(default_factory=dict)
    # The files that were uploaded, each with its `content`.
    files: list[Json] = field(default_factory=list)

    def views_open(self, *, trigger_id: str, view: Json) -> Json:
        return self._show("views_open", f"V{len(self.forms) + 1}", view)

    def views_push(self, *, trigger_id: str, view: Json) -> Json:
        return self._show("views_push", f"V{len(self.forms) + 1}", view)

    def views_update(self, *, view: Json, view_id: str = "", external_id: str = "") -> Json:
        return self._show("views_update", view_id or external_id, view)

    def views_publish(self, *, user_id: str, view: Json) -> Json:
        self._must_work("views_publish")
        assert examine_view(view, "home", allowed_links=("https://",)) == []
        self.calls.append(("views_publish", view))
        return {"view": {"id": "V0HOME"}}

    def conversations_open(self, *, users: str) -> Json:
        self._must_work("conversations_open")
        return {"channel": {"id": f"D-{users}"}}

    def files_upload_v2(self, *, file: str | bytes, **facts: Any) -> None:
        self._must_work("files_upload_v2")
        content = file if isinstance(file, bytes) else Path(file).read_bytes()
        self.files.append({**facts, "file": file, "content": content})

    @property
    def methods(self) -> list[str]:
        return [method for method, _ in self.calls]

    @property
    def shown(self) -> list[Json]:
        """All that was shown, in order."""
        return [view for _, view in self.calls]

    @property
    def text(self) -> str:
        return json.dumps(self.shown, ensure_ascii=False)

    def _show(self, method: str, view_id: str, view: Json) -> Json:
        self._must_work(method)
        assert examine_view(view, "modal", allowed_links=("https://",)) == []
        self.calls.append((method, view))
        self.forms[view_id] = view
        return {"view": {"id": view_id}}

    def _must_work(self, method: str) -> None:
        if method in self.broken:
            raise self.broken[method]
