"""Files that the bot shares: asked for, uploaded, completed."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.standin import Person, SharedFile, StandIn
from tests.standin.bots import client_of


@pytest.fixture
def slack() -> Iterator[StandIn]:
    scopes = ("chat:write", "im:write", "files:write", "channels:history")
    with StandIn(scopes=scopes) as slack:
        slack.add_channel("C0COORD", "coordination")
        slack.add_channel("C0OTHER", "other", bot_is_member=False)
        yield slack


def upload_url(client: WebClient, length: int = 3, name: str = "account.csv") -> tuple[str, str]:
    answer = client.files_getUploadURLExternal(filename=name, length=length, alt_txt="x")
    return str(answer["upload_url"]), str(answer["file_id"])


def upload(url: str, body: bytes, content_type: str = "application/octet-stream") -> tuple[int, str]:
    request = urllib.request.Request(url, body, {"Content-Type": content_type})  # noqa: S310
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_file_is_shared_in_a_thread_by_the_sdk(slack: StandIn, client: WebClient) -> None:
    head = client.chat_postMessage(channel="C0COORD", text="Digest")["ts"]
    client.files_upload_v2(
        filename="map.png",
        content=b"\x89PNG",
        title="The map",
        alt_txt="41 of 43 accepted",
        channel="C0COORD",
        thread_ts=head,
        initial_comment="As at *today*",
    )
    (post,) = slack.thread("C0COORD", head)
    assert post.all_text == "As at today"
    (file,) = slack.files("C0COORD")
    assert file == SharedFile(file.id, "map.png", "The map", "41 of 43 accepted", b"\x89PNG")
    assert post.files == (file,)
    assert slack.faults_found == []


def test_a_file_reaches_a_person_by_her_direct_messages_only(
    slack: StandIn, client: WebClient, kim: Person
) -> None:
    with pytest.raises(SlackApiError, match="channel_id"):
        client.files_upload_v2(filename="a.csv", content=b"a", channel="U0KIM")
    opened = client.conversations_open(users="U0KIM")["channel"]["id"]
    client.files_upload_v2(filename="a.csv", content=b"a", channel=opened)
    assert [file.content for file in slack.files("U0KIM")] == [b"a"]


def test_the_history_tells_of_files(client: WebClient) -> None:
    client.files_upload_v2(filename="a.csv", content=b"abc", title="A", channel="C0COORD")
    (message,) = client.conversations_history(channel="C0COORD")["messages"]
    (file,) = message["files"]
    assert (file["name"], file["title"], file["size"]) == ("a.csv", "A", 3)


def test_a_file_may_be_uploaded_as_a_form(slack: StandIn, client: WebClient) -> None:
    url, file_id = upload_url(client)
    body = b'--x\r\nContent-Disposition: form-data; name="filename"; filename="a"\r\n\r\nabc\r\n--x--\r\n'
    assert upload(url, body, "multipart/form-data; boundary=x") == (200, "OK - 3")
    client.files_completeUploadExternal(files=[{"id": file_id}], channel_id="C0COORD")
    (file,) = slack.files("C0COORD")
    assert (file.title, file.content) == ("account.csv", b"abc")


def test_an_upload_must_be_the_one_that_was_asked_for(slack: StandIn, client: WebClient) -> None:
    url, _ = upload_url(client)
    assert upload(url, b"abcd") == (400, "size_mismatch")
    assert upload(slack.api_url.replace("/api/", "/upload/none"), b"abc") == (404, "invalid_url")


@pytest.mark.parametrize(
    ("channel", "error"),
    [("C0NONE", "channel_not_found"), ("C0OTHER", "not_in_channel"), ("C0COORD", "thread_not_found")],
)
def test_a_file_is_shared_only_where_the_bot_may_post(client: WebClient, channel: str, error: str) -> None:
    url, file_id = upload_url(client)
    upload(url, b"abc")
    with pytest.raises(SlackApiError, match=error):
        client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=channel, thread_ts="1.000000")


def test_only_an_uploaded_file_is_completed_and_once(slack: StandIn, client: WebClient) -> None:
    url, file_id = upload_url(client)

    def complete() -> Any:
        return client.files_completeUploadExternal(files=[{"id": file_id}], channel_id="C0COORD")

    with pytest.raises(SlackApiError, match="file_not_found"):
        complete()
    upload(url, b"abc")
    complete()
    with pytest.raises(SlackApiError, match="file_not_found"):
        complete()
    assert len(slack.files("C0COORD")) == 1


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"filename": "a.csv", "length": 0}, "invalid_arguments"),
        ({"length": 3}, "invalid_arguments"),
        ({"filename": "a.png", "length": 3, "alt_txt": "x" * 1_001}, "alt_txt_too_large"),
    ],
)
def test_what_is_asked_for_must_make_sense(client: WebClient, arguments: Any, error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        client.api_call("files.getUploadURLExternal", params=arguments)


def test_files_need_their_scope(slack: StandIn) -> None:
    slack.set_scopes(["chat:write"])
    client = client_of(slack)
    with pytest.raises(SlackApiError, match="missing_scope"):
        upload_url(client)
    with pytest.raises(SlackApiError, match="missing_scope"):
        client.files_completeUploadExternal(files=[{"id": "F1"}])


def test_a_picture_without_alt_text_and_a_live_mention_beside_a_file_are_noted(
    slack: StandIn, client: WebClient
) -> None:
    client.files_upload_v2(filename="map.png", content=b"x", channel="C0COORD", initial_comment="<!channel>")
    assert [str(fault) for fault in slack.faults_found] == [
        "files.getUploadURLExternal: alt_txt: is missing for the picture map.png",
        "files.completeUploadExternal: text: holds a live '<!channel'",
    ]


def test_files_that_are_no_list_are_refused(client: WebClient) -> None:
    for files in (json.dumps("F1"), "{["):
        with pytest.raises(SlackApiError, match="invalid_arguments"):
            client.api_call("files.completeUploadExternal", params={"files": files})
