"""Digests that Slack did not take or did not answer for, as the coordinators meet them; and `recbot tick`."""

import time
from collections.abc import Callable

from bot.runtime.wiring.schedule import tick
from bot.settings import Settings
from bot.standin import Post
from storage.database import FOR_WORK, Database
from tests.journeys.office import CHANNEL, Office
from tests.journeys.serving import PATIENCE

FIRST_SCOPES = ("commands", "chat:write", "users:read", "channels:read", "groups:read", "im:write")
MONDAY = "2025-03-17T09:00:00+00:00"


def soon(office: Office, look: Callable[[], list[Post]]) -> Post:
    """The one post that is looked for, once it is there."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if posts := look():
            return posts[-1]
        time.sleep(0.05)
    raise AssertionError(f"nothing was posted: {office.log_text()}")


def digest(office: Office) -> Post:
    return soon(office, lambda: office.slack.posts(CHANNEL))


def message_to(office: Office, beginning: str) -> Post:
    def look() -> list[Post]:
        return [
            post for post in office.slack.direct_messages(office.cora.id) if post.text.startswith(beginning)
        ]

    return soon(office, look)


def test_a_bot_that_is_invited_back_posts_what_it_said_it_would(an_office: Office) -> None:
    an_office.slack.remove_bot(CHANNEL)
    an_office.set_clock(MONDAY)
    notice = message_to(an_office, "The digest of Monday 17 March 2025 at 09:00 was not posted")
    assert "Invite it with /invite @recbot." in notice.text
    assert "was not posted" in an_office.cora.opens_home().all_text
    an_office.slack.invite_bot(CHANNEL)
    assert digest(an_office).text.startswith("Stalking: all 43 accepted; none complete; due in 10 days.")


def test_where_nothing_can_be_looked_up_a_coordinator_says_whether_it_appeared(an_office: Office) -> None:
    slack = an_office.slack
    slack.set_scopes(FIRST_SCOPES)
    slack.faults.next("chat.postMessage", "drop")
    an_office.set_clock(MONDAY)
    question = message_to(an_office, "Did the digest of Monday 17 March 2025 at 09:00 appear?")
    answer = an_office.cora.clicks(question, "Send it again")
    assert answer is not None
    assert answer.text == "The digest of Monday 17 March 2025 at 09:00 is sent again."
    assert digest(an_office).text.startswith("Stalking: all 43 accepted; none complete; due in 10 days.")
    again = an_office.cora.clicks(question, "It appeared")
    assert again is not None
    assert again.text.startswith("It was settled before you answered.")
    assert len(slack.posts(CHANNEL)) == 1


def test_a_tick_sends_what_is_due_and_finds_out_what_became_of_it(empty_office: Office) -> None:
    office = empty_office
    office.load_example()
    database = Database(office.database_url, FOR_WORK)
    settings = Settings.load(office.environment | {"RECBOT_SETTLE": "0.005"})
    tick(settings, database)
    office.slack.faults.next("chat.postMessage", "accept_then_drop")
    office.set_clock(MONDAY)
    tick(settings, database)
    tick(settings, database)
    database.close()
    [head] = office.slack.posts(CHANNEL)
    assert len(office.slack.thread(CHANNEL, head.ts)) == 1
