"""A hold: words that somebody may ask for are not erased until it is lifted.

A body's words are held for a request for disclosure or a claim, or everybody's for an inquiry."""

from datetime import date

from msgspec import Struct


class Hold(Struct, frozen=True):
    """`seq` is the update that placed it, on a London day; `body_code` is None where it holds all words."""

    seq: int
    body_code: str | None
    placed_on: date
    reason: str

    def binds(self, body_code: str | None) -> bool:
        """Return whether words about a body may not be erased. What names no body (None) may be about any."""
        return self.body_code is None or body_code in (None, self.body_code)
