"""What looks as if it named a victim is asked about; whichever command it stands in, a button that is offered
does what it says."""

from dataclasses import dataclass
from itertools import chain
from typing import get_args

import pytest

from bot.domain.questions.grammar import typed_recordings
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.register.people import PersonKey
from tests.cast import ALICE, CORA, ED
from tests.handlers.front_door import FrontDoor, buttons, front_door

VICTIM = "the victim Anna North, 07700 900111"
ASKED = "Nothing was recorded yet: this looks like"
CONFIRM = "No victim can be identified"


@dataclass(frozen=True)
class Typed:
    """A command with a text, who types it, and what Cora types before so that it has its place."""

    who: PersonKey
    command: str
    before: tuple[str, ...] = ()


ASKS_TO_PUBLISH = ("set stalking published by 22 Nov 2024 anyway",)
WITH_TEXT = {
    typed_recordings.Respond: (
        Typed(ALICE, f"partly 15: {VICTIM}"),
        Typed(ALICE, f"decline 15 {VICTIM}"),
        Typed(CORA, f"decline 15 kent: {VICTIM}"),
        Typed(ALICE, "accept 15 decided by the victim Anna North"),
    ),
    typed_recordings.Progress: (
        Typed(ALICE, f"progress 15 blocked: {VICTIM}"),
        Typed(ALICE, f"started 15: {VICTIM}"),
        Typed(ALICE, f"complete 15: {VICTIM}"),
        Typed(ALICE, f"started 15 part a: {VICTIM}"),
        Typed(ALICE, "started 15 evidence https://kent.example.org/07700900111"),
        Typed(ALICE, "started 15 evidence https://kent.example.org/a “the victim Anna North”: two services"),
    ),
    typed_recordings.Note: (Typed(ALICE, f"note 15: {VICTIM}"), Typed(ALICE, f"note 15 {VICTIM}")),
    typed_recordings.Extend: (
        Typed(ALICE, f"extend 15 30 Jun 2025: {VICTIM}"),
        Typed(CORA, f"extend 15 kent 30 Jun 2025: {VICTIM}"),
    ),
    typed_recordings.Expect: (Typed(ALICE, f"expect 15 30 Jun 2025: {VICTIM}"),),
    typed_recordings.AskBody: (Typed(CORA, f"ask 15 kent: {VICTIM}"),),
    typed_recordings.SendBack: (
        Typed(
            ED,
            f"send back 15 surrey: {VICTIM}",
            (f"grant <@{ED.user_id}> surrey approver", "partly 15 surrey: why"),
        ),
    ),
    typed_recordings.Close: (
        Typed(CORA, f"close 15 kent 3 Mar 2025: {VICTIM}"),
        Typed(CORA, f"close 15 kent 3 Mar 2025 level 2: {VICTIM}"),
    ),
    typed_recordings.Reopen: (Typed(CORA, f"reopen 15 kent: {VICTIM}", ("complete 15 kent: two services",)),),
    typed_recordings.ReportOfParty: (
        Typed(CORA, f"party 16 chief constables reported on 3 Mar 2025: {VICTIM}"),
        Typed(CORA, f"party 16 NPCC reported on 3 Mar 2025 for chief constables: {VICTIM}"),
    ),
    typed_recordings.RecordPublishedResponse: (
        Typed(ALICE, f"copy stalking: {VICTIM}", ASKS_TO_PUBLISH),
        Typed(ALICE, "publish stalking https://kent.example.org/07700900111", ASKS_TO_PUBLISH),
    ),
    typed_recordings.Withdraw: (
        Typed(CORA, f"withdraw 15: {VICTIM}"),
        Typed(CORA, f"withdraw 15 anyway: {VICTIM}"),
        Typed(CORA, f"withdraw 15 superseded by stalking 16: {VICTIM}"),
    ),
    typed_recordings.ChangeEnding: (
        Typed(CORA, f"ending kent 30 Apr 2027 to surrey: {VICTIM}"),
        Typed(CORA, f"ending kent 30 Apr 2027 to surrey anyway: {VICTIM}"),
    ),
    typed_recordings.ChangeBody: (
        Typed(CORA, f"rename kent to Mayor of Kent: {VICTIM}"),
        Typed(CORA, "rename kent to the victim Anna North anyway: the Order of 2027"),
    ),
}
# These open a form, which has a box for it.
IN_A_FORM = {typed_recordings.UpdateForm}


def test_every_command_that_takes_a_text_is_tried() -> None:
    texts = {"text", "reason", "source", "note", "no_victim"}
    taking = {command for command in get_args(TypedCommand) if texts & set(command.__struct_fields__)}
    assert taking == WITH_TEXT.keys() | IN_A_FORM


@pytest.mark.parametrize(
    "typed", list(chain.from_iterable(WITH_TEXT.values())), ids=lambda typed: typed.command
)
def test_a_button_that_confirms_is_obeyed_and_what_cannot_be_confirmed_has_none(
    sqlite_url: str, typed: Typed
) -> None:
    with front_door(sqlite_url) as door:
        prepare(door, typed)
        reply = door.types(typed.who, typed.command)
        confirm = [button["value"] for button in buttons(reply) if button["text"]["text"] == CONFIRM]
        if not reply["text"].startswith(ASKED):
            assert "Write it without a person's name." in reply["text"]
            assert confirm == []
            return
        (value,) = confirm
        done = door.types(typed.who, value)
        assert done["text"].startswith(
            (
                "Recorded",
                "Asked",
                "Granted",
                "Closed",
                "Reopened",
                "Sent back",
                "Kent is asked",
                "Stalking 15 ",
            )
        )


def prepare(door: FrontDoor, typed: Typed) -> None:
    for before in typed.before:
        reply = door.types(CORA, before)
        assert reply["text"].startswith(("Recorded", "Ed Moss is now")), reply["text"]
