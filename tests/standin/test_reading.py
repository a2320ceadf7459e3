from typing import Any

import pytest

from bot.standin.messages import Post
from bot.standin.reading import shown
from bot.standin.terminal import show
from tests.standin.bots import actions, button, section


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("*41 of 43* accepted", "41 of 43 accepted"),
        ("_By the IOPC_ and ~nobody~", "By the IOPC and nobody"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("use `/recs *15*`", "use /recs *15*"),
        ("&lt;!channel&gt; &amp;amp;", "<!channel> &amp;"),
        ("<https://www.gov.uk/a_b_c|the report>", "the report"),
        ("<https://www.gov.uk/a_b_c>", "https://www.gov.uk/a_b_c"),
        ("*<https://www.gov.uk/|Stalking 15>*", "Stalking 15"),
        ("<@U0KIM|kim> in <#C0COORD|coordination>", "@kim in #coordination"),
        ("<!channel>", "@channel"),
    ],
)
def test_a_text_is_read_as_a_client_shows_it(sent: str, seen: str) -> None:
    assert shown(sent) == seen


def post(*blocks: dict[str, Any], text: str = "notification") -> Post:
    return Post(text=text, blocks=list(blocks), channel="C0COORD", ts="1.000000", user="U0RECBOT")


TABLE = {
    "type": "table",
    "rows": [
        [{"type": "raw_text", "text": "Kent"}, {"type": "raw_text", "text": "accepted &amp; begun"}],
        [
            {"type": "raw_text", "text": "Devon and Cornwall"},
            {
                "type": "rich_text",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "awaiting"}]}
                ],
            },
        ],
    ],
}


def test_everything_in_the_blocks_is_read_in_order() -> None:
    message = post(
        {"type": "header", "text": {"type": "plain_text", "text": "Week &amp; day"}},
        section("*Due*", accessory=button("Update", "update")),
        {
            "type": "section",
            "fields": [{"type": "mrkdwn", "text": "_a_"}, {"type": "plain_text", "text": "_b_"}],
        },
        {"type": "divider"},
        {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": "c"}, {"type": "image", "alt_text": "d"}],
        },
        {"type": "image", "alt_text": "A map"},
        TABLE,
        actions(button("Share in channel"), button("More &gt;")),
    )
    assert message.all_text.split("\n") == [
        "Week & day",
        "Due",
        "Update",
        "a",
        "_b_",
        "c d",
        "A map",
        "Kent | accepted & begun",
        "Devon and Cornwall | awaiting",
        "Share in channel More >",
    ]


def test_without_blocks_the_text_is_read() -> None:
    assert post(text="*noted*").all_text == "noted"


def test_in_a_terminal_tables_are_aligned_and_buttons_bracketed() -> None:
    message = post(
        section("*Due*", accessory=button("Update", "update")), TABLE, actions(button("More", "m"))
    )
    assert show(message).split("\n") == [
        "Due",
        "[Update]",
        "Kent                accepted & begun",
        "Devon and Cornwall  awaiting",
        "[More]",
    ]


def test_in_a_terminal_bold_is_bold_when_colour_is_on() -> None:
    assert show(post(section("*Due* now")), colour=True) == "\x1b[1mDue\x1b[22m now"
    assert show(post(section("*Due* now"))) == "Due now"


@pytest.mark.parametrize("colour", [True, False])
def test_in_a_terminal_lines_have_at_most_96_visible_columns(colour: bool) -> None:
    lines = show(post(section("*word* " * 100)), colour=colour).split("\n")
    visible = [len(line.replace("\x1b[1m", "").replace("\x1b[22m", "").rstrip()) for line in lines]
    assert max(visible) <= 96
    assert max(visible) > 90
    assert sum(line.count("word") for line in lines) == 100


def test_a_divider_is_a_line_and_a_word_longer_than_the_line_is_kept_whole() -> None:
    message = post({"type": "divider"}, section("x" * 120))
    assert show(message).split("\n") == ["─" * 96, "x" * 120]
