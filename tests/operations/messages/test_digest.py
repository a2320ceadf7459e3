import random
import re
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.messages.delivery import Outcome, Payload
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.digest import Digest, Part, ReportCounts
from bot.domain.questions.grammar.typed_recordings import AskBody, Extend, SetReport
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.addressee import Answer, Duty, Stage
from bot.domain.register.people import ContactKind, Role
from bot.domain.register.update import Change
from bot.operations.messages import digest as operation
from bot.operations.messages.claiming import Claimed
from bot.operations.recording import ask_body, extend, report_setting
from bot.operations.request.schedule_plan import SchedulePlan
from bot.rendering.blocks.messages.digest_message import messages
from bot.rendering.blocks.recording.ask_body import answer_message, question_message
from bot.rendering.blocks.recording.extend import decision_message, request_message
from storage import chain, deliveries, people
from tests import cast
from tests.cast import ALICE, BOB, CORA, ED, VIC, Register
from tests.outbox.rig import MONDAYS, PLAN, ClockByHand, Rig, refusal, revoke_contacts
from tests.prove.size import size

STARTED = datetime(2025, 3, 3, 8, tzinfo=UTC)
NOW = cast.NOW
LATER = datetime(2025, 4, 1, 9, tzinfo=UTC)


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = cast.stalking_case(database_url)
    operation.record_start(made.store, STARTED)
    yield made
    made.store.database.close()


def preview(register: Register, instant: datetime = NOW, plan: SchedulePlan = PLAN) -> Digest:
    return operation.preview(register.store, cast.occasion(CORA, instant), plan)


def moves(digest: Digest) -> list[tuple[str, str, str]]:
    return [(move.body_name, move.recommendation.number, move.values[-1].now) for move in digest.moved]


def test_the_loaded_example_has_not_changed(register: Register) -> None:
    digest = preview(register)
    assert digest.moved == ()
    [stalking] = digest.reports
    assert stalking.counts == ReportCounts("stalking", bodies=43, answered=43, accepted=43, complete=0)
    assert (stalking.next_due, stalking.late) == (date(2025, 3, 27), 0)
    assert digest.since == STARTED.date()


def test_it_tells_what_changed_with_whom_and_holds_no_text(register: Register) -> None:
    register.says(ALICE, "progress 15 in progress: two ISACs start in April")
    register.says(ED, "partly 16: no money this year")
    register.says(BOB, "note 15: rang the provider")
    digest = preview(register)
    assert moves(digest) == [("Kent", "15", Stage.IN_PROGRESS), ("Essex", "16", Answer.ACCEPTED_IN_PART)]
    assert "in April" not in repr(digest)
    assert "money" not in repr(digest)
    assert digest.reports[0].counts.accepted == 42


def test_what_was_taken_back_in_the_same_week_is_not_told(register: Register) -> None:
    register.says(ALICE, "complete 15: all there")
    register.says(ALICE, "undo")
    assert preview(register).moved == ()


def test_what_an_earlier_digest_told_and_was_taken_back_since_is_told(register: Register) -> None:
    rig = Rig(register.store)
    rig.clock.shown = NOW
    register.says(ALICE, "complete 15: all there")
    operation.send(register.store, cast.occasion(CORA, NOW), PLAN)
    rig.run()
    register.says(ALICE, "undo")
    [move] = preview(register).moved
    assert (move.body_name, move.taken_back) == ("Kent", True)
    assert move.values == (Change("stage", "complete", "not started"),)


def test_what_ended_as_it_began_has_not_changed_and_the_rest_is_one_line(register: Register) -> None:
    register.says(ALICE, "progress 15 in progress")
    rig = Rig(register.store)
    rig.clock.shown = NOW
    operation.send(register.store, cast.occasion(CORA, NOW), PLAN)
    rig.run()
    for typed in (
        "complete 15: all of it",
        "progress 15 in progress",
        "progress 16 in progress",
        "complete 16: all",
    ):
        register.says(ALICE, typed)
    register.says(ALICE, "partly 16: no money this year")
    [move] = preview(register).moved
    assert (move.recommendation.number, move.values) == (
        "16",
        (Change("answer", "accepted", "accepted in part"), Change("stage", "not started", "complete")),
    )


def test_notes_are_counted_and_not_told(register: Register) -> None:
    register.says(ALICE, "note 15: rang the provider")
    register.says(BOB, "note 15: wrote to the provider")
    register.says(BOB, "note 16: a slip")
    register.says(BOB, "undo")
    digest = preview(register)
    assert (digest.moved, digest.notes) == ((), 2)
    assert "provider" not in repr(digest)


def test_what_falls_due_in_thirty_days_is_told_with_how_many_are_not_complete(register: Register) -> None:
    register.says(ALICE, "complete 15: all there")
    coming = preview(register).coming
    assert [(due.recommendation.number, due.duty, due.on, due.owed) for due in coming] == [
        ("15", Duty.ACTION, date(2025, 3, 27), 42),
        ("16", Duty.ACTION, date(2025, 3, 27), 43),
        ("25", Duty.ACTION, date(2025, 3, 27), 43),
    ]


@pytest.mark.parametrize(
    ("today", "near"), [("2025-02-24", False), ("2025-02-25", True), ("2025-03-27", True)]
)
def test_thirty_days_are_counted_to_the_day(register: Register, today: str, near: bool) -> None:
    digest = preview(register, datetime.fromisoformat(f"{today}T12:00+00:00"))
    assert bool(digest.coming) is near
    assert digest.reports[0].next_due == date(2025, 3, 27)
    assert digest.overdue == ()


def test_what_is_overdue_is_told_with_whom_and_like_groups_together(register: Register) -> None:
    register.says(ALICE, "complete 15: all there")
    fifteen, others = preview(register, LATER).overdue
    assert [recommendation.number for recommendation in fifteen.recommendations] == ["15"]
    assert "Kent" not in fifteen.body_names
    assert [recommendation.number for recommendation in others.recommendations] == ["16", "25"]
    assert (len(fifteen.body_names), len(others.body_names)) == (42, 43)
    assert fifteen.deadline == date(2025, 3, 27)


def test_what_is_longest_overdue_is_told_first(register: Register) -> None:
    command = register.read("extend 15 kent 28 Mar 2025: the board meets then")
    assert isinstance(command, Extend)
    asking = extend.Messages(request=request_message, decision=decision_message)
    extend.extend(register.store, cast.occasion(CORA, NOW), command, asking)
    overdue = [
        (group.deadline.day, [recommendation.number for recommendation in group.recommendations])
        for group in preview(register, LATER).overdue
    ]
    assert overdue == [(27, ["15"]), (27, ["16", "25"]), (28, ["15"])]


def test_a_body_whose_only_contact_approves_is_told_as_without_one(register: Register) -> None:
    dorset = register.body("dorset").code
    with register.store.begin() as connection:
        people.grant(connection, VIC, Role.CONTACT, dorset, NOW, ContactKind.APPROVER)
    without = preview(register).without_contact
    assert ("Dorset" in without, "Kent" in without) == (True, False)
    with register.store.begin() as connection:
        people.grant(connection, VIC, Role.CONTACT, dorset, NOW, ContactKind.DEPUTY)
    assert "Dorset" not in preview(register).without_contact


def test_bodies_that_owe_something_and_recorded_nothing_for_sixty_days_are_told(register: Register) -> None:
    register.says(ALICE, "note 15: still at it")
    for number in (15, 16, 25):
        register.says(BOB, f"complete {number}: done", NOW - timedelta(days=61))
    no_news = preview(register).no_news
    assert (len(no_news), "Kent" in no_news, "Surrey" in no_news) == (41, False, False)


@pytest.mark.parametrize(("today", "unmoved"), [("2025-01-20", 0), ("2025-01-21", 43)])
def test_sixty_days_are_counted_to_the_day(register: Register, today: str, unmoved: int) -> None:
    digest = preview(register, datetime.fromisoformat(f"{today}T12:00+00:00"))
    assert len(digest.no_news) == unmoved


def test_after_the_deadline_a_report_says_how_many_are_overdue_and_what_is_next(register: Register) -> None:
    for number in (15, 16, 25):
        register.says(ALICE, f"complete {number}: all there")
    [stalking] = preview(register, LATER).reports
    assert (stalking.counts.complete, stalking.late, stalking.late_since) == (1, 42, date(2025, 3, 27))
    assert stalking.next_due is None


def test_what_says_the_same_as_in_the_last_digest_is_known_and_what_moved_is_not(register: Register) -> None:
    command = register.read("ask 15 kent: which service?")
    assert isinstance(command, AskBody)
    asking = ask_body.Messages(question=question_message, answer=answer_message)
    ask_body.ask(register.store, cast.occasion(CORA, NOW), command, asking)
    register.says(BOB, "expect 15 30 June 2025: a provider is found by then", NOW)
    setting = register.read("set stalking published by 27 Mar 2025")
    assert isinstance(setting, SetReport)
    report_setting.set_report(register.store, cast.occasion(CORA, NOW), setting)
    rig = Rig(register.store)
    rig.clock.shown = LATER
    operation.send(register.store, cast.occasion(CORA, LATER), PLAN)
    rig.run()
    week_later = LATER + timedelta(days=7)
    assert set(Part) <= preview(register, week_later).unchanged
    register.says(ALICE, "complete 15: all there", week_later)
    assert set(Part) & preview(register, week_later).unchanged == {
        Part.NO_CONTACT,
        Part.QUESTIONS,
        Part.EXPECTED_LATE,
        Part.UNPUBLISHED,
    }


def test_the_outlook_tells_the_anchor_of_the_last_digest(register: Register) -> None:
    def ask() -> tuple[int, str] | None:
        return operation.outlook(register.store, cast.occasion(CORA, NOW), PLAN).anchor

    assert ask() is None
    rig = Rig(register.store)
    rig.clock.shown = NOW
    operation.send(register.store, cast.occasion(CORA, NOW), PLAN)
    rig.run()
    with register.store.reading() as connection:
        assert ask() == chain.head(connection)
    [*_, post] = [post for post in rig.slack.posts if post.thread_ts is None]
    facts = post.arguments["metadata"]["event_payload"]
    assert (facts["through"], facts["anchor"]) == ask()


def test_only_coordinators_preview_and_send(register: Register) -> None:
    for who in (ALICE, VIC):
        for ask in (operation.preview, operation.send, operation.outlook):
            with pytest.raises(NotACoordinator):
                ask(register.store, cast.occasion(who), PLAN)


def test_a_preview_writes_nothing(register: Register) -> None:
    with register.store.reading() as connection:
        before = chain.head(connection)
    preview(register)
    with register.store.reading() as connection:
        assert chain.head(connection) == before
    assert Rig(register.store).states() == {}


def test_sent_twice_by_one_request_it_is_one(register: Register) -> None:
    request = cast.occasion(CORA, NOW, "command:T0HOME:1")
    assert operation.send(register.store, request, PLAN)
    assert operation.send(register.store, request, PLAN)
    assert list(Rig(register.store).states()) == ["digest:manual:command:T0HOME:1"]


def test_without_a_channel_nothing_is_sent(register: Register) -> None:
    assert not operation.send(register.store, cast.occasion(CORA), SchedulePlan(None, MONDAYS))
    assert Rig(register.store).states() == {}


def test_the_outlook_tells_the_next_slot_and_the_last_five(register: Register) -> None:
    rig = Rig(register.store)
    for week in range(6):
        rig.clock.shown = STARTED + timedelta(weeks=week, hours=1)
        rig.run()
    shown = operation.outlook(register.store, cast.occasion(CORA, rig.clock.shown), PLAN)
    assert shown.next_slot is not None
    assert shown.next_slot.name == "2025-04-14T09:00"
    assert len(shown.last) == 5
    assert {posted.head.state for posted in shown.last} == {DeliveryState.SENT}


def test_the_outlook_tells_of_a_thread_that_did_not_arrive(register: Register) -> None:
    rig = Rig(register.store)
    rig.clock.shown = STARTED + timedelta(hours=1)
    schedule = rig.schedule()
    schedule.tick()
    rig.slack.raises = [TimeoutError()]
    rig.run(schedule)
    [last] = operation.outlook(register.store, cast.occasion(CORA, rig.clock.shown), PLAN).last
    assert last.head.state is DeliveryState.SENT
    assert [part.state for part in last.troubled_parts] == [DeliveryState.UNKNOWN]


def test_two_digests_claimed_at_once_do_not_tell_the_same(register: Register) -> None:
    register.says(ALICE, "complete 15: all there")
    rig = Rig(register.store)
    for number in (1, 2):
        operation.send(register.store, cast.occasion(CORA, NOW, f"command:T0HOME:{number}"), PLAN)
    first_reads, second_is_done = threading.Event(), threading.Event()
    moves: dict[str, int] = {}

    def render(digest: Digest, key: str) -> tuple[Payload, ...]:
        moves[key] = len(digest.moved)
        if not first_reads.is_set():
            first_reads.set()
            # It waits in vain: the second may not read before this one is claimed.
            second_is_done.wait(0.5)
        return messages(digest, key)

    def claim(number: int) -> None:
        seen = rig.row(f"digest:manual:command:T0HOME:{number}")
        assert operation.claim(register.store, seen, PLAN, render, "it", ClockByHand(NOW))

    def second() -> None:
        first_reads.wait(20)
        claim(2)
        second_is_done.set()

    other = threading.Thread(target=second)
    other.start()
    claim(1)
    other.join()
    assert sorted(moves.values()) == [0, 1]


def test_a_digest_is_claimed_once(register: Register) -> None:
    """Whoever comes second finds it worded already, also where it waits to be tried again."""
    rig = Rig(register.store)
    operation.send(register.store, cast.occasion(CORA, NOW, "command:T0HOME:1"), PLAN)
    seen = rig.row("digest:manual:command:T0HOME:1")

    def claim() -> Claimed | None:
        return operation.claim(register.store, seen, PLAN, messages, "it", ClockByHand(NOW))

    assert claim()
    assert claim() is None
    with register.store.begin() as connection:
        claimed = deliveries.get(connection, seen.key, for_update=True)
        assert claimed
        assert deliveries.record_outcome(connection, claimed, Outcome(DeliveryState.DUE), None, NOW)
    assert claim() is None


def test_what_a_digest_in_doubt_may_have_told_is_told_by_the_next_one_too(register: Register) -> None:
    rig = Rig(register.store)
    rig.clock.shown = STARTED
    rig.run()
    register.says(ALICE, "complete 15: all there", STARTED)
    rig.clock.shown = NOW
    rig.slack.raises = [TimeoutError()]
    rig.run()
    assert DeliveryState.UNKNOWN in rig.states().values()
    assert moves(preview(register, NOW + timedelta(days=7))) == [("Kent", "15", Stage.COMPLETE)]


_TOLD = re.compile(
    r"(?P<body>[^\n]+): (?P<numbers>\d+(?:(?:, | and )\d+)*) from (?P<was>[a-z ]+) to (?P<now>[a-z ]+)"
)


def told_by_all(rig: Rig) -> dict[str, list[tuple[str, str]]]:
    """For each body and recommendation from what to what, digest by digest, in the channel and in threads."""
    texts = [
        block["text"]["text"]
        for post in rig.slack.standing(PLAN.channel or "")
        for block in post.arguments["blocks"]
        if block["type"] == "section"
    ]
    changes_by_key: dict[str, list[tuple[str, str]]] = {}
    for line in "\n".join(texts).replace(" · ", "\n").splitlines():
        if match := _TOLD.fullmatch(line):
            for number in re.findall(r"\d+", match["numbers"]):
                key = f"{match['body']}: {number}"
                changes_by_key.setdefault(key, []).append((match["was"], match["now"]))
    return changes_by_key


STEPS = st.lists(
    st.sampled_from(
        ["record", "record", "record", "monday", "by hand", "blocked", "lost", "away for a month"]
    ),
    min_size=3,
    max_size=25,
)


@pytest.mark.prove
@settings(max_examples=size(12, 200), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, seed=st.integers(0, 1000))
def test_every_change_is_told_by_exactly_one_digest(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str], seed: int
) -> None:
    """Whatever is posted, blocked, lost on the way, sent by hand or passed over in between (row 67)."""
    must_be_told_once(tmp_path_factory.mktemp("told"), steps, seed)


def must_be_told_once(folder: Path, steps: list[str], seed: int) -> None:
    """Have these steps happen, and read in the digests what changed."""
    chance = random.Random(seed)
    register = cast.stalking_case(f"sqlite:///{folder / 'recbot.db'}")
    revoke_contacts(register.store)
    rig = Rig(register.store)
    rig.clock.shown = STARTED
    rig.run()
    stands: dict[str, str] = {}

    def record() -> None:
        slug, body = chance.choice(sorted(register.bodies.items()))
        stage = chance.choice(["in progress", "complete"])
        number = chance.choice(["15", "16", "25"])
        register.says(CORA, f"progress {number} {slug} {stage}: as it is", rig.clock.shown)
        stands[f"{body.short_name}: {number}"] = stage

    def next_monday(weeks: int = 1) -> None:
        days = 7 * weeks - (rig.clock.shown.weekday() % 7)
        rig.clock.shown = (rig.clock.shown + timedelta(days=days)).replace(hour=9)
        rig.stopwatch.seconds += 100_000

    def run_until_it_is_known() -> None:
        """What became of a lost answer is found out within minutes, long before the next digest."""
        is_lost = bool(rig.slack.raises)
        schedule = rig.schedule()
        rig.run(schedule)
        for _ in range(3 * is_lost):
            rig.wait(schedule, 130)

    for step in steps:
        rig.slack.takes_first, rig.slack.raises = step == "lost", []
        if step == "record":
            record()
            continue
        if step == "by hand":
            rig.clock.shown += timedelta(days=1)
            rig.stopwatch.seconds += 1000
            operation.send(rig.store, cast.occasion(CORA, rig.clock.shown), PLAN)
        else:
            next_monday(5 if step == "away for a month" else 1)
        if step == "blocked":
            rig.slack.raises = [refusal("not_in_channel")]
        if step == "lost":
            rig.slack.raises = [TimeoutError()]
        run_until_it_is_known()
    rig.slack.takes_first = False
    rig.slack.raises = []
    next_monday()
    # A bank holiday's digest has come by then too.
    rig.clock.shown += timedelta(days=2)
    run_until_it_is_known()

    all_changes = told_by_all(rig)
    # A change that no digest told, or that two told, breaks the chain from the first state to the last.
    assert {key: changes[-1][1] for key, changes in all_changes.items()} == stands
    for changes in all_changes.values():
        assert [was for was, _ in changes] == ["not started", *(now for _, now in changes[:-1])]
    register.store.database.close()
