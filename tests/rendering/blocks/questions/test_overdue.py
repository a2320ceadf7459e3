"""What is said of what is late."""

from datetime import date, timedelta

import pytest

from bot.domain.questions.answers import Deadline, OverdueList, OverdueSummary, OwingBodies
from bot.domain.questions.pages import Listing
from bot.domain.register.addressee import Answer, Duty, Stage
from bot.rendering.blocks.questions import overdue
from bot.rendering.screen import Screen
from tests.cast import TODAY, an_addressee
from tests.rendering.cases import DEADLINE, NEAREST, late_with, of_all
from tests.rendering.screens import assert_valid, buttons, read


def is_overdue(
    *groups: OwingBodies,
    today: date = date(2025, 4, 8),
    listing: Listing | None = None,
    since: date = date(2025, 4, 7),
    name: str = "",
    nearest: tuple[Deadline, ...] = (),
) -> Screen:
    recommendations = len({group.recommendation.id for group in groups})
    shown = overdue.overdue(
        OverdueList(
            groups,
            listing or Listing(1, len(groups)),
            OverdueSummary(recommendations, DEADLINE),
            0,
            since,
            nearest,
            today,
            "overdue",
            name,
        )
    )
    assert_valid(shown)
    return shown


def test_overdue_says_first_how_many_recommendations_with_how_many_bodies() -> None:
    kent, surrey = an_addressee("Kent"), an_addressee("Surrey")
    both = late_with(kent, surrey), late_with(kent, number="16")
    assert is_overdue(*both).text == "2 recommendations are overdue with 2 bodies."
    assert is_overdue(late_with(kent, surrey)).text == "Stalking 15 is overdue with 2 bodies."
    assert is_overdue(late_with(kent)).text == "Stalking 15 is overdue with Kent."
    of_kent = late_with(kent), late_with(kent, number="16")
    assert is_overdue(*of_kent, name="Kent").text == "2 recommendations are overdue with Kent."
    assert is_overdue(*both, name="Wales").text == "Wales: 2 recommendations are overdue with 2 bodies."


def test_overdue_says_what_came_to_be_late_and_since_when() -> None:
    long_late = an_addressee("Kent", due_on=date(2024, 1, 1))
    newly = an_addressee("Surrey"), an_addressee("Essex")
    since = date(2025, 3, 24)
    assert is_overdue(late_with(long_late, *newly), since=since).text == (
        "Stalking 15 is overdue with 3 bodies; 2 more since Monday 24 March 2025."
    )
    assert is_overdue(late_with(*newly), since=since).text == (
        "Stalking 15 is overdue with 2 bodies; all 2 new since Monday 24 March 2025."
    )
    assert is_overdue(late_with(newly[0]), since=since).text == (
        "Stalking 15 is overdue with Surrey; new since Monday 24 March 2025."
    )


def test_overdue_says_by_how_long_in_bands() -> None:
    today = date(2025, 4, 8)
    addressees = [
        an_addressee(name, due_on=today - timedelta(days=late))
        for name, late in (
            ("A", 1),
            ("B", 30),
            ("C", 31),
            ("D", 91),
            ("E", 92),
            ("F", 182),
            ("G", 183),
            ("H", 365),
            ("I", 366),
        )
    ]
    assert read(is_overdue(late_with(*addressees), today=today)) == [
        "Stalking 15, due 7 April 2024 to 7 April 2025: 9 bodies",
        "  under 1 month: A, B · 1–3 months: C, D · 3–6 months: E, F · 6–12 months: G, H · over 12 months: I",
    ]


def test_a_response_that_is_late_and_a_blocked_body_are_said_as_such() -> None:
    group = late_with(
        an_addressee("Gwent", answer=Answer.AWAITING),
        an_addressee("Kent", answer=Answer.AWAITING, stage=Stage.BLOCKED),
        duty=Duty.RESPONSE,
    )
    assert is_overdue(group).text == "The response to stalking 15 is overdue with 2 bodies."
    assert read(is_overdue(group)) == [
        "Answers on stalking 15, due 22 November 2024: 2 bodies",
        "  3–6 months: Gwent, Kent (blocked)",
    ]


def test_a_list_over_twelve_says_how_many_more_and_the_next_page_names_all() -> None:
    group = late_with(*of_all(43))
    first = is_overdue(group)
    assert read(first)[1].endswith("Body 12, … 31 more")
    assert buttons(first)["More"] == "overdue page 2"
    second = is_overdue(group, listing=Listing(2, 1))
    assert read(second)[1].endswith("Body 42, Body 43")
    assert "More" not in buttons(second)
    assert "More" not in buttons(is_overdue(late_with(*of_all(12, 12))))


def test_a_page_of_many_overdue_counts_all_and_fits() -> None:
    groups = [late_with(*of_all(43, due_on=DEADLINE), number=str(number)) for number in range(10)]
    shown = is_overdue(*groups, listing=Listing(2, 300))
    assert shown.text == "10 recommendations are overdue (page 2)."
    assert buttons(shown)["More"] == "overdue page 3"
    assert len(read(shown)) == 21
    assert read(shown)[-1] == "… 290 more."


@pytest.mark.parametrize(
    ("nearest", "subject", "says"),
    [
        (NEAREST, "", "Nothing is overdue. The next deadline is stalking 15 on 27 March 2025, in 17 days."),
        (
            NEAREST,
            "Kent",
            "Nothing is overdue with Kent. The next deadline is stalking 15 on 27 March 2025, in 17 days.",
        ),
        ((), "", "Nothing is overdue. There is no deadline ahead for anything still owed."),
    ],
)
def test_where_nothing_is_overdue_the_next_deadline_is_said(
    nearest: tuple[Deadline, ...], subject: str, says: str
) -> None:
    assert is_overdue(today=TODAY, nearest=nearest, name=subject).text == says
