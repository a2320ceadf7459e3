"""Whose Home is drawn, and that it is drawn once however much changes."""

import threading
import time
from collections.abc import Iterator

import pytest

from bot.domain.messages.home import HomePlace, Topic
from bot.domain.register.people import PersonKey, Role
from bot.domain.values import replace
from bot.operations.messages.homes import key_of, note_opened, readers
from bot.operations.request.homes import Homes
from bot.runtime.pool import Pool
from storage import people
from tests.cast import ALICE, BOB, CORA, ED, NOW, VIC, Register


def test_a_change_concerns_the_bodys_contacts_the_coordinators_and_who_made_it(register: Register) -> None:
    store, kent = register.store, register.body("kent").code
    assert readers(store, VIC, kent) == ()
    for who in (ALICE, BOB, CORA, VIC):
        assert note_opened(store, who)
    with store.begin() as connection:
        people.grant(connection, ED, Role.COORDINATOR, "", NOW)
    assert set(readers(store, CORA, kent)) == {ALICE, CORA}
    assert set(readers(store, VIC, kent)) == {ALICE, CORA, VIC}
    assert set(readers(store, ALICE, None)) == {ALICE, CORA}
    note_opened(store, ED)
    assert set(readers(store, CORA, None)) == {CORA, ED}


def test_what_slack_says_of_a_person_anew_does_not_take_their_home_away(register: Register) -> None:
    note_opened(register.store, ALICE)
    with register.store.begin() as connection:
        alice = people.get(connection, ALICE)
        assert alice is not None
        people.remember(connection, replace(alice, display_name="Alice Ash"))
    assert readers(register.store, ALICE, None) == (ALICE,)


def test_somebody_never_seen_has_no_home_yet(register: Register) -> None:
    unknown = PersonKey("T0OTHER", "U0NOBODY")
    assert not note_opened(register.store, unknown)
    assert key_of(register.store, "U0NOBODY") is None
    assert key_of(register.store, "U0ALICE") == ALICE


class Slowly:
    """A drawing that does not end before it is let go."""

    def __init__(self, drawn: list[str]) -> None:
        self._drawn = drawn
        self.begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self._drawn.append("slowly")
        self.begun.set()
        self.may_end.wait(60)


@pytest.fixture
def drawn() -> list[str]:
    return []


@pytest.fixture
def slowly(drawn: list[str]) -> Iterator[Slowly]:
    slowly = Slowly(drawn)
    yield slowly
    slowly.may_end.set()


def pool(threads: int = 1, most: int = 1_000) -> Pool:
    return Pool("homes", threads=threads, most=most, most_of_owner=1)


def in_ten_seconds() -> float:
    return time.monotonic() + 60


def test_however_often_a_home_is_asked_for_while_it_is_drawn_it_is_drawn_once_more(
    drawn: list[str], slowly: Slowly
) -> None:
    drawings = pool(threads=2)
    homes = Homes(drawings)
    homes.have_done(ALICE, slowly)
    assert slowly.begun.wait(60)
    for _ in range(12):
        homes.have_done(ALICE, lambda: drawn.append("once more"))
    bobs = threading.Event()
    homes.have_done(BOB, bobs.set)
    assert bobs.wait(60)
    assert drawn == ["slowly"]
    slowly.may_end.set()
    assert drawings.close(in_ten_seconds())
    assert drawn == ["slowly", "once more"]


def test_what_found_no_place_is_drawn_when_there_is_one(drawn: list[str], slowly: Slowly) -> None:
    drawings = pool(most=1)
    homes = Homes(drawings)
    homes.have_done("first", slowly)
    assert slowly.begun.wait(60)
    homes.have_done(ALICE, lambda: drawn.append("Alice's"))
    for _ in range(3):
        homes.have_done(BOB, lambda: drawn.append("Bob's"))
    assert (drawings.waiting, homes.owed) == (1, 1)
    last = threading.Event()
    slowly.may_end.set()
    while homes.owed or drawings.waiting:
        time.sleep(0.001)
    homes.have_done("last", last.set)
    assert last.wait(60)
    assert drawn == ["slowly", "Alice's", "Bob's"]


def test_a_drawing_that_fails_does_not_stand_in_the_way_of_the_next(drawn: list[str]) -> None:
    drawings = pool()
    homes = Homes(drawings)

    def fails() -> None:
        raise OSError

    homes.have_done(ALICE, fails)
    homes.have_done(BOB, lambda: drawn.append("Bob's"))
    assert drawings.close(in_ten_seconds())
    assert drawn == ["Bob's"]


def test_a_home_that_waits_to_be_tried_again_is_drawn_at_once_when_something_changes(
    drawn: list[str],
) -> None:
    homes, tried = Homes(pool()), threading.Event()
    homes.have_done(ALICE, tried.set, after=3600)
    homes.have_done(ALICE, lambda: drawn.append("a second time"))
    assert tried.wait(60)
    assert drawn == []


def test_each_reader_is_at_their_own_place() -> None:
    homes = Homes()
    homes.go(ALICE, HomePlace(Topic.OWED, 2))
    assert (homes.place_of(ALICE), homes.place_of(BOB)) == (HomePlace(Topic.OWED, 2), HomePlace())
