from datetime import date
from typing import Any

from bot.domain.messages.newcomers import Announcement, Welcome
from bot.domain.register.addressee import Duty
from bot.domain.values import replace
from bot.rendering.blocks.messages import newcomers as blocks
from bot.rendering.screen import Screen
from bot.standin.examination import examine
from tests.cast import REPORT, a_recommendation
from tests.rendering.screens import assert_valid, read

TODAY = date(2025, 3, 10)
WELCOME = Welcome(("Kent",), 3, date(2025, 3, 27), TODAY)
ANNOUNCEMENT = Announcement(
    REPORT,
    ("Kent",),
    tuple(a_recommendation(str(number)) for number in range(1, 6)),
    {Duty.RESPONSE: date(2025, 4, 30), Duty.ACTION: date(2025, 9, 30)},
    TODAY,
)


def shown(payload: Any) -> Screen:
    assert examine(dict(payload)) == []
    screen = Screen(payload["text"], tuple(payload["blocks"]))
    assert_valid(screen)
    return screen


def buttons(payload: Any) -> list[tuple[str, str]]:
    return [
        (element["text"]["text"], element["value"])
        for block in payload["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def test_a_welcome_says_what_is_open_and_has_three_buttons() -> None:
    payload = blocks.welcome(WELCOME, "welcome:T0HOME:U0KIM")
    assert shown(payload).text == (
        "You record for Kent in recbot."
        " It has 3 recommendations open, the next due on 27 March 2025, in 17 days."
    )
    assert buttons(payload) == [("Update", "update"), ("What we owe", "mine"), ("Help", "help")]
    assert payload["metadata"]["event_payload"] == {"key": "welcome:T0HOME:U0KIM"}


def test_a_welcome_to_several_bodies_or_with_nothing_open_says_so() -> None:
    both = replace(WELCOME, bodies=("Kent", "Surrey"), open=0, next_due=None)
    assert shown(blocks.welcome(both, "key")).text == (
        "You record for Kent and Surrey in recbot. They have nothing open."
    )
    late = replace(WELCOME, open=1, next_due=None)
    assert shown(blocks.welcome(late, "key")).text.endswith("It has 1 recommendation open.")


def test_a_new_report_is_announced_in_one_sentence_with_its_recommendations_and_answer() -> None:
    payload = blocks.announcement(ANNOUNCEMENT, "new-report:T0HOME:U0KIM:stalking")
    screen = shown(payload)
    assert screen.text == (
        "5 recommendations are addressed to Kent; answers are due on 30 April 2025, in 51 days."
    )
    assert read(screen)[0] == "Stalking 1: Review the services."
    assert "The police response to stalking. The IOPC, 27 September 2024." in read(screen)
    assert buttons(payload) == [("Answer", "update")]


def test_of_one_recommendation_the_button_opens_that_one() -> None:
    of_one = replace(
        ANNOUNCEMENT,
        bodies=("Kent", "Surrey"),
        recommendations=ANNOUNCEMENT.recommendations[:1],
        due={Duty.ACTION: date(2025, 9, 30)},
    )
    payload = blocks.announcement(of_one, "key")
    assert shown(payload).text == (
        "1 recommendation is addressed to Kent and Surrey; it is due on 30 September 2025, in 204 days."
    )
    assert buttons(payload) == [("Answer", "stalking-1")]


def test_sixty_long_recommendations_fit() -> None:
    rows = tuple(a_recommendation(str(number), wording="word " * 600) for number in range(1, 61))
    screen = shown(blocks.announcement(replace(ANNOUNCEMENT, recommendations=rows, due={}), "key"))
    assert screen.text == "60 recommendations are addressed to Kent."
    assert "And 48 more: `/recs stalking`." in str(screen.blocks)
