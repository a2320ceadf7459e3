"""Progress over time as lines, told apart by their dashes, their marks and the words at their ends, and by
colour."""

from collections.abc import Sequence
from typing import assert_never

from msgspec import Struct

from bot.domain.questions.over_time import Series
from bot.rendering import words
from bot.rendering.pictures.canvas import INK, PAPER, Box, Canvas
from bot.rendering.pictures.chart_sentences import name_in_short
from bot.rendering.pictures.line_chart import LineChart

WIDTH, HEIGHT = 1000, 720

# Where the lines are drawn: right of it stand their names, below it the days.
_FIELD = Box(66, 126, 655, 520)
_TITLES = (40, 34, 28, 25)
_BELOW = 25
_LETTERS = 25
_LABEL_LINE = 36
_EDGE = 20
_GRID = "#d0d0d0"
_QUIET = "#595959"
_LINE = 5
_MARK = 8
# As many marks on a line as can be told apart.
_MOST_MARKS = 8
_MOST_DAYS = 4
_MOST_ROWS = 5
_STEPS = (1, 2, 5)


class Style(Struct, frozen=True):
    """How a line is drawn."""

    colour: str
    dashes: tuple[float, ...]  # lengths of what is drawn and left out by turns; none for a whole line
    variable: str  # which has its colour in a page's style, so that it can be another in the dark


def picture(chart: LineChart) -> bytes:
    """Return a PNG."""
    canvas = Canvas(WIDTH, HEIGHT)
    draw(canvas, chart)
    return canvas.png()


def draw(canvas: Canvas, chart: LineChart) -> None:
    _head(canvas, chart)
    _rows(canvas, chart)
    _days(canvas, chart)
    for series in reversed(Series):
        _line(canvas, chart, series)
    _names(canvas, chart)


def style_of(series: Series) -> Style:
    """Return how the line of what is counted is drawn."""
    match series:
        case Series.ACCEPTED:
            return Style("#12507f", (), "--accepted")
        case Series.IN_PROGRESS:
            return Style("#7a5700", (16, 10), "--in-progress")
        case Series.COMPLETE:
            return Style("#23703d", (34, 10), "--complete")
        case Series.CHECKED:
            return Style("#5b3d91", (5, 9), "--checked")
        case Series.OVERDUE:
            return Style("#a8330f", (26, 8, 5, 8), "--overdue")
    assert_never(series)


def variables() -> dict[str, str]:
    """Return the variables of a page's style, by the colours that are drawn where it has none."""
    of_lines = {style.colour: style.variable for style in map(style_of, Series)}
    return {PAPER: "--paper", INK: "--ink", _GRID: "--line", _QUIET: "--soft", **of_lines}


def _head(canvas: Canvas, chart: LineChart) -> None:
    room = WIDTH - 2 * _EDGE
    size = canvas.fitting_size(chart.title, _TITLES, room)
    is_whole = canvas.fits(chart.title, size, room)
    title = chart.title if is_whole else canvas.shortened(chart.title, size, room, "…")
    canvas.text(_EDGE, 56, title, size, bold=True)
    canvas.text(_EDGE, 92, chart.below, _BELOW, colour=_QUIET)


def _rows(canvas: Canvas, chart: LineChart) -> None:
    """Draw the numbers of bodies at the left, each with a line across."""
    step = _step(chart.top)
    numbers = list(range(0, chart.top + 1, step))
    for number in numbers:
        y = _y(chart, number)
        canvas.line((_FIELD.left, y), (_FIELD.right, y), colour=INK if number == 0 else _GRID, width=2)
        written = f"{number:,}"
        left = _FIELD.left - 12 - canvas.text_width(written, _LETTERS)
        canvas.text(left, y + 9, written, _LETTERS, colour=_QUIET)


def _step(top: int) -> int:
    """Return how many bodies there are from one line across to the next: 1, 2, 5, 10, 20 and so on."""
    size = 1
    while True:
        for step in _STEPS:
            if top / (step * size) <= _MOST_ROWS:
                return step * size
        size *= 10


def _days(canvas: Canvas, chart: LineChart) -> None:
    """Write below some of the weeks their days, the first and the last among them."""
    last = len(chart.points) - 1
    marks = min(last, _MOST_DAYS - 1)
    for number in range(marks + 1):
        place = round(number * last / marks) if marks else 0
        x = _x(chart, place)
        written = words.short_day(chart.points[place].day)
        width = canvas.text_width(written, _LETTERS)
        canvas.line((x, _FIELD.bottom), (x, _FIELD.bottom + 8), colour=INK, width=2)
        left = min(max(x - width / 2, _EDGE), _FIELD.right + 60 - width)
        canvas.text(left, _FIELD.bottom + 40, written, _LETTERS, colour=_QUIET)


def _line(canvas: Canvas, chart: LineChart, series: Series) -> None:
    style = style_of(series)
    corners = _corners(chart, series)
    if len(corners) > 1:
        bends = _bends(corners)
        if style.dashes:
            canvas.dashed_line(*bends, dashes=style.dashes, colour=style.colour, width=_LINE)
        else:
            canvas.line(*bends, colour=style.colour, width=_LINE)
    for place in _marked(len(corners), series):
        _mark(canvas, series, *corners[place])


def _corners(chart: LineChart, series: Series) -> list[tuple[float, float]]:
    return [(_x(chart, place), _y(chart, point.counts[series])) for place, point in enumerate(chart.points)]


def _bends(corners: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Leave out what lies within a level stretch: after years most weeks do."""
    last = len(corners) - 1
    return [
        corner
        for place, corner in enumerate(corners)
        if place in (0, last) or not corners[place - 1][1] == corner[1] == corners[place + 1][1]
    ]


def _marked(points: int, series: Series) -> Sequence[int]:
    """Return which points of a line have its mark: those of two lines that run together take turns."""
    step = max(1, -(-points // _MOST_MARKS))
    begin = tuple(Series).index(series) * step // len(Series)
    return sorted({*range(begin, points, step), points - 1})


def _mark(canvas: Canvas, series: Series, x: float, y: float) -> None:
    colour, m = style_of(series).colour, _MARK
    match series:
        case Series.ACCEPTED:
            canvas.disc(Box(x - m, y - m, 2 * m + 1, 2 * m + 1), fill=colour, line=PAPER, width=1)
        case Series.IN_PROGRESS:
            canvas.box(Box(x - m, y - m, 2 * m + 1, 2 * m + 1), fill=PAPER, line=colour, width=4)
        case Series.COMPLETE:
            triangle = ((x, y - m - 3), (x + m + 2, y + m), (x - m - 2, y + m))
            canvas.polygon(*triangle, fill=colour, line=PAPER)
        case Series.CHECKED:
            diamond = ((x, y - m - 3), (x + m + 3, y), (x, y + m + 3), (x - m - 3, y))
            canvas.polygon(*diamond, fill=PAPER, line=colour, width=3)
        case Series.OVERDUE:
            canvas.line((x - m, y - m), (x + m, y + m), colour=colour, width=5)
            canvas.line((x - m, y + m), (x + m, y - m), colour=colour, width=5)
        case _:
            assert_never(series)


def _names(canvas: Canvas, chart: LineChart) -> None:
    """Write beside the end of each line what it counts and how many, none over another."""
    last = chart.points[-1]
    wanted = {series: _y(chart, last.counts[series]) for series in Series}
    for series, y in _apart(wanted).items():
        style = style_of(series)
        left = _FIELD.right + 16
        if abs(y - wanted[series]) > 1:
            canvas.line(
                (_FIELD.right + 10, wanted[series]),
                (left + 14, y),
                colour=style.colour,
                width=1,
            )
        _mark(canvas, series, left + 26, y)
        text = f"{last.counts[series]} {name_in_short(series)}"
        canvas.text(left + 46, y + 9, text, _LETTERS, colour=style.colour, bold=True)


def _apart(wanted: dict[Series, float]) -> dict[Series, float]:
    """Return where the names stand: as near to the ends of their lines as there is room for all of them."""
    placed: dict[Series, float] = {}
    # In the order of the lines' ends, from above; where they end together, in the order of their kinds.
    order = sorted(wanted, key=lambda series: wanted[series])
    above = _FIELD.top - _LABEL_LINE
    for number, series in enumerate(order):
        lowest = _FIELD.bottom - (len(order) - 1 - number) * _LABEL_LINE
        placed[series] = min(max(wanted[series], above + _LABEL_LINE), max(lowest, above + _LABEL_LINE))
        above = placed[series]
    return placed


def _x(chart: LineChart, place: int) -> float:
    last = len(chart.points) - 1
    return _FIELD.left + (_FIELD.width * place / last if last else _FIELD.width)


def _y(chart: LineChart, bodies: int) -> float:
    return _FIELD.bottom - (_FIELD.height * bodies / chart.top if chart.top else 0)
