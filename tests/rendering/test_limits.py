"""However long a text is and whatever it is written in, its screen is short enough to be sent."""

import json

import pytest

from bot.domain.questions.grammar.problems import Choice, WhichBody
from bot.domain.refusals.request import CannotSee
from bot.rendering.blocks.questions.lists import written
from bot.rendering.blocks.refusals.refused import refused
from bot.rendering.blocks.refusals.wording import RefusalContext
from bot.rendering.form import coming_back, form, text_field
from bot.rendering.limits import BYTES, bytes_sent, shortened
from bot.rendering.mrkdwn import cut
from bot.rendering.screen import Block, Screen, actions, as_written, button, lines, screen, small
from tests.rendering.screens import assert_valid, buttons, read

FAMILY = "👩‍👩‍👧‍👦"
TEXTS = {
    "emoji": "😀" * 3_000,
    "families": FAMILY * 420,
    "marks": "e" + "\u0301" * 2_999,
    "right to left": "שלום عليكم " * 270,
    "a long word": "x" * 3_000,
    "entities": "&<>" * 1_000,
    "markup": "*_~`" * 750,
    "lines": "\n".join("完" * 1_500),
    "no width": "\u200b\u200d" * 1_500,
}


def as_sent(shown: Screen) -> int:
    return len(json.dumps(shown.as_reply()).encode())


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("times", [1, 2, 7, 40])
def test_a_screen_of_texts_is_under_the_bound_in_bytes_characters_and_blocks(text: str, times: int) -> None:
    blocks = [as_written(text, "“", "”") for _ in range(times)]
    shown = screen(text, *blocks, *written([text] * times), small(f"By {text[:200]}"), _buttons(times))
    assert_valid(shown)
    assert as_sent(shown) < BYTES
    assert "Undo" in buttons(shown)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_one_text_at_its_limit_is_shown_as_far_as_a_section_goes(text: str) -> None:
    """Nothing is taken from it for the bytes' sake."""
    shown = screen("Recorded.", as_written(text))
    assert shown.blocks[1]["text"]["text"] == cut(text, 3_000)
    if len(text) == len(cut(text, 10_000)):
        assert text in read(shown)[0] or "\n" in text


def test_what_is_left_out_is_said() -> None:
    shown = screen("Much.", *(as_written(f"line {number}") for number in range(80)), _buttons(1))
    assert_valid(shown)
    assert read(shown)[-1] == "… There is more than fits here."
    assert buttons(shown) == {"Undo": "1"}


@pytest.mark.parametrize(
    ("text", "characters", "shown"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("ab&amp;cd", 6, "ab…"),
        ("ab&amp;cd", 8, "ab&amp;…"),
        ("cafe\u0301s and", 5, "caf…"),
        (f"ab{FAMILY}{FAMILY}", 12, f"ab{FAMILY}…"),
        ("go 👍🏽 now", 5, "go…"),
        ("<https://www.gov.uk|gov> it", 10, "…"),
    ],
)
def test_a_text_is_cut_between_characters_as_a_reader_sees_them(
    text: str, characters: int, shown: str
) -> None:
    assert shortened(text, characters, 1_000) == shown


@pytest.mark.parametrize("size", [12, 100, 5_000, 60_000])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_is_cut_to_bytes(text: str, size: int) -> None:
    assert bytes_sent(shortened(text, 100_000, size)) <= size


def test_an_entity_of_ours_is_not_cut_in_two() -> None:
    assert not lines(["&amp;" * 700])["text"]["text"].rstrip("…").endswith(("&", "&a", "&am", "&amp"))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_was_typed_comes_back_whole_up_to_the_limit_of_a_text(text: str) -> None:
    shown = refused(CannotSee(), RefusalContext(f"note 15: {text}"))
    assert_valid(shown)
    assert as_sent(shown) < BYTES


@pytest.mark.parametrize("text", ["x" * 1_900, "😀" * 900, "é" * 1_900], ids=["x", "emoji", "accents"])
def test_what_may_be_meant_is_named_where_the_text_is_too_long_for_buttons(text: str) -> None:
    names = ("Gloucestershire", "Leicestershire", "Lancashire", "Lincolnshire")
    options = tuple(Choice(name, f"note 15 {name.lower()}: {text}") for name in names)
    typed = f"note 15 glouc shire: {text}"
    shown = refused(
        WhichBody("glouc shire", typed, "/recs note 15 kent: text", options, nearly=True),
        RefusalContext(typed),
    )
    assert_valid(shown)
    assert as_sent(shown) < BYTES
    assert buttons(shown) == {}
    assert "Gloucestershire, Leicestershire, Lancashire, Lincolnshire" in " ".join(read(shown))
    assert typed in "".join(read(shown)).removeprefix("You typed: ") or "\n" in typed


def test_a_form_that_comes_back_leaves_out_only_what_slack_keeps_by_itself() -> None:
    fields = [
        text_field("reason", "Reason", TEXTS["emoji"], lines=True, mark="stalking-15:kent:4"),
        text_field("note", "Note", TEXTS["emoji"], lines=True),
        text_field("decided_by", "Decided by", "the Commissioner"),
    ]
    view = form("Record progress", fields, callback="update", submit="Record")
    back = coming_back(view)
    assert bytes_sent(back) < BYTES < bytes_sent(view)
    entries = [block["element"].get("initial_value") for block in back["blocks"]]
    assert entries == [TEXTS["emoji"], None, "the Commissioner"]
    short = form("Record progress", fields[2:], callback="update", submit="Record")
    assert coming_back(short) == short


def _buttons(seq: int) -> Block | None:
    return actions(button("Undo", f"undo:{seq}", str(seq)))
