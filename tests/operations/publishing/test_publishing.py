"""The published site: what everybody may read of the register, and nothing else."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from bot.domain.messages.digest import ReportStanding
from bot.domain.questions.published_register import CountsOn, ends_of_months, months_told
from bot.domain.register.addressee import Duty
from bot.domain.register.redaction import Ground
from bot.operations.publishing import published_register
from bot.operations.recording import redact
from bot.operations.recording.pass_on import pass_on
from bot.operations.recording.quoting import allow_quoting, stop_quoting
from bot.operations.register.then import RegisterAt
from storage import digest
from tests.accounts import QUOTED, SECRET, lively
from tests.cast import ALICE, BOB, CORA, NOW, VIC, Register, occasion, stalking_case
from tests.operations.endings import AFTER, both_have_spoken, merger
from tests.operations.questions.test_published_responses import asks, publishes
from tests.operations.recording.test_approve import name_approver
from tests.operations.recording.test_withdraw import ends
from tests.published import everything, faults_of, published, text_of, words_of

SOON = timedelta(minutes=5)


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = lively(stalking_case(sqlite_url))
    yield made
    made.store.database.close()


def test_it_says_how_each_report_stands_and_where_that_comes_from(database_url: str, tmp_path: Path) -> None:
    register = lively(stalking_case(database_url))
    site = published(register, tmp_path)
    register.store.database.close()
    assert "Stalking: 41 of 43 accepted; none complete; due in 17 days." in words_of(site, "index.html")
    assert "Stalking 15: specialist services for victims 41 of 43 0 of 43" in words_of(site, "index.html")
    page = words_of(site, "recommendations/stalking-15.html")
    assert "41 of 43 policing bodies accepted recommendation 15; Essex accepted it in part" in page
    assert "Accepted in part: 1 Essex: update" in page
    assert "In progress: 1 Kent: update" in page
    assert "28 Feb 2025 43 0 0 0 0 0 0 0 0 43 0 10 Mar 2025 41 1 1 0 0 0 0 1 0 42 0" in page
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in text_of(site, "recommendations/stalking-15.html")
    assert QUOTED in words_of(site, "bodies/kent.html")
    assert QUOTED in words_of(site, "recommendations/stalking-15.html")
    assert SECRET.encode() not in everything(site)
    assert b"Alice" not in everything(site)


def test_progress_over_time_is_drawn_with_a_table_of_the_weeks_that_moved(
    register: Register, tmp_path: Path
) -> None:
    ends(register, "withdraw 16 anyway: the inspectorate has closed it")
    later = NOW + timedelta(days=30)
    site = published(register, tmp_path, later)
    for address, name, rows in (
        (
            "recommendations/stalking-15.html",
            "Stalking 15",
            "29 Sept 2024 43 0 0 0 0 0 24 Nov 2024 43 43 0 0 0 0 16 Mar 2025 43 41 1 0 0 0"
            " 30 Mar 2025 43 41 1 0 0 42 9 Apr 2025 43 41 1 0 0 42",
        ),
        (
            "recommendations/stalking-16.html",
            "Stalking 16",
            "29 Sept 2024 43 0 0 0 0 0 24 Nov 2024 43 43 0 0 0 0 9 Mar 2025 43 43 0 0 0 0",
        ),
        ("reports/stalking.html", "Stalking", "30 Mar 2025 43 41 1 0 0 43 9 Apr 2025 43 41 1 0 0 43"),
    ):
        page = text_of(site, address)
        assert f'<title id="chart-title">{name}: progress over time</title>' in page
        assert "var(--accepted, #12507f)" in page
        assert rows in words_of(site, address)
    assert faults_of(site) == []


def test_every_page_is_whole_and_every_link_leads_somewhere(register: Register, tmp_path: Path) -> None:
    ends(register, "withdraw 16 anyway: the inspectorate has closed it")
    site = published(register, tmp_path)
    assert faults_of(site) == []
    assert "This recommendation has been withdrawn." in words_of(site, "recommendations/stalking-16.html")
    assert "43 of 43" in words_of(site, "recommendations/stalking-16.html")


def test_what_may_no_longer_be_published_disappears_and_the_page_says_so(
    register: Register, tmp_path: Path
) -> None:
    note = register.says(ALICE, "note 15: a note of ours")
    progress = register.says(ALICE, "progress 16 in progress: words of ours")
    allow_quoting(register.store, occasion(ALICE), [note, progress])
    assert "withdrawn" not in words_of(published(register, tmp_path), "index.html")
    stop_quoting(register.store, occasion(ALICE), [note, progress])
    site = published(register, tmp_path)
    assert b"of ours" not in everything(site)
    assert "Something that was published before has been withdrawn: 2 updates." in words_of(
        site, "index.html"
    )
    page = words_of(site, "bodies/kent.html")
    assert f"Update {note} was published before, and has been withdrawn." in page
    assert "Its words were published before, and have been withdrawn." in page
    assert f"Kent, stalking 15: update {note}" in words_of(site, "numbers.html")
    assert faults_of(site) == []


def test_words_that_were_erased_or_taken_back_disappear_too(register: Register, tmp_path: Path) -> None:
    erased = register.says(ALICE, "progress 16 in progress: words of ours")
    allow_quoting(register.store, occasion(ALICE), [erased])
    redact.redact(register.store, occasion(CORA), erased, Ground.VICTIM, lambda *_: {})
    taken_back = register.says(BOB, "complete 25: words of ours")
    register.says(BOB, "undo", NOW + SOON)
    site = published(register, tmp_path, NOW + SOON)
    assert b"of ours" not in everything(site)
    assert f"Update {taken_back} was published before" in words_of(site, "bodies/surrey.html")
    assert "Its words were published before" in words_of(site, "bodies/kent.html")


def test_the_same_register_on_the_same_day_gives_the_same_bytes(register: Register, tmp_path: Path) -> None:
    first = everything(published(register, tmp_path))
    (tmp_path / "later").mkdir()
    assert everything(published(register, tmp_path / "later", NOW + timedelta(hours=3))) == first


def test_programs_read_the_same_by_a_schema(register: Register, tmp_path: Path) -> None:
    merger(register)
    pass_on(register.store, AFTER)
    site = published(register, tmp_path, AFTER)
    schema = json.loads(text_of(site, "register.schema.json"))
    content = json.loads(text_of(site, "register.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(content, schema)
    assert content["form"] == "published"
    assert len(content["addressees"]) == 3 * 42
    content["addressees"][0]["response"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, schema)


def test_a_welsh_bodys_page_is_in_welsh_too_and_words_stay_as_written(
    register: Register, tmp_path: Path
) -> None:
    seqs = [
        register.says(CORA, "progress 15 gwent in progress: Mae'r gwaith wedi dechrau yn y de"),
        register.says(CORA, "note 15 gwent: the provider has been chosen"),
    ]
    allow_quoting(register.store, occasion(CORA), seqs)
    site = published(register, tmp_path)
    assert [path.name for path in sorted((site / "cy" / "bodies").iterdir())] == [
        "dyfed-powys.html", "gwent.html", "north-wales.html", "south-wales.html",
    ]  # fmt: skip
    welsh, english = text_of(site, "cy/bodies/gwent.html"), text_of(site, "bodies/gwent.html")
    assert '<html lang="cy">' in welsh
    assert "Cynnydd Ar y gweill, 10 Mawrth 2025" in words_of(site, "cy/bodies/gwent.html")
    assert '<blockquote lang="en"><p class="text">the provider has been chosen</p>' in welsh
    assert '<blockquote><p class="text">Mae&#39;r gwaith wedi dechrau yn y de</p>' in welsh
    assert '<blockquote lang="cy"><p class="text">Mae&#39;r gwaith wedi dechrau yn y de</p>' in english
    assert '<a lang="cy" hreflang="cy" href="../cy/bodies/gwent.html">Cymraeg</a>' in english


def test_the_feed_tells_what_is_new_and_leads_to_it(register: Register, tmp_path: Path) -> None:
    site = published(register, tmp_path)
    feed = ElementTree.fromstring(text_of(site, "feed.xml"))  # noqa: S314 - our own
    entries = feed.findall("{*}entry")
    assert len(entries) == 50
    titles = [entry.findtext("{*}title") for entry in entries]
    assert titles[:2] == ["Surrey, stalking 16: blocked", "Surrey, stalking 15: not accepted"]
    assert QUOTED in [entry.findtext("{*}content") for entry in entries]
    assert len({entry.findtext("{*}id") for entry in entries}) == 50
    for entry in entries:
        address, _, anchor = entry.find("{*}link").attrib["href"].partition("#")  # type: ignore[union-attr]
        assert f'id="{anchor}"' in text_of(site, address)


def test_a_bodys_page_leads_to_those_before_it_and_to_the_one_after(
    register: Register, tmp_path: Path
) -> None:
    merger(register)
    both_have_spoken(register)
    pass_on(register.store, AFTER)
    site = published(register, tmp_path, AFTER)
    mayor = words_of(site, "bodies/norfolk-and-suffolk-mayor.html")
    assert "Its predecessors: Norfolk (until 30 Apr 2027), Suffolk (until 30 Apr 2027)." in mayor
    assert "Suffolk (until 30 Apr 2027): accepted (22 Nov 2024); blocked" in mayor
    norfolk = words_of(site, "bodies/norfolk.html")
    assert "Its last day was 30 April 2027. Its duties pass to: Norfolk and Suffolk Mayor." in norfolk
    assert "42 bodies now stand in their place" in words_of(site, "recommendations/stalking-15.html")
    assert faults_of(site) == []


def test_a_report_that_asks_for_published_responses_says_who_has_published(
    register: Register, tmp_path: Path
) -> None:
    asks(register)
    publishes(register)
    site = published(register, tmp_path)
    report = words_of(site, "reports/stalking.html")
    assert "1 of 43 policing bodies has published its response" in report
    assert "Kent: response published on 10 Mar 2025, https://kent.example.org/response" in report
    assert "Response published on 10 Mar 2025" in words_of(site, "bodies/kent.html")
    assert "Response to be published by 17 Mar 2025" in words_of(site, "bodies/surrey.html")
    content = json.loads(text_of(site, "register.json"))
    jsonschema.validate(content, json.loads(text_of(site, "register.schema.json")))
    assert faults_of(site) == []


@pytest.mark.prove
def test_the_ends_of_months_are_as_the_account_of_the_day_has_them(register: Register) -> None:
    merger(register)
    both_have_spoken(register)
    pass_on(register.store, AFTER)
    ends(register, "withdraw 16 anyway: the inspectorate has closed it")
    with published_register.opened(register.store, AFTER) as opened:
        account = opened.account()
        stated = {chapter.recommendation.id: chapter.recommendation for chapter in account.chapters}
        history = {
            id_: tuple(
                CountsOn.of(rows, month)
                for month, rows in zip(months, opened.standing_on(recommendation, months), strict=True)
                if rows
            )
            for id_, recommendation in stated.items()
            if (months := months_told(recommendation.report.published_on, opened.day))
        }
    days = [counts.day for counts in history["stalking-15"]]
    assert (len(days), days[-1]) == (24, date(2027, 4, 30))
    assert {id_: len(counts) for id_, counts in history.items() if id_ != "stalking-15"} == {
        "stalking-16": 0,
        "stalking-25": 24,
        "stalking-27": 0,
    }
    with register.store.reading() as connection:
        for counts in history["stalking-15"]:
            stood = RegisterAt(connection, counts.day)
            (recommendation,) = stood.recommendations(["stalking-15"]).values()
            assert counts.tally == stood.tallies(["stalking-15"])["stalking-15"]
            late = [row.is_overdue(Duty.ACTION, counts.day) for row in stood.addressees(recommendation)]
            assert counts.late[Duty.ACTION] == sum(late)


def test_a_reports_line_is_the_digests(register: Register) -> None:
    with published_register.opened(register.store, NOW) as opened:
        rows = [row for chapter in opened.account().chapters for row in chapter.addressees]
    days = [NOW.date(), date(2025, 3, 28), date(2026, 3, 28)]
    with register.store.reading() as connection:
        for day in days:
            assert digest.report_standings(connection, day) == (ReportStanding.of("stalking", rows, day),)


def test_only_what_is_approved_counts_where_that_is_asked(register: Register, tmp_path: Path) -> None:
    name_approver(register, VIC)
    register.says(ALICE, "complete 16: all of it")
    site = published(register, tmp_path)
    assert "joint review of commissioning 43 of 43 1 of 43" in words_of(site, "index.html")
    assert "Complete (for approval), 10 March 2025" in words_of(site, "bodies/kent.html")
    assert "Complete for approval" in words_of(site, "recommendations/stalking-16.html")
    assert "#done" in text_of(site, "index.html")
    site = published(register, tmp_path, approved_only=True)
    assert "joint review of commissioning 43 of 43 0 of 43" in words_of(site, "index.html")
    assert "only what is approved counts" in words_of(site, "index.html")
    assert json.loads(text_of(site, "register.json"))["approved_only"] is True
    assert faults_of(site) == []


@pytest.mark.parametrize(
    ("first", "last", "ends"),
    [
        (date(2025, 1, 15), date(2025, 3, 10), [date(2025, 1, 31), date(2025, 2, 28)]),
        (date(2025, 1, 31), date(2025, 2, 1), [date(2025, 1, 31)]),
        (date(2025, 1, 31), date(2025, 1, 31), []),
        (date(2024, 12, 1), date(2025, 1, 31), [date(2024, 12, 31)]),
    ],
)
def test_months_end_before_today(first: date, last: date, ends: list[date]) -> None:
    assert list(ends_of_months(first, last)) == ends


def test_nothing_recorded_yet_is_published_too(sqlite_url: str, tmp_path: Path) -> None:
    register = stalking_case(sqlite_url, datetime.fromisoformat("2024-09-27T09:00:00+00:00"))
    assert faults_of(published(register, tmp_path)) == []
    register.store.database.close()
