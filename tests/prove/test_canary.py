"""Row 19: a token, a name and a text are found nowhere but in the database, with every logger at DEBUG."""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.domain.register.people import PersonKey
from bot.standin.delivery import Delivery, FormOpened, NoReply
from bot.standin.faults import Kind, cut
from bot.standin.people import Person
from tests.journeys.office import CHANNEL, Office, office
from tests.journeys.serving import Served
from tests.prove.payloads import click
from tests.storage import register

pytestmark = pytest.mark.prove

FAULTS: tuple[Kind, ...] = ("internal_error", "http_500", "drop", "rate_limited")
# What repeats words of people's, in answers that are cut.
REPEATING = (
    "chat.postMessage", "chat.update", "conversations.history", "conversations.open", "users.info",
    "views.open", "views.publish", "views.update", "files.getUploadURLExternal", "auth.test",
)  # fmt: skip
NAME = "Zebedee Canarywing"
TEXT = "canaryword"
PASSWORD = "canarypass"
# What a person could type that fails: each says the canary, and each is answered by another piece of code.
TYPED = (
    "note 15 kent: {c} met the provider", "progress 15 kent blocked: on {c}", "partly 16 kent: {c}",
    "decline 25 kent: {c}", "complete 15 kent: {c}", "extend 15 kent 30 Apr 2026: {c}", "accept 15 {c}",
    "{c}", "15 {c}", "note {c}: text", "search {c}", "history {c}", "since {c}", "grant @zeb {c}",
    "note 15 kent: ring 07700 900123, {c}", "note 15 kent: " + "{c} " * 400, "undo", "digest preview",
    "15 kent", "history 15 kent", "changes", "contacts", "mine", "digest send", "reopen 15 kent: {c}",
    "ask 15 kent: {c}", "copy stalking kent: {c}", "publish stalking kent https://a.uk/{c}",
)  # fmt: skip


@pytest.fixture(params=["socket, json", "http, console"])
def loud_office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Office, Served]]:
    """Give an office that logs at DEBUG, with PostgreSQL and its password in one case, and a SQLite file in
    the other."""
    by_http = request.param.startswith("http")
    url = request.getfixturevalue("postgresql_url" if by_http else "sqlite_url")
    if by_http:
        url = url.replace("://postgres@", f"://postgres:{PASSWORD}@").replace(
            "://postgres:@", f"://postgres:{PASSWORD}@"
        )
    with office(tmp_path, url) as opened:
        opened.load_example()
        served = Served(opened, module="tests.prove.at_debug")
        settings = {"RECBOT_LOG": "console" if by_http else "json"}
        if by_http:
            secret = {"SLACK_SIGNING_SECRET": opened.slack.signing_secret, "SLACK_APP_TOKEN": ""}
            opened.slack.deliver_by_http(served.request_url)
            served.start(**settings, **secret)
        else:
            served.start(**settings)
        opened.slack.wait_until_connected(20)
        try:
            yield opened, served
        finally:
            served.kill()


def test_no_secret_no_name_and_no_text_is_outside_the_database(loud_office: tuple[Office, Served]) -> None:
    workplace, served = loud_office
    canary = workplace.slack.add_person("U0ZEB", NAME)
    workplace.cora.types("/recs grant @zebedee kent")
    everybody_types(workplace, canary)
    everybody_clicks(workplace, canary)
    slack_fails(workplace, canary)
    slacks_answers_are_cut(workplace, canary)
    the_database_is_busy(workplace, canary)
    something_unforeseen_happens(workplace, canary)
    somebody_else_knocks(served)
    outside = served.get("/metrics")[1] + served.get("/readyz")[1]
    assert served.stop() == 0

    log = workplace.log.read_text(encoding="utf-8")
    assert len(log.splitlines()) > 10
    assert "is posted" in log
    assert "failure" in log
    # slack_sdk told of the answers that were cut, and nothing of what was in them.
    assert "base_client.py:" in log
    canaries = (
        NAME,
        "Canarywing",
        TEXT,
        PASSWORD,
        workplace.slack.bot_token,
        workplace.slack.app_token,
        workplace.slack.signing_secret,
    )
    leaks = {
        canary: places for canary in canaries if (places := places_of(canary, workplace.folder, outside))
    }
    print(f"{len(log.splitlines())} lines of log at DEBUG: {len(leaks)} canaries in it")
    assert leaks == {}


def everybody_types(workplace: Office, canary: Person) -> None:
    for person in (canary, workplace.cora, workplace.vic, workplace.gus):
        for text in TYPED:
            with suppress(NoReply, FormOpened):
                person.types(f"/recs {text.format(c=TEXT)}")


def everybody_clicks(workplace: Office, canary: Person) -> None:
    recorded = canary.types(f"/recs note 15: {TEXT} again")
    canary.clicks(recorded, "Allow publishing")
    canary.clicks(recorded, "Undo")
    form = canary.opens_form("/recs update 15")
    form.fill({"Note": f"{TEXT} by form"})
    form.submit()
    form = canary.opens_form("/recs update 15")
    canary.clicks(form, "Change the answer")
    form = canary.wait_for_form(lambda shown: "Response" in shown.fields)
    form.fill({"Response": "not accepted", "Note": f"{TEXT} without a reason", "Evidence link": TEXT})
    form.submit()
    canary.opens_home()


def slack_fails(workplace: Office, canary: Person) -> None:
    faults = workplace.slack.faults
    for method in ("chat.postMessage", "views.open", "users.info", "views.publish"):
        for fault in FAULTS:
            faults.next(method, fault)
    workplace.cora.types("/recs digest send")
    workplace.slack.add_person("U0NEW", f"{NAME} the second").types("/recs 15")
    for _ in range(4):
        with suppress(NoReply, FormOpened):
            canary.types("/recs update 15", wait=0.5)
    faults.clear()
    workplace.slack.remove_bot(CHANNEL)
    workplace.cora.types("/recs digest send")
    workplace.slack.invite_bot(CHANNEL)


def slacks_answers_are_cut(workplace: Office, canary: Person) -> None:
    faults = workplace.slack.faults
    for method in REPEATING:
        faults.next(method, cut(f"{TEXT} of {NAME}"), times=2)
    workplace.cora.types("/recs digest send")
    workplace.slack.add_person("U0NEWER", f"{NAME} the third").types("/recs 15")
    canary.opens_home()
    for _ in range(4):
        with suppress(NoReply, FormOpened):
            canary.types("/recs update 15", wait=0.5)
    with suppress(NoReply):
        canary.types("/recs export csv", wait=0.5)
    faults.clear()


def the_database_is_busy(workplace: Office, canary: Person) -> None:
    with register.empty(workplace.database_url) as store, register.held_by_another(store):
        reply = canary.types(f"/recs note 15: {TEXT} while busy")
        assert reply.text.startswith("Busy")


def something_unforeseen_happens(workplace: Office, canary: Person) -> None:
    """Raise an exception whose words hold what came from outside."""
    who = PersonKey(canary.team_id, canary.id)
    unforeseen = click(who, f"undo:{TEXT}", TEXT, "1741597200.0001")
    workplace.slack._office.deliver(Delivery("interactive", unforeseen, canary.id), wait=0.5)


def somebody_else_knocks(served: Served) -> None:
    body = f"command=%2Frecs&text={TEXT}".encode()
    for headers in (
        {},
        {"X-Slack-Request-Timestamp": TEXT, "X-Slack-Signature": TEXT},
        {"X-Slack-Request-Timestamp": str(int(time.time())), "X-Slack-Signature": "v0=" + "c0ffee42" * 8},
    ):
        assert served.post(body, headers) in (401, 404)
    assert served.get(f"/{TEXT}")[0] == 404


def places_of(canary: str, folder: Path, outside: str) -> list[str]:
    texts = ["health paths"] if canary in outside else []
    for file in folder.rglob("*"):
        if file.is_file() and not file.name.startswith("recbot.db") and canary.encode() in file.read_bytes():
            texts.append(file.name)
    return texts
