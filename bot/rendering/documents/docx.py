"""The account as a document with a table for each recommendation, written piece by piece."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from bot.domain.questions.account import Account, Chapter, Entry
from bot.domain.register.addressee import Duty
from bot.domain.register.recommendation import Report
from bot.domain.register.update import Update
from bot.rendering import due_dates, published_responses, terms, wordings, words
from bot.rendering.blocks.questions.updates import what_changed, when
from bot.rendering.documents import sentences
from bot.rendering.documents.columns import text_status
from bot.rendering.documents.word_frame import WordFrame
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
from bot.rendering.evidence import around_link
from bot.rendering.origins import heirs
from bot.rendering.pictures.chart import picture
from bot.rendering.pictures.line_chart import LineChart

# In twentieths of a point; an A4 page has 9,638 between margins of 2 cm.
_HEADINGS = ("Policing body", "Response", "Progress", "Action due by", "In its own words")
_STANDING = (1900, 1500, 1700, 1600, 2938)
# In centimetres.
_CHART_WIDTH = 15.0
# Where each update follows with its words, they need not stand beside it too.
_WITHOUT_WORDS = (2900, 2100, 2538, 2100)


def write(account: Account, path: Path) -> None:
    heading = sentences.heading(account)
    above = f"{sentences.INTERNAL}. {heading}" if account.is_internal else heading
    frame = WordFrame(heading, account.made_at, above)
    frame.document.core_properties.comments = sentences.INTERNAL if account.is_internal else ""
    links = Links()
    drawn = [LineChart.of(progress) for progress in account.charts() if progress.most_bodies]
    charts = [frame.picture(picture(chart), chart.alt_text, _CHART_WIDTH) for chart in drawn]
    frame.write(path, _pieces(account, charts, links), links)


def _pieces(account: Account, charts: Iterable[str], links: Links) -> Iterator[str]:
    yield paragraph(sentences.title(account), "Title")
    yield paragraph(sentences.subtitle(account), "Subtitle")
    if account.is_internal:
        yield paragraph(sentences.INTERNAL, "Internal")
    yield from charts
    report: Report | None = None
    written = 0
    for chapter in account.chapters:
        if chapter.recommendation.report != report and account.size > 1:
            yield from _report(chapter.recommendation.report, links)
        if chapter.recommendation.report != report:
            report = chapter.recommendation.report
            yield from _published(account, report)
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


def _published(account: Account, report: Report) -> Iterator[str]:
    """Return who has published their response, where the report asks for it: one by one, who has begun."""
    of_report = account.published_responses.get(report.key)
    if of_report is None:
        return
    if account.body is None:
        yield paragraph(sentences.published(of_report), "First")
        if names := sentences.unpublished(of_report):
            yield paragraph(names)
    yield from (paragraph(line, "ListBullet") for line in sentences.published_by(of_report))
    if account.body is not None and not of_report.rows[0].has_begun:
        yield paragraph(words.capital(f"{published_responses.stands(of_report.rows[0])}."))


def _chapter(account: Account, chapter: Chapter, links: Links) -> Iterator[str]:
    recommendation = chapter.recommendation
    yield paragraph(f"Recommendation {recommendation.number}", "Heading2")
    entries = chapter.entries
    if account.body is None:
        yield paragraph(" ".join([sentences.how_it_stands(chapter), *heirs(chapter.origin)]), "First")
        yield from _standing(chapter)
        if chapter.addressees:
            yield from _table(account, entries, links)
        yield from _others(chapter)
        return
    for entry in entries:
        yield paragraph(sentences.with_body(entry), "First")
        yield from _standing(chapter)
        yield from _table(account, [entry], links)
    yield from _others(chapter)


def _others(chapter: Chapter) -> Iterator[str]:
    """Return what was reported of the others, below what is said of the bodies."""
    if chapter.parties:
        yield paragraph("Others addressed, who are counted with no body:", bold=True)
        yield from (paragraph(sentences.of_party(standing), "ListBullet") for standing in chapter.parties)


def _standing(chapter: Chapter) -> Iterator[str]:
    recommendation = chapter.recommendation
    # What is set as a quotation is the report's own.
    style = "Quote" if recommendation.is_quoted else "Normal"
    before, after = wordings.around(recommendation)
    yield paragraph(f"{before}{recommendation.wording}{after}", style)
    if recommendation.is_quoted:
        yield paragraph(f"Quoted from {recommendation.quoted_from}.", "Small")
    for part in recommendation.parts:
        kind = terms.part_kind(part.kind)
        yield paragraph(f"{part.label} ({kind}): {part.text}", style)
    counts = sentences.how_far(chapter) if len(chapter.addressees) > 1 else ""
    texts = [sentences.ended(recommendation), sentences.deadlines(recommendation), counts]
    yield paragraph(" ".join(sentence for sentence in texts if sentence))


def _table(account: Account, entries: Iterable[Entry], links: Links) -> Iterator[str]:
    """Return the bodies as they stand; where the account has the history, each body's updates below its
    row."""
    widths = _WITHOUT_WORDS if account.has_history else _STANDING
    yield table_begins(widths, _HEADINGS[: len(widths)])
    for entry in (told_entry for heir in entries for told_entry in (heir, *heir.predecessors)):
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
    parts = due_dates.parts(addressee)
    level = terms.closing_level(addressee.closing_level)
    more = "; ".join(filter(None, (level, parts)))
    yield _with_day(terms.stage(addressee.stage), entry.progress_on, more)
    due_on = addressee.due_on
    due_words = due_dates.moved(addressee, due_on, entry.recommendation.due_on) if due_on else "no date given"
    dates = (sentences.overdue(entry, Duty.ACTION), due_dates.expects(addressee, entry.day))
    yield _with_day(due_words, None, "; ".join(filter(None, dates)))


def _with_day(text: str, on: date | None, more: str) -> str:
    lines = [words.capital(text), words.short_day(on) if on else "", words.capital(more)]
    return "".join(paragraph(line, "Table") for line in lines if line)


def _own_words(entry: Entry, links: Links) -> str:
    """Return what the form tells of the response, the progress and the notes."""
    with_words = (entry.response, entry.progress, entry.closing, *entry.notes)
    updates = [update for update in with_words if update is not None]
    texts = [_words(update, links) for update in updates]
    return "".join(texts) or paragraph("", "Table")


def _words(update: Update, links: Links) -> str:
    draft = update.draft
    pieces = [paragraph(draft.text, "Table")] if draft.text else []
    if draft.decided_by:
        pieces.append(paragraph(f"Decided by {draft.decided_by}", "Table"))
    if draft.evidence_url:
        before, after = around_link(update)
        runs = [text(f"Evidence: {before}"), links.run(draft.evidence_url), text(after)]
        pieces.append(of_runs(runs, "Table"))
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
