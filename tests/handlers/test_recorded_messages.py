"""What people write, in the shapes in which Slack sends it: answered once, in place, by either road."""

import json

import pytest

from tests.handlers.recorded import Json, Slack, recorded, slack
from tests.handlers.recording_slack import RecordingSlack


def event(name: str) -> Json:
    """A recorded event; the app of these tests goes by another name."""
    payload: Json = json.loads(json.dumps(recorded(name)).replace("U0RECBOT", "U0BOT"))
    return payload


def tell(app: Slack, road: str, name: str) -> None:
    if road == "HTTP":
        answered = app.posts(event(name))
        assert (answered.status, answered.text) == (200, "")
    else:
        assert not app.sends(event(name), "events_api").payload


@pytest.mark.parametrize("road", ["HTTP", "Socket Mode"])
def test_a_message_is_answered_once_and_in_place(sqlite_url: str, road: str) -> None:
    conversations = RecordingSlack()
    with slack(sqlite_url, conversations=conversations) as app:
        for name in ("direct_message", "mention_in_thread", "direct_message", "mention_in_thread"):
            tell(app, road, name)
    first, second = conversations.ephemeral
    assert (first["channel"], first["user"], first.get("thread_ts")) == ("D0VIC", "U0VIC", None)
    assert (second["channel"], second["thread_ts"]) == ("C0COORD", "1741597100.000100")
    for answer in (first, second):
        assert answer["text"].startswith("43 of 43 have not started stalking 15")


@pytest.mark.parametrize("road", ["HTTP", "Socket Mode"])
def test_what_recbot_wrote_and_what_was_changed_later_is_not_answered(sqlite_url: str, road: str) -> None:
    conversations = RecordingSlack()
    with slack(sqlite_url, conversations=conversations) as app:
        for name in ("own_message", "message_changed", "message_deleted"):
            tell(app, road, name)
    assert conversations.ephemeral == []
