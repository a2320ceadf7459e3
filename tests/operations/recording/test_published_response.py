"""A published response, step by step: who may record it, what is refused, and how it stands and stood."""

from datetime import date, timedelta

import pytest

from bot.domain.questions.grammar.typed_commands import Published
from bot.domain.questions.grammar.typed_recordings import ChangeEnding, RecordPublishedResponse, SetReport
from bot.domain.questions.names import Region, ReportName
from bot.domain.refusals.addressees import BodyRequired, NotAContactOf
from bot.domain.refusals.request import NotACoordinator
from bot.domain.refusals.taking_back import NotYours, TooLateToUndo
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import PersonKey
from bot.domain.register.published_response import (
    NoAddress,
    NotAskedToPublish,
    PublishedAtWrongTime,
    PublishedResponse,
    Step,
    StepRecorded,
)
from bot.domain.register.redaction import Ground
from bot.domain.values import replace
from bot.operations.questions.published_responses import published
from bot.operations.recording import endings, published_response, redact, report_setting
from bot.operations.recording.undo import undo
from bot.rendering import published_responses
from bot.rendering.blocks.questions import published_responses as blocks
from storage.verify import Unbroken, verify
from tests.cast import ALICE, BOB, CORA, ED, NOW, VIC, Register, accountable_case, occasion
from tests.storage.audit import audit

STALKING = ReportName("stalking", "The police response to stalking")
DUE = date(2025, 3, 17)
ON = date(2025, 3, 3)
TODAY = NOW.date()
PUBLISHED = RecordPublishedResponse(Step.PUBLISHED, STALKING, on=ON, url="https://kent.example.org/response")
COPIED = RecordPublishedResponse(Step.COPIED, STALKING, text="the Home Secretary and HMICFRS")
INVITED = RecordPublishedResponse(Step.INVITED, STALKING, on=ON, comments_by=date(2025, 3, 12))


def asks(register: Register, day: date | None = DUE, who: PersonKey = CORA, key: str = "") -> None:
    report_setting.set_report(
        register.store, occasion(who, key=key), SetReport(STALKING, day, confirmed=True)
    )


def records(
    register: Register, command: RecordPublishedResponse = PUBLISHED, who: PersonKey = ALICE, key: str = ""
) -> StepRecorded:
    return published_response.record_step(register.store, occasion(who, key=key), command)


def standing(
    register: Register, slug: str = "kent", day: date | None = None, *, known: bool = False
) -> PublishedResponse | None:
    command = Published(scope=register.body(slug), as_at=day, known=known)
    rows = published(register.store, occasion(VIC), command).rows
    return rows[0] if rows else None


def stands(register: Register, slug: str = "kent", day: date | None = None, *, known: bool = False) -> str:
    row = standing(register, slug, day, known=known)
    return published_responses.stands(row, day or TODAY) if row else ""


def test_a_report_asks_for_nothing_until_a_coordinator_has_it_ask(register: Register) -> None:
    assert standing(register) is None
    with pytest.raises(NotAskedToPublish):
        records(register)
    asks(register)
    row = standing(register)
    assert row is not None
    assert (row.publish_by, row.is_open) == (DUE, True)
    asks(register, None)
    assert standing(register) is None


def test_each_step_is_kept_with_its_day_and_its_words(register: Register, database_url: str) -> None:
    asks(register)
    for command in (INVITED, PUBLISHED, COPIED):
        records(register, command)
    rows = audit(database_url)[-3:]
    assert [row["kind"] for row in rows] == ["published response"] * 3
    assert {(row["recommendation_id"], row["body_code"], row["quotable"]) for row in rows} == {
        (None, register.body("kent").code, True)
    }
    assert [row["stands_from"] for row in rows] == ["2025-03-03", "2025-03-03", "2025-03-10"]
    assert (rows[1]["evidence_url"], rows[2]["text"]) == (PUBLISHED.url, COPIED.text)
    assert stands(register) == (
        "response published on 3 Mar 2025, https://kent.example.org/response;"
        " chief officer's comments invited by 12 Mar 2025;"
        " copied to the Home Secretary and HMICFRS on 10 Mar 2025"
    )
    assert stands(register, "surrey") == (
        "response to be published by 17 Mar 2025 (7 days left, 5 working days)"
    )


def test_the_same_request_again_writes_nothing(register: Register, database_url: str) -> None:
    asks(register, key="asks")
    first = records(register, key="once")
    written = len(audit(database_url))
    again = records(register, key="once")
    assert (again.seq, again.again) == (first.seq, True)
    asks(register, key="asks")
    asks(register)
    assert len(audit(database_url)) == written


def test_a_bodys_contact_records_for_it_and_a_coordinator_on_its_behalf(register: Register) -> None:
    asks(register)
    kent = replace(PUBLISHED, body=register.body("kent"))
    for who in (BOB, VIC):
        with pytest.raises(NotAContactOf):
            records(register, kent, who)
    with pytest.raises(BodyRequired):
        records(register, who=CORA)
    assert standing(register) == replace(standing(register), steps={})  # type: ignore[type-var]
    assert records(register, kent, CORA).on_behalf
    assert not records(register).on_behalf


def test_a_look_counts_the_bodies_that_have_recorded_a_step_of_the_report(register: Register) -> None:
    def recorded() -> int:
        return report_setting.look(register.store, occasion(CORA), SetReport(STALKING, None)).recorded

    asks(register)
    assert recorded() == 0
    records(register)
    records(register, COPIED)
    assert recorded() == 1
    surrey = records(register, who=BOB)
    assert recorded() == 2
    undo(register.store, occasion(BOB), surrey.seq)
    assert recorded() == 1


@pytest.mark.parametrize("who", [ALICE, BOB, ED, VIC])
def test_only_a_coordinator_sets_what_a_report_asks_for(register: Register, who: PersonKey) -> None:
    with pytest.raises(NotACoordinator):
        asks(register, who=who)
    with pytest.raises(NotACoordinator):
        report_setting.look(register.store, occasion(who), SetReport(STALKING, DUE))
    assert standing(register) is None


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(PUBLISHED, url="kent.example.org"), NoAddress),
        (replace(COPIED, text=""), NoAddress),
        (replace(COPIED, text="ring her on 07700 900123"), MayIdentify),
        (replace(PUBLISHED, on=date(2024, 9, 26)), PublishedAtWrongTime),
        (replace(PUBLISHED, on=date(2025, 3, 11)), PublishedAtWrongTime),
        (replace(INVITED, comments_by=date(2024, 9, 26)), PublishedAtWrongTime),
    ],
)
def test_what_cannot_be_so_is_refused(
    register: Register, database_url: str, command: RecordPublishedResponse, refusal: type[Exception]
) -> None:
    asks(register)
    before = len(audit(database_url))
    with pytest.raises(refusal):
        records(register, command)
    assert len(audit(database_url)) == before


def test_a_day_before_the_report_is_no_day_to_publish_by(register: Register) -> None:
    with pytest.raises(PublishedAtWrongTime):
        asks(register, date(2024, 9, 26))


def test_whoever_recorded_a_step_takes_it_back_and_what_stood_before_stands_again(register: Register) -> None:
    asks(register)
    records(register, replace(PUBLISHED, url="https://kent.example.org/first"))
    seq = records(register).seq
    with pytest.raises(NotYours):
        undo(register.store, occasion(BOB), seq)
    with pytest.raises(TooLateToUndo):
        undo(register.store, occasion(ALICE, NOW + timedelta(minutes=11)), seq)
    result = undo(register.store, occasion(ALICE, key="undo"))
    assert isinstance(result, StepRecorded)
    assert "https://kent.example.org/first" in stands(register)
    again = undo(register.store, occasion(ALICE, key="undo"))
    assert isinstance(again, StepRecorded)
    assert (again.again, again.seq) == (True, seq)


def test_as_at_a_day_counts_what_was_done_by_then_and_as_known_at_what_had_been_recorded(
    register: Register,
) -> None:
    asks(register)
    seq = records(register).seq
    assert "published on 3 Mar" in stands(register, day=ON)
    assert "to be published" in stands(register, day=ON - timedelta(days=1))
    # Nobody had the report ask for it then.
    assert standing(register, day=ON, known=True) is None
    assert "published on 3 Mar" in stands(register, day=TODAY, known=True)
    undo(register.store, occasion(ALICE), seq)
    assert "to be published" in stands(register, day=ON)


def test_before_the_report_there_was_nothing_to_publish(register: Register) -> None:
    asks(register)
    assert standing(register, day=date(2024, 9, 26)) is None


def test_both_sources_say_the_same_of_all_bodies_and_of_a_region(register: Register) -> None:
    asks(register)
    records(register)
    records(register, who=BOB)
    for scope in (None, Region("Wales"), Region("South East"), register.body("kent")):
        command = Published(STALKING, scope)
        now = published(register.store, occasion(VIC), command).rows
        then = published(register.store, occasion(VIC), replace(command, as_at=TODAY)).rows
        assert now == then
        assert now


def test_erased_words_are_told_as_erased(register: Register) -> None:
    asks(register)
    address, names = records(register).seq, records(register, COPIED).seq
    for seq in (address, names):
        redact.redact(
            register.store,
            occasion(CORA),
            seq,
            Ground.WRONG_PERSON,
            lambda payload, _words, _key: payload or {},
        )
    assert "address erased" in stands(register)
    assert "copied to names erased" in stands(register)


def test_the_history_still_holds(database_url: str) -> None:
    register = accountable_case(database_url)
    asks(register)
    records(register)
    records(register, COPIED)
    undo(register.store, occasion(ALICE))
    asks(register, None)
    assert isinstance(verify(register.store.database), Unbroken)
    register.store.database.close()


def test_as_known_at_goes_by_the_day_that_was_set_then(register: Register) -> None:
    for days, day in ((0, DUE), (2, date(2025, 3, 24))):
        request = occasion(CORA, NOW + timedelta(days=days))
        report_setting.set_report(register.store, request, SetReport(STALKING, day, confirmed=True))
    command = Published(scope=register.body("kent"), as_at=TODAY + timedelta(days=1))
    for known, day in ((False, date(2025, 3, 24)), (True, DUE)):
        asking = occasion(VIC, NOW + timedelta(days=3))
        (row,) = published(register.store, asking, replace(command, known=known)).rows
        assert row.publish_by == day


def test_what_a_body_published_is_found_by_its_name_after_its_end(register: Register) -> None:
    asks(register)
    records(register)
    command = register.read("ending kent 9 Mar 2025 to surrey, decided anyway: the Order")
    assert isinstance(command, ChangeEnding)
    endings.change(register.store, occasion(CORA), command)
    shown = blocks.published(published(register.store, occasion(VIC), Published(scope=register.body("kent"))))
    assert shown.text == (
        "Kent ended on 9 March 2025, and Surrey stands in its place;"
        " Surrey has published its response to stalking."
    )
    assert "Kent: response published on 3 Mar 2025, https://kent.example.org/response" in str(shown.blocks)
    before = Published(scope=register.body("kent"), as_at=date(2025, 3, 9))
    assert "ended" not in blocks.published(published(register.store, occasion(VIC), before)).text
