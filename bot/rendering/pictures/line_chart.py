"""A chart of lines, whatever it counts: what is drawn, and what it says in words."""

from functools import cached_property

from msgspec import Struct

from bot.domain.questions.over_time import ProgressOn, ProgressOverTime
from bot.rendering.pictures import chart_sentences as sentences


class LineChart(Struct, frozen=True, dict=True):
    """Progress over time as it is drawn. `title` and `below` stand over it, `alt_text` is for those who do
    not see it, and `file_name` is what its picture is called."""

    title: str
    below: str
    alt_text: str
    file_name: str
    points: tuple[ProgressOn, ...]  # the earliest first

    @cached_property
    def top(self) -> int:
        """The most that a line can reach; once, since each point of each line is drawn by it."""
        return max(point.bodies for point in self.points)

    @classmethod
    def of(cls, progress: ProgressOverTime) -> "LineChart":
        return cls(
            title=sentences.title(progress),
            below=sentences.below_title(progress),
            alt_text=sentences.alt_text(progress),
            file_name=sentences.file_name(progress),
            points=progress.points,
        )
