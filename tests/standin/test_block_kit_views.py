"""Each fault that Slack, or recbot's own rule, finds in a form or in Home."""

from typing import Any

import pytest

from bot.standin.block_kit import Surface
from bot.standin.examination import examine_view, refusal_for_view
from tests.standin.bots import actions, button, choosing, field, home, modal, option, plain, section, writing

Json = dict[str, Any]

GROUPED = {
    "type": "static_select",
    "action_id": "body",
    "option_groups": [
        {"label": plain("England"), "options": [option("Kent")]},
        {"label": plain("Wales"), "options": [option("Gwent")]},
    ],
    "initial_option": option("Gwent"),
}
EVERY_FIELD = [
    section("*Stalking 15*", accessory=choosing("overflow", "History", "Share", action_id="more")),
    {"type": "divider"},
    field("Note", writing("note", multiline=True, max_length=3_000, initial_value="x" * 3_000)),
    field("Progress", choosing("static_select", "in progress", "complete", action_id="progress")),
    field("Body", GROUPED),
    field(
        "Parts", choosing("multi_static_select", "a", "b", action_id="parts", initial_options=[option("a")])
    ),
    field(
        "Response", choosing("radio_buttons", "accepted", action_id="r", initial_option=option("accepted"))
    ),
    field("Quoting", choosing("checkboxes", "May be quoted", action_id="quoting"), optional=True),
    field("Given on", {"type": "datepicker", "action_id": "day", "initial_date": "2025-03-10"}),
    field(
        "Evidence", {"type": "url_text_input", "action_id": "link"}, hint=plain("A page that all can open")
    ),
    field("Contact", {"type": "users_select", "action_id": "who", "placeholder": plain("Choose")}),
    actions(button("Add", "add"), choosing("static_select", "Kent", action_id="pause")),
]


def refused(view: Json, surface: Surface = "modal") -> str:
    refusal = refusal_for_view(view, examine_view(view, surface))
    return refusal.error if refusal else ""


def test_a_form_with_every_field_is_valid() -> None:
    assert examine_view(modal(*EVERY_FIELD, private_metadata="15", notify_on_close=True), "modal") == []


def test_a_home_of_100_blocks_is_valid() -> None:
    assert examine_view(home(*EVERY_FIELD, *[{"type": "divider"}] * 88), "home") == []


def without(key: str, view: Json) -> Json:
    return {name: value for name, value in view.items() if name != key}


NOTE = field("Note", writing())


@pytest.mark.parametrize(
    "view",
    [
        pytest.param(modal(*[{"type": "divider"}] * 101), id="101 blocks"),
        pytest.param(modal(), id="no blocks"),
        pytest.param(without("blocks", modal()), id="no list of blocks"),
        pytest.param(without("title", modal(NOTE)), id="no title"),
        pytest.param(modal(NOTE, title="x" * 25), id="title over 24"),
        pytest.param(modal(NOTE, title=""), id="empty title"),
        pytest.param(modal(NOTE) | {"title": {"type": "mrkdwn", "text": "x"}}, id="title in mrkdwn"),
        pytest.param(modal(NOTE, submit=plain("x" * 25)), id="submit over 24"),
        pytest.param(modal(NOTE, close=plain("x" * 25)), id="close over 24"),
        pytest.param(without("submit", modal(NOTE)), id="inputs without submit"),
        pytest.param(modal(NOTE, private_metadata="x" * 3_001), id="private_metadata over 3,000"),
        pytest.param(modal(NOTE, callback_id="x" * 256), id="callback_id over 255"),
        pytest.param(modal(NOTE, external_id="x" * 256), id="external_id over 255"),
        pytest.param(modal(NOTE, colour="red"), id="unknown key"),
        pytest.param(home(NOTE), id="Home where a form belongs"),
        pytest.param(modal(NOTE, NOTE), id="a block_id twice"),
        pytest.param(modal(actions(button("a", "x"), button("b", "x"))), id="an action_id twice"),
        pytest.param(modal({"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}), id="table"),
        pytest.param(modal(without("block_id", NOTE)), id="input without block_id"),
        pytest.param(modal(field("x" * 2_001, writing(), block_id="b")), id="label over 2,000"),
        pytest.param(modal(NOTE | {"label": {"type": "mrkdwn", "text": "x"}}), id="label in mrkdwn"),
        pytest.param(modal(NOTE | {"label": plain("")}), id="empty label"),
        pytest.param(modal(NOTE | {"hint": plain("x" * 2_001)}), id="hint over 2,000"),
        pytest.param(modal(field("Undo", button("Undo"))), id="button as input"),
        pytest.param(modal(section("x", accessory=writing())), id="writing beside a text"),
        pytest.param(modal(actions(writing())), id="writing among buttons"),
        pytest.param(
            modal(*[field(n, writing(n, focus_on_load=True)) for n in "ab"]), id="two that take the cursor"
        ),
    ],
)
def test_slack_refuses_the_form(view: Json) -> None:
    assert refused(view) == "invalid_arguments"


@pytest.mark.parametrize(
    "element",
    [
        pytest.param(writing(""), id="no action_id"),
        pytest.param(writing(max_length=3_001), id="max_length over 3,000"),
        pytest.param(writing(max_length=0), id="max_length of 0"),
        pytest.param(writing(min_length=11, max_length=10), id="min_length over max_length"),
        pytest.param(writing(initial_value="x" * 3_001), id="beginning over 3,000"),
        pytest.param(writing(initial_value="x" * 11, max_length=10), id="beginning over max_length"),
        pytest.param(writing(placeholder=plain("x" * 151)), id="placeholder over 150"),
        pytest.param(writing(placeholder={"type": "mrkdwn", "text": "x"}), id="placeholder in mrkdwn"),
        pytest.param(writing(rows=3), id="unknown key"),
        pytest.param(choosing("static_select"), id="no options"),
        pytest.param(choosing("static_select", *map(str, range(101))), id="101 options"),
        pytest.param(choosing("multi_static_select", *map(str, range(101))), id="101 options of several"),
        pytest.param(choosing("radio_buttons", *map(str, range(11))), id="11 radio buttons"),
        pytest.param(choosing("checkboxes", *map(str, range(11))), id="11 checkboxes"),
        pytest.param(choosing("static_select", "x" * 76), id="option over 75"),
        pytest.param(
            choosing("radio_buttons", "x") | {"options": [option("x", "v" * 76)]}, id="value over 75"
        ),
        pytest.param(choosing("static_select", "x") | {"options": [option("")]}, id="empty option"),
        pytest.param(
            choosing("static_select", "x")
            | {"options": [{"text": {"type": "mrkdwn", "text": "x"}, "value": "x"}]},
            id="option in mrkdwn",
        ),
        pytest.param(
            choosing("radio_buttons", "x") | {"options": [option("x") | {"colour": "red"}]},
            id="unknown key of an option",
        ),
        pytest.param(
            choosing("checkboxes", "x") | {"options": [option("x") | {"description": plain("d" * 76)}]},
            id="description over 75",
        ),
        pytest.param(choosing("static_select", "a", initial_option=option("b")), id="beginning not offered"),
        pytest.param(choosing("radio_buttons", "a", initial_option=option("a", "b")), id="beginning changed"),
        pytest.param(choosing("checkboxes", "a", initial_options=[option("b")]), id="ticked, not offered"),
        pytest.param(choosing("checkboxes", "a", initial_options=[]), id="nothing ticked, said as a list"),
        pytest.param({"type": "datepicker", "action_id": "d", "initial_date": "2025-02-30"}, id="no date"),
        pytest.param({"type": "lever", "action_id": "d"}, id="unknown element"),
        pytest.param(choosing("overflow", "a"), id="overflow as input"),
    ],
)
def test_slack_refuses_the_field(element: Json) -> None:
    assert refused(modal(field("Field", element, block_id="field"))) == "invalid_arguments"


def test_slack_refuses_a_menu_of_more_than_five() -> None:
    menu = choosing("overflow", *"abcdef")
    assert refused(home(section("x", accessory=menu)), "home") == "invalid_arguments"


@pytest.mark.parametrize("key", ["title", "submit", "close"])
def test_home_has_no_frame(key: str) -> None:
    assert refused(home(section("x")) | {key: plain("x")}, "home") == "invalid_arguments"


def test_a_form_over_250_kb_is_too_large() -> None:
    sections = [section("x" * 2_900) for _ in range(90)]
    assert refused(modal(*sections)) == "view_too_large"


def noted(view: Json, reader: str = "") -> list[str]:
    faults = examine_view(view, "modal", reader, ["https://www.gov.uk/"])
    assert refusal_for_view(view, faults) is None
    return [f"{fault.place}: {fault.words}" for fault in faults]


@pytest.mark.parametrize(
    ("view", "fault"),
    [
        (without("callback_id", modal(NOTE)), "callback_id: is missing, so that nobody hears of the form"),
        (
            modal(NOTE, field("Note", writing("second"), block_id="second")),
            "blocks: have two inputs called 'Note'",
        ),
        (
            modal(
                field("Part", {**choosing("radio_buttons"), "options": [option("a", "1"), option("b", "1")]})
            ),
            "blocks[0].element: has options of the same value",
        ),
        (modal(section("<!channel>")), "blocks[0].text.text: holds a live '<!channel'"),
        (modal(section("for <@U0KIM>")), "blocks[0].text.text: holds a live '<@U0KIM'"),
    ],
)
def test_what_slack_would_take_is_noted(view: Json, fault: str) -> None:
    assert noted(view) == [fault]


def test_what_was_written_stands_in_a_field_as_it_was_written() -> None:
    assert noted(modal(field("Note", writing(initial_value="<!channel> & <https://x.example|gov.uk>")))) == []


def test_a_form_may_name_its_reader() -> None:
    assert noted(modal(section("for <@U0KIM>")), reader="U0KIM") == []
