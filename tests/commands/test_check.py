"""`recbot check`: what Slack did not say is neither good nor bad."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.commands.check import Finding, check
from bot.domain.register.people import Membership, PersonKey, Role
from bot.runtime.wiring.slack_clients import identify, web_client
from bot.runtime.wiring.starting import CannotStart
from bot.settings import Settings
from storage import people, schema
from storage.database import FOR_WORK, Database
from tests.cast import person, stalking_case

NOW = datetime(2025, 3, 10, 10, 4, tzinfo=UTC)
SAID = {"ok": True, "user": "recbot", "team_id": "T0HOME", "channel": {"id": "C0COORD", "is_member": True}}


@contextmanager
def slack_at(instant: datetime | None, **facts: object) -> Iterator[str]:
    """A Web API that answers every call alike, with the time it is told or with none, and with more facts."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.dumps(SAID | facts).encode()
            # Not `send_response`, which adds the time.
            self.send_response_only(200)
            if instant:
                self.send_header("Date", format_datetime(instant, usegmt=True))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def settings_at(url: str, folder: Path, **more: str) -> Settings:
    return Settings.load(
        {
            "SLACK_BOT_TOKEN": "xoxb-1-bot",
            "SLACK_SIGNING_SECRET": "5ec4e7",
            "SLACK_API_URL": url,
            "DATABASE_URL": f"sqlite:///{folder / 'recbot.db'}",
        }
        | more
    )


@pytest.fixture
def clock_of(tmp_path: Path) -> Callable[[datetime | None], Finding]:
    """What is said of the clock where Slack tells this time."""

    def look(instant: datetime | None) -> Finding:
        with slack_at(instant) as url:
            (clock,) = (
                finding for finding in check(settings_at(url, tmp_path), NOW) if finding.subject == "clock"
            )
        return clock

    return look


@pytest.mark.parametrize(
    ("instant", "says"),
    [
        (NOW, "ok   clock: agrees with Slack's."),
        (
            NOW + timedelta(minutes=5),
            "FAIL clock: off by 300 seconds from Slack's: set this machine's clock.",
        ),
        (None, "?    clock: could not be compared: Slack did not say what time it is."),
    ],
)
def test_the_clock_is_good_only_where_it_could_be_compared(
    clock_of: Callable[[datetime | None], Finding], instant: datetime | None, says: str
) -> None:
    assert str(clock_of(instant)) == says


def test_what_could_not_be_compared_does_not_fail_the_check(
    clock_of: Callable[[datetime | None], Finding],
) -> None:
    assert clock_of(None).good


@pytest.mark.parametrize(
    ("facts", "begins"),
    [
        ({}, None),
        ({"enterprise_id": None}, None),
        (
            {"enterprise_id": "E0ASSOC", "is_enterprise_install": False},
            "ok   organisation: the workspace belongs to E0ASSOC. recbot works in it alone:",
        ),
        (
            {"enterprise_id": "E0ASSOC", "is_enterprise_install": True, "team_id": None},
            "FAIL organisation: the app is installed for a whole organisation, which is not supported.",
        ),
    ],
)
def test_it_says_where_the_workspace_belongs_to_an_organisation_and_what_is_supported(
    tmp_path: Path, facts: dict[str, object], begins: str | None
) -> None:
    with slack_at(NOW, **facts) as url:
        findings = [
            str(finding)
            for finding in check(settings_at(url, tmp_path), NOW)
            if finding.subject == "organisation"
        ]
    assert [begins is not None and finding.startswith(begins) for finding in findings] == (
        [True] if begins else []
    )


def test_what_is_installed_for_a_whole_organisation_does_not_start(tmp_path: Path) -> None:
    with slack_at(NOW, enterprise_id="E0ASSOC", is_enterprise_install=True, team_id=None) as url:
        client = web_client(settings_at(url, tmp_path), timeout=10)
        with pytest.raises(CannotStart, match="installed for a whole organisation, which is not supported"):
            identify(client)


def of_the_register(folder: Path, **more: str) -> list[str]:
    with slack_at(NOW) as url:
        findings = check(settings_at(url, folder, **more), NOW)
    return [str(finding) for finding in findings if finding.subject in ("coordinators", "bodies")]


def test_a_register_without_coordinators_or_bodies_fails_the_check(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'recbot.db'}", FOR_WORK)
    schema.upgrade(database)
    database.close()
    assert of_the_register(tmp_path) == [
        "FAIL coordinators: nobody is one: set RECBOT_COORDINATORS.",
        "FAIL bodies: there are none: `recbot import --bodies`, or `recbot example`.",
    ]


def test_coordinators_are_those_in_the_settings_and_those_granted(tmp_path: Path) -> None:
    register = stalking_case(f"sqlite:///{tmp_path / 'recbot.db'}")
    bodies = "ok   bodies: 43 policing bodies."
    assert of_the_register(tmp_path, RECBOT_COORDINATORS="U0CORA") == [
        "ok   coordinators: 1 set or granted.",
        bodies,
    ]
    dev = PersonKey("T0HOME", "U0DEV")
    with register.store.begin() as connection:
        people.grant(connection, dev, Role.COORDINATOR, "", NOW)
    for ids in ("", "U0DEV"):
        assert of_the_register(tmp_path, RECBOT_COORDINATORS=ids)[0] == "ok   coordinators: 1 set or granted."
    assert (
        of_the_register(tmp_path, RECBOT_COORDINATORS="U0CORA")[0] == "ok   coordinators: 2 set or granted."
    )
    with register.store.begin() as connection:
        people.remember(connection, person(dev, Membership.DEACTIVATED, "Dev Shah"))
    assert of_the_register(tmp_path)[0] == "FAIL coordinators: nobody is one: set RECBOT_COORDINATORS."
    register.store.database.close()


def test_a_folder_that_cannot_be_published_to_fails_the_check(tmp_path: Path) -> None:
    def finding_about(folder: Path) -> Finding:
        with slack_at(NOW) as url:
            findings = check(settings_at(url, tmp_path, RECBOT_PUBLISH_DIR=str(folder)), NOW)
        (published,) = [finding for finding in findings if finding.subject == "published site"]
        return published

    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "file").write_text("theirs")
    assert finding_about(tmp_path / "site").good
    assert not finding_about(tmp_path / "theirs").good
    assert "No such file" in finding_about(tmp_path / "nowhere" / "site").text
