"""What a Word file has round its text: styles, page numbers, properties, pictures.

These are python-docx's; the text is written piece by piece, so that a document of any length needs no more
memory than a short one."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as Frame
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from bot.rendering.documents.word_xml import Links, of_runs

_BODY = "word/document.xml"
_RELATIONSHIPS = "word/_rels/document.xml.rels"
_INK = RGBColor(0x1F, 0x2D, 0x3D)


class WordFrame:
    """An empty document with a title, a line `above` on each page, and page numbers below; `made_at` is a UTC
    instant. With `is_letter` the first page has no line above."""

    def __init__(self, title: str, made_at: datetime, above: str, *, is_letter: bool = False) -> None:
        self.document = Document()
        _set_properties(self.document, title, made_at)
        _set_styles(self.document)
        _set_page(self.document, above, is_letter=is_letter)
        self._pictures = 0

    def picture(self, png: bytes, description: str, width: float) -> str:
        """Return a paragraph with a picture, `width` centimetres wide. `description` says what it shows, for
        those who do not see it."""
        inline: Any = self.document.part.new_pic_inline(BytesIO(png), width=Cm(width))
        self._pictures += 1
        inline.docPr.set("id", str(self._pictures))
        inline.docPr.set("descr", description)
        return of_runs([f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"])

    def write(self, path: Path, pieces: Iterable[str], links: Links) -> None:
        """Write the document. `links` are those of the pieces, which are made as they are written; pictures
        have to be made before."""
        saved = BytesIO()
        self.document.save(saved)
        frame = ZipFile(saved)
        opening, closing = _halves(frame.read(_BODY).decode())
        with ZipFile(path, "w", ZIP_DEFLATED) as file:
            for name in frame.namelist():
                if name not in (_BODY, _RELATIONSHIPS):
                    file.writestr(name, frame.read(name))
            with file.open(_BODY, "w", force_zip64=True) as body:
                body.write(opening.encode())
                for piece in pieces:
                    body.write(piece.encode())
                body.write(closing.encode())
            relationships = frame.read(_RELATIONSHIPS).decode()
            end = "</Relationships>"
            file.writestr(_RELATIONSHIPS, relationships.replace(end, links.relationships() + end))


def _halves(xml: str) -> tuple[str, str]:
    """Return what comes before the text, and what comes after it."""
    begins, ends = xml.index("<w:body>") + len("<w:body>"), xml.rindex("<w:sectPr")
    return xml[:begins], xml[ends:]


def _set_properties(frame: Frame, title: str, made_at: datetime) -> None:
    properties = frame.core_properties
    properties.title = title
    properties.author = "recbot"
    properties.language = "en-GB"
    properties.comments = ""
    properties.created = properties.modified = made_at.replace(tzinfo=None)


def _set_styles(frame: Frame) -> None:
    styles = frame.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    normal: Any = styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in (("Title", 22), ("Subtitle", 12), ("Heading 1", 16), ("Heading 2", 13)):
        heading: Any = styles[name]
        heading.font.name, heading.font.size, heading.font.color.rgb = "Arial", Pt(size), _INK
        _use_own_font(heading)
    for name, size, after in (("First", 11, 6), ("Table", 9, 2), ("Small", 9, 2), ("Internal", 12, 6)):
        own: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = normal
        own.font.size, own.paragraph_format.space_after = Pt(size), Pt(after)
        own.font.bold = name in ("First", "Internal") or None
        own.paragraph_format.keep_with_next = name == "First" or None
    for name, after, keeps in (("Tight", 0, True), ("Kept", 6, True)):
        close: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        close.base_style, close.paragraph_format.space_after = normal, Pt(after)
        close.paragraph_format.keep_with_next = keeps
    link: Any = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline, link.font.color.rgb = True, RGBColor(0x0B, 0x4F, 0x9C)


def _use_own_font(heading: Any) -> None:
    """Give headings the document's font: those of the template take the theme's before their own."""
    fonts = heading.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _set_page(frame: Frame, above: str, *, is_letter: bool) -> None:
    page = frame.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    page.header.paragraphs[0].text = above
    _number(page.footer.paragraphs[0])
    if is_letter:
        page.different_first_page_header_footer = True
        _number(page.first_page_footer.paragraphs[0])


def _number(below: Any) -> None:
    """Write the page's number in the right corner: Page 1 of 3."""
    below.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    below.add_run("Page ")
    _add_field(below, "PAGE")
    below.add_run(" of ")
    _add_field(below, "NUMPAGES")


def _add_field(into: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    into._p.append(field)
