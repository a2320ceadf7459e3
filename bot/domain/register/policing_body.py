"""The local policing bodies of England and Wales."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Sureness(StrEnum):
    """How sure it is that a body ends on the day that is recorded for it."""

    DECIDED = "decided"
    ANNOUNCED = "announced"
    REPORTED = "reported"

    @property
    def takes_effect(self) -> bool:
        """Whether the body ends on the day by itself; else it goes on until the end is decided."""
        return self is Sureness.DECIDED


class BodyKind(StrEnum):
    """The kinds of body that there are, or are announced; an import may bring others."""

    PCC = "pcc"
    PFCC = "pfcc"
    MAYOR = "mayor"
    MOPAC = "mopac"
    COMMON_COUNCIL = "common_council"
    BOARD = "board"


class PolicingBody(Struct, frozen=True):
    """`code` is the police force area's code (E23000032), by which the history knows the body for good.
    `first_day` and `last_day` are London dates, absent when the body has no known beginning or end; its
    duties then pass to `successor_code`."""

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
    # The code that the Office for National Statistics gave the body later; None while `code` is the one.
    official_code: str | None = None
    # How sure the end is; None where nobody said, which is a decided one.
    ending_sureness: str | None = None
    # Who says that it ends.
    ending_source: str | None = None
    # What passes to others than `successor_code`: `E47000001:stalking-15`, with spaces between them.
    divided: str | None = None
    # Whether the successor's contacts are to be those of this body: "yes" or "no"; None until a coordinator
    # has said so.
    contacts_pass: str | None = None
    # What it is called, and is, from a day to come, as `body_facts` writes it; and who says so.
    planned_facts: str | None = None
    planned_source: str | None = None

    @property
    def takes_contacts_along(self) -> bool | None:
        """Whether its contacts become its successor's; None until a coordinator has answered."""
        return None if self.contacts_pass is None else self.contacts_pass.startswith("y")

    @property
    def shown_code(self) -> str:
        """The code by which others know the body today."""
        return self.official_code or self.code

    @property
    def ends_by_itself(self) -> bool:
        """Whether the end is decided, and takes effect on its day."""
        return self.last_day is not None and _takes_effect(self.ending_sureness)

    def exists_on(self, day: date) -> bool:
        return (self.first_day is None or self.first_day <= day) and not self.has_ended_by(day)

    def has_ended_by(self, day: date) -> bool:
        """Return whether its last day lies before a London date."""
        return has_ended(self.last_day, self.ending_sureness, day)

    @property
    def shares(self) -> dict[str, str]:
        """The code of the body to which a recommendation passes, by its id, where that is not the
        successor."""
        pairs = (share.split(":", 1) for share in (self.divided or "").split())
        return {recommendation_id: code for code, recommendation_id in pairs}

    def heir_of(self, recommendation_id: str) -> str | None:
        """Return the code of the body to which a recommendation passes."""
        return self.shares.get(recommendation_id, self.successor_code)

    @property
    def heirs(self) -> tuple[str, ...]:
        """The codes of all bodies to which anything passes, the successor first."""
        codes = (self.successor_code, *self.shares.values())
        return tuple(dict.fromkeys(code for code in codes if code))


def has_ended(last_day: date | None, sureness: str | None, day: date) -> bool:
    """Return whether a body's last day lies before a London date, and is decided."""
    return last_day is not None and last_day < day and _takes_effect(sureness)


def _takes_effect(sureness: str | None) -> bool:
    return Sureness(sureness or Sureness.DECIDED).takes_effect


def written_shares(shares: dict[str, str]) -> str | None:
    """Write what `PolicingBody.shares` reads; None where everything passes to the successor."""
    return " ".join(f"{code}:{id_}" for id_, code in sorted(shares.items())) or None
