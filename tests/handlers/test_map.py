"""`/recs map`: answered at once, drawn afterwards, and sent in the asker's direct messages."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.domain.questions.grammar.typed_commands import Map, Ref
from bot.domain.register.people import PersonKey
from bot.domain.values import replace
from bot.operations.request.context import Services
from bot.runtime.pool import QueueFull
from handlers import map
from handlers.errors import run
from storage.deliveries import outbox
from tests.cast import ED, VIC, Register, occasion, stalking_case
from tests.handlers.promised_files import later, sent, services
from tests.handlers.recording_slack import RecordingSlack

__all__ = ["later", "sent", "services"]


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = stalking_case(sqlite_url)
    made.says(ED, "partly 15: one service of two")
    yield made
    made.store.database.close()


def test_the_answer_comes_first_and_the_picture_follows(
    register: Register, services: Services, later: list[Callable[[], None]], sent: RecordingSlack
) -> None:
    shown = map.map(services, occasion(VIC), Map(Ref(None, "15")))
    assert shown.text == "Stalking 15: 42 of 43 accepted; the map arrives as a picture in a direct message."
    assert sent.files == []
    later.pop()()
    (file,) = sent.files
    assert (file["channel"], file["filename"]) == ("D0VIC", "map-stalking-15-2025-03-10.png")
    assert file["title"] == "Stalking 15: 42 of 43 accepted"
    assert file["alt_txt"].startswith(
        "Map of 43 areas for stalking 15: 42 accepted; 1 accepted in part (Essex)."
    )
    assert file["file"].startswith(b"\x89PNG")


def test_a_map_that_did_not_come_is_told_with_a_reference(
    register: Register,
    services: Services,
    later: list[Callable[[], None]],
    sent: RecordingSlack,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sent.broken["files_upload_v2"] = ConnectionResetError()
    map.map(services, occasion(VIC), Map(Ref(None, "15")))
    later.pop()()
    with register.store.reading() as connection:
        (delivery,) = outbox(connection).open
    assert (delivery.channel, delivery.not_before) == ("U0VIC", None)
    assert "Your map could not be drawn or sent" in str(delivery.payload)
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert record.getMessage().split()[1].rstrip(":") in str(delivery.payload)


def test_one_request_makes_one_picture_however_often_it_is_delivered(
    register: Register, services: Services, later: list[Callable[[], None]], sent: RecordingSlack
) -> None:
    same = occasion(VIC)
    first = map.map(services, same, Map(Ref(None, "15")))
    assert map.map(services, same, Map(Ref(None, "15"))) == first
    (draw,) = later
    draw()
    assert map.map(services, same, Map(Ref(None, "15"))) == first
    assert (len(sent.files), len(later)) == (1, 1)
    with register.store.reading() as connection:
        assert outbox(connection).open == ()


def test_where_whoever_drew_it_is_gone_the_asker_is_told_after_a_while(
    register: Register, services: Services
) -> None:
    map.map(services, occasion(VIC), Map(Ref(None, "15")))
    with register.store.reading() as connection:
        (delivery,) = outbox(connection).open
    assert delivery.not_before
    assert timedelta(minutes=9) < delivery.not_before - datetime.now(UTC) < timedelta(minutes=11)
    assert "Your map did not come: recbot was interrupted" in str(delivery.payload)


@pytest.mark.parametrize(
    ("of_owner", "words"),
    [
        (True, "Your last files are still being made. Please ask again when one has arrived."),
        (False, "recbot is making other files. Please ask again in a few minutes."),
    ],
)
def test_where_too_much_waits_the_request_is_refused_also_when_it_is_delivered_again(
    register: Register, services: Services, later: list[Callable[[], None]], of_owner: bool, words: str
) -> None:
    def full(_work: Callable[[], None], _who: PersonKey) -> None:
        raise QueueFull(of_owner)

    same = occasion(VIC)
    for slowly in (full, services.slowly):
        busy = replace(services, slowly=slowly)
        shown = run(busy, same, partial(map.map, busy, command=Map(Ref(None, "15"))))
        assert shown.in_one_line == words
    assert later == []
    with register.store.reading() as connection:
        assert outbox(connection).open == ()
