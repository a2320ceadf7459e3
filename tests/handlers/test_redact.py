"""A coordinator has words erased: from the history's button to the last confirmation."""

from bot.domain.register.redaction import Ground
from tests.cast import ALICE, CORA
from tests.handlers.front_door import FrontDoor, Json, buttons, front_door

TEXT = "we met Mrs Q. & her sister"


def test_from_the_history_to_the_erased_text(sqlite_url: str) -> None:
    with front_door(sqlite_url) as door:
        door.types(ALICE, f"note 15: {TEXT}")
        history = door.types(CORA, "history 15 kent")
        (button,) = [block["accessory"] for block in history["blocks"] if "accessory" in block]
        assert button["text"]["text"] == "Redact"
        shown = press(door, button["value"])
        assert "On which ground?" in str(shown)
        grounds = {button["text"]["text"]: button["value"] for button in buttons(shown)}
        assert list(grounds) == [
            "UK GDPR article 17",
            "DPA 2018 section 47",
            "Wrong person",
            "Victim could be identified",
            "UK GDPR article 5(1)(e)",
        ]
        done = press(door, grounds["Wrong person"])
        assert done["text"] == "The words of update 135 are erased (wrong person)."
        history = door.types(CORA, "history 15 kent")
        assert "Mrs Q." not in str(history)
        assert "erased the words of update 135 (wrong person)" in str(history)
        assert not [block for block in history["blocks"] if "accessory" in block]


def test_with_a_ground_it_shows_what_would_go_and_one_button(sqlite_url: str) -> None:
    with front_door(sqlite_url) as door:
        door.types(ALICE, f"note 15: {TEXT}")
        shown = door.types(CORA, "redact update 135: Victim could be identified")
        assert shown["text"] == (
            "The words of update 135 would be erased for good (victim could be identified)."
            " Nothing is changed yet."
        )
        assert TEXT.replace("&", "&amp;") in str(shown)
        (button,) = buttons(shown)
        assert button["text"]["text"] == "Redact update 135"
        assert "are erased" in press(door, button["value"])["text"]
        again = press(door, button["value"])
        assert again["text"] == "Update 135 has no words that can be erased."


def test_a_ground_in_ones_own_words_is_not_kept_but_asked_for(sqlite_url: str) -> None:
    with front_door(sqlite_url) as door:
        door.types(ALICE, f"note 15: {TEXT}")
        shown = door.types(CORA, "redact 135 anyway: it names the sister")
        assert shown["text"] == (
            "Say on which ground: UK GDPR article 17, DPA 2018 section 47, wrong person, victim could be"
            " identified or UK GDPR article 5(1)(e)."
        )
        grounds = [button["value"] for button in buttons(shown)]
        assert len(grounds) == len(Ground)
        assert "Nothing is changed yet." in press(door, grounds[0])["text"]
        assert door.types(CORA, "redact the note")["text"].startswith("Say which update")
        assert door.types(ALICE, "redact 135: wrong person")["text"].startswith("Only coordinators")


def press(door: FrontDoor, value: str) -> Json:
    """A button that stands for a command."""
    return door.types(CORA, value)
