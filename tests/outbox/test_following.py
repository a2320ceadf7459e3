"""What is followed is told once a week, after the digest, to whoever may still see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.questions.grammar.typed_recordings import ReportOfParty
from bot.domain.register.people import Membership, PersonKey, Role
from bot.domain.values import replace
from bot.operations.recording import follow as operation
from bot.operations.recording import party
from bot.operations.request.schedule_plan import SchedulePlan
from storage import people
from tests.cast import ALICE, BOB, CORA, GUS, VIC, Register, occasion, person
from tests.outbox.resting import comes_to_rest
from tests.outbox.rig import MONDAYS, SUNDAY, Rig, on_sunday, refusal

MINUTE = timedelta(minutes=1)
WEEK = timedelta(days=7)
AFTER_DIGEST = datetime(2025, 3, 10, 9, 10, tzinfo=UTC)
CHANNEL = "C0NEWS"
SLOT = "2025-03-10T09:10"


@pytest.fixture
def rig(sqlite_url: str) -> Iterator[Rig]:
    with _rig(sqlite_url) as made:
        yield made


@pytest.fixture
def rig_on_either(database_url: str) -> Iterator[Rig]:
    with _rig(database_url) as made:
        yield made


@contextmanager
def _rig(url: str) -> Iterator[Rig]:
    """No digest is posted, since no channel is set for it; its rule stands."""
    with on_sunday(url) as made:
        made.plan = SchedulePlan(None, MONDAYS)
        yield made


def follows(rig: Rig, who: PersonKey, what: str, instant: datetime = SUNDAY) -> None:
    command = Register(rig.store).read(f"follow {what}")
    request = occasion(who, instant, f"{who.user_id} follows {what} {instant}")
    operation.follow(rig.store, request, command, MONDAYS)  # type: ignore[arg-type]


def unfollows(rig: Rig, who: PersonKey, what: str, instant: datetime) -> None:
    command = Register(rig.store).read(f"unfollow {what}")
    request = occasion(who, instant, f"{who.user_id} unfollows {what} {instant}")
    operation.unfollow(rig.store, request, command, MONDAYS)  # type: ignore[arg-type]


def records(rig: Rig, typed: str, instant: datetime = SUNDAY + MINUTE, who: PersonKey = CORA) -> None:
    Register(rig.store).says(who, typed, instant)


def at(rig: Rig, instant: datetime) -> list[str]:
    """Let it become an instant; return the texts of what is posted then."""
    before = len(rig.slack.posts)
    rig.clock.shown = instant
    comes_to_rest(rig)
    return [post.text for post in rig.slack.posts[before:]]


def body_of(rig: Rig) -> str:
    blocks = rig.slack.posts[-1].arguments["blocks"]
    return "\n".join(block["text"]["text"] for block in blocks if block["type"] == "section")


def test_what_changed_is_told_once_to_who_follows_it(rig_on_either: Rig) -> None:
    rig = rig_on_either
    follows(rig, VIC, "kent")
    records(rig, "progress 15 kent in progress: two ISACs start in April")
    records(rig, "complete 16 surrey: done")
    assert at(rig, AFTER_DIGEST - MINUTE) == []
    assert at(rig, AFTER_DIGEST) == ["Kent: 1 change since 9 March 2025."]
    assert "Kent: stalking 15 from not started to in progress" in body_of(rig)
    assert "Surrey" not in body_of(rig)
    assert "ISACs" not in str(rig.slack.posts[-1].arguments)
    assert [(post.key, post.channel) for post in rig.slack.posts] == [
        (f"follow:T0HOME/U0VIC:{SLOT}", "D0VIC")
    ]
    for later in (MINUTE, timedelta(days=2), WEEK):
        assert at(rig, AFTER_DIGEST + later) == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("15", "Stalking 15: 2 changes since 9 March 2025."),
        ("wales", "Wales: 1 change since 9 March 2025."),
        ("stalking", "Stalking: 3 changes since 9 March 2025."),
        ("gwent", "Gwent: 1 change since 9 March 2025."),
    ],
)
def test_a_recommendation_a_region_a_report_and_a_body_can_be_followed(
    rig: Rig, what: str, text: str
) -> None:
    follows(rig, VIC, what)
    records(rig, "progress 15 kent in progress: begun")
    records(rig, "progress 15 gwent in progress: begun")
    records(rig, "complete 16 surrey: done")
    assert at(rig, AFTER_DIGEST) == [text]


def test_each_week_tells_what_changed_since_the_last_message_net(rig: Rig) -> None:
    follows(rig, VIC, "kent")
    records(rig, "progress 15 kent in progress: begun")
    at(rig, AFTER_DIGEST)
    records(rig, "complete 15 kent: done", AFTER_DIGEST + MINUTE)
    assert at(rig, AFTER_DIGEST + WEEK) == ["Kent: 1 change since 10 March 2025."]
    assert "from in progress to complete" in body_of(rig)
    records(rig, "progress 15 kent in progress: it goes on", AFTER_DIGEST + WEEK + MINUTE)
    records(rig, "complete 15 kent: it is done", AFTER_DIGEST + WEEK + 2 * MINUTE)
    assert at(rig, AFTER_DIGEST + 2 * WEEK) == []
    assert rig.row("follow:T0HOME/U0VIC:2025-03-24T09:10").error == "nothing_changed"


def test_what_is_followed_later_is_told_from_then_on(rig: Rig) -> None:
    follows(rig, VIC, "kent")
    records(rig, "progress 15 kent in progress: begun")
    records(rig, "progress 15 surrey in progress: begun")
    follows(rig, VIC, "surrey", SUNDAY + 2 * MINUTE)
    records(rig, "complete 16 surrey: done", SUNDAY + 3 * MINUTE)
    assert at(rig, AFTER_DIGEST) == ["Changed this week: Kent (1 change) and Surrey (1 change)."]
    assert "Surrey: stalking 16" in body_of(rig)
    assert "Surrey: stalking 15" not in body_of(rig)


def test_who_follows_after_the_hour_waits_for_the_next_week(rig: Rig) -> None:
    at(rig, AFTER_DIGEST)
    follows(rig, VIC, "kent", AFTER_DIGEST + MINUTE)
    records(rig, "progress 15 kent in progress: begun", AFTER_DIGEST + 2 * MINUTE)
    assert at(rig, AFTER_DIGEST + 3 * MINUTE) == []
    assert at(rig, AFTER_DIGEST + WEEK) == ["Kent: 1 change since 10 March 2025."]


def test_nobody_is_told_of_what_they_alone_recorded(rig: Rig) -> None:
    follows(rig, CORA, "kent")
    records(rig, "progress 15 kent in progress: begun")
    assert at(rig, AFTER_DIGEST) == []
    _makes_contact(rig, ALICE, "kent")
    records(rig, "complete 16: done", AFTER_DIGEST + MINUTE, ALICE)
    assert at(rig, AFTER_DIGEST + WEEK) == ["Kent: 1 change since 10 March 2025."]


def test_beside_the_work_of_others_ones_own_is_told_too(rig: Rig) -> None:
    with rig.store.begin() as connection:
        people.remember(connection, person(BOB))
    follows(rig, CORA, "stalking")
    records(rig, "progress 15 kent in progress: begun")
    _makes_contact(rig, BOB, "surrey")
    records(rig, "complete 16: done", who=BOB)
    assert at(rig, AFTER_DIGEST) == ["Stalking: 2 changes since 9 March 2025."]


def test_notes_are_counted_for_who_may_read_them(rig: Rig) -> None:
    follows(rig, VIC, "kent")
    follows(rig, ALICE, "kent")
    _makes_contact(rig, ALICE, "kent")
    records(rig, "note 15 kent: we met the provider")
    assert at(rig, AFTER_DIGEST) == ["Kent: 1 note since 9 March 2025."]
    assert rig.slack.posts[-1].channel == "D0ALICE"
    assert "provider" not in str(rig.slack.posts[-1].arguments)


@pytest.mark.parametrize("membership", [Membership.GUEST, Membership.STRANGER, Membership.DEACTIVATED])
def test_who_may_see_it_no_more_gets_nothing_more(rig: Rig, membership: Membership) -> None:
    follows(rig, VIC, "kent")
    records(rig, "progress 15 kent in progress: begun")
    with rig.store.begin() as connection:
        people.remember(connection, person(VIC, membership))
    assert at(rig, AFTER_DIGEST) == []
    assert rig.row(f"follow:T0HOME/U0VIC:{SLOT}").error == "no_reader"


def test_a_guest_whose_role_ended_gets_nothing_more(rig: Rig) -> None:
    _makes_contact(rig, GUS, "kent")
    follows(rig, GUS, "surrey")
    records(rig, "progress 15 surrey in progress: begun")
    with rig.store.begin() as connection:
        people.revoke(connection, GUS, *_contact_of(rig, "kent"))
    assert at(rig, AFTER_DIGEST) == []


def test_who_has_left_slack_gets_nothing_more(rig: Rig) -> None:
    follows(rig, VIC, "kent")
    records(rig, "progress 15 kent in progress: begun")
    rig.slack.left = {"U0VIC"}
    assert at(rig, AFTER_DIGEST) == []
    assert rig.row(f"follow:T0HOME/U0VIC:{SLOT}").state is DeliveryState.SKIPPED


def test_who_unfollows_gets_nothing_more(rig: Rig) -> None:
    follows(rig, VIC, "kent")
    records(rig, "progress 15 kent in progress: begun")
    unfollows(rig, VIC, "kent", SUNDAY + 2 * MINUTE)
    assert at(rig, AFTER_DIGEST) == []


def test_a_channel_is_told_what_everybody_may_see(rig_on_either: Rig) -> None:
    rig = rig_on_either
    follows(rig, CORA, f"stalking in <#{CHANNEL}>")
    records(rig, "progress 15 kent in progress: begun")
    records(rig, "note 16 kent: not for everybody")
    assert at(rig, AFTER_DIGEST) == ["Stalking: 1 change since 9 March 2025."]
    (post,) = rig.slack.posts
    assert (post.channel, post.key) == (CHANNEL, f"follow:{CHANNEL}:{SLOT}")
    assert at(rig, AFTER_DIGEST + MINUTE) == []


def test_where_the_channel_is_closed_to_recbot_coordinators_are_told(rig: Rig) -> None:
    follows(rig, CORA, f"stalking in <#{CHANNEL}>")
    records(rig, "progress 15 kent in progress: begun")
    rig.slack.raises = [refusal("not_in_channel")]
    posts = at(rig, AFTER_DIGEST)
    assert posts == [
        "What a channel follows was not posted on Monday 10 March 2025 at 09:10: recbot is not in the"
        " channel. Invite it with /invite @recbot."
    ]
    assert CHANNEL in str(rig.slack.posts[-1].arguments["blocks"])


def test_a_lost_answer_is_looked_for_and_the_message_stays_single(rig: Rig) -> None:
    follows(rig, VIC, "kent")
    records(rig, "progress 15 kent in progress: begun")
    rig.clock.shown = AFTER_DIGEST
    rig.slack.takes_first = True
    rig.slack.raises = [TimeoutError()]
    schedule = rig.schedule()
    rig.run(schedule)
    rig.slack.takes_first = False
    key = f"follow:T0HOME/U0VIC:{SLOT}"
    rig.wait(schedule, 61)
    rig.wait(schedule, 130)
    assert rig.row(key).state is DeliveryState.SENT
    assert rig.slack.keys == [key]


def test_two_processes_send_one(rig_on_either: Rig) -> None:
    rig = rig_on_either
    follows(rig, VIC, "kent")
    records(rig, "progress 15 kent in progress: begun")
    first, second = rig.schedule(), rig.schedule()
    rig.clock.shown = AFTER_DIGEST
    for _ in range(10):
        first.tick()
        second.tick()
    assert rig.slack.keys == [f"follow:T0HOME/U0VIC:{SLOT}"]


def test_after_a_stop_of_days_the_latest_is_sent_late_and_older_ones_are_not(rig: Rig) -> None:
    follows(rig, VIC, "kent")
    records(rig, "progress 15 kent in progress: begun")
    assert at(rig, AFTER_DIGEST + timedelta(days=4)) == []
    records(rig, "complete 15 kent: done", AFTER_DIGEST + timedelta(days=5))
    assert at(rig, AFTER_DIGEST + WEEK + timedelta(days=2)) == ["Kent: 1 change since 9 March 2025."]
    assert "Posted late" in str(rig.slack.posts[-1].arguments["blocks"])
    assert "from not started to complete" in body_of(rig)


def test_it_comes_on_the_digests_day_whatever_that_is(rig: Rig) -> None:
    rig.plan = replace(rig.plan, rule="FREQ=WEEKLY;BYDAY=WE;BYHOUR=23;BYMINUTE=55")
    follows(rig, VIC, "kent")
    records(rig, "progress 15 kent in progress: begun")
    assert at(rig, datetime(2025, 3, 12, 23, 58, tzinfo=UTC)) == []
    assert at(rig, datetime(2025, 3, 12, 23, 59, tzinfo=UTC)) == ["Kent: 1 change since 9 March 2025."]


def _contact_of(rig: Rig, slug: str) -> tuple[Role, str]:
    return Role.CONTACT, Register(rig.store).body(slug).code


def _makes_contact(rig: Rig, who: PersonKey, slug: str) -> None:
    with rig.store.begin() as connection:
        people.grant(connection, who, *_contact_of(rig, slug), SUNDAY - timedelta(days=60))


def test_what_others_reported_is_told_to_who_follows_the_recommendation(rig: Rig) -> None:
    follows(rig, VIC, "16")
    follows(rig, BOB, "surrey")
    command = Register(rig.store).read("party 16 NPCC reported on 3 Mar 2025: half of them have")
    assert isinstance(command, ReportOfParty)
    party.report(rig.store, occasion(CORA, SUNDAY + MINUTE), command)
    assert at(rig, AFTER_DIGEST) == ["Stalking 16: 1 report by others since 9 March 2025."]
    assert "Chief constables: stalking 16 reported by the NPCC on 3 Mar 2025" in body_of(rig)
    assert "half" not in str(rig.slack.posts[-1].arguments)
