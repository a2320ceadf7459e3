from typing import Any

import pytest

from bot.standin.examination import examine
from tests.standin.bots import actions, button, section

GOV = ["https://www.gov.uk/"]


def places(payload: dict[str, Any], reader: str = "") -> list[str]:
    return [fault.place for fault in examine({"text": "x", **payload}, reader, GOV)]


@pytest.mark.parametrize(
    "token",
    [
        "<!channel>",
        "<!here|here>",
        "<!subteam^S1>",
        "<@U0KIM>",
        "<@U0KIM|kim>",
        "<#C0COORD|x>",
        "<https://evil.example|https://www.gov.uk/>",
        "<http://www.gov.uk.evil.example>",
        "<mailto:kim@kent.example|write>",
        "<javascript:alert(1)|x>",
    ],
)
def test_a_live_token_is_found_wherever_it_is_shown(token: str) -> None:
    assert places({"text": token}) == ["text"]
    assert places({"blocks": [section(f"a {token}")]}) == ["blocks[0].text.text"]
    assert places({"blocks": [actions(button(token))]}) == ["blocks[0].elements[0].text.text"]
    cell = {"type": "raw_text", "text": token}
    assert places({"blocks": [{"type": "table", "rows": [[cell]]}]}) == ["blocks[0].rows[0][0].text"]


def test_an_escaped_token_is_harmless() -> None:
    assert places({"text": "&lt;!channel&gt; a < b <3"}) == []


def test_what_no_client_shows_is_left_alone() -> None:
    assert places({"blocks": [actions(button("x", value="note 15: <!channel>"))]}) == []


def test_the_bot_may_link_to_the_addresses_it_is_allowed() -> None:
    assert places({"text": "<https://www.gov.uk/report|the report>"}) == []


def test_a_link_button_is_held_to_the_same() -> None:
    assert places({"blocks": [actions(button("x", url="https://www.gov.uk/a"))]}) == []
    assert places({"blocks": [actions(button("x", url="https://evil.example"))]}) == [
        "blocks[0].elements[0].url"
    ]


def test_only_the_reader_of_a_direct_message_may_be_mentioned() -> None:
    assert places({"text": "<@U0KIM>: 2 things"}, reader="U0KIM") == []
    assert places({"text": "<@U0EDD>: 2 things"}, reader="U0KIM") == ["text"]
    assert places({"text": "<@U0KIM1>"}, reader="U0KIM") == ["text"]
