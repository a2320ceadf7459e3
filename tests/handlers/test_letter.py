"""`/recs letter`: what is missing is said first, the file follows the answer, and a form keeps its frame."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.domain.questions.grammar.typed_commands import Letter
from bot.domain.register.letter_frame import FrameField, FrameTexts
from bot.operations.recording.letter_frame import frame, save_frame
from bot.operations.request.context import Services
from bot.rendering.blocks import buttons
from bot.rendering.blocks.questions.letter import ASK
from handlers import letter
from handlers.recs import ask
from tests.cast import CORA, ED, Register, occasion
from tests.handlers.front_door import FrontDoor, front_door
from tests.handlers.front_door import buttons as buttons_in
from tests.handlers.promised_files import later, sent, services
from tests.handlers.recording_slack import RecordingSlack

__all__ = ["later", "sent", "services"]

Json = dict[str, Any]

WHOLE = FrameTexts(
    addressees="A. Inspector", opening="You wrote.", closing="Thank you.", signatory="C. Lane", office="Chair"
)


@pytest.fixture
def door(sqlite_url: str) -> Iterator[FrontDoor]:
    with front_door(sqlite_url) as opened:
        yield opened


def command(register: Register, typed: str) -> Letter:
    result = register.read(typed)
    assert isinstance(result, Letter)
    return result


def test_what_is_missing_is_said_before_it_is_made(
    register: Register, services: Services, later: list[Callable[[], None]]
) -> None:
    seq = register.says(ED, "partly 15: one service of two")
    shown = ask(services, occasion(CORA), "letter stalking")
    assert shown is not None
    assert later == []
    assert shown.text == "The letter on stalking is not ready to sign."
    whole = json.dumps(shown.blocks, ensure_ascii=False)
    assert "Its addressees, opening, closing, signatory and signatory's office are not written yet." in whole
    assert "1 answer short of acceptance has no reason that may be published: Essex 15." in whole
    pressed = {button["text"]["text"]: button for button in buttons_in({"blocks": shown.blocks})}
    assert list(pressed) == ["Ask them", "Write the frame", "Make it now"]
    assert (pressed["Ask them"]["action_id"], pressed["Ask them"]["value"]) == (ASK, str(seq))
    assert pressed["Write the frame"]["value"] == "letter frame stalking"
    assert pressed["Make it now"]["action_id"].startswith(buttons.CHOOSE)
    assert command(register, pressed["Make it now"]["value"]).anyway


def test_one_that_is_ready_is_made_at_once_and_arrives(
    register: Register, services: Services, later: list[Callable[[], None]], sent: RecordingSlack
) -> None:
    save_frame(register.store, occasion(CORA), "stalking", WHOLE, seen_version=0)
    shown = letter.letter(services, occasion(CORA), command(register, "letter as at 22 Nov 2024"))
    assert shown.text == (
        "The letter on stalking, as at 22 November 2024, is being made;"
        " it arrives as a file in a direct message."
    )
    later.pop()()
    (file,) = sent.files
    assert (file["channel"], file["filename"]) == ("D0CORA", "letter-stalking-2024-11-22.docx")


def test_its_frame_is_kept_in_a_form(door: FrontDoor) -> None:
    form = door.types(CORA, "letter frame")
    saved = sends(door, form, {FrameField.OPENING: "You wrote to us."})
    assert "is saved as version 1" in json.dumps(saved["view"])
    assert frame(door.store, occasion(CORA), "stalking")[1].texts.opening == "You wrote to us."
    again = sends(door, form, {FrameField.OPENING: "You write to us."}, "V2")
    assert "Cora Lane saved version 1 while you were writing." in json.dumps(again["view"])
    assert "is saved as version 2" in json.dumps(sends(door, again["view"], {}, "V2")["view"])
    assert frame(door.store, occasion(CORA), "stalking")[1].texts.opening == "You write to us."


def test_a_text_that_may_identify_a_victim_is_asked_about_in_the_form(door: FrontDoor) -> None:
    form = door.types(CORA, "letter frame")
    answer = sends(door, form, {FrameField.OPENING: "The victim is Jane Penhallow."})
    assert "No victim can be identified" in json.dumps(answer["view"])
    assert frame(door.store, occasion(CORA), "stalking")[1].version == 0


def sends(door: FrontDoor, form: Json, entries: dict[FrameField, str], view_id: str = "V1") -> Json:
    """Send the form with what stands in it and these entries."""
    values: Json = {}
    for block in form["blocks"]:
        if block["type"] == "input" and block["element"]["type"] == "plain_text_input":
            name = block["element"]["action_id"]
            text = entries.get(FrameField(name), block["element"].get("initial_value"))
            values[block["block_id"]] = {name: {"type": "plain_text_input", "value": text}}
    view = {**form, "id": view_id, "state": {"values": values}}
    user = {"id": CORA.user_id, "team_id": CORA.team_id}
    return door.sends({"type": "view_submission", "user": user, "team": {"id": CORA.team_id}, "view": view})
