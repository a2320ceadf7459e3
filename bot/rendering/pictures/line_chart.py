"""A chart of lines, whatever it counts: what is drawn, what it says in words, and how it is kept as JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.questions.over_time import ProgressOn, ProgressOverTime, Series
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

    def as_json(self) -> dict[str, Any]:
        """Write it as it is kept until it is sent."""
        return {
            "title": self.title,
            "below": self.below,
            "alt_text": self.alt_text,
            "file_name": self.file_name,
            "points": [
                [point.day.isoformat(), point.bodies, [point.counts[series] for series in Series]]
                for point in self.points
            ],
        }

    @classmethod
    def read(cls, content: dict[str, Any]) -> "LineChart":
        """Read what `as_json` wrote."""
        points = (
            ProgressOn(date.fromisoformat(day), bodies, dict(zip(Series, counts, strict=True)))
            for day, bodies, counts in content["points"]
        )
        return cls(
            content["title"], content["below"], content["alt_text"], content["file_name"], tuple(points)
        )
