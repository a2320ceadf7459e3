import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
import structlog
from slack_sdk import WebClient
from sqlalchemy import create_engine, text

from bot.logs import MASK, configure, masking, reference

BOT_TOKEN = "xoxb-canary-1234"
SECRET = 'signing"sécret'
NOTE = "Canary Hale met the provider"

Log = Callable[[], str]


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Iterator[Log]:
    """Gives what was written to the log so far; afterwards logging is as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []
    yield lambda: capsys.readouterr().err
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
    ours, theirs = structlog.get_logger("bot.app"), logging.getLogger("urllib3")
    ours.warning(f"in the event {secret}")
    ours.warning("in a value", header=secret, headers={"Authorization": [secret]})
    theirs.warning("as an argument %s", secret)
    try:
        raise RuntimeError(secret)
    except RuntimeError:
        ours.exception("in an exception")
        theirs.exception("in theirs")
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
        structlog.get_logger("bot.app").exception("not saved", reference="R7K2-PQ")
    written = log()
    assert "the disk is full" in written
    assert "test_logs.py" in written
    assert "R7K2-PQ" in written
    assert note not in written


def test_each_record_is_one_line_of_json_whoever_wrote_it(log: Log) -> None:
    configure("json")
    structlog.get_logger("bot.schedule").info("digest posted", channel="C0COORD", seq=12)
    logging.getLogger("waitress").warning("Task queue depth is %d", 3)
    ours, theirs = map(json.loads, log().splitlines())
    assert ours.pop("timestamp").endswith("Z")
    assert ours == {
        "message": "digest posted",
        "level": "info",
        "logger": "bot.schedule",
        "channel": "C0COORD",
        "seq": 12,
    }
    assert (theirs["message"], theirs["level"], theirs["logger"]) == (
        "Task queue depth is 3",
        "warning",
        "waitress",
    )


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
    assert "refused" in written
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
    assert all(re.fullmatch(r"[A-HJ-NP-RT-Z2-46-9]{4}-[A-HJ-NP-RT-Z2-46-9]{2}", one) for one in references)
