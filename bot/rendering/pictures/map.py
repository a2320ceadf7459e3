"""`/recs map 15`: each area as a square, about where it lies, told by word, pattern and colour."""

from bot.domain.questions.map import TileMap
from bot.domain.register.addressee import ANSWERS_IN_ORDER, STAGES_IN_ORDER
from bot.rendering import words
from bot.rendering.pictures import sentences, tile
from bot.rendering.pictures.canvas import Box, Canvas
from bot.rendering.pictures.fills import FILLS, NOT_ASKED, Fill, paint

_EDGE = 14
_GAP = 4
_HEAD = 104
_FOOT = 40
_COLUMN = tile.WIDTH + _GAP
_ROW = tile.HEIGHT + _GAP

# The key stands where England leaves room: right of the north, or else right of all.
_KEY_ROWS = 4
_KEY_COLUMNS = 3
_KEY_LINE = 34
_TITLES = (42, 36, 30, 24)


def picture(of: TileMap) -> bytes:
    """A PNG."""
    canvas = sheet(of)
    draw(canvas, of)
    return canvas.png()


def sheet(of: TileMap) -> Canvas:
    """An empty canvas that has room for all of it."""
    left, top, right, bottom = _bounds(of)
    columns = max(right - left + 1, _key_column(of) + _KEY_COLUMNS)
    rows = max(bottom - top + 1, _KEY_ROWS)
    return Canvas(2 * _EDGE + columns * _COLUMN - _GAP, _HEAD + rows * _ROW + _FOOT)


def draw(canvas: Canvas, of: TileMap) -> None:
    _head(canvas, of)
    left, top, _, _ = _bounds(of)
    for one in of.tiles:
        column, row = one.body.tile_col - left, one.body.tile_row - top
        tile.draw(canvas, one, _EDGE + column * _COLUMN, _HEAD + row * _ROW)
    _key(canvas, of, _EDGE + _key_column(of) * _COLUMN + 3 * _GAP)
    _foot(canvas, of)


def _bounds(of: TileMap) -> tuple[int, int, int, int]:
    """The first column and row of the grid, and the last ones."""
    columns = [one.body.tile_col for one in of.tiles]
    rows = [one.body.tile_row for one in of.tiles]
    return min(columns), min(rows), max(columns), max(rows)


def _key_column(of: TileMap) -> int:
    left, top, _, _ = _bounds(of)
    beside = [one.body.tile_col for one in of.tiles if one.body.tile_row - top < _KEY_ROWS]
    return max(beside) - left + 1


def _head(canvas: Canvas, of: TileMap) -> None:
    title = sentences.title(of)
    room = canvas.width - 2 * _EDGE
    size = next((size for size in _TITLES if canvas.text_width(title, size, bold=True) <= room), _TITLES[-1])
    canvas.text(_EDGE, 52, title, size, bold=True)
    due = of.recommendation.due_on
    canvas.text(_EDGE, 84, sentences.when(of) + (f", due {words.day(due)}" if due else ""), 24)


def _key(canvas: Canvas, of: TileMap, left: float) -> None:
    tally = of.tally
    line = _HEAD + 26.0
    canvas.text(left, line, "Response", 20, bold=True)
    for answer in ANSWERS_IN_ORDER:
        line += _KEY_LINE
        _swatch(canvas, left, line, FILLS[answer])
        canvas.text(left + 54, line, f"{tally.answers.get(answer, 0)} {answer}", 20)
    if of.not_asked:
        line += _KEY_LINE
        _swatch(canvas, left, line, NOT_ASKED)
        canvas.text(left + 54, line, f"{of.not_asked} not asked", 20)
    line += _KEY_LINE + 8
    canvas.text(left, line, "Progress", 20, bold=True)
    for stage in STAGES_IN_ORDER:
        line += _KEY_LINE
        tile.strip(canvas, Box(left, line - 20, 44, 28), stage)
        tile.symbol(canvas, Box(left + 13, line - 15, 18, 18), stage)
        canvas.text(left + 54, line, f"{tally.stages.get(stage, 0)} {words.stage(stage)}", 20)


def _swatch(canvas: Canvas, left: float, baseline: float, fill: Fill) -> None:
    box = Box(left, baseline - 20, 44, 28)
    paint(canvas, box, fill)
    canvas.box(box, line=fill.edge, width=2)


def _foot(canvas: Canvas, of: TileMap) -> None:
    note = "One square for each policing body's area, about where it lies."
    if of.elsewhere:
        ended = words.names([one.body_name for one in of.elsewhere], 3)
        note = f"Counted, and on no square of their own: {ended}."
    canvas.text(_EDGE, canvas.height - 16, note, 18)
