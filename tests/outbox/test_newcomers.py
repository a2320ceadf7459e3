import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.register.adding import AddresseeScope, RecommendationEntry, ReportEntry
from bot.domain.register.people import ContactKind, Membership, PersonKey, Role
from bot.operations.recording import add
from storage import people
from tests.cast import ALICE, BOB, CORA, ED, VIC, Register, occasion, person
from tests.outbox.quiet import rig, rig_on_either
from tests.outbox.resting import comes_to_rest
from tests.outbox.rig import Rig

__all__ = ["rig", "rig_on_either"]

WEDNESDAY = datetime(2025, 3, 12, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WELCOME = "welcome:T0HOME:U0VIC"
TO_ALICE, TO_ED = (f"new-report:T0HOME:{user}:fraud" for user in ("U0ALICE", "U0ED"))


def grant(
    rig: Rig, who: PersonKey, slug: str, instant: datetime, kind: ContactKind = ContactKind.DEPUTY
) -> None:
    with rig.store.begin() as connection:
        code = Register(rig.store).body(slug).code
        people.grant(connection, who, Role.CONTACT, code, instant, kind)


def adds_a_report(rig: Rig, instant: datetime) -> None:
    report = ReportEntry("fraud", "The police response to fraud", "HMICFRS", WEDNESDAY.date(), "")
    add.add_report(rig.store, occasion(CORA, instant, "a report"), report)
    for number in ("1", "2"):
        adds_a_recommendation(rig, number, instant)


def adds_a_recommendation(rig: Rig, number: str, instant: datetime) -> None:
    entry = RecommendationEntry(
        number=number,
        wording=f"Do thing {number}.",
        scope=AddresseeScope.CHOSEN,
        chosen=tuple(Register(rig.store).body(slug).code for slug in ("kent", "essex")),
        respond_by=date(2025, 5, 7),
        due_on=None,
        joint_with="",
        parts="",
    )
    add.add_recommendation(rig.store, occasion(CORA, instant, f"number {number}"), "fraud", entry)


def test_an_approver_is_welcomed_to_approve_and_told_of_no_report(rig: Rig) -> None:
    rig.clock.shown = WEDNESDAY
    grant(rig, VIC, "kent", WEDNESDAY, ContactKind.APPROVER)
    comes_to_rest(rig)
    adds_a_report(rig, WEDNESDAY + MINUTE)
    rig.clock.shown = WEDNESDAY + 30 * MINUTE
    comes_to_rest(rig)
    to_vic = [post.text for post in rig.slack.posts if post.channel == "D0VIC"]
    assert to_vic == ["You approve for Kent in recbot what its contacts record."]


def test_a_new_contact_is_welcomed_once(rig_on_either: Rig) -> None:
    rig = rig_on_either
    grant(rig, VIC, "kent", WEDNESDAY)
    for minutes in (0, 1, 60, 2000):
        rig.clock.shown = WEDNESDAY + minutes * MINUTE
        comes_to_rest(rig)
    grant(rig, VIC, "surrey", rig.clock.shown)
    comes_to_rest(rig)
    assert [(post.key, post.channel) for post in rig.slack.posts] == [(WELCOME, "D0VIC")]
    assert rig.slack.posts[0].text == (
        "You record for Kent in recbot."
        " It has 3 recommendations open, the next due on 27 March 2025, in 15 days."
    )


def test_who_has_long_been_a_contact_is_not_welcomed(rig: Rig) -> None:
    grant(rig, ALICE, "surrey", WEDNESDAY)
    rig.clock.shown = WEDNESDAY
    comes_to_rest(rig)
    assert rig.slack.posts == []


def test_who_is_no_contact_any_more_when_the_welcome_would_go_gets_none(rig: Rig) -> None:
    grant(rig, VIC, "kent", WEDNESDAY)
    rig.slack.opening = [TimeoutError()]
    rig.clock.shown = WEDNESDAY
    schedule = rig.schedule()
    rig.run(schedule)
    with rig.store.begin() as connection:
        people.revoke(connection, VIC, Role.CONTACT, Register(rig.store).body("kent").code)
    rig.wait(schedule, 60)
    assert rig.slack.posts == []
    assert rig.row(WELCOME).state is DeliveryState.SKIPPED


def test_where_the_answer_to_a_welcome_is_lost_it_is_looked_for_and_stays_single(rig: Rig) -> None:
    grant(rig, VIC, "kent", WEDNESDAY)
    rig.slack.takes_first = True
    rig.slack.raises = [TimeoutError()]
    rig.clock.shown = WEDNESDAY
    schedule = rig.schedule()
    rig.run(schedule)
    rig.slack.takes_first = False
    assert rig.row(WELCOME).state is DeliveryState.UNKNOWN
    rig.wait(schedule, 130)
    assert rig.row(WELCOME).state is DeliveryState.SENT
    assert rig.slack.keys == [WELCOME]


def test_a_new_report_is_announced_once_to_the_contacts_of_the_bodies_addressed(rig_on_either: Rig) -> None:
    rig = rig_on_either
    adds_a_report(rig, WEDNESDAY)
    rig.clock.shown = WEDNESDAY + 5 * MINUTE
    comes_to_rest(rig)
    adds_a_recommendation(rig, "3", rig.clock.shown)
    for minutes in (14, 15, 60, 1500):
        rig.clock.shown = WEDNESDAY + minutes * MINUTE
        comes_to_rest(rig)
        assert (minutes == 14) is (rig.slack.posts == [])
    assert sorted((post.key, post.channel) for post in rig.slack.posts) == [
        (TO_ALICE, "D0ALICE"),
        (TO_ED, "D0ED"),
    ]
    assert rig.slack.posts[0].text.startswith("3 recommendations are addressed to ")
    assert rig.slack.posts[0].text.endswith("; answers are due on 7 May 2025, in 56 days.")


def test_who_became_a_contact_later_or_has_left_is_not_told_of_the_report(rig: Rig) -> None:
    adds_a_report(rig, WEDNESDAY)
    grant(rig, BOB, "kent", WEDNESDAY + MINUTE)
    with rig.store.begin() as connection:
        people.remember(connection, person(ED, Membership.DEACTIVATED))
    rig.clock.shown = WEDNESDAY + 20 * MINUTE
    comes_to_rest(rig)
    assert [key for key in rig.slack.keys if key.startswith("new-report")] == [TO_ALICE]


def test_what_was_added_in_the_evening_is_told_in_the_morning_and_only_to_whom_it_still_concerns(
    rig: Rig,
) -> None:
    evening = WEDNESDAY.replace(hour=19)
    adds_a_report(rig, evening)
    rig.clock.shown = evening + 30 * MINUTE
    comes_to_rest(rig)
    assert rig.slack.posts == []
    for number in ("1", "2"):
        Register(rig.store).says(ED, f"decline fraud {number}: not ours", rig.clock.shown)
    rig.clock.shown = WEDNESDAY.replace(hour=9) + timedelta(days=1)
    comes_to_rest(rig)
    assert rig.slack.keys == [TO_ALICE]


def test_of_several_processes_one_welcomes_and_one_announces(rig_on_either: Rig) -> None:
    rig = rig_on_either
    grant(rig, VIC, "kent", WEDNESDAY)
    adds_a_report(rig, WEDNESDAY + MINUTE)
    rig.clock.shown = WEDNESDAY + 11 * MINUTE
    schedules = [rig.schedule() for _ in range(4)]
    together = threading.Barrier(len(schedules))

    def work(schedule: Any) -> None:
        together.wait()
        for _ in range(30):
            schedule.tick()

    threads = [threading.Thread(target=work, args=(schedule,)) for schedule in schedules]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(rig.slack.keys) == sorted([TO_ALICE, TO_ED, "new-report:T0HOME:U0VIC:fraud", WELCOME])


def test_a_report_that_came_with_its_answers_is_told_to_nobody_who_gave_one(rig: Rig) -> None:
    adds_a_report(rig, WEDNESDAY)
    Register(rig.store).says(CORA, "accept fraud 1, 2 kent", WEDNESDAY)
    rig.clock.shown = WEDNESDAY + 15 * MINUTE
    comes_to_rest(rig)
    assert [post.channel for post in rig.slack.posts] == ["D0ED"]
