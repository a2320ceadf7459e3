"""Each fault that Slack, or recbot's own rule for a valid reply, finds in a message."""

from typing import Any

import pytest

from bot.standin.examination import examine, refusal_for
from tests.standin.bots import actions, button, section

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def header(text: Json) -> Json:
    return {"type": "header", "text": text}


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def table(*rows: list[Any], **more: Any) -> Json:
    cells = [
        [{"type": "raw_text", "text": cell} if isinstance(cell, str) else cell for cell in row]
        for row in rows
    ]
    return {"type": "table", "rows": cells, **more}


PICTURE = {"type": "image", "image_url": "https://www.gov.uk/map.png", "alt_text": "A map of 43 areas"}


def chart(*names: str, days: tuple[str, ...] = ("2 Mar", "9 Mar"), **changed: Any) -> Json:
    series = [
        {"name": name, "data": [{"label": day, "value": value} for value, day in enumerate(days)]}
        for name in names or ("Accepted", "Overdue")
    ]
    axis = {"categories": list(days), "x_label": "Week ending", "y_label": "Bodies"}
    block = {"type": "data_visualization", "title": "Stalking 15"}
    return block | {"chart": {"type": "line", "series": series, "axis_config": axis}} | changed


VALID = [
    chart(),
    header(plain("Week to 10 March 2025")),
    section("*41 of 43 accepted*", accessory=button("Update", "update")),
    {"type": "section", "fields": [plain("a"), {"type": "mrkdwn", "text": "b"}]},
    {"type": "divider"},
    context({"type": "mrkdwn", "text": "By the IOPC"}, PICTURE),
    actions(button("More", "more", value="2", style="primary"), button("Undo", "undo")),
    table(["Kent", "accepted"], ["Surrey", "awaiting"], column_settings=[{"align": "right"}, None]),
    PICTURE,
]


def faults(*blocks: Json, **message: Any) -> list[str]:
    payload = {"text": "x", "blocks": list(blocks), **message}
    return [
        f"{fault.place}: {fault.words}" for fault in examine(payload, allowed_links=["https://www.gov.uk/"])
    ]


def test_a_message_of_every_kind_of_block_is_valid() -> None:
    assert faults(*VALID) == []


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(section("x" * 3_001), id="section over 3,000"),
        pytest.param(section(""), id="empty section"),
        pytest.param({"type": "section"}, id="section of nothing"),
        pytest.param({"type": "section", "fields": [plain("x" * 2_001)]}, id="field over 2,000"),
        pytest.param({"type": "section", "fields": [plain("x")] * 11}, id="11 fields"),
        pytest.param({"type": "section", "text": "bare"}, id="text that is no object"),
        pytest.param({"type": "section", "text": {"type": "html", "text": "x"}}, id="text of no kind"),
        pytest.param(section("x", colour="red"), id="unknown key"),
        pytest.param(
            {"type": "section", "text": plain("x") | {"verbatim": True}}, id="unknown key of a text"
        ),
        pytest.param(chart(title="x" * 51), id="title of a chart over 50"),
        pytest.param(chart(title=""), id="chart without a title"),
        pytest.param(chart(*"abcdefg"), id="7 series"),
        pytest.param(chart("a", "a"), id="two series of one name"),
        pytest.param(chart("x" * 21), id="name of a series over 20"),
        pytest.param(chart(days=tuple(map(str, range(21)))), id="21 categories"),
        pytest.param(chart(days=("a", "a")), id="a category twice"),
        pytest.param(chart(chart={"type": "pie", "segments": []}), id="pie"),
        pytest.param(chart(alt_text="x"), id="unknown key of a chart"),
        pytest.param(header(plain("x" * 151)), id="header over 150"),
        pytest.param(header({"type": "mrkdwn", "text": "x"}), id="header in mrkdwn"),
        pytest.param(header(plain("")), id="empty header"),
        pytest.param(context(), id="empty context"),
        pytest.param(context(*[plain("x")] * 11), id="11 in a context"),
        pytest.param(context(plain("")), id="empty text in a context"),
        pytest.param(actions(), id="no buttons"),
        pytest.param(actions(*[button("x", str(number)) for number in range(26)]), id="26 buttons"),
        pytest.param(actions(button("x" * 76)), id="label over 75"),
        pytest.param(section("x", accessory=button("x" * 76)), id="label over 75 beside a text"),
        pytest.param(actions(button("x", value="x" * 2_001)), id="value over 2,000"),
        pytest.param(actions(button("x", accessibility_label="x" * 76)), id="accessibility label over 75"),
        pytest.param(actions(button("x", style="green")), id="unknown style"),
        pytest.param(actions(button("")), id="empty label"),
        pytest.param(actions(button("x", action_id="")), id="no action_id"),
        pytest.param(actions(button("x", action_id="x" * 256)), id="action_id over 255"),
        pytest.param(
            actions({"type": "button", "text": {"type": "mrkdwn", "text": "x"}, "action_id": "a"}),
            id="label in mrkdwn",
        ),
        pytest.param({"type": "actions", "elements": [{"type": "lever"}]}, id="unknown element"),
        pytest.param({"type": "divider", "block_id": "x" * 256}, id="block_id over 255"),
        pytest.param({"type": "image", "image_url": "https://www.gov.uk/x.png"}, id="picture without words"),
        pytest.param(context(PICTURE | {"alt_text": " "}), id="picture with empty words"),
        pytest.param(table(), id="table of nothing"),
        pytest.param(table(*[["x"]] * 101), id="101 rows"),
        pytest.param(table(["x"] * 21), id="21 columns"),
        pytest.param(table(["a", "b"], ["a"]), id="uneven rows"),
        pytest.param(table(["a", ""]), id="empty cell"),
        pytest.param(table([plain("a")]), id="cell of another kind"),
        pytest.param(table([{"type": "raw_text", "text": "a", "bold": True}]), id="unknown key of a cell"),
        pytest.param(table(["a"], column_settings=[{}] * 21), id="settings for 21 columns"),
        pytest.param(table(*[["x" * 2_001]] * 5), id="table over 10,000"),
        pytest.param({"type": "carousel", "elements": []}, id="a block few clients show"),
        pytest.param({"text": "x"}, id="no kind"),
        pytest.param({"type": "context", "elements": "x"}, id="elements that are no list"),
    ],
)
def test_slack_refuses(block: Json) -> None:
    message = {"text": "x", "blocks": [block]}
    refusal = refusal_for(message, examine(message))
    assert refusal
    assert refusal.error == "invalid_blocks"


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param([{"type": "divider"}] * 51, id="51 blocks"),
        pytest.param([{"type": "divider", "block_id": "one"}] * 2, id="a block_id twice"),
        pytest.param([actions(button("a", "one")), actions(button("b", "one"))], id="an action_id twice"),
        pytest.param([table(["a"]), table(["b"])], id="two tables"),
        pytest.param([chart(), chart(), chart()], id="three charts"),
        pytest.param(["x"], id="a block that is no object"),
        pytest.param({"type": "divider"}, id="blocks that are no list"),
    ],
)
def test_slack_refuses_together(blocks: Any) -> None:
    message = {"text": "x", "blocks": blocks}
    refusal = refusal_for(message, examine(message))
    assert refusal
    assert refusal.error == "invalid_blocks"


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ({"text": ""}, "text: is empty"),
        ({"text": "x" * 3_001}, "text: has 3001 characters, more than 3000"),
        ({"blocks": [section("x" * 2_500)] * 4}, "message: has 10001 characters in all, more than 10000"),
        ({"blocks": [{"type": "divider"}] * 50}, "blocks: are 50; a reply stays under that"),
        ({"blocks": [actions(button(":tada:"))]}, "blocks[0].elements[0].text: says nothing in words"),
        ({"link_names": True}, "link_names: is not for recbot to send"),
    ],
)
def test_what_slack_would_take_is_noted_where_it_is_no_valid_reply(message: Json, fault: str) -> None:
    payload = {"text": "x", "blocks": [section("x")], **message}
    block_faults = examine(payload)
    assert [f"{block_fault.place}: {block_fault.words}" for block_fault in block_faults] == [fault]
    assert refusal_for(payload, block_faults) is None
