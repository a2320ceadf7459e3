"""Files of every kind become the same rows; what cannot be read is told by file, row and column."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.imports import RegisterRow, ReportRow, Row
from bot.importing import raw, reading, template
from bot.importing.tables import KINDS

FORMAT = Path(__file__).parents[2] / "docs" / "import-format.md"


def workbook(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


def rows(path: Path) -> tuple[Row, ...]:
    return reading.read(path).rows


def refused(path: Path) -> list[tuple[int, str, str]]:
    """Row, column and the words of each fault."""
    return [
        (fault.place.row, fault.column, str(getattr(fault.refusal, "text", "")))
        for fault in reading.read(path).faults
    ]


def test_a_workbook_a_csv_file_yaml_and_json_say_the_same(tmp_path: Path) -> None:
    heading = ["Report", "Recommendation", "Body", "Response", "Response on", "Progress", "May be quoted"]
    book = workbook(
        tmp_path / "a.xlsx",
        Register=[
            heading,
            ["stalking", 15, "Kent", "Accepted", datetime(2024, 11, 22), "in progress", "yes"],
        ],
    )
    table = written(
        tmp_path / "register.csv",
        ",".join(heading) + "\nstalking,15,Kent,accepted,22/11/2024,in progress,yes\n",
        "utf-8-sig",
    )
    yaml = written(
        tmp_path / "a.yaml",
        "register:\n  - {report: stalking, recommendation: 15, body: Kent, response: accepted,\n"
        "     response_on: 22 November 2024, progress: in progress, may_be_quoted: yes}\n",
    )
    json = written(
        tmp_path / "a.json",
        '{"register": [{"report": "stalking", "recommendation": 15, "body": "Kent", "response": "accepted",'
        ' "response_on": "2024-11-22", "progress": "in progress", "may_be_quoted": true}]}',
    )
    for path in (book, table, yaml, json):
        (row,) = rows(path)
        assert isinstance(row, RegisterRow)
        values = (row.report, row.recommendation, row.body, row.response, row.response_on, row.progress)
        assert values == ("stalking", "15", "Kent", Answer.ACCEPTED, date(2024, 11, 22), Stage.IN_PROGRESS)
        assert row.may_be_quoted


def test_every_fault_is_told_with_its_row_and_column(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Reports=[
            ["key", "title", "publishers", "published_on"],
            ["a", "=1+1", "The IOPC", "2024-09-27"],
            [None, None, None, None],
            ["b", "Title", "The IOPC", "last Monday"],
            ["c", "Title", None, 45000],
        ],
        Contacts=[["user", "body", "kind"], ["U0NEW", "Kent", "boss"]],
    )
    assert [(row, column) for row, column, _ in refused(path)] == [
        (2, "title"),
        (4, "published_on"),
        (5, "publishers"),
        (5, "published_on"),
        (2, "kind"),
    ]
    assert [text for _, _, text in refused(path)][-1] == "Write one of: main, second, approver."


def test_an_unknown_column_or_table_is_told_with_what_may_have_been_meant(tmp_path: Path) -> None:
    headings = ["key", "title", "publishers", "published_on"]
    path = workbook(
        tmp_path / "a.xlsx",
        Reports=[["key", "titel", "publishers", "published_on"], ["a", "b", "c", "2024-09-27"]],
        Reprots=[headings, ["b", "b", "c", "2024-13-27"]],
    )
    (column, table, day) = refused(path)
    assert column == (1, "titel", "There is no such column. Did you mean title?")
    assert "none of the tables" in table[2]
    # What it was meant for is looked at all the same.
    assert day[:2] == (2, "published_on")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"no workbook"),
        ("a.txt", b"key"),
        ("reports.csv", b"key,title,publishers,published_on\na,\xff,b,2024-09-27\n"),
        ("a.csv", b'key,"title\n'),
        ("a.json", b"[1]"),
        ("a.json", b"[" * 100_000),
        ("a.yaml", b"reports: &a [*a]"),
        ("a.yaml", b"reports: {key: a}"),
        (
            "a.yaml",
            b"reports:\n  - {key: a, key: b, title: a, publishers: b, published_on: 2024-09-27}\n",
        ),
        ("a.yaml", b"- 1"),
        ("a.yaml", b"\x00"),
        ("a.yaml", b""),
        ("reports.csv", b"key,title,publishers,published_on\na,b,c,2024-09-27,d\n"),
        ("reports.csv", b"key,title,publishers,published_on,key\na,b,c,2024-09-27,d\n"),
        ("a.yaml", b"#" * (raw.LARGEST_FILE + 1)),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    ((_, _, text),) = refused(tmp_path / name)
    assert text.endswith((".", ")"))


@pytest.mark.prove
@pytest.mark.thorough
def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    lines = "a,b,c,2024-09-27\n" * (raw.MOST_ROWS + 1)
    path = written(tmp_path / "reports.csv", "key,title,publishers,published_on\n" + lines)
    assert "100,000" in refused(path)[0][2]


def test_an_empty_template_asks_for_a_row(tmp_path: Path) -> None:
    for name in ("t.xlsx", "t.yaml", "t"):
        template.write(tmp_path / name)
        assert [text for _, _, text in refused(tmp_path / name)] == ["It holds no row to import."]
        with pytest.raises(FileExistsError):
            template.write(tmp_path / name)


def test_the_examples_of_the_template_can_be_read(tmp_path: Path) -> None:
    template.write(tmp_path / "t")
    for path in (tmp_path / "t").iterdir():
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        path.write_text("\n".join(line.removeprefix("example") for line in lines[:2]), encoding="utf-8")
    assert {type(row) for row in rows(tmp_path / "t")} == {kind.row for kind in KINDS}
    template.write(tmp_path / "t.yaml")
    lines = (tmp_path / "t.yaml").read_text(encoding="utf-8").splitlines()
    written(tmp_path / "t.yaml", "\n".join(line.removeprefix("# ") for line in lines[1:]))
    assert {type(row) for row in rows(tmp_path / "t.yaml")} == {kind.row for kind in KINDS}


def test_a_csv_file_of_any_name_is_known_by_its_columns(tmp_path: Path) -> None:
    path = written(
        tmp_path / "ours.csv", "key,title,publishers,published_on\nstalking,'=1+1,The IOPC,27 Sep 2024\n"
    )
    (row,) = rows(path)
    assert isinstance(row, ReportRow)
    # The apostrophe is an export's, against formulas.
    assert row.title == "=1+1"


def test_the_page_about_the_format_names_every_column() -> None:
    page = FORMAT.read_text(encoding="utf-8")
    for kind in KINDS:
        section = page.split(f"## {kind.name.capitalize()}\n")[1].split("\n## ")[0]
        assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == [
            *kind.columns
        ]


@pytest.mark.parametrize("kind", raw.FILE_KINDS)
def test_every_kind_of_file_that_is_named_has_a_reader(kind: str) -> None:
    faults = reading.read_content(f"a{kind}", b"").faults
    assert all("Only files that end" not in str(getattr(fault.refusal, "text", "")) for fault in faults)
