"""Several equal processes over one PostgreSQL: each answers, and what one records the other one tells."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.office import CHANNEL, Office, office
from tests.journeys.serving import Served, wait_until
from tests.storage.audit import audit

ASKED = 12


@contextmanager
def two(at: Office, **environment: str) -> Iterator[tuple[Served, Served]]:
    both = Served(at), Served(at)
    try:
        for served in both:
            served.start(**environment)
        yield both
    finally:
        for served in both:
            served.kill()


@pytest.fixture
def at(tmp_path: Path, postgresql_url: str) -> Iterator[Office]:
    with office(tmp_path, postgresql_url) as opened:
        opened.load_example()
        yield opened


def test_two_behind_a_balancer_answer_in_turn_and_agree(at: Office) -> None:
    by_http = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": at.slack.signing_secret}
    with two(at, **by_http) as both:
        for number in range(ASKED):
            at.slack.deliver_by_http(both[number % 2].request_url)
            at.slack.wait_until_connected()
            recorded = at.cora.types(f"/recs note 15 kent: note {number}")
            assert recorded.text.startswith("Recorded for Kent")
            at.slack.deliver_by_http(both[1 - number % 2].request_url)
            assert f"note {number}" in at.cora.types("/recs 15 kent").all_text
        assert all(answered(served) >= ASKED for served in both)
        one_digest_is_posted(at)
        assert [served.stop() for served in both] == [0, 0]
    assert sum(row["kind"] == "note" for row in audit(at.database_url)) == ASKED


def test_two_in_socket_mode_answer_in_turn_and_agree(at: Office) -> None:
    with two(at) as both:
        at.slack.wait_until_connected(20, connections=2)
        for number in range(ASKED):
            assert at.cora.types(f"/recs note 15 kent: note {number}").text.startswith("Recorded for Kent")
            assert f"note {number}" in at.cora.types("/recs 15 kent").all_text
        assert all(answered(served) > ASKED / 2 for served in both)
        one_digest_is_posted(at)
        assert [served.stop() for served in both] == [0, 0]


def test_a_second_one_on_a_sqlite_file_is_refused_with_what_to_do(an_office: Office) -> None:
    refused = an_office.run("serve")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == (
        "Another recbot serves this SQLite file. Stop it first, or use PostgreSQL for several."
    )


def answered(served: Served) -> float:
    return served.gauge("recbot_acknowledgement_seconds_count")


def one_digest_is_posted(at: Office) -> None:
    at.cora.types("/recs digest send")
    wait_until(lambda: bool(at.slack.posts(CHANNEL)), 20)
    assert len(at.slack.posts(CHANNEL)) == 1
