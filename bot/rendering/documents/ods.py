"""The account as an OpenDocument workbook (ODF 1.3, part 3), written row by row.

The sheets are written side by side, each into a file of its own, and put together in the end: so a workbook
of any length needs no more memory than a short one. Whatever comes from outside is escaped here. A text is a
text to every program: a formula would be an attribute of its own."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Generic
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl.utils import get_column_letter

from bot.domain.calendar import LONDON
from bot.domain.questions.account import Account
from bot.rendering.documents.columns import Column, Row, Value, printable
from bot.rendering.documents.sentences import INTERNAL, heading
from bot.rendering.documents.workbook import (
    SUMMARY_SHEET,
    UPDATES_SHEET,
    Sheet,
    fill,
    is_wide,
    register_sheet,
)

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
# Nobody sees when a part of the file was packed; it is the same each time.
_PACKED = (1980, 1, 1, 0, 0, 0)
_CENTIMETRES = 0.2  # of a character, about
_AT_A_TIME = 64 * 1024  # bytes

_NAMESPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "ooo": "http://openoffice.org/2004/office",
        "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)


def write(account: Account, path: Path) -> None:
    with ExitStack() as stack:
        summary = _SheetWriter(account, SUMMARY_SHEET, stack.enter_context(TemporaryFile()))
        register = _SheetWriter(account, register_sheet(account), stack.enter_context(TemporaryFile()))
        updates = _SheetWriter(account, UPDATES_SHEET, stack.enter_context(TemporaryFile()))
        fill(account, summary, register, updates)
        sheets = (summary, register, updates)
        with ZipFile(path, "w", ZIP_DEFLATED) as package:
            # First and as it is: by this the kind of file is known.
            _put(package, "mimetype", _MIMETYPE, ZIP_STORED)
            with package.open(_part("content.xml", ZIP_DEFLATED), "w", force_zip64=True) as content:
                for piece in _content(sheets):
                    content.write(piece)
            _put(package, "styles.xml", _styles(account))
            _put(package, "settings.xml", _settings(sheets))
            _put(package, "meta.xml", _meta(account))
            _put(package, "META-INF/manifest.xml", _manifest())


class _SheetWriter(Generic[Row]):
    """A sheet that is written from its first row to its last into a file of its own."""

    def __init__(self, account: Account, plan: Sheet[Row], rows: IO[bytes]) -> None:
        self.plan = plan
        self._account = account
        self._file = rows
        self._rows = 1

    def add(self, entry: Row) -> None:
        self._rows += 1
        cells = [_cell(column, column.value(self._account, entry)) for column in self.plan.columns]
        self._file.write(f"<table:table-row>{''.join(cells)}</table:table-row>".encode())

    def columns(self) -> Iterator[str]:
        """Yield a style for each column: how wide it is."""
        for place, column in enumerate(self.plan.columns):
            width = f"{column.width * _CENTIMETRES:.2f}cm"
            yield (
                f'<style:style style:name="{self.plan.name}{place}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{width}"/></style:style>'
            )

    def pieces(self) -> Iterator[bytes]:
        """Yield the sheet. Its row of headings stands on top of each page again."""
        name = self.plan.name
        columns = (
            f'<table:table-column table:style-name="{name}{place}"/>'
            for place in range(len(self.plan.columns))
        )
        printed = f"{name}.A1:{name}.{get_column_letter(self.plan.printed)}{self._rows}"
        headings = (_text_cell("heading", column.heading) for column in self.plan.columns)
        yield (
            f'<table:table table:name="{name}" table:style-name="sheet"'
            f' table:print-ranges="{printed}">{"".join(columns)}'
            f"<table:table-header-rows><table:table-row>{''.join(headings)}</table:table-row></table:table-header-rows>"
        ).encode()
        self._file.seek(0)
        while piece := self._file.read(_AT_A_TIME):
            yield piece
        yield b"</table:table>"

    def filter(self, number: int) -> str:
        """Return what lets every column be filtered: a range with the name of one that nobody named."""
        name, last = self.plan.name, get_column_letter(len(self.plan.columns))
        return (
            f'<table:database-range table:name="__Anonymous_Sheet_DB__{number}"'
            f' table:target-range-address="{name}.A1:{name}.{last}{self._rows}"'
            ' table:display-filter-buttons="true"/>'
        )


def _cell(column: Column[Row], value: Value) -> str:
    """Return a value as a sheet holds it, which knows no zones: instants as London reads them."""
    match value:
        case None | "":
            return "<table:table-cell/>"
        case datetime():
            local = value.astimezone(LONDON).replace(tzinfo=None)
            return _value_cell("moment", "date", "date-value", local.isoformat(timespec="seconds"))
        case date():
            return _value_cell("day", "date", "date-value", value.isoformat())
        case str():
            return _text_cell("long" if is_wide(column) else "short", value)
        case _:
            return _value_cell("short", "float", "value", str(value))


def _value_cell(style: str, kind: str, attribute: str, value: str) -> str:
    known = f'office:value-type="{kind}" office:{attribute}="{value}"'
    return f'<table:table-cell table:style-name="{style}" {known}/>'


def _text_cell(style: str, value: str) -> str:
    lines = "".join(f"<text:p>{_text(line)}</text:p>" for line in printable(value).split("\n"))
    known = f'table:style-name="{style}" office:value-type="string"'
    return f"<table:table-cell {known}>{lines}</table:table-cell>"


_TABS_AND_SPACES = re.compile("\t|(?<= ) +|^ +| +$")


def _text(line: str) -> str:
    """Write tabs and spaces as elements where XML would make one of several."""
    return _TABS_AND_SPACES.sub(
        lambda match: "<text:tab/>" if match[0] == "\t" else f'<text:s text:c="{len(match[0])}"/>',
        escape(line),
    )


def _content(sheets: tuple[_SheetWriter[Any], ...]) -> Iterator[bytes]:
    styles = "".join(style for sheet in sheets for style in sheet.columns())
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES} office:version="1.3">'
        f"<office:automatic-styles>{styles}{_CELL_STYLES}</office:automatic-styles>"
        "<office:body><office:spreadsheet>"
    ).encode()
    for sheet in sheets:
        yield from sheet.pieces()
    filters = "".join(sheet.filter(number) for number, sheet in enumerate(sheets))
    yield (
        f"<table:database-ranges>{filters}</table:database-ranges>"
        "</office:spreadsheet></office:body></office:document-content>"
    ).encode()


_SPACE = "<number:text> </number:text>"
_DAY = f'<number:day/>{_SPACE}<number:month number:textual="true"/>{_SPACE}<number:year number:style="long"/>'
_CELL_STYLES = (
    f'<number:date-style style:name="a-day">{_DAY}</number:date-style>'
    f'<number:date-style style:name="a-moment">{_DAY}{_SPACE}<number:hours number:style="long"/>'
    '<number:text>:</number:text><number:minutes number:style="long"/></number:date-style>'
    '<style:style style:name="sheet" style:family="table" style:master-page-name="Account"/>'
    '<style:style style:name="heading" style:family="table-cell"><style:table-cell-properties'
    ' fo:background-color="#d9e2ec" fo:wrap-option="wrap" style:vertical-align="top"/>'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="short" style:family="table-cell">'
    '<style:table-cell-properties style:vertical-align="top"/></style:style>'
    '<style:style style:name="long" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="a-day">'
    '<style:table-cell-properties style:vertical-align="top"/></style:style>'
    '<style:style style:name="moment" style:family="table-cell" style:data-style-name="a-moment">'
    '<style:table-cell-properties style:vertical-align="top"/></style:style>'
)


_HEADER = '<style:header-footer-properties fo:min-height="0.7cm" fo:margin="0cm"/>'


def _styles(account: Account) -> str:
    """Return the page: A4 lying down, as wide as it is, with what it is about above and its number below."""
    about = escape(printable(heading(account)))
    marked = f"{INTERNAL}. " if account.is_internal else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-styles {_NAMESPACES} office:version="1.3">'
        '<office:styles><style:default-style style:family="table-cell">'
        '<style:text-properties fo:language="en" fo:country="GB" fo:font-family="Arial" fo:font-size="10pt"/>'
        "</style:default-style></office:styles>"
        '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties'
        ' fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1.5cm"'
        ' style:scale-to-X="1" style:scale-to-Y="0"/>'
        f"<style:header-style>{_HEADER}</style:header-style><style:footer-style>{_HEADER}</style:footer-style>"
        "</style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Account" style:page-layout-name="A4">'
        f"<style:header><text:p>{marked}{about}</text:p></style:header>"
        "<style:footer><text:p>Page <text:page-number>1</text:page-number> of"
        " <text:page-count>1</text:page-count></text:p></style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )


def _settings(sheets: tuple[_SheetWriter[Any], ...]) -> str:
    """Return what stays in view when a sheet is scrolled: its headings, and its first columns."""
    views = "".join(
        f'<config:config-item-map-entry config:name="{sheet.plan.name}">'
        f"{_split('Horizontal', sheet.plan.kept_in_view)}{_split('Vertical', 1)}"
        f"{_setting('ActiveSplitRange', 'short', 3)}"
        "</config:config-item-map-entry>"
        for sheet in sheets
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-settings {_NAMESPACES} office:version="1.3">'
        '<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item config:name="ActiveTable" config:type="string">{sheets[0].plan.name}'
        '</config:config-item><config:config-item-map-named config:name="Tables">'
        f"{views}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _split(direction: str, place: int) -> str:
    """Return the settings that freeze the rows or columns before a place; mode 2 is what freezes."""
    side = "Right" if direction == "Horizontal" else "Bottom"
    return (
        _setting(f"{direction}SplitMode", "short", 2)
        + _setting(f"{direction}SplitPosition", "int", place)
        + _setting(f"Position{side}", "int", place)
    )


def _setting(name: str, kind: str, value: int) -> str:
    return f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'


def _meta(account: Account) -> str:
    made_at = account.made_at.replace(tzinfo=None).isoformat(timespec="seconds")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-meta {_NAMESPACES} office:version="1.3">'
        f"<office:meta><meta:generator>recbot</meta:generator><dc:title>{escape(printable(heading(account)))}"
        f"</dc:title><dc:description>{INTERNAL if account.is_internal else ''}</dc:description>"
        f"<meta:creation-date>{made_at}</meta:creation-date><dc:date>{made_at}</dc:date><dc:language>en-GB</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _manifest() -> str:
    parts = {
        "/": _MIMETYPE,
        **dict.fromkeys(("content.xml", "styles.xml", "settings.xml", "meta.xml"), "text/xml"),
    }
    entries = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(part)} manifest:media-type={quoteattr(kind)}/>"
        for part, kind in parts.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3"'
        f' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entries}</manifest:manifest>'
    )


def _part(name: str, compression: int) -> ZipInfo:
    part = ZipInfo(name, _PACKED)
    part.compress_type = compression
    return part


def _put(package: ZipFile, name: str, text: str, compression: int = ZIP_DEFLATED) -> None:
    package.writestr(_part(name, compression), text)
