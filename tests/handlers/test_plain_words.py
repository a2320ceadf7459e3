"""Plain words through the front door: answered with their short form, offered, asked or put back."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.domain.register.people import PersonKey
from tests.cast import ALICE, CORA, GUS, VIC
from tests.handlers.front_door import FrontDoor, buttons, front_door
from tests.storage.audit import audit

Json = dict[str, Any]


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    with front_door(f"sqlite:///{tmp_path_factory.mktemp('plain') / 'recbot.db'}") as door:
        yield door


def last_line(reply: Json) -> str:
    block = reply["blocks"][-1]
    return str(block["elements"][0]["text"]) if block["type"] == "context" else ""


def recorded(door: FrontDoor) -> int:
    return len(audit(f"sqlite:///{door.store.database.file}"))


def pressed(reply: Json) -> list[str]:
    return [button["value"] for button in buttons(reply)]


@pytest.mark.parametrize(
    ("who", "typed", "command"),
    [
        (VIC, "how is Kent getting on?", "kent"),
        (VIC, "has kent accepted recommendation 15?", "15 kent"),
        (VIC, "who hasn't responded to 16", "waiting 16"),
        (VIC, "wich forces are overude", "overdue"),
        (VIC, "who do I ring about Norfolk", "contacts norfolk"),
        (ALICE, "what do we still owe?", "mine"),
        (ALICE, "how do we stand on 15", "15 kent"),
        (CORA, "what's changed since Monday", "changes since 3 Mar 2025"),
        (VIC, "how do I accept a recommendation", "help accept"),
        (VIC, "percentage complete on 25", "25 complete percent"),
    ],
)
def test_a_sentence_is_answered_as_its_short_form_which_stands_under_it(
    door: FrontDoor, who: PersonKey, typed: str, command: str
) -> None:
    plain, short = door.types(who, typed), door.types(who, command)
    assert plain["text"] == short["text"]
    assert last_line(plain) == f"Understood as `/recs {command}`."
    assert plain["blocks"][:-1] == short["blocks"]


@pytest.mark.parametrize(
    "typed", ["15", "15 kent", "overdue", "waiting 15", "help accept", "overdue city of london", "15 wales"]
)
def test_a_command_is_answered_without_that_line(door: FrontDoor, typed: str) -> None:
    assert "Understood as" not in last_line(door.types(VIC, typed))


@pytest.mark.parametrize(
    ("who", "typed", "commands"),
    [
        (ALICE, "we have finished 16, the review was signed", ["complete 16 kent: the review was signed"]),
        (ALICE, "we're blocked on 25 because R&amp;D is late", ["blocked 25 kent: R&amp;D is late"]),
        (CORA, "Norfolk has started on 25", ["progress 25 norfolk in progress"]),
        (CORA, "give <@U0GUS|gus> access for Gwent", ["grant <@U0GUS|gus> gwent"]),
        (ALICE, "we've started", [f"progress {number} kent in progress" for number in (15, 16, 25)]),
    ],
)
def test_what_would_record_is_offered_and_nothing_is_recorded(
    door: FrontDoor, who: PersonKey, typed: str, commands: list[str]
) -> None:
    before = recorded(door)
    reply = door.types(who, typed)
    assert pressed(reply) == commands
    assert all(button["text"]["text"].startswith(("Record", "Grant")) for button in buttons(reply))
    assert recorded(door) == before


@pytest.mark.parametrize(
    ("who", "typed", "first"),
    [
        (VIC, "how many stalking offences were there in Kent", "recbot does not know that."),
        (VIC, "we accept 15", "You cannot do that. Nothing was recorded."),
        (ALICE, "Surrey has finished 16", "Only Surrey’s contacts can record for Surrey."),
        (ALICE, "we might accept 25", "I am not sure that it is so, so nothing was recorded."),
        (VIC, "thanks very much", "Ask me how a recommendation stands."),
    ],
)
def test_what_is_not_known_or_not_theirs_says_so(
    door: FrontDoor, who: PersonKey, typed: str, first: str
) -> None:
    assert door.types(who, typed)["text"].startswith(first)


@pytest.mark.parametrize(
    ("who", "typed", "lacks"),
    [
        (ALICE, "extend 15", "Say until which day, and then why."),
        (CORA, "grant kent", "Name a person with @"),
        (CORA, "redact", "Say which update"),
    ],
)
def test_an_order_that_lacks_something_is_told_what(
    door: FrontDoor, who: PersonKey, typed: str, lacks: str
) -> None:
    assert door.types(who, typed)["text"].startswith(lacks)


@pytest.mark.parametrize(
    "typed",
    ["history 15 kent surrey", "map 15 wales", "15 approved", "15 closed", "15 not started", "blocked"],
)
def test_who_may_not_see_the_register_is_told_nothing_of_any_question(door: FrontDoor, typed: str) -> None:
    shown = door.types(GUS, typed)
    assert shown["text"] == "You cannot see the register yet."
    assert "Kent" not in str(shown["blocks"]).replace(typed, "")


@pytest.mark.parametrize("typed", ["who has not started 15", "has anybody not started 15?"])
def test_under_a_question_in_ones_own_words_no_button_records(door: FrontDoor, typed: str) -> None:
    short = [button["text"]["text"] for button in buttons(door.types(ALICE, "15 not started"))]
    plain = [button["text"]["text"] for button in buttons(door.types(ALICE, typed))]
    assert "Record for Kent: stalking 15 not started" in short
    assert plain == short[:-1]


ORDERS = ("extend", "ask", "correct", "return", "calendar", "ics", "publish", "remind", "withdraw", "undo")


@pytest.mark.parametrize(
    "form", ["norfolk {} 25", "25 {}", "25 norfolk {}", "norfolk 25 {}", "{} 25 norfolk"]
)
@pytest.mark.parametrize("verb", ORDERS)
def test_no_verb_is_dropped_wherever_it_stands(door: FrontDoor, verb: str, form: str) -> None:
    """How 25 stands is no answer to an order."""
    for who in (CORA, ALICE):
        reply = door.types(who, form.format(verb))
        understood = last_line(reply)
        assert "Understood as" not in understood or verb in understood
        assert "not record it" not in reply["text"]


def test_what_an_order_lacks_is_said_in_place_of_an_answer(door: FrontDoor) -> None:
    assert door.types(CORA, "norfolk extend 25")["text"] == "Say until which day, and then why."
    assert pressed(door.types(CORA, "norfolk extend 25 30 April")) == ["extend 25 norfolk 30 Apr 2025"]


def test_a_person_of_the_register_is_asked_about_by_name(door: FrontDoor) -> None:
    shown = door.types(VIC, "which bodies is Alice down for?")
    assert shown["text"] == "Alice Ames records for Kent."
    assert "Understood as `/recs contacts by Alice Ames`." in str(shown)
    door.types(ALICE, "note 15: two ISACs start in May")
    shown = door.types(CORA, "what has alice put in this week")
    assert shown["text"] == "Recorded by Alice Ames: 1 update since 10 March 2025."
    assert "Understood as" not in str(door.types(VIC, "which bodies is Zelda down for?"))


def test_a_file_that_is_not_made_is_said_so_with_what_is(door: FrontDoor) -> None:
    reply = door.types(CORA, "a spreadsheet of the deadlines for Kent please")
    assert reply["text"] == "No file is made of deadlines: a file tells how things stand. Ask instead:"
    assert pressed(reply) == ["deadlines kent", "export kent xlsx"]


def test_more_time_without_a_day_keeps_the_body_that_may_be_meant(door: FrontDoor) -> None:
    reply = door.types(ALICE, "need more time on 15")
    assert pressed(reply) == ["extend 15 kent"]
    assert door.types(ALICE, "extend 15 kent")["text"] == "Say until which day, and then why."


def test_a_copy_without_its_readers_is_no_request_for_a_file(door: FrontDoor) -> None:
    reply = door.types(ALICE, "copy stalking kent on 22 Nov 2024")
    assert reply["text"] == "Put a colon before the text."
    assert last_line(door.types(VIC, "copy of 15")).startswith("Understood as `/recs export 15 docx")
