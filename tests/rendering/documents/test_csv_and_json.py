"""What programs read: the documented columns, one row for each addressee, always in the same order."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.domain.register.spreadsheets import guarded
from bot.rendering.documents.columns import PUBLICATION, REGISTER, SUMMARY, UPDATES
from storage import tallies
from tests.accounts import QUOTED, SECRET, made
from tests.cast import ALICE, VIC, Register
from tests.rendering.documents.formulas import formula_like

FORMAT = (Path(__file__).parents[3] / "docs" / "export-format.md").read_text(encoding="utf-8")


def rows(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def content(path: Path) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return parsed


@pytest.mark.parametrize("columns", [REGISTER, PUBLICATION, UPDATES, SUMMARY])
def test_every_column_is_documented_in_its_order(columns: Any) -> None:
    names = [column.name for column in columns]
    documented = re.findall(r"^\| `([a-z_]+)` \|", FORMAT, flags=re.MULTILINE)
    places = range(len(documented))
    assert any(documented[place : place + len(names)] == names for place in places)


def test_there_is_one_row_for_each_addressee_and_the_two_formats_agree(
    register: Register, tmp_path: Path
) -> None:
    of_csv = rows(made(register, "export csv", tmp_path))
    of_json = content(made(register, "export json", tmp_path))["addressees"]
    assert len(of_csv) == len(of_json) == 3 * 43
    assert list(of_csv[0]) == [column.name for column in REGISTER]
    for csv_row, json_row in zip(of_csv, of_json, strict=True):
        plain = {name: "" if json_row[name] is None else str(json_row[name]) for name in csv_row}
        assert csv_row == plain
    in_order = [(row["recommendation"], row["body"]) for row in of_csv]
    assert in_order == sorted(in_order)


def test_the_counts_of_json_are_the_registers_own(register: Register, tmp_path: Path) -> None:
    parsed = content(made(register, "export json", tmp_path))
    with register.store.reading() as connection:
        tally = tallies.of(connection, ["stalking-15"])["stalking-15"]
    fifteen = parsed["recommendations"][0]
    assert (fifteen["addressed"], fifteen["accepted"]) == (tally.addressed, tally.accepted) == (43, 41)
    responses = [row["response"] for row in parsed["addressees"] if row["recommendation"] == "15"]
    assert (responses.count("accepted"), responses.count("accepted in part")) == (41, 1)


def test_what_may_not_be_quoted_is_in_the_internal_form_alone(register: Register, tmp_path: Path) -> None:
    published = made(register, "export kent json", tmp_path, VIC).read_text(encoding="utf-8")
    internal = made(register, "export kent json internal", tmp_path, ALICE).read_text(encoding="utf-8")
    assert QUOTED in published
    assert QUOTED in internal
    assert SECRET not in published
    assert SECRET in internal
    assert content(made(register, "export kent json internal", tmp_path, ALICE))["form"] == (
        "Internal: not for publication"
    )


@pytest.mark.parametrize("text", [*formula_like(200), "\t=1", "\r=1", "\n=1", "\ufeff=1", "\0=1", "@A1"])
def test_what_a_spreadsheet_would_take_for_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "plain", "1-1", "a=b", "(=1)", "it's", "#1 of 2"])
def test_other_text_is_as_it_was_written(text: str) -> None:
    assert guarded(text) == text


def test_an_empty_register_is_valid_too(empty: Register, tmp_path: Path) -> None:
    assert rows(made(empty, "export csv", tmp_path)) == []
    parsed = content(made(empty, "export json", tmp_path))
    assert (parsed["addressees"], parsed["recommendations"]) == ([], [])
