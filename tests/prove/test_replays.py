"""Row 13: a captured request that is sent again writes nothing."""

import logging
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from bot.domain.register.people import PersonKey
from bot.runtime.http.door import door as behind_the_door
from bot.runtime.wiring.bolt_workarounds import ForgivingRequestHandler
from tests.cast import ALICE, BOB, CORA
from tests.handlers.front_door import SECRET, FrontDoor, front_door
from tests.prove.payloads import Json, Signed, click, command, post, signed, submission
from tests.storage.audit import audit

pytestmark = pytest.mark.prove

REPLAYED = 1_000


class Captured:
    """What went over the wire, each request as it was first sent."""

    def __init__(self, door: FrontDoor, url: str) -> None:
        self._door = door
        self._url = url
        self._app = behind_the_door(ForgivingRequestHandler(door.app), list)
        self.requests: list[Signed] = []

    def send(self, payload: Json) -> Json:
        request = signed(payload, SECRET)
        self.requests.append(request)
        answered = post(self._app, request)
        assert answered.status == 200, answered.text
        return answered.json

    def again(self, request: Signed) -> None:
        assert post(self._app, request).status == 200

    def types(self, who: PersonKey, text: str) -> Json:
        return self.send(command(who, text, f"1.2.{len(self.requests)}"))

    def clicks(self, who: PersonKey, action: str, value: str) -> None:
        self.send(click(who, action, value, f"{len(self.requests)}.1"))

    def records_by_form(self, who: PersonKey, note: str) -> None:
        view = self._door.types(who, "update 15")
        number = f"V{len(self.requests)}"
        entry = {"note": {"type": "plain_text_input", "value": note}}
        self.send(submission(who, view, entry, number))

    @property
    def last_seq(self) -> int:
        return int(_rows(self._url, "SELECT max(seq) FROM updates")[0][0])


def test_a_request_sent_again_writes_nothing(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> None:
    with front_door(sqlite_url) as door:
        captured = Captured(door, sqlite_url)
        before = len(audit(sqlite_url))
        number = 0
        while len(captured.requests) < REPLAYED:
            WAYS_TO_WRITE[number % len(WAYS_TO_WRITE)](captured, number)
            number += 1
        after, sent = audit(sqlite_url), _deliveries(sqlite_url)
        # Most of what was sent wrote something: replaying lookups would show little.
        assert len(after) - before > REPLAYED * 0.8
        for request in captured.requests:
            captured.again(request)
        shuffled = random.Random(13).sample(captured.requests, len(captured.requests))
        for request in shuffled:
            captured.again(request)
        assert audit(sqlite_url) == after
        assert _deliveries(sqlite_url) == sent
    # It was known again, and not just stopped by the database's last defence.
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    print(f"{2 * len(captured.requests)} replays of {len(captured.requests)} requests: no new row")


def a_note(captured: Captured, number: int) -> None:
    captured.types(ALICE, f"note 15: note {number}")


def a_response(captured: Captured, number: int) -> None:
    captured.types(BOB, f"partly 16: reason {number}")
    captured.types(BOB, "accept 15 16 25")


def progress(captured: Captured, number: int) -> None:
    captured.types(CORA, f"progress 25 gwent blocked: on {number}")


def a_note_and_undo(captured: Captured, number: int) -> None:
    captured.types(ALICE, f"note 16: taken back {number}")
    captured.types(ALICE, "undo")


def a_note_and_the_undo_button(captured: Captured, number: int) -> None:
    captured.types(BOB, f"note 16: taken back {number}")
    captured.clicks(BOB, f"undo:{captured.last_seq}", str(captured.last_seq))


def leave_to_quote(captured: Captured, number: int) -> None:
    captured.types(ALICE, f"note 25: to be quoted {number}")
    captured.clicks(ALICE, "allow-publishing", str(captured.last_seq))


def a_button_that_stands_for_a_command(captured: Captured, number: int) -> None:
    captured.clicks(CORA, "choose-1", f"note 15 essex: chosen {number}")


def a_form(captured: Captured, number: int) -> None:
    captured.records_by_form(ALICE, f"by form {number}")


def a_grant_and_its_end(captured: Captured, number: int) -> None:
    captured.types(CORA, "grant <@U0GUS|gus> essex")
    captured.types(CORA, "revoke <@U0GUS|gus> essex")


def a_request_for_time_and_its_grant(captured: Captured, number: int) -> None:
    captured.types(BOB, f"extend 25 30 Apr {2026 + number}: why {number}")
    captured.clicks(CORA, f"grant-extension:{captured.last_seq}", str(captured.last_seq))


def complete_checked_and_reopened(captured: Captured, number: int) -> None:
    captured.types(BOB, f"complete 15: done {number}")
    captured.types(CORA, "check 15 surrey")
    captured.types(CORA, f"reopen 15 surrey: not yet {number}")


WAYS_TO_WRITE: tuple[Callable[[Captured, int], None], ...] = (
    a_note,
    a_response,
    progress,
    a_note_and_undo,
    a_note_and_the_undo_button,
    leave_to_quote,
    a_button_that_stands_for_a_command,
    a_form,
    a_grant_and_its_end,
    a_request_for_time_and_its_grant,
    complete_checked_and_reopened,
)


def _deliveries(url: str) -> list[tuple[Any, ...]]:
    return _rows(url, "SELECT key, state FROM deliveries ORDER BY key")


def _rows(url: str, query: str) -> list[tuple[Any, ...]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return rows
