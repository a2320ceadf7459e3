"""Whose Home is drawn, and that no two are drawn for one person at a time."""

import threading
from dataclasses import replace

from bot.domain.home import Place, Topic
from bot.domain.people import PersonKey, Role
from bot.operations.homes import Homes, key_of, note_opened, readers
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


def test_a_home_asked_for_while_one_is_drawn_is_drawn_once_more_by_whoever_draws() -> None:
    homes, drawn = Homes(), list[str]()
    begun, may_end = threading.Event(), threading.Event()

    def slowly() -> None:
        drawn.append("slowly")
        begun.set()
        may_end.wait(10)

    drawing = threading.Thread(target=lambda: homes.in_turn(ALICE, slowly))
    drawing.start()
    begun.wait(10)
    for _ in range(3):
        homes.in_turn(ALICE, lambda: drawn.append("beside it"))
    homes.in_turn(BOB, lambda: drawn.append("Bob's"))
    assert drawn == ["slowly", "Bob's"]
    may_end.set()
    drawing.join(10)
    assert drawn == ["slowly", "Bob's", "slowly"]
    homes.in_turn(ALICE, lambda: drawn.append("afterwards"))
    assert drawn[-1] == "afterwards"


def test_a_drawing_that_fails_does_not_stand_in_the_way_of_the_next() -> None:
    homes, drawn = Homes(), list[str]()

    def fails() -> None:
        raise OSError

    for draw in (fails, lambda: drawn.append("drawn")):
        try:
            homes.in_turn(ALICE, draw)
        except OSError:
            drawn.append("failed")
    assert drawn == ["failed", "drawn"]


def test_each_reader_is_at_their_own_place() -> None:
    homes = Homes()
    homes.go(ALICE, Place(Topic.OWED, 2))
    assert (homes.place_of(ALICE), homes.place_of(BOB)) == (Place(Topic.OWED, 2), Place())
