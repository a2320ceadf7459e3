"""Exporting and importing any text changes nothing."""

import csv
import io
import json
from collections.abc import Callable
from io import BytesIO

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.domain.free_text import normalised
from bot.domain.register.spreadsheets import guarded, is_error, unescaped, unguarded
from bot.importing import json_file, separated, xlsx, yaml_file
from bot.importing.cells import text
from bot.importing.raw import Inspection
from bot.rendering.documents.columns import printable
from bot.rendering.documents.xlsx import text_cell

_PIECES = st.sampled_from(
    [
        "'",
        "=1+1",
        "@",
        "-",
        "+",
        "#N/A",
        "#REF!",
        "_x000D_",
        "_x005F_",
        " ",
        "\n",
        "＝",
        ";",
        ",",
        '"',
        "\t",
        "4.10",
        "001",
        "22/11",
        "null",
        "~",
        "👩🏽‍⚖️",
        "🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    ]
)
TEXTS = st.lists(_PIECES | st.text(max_size=20), max_size=6).map("".join).map(normalised).map(printable)


EXAMPLES = [
    "'=1+1",
    "=1+1",
    "''",
    "'",
    "#N/A",
    "_x000D_",
    "_x005F_x000D_",
    "= 1",
    "- 1",
    "two\nlines",
    "👩🏽‍⚖️ met",
    "null",
    "sep=;",
]
# The same texts on every run, however slow the machine is.
steadily = settings(derandomize=True, database=None)


@steadily
@given(st.text())
@example("'=1+1")
@example("''")
@example("#N/A")
@example("_x000D_")
def test_a_guard_can_be_taken_away_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_the_examples_are_texts_that_can_be_recorded() -> None:
    assert [printable(normalised(example)) for example in EXAMPLES] == EXAMPLES


def _from_csv(texts: list[str]) -> list[object]:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["text"], *([guarded(text)] for text in texts)])
    (table,) = separated.tables("notes.csv", file.getvalue().encode("utf-8-sig"), Inspection())
    return [row.cells["text"] for row in table.rows]


def _from_a_workbook(texts: list[str]) -> list[object]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Notes")
    sheet.append(["text"])
    for note_text in texts:
        sheet.append([text_cell(sheet, note_text)])
    content = BytesIO()
    book.save(content)
    (table,) = xlsx.tables("a.xlsx", content.getvalue(), Inspection())
    return [row.cells["text"] for row in table.rows]


def _from_json(texts: list[str]) -> list[object]:
    content = json.dumps({"through_update": 1, "addressees": [{"response_text": text} for text in texts]})
    (table,) = json_file.tables("a.json", content.encode(), Inspection())
    return [row.cells["response_text"] for row in table.rows]


@pytest.mark.thorough
@pytest.mark.parametrize("written_and_read", [_from_csv, _from_a_workbook, _from_json])
def test_every_text_comes_back_from_an_export(written_and_read: Callable[[list[str]], list[object]]) -> None:
    @steadily
    @given(st.lists(TEXTS.filter(bool), min_size=1, max_size=5))
    @example(EXAMPLES)
    def comes_back(texts: list[str]) -> None:
        assert [text(cell) for cell in written_and_read(texts)] == texts

    comes_back()


@steadily
@given(st.lists(TEXTS.filter(lambda text: text and unescaped(text) == text and not is_error(text))))
def test_every_text_comes_back_from_yaml(texts: list[str]) -> None:
    content = yaml.safe_dump({"notes": [{"text": text} for text in texts]}, default_style='"')
    tables = list(yaml_file.tables("a.yaml", content.encode(), Inspection()))
    assert [text(row.cells["text"]) for table in tables for row in table.rows] == texts
