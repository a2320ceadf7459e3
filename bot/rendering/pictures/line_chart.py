"""A chart of lines, whatever it counts: what is drawn, and what it says in words."""

from dataclasses import dataclass

from bot.domain.questions.over_time import ProgressOn, ProgressOverTime
from bot.rendering.pictures import chart_sentences as sentences


@dataclass(frozen=True, slots=True)
class LineChart:
    """Progress over time as it is drawn. `title` and `below` stand over it, `alt_text` is for those who do
    not see it, and `file_name` is what its picture is called."""

    title: str
    below: str
    alt_text: str
    file_name: str
    points: tuple[ProgressOn, ...]  # the earliest first

    @classmethod
    def of(cls, progress: ProgressOverTime) -> "LineChart":
        return cls(
            title=sentences.title(progress),
            below=sentences.below_title(progress),
            alt_text=sentences.alt_text(progress),
            file_name=sentences.file_name(progress),
            points=progress.points,
        )

    @property
    def top(self) -> int:
        """The most that a line can reach."""
        return max(point.bodies for point in self.points)
