"""Vic follows Kent, and Cora has a channel follow a report: each is told once, after Monday's digest."""

import time
from collections.abc import Callable
from typing import TypeVar

from tests.journeys.office import Office
from tests.journeys.serving import PATIENCE
from tests.journeys.test_extensions import message_to

NEWS = "C0NEWS"
_Seen = TypeVar("_Seen")


def as_soon_as(look: Callable[[], _Seen | None], wait: float = 15) -> _Seen:
    deadline = time.monotonic() + wait
    while (seen := look()) is None:
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.05)
    return seen


def is_told(office: Office, user_id: str, text: str) -> bool | None:
    return any(text in reply.text for reply in office.slack.seen_by(user_id)) or None


def test_what_a_person_and_a_channel_follow_is_told_once_and_ended_by_its_button(an_office: Office) -> None:
    cora, vic = an_office.cora, an_office.vic
    an_office.set_clock("2025-03-12T10:00:00+00:00")
    an_office.slack.add_channel(NEWS, "news", bot_is_member=False)
    assert vic.types("/recs follow kent").text == (
        "You follow Kent: one message a week, the next on Monday 17 March 2025 at 09:10."
    )
    assert "What you follow" in vic.opens_home().all_text

    looking = cora.types("/recs follow stalking in #news")
    assert looking.text == "recbot looks whether it is a member of #news, and then says so here."
    as_soon_as(lambda: is_told(an_office, "U0CORA", "Nothing was recorded: recbot is not a member of #news."))
    an_office.slack.invite_bot(NEWS)
    cora.types("/recs follow stalking in #news")
    as_soon_as(lambda: is_told(an_office, "U0CORA", "#news follows stalking: one message a week"))
    assert "1 person and 1 channel follow something" in cora.types("/recs digest").all_text
    cora.types("/recs progress 15 kent in progress: two ISACs start in April")

    an_office.set_clock("2025-03-17T09:10:01+00:00")
    note = message_to(an_office, "U0VIC", "Kent: 1 change since 12 March 2025.", wait=PATIENCE)
    posted = as_soon_as(lambda: next(iter(an_office.slack.posts(NEWS)), None))
    assert posted.text == "Stalking: 1 change since 12 March 2025."
    assert "ISACs" not in note.all_text + posted.all_text

    refused = vic.clicks(posted, "Unfollow")
    assert refused is not None
    assert refused.text == "Only coordinators can do this."
    ended = vic.clicks(note, "Unfollow")
    assert ended is not None
    assert ended.text == "You do not follow Kent any longer."
    assert vic.types("/recs unfollow").text == "You follow nothing."
    ended = cora.clicks(posted, "Unfollow")
    assert ended is not None
    assert ended.text == "#news does not follow stalking any longer."
    assert an_office.updates_of_kind("following changed") == 4
    assert len(an_office.slack.posts(NEWS)) == 1
