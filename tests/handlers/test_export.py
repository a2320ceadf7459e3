"""`/recs export`: answered at once, made afterwards, and sent in the asker's direct messages."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.domain.messages.promised_file import PromisedFile
from bot.domain.questions.account import InternalFormRefused
from bot.domain.register.people import PersonKey, Role
from bot.domain.values import replace
from bot.operations.request.context import Services
from bot.operations.request.pending_file import PendingFile
from handlers import export
from storage import people
from storage.deliveries import outbox
from storage.tables.deliveries import deliveries
from tests.accounts import SECRET, export_of, lively
from tests.cast import ALICE, CORA, VIC, Register, occasion, stalking_case
from tests.handlers.recording_slack import RecordingSlack
from tests.rendering.screens import assert_valid


@dataclass
class Work:
    """What waits to be done after the answer."""

    waiting: list[Callable[[], None]] = field(default_factory=list)

    def do(self) -> None:
        for work in self.waiting:
            work()
        self.waiting.clear()


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = lively(stalking_case(sqlite_url))
    yield made
    made.store.database.close()


@pytest.fixture
def sent() -> RecordingSlack:
    return RecordingSlack()


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def services(register: Register, sent: RecordingSlack, work: Work) -> Services:
    return replace(register.services(), files=sent, slowly=lambda piece, _who: work.waiting.append(piece))


def messages(register: Register) -> list[tuple[str, str]]:
    """Direct messages that may be sent now: to whom, and what they say."""
    return sendable(register, timedelta())


def sendable(register: Register, later: timedelta) -> list[tuple[str, str]]:
    """The same for some time later, if nobody does anything until then."""
    with register.store.reading() as connection:
        waiting = [
            delivery
            for delivery in outbox(connection).open
            if delivery.not_before is None or delivery.not_before <= datetime.now(UTC) + later
        ]
    return [
        (row.channel, json.dumps(row.payload)) for row in sorted(waiting, key=lambda delivery: delivery.key)
    ]


def test_the_answer_comes_first_and_the_file_follows(
    register: Register, services: Services, sent: RecordingSlack, work: Work
) -> None:
    screen = export.export(services, occasion(VIC), export_of(register, "export 15 csv"))
    assert_valid(screen)
    assert screen.text == "Your account is being made; it arrives as a file in a direct message."
    assert sent.files == []
    work.do()
    (file,) = sent.files
    assert (file["channel"], file["filename"]) == ("D0VIC", "account-stalking-15-2025-03-10.csv")
    assert file["title"] == "Stalking 15: the account as at 10 March 2025"
    assert file["initial_comment"].startswith("Stalking 15: the account as at 10 March 2025. The published")
    assert file["content"].count(b"\r\n") == 44
    assert SECRET.encode() not in file["content"]
    assert not Path(file["file"]).exists()
    assert messages(register) == []


def test_who_may_not_have_it_is_refused_at_once(register: Register, services: Services, work: Work) -> None:
    with pytest.raises(InternalFormRefused):
        export.export(services, occasion(VIC), export_of(register, "export internal"))
    assert work.waiting == []


def test_what_was_revoked_since_the_asking_is_refused_in_a_message(
    register: Register, services: Services, sent: RecordingSlack, work: Work
) -> None:
    export.export(services, occasion(ALICE), export_of(register, "export kent internal json"))
    with register.store.begin() as connection:
        people.revoke(connection, ALICE, Role.CONTACT, register.body("kent").code)
    work.do()
    assert sent.files == []
    ((to, text),) = messages(register)
    assert to == "U0ALICE"
    assert "The internal form is for coordinators" in text


def test_a_failure_says_so_with_a_reference_that_is_in_the_log(
    register: Register, services: Services, sent: RecordingSlack, work: Work, caplog: pytest.LogCaptureFixture
) -> None:
    sent.broken["files_upload_v2"] = ConnectionResetError()
    export.export(services, occasion(CORA), export_of(register, "export kent internal"))
    work.do()
    ((to, text),) = messages(register)
    assert to == "U0CORA"
    assert "Your account could not be made or sent" in text
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    code = record.getMessage().split()[1].rstrip(":")
    assert code in text
    assert SECRET not in caplog.text


def test_a_long_one_tells_how_far_it_is(register: Register, services: Services, sent: RecordingSlack) -> None:
    promise = PendingFile(services, occasion(CORA), PromisedFile.ACCOUNT)
    promise.make(lambda: None, lambda key: {"text": key})
    export.make(promise, export_of(register, "export"), told_after=0)
    assert len(sent.files) == 1
    assert [text.partition("made: ")[2][:6] for _, text in messages(register)] == [
        "1 of 4",
        "2 of 4",
        "3 of 4",
    ]


def test_one_request_makes_one_file_however_often_it_is_delivered(
    register: Register, services: Services, sent: RecordingSlack, work: Work
) -> None:
    request, same = export_of(register, "export 15 csv"), occasion(VIC)
    first = export.export(services, same, request)
    assert export.export(services, same, request) == first
    work.do()
    assert export.export(services, same, request) == first
    work.do()
    assert len(sent.files) == 1
    export.export(services, occasion(VIC), request)
    work.do()
    assert len(sent.files) == 2


def test_where_whoever_made_it_is_gone_the_asker_is_told_after_a_while(
    register: Register, services: Services, work: Work
) -> None:
    export.export(services, occasion(VIC), export_of(register, "export 15 csv"))
    work.waiting.clear()
    assert sendable(register, timedelta(minutes=9)) == []
    ((to, text),) = sendable(register, timedelta(minutes=11))
    assert to == "U0VIC"
    assert "Your account did not come: recbot was interrupted" in text


@pytest.mark.parametrize("fails", [False, True])
def test_whoever_has_the_file_or_was_told_why_not_is_told_nothing_later(
    register: Register, services: Services, sent: RecordingSlack, work: Work, fails: bool
) -> None:
    if fails:
        sent.broken["files_upload_v2"] = ConnectionResetError()
    export.export(services, occasion(VIC), export_of(register, "export 15 csv"))
    work.do()
    assert len(sendable(register, timedelta(days=1))) == (1 if fails else 0)


def test_whoever_was_told_that_it_does_not_come_gets_no_file(
    register: Register, services: Services, sent: RecordingSlack, work: Work
) -> None:
    export.export(services, occasion(VIC), export_of(register, "export 15 csv"))
    with register.store.begin() as connection:
        connection.execute(update(deliveries).values(state="sending"))
    work.do()
    assert (sent.files, messages(register)) == ([], [])


@pytest.mark.thorough
@pytest.mark.parametrize("who", [VIC, ALICE, CORA])
@pytest.mark.parametrize("typed", ["export", "export docx kent", "export xlsx 15", "export json stalking"])
def test_everybody_gets_the_published_form(
    register: Register, services: Services, sent: RecordingSlack, work: Work, who: PersonKey, typed: str
) -> None:
    export.export(services, occasion(who), export_of(register, typed))
    work.do()
    assert [file["channel"] for file in sent.files] == [f"D{who.user_id[1:]}"]
