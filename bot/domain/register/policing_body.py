"""The local policing bodies of England and Wales."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PolicingBody:
    """`code` is the police force area's code (E23000032). `first_day` and `last_day` are London dates,
    absent when the body has no known beginning or end; its open duties then pass to `successor_code`."""

    code: str
    slug: str
    short_name: str
    force_name: str
    area_name: str
    name: str
    kind: str
    region: str
    country: str
    tile_row: int
    tile_col: int
    aliases: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    successor_code: str | None = None

    def exists_on(self, day: date) -> bool:
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )
