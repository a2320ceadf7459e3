from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.messages import reminders
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.reminders import Chasing, Leaver, NotReminded, Reminder
from bot.domain.questions.grammar.typed_recordings import RecordPublishedResponse, SetReport
from bot.domain.refusals.addressees import NotAContactOf, NotAddressed, NotRecordable
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.addressee import Answer
from bot.domain.register.people import ContactKind, Membership, PersonKey, Role
from bot.domain.values import replace
from bot.operations.messages import remind
from bot.operations.messages import reminders as operation
from bot.operations.recording import pause, published_response, report_setting
from bot.outbox.stored_ledger import StoredLedger
from bot.rendering.blocks.messages.reminder import reminder_message
from storage import deliveries, people, updates
from tests.cast import ALICE, BOB, CORA, ED, GUS, VIC, Register, a_recommendation, occasion, person
from tests.operations.cases import add
from tests.outbox.rig import NOTICES, ClockByHand

# The Tuesday two weeks before the stalking case's deadline, at nine in London.
NINE = datetime(2025, 3, 11, 9, 0, tzinfo=UTC)
TODAY = NINE.date()


def keys(register: Register) -> dict[str, DeliveryState]:
    with register.store.reading() as connection:
        return {delivery.key: delivery.state for delivery in deliveries.outbox(connection).open}


def key(who: PersonKey, day: date = TODAY) -> str:
    return reminders.key(who, day)


def claimed(register: Register, who: PersonKey, instant: datetime = NINE) -> Reminder | None:
    """What a person's reminder says when it is sent."""
    rendered: list[Reminder] = []

    def render(reminder: Reminder, _key: str) -> dict[str, Any]:
        rendered.append(reminder)
        return {"text": "as rendered"}

    with register.store.reading() as connection:
        seen = deliveries.get(connection, key(who, instant.date()))
    assert seen is not None
    took = operation.claim(register.store, seen, reminders.RULE, render, "test", ClockByHand(instant))
    assert (took is None) is (rendered == [])
    return rendered[0] if rendered else None


def send(register: Register, of_key: str, instant: datetime) -> None:
    """Have it sent, as Slack says yes."""
    with register.store.begin() as connection:
        assert deliveries.record_sent(connection, of_key, "1.1", instant)


def note_due(register: Register, instant: datetime) -> None:
    operation.note_due(register.store, reminders.RULE, instant)


def numbers(reminder: Reminder | None) -> list[str]:
    assert reminder is not None
    return [line.recommendation.number for line in reminder.lines]


def chase(
    register: Register,
    who: PersonKey = CORA,
    instant: datetime = NINE,
    asking: str = "",
    typed: str = "remind 15",
) -> Chasing:
    request = register.read(typed)
    return remind.remind(register.store, occasion(who, instant, asking), request)  # type: ignore[arg-type]


def grant(register: Register, who: PersonKey, slug: str) -> None:
    with register.store.begin() as connection:
        people.grant(connection, who, Role.CONTACT, register.body(slug).code, NINE)


def test_each_contact_of_a_body_that_owes_is_due_one_reminder_a_day(register: Register) -> None:
    for minutes in (0, 1, 60):
        note_due(register, NINE + timedelta(minutes=minutes))
    assert keys(register) == {key(who): DeliveryState.DUE for who in (ALICE, BOB, ED)}


def test_a_round_in_which_nothing_has_changed_does_not_go_through_the_register(register: Register) -> None:
    planned, statements = operation.Planned(), list[str]()

    @event.listens_for(register.store.database.engine, "before_cursor_execute")
    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    def goes_through_the_register(minute: int) -> bool:
        statements.clear()
        operation.note_due(register.store, reminders.RULE, NINE + timedelta(minutes=minute), planned)
        return any("FROM addressees" in statement for statement in statements)

    assert goes_through_the_register(0)
    assert not goes_through_the_register(1)
    register.says(ALICE, "note 15: we met the provider", NINE)
    assert goes_through_the_register(2)
    assert not goes_through_the_register(3)


def test_when_a_contact_leaves_slack_on_the_day_the_next_one_is_reminded_all_the_same(
    register: Register,
) -> None:
    with register.store.begin() as connection:
        people.remember(connection, person(VIC))
        kent = register.body("kent").code
        people.grant(connection, VIC, Role.CONTACT, kent, NINE, ContactKind.DEPUTY)
    planned = operation.Planned()
    operation.note_due(register.store, reminders.RULE, NINE, planned)
    assert key(VIC) not in keys(register)
    with register.store.begin() as connection:
        people.remember(connection, person(ALICE, Membership.DEACTIVATED))
    operation.note_due(register.store, reminders.RULE, NINE + timedelta(minutes=1), planned)
    assert key(VIC) in keys(register)


@pytest.mark.parametrize(
    "instant",
    [
        pytest.param(NINE - timedelta(seconds=1), id="before nine"),
        pytest.param(NINE + timedelta(hours=8), id="from five on"),
        pytest.param(NINE + timedelta(days=1), id="a day without a reminder"),
        pytest.param(datetime(2025, 3, 15, 10, tzinfo=UTC), id="a Saturday"),
        pytest.param(datetime(2025, 3, 27, 10, tzinfo=UTC), id="a deadline"),
    ],
)
def test_at_other_times_nobody_is_due_one(register: Register, instant: datetime) -> None:
    note_due(register, instant)
    assert keys(register) == {}


def test_nobody_is_due_one_for_what_is_done_declined_or_no_body_of_theirs(register: Register) -> None:
    for number in (15, 16, 25):
        register.says(ALICE, f"complete {number}: done")
        register.says(BOB, f"decline {number}: no")
    with register.store.begin() as connection:
        people.revoke(connection, ED, Role.CONTACT, register.body("essex").code)
    note_due(register, NINE)
    assert keys(register) == {}


def test_it_lists_what_is_owed_when_it_is_sent_and_not_when_it_was_due(register: Register) -> None:
    note_due(register, NINE)
    register.says(ALICE, "complete 16: done", NINE)
    assert numbers(claimed(register, ALICE)) == ["15", "25"]


def test_nothing_is_sent_when_all_was_done_in_between(register: Register) -> None:
    note_due(register, NINE)
    for number in (15, 16, 25):
        register.says(ALICE, f"complete {number}: done", NINE)
    assert claimed(register, ALICE) is None
    note_due(register, NINE + timedelta(minutes=1))
    assert key(ALICE) not in keys(register)


def test_nothing_is_sent_to_somebody_revoked_an_hour_ago_or_deactivated(register: Register) -> None:
    note_due(register, NINE)
    with register.store.begin() as connection:
        people.revoke(connection, ALICE, Role.CONTACT, register.body("kent").code)
        people.remember(connection, person(BOB, Membership.DEACTIVATED))
    assert claimed(register, ALICE) is None
    assert claimed(register, BOB) is None
    assert list(keys(register)) == [key(ED)]


def test_one_that_was_claimed_is_not_claimed_again(register: Register) -> None:
    note_due(register, NINE)
    with register.store.reading() as connection:
        seen = deliveries.get(connection, key(ALICE))
    assert seen is not None
    assert claimed(register, ALICE) is not None
    render = lambda reminder, key: {"text": "again"}  # noqa: E731
    assert operation.claim(register.store, seen, reminders.RULE, render, "b", ClockByHand(NINE)) is None


def test_a_contact_of_several_bodies_gets_one_for_all_of_them(register: Register) -> None:
    grant(register, ALICE, "surrey")
    note_due(register, NINE)
    reminder = claimed(register, ALICE)
    assert reminder is not None
    assert (reminder.bodies, reminder.total) == (("Kent", "Surrey"), 6)


def test_a_snoozed_line_is_left_out_for_seven_days(register: Register) -> None:
    code = register.body("kent").code
    snoozed = operation.snooze(register.store, occasion(ALICE, NINE), "stalking-16", code)
    assert (snoozed.body_name, snoozed.until) == ("Kent", date(2025, 3, 18))
    note_due(register, NINE)
    reminder = claimed(register, ALICE)
    assert reminder is not None
    assert (numbers(reminder), reminder.snoozed) == (["15", "25"], 1)
    week_later = NINE + timedelta(days=7)
    note_due(register, week_later)
    with register.store.reading() as connection:
        later = operation.owing(connection, register.store, ALICE, week_later.date())
    assert later is not None
    assert len(later.listed) == 3


def test_who_snoozed_all_is_due_none(register: Register) -> None:
    code = register.body("kent").code
    for number in (15, 16, 25):
        for _ in range(2):
            operation.snooze(register.store, occasion(ALICE, NINE), f"stalking-{number}", code)
    note_due(register, NINE)
    assert key(ALICE) not in keys(register)


def test_all_snoozed_for_a_week_the_next_weekly_reminder_stays_away_and_the_one_after_comes(
    register: Register,
) -> None:
    note_due(register, NINE)
    for _ in range(2):
        snoozed = operation.snooze_all(register.store, occasion(ALICE, NINE), reminders.RULE)
        assert (snoozed.until, snoozed.next_weekly) == (date(2025, 3, 19), date(2025, 3, 25))
    week, two_weeks = NINE + timedelta(weeks=1), NINE + timedelta(weeks=2)
    note_due(register, week)
    assert key(ALICE, week.date()) not in keys(register)
    assert key(BOB, week.date()) in keys(register)
    note_due(register, two_weeks)
    assert key(ALICE, two_weeks.date()) in keys(register)


def test_only_contacts_snooze_all_their_reminders(register: Register) -> None:
    for who in (CORA, VIC):
        with pytest.raises(NotAContactOf):
            operation.snooze_all(register.store, occasion(who, NINE), reminders.RULE)


def test_a_reminder_snoozed_between_its_slot_and_its_sending_is_not_sent(register: Register) -> None:
    note_due(register, NINE)
    operation.snooze_all(register.store, occasion(ALICE, NINE), reminders.RULE)
    assert claimed(register, ALICE) is None


def test_a_contact_whose_bodies_all_moved_this_week_is_due_none(register: Register) -> None:
    for number in (15, 16, 25):
        register.says(ALICE, f"note {number}: we met", NINE - timedelta(days=7))
    register.says(BOB, "note 15: we met", NINE - timedelta(days=1))
    note_due(register, NINE)
    assert key(ALICE) not in keys(register)
    assert numbers(claimed(register, BOB)) == ["15", "16", "25"]


def test_on_the_last_working_day_before_a_deadline_comes_what_has_not_moved_that_week(
    register: Register,
) -> None:
    eve = datetime(2025, 3, 26, 9, tzinfo=UTC)
    register.says(ALICE, "note 15: we met", eve - timedelta(days=2))
    register.says(BOB, "note 15: we met", eve - timedelta(days=2))
    for number in (16, 25):
        register.says(BOB, f"complete {number}: done", eve)
    note_due(register, eve)
    assert set(keys(register)) == {key(ALICE, eve.date()), key(ED, eve.date())}
    reminder = claimed(register, ALICE, eve)
    assert reminder is not None
    assert (numbers(reminder), reminder.is_eve) == (["16", "25"], True)


def test_second_contacts_are_reminded_after_two_weeks_without_news_and_no_sooner(register: Register) -> None:
    with register.store.begin() as connection:
        code = register.body("kent").code
        people.grant(connection, VIC, Role.CONTACT, code, NINE, kind=ContactKind.DEPUTY)
    for weeks in (0, 1, 2):
        instant = NINE + timedelta(weeks=weeks)
        note_due(register, instant)
        assert (key(VIC, instant.date()) in keys(register)) is (weeks == 2)
        send(register, key(ALICE, instant.date()), instant)
    instant = NINE + timedelta(weeks=3)
    register.says(ALICE, "note 15: we met", instant - timedelta(days=3))
    note_due(register, instant)
    assert key(ALICE, instant.date()) in keys(register)
    assert key(VIC, instant.date()) not in keys(register)


def test_while_the_first_contact_is_away_the_second_is_reminded_and_then_the_first_again(
    register: Register,
) -> None:
    with register.store.begin() as connection:
        code = register.body("kent").code
        people.grant(connection, VIC, Role.CONTACT, code, NINE, kind=ContactKind.DEPUTY)
    for _ in range(2):
        absence = pause.away(register.store, occasion(ALICE, NINE), date(2025, 3, 18))
        assert absence.instead == {"Kent": ("Vic Park",)}
    note_due(register, NINE)
    assert (key(ALICE) in keys(register), key(VIC) in keys(register)) == (False, True)
    assert chase(register).chased[0].why_not is NotReminded.NO_CONTACT
    why_not = {chased.contact_name: chased.why_not for chased in chase(register).chased}
    assert why_not["Alice Ames"] is NotReminded.AWAY
    pause.back(register.store, occasion(ALICE, NINE))
    week = NINE + timedelta(weeks=1)
    note_due(register, week)
    assert key(ALICE, week.date()) in keys(register)
    assert key(VIC, week.date()) not in keys(register)
    with register.store.reading() as connection:
        recorded = sorted(updates.by_seq(connection, range(1, 400)).items())
    changes = [change for _, update in recorded for change in update.draft.changes]
    settings = [change.now for change in changes if change.what.startswith("reminders of")]
    assert settings == ["2025-03-18", ""]


def test_the_absence_of_an_only_contact_is_told_and_others_than_contacts_are_not_away(
    register: Register,
) -> None:
    assert pause.away(register.store, occasion(ALICE, NINE), date(2025, 3, 18)).instead == {"Kent": ()}
    note_due(register, NINE)
    assert key(ALICE) not in keys(register)
    for who in (CORA, VIC):
        with pytest.raises(NotAContactOf):
            pause.away(register.store, occasion(who, NINE), date(2025, 3, 18))
        with pytest.raises(NotAContactOf):
            pause.back(register.store, occasion(who, NINE))


def test_only_what_is_asked_of_ones_own_body_can_be_snoozed(register: Register) -> None:
    kent = register.body("kent").code
    with pytest.raises(NotAContactOf):
        operation.snooze(register.store, occasion(BOB, NINE), "stalking-15", kent)
    with pytest.raises(NotAContactOf):
        operation.snooze(register.store, occasion(VIC, NINE), "stalking-15", "nonsense")
    with pytest.raises(NotAddressed):
        operation.snooze(register.store, occasion(ALICE, NINE), "stalking-27", kent)
    with pytest.raises(NotAddressed):
        operation.snooze(register.store, occasion(ALICE, NINE), "nonsense", kent)


def test_reminders_are_paused_only_while_another_contact_gets_them(register: Register) -> None:
    kent = register.body("kent").code
    grant(register, VIC, "kent")
    pause.pause(register.store, occasion(ALICE, NINE), kent)
    note_due(register, NINE)
    assert key(ALICE) not in keys(register)
    assert key(VIC) in keys(register)
    with register.store.begin() as connection:
        people.remember(connection, person(VIC, Membership.DEACTIVATED))
    note_due(register, NINE)
    assert key(ALICE) in keys(register)


def test_each_coordinator_is_told_once_of_a_contact_who_left(register: Register) -> None:
    leavers: list[Leaver] = []

    def render(leaver: Leaver, _key: str) -> dict[str, Any]:
        leavers.append(leaver)
        return {"text": "as rendered"}

    grant(register, ED, "surrey")
    with register.store.begin() as connection:
        people.grant(connection, VIC, Role.COORDINATOR, "", NINE)
        for who in (ALICE, BOB):
            people.remember(connection, person(who, Membership.DEACTIVATED))
    operation.note_leavers(register.store, NINE - timedelta(hours=1), render)
    assert leavers == []
    for _ in range(2):
        operation.note_leavers(register.store, NINE, render)
    alice, bob = Leaver("Alice Ames", {"Kent": ()}), Leaver("Bob Byrne", {"Surrey": ("Ed Moss",)})
    assert sorted(leavers, key=lambda leaver: leaver.name) == [alice, alice, bob, bob]
    assert sorted(keys(register)) == [
        f"leaver:{leaver}:{coordinator}"
        for leaver in ("U0ALICE", "U0BOB")
        for coordinator in ("U0CORA", "U0VIC")
    ]


def test_whom_slack_calls_deactivated_is_a_leaver_from_then_on(register: Register) -> None:
    note_due(register, NINE)
    with register.store.reading() as connection:
        seen = deliveries.get(connection, key(ALICE))
    assert seen is not None
    StoredLedger(register.store, ClockByHand(NINE), NOTICES).record_leaver(seen)
    assert key(ALICE) not in keys(register)
    with register.store.reading() as connection:
        assert people.get(connection, ALICE) == replace(person(ALICE), membership=Membership.DEACTIVATED)


def test_remind_reaches_those_who_owe_and_says_who_and_why_not(register: Register) -> None:
    grant(register, VIC, "kent")
    grant(register, GUS, "gwent")
    pause.pause(register.store, occasion(VIC, NINE), register.body("kent").code)
    operation.snooze(register.store, occasion(ED, NINE), "stalking-15", register.body("essex").code)
    with register.store.begin() as connection:
        people.remember(connection, person(GUS, Membership.DEACTIVATED))
    chasing = chase(register, instant=NINE - timedelta(hours=1))
    assert len({chased.body_name for chased in chasing.chased}) == 43
    why_not = {(chased.body_name, chased.contact_name): chased.why_not for chased in chasing.chased}
    assert why_not[("Kent", "Alice Ames")] is None
    assert why_not[("Surrey", "Bob Byrne")] is None
    assert why_not[("Kent", "Vic Park")] is NotReminded.PAUSED
    assert why_not[("Essex", "Ed Moss")] is NotReminded.SNOOZED
    assert why_not[("Gwent", "Gus Reed")] is NotReminded.LEFT
    assert why_not[("Cheshire", "")] is NotReminded.NO_CONTACT
    assert set(keys(register)) == {key(ALICE), key(BOB)}


def test_remind_with_a_body_reaches_its_contacts_alone(register: Register) -> None:
    chasing = chase(register, asking="command:1", typed="remind 15 kent")
    assert [(chased.body_name, chased.contact_name) for chased in chasing.chased] == [("Kent", "Alice Ames")]
    assert set(keys(register)) == {key(ALICE)}
    assert chase(register, asking="command:1", typed="remind 15 kent") == replace(chasing, is_repeat=True)


def test_nobody_is_reminded_of_what_their_body_was_not_asked(register: Register) -> None:
    add(register, a_recommendation("40"), ("surrey",), answer=Answer.AWAITING)
    with pytest.raises(NotAddressed):
        chase(register, typed="remind 40 kent")
    assert keys(register) == {}


def test_nobody_gets_a_second_reminder_on_a_day_whoever_asks(register: Register) -> None:
    note_due(register, NINE)
    chasing = chase(register)
    whys = {chased.contact_name: chased.why_not for chased in chasing.chased if chased.contact_name}
    assert whys == dict.fromkeys(("Alice Ames", "Bob Byrne", "Ed Moss"), NotReminded.TODAY)
    assert len(keys(register)) == 3


def test_a_contact_of_two_bodies_is_reminded_once_for_both(register: Register) -> None:
    grant(register, ALICE, "surrey")
    chasing = chase(register)
    reminded = [
        chased.body_name
        for chased in chasing.chased
        if chased.contact_name == "Alice Ames" and not chased.why_not
    ]
    assert reminded == ["Kent", "Surrey"]
    assert len(keys(register)) == 3


def test_the_same_request_again_gets_the_same_answer(register: Register) -> None:
    first = chase(register, asking="command:1")
    again = chase(register, asking="command:1")
    assert again == replace(first, is_repeat=True)
    with register.store.reading() as connection:
        assert len(updates.of_request(connection, "command:1")) == 1


def test_what_is_done_is_not_chased(register: Register) -> None:
    register.says(ALICE, "complete 15: done")
    assert "Kent" not in {chased.body_name for chased in chase(register).chased}


def test_only_coordinators_have_others_reminded_of_what_bodies_answer(register: Register) -> None:
    with pytest.raises(NotACoordinator):
        chase(register, ALICE)
    with pytest.raises(NotRecordable):
        remind.remind(register.store, occasion(CORA, NINE), register.read("remind 27"))  # type: ignore[arg-type]
    assert keys(register) == {}


def test_a_reminder_names_what_is_to_be_published_too(register: Register) -> None:
    """With the updates whose words it repeats, so that they are erased from it as well."""
    setting = register.read("set stalking published by 27 Mar 2025")
    assert isinstance(setting, SetReport)
    report_setting.set_report(register.store, occasion(CORA, NINE), setting)
    step = register.read("publish stalking https://kent.example.org/response")
    assert isinstance(step, RecordPublishedResponse)
    seq = published_response.record_step(register.store, occasion(ALICE, NINE), step).seq
    note_due(register, NINE)
    reminder, others = claimed(register, ALICE), claimed(register, BOB)
    assert reminder is not None
    assert others is not None
    assert seq in reminder.updates
    assert "https://kent.example.org/response" in str(reminder_message(reminder, "key"))
    assert "Stalking: response to be published by 27 Mar 2025" in str(reminder_message(others, "key"))
