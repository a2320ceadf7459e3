"""Pieces of a DOCX's main part (WordprocessingML, ECMA-376 part 1, chapter 17), each a string to be written.

Whatever comes from outside is escaped here and nowhere else."""

import unicodedata
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from bot.rendering.documents.columns import printable

LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


class Links:
    """The addresses that a document leads to. Only http and https ones lead anywhere; the rest stay text."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def run(self, address: str) -> str:
        """Return the address itself, so that nothing hides where it leads."""
        linked_text = text(address, style="Hyperlink")
        if not address.lower().startswith(("https://", "http://")):
            return text(address)
        id_ = self._ids.setdefault(printable(address), f"link{len(self._ids) + 1}")
        return f'<w:hyperlink r:id="{id_}">{linked_text}</w:hyperlink>'

    def relationships(self) -> str:
        return "".join(
            f'<Relationship Id="{id_}" Type="{LINK}" Target={_quoted(address)} TargetMode="External"/>'
            for address, id_ in self._ids.items()
        )


def text(words: str, *, style: str = "", bold: bool = False) -> str:
    """Return a run; line ends in the words are line ends in the document."""
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties += "<w:b/>" if bold else ""
    properties += "<w:rtl/>" if _reads_from_the_right(words) else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(map(escape, printable(words).split("\n")))
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{lines}</w:t></w:r>'


def paragraph(words: str, style: str = "Normal", *, bold: bool = False, on_new_page: bool = False) -> str:
    return of_runs(
        [text(words, bold=bold)],
        style,
        from_the_right=_reads_from_the_right(words),
        on_new_page=on_new_page,
    )


def of_runs(
    runs: Iterable[str], style: str = "Normal", *, from_the_right: bool = False, on_new_page: bool = False
) -> str:
    before = "<w:pageBreakBefore/>" if on_new_page else ""
    bidi = "<w:bidi/>" if from_the_right else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{before}{bidi}</w:pPr>{"".join(runs)}</w:p>'


def table_begins(widths: Sequence[int], headings: Sequence[str]) -> str:
    """Begin a table, with `widths` in twentieths of a point. The row of headings stands on top of each page
    again."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = [paragraph(heading, "Table", bold=True) for heading in headings]
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"{_row(widths, cells, '<w:cantSplit/><w:tblHeader/>', _SHADED)}"
    )


def table_row(widths: Sequence[int], cells: Sequence[str]) -> str:
    """Return a row whose cells are one or more paragraphs. No row is broken by the end of a page."""
    return _row(widths, cells, "<w:cantSplit/>", "")


def wide_row(widths: Sequence[int], cell: str) -> str:
    """Return one cell across the table, of one or more paragraphs."""
    spans = f'<w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/>'
    return f"<w:tr><w:tc><w:tcPr>{spans}</w:tcPr>{cell}</w:tc></w:tr>"


TABLE_ENDS = "</w:tbl>"

_SHADED = '<w:shd w:val="clear" w:color="auto" w:fill="D9E2EC"/>'


def _row(widths: Sequence[int], cells: Sequence[str], of_row: str, of_cells: str) -> str:
    cell_elements = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{of_cells}</w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    properties = f"<w:trPr>{of_row}</w:trPr>" if of_row else ""
    return f"<w:tr>{properties}{cell_elements}</w:tr>"


def _reads_from_the_right(words: str) -> bool:
    """Return whether the first letter that has a direction is of a script written from right to left."""
    directions = (unicodedata.bidirectional(letter) for letter in words)
    return next((direction for direction in directions if direction in ("L", "R", "AL")), "L") != "L"


def _quoted(address: str) -> str:
    return '"' + escape(printable(address), {'"': "&quot;"}) + '"'
