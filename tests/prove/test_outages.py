"""Row 24: what is away comes back, and meanwhile people read what is true and the health paths say why.

The short size keeps each thing away for seconds, the full one for ten minutes."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import make_url

from bot.standin.stand_in import FIRST_SCOPES
from tests.journeys.office import CHANNEL, Office, office
from tests.journeys.serving import Served, wait_until
from tests.prove.proxy import Proxy
from tests.prove.size import size
from tests.storage.audit import audit

pytestmark = pytest.mark.prove

AWAY = size(5, 600)  # seconds
BACK_WITHIN = 120.0
ASKS_EVERY = size(1, 10)


@contextmanager
def serving(workplace: Office, **environment: str) -> Iterator[Served]:
    served = Served(workplace)
    try:
        yield served.start(**environment)
    finally:
        served.kill()


@pytest.fixture
def workplace(tmp_path: Path, sqlite_url: str) -> Iterator[Office]:
    with office(tmp_path, sqlite_url) as opened:
        opened.load_example()
        yield opened


def test_while_the_database_is_away_nothing_is_saved_and_everybody_is_told_so(
    tmp_path: Path, postgresql_url: str
) -> None:
    server = make_url(postgresql_url)
    path = f"{server.query['host']}/.s.PGSQL.5432"
    with Proxy(lambda: _to_unix_socket(path)) as road, office(tmp_path, postgresql_url) as workplace:
        workplace.load_example()
        by_road = server.set(host="127.0.0.1", port=road.port, query={})
        with serving(workplace, DATABASE_URL=by_road.render_as_string(hide_password=False)) as served:
            workplace.slack.wait_until_connected(20)
            assert workplace.cora.types("/recs note 15 kent: before").text.startswith("Recorded")
            assert served.is_ready()
            road.cut()
            number = 0
            for number in _asking_while_away():
                reply = workplace.cora.types(f"/recs note 15 kent: while away {number}")
                assert reply.text == "Busy: nothing was saved."
                assert f"while away {number}" in reply.all_text
                assert workplace.vic.types("/recs 15").text == "Busy: nothing was saved."
                status, text = served.get("/readyz")
                assert (status, text[:28]) == (503, "The database does not answer")
                assert served.gauge("recbot_database_answers") == 0
            road.mend()
            took = wait_until(
                lambda: workplace.cora.types("/recs note 15 kent: after").text.startswith("Recorded"),
                BACK_WITHIN,
            )
            assert served.is_ready()
            assert served.stop() == 0
    written = [row["text"] for row in audit(postgresql_url) if row["kind"] == "note"]
    assert written == ["before", "after"]
    print(f"database away for {AWAY} s, asked {number} times: nothing saved; back {took:.1f} s after")


def _to_unix_socket(path: str) -> socket.socket:
    there = socket.socket(socket.AF_UNIX)
    there.connect(path)
    return there


def test_while_slack_is_away_commands_are_answered_and_the_digest_waits_for_its_return(
    workplace: Office,
) -> None:
    """Slack's Web API is away; what Slack delivers by HTTP still comes."""
    # A message whose fate is not known is looked for before it is posted again.
    workplace.slack.set_scopes((*FIRST_SCOPES, "channels:history", "groups:history", "im:history"))
    api = urlsplit(workplace.slack.api_url)
    with Proxy(lambda: socket.create_connection((str(api.hostname), api.port or 80))) as road:
        by_road = {
            "SLACK_API_URL": f"http://127.0.0.1:{road.port}{api.path}",
            "SLACK_APP_TOKEN": "",
            "SLACK_SIGNING_SECRET": workplace.slack.signing_secret,
        }
        with serving(workplace, **by_road) as served:
            workplace.slack.deliver_by_http(served.request_url)
            assert workplace.cora.types("/recs 15").text.startswith("Stalking 15")
            road.cut()
            workplace.cora.types("/recs digest send")
            for number in _asking_while_away():
                reply = workplace.cora.types(f"/recs note 15 kent: while away {number}")
                assert reply.text.startswith("Recorded")
                assert workplace.slack.posts(CHANNEL) == []
            assert served.gauge("recbot_slack_answers") == 0
            assert served.is_ready()
            road.mend()
            took = wait_until(lambda: bool(workplace.slack.posts(CHANNEL)), BACK_WITHIN)
            wait_until(lambda: served.gauge("recbot_slack_answers") == 1, BACK_WITHIN)
            assert served.stop() == 0
    assert len(workplace.slack.posts(CHANNEL)) == 1
    print(f"Slack away for {AWAY} s: commands answered, the digest posted once, {took:.1f} s after")


def test_a_revoked_token_is_told_by_the_health_paths_and_a_new_one_mends_it(workplace: Office) -> None:
    with serving(workplace) as served:
        workplace.slack.wait_until_connected(20)
        assert served.is_ready()
        workplace.slack.revoke_token()
        wait_until(lambda: not served.is_ready(), BACK_WITHIN)
        text = served.get("/readyz")[1]
        assert "token_revoked" in text
        assert "set SLACK_BOT_TOKEN" in text
        assert workplace.slack.bot_token not in text
        workplace.cora.types("/recs digest send")
        wait_until(lambda: served.gauge('recbot_deliveries{state="blocked"}') == 1, BACK_WITHIN)
        workplace.slack._workspace.token_revoked = False
        took = wait_until(lambda: bool(workplace.slack.posts(CHANNEL)), BACK_WITHIN)
        wait_until(served.is_ready, BACK_WITHIN)
        assert len(workplace.slack.posts(CHANNEL)) == 1
    print(f"token revoked: told; the digest posted once, {took:.1f} s after")


@pytest.mark.parametrize("closed_by", ["archived", "removed"])
def test_a_channel_that_is_closed_to_recbot_holds_the_digest_until_it_opens(
    workplace: Office, closed_by: str
) -> None:
    close, reopen = {
        "archived": (workplace.slack.archive, workplace.slack.unarchive),
        "removed": (workplace.slack.remove_bot, workplace.slack.invite_bot),
    }[closed_by]
    with serving(workplace) as served:
        workplace.slack.wait_until_connected(20)
        close(CHANNEL)
        workplace.cora.types("/recs digest send")
        wait_until(lambda: served.gauge('recbot_deliveries{state="blocked"}') == 1, BACK_WITHIN)
        time.sleep(AWAY)
        assert served.gauge("recbot_oldest_due_seconds") > 0
        assert served.is_ready()
        assert workplace.cora.types("/recs 15").text.startswith("Stalking 15")
        reopen(CHANNEL)
        took = wait_until(lambda: bool(workplace.slack.posts(CHANNEL)), BACK_WITHIN)
        assert len(workplace.slack.posts(CHANNEL)) == 1
    print(f"channel {closed_by} for {AWAY} s: the digest posted once, {took:.1f} s after")


def test_a_connection_that_is_cut_is_told_and_comes_back(workplace: Office) -> None:
    with serving(workplace) as served:
        workplace.slack.wait_until_connected(20)
        workplace.slack.disconnect()
        took = wait_until(lambda: _is_answered(workplace), BACK_WITHIN)
        assert served.gauge("recbot_socket_connected") == 1
    print(f"connection cut: back {took:.1f} s after")


def _is_answered(workplace: Office) -> bool:
    try:
        workplace.slack.wait_until_connected(1)
    except TimeoutError:
        return False
    return workplace.cora.types("/recs 15").text.startswith("Stalking 15")


def _asking_while_away() -> Iterator[int]:
    """A number for each time to ask, until it has been away for long enough."""
    until, number, never = time.monotonic() + AWAY, 0, threading.Event()
    while time.monotonic() < until:
        number += 1
        yield number
        never.wait(ASKS_EVERY)
