"""What tells squares apart on a map: a pattern for each response, which reads in grey, and a colour."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import assert_never

from msgspec import Struct

from bot.domain.register.addressee import Answer, Stage
from bot.rendering.pictures.canvas import INK, PAPER, Box, Canvas

_STRIPES_APART = 15
_CROSSES_APART = 18
_DOTS_APART = 12


class Pattern(Enum):
    SOLID = auto()
    STRIPES = auto()
    DOTS = auto()
    CROSSES = auto()
    EMPTY = auto()


class Fill(Struct, frozen=True):
    """`ground` with the pattern on it in the colour `mark`; `ink` is the colour of words that stand there."""

    pattern: Pattern
    ground: str
    mark: str
    ink: str
    edge: str = INK


NOT_ASKED = Fill(Pattern.EMPTY, ground=PAPER, mark=PAPER, ink="#595959", edge="#a6a6a6")


def fill_of(answer: Answer) -> Fill:
    match answer:
        case Answer.ACCEPTED:
            return Fill(Pattern.SOLID, ground="#12507f", mark="#12507f", ink=PAPER)
        case Answer.ACCEPTED_IN_PART:
            return Fill(Pattern.STRIPES, ground="#ffe9b0", mark="#e8a81c", ink=INK)
        case Answer.AWAITING:
            return Fill(Pattern.DOTS, ground=PAPER, mark="#8a8a8a", ink=INK)
        case Answer.NOT_ACCEPTED:
            return Fill(Pattern.CROSSES, ground="#5c1400", mark="#c4512b", ink=PAPER)
    assert_never(answer)


def fill_of_stage(stage: Stage) -> Fill:
    """Return the fill of a square where all have accepted, so that the response tells nothing apart."""
    match stage:
        case Stage.COMPLETE:
            return Fill(Pattern.SOLID, ground="#2a7d46", mark="#2a7d46", ink=PAPER)
        case Stage.CHECKED:
            return Fill(Pattern.SOLID, ground="#0d3b1e", mark="#0d3b1e", ink=PAPER)
        case Stage.CLOSED:
            return Fill(Pattern.SOLID, ground="#9b84c9", mark="#9b84c9", ink=INK)
        case Stage.IN_PROGRESS:
            return Fill(Pattern.STRIPES, ground="#cfe3f5", mark="#7fb2e0", ink=INK)
        case Stage.BLOCKED:
            return Fill(Pattern.CROSSES, ground="#5c1400", mark="#c4512b", ink=PAPER)
        case Stage.NOT_STARTED:
            return Fill(Pattern.EMPTY, ground=PAPER, mark=PAPER, ink=INK)
    assert_never(stage)


def paint(canvas: Canvas, box: Box, fill: Fill) -> None:
    part = canvas.part(box)
    part.box(Box(0, 0, part.width, part.height), fill=fill.ground)
    match fill.pattern:
        case Pattern.STRIPES:
            _slanting(part, fill.mark, _STRIPES_APART, width=4)
        case Pattern.CROSSES:
            _slanting(part, fill.mark, _CROSSES_APART, width=2)
            _slanting(part, fill.mark, _CROSSES_APART, width=2, is_rising=False)
        case Pattern.DOTS:
            for left, top in _staggered(part):
                part.disc(Box(left, top, 4, 4), fill=fill.mark)
        case Pattern.SOLID | Pattern.EMPTY:
            pass
        case _:
            assert_never(fill.pattern)
    canvas.put(part, box.left, box.top)


def _slanting(part: Canvas, colour: str, apart: int, *, width: int, is_rising: bool = True) -> None:
    foot, head = (part.height, 0) if is_rising else (0, part.height)
    for start in range(-part.height, part.width, apart):
        part.line((start, foot), (start + part.height, head), colour=colour, width=width)


def _staggered(part: Canvas) -> Iterator[tuple[float, float]]:
    for row, top in enumerate(range(3, part.height, _DOTS_APART - 2)):
        for left in range(3 + (row % 2) * _DOTS_APART // 2, part.width, _DOTS_APART):
            yield left, top
