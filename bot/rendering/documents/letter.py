"""The letter as a Word file: the letter itself, and the answers in full as an annex.

What is the same for all is said once, above the table; a column stands only where its cells differ."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from bot.domain.questions.account import Entry
from bot.domain.questions.letter import Letter, LetterChapter, reason
from bot.domain.register.letter_frame import GREETING, FrameField
from bot.rendering import due_dates, terms, words
from bot.rendering.documents import letter_sentences as sentences
from bot.rendering.documents.sentences import (
    body_named,
    heir_named,
    published,
    published_by,
    unpublished,
)
from bot.rendering.documents.word_frame import WordFrame
from bot.rendering.documents.word_xml import (
    TABLE_ENDS,
    Links,
    paragraph,
    table_begins,
    table_row,
)
from bot.rendering.pictures.map import picture
from bot.rendering.pictures.sentences import alt_text

# In twentieths of a point; an A4 page has 9,638 between margins of 2 cm.
_PAGE_WIDTH = 9638
# In centimetres: so wide that a table of names and the map stand on one page.
_MAP_WIDTH = 14.0
# In a report with more recommendations than this only those have a map in which something differs.
_MOST_MAPS_OF_ALIKE = 6
# For the signature, in empty lines.
_ROOM_TO_SIGN = 3


def write(letter: Letter, path: Path) -> None:
    title = sentences.title(letter)
    above = f"{title}, {words.day(letter.day)}"
    is_short = len(letter.addressed) <= _MOST_MAPS_OF_ALIKE
    frame = WordFrame(title, letter.made_at, above, is_letter=True)
    maps = {
        chapter.recommendation.id: frame.picture(picture(chapter.map), alt_text(chapter.map), _MAP_WIDTH)
        for chapter in letter.addressed
        if chapter.map is not None and (is_short or not chapter.stand_alike)
    }
    frame.write(path, _pieces(letter, maps), Links())


def name_of(letter: Letter) -> str:
    """Name the file: letter-stalking-2024-11-22.docx"""
    return f"letter-{letter.report.key}-{letter.day.isoformat()}.docx"


def _pieces(letter: Letter, maps: dict[str, str]) -> Iterator[str]:
    yield from _letter(letter)
    yield from _annex(letter, maps)


def _letter(letter: Letter) -> Iterator[str]:
    texts = letter.frame.texts
    yield from _blocks(texts.addressees or _missing(FrameField.ADDRESSEES))
    yield paragraph(words.day(letter.day))
    yield paragraph(texts.greeting or GREETING)
    yield paragraph(sentences.title(letter), "Heading1")
    yield from _paragraphs(texts.opening or _missing(FrameField.OPENING))
    received = (sentences.answers_in(letter), *map(sentences.derived, letter.derived))
    yield paragraph(" ".join(filter(None, received)))
    if letter.published_responses:
        yield paragraph(published(letter.published_responses))
    for chapter in letter.addressed:
        yield from _recommendation(chapter)
    yield from _paragraphs(texts.position)
    yield from _paragraphs(texts.closing or _missing(FrameField.CLOSING))
    yield paragraph("Yours sincerely,", "Kept")
    yield from (paragraph("", "Kept") for _ in range(_ROOM_TO_SIGN))
    yield paragraph(texts.signatory or _missing(FrameField.SIGNATORY), "Kept", bold=True)
    yield paragraph(texts.office or _missing(FrameField.OFFICE))


def _recommendation(chapter: LetterChapter) -> Iterator[str]:
    yield paragraph(f"Recommendation {chapter.recommendation.number}", "Heading2")
    yield paragraph(sentences.deadline(chapter))
    yield from (paragraph(part, "ListBullet") for part in sentences.parts(chapter))
    if joint := sentences.joint(chapter):
        yield paragraph(joint)
    yield paragraph(sentences.how_it_stands(chapter), bold=True)
    for text in filter(None, map(sentences.why, chapter.exceptions)):
        yield paragraph(text, "ListBullet")


def _annex(letter: Letter, maps: dict[str, str]) -> Iterator[str]:
    yield paragraph("Annex: the answers in full", "Heading1", on_new_page=True)
    yield paragraph(f"{sentences.as_at(letter)}.")
    yield paragraph(sentences.how_made(letter), "Small")
    if anchored := sentences.anchored(letter):
        yield paragraph(anchored, "Small")
    for place, chapter in enumerate(letter.addressed):
        tile_map = maps.get(chapter.recommendation.id, "")
        heading = f"Recommendation {chapter.recommendation.number}: answers"
        yield paragraph(heading, "Heading2", on_new_page=bool(place and tile_map))
        yield from _answers(chapter)
        yield tile_map
    yield from _published(letter)


def _published(letter: Letter) -> Iterator[str]:
    """Return where each response is published, and who has not published theirs."""
    if letter.published_responses is None:
        return
    yield paragraph("Published responses", "Heading2")
    if names := unpublished(letter.published_responses):
        yield paragraph(names)
    yield from (paragraph(line, "ListBullet") for line in published_by(letter.published_responses))


class _Column(Struct, frozen=True):
    """A column of the annex. `share` is how wide it is beside the others; a cell is in the register's words,
    or in the body's `own`."""

    heading: str
    cell: Callable[[Entry], str]
    share: int
    own: bool = False

    def same(self, text: str) -> str:
        """Say what is the same in all its cells, as a clause: response accepted, 22 Nov 2024."""
        return f"{self.heading.lower()}: “{text}”" if self.own else f"{self.heading.lower()} {text}"

    def shown(self, entry: Entry) -> str:
        text = self.cell(entry)
        return text if self.own else words.capital(text)


def _answer(entry: Entry) -> str:
    return _with_day(terms.answer(entry.addressee.answer), entry.response_on)


def _progress(entry: Entry) -> str:
    return _with_day(terms.stage(entry.addressee.stage), entry.progress_on)


def _due(entry: Entry) -> str:
    due_on = entry.addressee.due_on
    return due_dates.moved(entry.addressee, due_on, entry.recommendation.due_on) if due_on else ""


def _own_words(entry: Entry) -> str:
    """Return reason and progress in the body's own words, where they may be published."""
    progress = entry.progress.draft.text if entry.progress else ""
    return "\n".join(dict.fromkeys(text for text in (reason(entry), progress) if text))


def _with_day(state: str, on: date | None) -> str:
    return state if on is None else f"{state}, {words.short_day(on)}"


_NAME = _Column("Policing body", body_named, 24)
_COLUMNS = (
    _Column("Response", _answer, 24),
    _Column("Progress", _progress, 24),
    _Column("Due", _due, 18),
    _Column("In its own words", _own_words, 40, own=True),
)


def _answers(chapter: LetterChapter) -> Iterator[str]:
    """Return what is the same for all in a sentence, and what differs in a table with a row for each body."""
    entries = chapter.entries
    if not entries:
        yield paragraph("No policing body is addressed.")
        return
    shared = [column for column in _COLUMNS if len({column.cell(entry) for entry in entries}) == 1]
    differing = [column for column in _COLUMNS if column not in shared]
    if in_common := "; ".join(column.same(text) for column in shared if (text := column.cell(entries[0]))):
        yield paragraph(
            f"The same for all {len(entries)}: {in_common}." if len(entries) > 1 else f"Here {in_common}."
        )
    if differing:
        yield from _table((_NAME, *differing), entries)
    else:
        yield paragraph(", ".join(map(body_named, entries)) + ".")
    for text in filter(None, map(heir_named, entries)):
        yield paragraph(text, "ListBullet")


def _table(columns: Sequence[_Column], entries: Sequence[Entry]) -> Iterator[str]:
    widths = _widths(columns)
    yield table_begins(widths, [column.heading for column in columns])
    for entry in entries:
        yield table_row(widths, [paragraph(column.shown(entry), "Table") for column in columns])
    yield TABLE_ENDS
    yield paragraph("", "Small")


def _widths(columns: Sequence[_Column]) -> tuple[int, ...]:
    whole = sum(column.share for column in columns)
    return tuple(_PAGE_WIDTH * column.share // whole for column in columns)


def _blocks(text: str) -> Iterator[str]:
    """Yield persons, parted by blank lines: the name in bold above the office. A line alone may be "By
    email"."""
    for block in _parted(text):
        name, _, office = block.partition("\n")
        yield paragraph(name, "Tight" if office else "Normal", bold=bool(office))
        if office:
            yield paragraph(office)


def _paragraphs(text: str) -> Iterator[str]:
    return map(paragraph, _parted(text))


def _parted(text: str) -> Iterator[str]:
    return (part.strip() for part in text.split("\n\n") if part.strip())


def _missing(name: FrameField) -> str:
    return f"[{terms.frame_field(name)}]"
