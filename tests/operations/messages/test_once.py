"""A button shares its answer once, and a message is answered once."""

from datetime import timedelta

from bot.operations.messages.once import is_first
from storage import deliveries
from tests.cast import NOW, VIC, Register, occasion


def presses(register: Register, button: str) -> bool:
    return is_first(register.store, occasion(VIC, key=button), "C0COORD")


def test_a_second_press_of_the_same_button_is_not_the_first(register: Register) -> None:
    assert [presses(register, button) for button in ("one", "one", "another", "one")] == [
        True,
        False,
        True,
        False,
    ]


def test_what_was_shared_waits_for_nothing_and_keeps_no_words(register: Register) -> None:
    presses(register, "click:C0COORD:1.2:share:search Jane Smith")
    with register.store.reading() as connection:
        assert deliveries.outbox(connection).open == ()
        assert deliveries.next_sweep(connection) is None
        assert deliveries.last_told(connection) is None
        assert deliveries.last_digest_before(connection, NOW + timedelta(days=1)) is None
        (key,) = connection.exec_driver_sql("SELECT key FROM deliveries").scalars()
    assert "Jane" not in key
