"""OpenDocument spreadsheets: read by the same rules as other workbooks."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from bot.domain.register.imports import NotImportable, ReportRow
from bot.importing import reading

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
_STYLES = """<office:automatic-styles>
<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>
<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
<style:style style:name="ce2">
<style:text-properties style:text-line-through-style="solid"/></style:style>
</office:automatic-styles>"""
_HEADINGS = ("key", "title", "publishers", "published_on")


def text(shown: str, attributes: str = "") -> str:
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.split("\n"))
    return f'<table:table-cell office:value-type="string" {attributes}>{paragraphs}</table:table-cell>'


def cell(kind: str, value: str, shown: str, attributes: str = "") -> str:
    value_of = {"date": "date-value", "time": "time-value"}.get(kind, "value")
    held = f'office:value-type="{kind}" office:{value_of}="{value}" {attributes}'
    return f"<table:table-cell {held}><text:p>{shown}</text:p></table:table-cell>"


_DAY = cell("date", "2024-09-27", "27/09/24")


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def report(title: str = text("A"), *, day: str = _DAY, attributes: str = "") -> str:
    return row(text("a"), title, text("The IOPC"), day, attributes=attributes)


def sheet(*rows: str, name: str = "Reports", style: str = "ta1", columns: str = "") -> str:
    headings = row(*map(text, _HEADINGS))
    named = f'table:name="{name}" table:style-name="{style}"'
    return f"<table:table {named}>{columns}{headings}{''.join(rows)}</table:table>"


def saved(path: Path, *sheets: str) -> Path:
    """A file as LibreOffice packs it, with empty rows to the end of each sheet left to its reader."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}>{_STYLES}<office:body>'
        f"<office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
    return path


def only_report(path: Path) -> ReportRow:
    batch = reading.read(path)
    assert batch.faults == ()
    (row,) = batch.rows
    assert isinstance(row, ReportRow)
    return row


def faults_in(path: Path, *, hidden_too: bool = False) -> list[tuple[int, str, str]]:
    faults = reading.read(path, hidden_too=hidden_too).faults
    return [
        (fault.place.row, fault.column, fault.refusal.text)
        for fault in faults
        if isinstance(fault.refusal, NotImportable)
    ]


def test_a_sheet_is_read_as_it_is_seen(tmp_path: Path) -> None:
    title = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>a comment</text:p>'
        '</office:annotation><text:p>Two<text:s text:c="2"/><text:span>words</text:span></text:p>'
        "<text:p>and a line</text:p></table:table-cell>"
    )
    blank = row(
        '<table:table-cell table:number-columns-repeated="16384"/>',
        attributes='table:number-rows-repeated="1048573"',
    )
    only_row = only_report(saved(tmp_path / "a.ods", sheet(report(title), blank)))
    assert (only_row.key, only_row.published_on.isoformat()) == ("a", "2024-09-27")
    assert only_row.title == "Two  words\nand a line"
    assert only_row.place.row == 2


@pytest.mark.parametrize(("value", "shown", "is_read"), [("4.1", "4.10", "4.10"), ("15", "15", "15")])
def test_a_number_is_read_as_it_is_shown(tmp_path: Path, value: str, shown: str, is_read: str) -> None:
    made = sheet(report(cell("float", value, shown)))
    assert only_report(saved(tmp_path / "a.ods", made)).title == is_read


@pytest.mark.parametrize(
    "made",
    [
        cell("percentage", "0.5", "50%"),
        cell("float", "1234", "1,234"),
        cell("time", "PT1H", "01:00"),
        cell("float", "2", "2", 'table:formula="of:=1+1"'),
        text("#REF!"),
    ],
)
def test_what_is_shown_otherwise_than_it_is_held_is_refused(tmp_path: Path, made: str) -> None:
    ((number, column, why),) = faults_in(saved(tmp_path / "a.ods", sheet(report(made))))
    assert (number, column) == (2, "title")
    assert why


@pytest.mark.parametrize(
    ("made", "place", "why"),
    [
        (sheet(report(attributes='table:visibility="collapse"')), (2, ""), "This row is hidden"),
        (sheet(report(), style="ta2"), (0, ""), "This sheet is hidden"),
        (sheet(report(text("A", 'table:style-name="ce2"'))), (2, "title"), "struck out"),
        (sheet(report(text("A", 'table:number-columns-spanned="2"'))), (2, ""), "merged"),
        (
            sheet(report(), columns='<table:table-column/><table:table-column table:visibility="collapse"/>'),
            (1, "title"),
            "Column B is hidden",
        ),
    ],
)
def test_what_is_hidden_struck_out_or_merged_is_named(
    tmp_path: Path, made: str, place: tuple[int, str], why: str
) -> None:
    ((number, column, told_so),) = faults_in(saved(tmp_path / "a.ods", made))
    assert (number, column) == place
    assert why in told_so


def test_what_is_hidden_is_read_where_that_is_wanted(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.ods", sheet(report(), style="ta2"))
    assert len(reading.read(path, hidden_too=True).rows) == 1


def test_rows_that_are_alike_are_each_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.ods", sheet(report(attributes='table:number-rows-repeated="3"')))
    assert [row.place.row for row in reading.read(path).rows] == [2, 3, 4]


@pytest.mark.parametrize(
    "content",
    [b"", b"<a", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a>" + b"x" * 400_000 + b"</a>"],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("content.xml", content)
    assert len(faults_in(path)) >= 1


@pytest.mark.prove
def test_a_row_that_is_repeated_without_end_is_bounded(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.ods", sheet(report(attributes='table:number-rows-repeated="1000000"')))
    assert any("100,000 rows" in why for _, _, why in faults_in(path))
