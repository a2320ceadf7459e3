"""`/recs map 15`: each area as a square, about where it lies, told by word, pattern and colour."""

from bot.domain.questions.map import TileMap
from bot.domain.register.addressee import ANSWERS_IN_ORDER, STAGES_IN_ORDER
from bot.rendering import terms, words
from bot.rendering.pictures import sentences, tile
from bot.rendering.pictures.canvas import Box, Canvas
from bot.rendering.pictures.fills import NOT_ASKED, Fill, fill_of, paint

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


def picture(tile_map: TileMap) -> bytes:
    """A PNG."""
    canvas = sheet(tile_map)
    draw(canvas, tile_map)
    return canvas.png()


def sheet(tile_map: TileMap) -> Canvas:
    """An empty canvas that has room for all of it."""
    left, top, right, bottom = _bounds(tile_map)
    columns = max(right - left + 1, _key_column(tile_map) + _KEY_COLUMNS)
    rows = max(bottom - top + 1, _KEY_ROWS)
    return Canvas(2 * _EDGE + columns * _COLUMN - _GAP, _HEAD + rows * _ROW + _FOOT)


def draw(canvas: Canvas, tile_map: TileMap) -> None:
    _head(canvas, tile_map)
    left, top, _, _ = _bounds(tile_map)
    for body_tile in tile_map.tiles:
        column, row = body_tile.body.tile_col - left, body_tile.body.tile_row - top
        tile.draw(canvas, body_tile, _EDGE + column * _COLUMN, _HEAD + row * _ROW)
    _key(canvas, tile_map, _EDGE + _key_column(tile_map) * _COLUMN + 3 * _GAP)
    _foot(canvas, tile_map)


def _bounds(tile_map: TileMap) -> tuple[int, int, int, int]:
    """The first column and row of the grid, and the last ones."""
    columns = [tile.body.tile_col for tile in tile_map.tiles]
    rows = [tile.body.tile_row for tile in tile_map.tiles]
    return min(columns), min(rows), max(columns), max(rows)


def _key_column(tile_map: TileMap) -> int:
    left, top, _, _ = _bounds(tile_map)
    beside = [tile.body.tile_col for tile in tile_map.tiles if tile.body.tile_row - top < _KEY_ROWS]
    return max(beside) - left + 1


def _head(canvas: Canvas, tile_map: TileMap) -> None:
    title = sentences.title(tile_map)
    room = canvas.width - 2 * _EDGE
    size = next((size for size in _TITLES if canvas.text_width(title, size, bold=True) <= room), _TITLES[-1])
    canvas.text(_EDGE, 52, title, size, bold=True)
    due = tile_map.recommendation.due_on
    canvas.text(_EDGE, 84, sentences.when(tile_map) + (f", due {words.day(due)}" if due else ""), 24)


def _key(canvas: Canvas, tile_map: TileMap, left: float) -> None:
    tally = tile_map.tally
    line = _HEAD + 26.0
    canvas.text(left, line, "Response", 20, bold=True)
    for answer in ANSWERS_IN_ORDER:
        line += _KEY_LINE
        _swatch(canvas, left, line, fill_of(answer))
        canvas.text(left + 54, line, f"{tally.answers.get(answer, 0)} {terms.answer(answer)}", 20)
    if tile_map.not_asked:
        line += _KEY_LINE
        _swatch(canvas, left, line, NOT_ASKED)
        canvas.text(left + 54, line, f"{tile_map.not_asked} not asked", 20)
    line += _KEY_LINE + 8
    canvas.text(left, line, "Progress", 20, bold=True)
    for stage in STAGES_IN_ORDER:
        line += _KEY_LINE
        tile.strip(canvas, Box(left, line - 20, 44, 28), stage)
        tile.symbol(canvas, Box(left + 13, line - 15, 18, 18), stage)
        canvas.text(left + 54, line, f"{tally.stages.get(stage, 0)} {terms.stage(stage)}", 20)


def _swatch(canvas: Canvas, left: float, baseline: float, fill: Fill) -> None:
    box = Box(left, baseline - 20, 44, 28)
    paint(canvas, box, fill)
    canvas.box(box, line=fill.edge, width=2)


def _foot(canvas: Canvas, tile_map: TileMap) -> None:
    note = "One square for each policing body's area, about where it lies."
    if tile_map.elsewhere:
        ended = words.names([addressee.body_name for addressee in tile_map.elsewhere], 3)
        note = f"Counted, and on no square of their own: {ended}."
    canvas.text(_EDGE, canvas.height - 16, note, 18)
