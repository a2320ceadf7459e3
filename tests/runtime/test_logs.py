import json
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import create_engine, text

from bot.runtime.logs import MASK, configure, masking, reference
from bot.standin import StandIn
from bot.standin.faults import cut
from tests.journeys.office import MANIFEST

BOT_TOKEN = "xoxb-canary-1234"
SECRET = 'signing"sécret'
NOTE = "Canary Hale met the provider"

Log = Callable[[], str]


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Iterator[Log]:
    """Give what was written to the log so far; afterwards logging is as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield lambda: capsys.readouterr().err
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    root.handlers, root.level = handlers, level
    logging.captureWarnings(False)
    structlog.reset_defaults()


FORMATS: list[Literal["console", "json"]] = ["console", "json"]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "secret",
    [
        BOT_TOKEN,
        "xapp-1-A0-canary",
        "xoxe.xoxb-1-canary",
        "v0=" + "c0ffee42" * 8,
        SECRET,
        "signing%22s%C3%A9cret",
    ],
)
def test_no_secret_gets_past_by_any_road(log: Log, format: Literal["console", "json"], secret: str) -> None:
    configure(format, [SECRET])
    ours = structlog.get_logger("bot.runtime.wiring")
    ours.warning(f"in the event {secret}")
    ours.warning("in a value", header=secret, headers={"Authorization": [secret]})
    logging.getLogger("bot.schedule").warning("as an argument %s", secret)
    try:
        raise RuntimeError(secret)
    except RuntimeError:
        ours.exception("in an exception")
        logging.getLogger("bot.schedule").exception("in a plain one")
    written = log()
    assert written.count(MASK) >= 6
    assert "canary" not in written
    assert "cret" not in written.replace("secret", "")
    assert "c0ffee42" not in written


@pytest.mark.parametrize("format", FORMATS)
def test_the_reason_of_a_failure_is_there_without_the_values_around_it(
    log: Log, format: Literal["console", "json"]
) -> None:
    configure(format)
    note = NOTE
    try:
        raise RuntimeError("the disk is full")
    except RuntimeError:
        structlog.get_logger("bot.runtime.wiring").exception("not saved", reference="R7K2-PQ")
    written = log()
    assert "the disk is full" in written
    assert "test_logs.py" in written
    assert "R7K2-PQ" in written
    assert note not in written


def test_each_record_is_one_line_of_json_whoever_wrote_it(log: Log) -> None:
    configure("json")
    structlog.get_logger("bot.schedule").info("digest posted", channel="C0COORD", seq=12)
    logging.getLogger("websockets.client").warning("%d frames", 3)
    ours, others = map(json.loads, log().splitlines())
    assert ours.pop("timestamp").endswith("Z")
    assert ours == {
        "message": "digest posted",
        "level": "info",
        "logger": "bot.schedule",
        "channel": "C0COORD",
        "seq": 12,
    }
    assert re.fullmatch(r"test_logs\.py:[0-9]+", others["message"])
    assert (others["level"], others["logger"]) == ("warning", "websockets.client")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "name",
    ["slack_sdk.web.base_client", "recbot", "slack_bolt.App", "asyncio", "py.warnings", "of.tomorrow"],
)
def test_of_others_records_no_words_are_written(
    log: Log, format: Literal["console", "json"], name: str
) -> None:
    configure(format)
    logger = logging.getLogger(name)
    logger.setLevel(logging.DEBUG)
    try:
        raise LookupError(NOTE)
    except LookupError as error:
        logger.error(f"in the message: {NOTE}", stack_info=True)
        logger.critical("as an argument: %s, %r", NOTE, error)
        logger.exception("in an exception")
        logger.debug(NOTE)
    logger.setLevel(logging.NOTSET)
    written = log()
    assert "Canary" not in written
    assert len(written.splitlines()) == 3
    assert written.count(name) == 3
    assert re.search(r"test_logs\.py:[0-9]+: LookupError", written)


@pytest.mark.parametrize("format", FORMATS)
def test_what_nobody_caught_is_told_without_its_words(log: Log, format: Literal["console", "json"]) -> None:
    configure(format)

    def fail() -> None:
        raise LookupError(NOTE)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    try:
        fail()
    except LookupError as error:
        sys.excepthook(LookupError, error, error.__traceback__)
    written = log()
    assert "Canary" not in written
    assert len(re.findall(r"uncaught: LookupError at \S*test_logs\.py:[0-9]+", written)) == 2


def test_a_record_that_cannot_be_written_is_told_without_its_words(log: Log) -> None:
    configure("json")
    logging.getLogger("bot.runtime.wiring").warning("%d updates", NOTE)
    written = log()
    assert re.fullmatch(r"a record of test_logs\.py:[0-9]+ could not be written\n", written)


@pytest.mark.parametrize("format", FORMATS)
def test_of_an_answer_of_slacks_that_was_cut_nothing_is_written(
    log: Log, format: Literal["console", "json"]
) -> None:
    configure(format)
    with StandIn() as slack:
        slack.install(MANIFEST.read_text(encoding="utf-8"))
        slack.add_channel("C0COORD", "coordination")
        client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        slack.faults.next("chat.postMessage", cut(NOTE))
        with pytest.raises(SlackApiError, match="Canary"):
            client.chat_postMessage(channel="C0COORD", text="It was posted")
    written = log()
    assert re.search(r"base_client\.py:[0-9]+", written)
    assert "Canary" not in written


def test_what_slacks_client_writes_at_debug_is_never_seen(log: Log) -> None:
    configure("json")
    # Bolt hands the client a logger named after the app, with the level of the root.
    logging.getLogger().setLevel(logging.DEBUG)
    for name in ("slack_sdk.web.base_client", "recbot"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        client = WebClient(BOT_TOKEN, base_url="http://127.0.0.1:9/api/", logger=logger, retry_handlers=[])
        with pytest.raises(OSError, match="refused"):
            client.chat_postMessage(channel="C0COORD", text=NOTE)
    written = log()
    assert "base_client.py:" in written
    assert "Canary" not in written


def test_values_bound_to_sql_are_never_seen(log: Log) -> None:
    configure("json")
    logging.getLogger("sqlalchemy.engine").setLevel(logging.DEBUG)
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("SELECT :note"), {"note": NOTE})
    engine.dispose()
    logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)
    assert "Canary" not in log()


def test_without_secrets_an_ordinary_line_stays_as_it_is() -> None:
    line = "v0=short, xox is no token, nor is xapp"
    assert masking([])(line) == line
    assert masking([""])(line) == line


def test_a_secret_within_a_secret_leaves_no_rest() -> None:
    assert masking(["abc", "abcdef"])("abcdef abc") == f"{MASK} {MASK}"


def test_a_reference_is_short_and_has_no_letters_that_look_alike() -> None:
    references = {reference() for _ in range(1000)}
    assert len(references) > 990
    assert all(re.fullmatch(r"[A-HJ-NP-RT-Z2-46-9]{4}-[A-HJ-NP-RT-Z2-46-9]{2}", code) for code in references)
