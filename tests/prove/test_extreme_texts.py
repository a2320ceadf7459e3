"""Row 40: whatever letters a stored text is written in, up to its limit, every screen that shows it is one
that Slack takes and is under 60,000 bytes as it is sent.

Each register here has texts, names, titles and wordings that are as long as they may be; every command, form,
Home, digest, message and history that shows them is examined by the stand-in's rules."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.messages.home import HomePlace, Topic
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.adding import AddresseeScope, RecommendationEntry, ReportEntry
from bot.domain.register.people import Membership, Person, PersonKey
from bot.operations.questions import home as homes
from bot.operations.recording import add
from bot.operations.request.schedule_plan import NO_DIGEST
from bot.rendering.blocks.home import home_tab as home_blocks
from bot.standin.examination import examine, examine_view
from storage import people
from tests.cast import ALICE, BOB, CORA, ED, NOW, VIC, occasion
from tests.handlers.front_door import REPORT, FrontDoor, front_door
from tests.prove import by_themselves
from tests.prove.payloads import submission
from tests.prove.size import size

pytestmark = pytest.mark.prove

Json = dict[str, Any]

REGISTERS = size(20, 10_000)
# Texts are added to one database so often before the next one begins.
IN_ONE_DATABASE = 10
MOST_BYTES = 60_000
LONGEST = {"text": 3_000, "name": 80, "title": 300, "joint": 200, "decided by": 120, "link": 500}

PIECES: dict[str, Callable[[random.Random], str]] = {
    "emoji": lambda chance: chance.choice("😀🏴🚓👮🧑✅❌"),
    "families": lambda chance: chance.choice(("👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "👍🏽", "🇬🇧")),
    "marks": lambda chance: "e" + "".join(chance.choice("\u0300\u0301\u0323\u0489") for _ in range(20)),
    "right to left": lambda chance: chance.choice(("שלום ", "مرحبا ", "ﷺ ")),
    "a long word": lambda chance: chance.choice("abxyzß"),
    "markup": lambda chance: chance.choice("&<>*_`~|"),
    "mentions": lambda chance: chance.choice(
        ("&lt;!channel&gt; ", "&amp;amp; ", "<https://evil.example|x> ")
    ),
    "no width": lambda chance: chance.choice(("a\u200b", "b\u200d", "c\u2060", "d\ufeff")),
    "lines": lambda chance: chance.choice(("完\n", "\n", "x\n")),
    "words": lambda chance: chance.choice(("the provider ", "café ", "Llanrhaeadr-ym-Mochnant ", "日本語 ")),
    "beyond": lambda chance: chr(chance.choice((0x10FFFD, 0x1F9FF, 0x2FA1D, 0xE000, 0xFFFD, 0x0F))),
}


def extreme(chance: random.Random, longest: int) -> str:
    """A text as long as it may be, of one kind of letters or of all of them."""
    kinds = list(PIECES.values()) if chance.random() < 0.2 else [chance.choice(list(PIECES.values()))]
    written = ""
    while len(written) < longest:
        written += chance.choice(kinds)(chance)
    return f"x{written}"[:longest]


def in_one_line(chance: random.Random, longest: int) -> str:
    return " ".join(extreme(chance, longest).split())[:longest]


@dataclass
class Examined:
    """Every screen as it comes; what is wrong with one is kept with where it was seen."""

    door: FrontDoor
    url: str
    faults: list[str] = field(default_factory=list)
    screens: int = 0
    longest: int = 0
    came_back: int = 0

    def message(self, where: str, sent: Json) -> None:
        self._look(where, sent, [str(fault) for fault in examine(sent, allowed_links=REPORT)])

    def view(self, where: str, view: Json, surface: Any = "modal") -> None:
        self._look(where, view, [str(fault) for fault in examine_view(view, surface, "", REPORT)])

    def types(self, who: PersonKey, text: str) -> Json:
        """`FrontDoor` itself holds a reply or a form to the rules."""
        shown = self.door.types(who, text)
        self._look(text[:40], shown, [])
        return shown

    def sends(self, who: PersonKey, view: Json, entries: dict[str, Json], view_id: str) -> None:
        """A form, whose answer may be the form again with all that was entered."""
        answer = self.door.sends(submission(who, view, entries, view_id))
        if answer.get("response_action") == "update":
            self.came_back += 1
            self.view("a form that comes back", answer["view"])
        self._look("an answer to a form", answer, [])

    def home_of(self, who: PersonKey, place: HomePlace) -> None:
        view = home_blocks.home(homes.home(self.door.store, occasion(who), place, NO_DIGEST))
        self.view(f"Home of {who.user_id}", view, "home")

    def digest(self) -> None:
        for message in by_themselves.digest(self.door.store):
            self.message("digest", message)

    def deliveries(self) -> None:
        """What waits to be sent to somebody."""
        for key, message in by_themselves.take_deliveries(self.url):
            self.message(f"delivery {key}", message)

    def _look(self, where: str, sent: Json, faults: list[str]) -> None:
        self.screens += 1
        length = len(json.dumps(sent).encode())
        self.longest = max(self.longest, length)
        # A form that is opened goes by another road, which takes 250 kB, and holds what its reader wrote.
        if length >= MOST_BYTES and not (sent.get("type") == "modal" and where != "a form that comes back"):
            faults = [*faults, f"{length} bytes"]
        self.faults += [f"{where}: {fault}" for fault in faults]


@pytest.fixture
def databases(tmp_path: Path) -> Iterator[Callable[[int], Examined]]:
    opened: list[Any] = []

    def examine(number: int) -> Examined:
        for door in opened:
            door.__exit__(None, None, None)
        opened.clear()
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        entered = front_door(url)
        door = entered.__enter__()
        opened.append(entered)
        return Examined(door, url)

    yield examine
    for door in opened:
        door.__exit__(None, None, None)


def test_every_screen_of_extreme_texts_is_one_that_slack_takes(
    databases: Callable[[int], Examined],
) -> None:
    chance = random.Random(40)
    seen: list[Examined] = []
    for number in range(REGISTERS):
        if number % IN_ONE_DATABASE == 0:
            seen.append(databases(number))
        fill(seen[-1], chance, number)
        look(seen[-1], chance)
        assert seen[-1].faults == []
    screens, came_back = (
        sum(examined.screens for examined in seen),
        sum(examined.came_back for examined in seen),
    )
    assert came_back == REGISTERS
    longest = max(examined.longest for examined in seen)
    print(f"{REGISTERS:,} registers, {screens:,} screens, the longest {longest:,} bytes: 0 faults")


def fill(examined: Examined, chance: random.Random, number: int) -> None:
    """A register in which everything that somebody can write is as long as it may be."""
    store, key = examined.door.store, f"report-{number}"
    with store.begin() as connection:
        for who in (ALICE, BOB, CORA, ED):
            name = in_one_line(chance, LONGEST["name"])
            people.remember(connection, Person(who, name, Membership.MEMBER, NOW + timedelta(days=3650)))
    report = ReportEntry(
        title=in_one_line(chance, LONGEST["title"]),
        key=key,
        publishers=in_one_line(chance, LONGEST["title"]),
        published_on=date(2025, 1, 6),
    )
    parts = "\n".join(f"do: {in_one_line(chance, 100)}" for _ in range(26))
    entry = RecommendationEntry(
        number=str(100 + number % 900),
        wording=extreme(chance, LONGEST["text"]),
        scope=AddresseeScope.ALL,
        chosen=(),
        respond_by=date(2025, 3, 3),
        due_on=date(2025, 3, 27),
        joint_with=in_one_line(chance, LONGEST["joint"]),
        parts=parts,
    )
    _unless_refused(lambda: add.add_report(store, occasion(CORA), report))
    _unless_refused(lambda: add.add_recommendation(store, occasion(CORA), key, entry, no_victim=True))
    for typed in (
        f"note 15 no victim: {extreme(chance, LONGEST['text'])}",
        f"partly 16 no victim: {extreme(chance, LONGEST['text'])}",
        f"progress 25 blocked no victim: {extreme(chance, LONGEST['text'])}",
        f"complete 16 no victim: {extreme(chance, LONGEST['text'])}",
        f"extend 25 {20 + number % 8} Apr {2026 + number % 70} no victim: {extreme(chance, LONGEST['text'])}",
    ):
        examined.types(ALICE, typed)


def look(examined: Examined, chance: random.Random) -> None:
    for who in (ALICE, CORA, VIC):
        for reading in READINGS:
            examined.types(who, reading)
        for place in (HomePlace(), *(HomePlace(topic, 1) for topic in TOPICS)):
            examined.home_of(who, place)
    examined.types(CORA, f"search {extreme(chance, 60)}")
    for echoed in ("{}", "15 {}", "note 15 glouc shire: {}", "note {}: {}", "export {}", "extend 15 {}: {}"):
        examined.types(ALICE, echoed.replace("{}", extreme(chance, LONGEST["text"])))
    form_again(examined, chance)
    examined.digest()
    examined.types(CORA, "remind 25")
    examined.deliveries()


def form_again(examined: Examined, chance: random.Random) -> None:
    """A form with the longest entries, one of which looks as if a victim could be identified."""
    view = examined.types(ALICE, f"update 15: {extreme(chance, 2_900)}")
    entries: dict[str, Json] = {
        "note": {"type": "plain_text_input", "value": f"call 07700 900123 {extreme(chance, 2_900)}"},
        "reason": {"type": "plain_text_input", "value": extreme(chance, 2_990)},
        "decided_by": {"type": "plain_text_input", "value": in_one_line(chance, LONGEST["decided by"])},
        "response": {"type": "static_select", "selected_option": {"value": "accepted in part"}},
    }
    examined.sends(ALICE, view, entries, f"V{len(examined.door.slack.forms)}")


def _unless_refused(act: Callable[[], object]) -> None:
    """What a form refuses (a title that shows nothing) is not in the register."""
    try:
        act()
    except Refusal:
        return


TOPICS = tuple(Topic)
READINGS = (
    *("15", "16 kent", "25 kent", "kent", "kent page 2", "", "mine", "overdue", "waiting", "deadlines all"),
    *("changes", "changes since 1 Jan", "history 15", "history kent", "history kent page 2", "contacts"),
    *("digest preview", "15 as at 22 Nov 2024", "16 kent as at 10 Mar 2025", "search provider", "help"),
    *("15 wales", "wales", "stalking", "search x", "export", "contacts kent"),
)
