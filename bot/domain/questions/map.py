"""How one recommendation stands across the country: a square for each policing body's area."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from bot.domain.register.addressee import Addressee
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation, Tally
from bot.domain.register.succession import Origin


class Tile(Struct, frozen=True):
    """A body's area; `addressee` is None where the recommendation was not addressed to it."""

    body: PolicingBody
    addressee: Addressee | None = None


class TileMap(Struct, frozen=True):
    """A recommendation at the end of the London day `day`, or as it stands on it now; with `known`, as it was
    known then. `elsewhere` are addressees that count and have no square of their own."""

    recommendation: Recommendation
    day: date
    tiles: tuple[Tile, ...]
    elsewhere: tuple[Addressee, ...] = ()
    known: bool = False
    origin: Origin | None = None  # of whom the count is, since bodies ended

    @property
    def addressees(self) -> tuple[Addressee, ...]:
        """All that count, by name."""
        drawn = [tile.addressee for tile in self.tiles if tile.addressee]
        return tuple(sorted([*drawn, *self.elsewhere], key=lambda addressee: addressee.body_name))

    @property
    def tally(self) -> Tally:
        return Tally.of(self.addressees)

    @property
    def shows_progress(self) -> bool:
        """Whether all that were asked have accepted: then only their progress tells them apart."""
        return 0 < self.tally.accepted == self.tally.addressed

    @property
    def not_asked(self) -> int:
        """How many areas are drawn empty."""
        return sum(tile.addressee is None for tile in self.tiles)


def laid_out(
    recommendation: Recommendation,
    addressees: Iterable[Addressee],
    bodies: Iterable[PolicingBody],
    day: date,
    *,
    known: bool = False,
    origin: Origin | None = None,
) -> TileMap:
    """Return the bodies of a London day on their squares, by name, and those that ended and still count.

    Where a body took the place of another, its square is its own."""
    addressee_of = {addressee.body_code: addressee for addressee in addressees}
    places: dict[tuple[int, int], Tile] = {}
    for body in sorted(bodies, key=lambda body: (not body.exists_on(day), body.code not in addressee_of)):
        if body.exists_on(day) or body.code in addressee_of:
            tile = Tile(body, addressee_of.get(body.code))
            places.setdefault((body.tile_row, body.tile_col), tile)
    drawn = {tile.body.code for tile in places.values()}
    return TileMap(
        recommendation=recommendation,
        day=day,
        tiles=tuple(sorted(places.values(), key=lambda tile: tile.body.short_name)),
        elsewhere=tuple(addressee for addressee in addressee_of.values() if addressee.body_code not in drawn),
        known=known,
        origin=origin,
    )
