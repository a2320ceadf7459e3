"""One square of a map: the area's name, its response on the response's pattern, its progress below."""

from typing import assert_never

from bot.domain.questions.map import Tile
from bot.domain.register.addressee import Stage
from bot.rendering import terms
from bot.rendering.pictures.canvas import INK, PAPER, Box, Canvas
from bot.rendering.pictures.fills import NOT_ASKED, Fill, fill_of, paint

WIDTH = 118
HEIGHT = 112
NAME = 19
WORD = 17
SYMBOL = 15

_PROGRESS = 30
_MOST_LINES = 2
_LINE = 21
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


def draw(canvas: Canvas, tile: Tile, left: float, top: float) -> None:
    whole = Box(left, top, WIDTH, HEIGHT)
    name = name_lines(canvas, tile.body.short_name)
    if tile.addressee is None:
        _words(canvas, whole, NOT_ASKED, name, "not asked")
    else:
        fill = fill_of(tile.addressee.answer)
        upper = Box(left, top, WIDTH, HEIGHT - _PROGRESS)
        paint(canvas, upper, fill)
        _words(canvas, upper, fill, name, terms.answer_in_short(tile.addressee.answer))
        _progress(canvas, Box(left, upper.bottom, WIDTH, _PROGRESS), tile.addressee.stage)
    canvas.box(whole, line=(NOT_ASKED if tile.addressee is None else fill).edge, width=2)


def name_lines(canvas: Canvas, name: str) -> list[str]:
    """The name on two lines at most, no line longer than there is room for."""
    rows: list[str] = []
    for word in name.replace("-", "- ").split():
        fitting = _fitting(canvas, word)
        joined = f"{rows[-1]} {fitting}".replace("- ", "-") if rows else ""
        if rows and _fits(canvas, joined):
            rows[-1] = joined
        else:
            rows.append(fitting)
    if len(rows) > _MOST_LINES:
        rows[_MOST_LINES - 1 :] = [_cut(canvas, rows[_MOST_LINES - 1], "...")]
    return rows


def strip_colour(stage: Stage) -> str:
    """What is done, and what is stuck, is seen from afar; the symbol and the word say it in grey."""
    if stage.is_done:
        return _DONE
    return _STUCK if stage.is_stuck else PAPER


def strip(canvas: Canvas, box: Box, stage: Stage) -> None:
    """What the progress stands on."""
    canvas.box(box, fill=strip_colour(stage), line=INK, width=1)


def symbol(canvas: Canvas, box: Box, stage: Stage) -> None:
    """Empty, half full, full, full with a tick; or barred, when it is blocked."""
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
            points = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.3))
            tick = [(box.left + x * box.width, box.top + y * box.height) for x, y in points]
            canvas.line(*tick, colour=PAPER, width=2)
        case _:
            assert_never(stage)


def _words(canvas: Canvas, box: Box, fill: Fill, name: list[str], word: str) -> None:
    baseline = box.top + box.height / 2 - len(name) * _LINE / 2 + 6
    for row in name:
        _centred(canvas, box, baseline, row, NAME, fill, bold=True)
        baseline += _LINE
    _centred(canvas, box, baseline + 2, word, WORD, fill)


def _centred(
    canvas: Canvas, box: Box, baseline: float, words: str, size: float, fill: Fill, *, bold: bool = False
) -> None:
    left = box.left + (box.width - canvas.text_width(words, size, bold=bold)) / 2
    canvas.text(left, baseline, words, size, colour=fill.ink, bold=bold, halo=fill.ground)


def _progress(canvas: Canvas, box: Box, stage: Stage) -> None:
    strip(canvas, box, stage)
    gap = 4
    word = terms.stage_in_short(stage)
    left = box.left + (box.width - SYMBOL - gap - canvas.text_width(word, WORD)) / 2
    symbol(canvas, Box(left, box.top + (box.height - SYMBOL) / 2, SYMBOL, SYMBOL), stage)
    canvas.text(left + SYMBOL + gap, box.top + box.height / 2 + 5.5, word, WORD)


def _fitting(canvas: Canvas, word: str) -> str:
    if _fits(canvas, word):
        return word
    return _SHORT.get(word) or _cut(canvas, word, ".")


def _cut(canvas: Canvas, words: str, ending: str) -> str:
    while words and not _fits(canvas, words + ending):
        words = words[:-1].rstrip()
    return words + ending


def _fits(canvas: Canvas, words: str) -> bool:
    return canvas.text_width(words, NAME, bold=True) <= _ROOM
