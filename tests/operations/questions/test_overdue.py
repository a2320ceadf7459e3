"""Finding what is late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.questions.answers import OverdueSummary
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body
from bot.domain.refusals.addressees import NotAddressed, NotRecordable
from bot.domain.register.addressee import Answer, Duty
from bot.domain.values import replace
from bot.operations.questions import deadlines, overdue, waiting
from storage import addressees
from tests.cast import (
    ALICE,
    BOB,
    VIC,
    Register,
    a_recommendation,
    occasion,
)
from tests.operations.cases import DEADLINE, LATE, STALKING, WALES, add, names, withdraw
from tests.operations.digests import a_digest_was_sent


def test_overdue_begins_the_day_after_the_deadline(register: Register) -> None:
    register.says(ALICE, "complete 15: all of it")
    register.says(BOB, "decline 15: not ours")
    on_the_day = datetime(2025, 3, 27, 23, 59, tzinfo=UTC)
    in_time = overdue.overdue(register.store, occasion(VIC, on_the_day), typed_commands.Overdue())
    assert (in_time.groups, in_time.late) == ((), OverdueSummary())
    assert in_time.listing.total == 0
    overdue_list = overdue.overdue(register.store, occasion(VIC, LATE), typed_commands.Overdue())
    assert list(names(overdue_list)) == [(Duty.ACTION, "15"), (Duty.ACTION, "16"), (Duty.ACTION, "25")]
    fifteen = names(overdue_list)[Duty.ACTION, "15"]
    assert len(fifteen) == 41
    assert fifteen == sorted(fifteen)
    assert {"Kent", "Surrey"}.isdisjoint(fifteen)
    assert overdue_list.late == OverdueSummary(3, DEADLINE)


def test_overdue_looks_at_both_duties_and_at_one_thing_when_asked(register: Register) -> None:
    add(
        register,
        a_recommendation("40", respond_by=date(2025, 2, 1), due_on=date(2025, 3, 1)),
        ("kent", "gwent"),
        answer=Answer.AWAITING,
    )

    def late(subject: object, body: Body | None = None) -> dict[tuple[Duty, str], list[str]]:
        wanted = typed_commands.Overdue(subject, body=body)  # type: ignore[arg-type]
        overdue_list = overdue.overdue(register.store, occasion(VIC), wanted)
        assert overdue_list.late.recommendations == len({number for _, number in names(overdue_list)})
        return names(overdue_list)

    everything = late(None)
    assert list(everything) == [(Duty.RESPONSE, "40"), (Duty.ACTION, "40")]
    assert everything == late(STALKING) == late(Ref(None, "40"))
    assert late(register.body("kent")) == {
        (Duty.RESPONSE, "40"): ["Kent"],
        (Duty.ACTION, "40"): ["Kent"],
    }
    assert late(WALES) == {(Duty.RESPONSE, "40"): ["Gwent"], (Duty.ACTION, "40"): ["Gwent"]}
    assert late(register.body("surrey")) == {}
    assert late(Ref(None, "40"), register.body("kent")) == late(register.body("kent"))
    assert late(Ref(None, "15"), register.body("kent")) == {}
    with pytest.raises(NotAddressed):
        late(Ref(None, "40"), register.body("surrey"))
    with pytest.raises(NotRecordable):
        late(Ref(None, "27"))


def test_where_nothing_is_late_with_a_body_on_one_the_next_deadline_of_that_one_is_told(
    register: Register,
) -> None:
    add(register, a_recommendation("40", due_on=date(2025, 3, 20)), ("kent",), answer=Answer.ACCEPTED)
    wanted = typed_commands.Overdue(Ref(None, "15"), body=register.body("kent"))
    overdue_list = overdue.overdue(register.store, occasion(VIC), wanted)
    assert [(deadline.recommendation.number, deadline.on) for deadline in overdue_list.nearest] == [
        ("15", DEADLINE)
    ]
    assert (overdue_list.subject, overdue_list.typed) == ("Kent on stalking 15", "overdue stalking 15 kent")


def test_newly_overdue_is_counted_from_the_monday_before(register: Register) -> None:
    add(
        register,
        a_recommendation("40", respond_by=None, due_on=date(2025, 3, 1)),
        ("kent",),
        answer=Answer.ACCEPTED,
    )
    # 31 March 2025 is a Monday: the one before it is meant.
    monday = datetime(2025, 3, 31, 9, 0, tzinfo=UTC)
    for body in (None, register.body("kent")):
        overdue_list = overdue.overdue(register.store, occasion(VIC, monday), typed_commands.Overdue(body))
        assert overdue_list.since == date(2025, 3, 24)
        assert overdue_list.newly == overdue_list.late.recommendations - 1


def test_newly_overdue_is_counted_from_the_last_digest_before_today(register: Register) -> None:
    a_digest_was_sent(register.store, through_seq=10, instant=datetime(2025, 3, 19, 9, 0, tzinfo=UTC))
    a_digest_was_sent(register.store, through_seq=11, instant=LATE)
    overdue_list = overdue.overdue(register.store, occasion(VIC, LATE), typed_commands.Overdue())
    assert overdue_list.since == date(2025, 3, 19)


def test_a_long_list_of_overdue_is_paged_without_loss(register: Register) -> None:
    for number in range(100, 130):
        new = a_recommendation(
            str(number), respond_by=None, due_on=date(2025, 1, 1) + timedelta(days=number - 100)
        )
        add(register, new, ("kent", "surrey"), answer=Answer.ACCEPTED)
    for body in (None, register.body("kent")):
        pages = [
            overdue.overdue(register.store, occasion(VIC, LATE), typed_commands.Overdue(body, page))
            for page in range(2, 6)
        ]
        shown = [group.recommendation.number for page in pages for group in page.groups]
        assert shown == [*map(str, range(100, 130)), "15", "16", "25"]
        assert [page.listing.reaches_the_end for page in pages] == [False, False, False, True]


def test_a_withdrawn_recommendation_is_neither_overdue_nor_awaited_nor_due(register: Register) -> None:
    for number in ("15", "16", "25"):
        withdraw(register, f"stalking-{number}")
    assert overdue.overdue(register.store, occasion(VIC, LATE), typed_commands.Overdue()).groups == ()
    assert waiting.waiting(register.store, occasion(VIC), typed_commands.Waiting()).awaiting == 0
    assert deadlines.deadlines(register.store, occasion(VIC), typed_commands.Deadlines()).rows == ()


def test_bodies_with_a_deadline_of_their_own_are_named_once_on_the_page_of_that_deadline(
    register: Register,
) -> None:
    for number in range(100, 115):
        new = a_recommendation(str(number), respond_by=None, due_on=date(2025, 1, 1))
        add(register, new, ("surrey",), answer=Answer.ACCEPTED)
    with register.store.begin() as connection:
        kents = addressees.get(connection, "stalking-15", register.body("kent").code)
        assert kents is not None
        addressees.save(connection, kents, replace(kents, due_on=date(2024, 12, 1)))
    pages = [
        overdue.overdue(register.store, occasion(VIC, LATE), typed_commands.Overdue(page=page))
        for page in (2, 3)
    ]
    fifteen = [
        {addressee.body_name for addressee in group.addressees}
        for page in pages
        for group in page.groups
        if group.recommendation.number == "15"
    ]
    assert fifteen[0] == {"Kent"}
    assert len(fifteen[1]) == 42
    assert "Kent" not in fifteen[1]
