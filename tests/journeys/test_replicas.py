"""Several equal processes over one PostgreSQL: each answers, and what one records the other one tells."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.office import CHANNEL, Office, office
from tests.journeys.serving import PATIENCE, Served, wait_until
from tests.storage.audit import audit

ASKED = 12


@contextmanager
def two(shared_office: Office, **environment: str) -> Iterator[tuple[Served, Served]]:
    both = Served(shared_office), Served(shared_office)
    try:
        for served in both:
            served.start(**environment)
        yield both
    finally:
        for served in both:
            served.kill()


@pytest.fixture
def shared_office(tmp_path: Path, postgresql_url: str) -> Iterator[Office]:
    with office(tmp_path, postgresql_url) as opened:
        opened.load_example()
        yield opened


def test_two_behind_a_balancer_answer_in_turn_and_agree(shared_office: Office) -> None:
    by_http = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": shared_office.slack.signing_secret}
    with two(shared_office, **by_http) as both:
        for number in range(ASKED):
            shared_office.slack.deliver_by_http(both[number % 2].request_url)
            shared_office.slack.wait_until_connected()
            recorded = shared_office.cora.types(f"/recs note 15 kent: note {number}")
            assert recorded.text.startswith("Recorded for Kent")
            shared_office.slack.deliver_by_http(both[1 - number % 2].request_url)
            assert f"note {number}" in shared_office.cora.types("/recs 15 kent").all_text
        assert all(answered(served) >= ASKED for served in both)
        one_digest_is_posted(shared_office)
        assert [served.stop() for served in both] == [0, 0]
    assert sum(row["kind"] == "note" for row in audit(shared_office.database_url)) == ASKED


def test_two_in_socket_mode_answer_in_turn_and_agree(shared_office: Office) -> None:
    with two(shared_office) as both:
        shared_office.slack.wait_until_connected(PATIENCE, connections=2)
        for number in range(ASKED):
            assert shared_office.cora.types(f"/recs note 15 kent: note {number}").text.startswith(
                "Recorded for Kent"
            )
            assert f"note {number}" in shared_office.cora.types("/recs 15 kent").all_text
        assert all(answered(served) > ASKED / 2 for served in both)
        one_digest_is_posted(shared_office)
        assert [served.stop() for served in both] == [0, 0]


def test_a_second_one_on_a_sqlite_file_is_refused_with_what_to_do(an_office: Office) -> None:
    refused = an_office.run("serve")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == (
        "Another recbot serves this SQLite file. Stop it first, or use PostgreSQL for several."
    )


def answered(served: Served) -> float:
    return served.gauge("recbot_acknowledgement_seconds_count")


def one_digest_is_posted(shared_office: Office) -> None:
    shared_office.cora.types("/recs digest send")
    wait_until(lambda: bool(shared_office.slack.posts(CHANNEL)), PATIENCE)
    assert len(shared_office.slack.posts(CHANNEL)) == 1
