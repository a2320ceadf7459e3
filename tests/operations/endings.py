"""Bodies that end: Norfolk and Suffolk, which one mayor follows on 1 May 2027."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from bot.domain.register.imports import BodyRow, FilePlace
from bot.domain.register.people import PersonKey
from bot.domain.values import replace
from bot.rendering.screen import Screen
from storage.verify import Unbroken, verify
from tests.cast import CORA, NOW, Register, accountable_case
from tests.operations.imports.test_imports import into
from tests.prove.trace import Typed, reply
from tests.storage.audit import audit

EVE = datetime(2027, 4, 30, 12, tzinfo=UTC)
AFTER = datetime(2027, 5, 1, 8, tzinfo=UTC)
LAST_DAY = date(2027, 4, 30)
MAYOR = BodyRow(
    place=FilePlace("", "", 0),
    code="E47000099",
    slug="norfolk-and-suffolk-mayor",
    short_name="Norfolk and Suffolk Mayor",
    body_name="Mayor of Norfolk and Suffolk",
    body_type="mayor",
    region="East of England",
    country="England",
    first_day=date(2027, 5, 1),
    tile_row=5,
    tile_col=9,
)


def ending(register: Register, slug: str, heir: str = MAYOR.code, last_day: date = LAST_DAY) -> BodyRow:
    code = register.body(slug).code
    return BodyRow(place=FilePlace("", "", 0), code=code, last_day=last_day, successor=heir)


def merger(register: Register, *, suffolk_first: bool = False, instant: datetime = NOW) -> None:
    """Have one file say that both end, in either order."""
    rows = [ending(register, "norfolk"), ending(register, "suffolk")]
    placed = [*reversed(rows)] if suffolk_first else rows
    into(
        register,
        *(replace(row, place=FilePlace("", "", n)) for n, row in enumerate([*placed, MAYOR])),
        instant=instant,
    )


def both_have_spoken(register: Register) -> None:
    """Norfolk is in progress, Suffolk blocked; both had accepted in the association's letter."""
    register.says(CORA, "progress 15 norfolk in progress: two ISACs start in April")
    register.says(CORA, "progress 15 suffolk blocked: waits for the ministry")


@contextmanager
def audited_case(database_url: str) -> Iterator[Register]:
    """The register of the stalking case; at the end its history and all that stands beside it are checked."""
    register = accountable_case(database_url)
    yield register
    audit(database_url)
    assert isinstance(verify(register.store.database), Unbroken)
    register.store.database.close()


def says(register: Register, text: str, who: PersonKey = CORA, instant: datetime = NOW) -> Screen:
    """Somebody types something; the screen that answers it."""
    screen = reply(register.services(), Typed(who, text, instant, f"{text} {who} {instant}"))
    assert isinstance(screen, Screen)
    return screen
