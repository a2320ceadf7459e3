import json
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.standin import Person, StandIn
from tests.standin.bots import client_of, section


def refused(client: WebClient, method: str, **arguments: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as refusal:
        client.api_call(method, json=arguments)
    assert refusal.value.response.status_code == 200
    answer: dict[str, Any] = refusal.value.response.data
    return answer


def test_the_bot_is_told_who_it_is(slack: StandIn, client: WebClient) -> None:
    answer = client.auth_test()
    assert (answer["team_id"], answer["user_id"]) == ("T0HOME", slack.bot_user_id)
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


def test_a_call_without_a_token_is_not_authed(slack: StandIn) -> None:
    assert refused(client_of(slack, ""), "auth.test")["error"] == "not_authed"


def test_an_unknown_token_is_invalid(slack: StandIn) -> None:
    assert refused(client_of(slack, "xoxb-other"), "auth.test")["error"] == "invalid_auth"


def test_a_revoked_token_is_refused(slack: StandIn, client: WebClient) -> None:
    slack.revoke_token()
    assert refused(client, "auth.test")["error"] == "token_revoked"


def test_each_kind_of_token_opens_only_its_own_methods(slack: StandIn, client: WebClient) -> None:
    assert refused(client, "apps.connections.open")["error"] == "not_allowed_token_type"
    assert refused(client_of(slack, slack.app_token), "auth.test")["error"] == "not_allowed_token_type"


def test_an_unknown_method_is_refused(client: WebClient) -> None:
    assert refused(client, "chat.shout")["error"] == "unknown_method"


def test_api_test_needs_no_token(slack: StandIn) -> None:
    assert client_of(slack, "").api_test(word="x")["args"]["word"] == "x"


@pytest.mark.parametrize(
    ("method", "scope", "arguments"),
    [
        ("chat.postMessage", "chat:write", {"channel": "C0COORD", "text": "x"}),
        ("chat.postEphemeral", "chat:write", {"channel": "C0COORD", "user": "U0KIM", "text": "x"}),
        ("chat.update", "chat:write", {"channel": "C0COORD", "ts": "1.000000", "text": "x"}),
        ("chat.delete", "chat:write", {"channel": "C0COORD", "ts": "1.000000"}),
        ("users.info", "users:read", {"user": "U0KIM"}),
        ("conversations.info", "channels:read", {"channel": "C0COORD"}),
        ("conversations.info", "groups:read", {"channel": "C0QUIET"}),
        ("conversations.open", "im:write", {"users": "U0KIM"}),
        ("conversations.history", "channels:history", {"channel": "C0COORD"}),
        ("conversations.history", "groups:history", {"channel": "C0QUIET"}),
        ("conversations.replies", "channels:history", {"channel": "C0COORD", "ts": "1.000000"}),
    ],
)
def test_a_method_needs_its_scope(
    slack: StandIn, client: WebClient, method: str, scope: str, arguments: dict[str, str]
) -> None:
    slack.add_person("U0KIM", "Kim Hale")
    slack.set_scopes(["commands"])
    answer = refused(client, method, **arguments)
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", scope, "commands")


@pytest.mark.parametrize(
    ("channel", "error"),
    [("C0NONE", "channel_not_found"), ("C0SECRET", "channel_not_found"), ("C0OTHER", "not_in_channel")],
)
def test_the_bot_posts_only_where_it_is(client: WebClient, channel: str, error: str) -> None:
    assert refused(client, "chat.postMessage", channel=channel, text="x")["error"] == error


def test_nothing_is_posted_in_an_archived_channel_or_after_removal(slack: StandIn, client: WebClient) -> None:
    slack.archive("C0COORD")
    assert refused(client, "chat.postMessage", channel="C0COORD", text="x")["error"] == "is_archived"
    assert client.conversations_info(channel="C0COORD")["channel"]["is_archived"]
    slack.unarchive("C0COORD")
    slack.remove_bot("C0COORD")
    assert refused(client, "chat.postMessage", channel="C0COORD", text="x")["error"] == "not_in_channel"
    assert not client.conversations_info(channel="C0COORD")["channel"]["is_member"]
    assert slack.posts("C0COORD") == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"text": "x"}, "invalid_arguments"),
        ({"channel": "C0COORD"}, "no_text"),
        ({"channel": "C0COORD", "text": "x", "blocks": "{["}, "invalid_blocks_format"),
        ({"channel": "C0COORD", "text": "x", "blocks": [section("")]}, "invalid_blocks"),
        ({"channel": "C0COORD", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C0COORD", "text": "x", "blocks": [section("x" * 2_900)] * 5}, "msg_blocks_too_long"),
        ({"channel": "C0COORD", "text": "x", "thread_ts": "1.000000"}, "thread_not_found"),
        ({"channel": "C0COORD", "text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
    ],
)
def test_a_message_slack_would_not_take_is_refused(
    slack: StandIn, client: WebClient, arguments: dict[str, Any], error: str
) -> None:
    assert refused(client, "chat.postMessage", **arguments)["error"] == error
    assert slack.posts("C0COORD") == []


def test_a_refused_block_is_explained(client: WebClient) -> None:
    answer = refused(client, "chat.postMessage", channel="C0COORD", text="x", blocks=[section("")])
    assert any("blocks[0]" in message for message in answer["response_metadata"]["messages"])


def test_a_form_encoded_call_is_taken_like_a_json_one(slack: StandIn) -> None:
    body = f"token={slack.bot_token}&channel=C0COORD&text=hello&team_id=T0HOME&blocks={json.dumps([])}"
    with urllib.request.urlopen(f"{slack.api_url}chat.postMessage", body.encode()) as answer:  # noqa: S310
        assert json.load(answer)["ok"]
    assert [post.text for post in slack.posts("C0COORD")] == ["hello"]


def test_every_call_is_kept_with_its_arguments_and_answer_but_not_the_token(
    slack: StandIn, client: WebClient
) -> None:
    client.chat_postMessage(channel="C0COORD", text="hello")
    (call,) = slack.calls
    assert (call.method, call.arguments["text"]) == ("chat.postMessage", "hello")
    assert call.response
    assert call.response["ok"]
    assert slack.bot_token not in str(call)


def test_a_post_keeps_its_thread_and_metadata(slack: StandIn, client: WebClient) -> None:
    metadata = {"event_type": "recbot_delivery", "event_payload": {"key": "k"}}
    head = client.chat_postMessage(channel="C0COORD", text="head", metadata=metadata)
    client.chat_postMessage(channel="C0COORD", text="part", thread_ts=head["ts"])
    assert [(post.text, post.metadata) for post in slack.posts("C0COORD")] == [("head", metadata)]
    assert [post.text for post in slack.thread("C0COORD", head["ts"])] == ["part"]


def test_time_stamps_in_a_channel_are_unique(slack: StandIn, client: WebClient) -> None:
    for _ in range(5):
        client.chat_postMessage(channel="C0COORD", text="x")
    assert len({post.ts for post in slack.posts("C0COORD")}) == 5


def test_a_text_alone_takes_the_place_of_blocks(slack: StandIn, client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C0COORD", text="old", blocks=[section("old")])["ts"]
    client.chat_update(channel="C0COORD", ts=ts, text="new")
    (post,) = slack.posts("C0COORD")
    assert (post.text, post.blocks, post.edited) == ("new", [], True)


def test_only_the_bots_own_messages_can_be_changed(slack: StandIn, client: WebClient, kim: Person) -> None:
    hers = slack.says("U0KIM", "C0COORD", "mine")
    update = refused(client, "chat.update", channel="C0COORD", ts=hers.ts, text="x")
    delete = refused(client, "chat.delete", channel="C0COORD", ts=hers.ts)
    assert (update["error"], delete["error"]) == ("cant_update_message", "cant_delete_message")


def test_a_message_that_is_not_there_cannot_be_changed(client: WebClient) -> None:
    answer = refused(client, "chat.update", channel="C0COORD", ts="1.000000", text="x")
    assert answer["error"] == "message_not_found"


def test_a_deleted_message_is_gone(slack: StandIn, client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C0COORD", text="x")["ts"]
    client.chat_delete(channel="C0COORD", ts=ts)
    assert slack.posts("C0COORD") == []


def test_an_ephemeral_message_is_seen_by_one_person_only(
    slack: StandIn, client: WebClient, kim: Person
) -> None:
    slack.add_person("U0EDD", "Ed Moss")
    client.chat_postEphemeral(channel="C0COORD", user="U0KIM", text="for you")
    assert [reply.text for reply in slack.seen_by("U0KIM")] == ["for you"]
    assert slack.seen_by("U0EDD") == []
    assert slack.posts("C0COORD") == []


def test_a_message_to_a_person_arrives_in_her_direct_messages(
    slack: StandIn, client: WebClient, kim: Person
) -> None:
    opened = client.conversations_open(users="U0KIM")["channel"]["id"]
    assert client.chat_postMessage(channel="U0KIM", text="<@U0KIM>: 2 things")["channel"] == opened
    assert [post.text for post in slack.direct_messages("U0KIM")] == ["<@U0KIM>: 2 things"]
    assert slack.faults_found == []


def test_no_new_conversation_with_somebody_deactivated_or_unknown(
    slack: StandIn, client: WebClient, kim: Person
) -> None:
    slack.deactivate("U0KIM")
    assert refused(client, "conversations.open", users="U0KIM")["error"] == "user_disabled"
    assert refused(client, "conversations.open", users="U0NONE")["error"] == "user_not_found"


@pytest.mark.parametrize(
    ("kind", "team", "flag"),
    [
        ("member", None, None),
        ("guest", None, "is_restricted"),
        ("stranger", "T0KENT", "is_stranger"),
        ("deactivated", None, "deleted"),
    ],
)
def test_users_info_tells_who_somebody_is(
    slack: StandIn, client: WebClient, kind: Any, team: str | None, flag: str | None
) -> None:
    slack.add_person("U0EDD", "Ed Moss", kind=kind, team_id=team)
    user = client.users_info(user="U0EDD")["user"]
    assert (user["team_id"], user["profile"]["display_name"]) == (team or "T0HOME", "Ed Moss")
    flags = ("is_restricted", "is_stranger", "deleted", "is_bot")
    assert [name for name in flags if user.get(name)] == ([flag] if flag else [])


def test_an_unknown_user_is_not_found(client: WebClient) -> None:
    assert refused(client, "users.info", user="U0NONE")["error"] == "user_not_found"


def test_a_new_name_is_told(slack: StandIn, client: WebClient, kim: Person) -> None:
    slack.rename("U0KIM", "Kim Hale-Reed")
    assert client.users_info(user="U0KIM")["user"]["real_name"] == "Kim Hale-Reed"


def test_a_stranger_has_a_team_of_another_organisation(slack: StandIn) -> None:
    with pytest.raises(ValueError, match="another organisation"):
        slack.add_person("U0EDD", "Ed Moss", kind="stranger")
