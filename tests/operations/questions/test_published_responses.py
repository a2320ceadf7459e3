"""A report that asks for published responses, wherever what is open and what was done is told."""

import csv
import itertools
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document

from bot.domain.messages.home import HomePlace
from bot.domain.questions.grammar.typed_recordings import RecordPublishedResponse, SetReport
from bot.domain.questions.names import Body, ReportName
from bot.domain.register.imports import FilePlace, ReportRow
from bot.domain.register.people import PersonKey
from bot.domain.register.published_response import Step
from bot.domain.values import replace
from bot.importing.reading import read
from bot.operations.imports.imports import import_file
from bot.operations.messages.digest_contents import read as read_digest
from bot.operations.questions import bundle as bundles
from bot.operations.questions.home import home
from bot.operations.recording import published_response, report_setting
from bot.operations.recording.pass_on import pass_on
from bot.operations.request.schedule_plan import NO_DIGEST
from bot.rendering.blocks.home import home_tab
from bot.rendering.documents.columns import PUBLICATION, REGISTER
from bot.rendering.screen import Screen
from storage import recommendations
from storage.chain import head
from tests.accounts import made
from tests.cast import ALICE, CORA, NOW, VIC, Register, occasion, stalking_case
from tests.operations.endings import AFTER, MAYOR, merger
from tests.operations.imports.test_imports import into, refused
from tests.prove.trace import Typed, reply

STALKING = ReportName("stalking", "")
URL = "https://kent.example.org/response"
ASKED_FOR = "1 response to publish is open, due 17 March 2025 (7 days left, 5 working days)"
_numbers = itertools.count()
DONE = f"response published on 10 Mar 2025, {URL}"


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    case = stalking_case(database_url)
    yield case
    case.store.database.close()


def asks(register: Register) -> None:
    command = SetReport(STALKING, date(2025, 3, 17), confirmed=True)
    report_setting.set_report(register.store, occasion(CORA), command)


def publishes(register: Register, slug: str = "kent", who: PersonKey = ALICE, url: str = URL) -> None:
    command = RecordPublishedResponse(Step.PUBLISHED, STALKING, register.body(slug), url=url)
    published_response.record_step(register.store, occasion(who), command)


def copies(register: Register, slug: str = "kent", who: PersonKey = ALICE) -> None:
    command = RecordPublishedResponse(Step.COPIED, STALKING, register.body(slug), text="HMICFRS")
    published_response.record_step(register.store, occasion(who), command)


def answer(register: Register, typed: str, who: PersonKey = ALICE, instant: datetime = NOW) -> str:
    screen = reply(register.services(), Typed(who, typed, instant, f"asking {next(_numbers)}"))
    assert isinstance(screen, Screen)
    return str(screen.blocks)


def test_what_is_open_names_it_until_it_is_published_and_copied(register: Register) -> None:
    before = {typed: answer(register, typed) for typed in ("mine", "kent", "stalking")}
    assert not any("publish" in text for text in before.values())
    asks(register)
    assert ASKED_FOR in answer(register, "mine")
    assert ASKED_FOR in answer(register, "kent", VIC)
    assert "None of 43 have published their response to stalking" in answer(register, "stalking", VIC)
    publishes(register)
    assert "1 response to publish is open" in answer(register, "mine")
    copies(register)
    assert answer(register, "mine") == before["mine"]
    assert DONE in answer(register, "kent", VIC)
    assert "1 of 43 has published its response to stalking" in answer(register, "stalking", VIC)


def test_home_has_what_a_body_is_to_publish(register: Register) -> None:
    def shown() -> str:
        return str(home_tab.home(home(register.store, occasion(ALICE), HomePlace(), NO_DIGEST)))

    before = shown()
    asks(register)
    assert ASKED_FOR in shown()
    assert "Responses to publish" in shown()
    report_setting.set_report(register.store, occasion(CORA), SetReport(STALKING, None, confirmed=True))
    assert shown() == before


def test_the_account_tells_where_each_response_is_published(register: Register, tmp_path: Path) -> None:
    asks(register)
    publishes(register)
    copies(register)
    with made(register, "export csv", tmp_path, VIC).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [column.name for column in (*REGISTER, *PUBLICATION)]
    kent = [row for row in rows if row["body"] == "Kent"]
    assert {(row["publish_by"], row["published_on"], row["published_at"]) for row in kent} == {
        ("2025-03-17", "2025-03-10", URL)
    }
    assert {(row["copied_on"], row["copied_to"]) for row in kent} == {("2025-03-10", "HMICFRS")}
    assert {row["published_at"] for row in rows if row["body"] == "Surrey"} == {""}
    parsed = json.loads(made(register, "export kent json", tmp_path, VIC).read_text(encoding="utf-8"))
    assert {row["published_at"] for row in parsed["addressees"]} == {URL}
    for format in ("xlsx", "ods"):
        assert made(register, f"export kent {format}", tmp_path, VIC).stat().st_size
    lines = [
        paragraph.text for paragraph in Document(str(made(register, "export", tmp_path, VIC))).paragraphs
    ]
    assert (
        "1 of 43 policing bodies has published its response; the report asks for it by 17 March 2025."
        in lines
    )
    assert any(line.startswith(f"Kent: {DONE}") for line in lines)
    assert any(line.startswith("Not yet: Avon and Somerset, ") for line in lines)


def test_an_account_without_it_has_no_column_of_it(register: Register, tmp_path: Path) -> None:
    path = made(register, "export csv", tmp_path, VIC)
    before = path.read_bytes()
    asks(register)
    publishes(register)
    report_setting.set_report(register.store, occasion(CORA), SetReport(STALKING, None, confirmed=True))
    assert made(register, "export csv", tmp_path, VIC).read_bytes() == before


def test_an_account_that_comes_back_says_nothing_new(register: Register, tmp_path: Path) -> None:
    asks(register)
    publishes(register)
    path = made(register, "export csv", tmp_path, CORA)
    assert import_file(register.store, read(path), NOW).effects == ()


def test_a_file_brings_a_report_with_the_day_and_never_changes_it(register: Register) -> None:
    row = ReportRow(
        place=FilePlace("", "", 0),
        key="custody",
        title="Custody",
        publishers="HMICFRS",
        published_on=date(2025, 1, 20),
        publish_by=date(2025, 3, 17),
    )
    (effect,) = into(register, row).effects
    assert effect.about == "report custody"
    with register.store.reading() as connection:
        report = recommendations.report(connection, "custody")
    assert report is not None
    assert report.publish_by == date(2025, 3, 17)
    assert refused(register, replace(row, publish_by=date(2025, 3, 18)), digest="b") == [(2, "publish_by")]
    early = replace(row, key="fraud", publish_by=date(2025, 1, 19))
    assert refused(register, early, digest="c") == [(2, "publish_by")]
    assert into(register, replace(row, publish_by=None), digest="d").effects == ()


@pytest.mark.parametrize("both", [False, True], ids=["one published", "both published"])
def test_an_heir_shows_what_each_predecessor_published_and_is_done_when_all_are(
    register: Register, both: bool
) -> None:
    asks(register)
    for slug in ("norfolk", "suffolk")[: 1 + both]:
        publishes(register, slug, CORA, f"https://{slug}.example.org/response")
    merger(register)
    pass_on(register.store, AFTER)
    now = answer(register, "published stalking", CORA, AFTER)
    assert "Norfolk: response published on 10 Mar 2025, https://norfolk.example.org/response" in now
    if both:
        assert "1 of 42 has published its response" in now
        assert "response published by Norfolk and Suffolk, in whose place it stands" in now
    else:
        assert "Suffolk: nothing recorded of its response" in now
        assert "None of 42 have published" in now
    for day, asked_of in (("30 Apr 2027", 43), ("1 May 2027", 42)):
        then = answer(register, f"published stalking as at {day}", CORA, AFTER)
        assert f" of {asked_of} " in then
    own = RecordPublishedResponse(Step.PUBLISHED, STALKING, heir(register), url=URL)
    published_response.record_step(register.store, occasion(CORA, AFTER), own)
    assert "1 of 42 has published" in answer(register, "published stalking", CORA, AFTER)


def heir(register: Register) -> Body:
    return Register(register.store).body(MAYOR.slug)


def test_the_digest_says_who_has_not_published_until_all_have(register: Register) -> None:
    def unpublished() -> list[int]:
        with register.store.reading() as connection:
            digest = read_digest(connection, NOW.date(), *head(connection), names_bodies=True)
        return [len(group.unpublished) for group in digest.unpublished]

    assert unpublished() == []
    asks(register)
    publishes(register)
    assert unpublished() == [42]
    for slug in register.bodies:
        publishes(register, slug, CORA)
    assert unpublished() == []


def test_a_bundle_holds_what_a_body_recorded_and_the_day(register: Register, tmp_path: Path) -> None:
    asks(register)
    publishes(register)
    with bundles.opened(register.store, NOW, register.body("kent")) as bundle:
        held = [update for update in bundle.updates if bundle.scope.holds(update)]
        reports = [row for name, rows in bundle.tables for row in rows if name == "reports"]
    steps = [update for update in held if update.kind == "published response"]
    assert [update.words and update.words.evidence_url for update in steps] == [URL]
    assert [row["publish_by"] for row in reports] == [date(2025, 3, 17)]
