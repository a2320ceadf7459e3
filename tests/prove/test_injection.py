"""Row 15: whatever people write, nothing of it is live on any screen: no mention, no link, no date.

Payloads go in wherever a person can put words (notes, reasons, names, the wording of recommendations) and
every screen that shows them is looked at, by the stand-in's rules, which share no code with recbot's."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.messages.home import HomePlace
from bot.domain.register.adding import AddresseeScope, RecommendationEntry
from bot.domain.register.people import Membership, Person, PersonKey
from bot.operations.questions import home as homes
from bot.operations.recording import add
from bot.operations.request.schedule_plan import NO_DIGEST
from bot.rendering.blocks.home import home_tab as home_blocks
from bot.standin.live_tokens import live_tokens
from storage import people
from storage.store import Store
from tests.cast import ALICE, BOB, CORA, NOW, VIC, migrated, occasion
from tests.handlers.front_door import REPORT, FrontDoor, front_door
from tests.prove import by_themselves
from tests.prove.size import size

pytestmark = pytest.mark.prove

PAYLOADS = size(400, 10_000)
IN_A_TEXT = 4

TARGETS = (
    "!channel", "!here", "!everyone", "!subteam^S012AB3CD|@police", "@U0CORA", "@W0CORA|cora", "#C0COORD",
    "#C0COORD|coordination", "!date^1392734382^{date}^https://evil.example|a date", "https://evil.example",
    "https://evil.example|https://www.gov.uk", "http://evil.example/<!here>", "tel:+1", "slack://open",
    "javascript:alert(1)|x", "data:text/html,x|y", "//evil.example|x", "!", "@", "#", "|", "",
)  # fmt: skip
OPENINGS = (
    "<",
    "&lt;",
    "&#60;",
    "&#x3c;",
    "&amp;lt;",
    "＜",
    "‹",
    "\\<",
    "<\u200b",
    "<\ufeff",
    "<\n",
    "<<",
    "&lt",
)
CLOSINGS = (">", "&gt;", "&#62;", "＞", "\u200b>", "", ">>", "|>", "&gt")
WRAPPINGS = (
    "{}",
    "*{}*",
    "_{}_",
    "`{}`",
    "~{}~",
    "> {}",
    "```{}```",
    "[x]({})",
    "{} {}",
    "\u202e{}",
    '"{}"',
    "({})",
)


def payload(chance: random.Random) -> str:
    token = chance.choice(OPENINGS) + chance.choice(TARGETS) + chance.choice(CLOSINGS)
    if chance.random() < 0.1:
        place = chance.randrange(len(token) + 1)
        token = token[:place] + chance.choice(("<", ">", "&", ";", "|", "\u2028")) + token[place:]
    wrapping = chance.choice(WRAPPINGS)
    return wrapping.format(*[token] * wrapping.count("{}"))


@dataclass
class Screens:
    """Every screen is looked at as it comes; what is live is kept with where it was seen."""

    door: FrontDoor
    url: str
    store: Store
    live: list[tuple[str, str]] = field(default_factory=list)
    looked_at: int = 0

    def message(self, where: str, shown: Any) -> None:
        self.looked_at += 1
        self.live += [(where, str(fault)) for fault in live_tokens(shown, "", REPORT)]

    def types(self, who: PersonKey, text: str) -> Any:
        """`FrontDoor` itself holds a form to the same rules, and a reply to more."""
        self.looked_at += 1
        return self.door.types(who, text)

    def home_of(self, who: PersonKey) -> None:
        self.looked_at += 1
        view = home_blocks.home(homes.home(self.store, occasion(who), HomePlace(), NO_DIGEST))
        self.live += [(f"Home of {who.user_id}", str(fault)) for fault in live_tokens(view, "", REPORT)]

    def digest(self) -> None:
        for message in by_themselves.digest(self.store):
            self.message("digest", message)

    def deliveries(self) -> None:
        """What waits to be sent to somebody."""
        for key, message in by_themselves.take_deliveries(self.url):
            self.message(f"delivery {key}", message)


@pytest.fixture
def screens(sqlite_url: str) -> Iterator[Screens]:
    with front_door(sqlite_url) as door:
        yield Screens(door, sqlite_url, migrated(sqlite_url))


def test_nothing_that_anybody_writes_is_live_on_any_screen(screens: Screens) -> None:
    chance = random.Random(15)
    recorded = 0
    for number in range(PAYLOADS // IN_A_TEXT):
        written = "\n".join(payload(chance) for _ in range(IN_A_TEXT))
        name = payload(chance)[:80]
        with screens.store.begin() as connection:
            people.remember(connection, Person(ALICE, name, Membership.MEMBER, NOW + timedelta(days=3650)))
        for recording in recordings(number, written):
            recorded += "Recorded" in screens.types(ALICE, recording)["text"]
        for who in (ALICE, CORA, VIC):
            for reading in READINGS:
                screens.types(who, reading)
        screens.types(CORA, f"search {written[:60]}")
        screens.types(CORA, written)
        screens.types(ALICE, "update 15")
        screens.types(BOB, f"extend 15 {written}: {written}")
        if number % 10 == 0:
            add_recommendation(screens.store, number // 10 + 100, written)
            for reading in (f"{number // 10 + 100}", "status", "deadlines all", "stalking"):
                screens.types(VIC, reading)
        if number % 5 == 0:
            screens.types(ALICE, f"extend 25 30 Apr {2026 + number}: {written}")
            for who in (ALICE, CORA, VIC):
                screens.home_of(who)
            screens.digest()
            screens.deliveries()
    print(
        f"{PAYLOADS} payloads in {recorded} recordings, {screens.looked_at} screens: {len(screens.live)} live"
    )
    assert screens.live == []
    assert recorded > PAYLOADS // IN_A_TEXT / 2


def add_recommendation(store: Store, number: int, written: str) -> None:
    entry = RecommendationEntry(
        number=str(number),
        wording=written,
        scope=AddresseeScope.WALES,
        chosen=(),
        respond_by=None,
        due_on=date(2026, 3, 27),
        joint_with=written[:80],
        parts=f"duty: {' '.join(written.split())}",
    )
    add.add_recommendation(store, occasion(CORA), "stalking", entry, no_victim=True)


READINGS = ("15 kent", "16 kent", "kent", "history kent", "changes", "mine", "contacts", "waiting kent")


def recordings(number: int, written: str) -> tuple[str, ...]:
    return (
        f"note 15: {written}",
        f"partly 16: {written}",
        f"progress 25 blocked: {written}",
        f"complete 15: {written}",
        "accept 15 16 25",
    )[number % 4 : number % 4 + 2]
