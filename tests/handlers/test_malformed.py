"""Whatever stands in a payload that Slack signed: an answer, and never a server error."""

import json
import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest

from tests.cast import ALICE
from tests.handlers.malformed import PAYLOADS, kind_of, variants
from tests.handlers.recorded import Slack, recorded, slack
from tests.storage.audit import audit

# Of the payloads with one part changed every fifth is tried here, all in tests/prove/test_malformed.py.
EVERY = 5


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    with slack(f"sqlite:///{tmp_path_factory.mktemp('malformed') / 'recbot.db'}") as made:
        yield made


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_part_that_is_missing_empty_or_of_another_kind_makes_no_server_error(
    front: Slack, name: str
) -> None:
    for change, payload in islice(variants(name), 0, None, EVERY):
        answered = front.posts(payload)
        assert answered.status in (200, 400), f"{name}: {change}"


@pytest.mark.parametrize("name", PAYLOADS)
def test_by_socket_mode_it_is_acknowledged(front: Slack, name: str) -> None:
    for change, payload in islice(variants(name), 2, None, EVERY):
        assert front.sends(payload, kind_of(name)).envelope_id == "1", f"{name}: {change}"


BODIES: dict[str, str] = {
    "null": "null",
    "a list": "[]",
    "a list of objects": '[{"type": "block_actions"}]',
    "a text": '"block_actions"',
    "a number": "7",
    "no JSON": "recs",
    "an object in a list in a list": "[[{}]]",
    "cut": json.dumps(recorded("click"))[:300],
    "cut in a text": json.dumps(recorded("click"))[:101],
    "deep lists": "[" * 50_000,
    "deep lists that end": "[" * 50_000 + "]" * 50_000,
    "deep objects": '{"a":' * 50_000,
    "deep in an object": '{"type": "block_actions", "actions": ' + "[" * 50_000 + "]" * 50_000 + "}",
    "a number too long": '{"type": "block_actions", "n": ' + "9" * 10_000 + "}",
    "half a character": '{"type": "block_actions", "user": {"id": "\\ud800"}}',
    "NaN": '{"type": "block_actions", "n": NaN}',
    "the same key twice": '{"type": "block_actions", "type": "view_submission"}',
    "nothing": "",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("road", ["json", "payload", "form"])
def test_a_body_that_is_no_payload_is_answered_or_refused(front: Slack, body: str, road: str) -> None:
    match road:
        case "json":
            answered = front.posts_body(body.encode(), "application/json")
        case "payload":
            answered = front.posts_body(f"payload={quote_plus(body)}".encode())
        case _:
            answered = front.posts_body(body.encode())
    assert answered.status in (200, 400)


def test_what_is_cut_or_deep_is_not_in_the_log(front: Slack, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    front.posts_body(b'{"type": "block_actions", "text": "Anna North", ', "application/json")
    assert "Anna North" not in caplog.text
    assert "JSONDecodeError" in caplog.text


def test_nothing_unsigned_is_read_whatever_it_is(front: Slack) -> None:
    for body in (*BODIES.values(), json.dumps(recorded("click")), urlencode(recorded("command"))):
        for content_type in ("application/json", "application/x-www-form-urlencoded"):
            assert front.posts_body(body.encode(), content_type, signed=False).status == 401


def test_what_slack_sends_to_try_a_request_url_is_answered(front: Slack) -> None:
    trying = recorded("url_verification")
    answered = front.posts(trying)
    assert (answered.status, trying["challenge"] in answered.text) == (200, True)
    looking = urlencode(recorded("ssl_check"))
    assert front.posts_body(looking.encode(), signed=False).status == 200
    assert front.gets(looking).status == 200


def test_a_request_url_is_not_answered_for_where_the_signing_secret_is_another(front: Slack) -> None:
    body = json.dumps(recorded("url_verification")).encode()
    answered = front.posts_body(body, "application/json", signed=False)
    assert (answered.status, recorded("url_verification")["challenge"] in answered.text) == (401, False)


def test_two_requests_that_lack_what_tells_them_apart_are_two(front: Slack, sqlite_url: str) -> None:
    """Neither is taken for the other, which would be answered as recorded already."""
    with slack(sqlite_url) as other:
        for text in ("note 15: one", "note 15: two"):
            payload = recorded("command") | {"text": text}
            del payload["trigger_id"]
            assert "Recorded" in other.posts(payload).json["text"]
        notes = [row["text"] for row in audit(sqlite_url) if row["kind"] == "note"]
        assert notes == ["one", "two"]


@pytest.mark.parametrize("state", [None, {}, {"values": None}, {"values": {}}, [], "x"])
def test_a_form_sent_without_its_entries_records_nothing_and_says_so(sqlite_url: str, state: Any) -> None:
    """What is missing is not taken for "awaiting" or "not started"."""
    with slack(sqlite_url) as other:
        other.register.says(ALICE, "complete 15: two ISACs started")
        before = audit(sqlite_url)
        payload = recorded("submission")
        carried = json.loads(payload["view"]["private_metadata"])
        carried |= {"body": other.register.body("kent").code, "seq": 135}
        payload["view"] |= {"state": state, "private_metadata": json.dumps(carried)}
        answer = other.posts(payload).json
        assert answer["response_action"] == "errors"
        [(place, words)] = answer["errors"].items()
        assert place in {block["block_id"] for block in payload["view"]["blocks"]}
        assert words.startswith("Nothing was recorded")
        assert audit(sqlite_url) == before
