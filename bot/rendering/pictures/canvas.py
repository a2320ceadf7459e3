"""A sheet to draw on, which becomes a PNG light enough for a phone. Sizes and places are in pixels of it."""

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from io import BytesIO
from itertools import cycle, pairwise
from typing import NamedTuple

from PIL import Image, ImageColor, ImageDraw, ImageFont

PAPER = "#ffffff"
INK = "#1a1a1a"

# The font has no bold face: letters are drawn with a thin line around them.
_BOLD = 0.35
_HALO = 2.5
# The channels of a colour that is light, added up.
_LIGHT = 383

_Rgb = tuple[int, int, int]


class Box(NamedTuple):
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def inset(self, by: float) -> "Box":
        return Box(self.left + by, self.top + by, self.width - 2 * by, self.height - 2 * by)


class Canvas:
    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._image = Image.new("RGB", (width, height), PAPER)
        self._draw = ImageDraw.Draw(self._image)
        self._colours = {PAPER: None, INK: None}

    def text_width(self, words: str, size: float, *, bold: bool = False) -> float:
        return _length(words, size) + (2 * _BOLD if bold else 0)

    def fits(self, words: str, size: float, room: float) -> bool:
        """Tell whether there is room for words in bold letters."""
        return self.text_width(words, size, bold=True) <= room

    def fitting_size(self, words: str, sizes: Sequence[float], room: float) -> float:
        """Return the first of several sizes in which words fit in bold; the last where they fit in none."""
        return next((size for size in sizes if self.fits(words, size, room)), sizes[-1])

    def shortened(self, words: str, size: float, room: float, ending: str) -> str:
        """Take letters off the end of words until they fit in bold with the ending behind them."""
        while words and not self.fits(words + ending, size, room):
            words = words[:-1].rstrip()
        return words + ending

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
        """Write words; `halo` is the colour around the letters where they stand on a pattern."""
        self._note(colour, halo)
        point, font, written = (left, baseline), _font(size), writable(words)
        if halo:
            self._draw.text(point, written, halo, font, "ls", stroke_width=_HALO, stroke_fill=halo)
        line = _BOLD if bold else 0
        self._draw.text(point, written, colour, font, "ls", stroke_width=line, stroke_fill=colour)

    def box(self, box: Box, *, fill: str | None = None, line: str | None = None, width: int = 1) -> None:
        """Draw a box; `width` is that of the line, which lies inside of it."""
        self._note(fill, line)
        self._draw.rectangle(_corners(box), fill, line, width)

    def line(self, *points: tuple[float, float], colour: str = INK, width: int = 1) -> None:
        self._note(colour)
        self._draw.line(points, colour, width, joint="curve")

    def dashed_line(
        self, *points: tuple[float, float], dashes: Sequence[float], colour: str = INK, width: int = 1
    ) -> None:
        """Draw a line that is broken: `dashes` are the lengths of what is drawn and left out by turns."""
        for piece in _pieces(points, dashes):
            self.line(*piece, colour=colour, width=width)

    def polygon(self, *points: tuple[float, float], fill: str, line: str, width: int = 1) -> None:
        self._note(fill, line)
        self._draw.polygon(points, fill, line, width)

    def disc(self, box: Box, *, fill: str | None = None, line: str | None = None, width: int = 1) -> None:
        self._note(fill, line)
        self._draw.ellipse(_corners(box), fill, line, width)

    def left_half_of_disc(self, box: Box, fill: str) -> None:
        self._note(fill)
        self._draw.pieslice(_corners(box), 90, 270, fill)

    def part(self, box: Box) -> "Canvas":
        """Return a canvas of the size of the box, to be put there with `put`: nothing drawn on it sticks
        out."""
        return Canvas(round(box.width), round(box.height))

    def put(self, part: "Canvas", left: float, top: float) -> None:
        self._note(*part._colours)
        self._image.paste(part._image, (round(left), round(top)))

    def png(self) -> bytes:
        palette = Image.new("P", (1, 1))
        palette.putpalette([channel for colour in _with_edges(self._colours) for channel in colour])
        quantized = self._image.quantize(palette=palette, dither=Image.Dither.NONE)
        file = BytesIO()
        quantized.save(file, "PNG", optimize=True)
        return file.getvalue()

    def _note(self, *colours: str | None) -> None:
        self._colours |= dict.fromkeys(filter(None, colours))


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    # Without FreeType, Pillow has one small font of fixed size, which nobody could read here.
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101
    return font


@lru_cache(maxsize=4096)
def _length(words: str, size: float) -> float:
    # The names of the areas are measured for every map, several times.
    return _font(size).getlength(writable(words))


def writable(words: str) -> str:
    """Return what the font has letters for: without accents, and with a plain hyphen."""
    plain = unicodedata.normalize("NFKD", words.translate(_PLAIN))
    return plain.encode("ascii", "ignore").decode()


_PLAIN = {ord(dash): "-" for dash in "‐‑‒–—"} | {ord("’"): "'", ord("‘"): "'", ord("…"): "..."}


def _pieces(
    points: Sequence[tuple[float, float]], dashes: Sequence[float]
) -> Iterator[list[tuple[float, float]]]:
    """Yield what is drawn of a broken line, piece by piece, each with the corners in it."""
    lengths = cycle(dashes)
    left, is_drawn = next(lengths), True
    piece = [points[0]]
    for start, end in pairwise(points):
        here, to_go = start, math.dist(start, end)
        while to_go > left:
            here = (
                here[0] + (end[0] - here[0]) * left / to_go,
                here[1] + (end[1] - here[1]) * left / to_go,
            )
            to_go -= left
            if is_drawn:
                yield [*piece, here]
            piece, is_drawn, left = [here], not is_drawn, next(lengths)
        left -= to_go
        piece.append(end)
    if is_drawn and len(piece) > 1:
        yield piece


def _with_edges(colours: Iterable[str]) -> list[_Rgb]:
    """Return the colours, each exactly, and half-way to what is written on it: ink on light ones, paper on
    dark."""
    ink, paper = _rgb(INK), _rgb(PAPER)
    known = [_rgb(colour) for colour in colours]
    edges = [_between(colour, ink if sum(colour) >= _LIGHT else paper) for colour in known]
    return list(dict.fromkeys([*known, *edges]))


def _between(first: _Rgb, second: _Rgb) -> _Rgb:
    return ((first[0] + second[0]) // 2, (first[1] + second[1]) // 2, (first[2] + second[2]) // 2)


def _rgb(colour: str) -> _Rgb:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def _corners(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right - 1, box.bottom - 1
