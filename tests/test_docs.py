"""The pages say what the rules say: limits, windows of time, lists of states and formats."""

from pathlib import Path

import pytest

from bot.domain.messages.digest import LOOKS_AHEAD, NOT_MOVED_FOR
from bot.domain.messages.reminders import SNOOZED_FOR
from bot.domain.questions.account import Format
from bot.domain.register.addressee import Answer, Stage
from bot.importing import cells, packed, raw
from bot.importing.tables import BY_NAME
from bot.rendering import words
from storage.redaction import KEPT_FOR

DOCS = Path(__file__).parent.parent / "docs"
MEGABYTE = 1_000_000

_said_of_progress = [f"`{stage}`" for stage in Stage if stage.facts.is_bodys_word]
_made_of_progress = [
    f"`{stage}` (by the {'inspectorate' if stage.facts.is_inspectorates_word else 'association'})"
    for stage in Stage
    if not stage.facts.is_bodys_word
]
_register = BY_NAME["register"].columns


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("a-week.md", f"what falls due within {words.days(LOOKS_AHEAD.days)}"),
        ("a-week.md", f"had no news for {words.days(NOT_MOVED_FOR.days)}"),
        ("authorisation.md", f"**Snooze {words.span(SNOOZED_FOR)}**"),
        ("backup.md", f"is forgotten after {words.span(KEPT_FOR)}"),
        ("export-format.md", f"| `response` | {words.either([f'`{answer}`' for answer in Answer])} |"),
        (
            "export-format.md",
            f"| `progress` | {', '.join(_said_of_progress)} (the body's word),"
            f" {words.either(_made_of_progress)} |",
        ),
        *(("export-format.md", f"| `{format}` | ") for format in Format),
        ("import-format.md", f"| `response` | {_register['response'].note} |"),
        ("import-format.md", f"| `progress` | {_register['progress'].note} |"),
        ("import-format.md", f"| `kind` | {BY_NAME['contacts'].columns['kind'].note} |"),
        ("import-format.md", f"{raw.LARGEST_FILE // MEGABYTE} MB and {raw.MOST_ROWS:,} rows"),
        ("import-format.md", f"{packed.LARGEST_UNPACKED // MEGABYTE} MB unpacked"),
        ("import-format.md", f"{cells.LONGEST_CELL:,} characters of a cell"),
    ],
)
def test_a_page_says_what_the_rule_says(page: str, sentence: str) -> None:
    text = " ".join((DOCS / page).read_text(encoding="utf-8").split())
    assert sentence in text
