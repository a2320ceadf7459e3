"""One square of a map: the area's name, its response on the response's pattern, its progress below."""

from typing import assert_never

from msgspec import Struct

from bot.domain.questions.map import Tile
from bot.domain.register.addressee import Stage
from bot.rendering import terms
from bot.rendering.pictures.canvas import INK, PAPER, Box, Canvas
from bot.rendering.pictures.fills import NOT_ASKED, Fill, fill_of, fill_of_stage, paint

WIDTH = 120
HEIGHT = 112
WORD = 19
SYMBOL = 15
# As large as its name has room for; a phone shows a map at about a third of its size.
NAMES = (22, 20, 19)
# Of a response that is longer than others.
_SMALLER_WORD = 18

_PROGRESS = 30
_MOST_LINES = 2
_LINE = 23
_ROOM = WIDTH - 6

_DONE = "#bfe6ca"
_STUCK = "#ffc9b5"

# As the counties themselves are written where there is little room.
_SHORT = {
    "Bedfordshire": "Beds",
    "Cambridgeshire": "Cambs",
    "Gloucestershire": "Glos",
    "Hertfordshire": "Herts",
    "Leicestershire": "Leics",
    "Lincolnshire": "Lincs",
    "Northamptonshire": "Northants",
    "Nottinghamshire": "Notts",
    "Staffordshire": "Staffs",
    "Warwickshire": "Warks",
}


class _Name(Struct, frozen=True):
    """A name on one line or two, and the size of its letters."""

    lines: tuple[str, ...]
    size: float


def draw(canvas: Canvas, tile: Tile, left: float, top: float, *, shows_progress: bool = False) -> None:
    """Draw the response above and the progress below; with `shows_progress` the progress alone, on all of
    it."""
    whole = Box(left, top, WIDTH, HEIGHT)
    name = _name(canvas, tile.body.short_name)
    if tile.addressee is None:
        _words(canvas, whole, NOT_ASKED, name, "not asked")
        canvas.box(whole, line=NOT_ASKED.edge, width=2)
        return
    answer, stage = tile.addressee.answer, tile.addressee.stage
    fill = fill_of_stage(stage) if shows_progress else fill_of(answer)
    upper = Box(left, top, WIDTH, HEIGHT - _PROGRESS)
    paint(canvas, upper, fill)
    _words(canvas, upper, fill, name, "" if shows_progress else terms.answer_in_short(answer))
    _progress(canvas, Box(left, upper.bottom, WIDTH, _PROGRESS), stage)
    canvas.box(whole, line=fill.edge, width=2)


def name_lines(canvas: Canvas, name: str) -> list[str]:
    """Break the name into two lines at most, no line longer than there is room for."""
    return list(_name(canvas, name).lines)


def _name(canvas: Canvas, name: str) -> _Name:
    """Choose the largest letters in which no word of the name is cut."""
    for size in NAMES:
        lines = _in_lines(canvas, name, size, cut_words=False)
        if lines is not None:
            return _Name(tuple(lines), size)
    return _Name(tuple(_in_lines(canvas, name, NAMES[-1], cut_words=True) or ()), NAMES[-1])


def _in_lines(canvas: Canvas, name: str, size: float, *, cut_words: bool) -> list[str] | None:
    """Part a name into one or two lines; None where a word would have to be cut, or a third line were needed,
    unless `cut_words` allows it."""
    rows: list[str] = []
    for word in name.replace("-", "- ").split():
        fitting = _fitting(canvas, word, size, cut_words=cut_words)
        if fitting is None:
            return None
        joined = f"{rows[-1]} {fitting}".replace("- ", "-") if rows else ""
        if rows and canvas.fits(joined, size, _ROOM):
            rows[-1] = joined
        else:
            rows.append(fitting)
    if len(rows) > _MOST_LINES:
        if not cut_words:
            return None
        rows[_MOST_LINES - 1 :] = [canvas.shortened(rows[_MOST_LINES - 1], size, _ROOM, "...")]
    return rows


def strip_colour(stage: Stage) -> str:
    """Return the colour of the strip: what is done, and what is stuck, is seen from afar; the symbol and the
    word say it in grey."""
    if stage.is_done:
        return _DONE
    return _STUCK if stage.is_stuck else PAPER


def strip(canvas: Canvas, box: Box, stage: Stage) -> None:
    """Draw the strip on which the progress stands."""
    canvas.box(box, fill=strip_colour(stage), line=INK, width=1)


def symbol(canvas: Canvas, box: Box, stage: Stage) -> None:
    """Draw the symbol: a disc, empty, half full, full or with a tick; a square with a tick, or barred."""
    match stage:
        case Stage.NOT_STARTED:
            canvas.disc(box, fill=PAPER, line=INK, width=2)
        case Stage.IN_PROGRESS:
            canvas.disc(box, fill=PAPER, line=INK, width=2)
            canvas.left_half_of_disc(box, INK)
        case Stage.BLOCKED:
            canvas.box(box, fill=INK)
            bar = box.inset(box.width * 0.2)
            canvas.line((bar.left, bar.top), (bar.right, bar.bottom), colour=PAPER, width=2)
            canvas.line((bar.left, bar.bottom), (bar.right, bar.top), colour=PAPER, width=2)
        case Stage.COMPLETE:
            canvas.disc(box, fill=INK, line=INK, width=2)
        case Stage.CHECKED:
            canvas.disc(box, fill=INK, line=INK, width=2)
            _tick(canvas, box)
        case Stage.CLOSED:
            canvas.box(box, fill=INK)
            _tick(canvas, box)
        case _:
            assert_never(stage)


def _tick(canvas: Canvas, box: Box) -> None:
    points = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.3))
    tick = [(box.left + x * box.width, box.top + y * box.height) for x, y in points]
    canvas.line(*tick, colour=PAPER, width=2)


def _words(canvas: Canvas, box: Box, fill: Fill, name: _Name, word: str) -> None:
    rows = len(name.lines) + bool(word)
    baseline = box.top + (box.height - rows * _LINE) / 2 + 20
    for row in name.lines:
        _centred(canvas, box, baseline, row, name.size, fill, bold=True)
        baseline += _LINE
    if word:
        fits = canvas.text_width(word, WORD) <= _ROOM
        _centred(canvas, box, baseline, word, WORD if fits else _SMALLER_WORD, fill)


def _centred(
    canvas: Canvas, box: Box, baseline: float, words: str, size: float, fill: Fill, *, bold: bool = False
) -> None:
    left = box.left + (box.width - canvas.text_width(words, size, bold=bold)) / 2
    canvas.text(left, baseline, words, size, colour=fill.ink, bold=bold, halo=fill.ground)


def _progress(canvas: Canvas, box: Box, stage: Stage) -> None:
    strip(canvas, box, stage)
    gap = 3
    word = terms.stage_in_short(stage)
    left = box.left + (box.width - SYMBOL - gap - canvas.text_width(word, WORD)) / 2
    symbol(canvas, Box(left, box.top + (box.height - SYMBOL) / 2, SYMBOL, SYMBOL), stage)
    canvas.text(left + SYMBOL + gap, box.top + box.height / 2 + 6, word, WORD)


def _fitting(canvas: Canvas, word: str, size: float, *, cut_words: bool) -> str | None:
    for text in (word, _SHORT.get(word, "")):
        if text and canvas.fits(text, size, _ROOM):
            return text
    return canvas.shortened(word, size, _ROOM, ".") if cut_words else None
