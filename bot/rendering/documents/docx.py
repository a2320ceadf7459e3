"""The account as a letter with a table for each recommendation.

The frame (styles, page numbers, properties) is python-docx's; what stands in it is written piece by piece, so
that a document of any length needs no more memory than a short one."""

from collections.abc import Iterable, Iterator
from datetime import date
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

from bot.domain.questions.account import Account, Chapter, Entry
from bot.domain.register.addressee import Duty
from bot.domain.register.recommendation import Report
from bot.domain.register.update import Update
from bot.rendering import terms, words
from bot.rendering.blocks.questions.updates import what_changed, when
from bot.rendering.documents import sentences
from bot.rendering.documents.columns import text_status
from bot.rendering.documents.word_xml import (
    TABLE_ENDS,
    Links,
    of_runs,
    paragraph,
    table_begins,
    table_row,
    text,
    wide_row,
)

_BODY = "word/document.xml"
_RELATIONSHIPS = "word/_rels/document.xml.rels"

# In twentieths of a point; an A4 page has 9,638 between margins of 2 cm.
_HEADINGS = ("Policing body", "Response", "Progress", "Action due by", "In its own words")
_STANDING = (1900, 1500, 1700, 1600, 2938)
# Where each update follows with its words, they need not stand beside it too.
_WITHOUT_WORDS = (2900, 2100, 2538, 2100)


def write(account: Account, path: Path) -> None:
    frame = ZipFile(BytesIO(_frame(account)))
    opening, closing = _halves(frame.read(_BODY).decode())
    links = Links()
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name in frame.namelist():
            if name not in (_BODY, _RELATIONSHIPS):
                file.writestr(name, frame.read(name))
        with file.open(_BODY, "w", force_zip64=True) as body:
            body.write(opening.encode())
            for piece in _pieces(account, links):
                body.write(piece.encode())
            body.write(closing.encode())
        relationships = frame.read(_RELATIONSHIPS).decode()
        end = "</Relationships>"
        file.writestr(_RELATIONSHIPS, relationships.replace(end, links.relationships() + end))


def _halves(xml: str) -> tuple[str, str]:
    """What comes before the text, and what comes after it."""
    begins, ends = xml.index("<w:body>") + len("<w:body>"), xml.rindex("<w:sectPr")
    return xml[:begins], xml[ends:]


def _pieces(account: Account, links: Links) -> Iterator[str]:
    yield paragraph(sentences.title(account), "Title")
    yield paragraph(sentences.subtitle(account), "Subtitle")
    if account.is_internal:
        yield paragraph(sentences.INTERNAL, "Internal")
    report: Report | None = None
    written = 0
    for chapter in account.chapters:
        if chapter.recommendation.report != report and account.size > 1:
            report = chapter.recommendation.report
            yield from _report(report, links)
        yield from _chapter(account, chapter, links)
        written += 1
    if not written:
        yield paragraph("The register holds no recommendation that this account could tell of.")
    yield paragraph(sentences.how_made(account), "Small")


def _report(report: Report, links: Links) -> Iterator[str]:
    yield paragraph(report.title, "Heading1")
    yield paragraph(f"{report.publishers}, {words.day(report.published_on)}", "Small")
    if report.url:
        yield of_runs([links.run(report.url)], "Small")


def _chapter(account: Account, chapter: Chapter, links: Links) -> Iterator[str]:
    recommendation = chapter.recommendation
    yield paragraph(f"Recommendation {recommendation.number}", "Heading2")
    entries = chapter.entries
    if account.body is None:
        yield paragraph(sentences.how_it_stands(chapter), "First")
        yield from _standing(chapter)
        if chapter.addressees:
            yield from _table(account, entries, links)
        return
    for entry in entries:
        yield paragraph(sentences.with_body(entry), "First")
        yield from _standing(chapter)
        yield from _table(account, [entry], links)


def _standing(chapter: Chapter) -> Iterator[str]:
    recommendation = chapter.recommendation
    yield paragraph(recommendation.wording, "Quote")
    for part in recommendation.parts:
        kind = terms.part_kind(part.kind)
        yield paragraph(f"{part.label} ({kind}): {part.text}", "Quote")
    counts = sentences.how_far(chapter) if len(chapter.addressees) > 1 else ""
    texts = [sentences.ended(recommendation), sentences.deadlines(recommendation), counts]
    yield paragraph(" ".join(sentence for sentence in texts if sentence))


def _table(account: Account, entries: Iterable[Entry], links: Links) -> Iterator[str]:
    """The bodies as they stand; where the account has the history, each body's updates below its row."""
    widths = _WITHOUT_WORDS if account.has_history else _STANDING
    yield table_begins(widths, _HEADINGS[: len(widths)])
    for entry in entries:
        if account.has_history:
            yield table_row(widths, tuple(_cells(entry)))
            yield from (wide_row(widths, _update(update, links)) for update in entry.updates)
        else:
            yield table_row(widths, (*_cells(entry), _own_words(entry, links)))
    yield TABLE_ENDS
    yield paragraph("", "Small")


def _cells(entry: Entry) -> Iterator[str]:
    addressee = entry.addressee
    yield paragraph(sentences.body_named(entry), "Table", bold=True)
    yield _with_day(
        terms.answer(addressee.answer), entry.response_on, sentences.overdue(entry, Duty.RESPONSE)
    )
    parts = f"parts addressed: {words.both(addressee.parts_addressed)}" if addressee.parts_addressed else ""
    yield _with_day(terms.stage(addressee.stage), entry.progress_on, parts)
    due_on = addressee.due_on
    moved = words.moved_day(due_on, entry.recommendation.due_on) if due_on else "no date given"
    yield _with_day(moved, None, sentences.overdue(entry, Duty.ACTION))


def _with_day(said: str, on: date | None, more: str) -> str:
    lines = [words.capital(said), words.short_day(on) if on else "", words.capital(more)]
    return "".join(paragraph(line, "Table") for line in lines if line)


def _own_words(entry: Entry, links: Links) -> str:
    """Of the response, the progress and the notes, what the form tells."""
    updates = [update for update in (entry.response, entry.progress, *entry.notes) if update is not None]
    texts = [_words(update, links) for update in updates]
    return "".join(texts) or paragraph("", "Table")


def _words(update: Update, links: Links) -> str:
    draft = update.draft
    pieces = [paragraph(draft.text, "Table")] if draft.text else []
    if draft.decided_by:
        pieces.append(paragraph(f"Decided by {draft.decided_by}", "Table"))
    if draft.evidence_url:
        pieces.append(of_runs([text("Evidence: "), links.run(draft.evidence_url)], "Table"))
    return "".join(pieces)


def _update(update: Update, links: Links) -> str:
    """Update 137 · 10 Mar 2025, 10:04 · in progress · Kim Hale · not to be quoted, and below it the words."""
    draft = update.draft
    behalf = " on behalf of the body" if draft.on_behalf else ""
    pieces = (
        f"Update {update.seq}",
        when(update),
        what_changed(update),
        f"from {draft.source}" if draft.source else "",
        f"{update.author_name}{behalf}" if update.author_name else "",
        "taken back" if update.undone else "",
        f"text {status}" if (status := text_status(update)) else "",
    )
    line = " · ".join(piece for piece in pieces if piece)
    return paragraph(line, "Small") + _words(update, links)


def _frame(account: Account) -> bytes:
    """An empty document with the account's styles, page furniture and properties."""
    frame = Document()
    _set_properties(frame, account)
    _set_styles(frame)
    _set_page(frame, account)
    file = BytesIO()
    frame.save(file)
    return file.getvalue()


def _set_properties(frame: Frame, account: Account) -> None:
    properties = frame.core_properties
    properties.title = sentences.heading(account)
    properties.author = "recbot"
    properties.language = "en-GB"
    properties.comments = sentences.INTERNAL if account.is_internal else ""
    properties.created = properties.modified = account.made_at.replace(tzinfo=None)


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
    link: Any = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline, link.font.color.rgb = True, RGBColor(0x0B, 0x4F, 0x9C)


def _use_own_font(heading: Any) -> None:
    """Headings of the template take the theme's font before their own."""
    fonts = heading.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _set_page(frame: Frame, account: Account) -> None:
    page = frame.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    above = sentences.heading(account)
    page.header.paragraphs[0].text = f"{sentences.INTERNAL}. {above}" if account.is_internal else above
    below = page.footer.paragraphs[0]
    below.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    below.add_run("Page ")
    _add_field(below, "PAGE")
    below.add_run(" of ")
    _add_field(below, "NUMPAGES")


def _add_field(into: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    into._p.append(field)


_INK = RGBColor(0x1F, 0x2D, 0x3D)
