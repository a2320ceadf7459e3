"""Row 52: a year passes in the demo by the clock of its page, with all that comes by itself."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.standin import Post
from bot.standin.cast import CHANNEL
from bot.standin.moved_clock import LONDON
from bot.standin.stage import Stage, staged
from tests.standin.page.visitor import Visitor

pytestmark = pytest.mark.prove

# Easter Monday and the bank holidays of May and August.
MOVED_TO_TUESDAY = (date(2025, 4, 21), date(2025, 5, 5), date(2025, 5, 26), date(2025, 8, 25))
# Each Tuesday, and on the day before the deadline of 27 March 2025; from four weeks after it in every fourth
# week.
REMINDERS = (
    *(date(2025, 3, day) for day in (11, 18, 25, 26)),
    *(date(2025, 4, day) for day in (1, 8, 15, 22)),
    *(date(2025, 4, 29) + timedelta(weeks=4 * number) for number in range(12)),
)
# In seconds; nothing here measures how long it takes.
PATIENCE = 300


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with staged(tmp_path) as stage:
        stage.start()
        yield stage
        assert stage.slack.faults_found == []


def test_in_a_year_each_digest_and_each_reminder_comes_once_on_its_day(stage: Stage) -> None:
    stage.open_page()
    visitor = Visitor(stage.slack, patience=PATIENCE)
    for month in range(12):
        arrived = json.loads(visitor.posts("/clock", {"to": "month"}).text)
        assert arrived.keys() == {"told"}, arrived
        assert stage.clock.now().astimezone(LONDON).month == (month + 3) % 12 + 1
    mondays = [date(2025, 3, 10) + timedelta(weeks=week) for week in range(53)]
    digests = [post for post in stage.slack.posts(CHANNEL) if post.user == stage.slack.bot_user_id]
    days = [day + timedelta(days=day in MOVED_TO_TUESDAY) for day in mondays]
    assert [posted_on(post) for post in digests] == days
    assert {post.text.partition(";")[0] for post in digests} == {"Stalking: all 43 accepted"}
    for contact in ("kim", "ed"):
        received = stage.slack.direct_messages(stage.cast[contact].id)
        reminders = [post for post in received if not post.text.startswith("You record for ")]
        assert [posted_on(post) for post in reminders] == list(REMINDERS)


def posted_on(post: Post) -> date:
    """The day that the clock showed in London."""
    return datetime.fromtimestamp(float(post.ts), UTC).astimezone(LONDON).date()
