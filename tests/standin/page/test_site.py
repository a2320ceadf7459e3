import json
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.standin import StandIn
from tests.standin.bots import (
    actions,
    app_of,
    button,
    choosing,
    client_of,
    connected_by_http,
    field,
    modal,
    plain,
    section,
    writing,
)
from tests.standin.page.visitor import Visitor

CHANNEL = "/as/cora/channel"
TYPED = {"text": "/recs 15", "place": "channel"}


def test_the_page_begins_with_the_coordinator_in_the_channel(visitor: Visitor) -> None:
    begun = visitor.gets("/")
    assert begun.status == 307
    assert begun.headers["location"] == CHANNEL


@pytest.mark.parametrize(
    "path", ["/as/nobody/channel", "/as/cora/nowhere", "/as/cora/files/F0001", "/elsewhere"]
)
def test_what_is_not_there_is_not_found(visitor: Visitor, path: str) -> None:
    assert visitor.gets(path).status == 404


# Who may use it


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "localhost:1"])
def test_a_foreign_host_is_refused(visitor: Visitor, host: str) -> None:
    assert visitor.gets(CHANNEL, Host=host).status == 403
    assert visitor.posts("/clock", {"to": "day"}, Host=host, Origin=f"http://{host}").status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", ""])
def test_nothing_is_done_for_another_site(visitor: Visitor, origin: str) -> None:
    assert visitor.posts("/as/cora/type", TYPED, Origin=origin).status == 403
    assert visitor.slack.seen_by("U0CORA") == []


def test_nothing_is_shown_to_another_site(visitor: Visitor) -> None:
    assert visitor.gets(CHANNEL, Origin="http://evil.example").status == 403


@pytest.mark.parametrize("path", [CHANNEL, "/static/page.js", "/as/cora/suggestions", "/elsewhere"])
def test_the_policy_lets_the_page_load_from_itself_alone(visitor: Visitor, path: str) -> None:
    policy = visitor.gets(path).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "sent", [b"", b"no json", b"[]", b"\xff", b"{}", b'{"text": "/recs", "place": "nowhere"}']
)
def test_what_the_page_never_sends_is_refused(visitor: Visitor, sent: bytes) -> None:
    assert visitor.posts("/as/cora/type", sent).status == 400
    assert visitor.posts("/as/cora/dance", sent).status == 400


@pytest.mark.parametrize("to", ["year", "", None, ["day"]])
def test_the_clock_goes_only_where_the_page_offers(visitor: Visitor, to: object) -> None:
    assert visitor.posts("/clock", {"to": to}).status == 400


# What is shown


def test_a_command_is_answered_to_its_asker_alone(visitor: Visitor) -> None:
    assert json.loads(visitor.posts("/as/cora/type", TYPED).body) == {"notice": ""}
    assert "43 of 43 accepted" in visitor.gets(CHANNEL).text
    assert "43 of 43 accepted" not in visitor.gets("/as/kim/channel").text


def test_nobody_presses_a_button_that_another_sees_alone(visitor: Visitor) -> None:
    visitor.posts("/as/cora/type", TYPED)
    (reply,) = visitor.slack.seen_by("U0CORA")
    pressed = {"where": f"only-you-{reply.ts}", "block": "", "action": "undo", "fields": []}
    answer = json.loads(visitor.posts("/as/kim/press", pressed).body)
    assert answer == {"notice": "This is not there any more."}
    assert json.loads(visitor.posts("/as/cora/press", pressed).body) == {"notice": ""}


def test_what_has_not_changed_is_not_sent_again(visitor: Visitor) -> None:
    tag = visitor.gets(CHANNEL).headers["etag"]
    assert visitor.gets(CHANNEL, If_None_Match=tag).status == 304
    visitor.slack.says("U0ED", "C0COORD", "Good morning")
    assert "Good morning" in visitor.gets(CHANNEL, If_None_Match=tag).text


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_hostile_words_are_words_wherever_the_bot_puts_them(visitor: Visitor) -> None:
    client = client_of(visitor.slack)
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    blocks = [
        section(escaped, accessory=button("more", "a", accessibility_label=HOSTILE)),
        {"type": "header", "text": {"type": "plain_text", "text": HOSTILE}},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": escaped}]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": HOSTILE}]]},
        actions(button(HOSTILE, HOSTILE, value=HOSTILE)),
    ]
    client.chat_postMessage(channel="C0COORD", text=escaped, blocks=blocks)
    client.chat_postMessage(channel="C0COORD", text=escaped)
    page = visitor.gets(f"{CHANNEL}?calls=1").text
    assert "alert(1)" in page
    assert "<img src=x" not in page
    assert page.count("<script") == 1


def opening_a_hostile_form(slack: StandIn) -> App:
    app = app_of(slack)
    fields = [
        field(HOSTILE, writing(initial_value=HOSTILE, multiline=True)),
        field("one line", writing("line", initial_value=HOSTILE), hint=plain(HOSTILE)),
        field("choice", choosing("checkboxes", HOSTILE, action_id="choice")),
    ]

    @app.command("/recs")
    def recs(ack: Any, command: dict[str, str], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=modal(*fields, title=HOSTILE[:24]))

    @app.view("update")
    def update(ack: Any) -> None:
        ack(response_action="errors", errors={HOSTILE: HOSTILE})

    return app


def test_hostile_words_in_a_form_are_words(visitor: Visitor) -> None:
    with connected_by_http(visitor.slack, opening_a_hostile_form(visitor.slack)):
        visitor.posts("/as/kim/type", TYPED)
        visitor.posts("/as/kim/submit", {"fields": [["choice", "choice", [HOSTILE]]]})
    page = visitor.gets("/as/kim/channel").text
    assert 'class="error"' in page
    assert " checked" in page
    assert "<img src=x" not in page
    assert page.count("<script") == 1


def test_a_picture_is_shown_and_any_other_file_is_downloaded(visitor: Visitor) -> None:
    visitor.slack.set_scopes({"chat:write", "files:write", "im:write"})
    client = client_of(visitor.slack)
    room = client.conversations_open(users="U0KIM")["channel"]["id"]
    for name in ("map.png", "account.docx"):
        client.files_upload_v2(
            channel=room, filename=name, content=b"bytes of it", title=name, alt_txt="43 accepted"
        )
    picture, document = visitor.slack.files("U0KIM")
    page = visitor.gets("/as/kim/messages").text
    assert f'<img src="/as/kim/files/{picture.id}" alt="43 accepted">' in page
    assert f'href="/as/kim/files/{document.id}" download="account.docx"' in page
    shown = visitor.gets(f"/as/kim/files/{picture.id}")
    assert (shown.body, shown.headers["content-type"]) == (b"bytes of it", "image/png")
    assert (
        visitor.gets(f"/as/kim/files/{document.id}").headers["content-disposition"].startswith("attachment")
    )
    assert visitor.gets(f"/as/ed/files/{picture.id}").status == 404


def test_a_bot_that_has_gone_is_told_in_words(visitor: Visitor) -> None:
    visitor.slack.deliver_by_http("http://127.0.0.1:9/slack/events")
    assert "/recs failed" in json.loads(visitor.posts("/as/cora/type", TYPED).body)["notice"]
    assert json.loads(visitor.gets("/as/gus/suggestions").body)["commands"] == []


def test_the_published_site_is_served_as_it_stands_and_nothing_beside_it(
    visitor: Visitor, tmp_path: Path
) -> None:
    assert visitor.gets("/published/index.html").status == 404
    version = tmp_path / ".published.recbot-1"
    version.mkdir()
    (version / "index.html").write_text("<p>how it stands</p>")
    (tmp_path / "published").symlink_to(version.name)
    (tmp_path / "secret").write_text("secret")
    page = visitor.gets("/published/index.html")
    assert (page.status, page.text) == (200, "<p>how it stands</p>")
    assert page.headers["content-type"].startswith("text/html")
    assert visitor.gets("/published/").status == 200
    for path in ("/published/../secret", "/published/%2e%2e/secret", "/published//etc/passwd"):
        assert visitor.gets(path).status == 404
