"""The Slack of tests that need no wire: it holds forms to Slack's rules, and keeps all that it is given.

It stands for what Slack shows (forms, Homes, files, answers to a message) and for who people are. What is
posted and read back is `FakeSlack` of tests/outbox/rig.py. Where Slack's own answers matter, tests use the
stand-in (bot/standin), over HTTP and WebSocket."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.register.people import Person, PersonKey
from bot.operations.request.context import ListedPerson
from bot.standin.examination import examine_view
from tests.handlers.slack_errors import refusal

Json = dict[str, Any]


@dataclass
class RecordingSlack:
    # What methods raise, by their names in slack_sdk, until it is taken away again.
    broken: dict[str, Exception] = field(default_factory=dict)
    # What methods raise in their next calls, once each, oldest first.
    failing: dict[str, list[Exception]] = field(default_factory=dict)
    # The methods that do what they are asked before they raise.
    taking_first: set[str] = field(default_factory=set)
    # Where a form or a Home may link to.
    allowed_links: tuple[str, ...] = ("https://",)
    # Whom Slack knows, by the user id.
    people: Mapping[str, Person] = field(default_factory=dict)
    # How often each method was called, whether it raised or not.
    called: Counter[str] = field(default_factory=Counter)
    # The methods that showed a form or a Home, with what they showed, in order.
    calls: list[tuple[str, Json]] = field(default_factory=list)
    # The forms and Homes as they stand, in the order in which they came up.
    screens: list[Json] = field(default_factory=list)
    # The forms as they stand, by id: V and their place among the screens, counted from 1.
    forms: dict[str, Json] = field(default_factory=dict)
    # The Homes as they stand, by the user id.
    homes: dict[str, Json] = field(default_factory=dict)
    # The files that were uploaded, each with its `content`.
    files: list[Json] = field(default_factory=list)
    # The channels that recbot is in.
    channels: tuple[str, ...] = ("C0COORD",)
    # Whom recbot asked Slack about.
    looked_up: list[PersonKey] = field(default_factory=list)
    # Whether the workspace has Slack's own charts.
    draws_charts: bool = False
    # The messages that were posted with one.
    charts: list[Json] = field(default_factory=list)
    # What somebody alone was told where they wrote.
    ephemeral: list[Json] = field(default_factory=list)
    # The places among the screens of the forms that were opened, by id.
    _places: dict[str, int] = field(default_factory=dict)

    def views_open(self, *, trigger_id: str, view: Json) -> Json:
        return self._show("views_open", self._next_id, view)

    def views_push(self, *, trigger_id: str, view: Json) -> Json:
        return self._show("views_push", self._next_id, view)

    def views_update(self, *, view: Json, view_id: str = "", external_id: str = "") -> Json:
        return self._show("views_update", view_id or self._by(external_id), view)

    def views_publish(self, *, user_id: str, view: Json) -> Json:
        self._call("views_publish")
        assert examine_view(view, "home", allowed_links=self.allowed_links) == []
        self.calls.append(("views_publish", view))
        self.screens.append(view)
        self.homes[user_id] = view
        return {"view": {"id": "V0HOME"}}

    def conversations_open(self, *, users: str) -> Json:
        self._call("conversations_open")
        return {"channel": {"id": f"D{users[1:]}"}}

    def files_upload_v2(self, *, file: str | bytes, **facts: Any) -> Json:
        self._call("files_upload_v2")
        content = file if isinstance(file, bytes) else Path(file).read_bytes()
        assert content
        self.files.append({**facts, "file": file, "content": content})
        return {"files": [{"id": f"F{len(self.files)}"}]}

    def chat_postMessage(self, *, channel: str, **message: Any) -> Json:  # noqa: N802 - Slack's name
        self._call("chat_postMessage")
        if not self.draws_charts:
            raise refusal("invalid_blocks")
        self.charts.append({"channel": channel, **message})
        return {"ts": "1.3"}

    def chat_postEphemeral(self, *, channel: str, user: str, **message: Any) -> Json:  # noqa: N802 - Slack's name
        self._call("chat_postEphemeral")
        self.ephemeral.append({"channel": channel, "user": user, **message})
        return {"message_ts": "1.2"}

    def conversations_info(self, *, channel: str) -> Json:
        self._call("conversations_info")
        return {"channel": {"id": channel, "is_member": channel in self.channels, "is_archived": False}}

    def look_up(self, who: PersonKey) -> Person | None:
        self.looked_up.append(who)
        self._call("look_up")
        return self.people.get(who.user_id)

    def everybody(self) -> Iterator[ListedPerson]:
        for person in self.people.values():
            yield ListedPerson(person, (person.display_name,))

    @property
    def methods(self) -> list[str]:
        return [method for method, _ in self.calls]

    @property
    def shown(self) -> list[Json]:
        """All that was shown, in order."""
        return [view for _, view in self.calls]

    @property
    def form(self) -> Json:
        """The form that was opened last, as it stands."""
        return self.forms[list(self.forms)[-1]]

    @property
    def text(self) -> str:
        return json.dumps(self.shown, ensure_ascii=False)

    @property
    def _next_id(self) -> str:
        return f"V{len(self.screens) + 1}"

    def _by(self, external_id: str) -> str:
        return next((id_ for id_, form in self.forms.items() if form.get("external_id") == external_id), "")

    def _show(self, method: str, view_id: str, view: Json) -> Json:
        try:
            self._call(method)
        except Exception:
            if method in self.taking_first:
                self._keep(method, view_id, view)
            raise
        if not view_id:
            raise refusal("not_found")
        self._keep(method, view_id, view)
        return {"view": {"id": view_id}}

    def _keep(self, method: str, view_id: str, view: Json) -> None:
        assert examine_view(view, "modal", allowed_links=self.allowed_links) == []
        self.calls.append((method, view))
        if method == "views_update" and view_id in self._places:
            self.screens[self._places[view_id]] = view
        else:
            # Also where a form is updated that stood before the test began.
            self.screens.append(view)
        if method != "views_update":
            self._places[view_id] = len(self.screens) - 1
        self.forms[view_id] = view

    def _call(self, method: str) -> None:
        self.called[method] += 1
        if self.failing.get(method):
            raise self.failing[method].pop(0)
        if method in self.broken:
            raise self.broken[method]
