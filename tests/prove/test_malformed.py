"""Row 59: of every recorded payload each part is left out, made null or given two other kinds of value: over
HTTP it is answered and no server error, and by Socket Mode it is acknowledged."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.malformed import PAYLOADS, kind_of, variants
from tests.handlers.recorded import Slack, slack

pytestmark = pytest.mark.prove


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Slack]:
    with slack(f"sqlite:///{tmp_path / 'recbot.db'}") as made:
        yield made


def test_a_part_that_is_missing_empty_or_of_another_kind_makes_no_server_error(front: Slack) -> None:
    tried = 0
    for name in PAYLOADS:
        for change, payload in variants(name):
            assert front.posts(payload).status in (200, 400), f"{name}: {change}"
            tried += 1
    print(f"over HTTP: {tried} payloads, 0 server errors")


def test_by_socket_mode_it_is_acknowledged(front: Slack) -> None:
    tried = 0
    for name in PAYLOADS:
        for change, payload in variants(name):
            assert front.sends(payload, kind_of(name)).envelope_id == "1", f"{name}: {change}"
            tried += 1
    print(f"by Socket Mode: {tried} payloads, all acknowledged")
