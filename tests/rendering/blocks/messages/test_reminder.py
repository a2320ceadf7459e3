from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.messages.delivery import Payload
from bot.domain.messages.reminders import (
    MOST_LINES,
    Chased,
    Chasing,
    Leaver,
    NotReminded,
    Owed,
    Reminder,
    Snoozed,
)
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.recommendation import Report
from bot.rendering.blocks.messages import reminder as blocks
from bot.rendering.screen import Screen
from bot.standin.examination import examine
from tests.cast import REPORT, a_recommendation, an_addressee
from tests.rendering.screens import assert_valid, read

KEY = "reminder:T0HOME:U0KIM:2025-03-20"
TODAY = date(2025, 3, 20)


def owed(number: str = "15", body_name: str = "Kent", asked_until: date | None = None, **facts: Any) -> Owed:
    return Owed(a_recommendation(number), an_addressee(body_name, number, **facts), asked_until)


def a_reminder(*some: Owed, more: int = 0, snoozed: int = 0) -> Reminder:
    bodies = tuple(sorted({one.addressee.body_name for one in some}))
    return Reminder(bodies, some, len(some) + more, snoozed, TODAY)


def message(reminder: Reminder) -> Screen:
    """As a person sees it, once Slack would have taken it."""
    return as_screen(blocks.reminder_message(reminder, KEY))


def as_screen(payload: Payload) -> Screen:
    assert examine(dict(payload)) == []
    shown = Screen(payload["text"], tuple(payload["blocks"]))
    assert_valid(shown)
    return shown


def test_the_first_sentence_says_how_much_is_owed_and_by_when() -> None:
    assert message(a_reminder(owed(), owed("25"))).text == (
        "Kent has 2 recommendations open, the nearest on 27 March 2025 (in 7 days)."
    )
    assert (
        message(a_reminder(owed())).text
        == "Kent has 1 recommendation open, due on 27 March 2025 (in 7 days)."
    )
    assert message(a_reminder(owed(), owed(body_name="Surrey"))).text == (
        "Kent and Surrey have 2 recommendations open, the nearest on 27 March 2025 (in 7 days)."
    )
    assert message(a_reminder(owed(due_on=date(2025, 3, 13)), owed("16"))).text == (
        "Kent has 2 recommendations open, the oldest due on 13 March 2025 (overdue by 7 days)."
    )
    assert (
        message(a_reminder(owed(due_on=None))).text == "Kent has 1 recommendation open, without a deadline."
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (owed(), "Stalking 15: say how far you are · due 27 March 2025"),
        (
            owed(due_on=date(2025, 3, 13)),
            "Stalking 15: say how far you are · due 13 March 2025, was 27 March 2025 (overdue by 7 days)",
        ),
        (
            owed(stage=Stage.BLOCKED, asked_until=date(2025, 4, 30)),
            "Stalking 15: blocked; say whether it still is · due 27 March 2025"
            " · extension asked for until 30 April 2025",
        ),
        (
            owed(answer=Answer.AWAITING),
            "Stalking 15: say whether you accept · respond by 22 November 2024 (overdue by 118 days)"
            " · due 27 March 2025",
        ),
        (
            owed(answer=Answer.AWAITING, stage=Stage.COMPLETE, respond_by=date(2025, 4, 4)),
            "Stalking 15: say whether you accept · respond by 4 April 2025",
        ),
        (owed(due_on=None), "Stalking 15: say how far you are"),
    ],
)
def test_each_line_says_what_to_do_and_by_when(line: Owed, says: str) -> None:
    assert read(message(a_reminder(line)))[0] == says


def test_of_several_bodies_each_line_names_its_own() -> None:
    texts = read(message(a_reminder(owed(), owed(body_name="Surrey"))))
    assert texts[0].startswith("Kent, stalking 15: ")
    assert texts[1].startswith("Surrey, stalking 15: ")


def test_each_line_has_its_buttons_told_apart_by_what_a_screen_reader_says() -> None:
    shown = message(a_reminder(owed(), owed("16")))
    elements = [one for block in shown.blocks if block["type"] == "actions" for one in block["elements"]]
    code = "code of Kent"
    assert [(element["text"]["text"], element["value"]) for element in elements] == [
        ("Update", f"stalking-15 {code}"),
        ("Snooze a week", f"stalking-15 {code}"),
        ("Update", f"stalking-16 {code}"),
        ("Snooze a week", f"stalking-16 {code}"),
    ]
    assert [element["accessibility_label"] for element in elements][:2] == [
        "Update stalking 15 for Kent",
        "Snooze stalking 15 for Kent for a week",
    ]
    assert len({element["action_id"] for element in elements}) == 4


def test_what_is_not_listed_is_counted() -> None:
    text = read(message(a_reminder(owed(), more=12, snoozed=1)))[-1]
    assert text.startswith("And 12 more: `/recs mine`. Not listed: 1 more, which you snoozed.")


def test_twelve_lines_of_the_longest_names_fit_with_all_their_buttons() -> None:
    report = Report("k" * 30, REPORT.title, REPORT.publishers, REPORT.published_on)
    recommendation = replace(a_recommendation("999z"), report=report)
    addressee = an_addressee(
        "The Liverpool City Region", recommendation.number, answer=Answer.AWAITING, stage=Stage.BLOCKED
    )
    lines = [
        Owed(
            recommendation,
            replace(addressee, body_code=f"E2300{n:04}", body_name=f"{addressee.body_name} {n}"),
            TODAY,
        )
        for n in range(MOST_LINES)
    ]
    shown = message(a_reminder(*lines, more=100, snoozed=5))
    assert sum(block["type"] == "actions" for block in shown.blocks) == MOST_LINES
    assert sum(block["type"] == "section" for block in shown.blocks) == MOST_LINES + 1
    assert "And 100 more" in str(shown.blocks[-1])


def test_the_delivery_is_known_again_by_its_key() -> None:
    payload = blocks.reminder_message(a_reminder(owed()), KEY)
    assert payload["metadata"]["event_payload"] == {"key": KEY}
    assert payload["blocks"][0]["block_id"] == KEY


def test_coordinators_are_told_of_a_leaver_and_of_who_is_left() -> None:
    alone = as_screen(blocks.leaver_message(Leaver("Alice <Ames>", {"Kent": ()}), "leaver:U0ALICE:U0CORA"))
    assert alone.text == "Alice &lt;Ames&gt; has left Slack; Kent has no active contact."
    of_two = Leaver("Alice Ames", {"Kent": (), "Surrey": ("Bob Byrne", "Ed Moss")})
    shown = as_screen(blocks.leaver_message(of_two, "leaver:U0ALICE:U0CORA"))
    assert shown.text == "Alice Ames has left Slack; Kent has no active contact."
    assert read(shown)[0] == "Surrey: Bob Byrne and Ed Moss can still record."
    others = as_screen(blocks.leaver_message(Leaver("Alice Ames", {"Kent": ("Bob Byrne",)}), "leaver:1:2"))
    assert others.text == "Alice Ames has left Slack; Kent still has a contact."


def test_a_snooze_is_confirmed_with_the_day_it_ends() -> None:
    shown = blocks.snoozed(Snoozed(a_recommendation(), "Kent", date(2025, 3, 27)))
    assert_valid(shown)
    assert shown.text == "Snoozed: no reminders of stalking 15 for Kent before 27 March 2025."


def test_the_coordinator_reads_who_is_reminded_and_why_others_are_not() -> None:
    shown = blocks.chasing(
        Chasing(
            a_recommendation(),
            (
                Chased("Cheshire", why_not=NotReminded.NO_CONTACT),
                Chased("Essex", "Ed Moss"),
                Chased("Gwent", "Gus Reed", NotReminded.LEFT),
                Chased("Kent", "Kim Hale"),
                Chased("Kent", "Vic Park", NotReminded.PAUSED),
                Chased("Surrey", "Bob Byrne", NotReminded.TODAY),
            ),
        )
    )
    assert_valid(shown)
    assert shown.text == "Stalking 15: 2 contacts are reminded, for 2 of the 5 bodies that owe it."
    assert read(shown) == [
        "Reminded: Essex (Ed Moss), Kent (Kim Hale)",
        "Not again, since they were reminded today already: Surrey (Bob Byrne)",
        "Not reminded, since they paused reminders and another contact gets them: Kent (Vic Park)",
        "Not reminded, since they have left Slack: Gwent (Gus Reed)",
        "Not reminded, since there is no contact: Cheshire",
    ]


def test_the_coordinator_reads_that_nobody_is_reminded() -> None:
    nobody_owes = blocks.chasing(Chasing(a_recommendation(), ()))
    assert nobody_owes.text == "Nobody owes anything on stalking 15, so nobody is reminded."
    no_contacts = tuple(Chased(f"Body {n}", why_not=NotReminded.NO_CONTACT) for n in range(43))
    shown = blocks.chasing(Chasing(a_recommendation(), no_contacts, is_repeat=True))
    assert_valid(shown)
    assert shown.text == "Nobody is reminded about stalking 15, which 43 bodies still owe."
    assert read(shown)[-1] == "You asked for this before; nobody is reminded twice."


@pytest.mark.parametrize(
    ("chased", "says"),
    [
        ((Chased("Kent", "Kim Hale"),), "Stalking 15: 1 contact is reminded, for Kent."),
        (
            (Chased("Kent", "Kim Hale", NotReminded.TODAY),),
            "Nobody is reminded about stalking 15, which Kent still owes.",
        ),
        ((), "Kent owes nothing on stalking 15, so nobody is reminded."),
    ],
)
def test_whoever_reminds_one_body_reads_of_that_body(chased: tuple[Chased, ...], says: str) -> None:
    assert blocks.chasing(Chasing(a_recommendation(), chased, body_name="Kent")).text == says
