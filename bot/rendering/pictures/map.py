"""`/recs map 15`: each area as a square, about where it lies, told by word, pattern and colour."""

from bot.domain.questions.map import TileMap
from bot.domain.register.addressee import ANSWERS_IN_ORDER, STAGES_IN_ORDER
from bot.rendering import terms, words
from bot.rendering.pictures import sentences, tile
from bot.rendering.pictures.canvas import Box, Canvas
from bot.rendering.pictures.fills import NOT_ASKED, Fill, fill_of, fill_of_stage, paint

_EDGE = 14
_GAP = 2
_GAP_BELOW = 4
_HEAD = 104
_FOOT = 40
_COLUMN = tile.WIDTH + _GAP
_ROW = tile.HEIGHT + _GAP_BELOW

# The key stands where England leaves room: right of the north, or else right of all.
_KEY_ROWS = 4
_KEY_COLUMNS = 3
_KEY_LINE = 34
_KEY_SIZE = 21
_SWATCH = 38
_TITLES = (42, 36, 30, 24)


def picture(tile_map: TileMap) -> bytes:
    """Return a PNG."""
    canvas = sheet(tile_map)
    draw(canvas, tile_map)
    return canvas.png()


def sheet(tile_map: TileMap) -> Canvas:
    """Return an empty canvas that has room for all of it."""
    return Canvas(*extent(tile_map))


def extent(tile_map: TileMap) -> tuple[int, int]:
    """Return the width and the height that all of it needs."""
    left, top, right, bottom = _bounds(tile_map)
    columns = max(right - left + 1, _key_column(tile_map) + _KEY_COLUMNS)
    rows = max(bottom - top + 1, _KEY_ROWS)
    return 2 * _EDGE + columns * _COLUMN - _GAP, _HEAD + rows * _ROW + _FOOT


def draw(canvas: Canvas, tile_map: TileMap) -> None:
    _head(canvas, tile_map)
    left, top, _, _ = _bounds(tile_map)
    for body_tile in tile_map.tiles:
        column, row = body_tile.body.tile_col - left, body_tile.body.tile_row - top
        left_edge, top_edge = _EDGE + column * _COLUMN, _HEAD + row * _ROW
        tile.draw(canvas, body_tile, left_edge, top_edge, shows_progress=tile_map.shows_progress)
    _key(canvas, tile_map, _EDGE + _key_column(tile_map) * _COLUMN + 12)
    _foot(canvas, tile_map)


def _bounds(tile_map: TileMap) -> tuple[int, int, int, int]:
    """Return the first column and row of the grid, and the last ones."""
    columns = [tile.body.tile_col for tile in tile_map.tiles]
    rows = [tile.body.tile_row for tile in tile_map.tiles]
    return min(columns), min(rows), max(columns), max(rows)


def _key_column(tile_map: TileMap) -> int:
    left, top, _, _ = _bounds(tile_map)
    beside = [tile.body.tile_col for tile in tile_map.tiles if tile.body.tile_row - top < _KEY_ROWS]
    return max(beside) - left + 1


def _head(canvas: Canvas, tile_map: TileMap) -> None:
    title = sentences.picture_title(tile_map)
    room = canvas.width - 2 * _EDGE
    canvas.text(_EDGE, 52, title, canvas.fitting_size(title, _TITLES, room), bold=True)
    canvas.text(_EDGE, 84, sentences.below_title(tile_map), 24)


def _key(canvas: Canvas, tile_map: TileMap, left: float) -> None:
    """Draw what colours and symbols mean, and how many squares have each."""
    line = _HEAD + 26.0
    if not tile_map.shows_progress:
        line = _key_of_responses(canvas, tile_map, left, line) + 8
    canvas.text(left, line, "Progress", _KEY_SIZE, bold=True)
    for stage in STAGES_IN_ORDER:
        line += _KEY_LINE
        if tile_map.shows_progress:
            _swatch(canvas, left, line, fill_of_stage(stage))
        else:
            tile.strip(canvas, Box(left, line - 20, _SWATCH, 28), stage)
        beside = left + (_SWATCH + 6 if tile_map.shows_progress else 10)
        tile.symbol(canvas, Box(beside, line - 15, 18, 18), stage)
        count = f"{tile_map.tally.stages.get(stage, 0)} {terms.stage(stage)}"
        canvas.text(
            left + (_SWATCH + 30 if tile_map.shows_progress else _SWATCH + 10), line, count, _KEY_SIZE
        )
    if tile_map.shows_progress and tile_map.not_asked:
        _not_asked(canvas, tile_map, left, line + _KEY_LINE)


def _key_of_responses(canvas: Canvas, tile_map: TileMap, left: float, line: float) -> float:
    """Return the line on which the key goes on."""
    canvas.text(left, line, "Response", _KEY_SIZE, bold=True)
    for answer in ANSWERS_IN_ORDER:
        line += _KEY_LINE
        _swatch(canvas, left, line, fill_of(answer))
        count = f"{tile_map.tally.answers.get(answer, 0)} {terms.answer(answer)}"
        canvas.text(left + _SWATCH + 10, line, count, _KEY_SIZE)
    if tile_map.not_asked:
        line += _KEY_LINE
        _not_asked(canvas, tile_map, left, line)
    return line + _KEY_LINE


def _not_asked(canvas: Canvas, tile_map: TileMap, left: float, line: float) -> None:
    _swatch(canvas, left, line, NOT_ASKED)
    canvas.text(left + _SWATCH + 10, line, f"{tile_map.not_asked} not asked", _KEY_SIZE)


def _swatch(canvas: Canvas, left: float, baseline: float, fill: Fill) -> None:
    box = Box(left, baseline - 20, _SWATCH, 28)
    paint(canvas, box, fill)
    canvas.box(box, line=fill.edge, width=2)


def _foot(canvas: Canvas, tile_map: TileMap) -> None:
    note = "One square for each policing body's area, about where it lies."
    if tile_map.elsewhere:
        ended = words.names([addressee.body_name for addressee in tile_map.elsewhere], 3)
        note = f"Counted, and on no square of their own: {ended}."
    canvas.text(_EDGE, canvas.height - 16, note, 20)
