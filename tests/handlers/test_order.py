"""Every list has the same order, and says how much of it is not shown."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from bot.domain.messages.home import HomePlace
from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.register.addressee import Answer
from bot.domain.register.people import PersonKey
from bot.operations.messages import digest, reminders
from bot.operations.questions import export, home
from bot.rendering.blocks.home import home_tab as home_screen
from bot.rendering.screen import Screen
from tests.cast import ALICE, CORA, NOW, VIC, Register, a_recommendation, occasion, stalking_case
from tests.handlers.lookups import ask
from tests.operations.cases import add
from tests.operations.questions.test_home import PLAN
from tests.rendering.screens import buttons, read

IN_ORDER = ["1", "1a", "1b", "2", "4.1", "4.2", "4.10", "5", "6", "7", "10", "11", "12", "13"]
# As a machine sorts them, which is also the order in which they come into the register.
ADDED = sorted(IN_ORDER)
DUE = date(2025, 3, 20)
BEFORE = NOW
LATE = NOW + timedelta(days=11)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Kent and Surrey owe an answer to fourteen recommendations, and what they ask, by one day."""
    made = stalking_case(f"sqlite:///{tmp_path_factory.mktemp('order') / 'recbot.db'}")
    for number in ADDED:
        new = a_recommendation(number, wording="Measure the waits.", respond_by=DUE, due_on=DUE)
        add(made, new, ("kent", "surrey"), answer=Answer.AWAITING)
    yield made
    made.store.database.close()


def numbers(texts: list[str]) -> list[str]:
    """The numbers of the fourteen, in the order in which lines name them first."""
    titles = re.findall(
        r"\b[Ss]talking ([0-9.]*[0-9][a-z]?)\b|^  ([0-9.]*[0-9][a-z]?) ·", "\n".join(texts), re.M
    )
    return [fromkey for fromkey in dict.fromkeys(a or b for a, b in titles) if fromkey in IN_ORDER]


def all_pages(register: Register, who: PersonKey, typed: str, instant: datetime) -> list[str]:
    """The lines of a list, page after page."""
    shown = ask(register, who, typed, instant)
    lines = read(shown)
    while further := buttons(shown).get("More"):
        shown = ask(register, who, further, instant)
        lines += read(shown)
    return lines


@pytest.mark.parametrize(
    ("who", "typed", "instant"),
    [
        (ALICE, "mine", BEFORE),
        (ALICE, "", BEFORE),
        (VIC, "kent", BEFORE),
        (VIC, "south east", BEFORE),
        (VIC, "stalking", BEFORE),
        (VIC, "status", BEFORE),
        (VIC, "deadlines", BEFORE),
        (VIC, "deadlines before 21 mar 2025", BEFORE),
        (VIC, "overdue", LATE),
        (VIC, "overdue kent", LATE),
        (VIC, "waiting", BEFORE),
        (VIC, "waiting kent", BEFORE),
        (VIC, "search measure waits", BEFORE),
        (VIC, "stalking as at 10 mar 2025", BEFORE),
    ],
)
def test_every_lookup_lists_recommendations_as_their_report_numbers_them(
    register: Register, who: PersonKey, typed: str, instant: datetime
) -> None:
    assert numbers(all_pages(register, who, typed, instant)) == IN_ORDER


def test_so_do_home_the_digest_reminders_and_accounts(register: Register) -> None:
    of_alice = home.home(register.store, occasion(ALICE), HomePlace(), PLAN)
    assert of_alice.contact is not None
    assert [row.recommendation.number for row in of_alice.contact.owed.rows] == IN_ORDER[:12]
    coming = digest.preview(register.store, occasion(CORA), PLAN).coming
    assert [due.recommendation.number for due in coming if due.on == DUE and due.duty == "action"] == IN_ORDER
    late = digest.preview(register.store, occasion(CORA, LATE), PLAN).overdue[0]
    assert [recommendation.number for recommendation in late.recommendations] == IN_ORDER
    with register.store.reading() as connection:
        owing = reminders.owing(connection, register.store, ALICE, NOW.date())
    assert owing is not None
    listed = [addressee.recommendation_id.removeprefix("stalking-") for addressee in owing.listed]
    assert listed == [*IN_ORDER, "15", "16", "25"]
    with export.opened(register.store, occasion(VIC), Export()) as account:
        accounted = [chapter.recommendation.number for chapter in account.chapters]
    assert [name for name in accounted if name in IN_ORDER] == IN_ORDER


@pytest.mark.parametrize(
    ("who", "typed", "instant", "says"),
    [
        (VIC, "overdue", BEFORE, "4.2, 4.10, 5, 6, 7, 10, 11, … 2 more"),
        (VIC, "deadlines before 15 mar 2025", BEFORE, "4.2, 4.10, 5, 6, 7, 10, 11, … 2 more"),
        (ALICE, "mine", BEFORE, "… 2 more."),
        (VIC, "kent", BEFORE, "… 2 more."),
        (VIC, "south east", BEFORE, "… 2 more."),
        (VIC, "stalking", BEFORE, "… 3 more."),
        (VIC, "status", BEFORE, "… 3 more."),
        (VIC, "overdue", LATE, "… 16 more."),
        (VIC, "waiting", BEFORE, "… 2 more."),
        (VIC, "deadlines", BEFORE, "… 6 more."),
        (VIC, "search measure waits", BEFORE, "… 6 more recommendations."),
    ],
)
def test_a_list_that_is_cut_says_how_many_more(
    register: Register, who: PersonKey, typed: str, instant: datetime, says: str
) -> None:
    shown = ask(register, who, typed, instant)
    assert says in "\n".join([shown.text, *read(shown)])


def test_lists_of_home_say_how_many_more(register: Register) -> None:
    shown = home_screen.home(home.home(register.store, occasion(ALICE), HomePlace(), PLAN))
    assert "… 5 more." in read(Screen("", tuple(shown["blocks"])))


def test_one_body_says_how_many_updates_are_not_shown(register: Register) -> None:
    for _ in range(7):
        register.says(ALICE, "note 25: a word on it")
    shown = read(ask(register, ALICE, "25 kent"))
    assert any("2 earlier: `/recs history stalking 25 Kent`." in line for line in shown)
    assert "earlier" not in "\n".join(read(ask(register, ALICE, "16 kent")))
