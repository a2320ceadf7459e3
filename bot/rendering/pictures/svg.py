"""A sheet that becomes an SVG: what is drawn on it looks as on `Canvas`, and its words stay words."""

from collections.abc import Mapping, Sequence
from html import escape

from bot.rendering.pictures.canvas import INK, PAPER, Box, Canvas

_HALO = 5


class SvgCanvas(Canvas):
    """Draws the same as `Canvas`. Letters are set in the reader's own font, as wide as the canvas's.

    `variables` names the variable of the page's style in which a colour stands, so that it can be another in
    the dark."""

    def __init__(self, width: int, height: int, variables: Mapping[str, str] | None = None) -> None:
        self.width = width
        self.height = height
        self._variables = variables or {}
        self._elements: list[str] = []

    def text(
        self,
        left: float,
        baseline: float,
        words: str,
        size: float,
        *,
        colour: str = INK,
        bold: bool = False,
        halo: str = "",
    ) -> None:
        length = _number(self.text_width(words, size, bold=bold))
        weight = ' font-weight="600"' if bold else ""
        around = f' stroke="{self._colour(halo)}" stroke-width="{_HALO}" paint-order="stroke"' if halo else ""
        self._elements.append(
            f'<text x="{_number(left)}" y="{_number(baseline)}" font-size="{_number(size)}"'
            f' fill="{self._colour(colour)}"'
            f' textLength="{length}" lengthAdjust="spacingAndGlyphs"{weight}{around}>'
            f"{escape(words)}</text>"
        )

    def box(self, box: Box, *, fill: str | None = None, line: str | None = None, width: int = 1) -> None:
        inner = box.inset(width / 2) if line else box
        self._elements.append(
            f'<rect x="{_number(inner.left)}" y="{_number(inner.top)}" width="{_number(inner.width)}"'
            f' height="{_number(inner.height)}"{self._painted(fill, line, width)}/>'
        )

    def line(self, *points: tuple[float, float], colour: str = INK, width: int = 1) -> None:
        self._elements.append(f'<polyline points="{_path(points)}"{self._painted(None, colour, width)}/>')

    def dashed_line(
        self, *points: tuple[float, float], dashes: Sequence[float], colour: str = INK, width: int = 1
    ) -> None:
        broken = " ".join(map(_number, dashes))
        self._elements.append(
            f'<polyline points="{_path(points)}" stroke-dasharray="{broken}"'
            f"{self._painted(None, colour, width)}/>"
        )

    def polygon(self, *points: tuple[float, float], fill: str, line: str, width: int = 1) -> None:
        self._elements.append(f'<polygon points="{_path(points)}"{self._painted(fill, line, width)}/>')

    def disc(self, box: Box, *, fill: str | None = None, line: str | None = None, width: int = 1) -> None:
        radius = box.width / 2 - (width / 2 if line else 0)
        self._elements.append(
            f'<circle cx="{_number(box.left + box.width / 2)}" cy="{_number(box.top + box.height / 2)}"'
            f' r="{_number(radius)}"{self._painted(fill, line, width)}/>'
        )

    def left_half_of_disc(self, box: Box, fill: str) -> None:
        x, y, radius = box.left + box.width / 2, box.top + box.height / 2, box.width / 2
        arc = f"A{_number(radius)},{_number(radius)} 0 0 0 {_number(x)},{_number(y + radius)}"
        self._elements.append(
            f'<path d="M{_number(x)},{_number(y - radius)} {arc} Z"{self._painted(fill, None, 1)}/>'
        )

    def part(self, box: Box) -> "SvgCanvas":
        return SvgCanvas(round(box.width), round(box.height), self._variables)

    def put(self, part: Canvas, left: float, top: float) -> None:
        if not isinstance(part, SvgCanvas):
            raise TypeError(type(part).__name__)
        self._elements.append(
            f'<svg x="{round(left)}" y="{round(top)}" width="{part.width}" height="{part.height}">'
            f"{''.join(part._elements)}</svg>"
        )

    def svg(self, name: str, title: str, description: str) -> str:
        """Return the picture as an element of a page, which says its title and description to those who do
        not see it; `name` tells its ids from those of other pictures."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" role="img"'
            f' aria-labelledby="{name}-title {name}-text" font-family="sans-serif">'
            f'<title id="{name}-title">{escape(title)}</title>'
            f'<desc id="{name}-text">{escape(description)}</desc>'
            f'<rect width="{self.width}" height="{self.height}" fill="{self._colour(PAPER)}"/>'
            f"{''.join(self._elements)}</svg>"
        )

    def _painted(self, fill: str | None, line: str | None, width: int) -> str:
        drawn = f' stroke="{self._colour(line)}" stroke-width="{width}"' if line else ""
        return f' fill="{self._colour(fill) if fill else "none"}"{drawn}'

    def _colour(self, colour: str) -> str:
        variable = self._variables.get(colour)
        return f"var({variable}, {colour})" if variable else colour


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    """Write a length to a tenth of a pixel, the same on every machine."""
    return f"{round(value, 1):g}"
