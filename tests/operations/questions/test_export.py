"""The account: who may have which form, what each holds, and that its counts are the register's own."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.domain.questions.account import Account, Entry, InternalFormRefused
from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.refusals.questions import DayToCome, NotPublishedYet
from bot.domain.refusals.request import CannotSee
from bot.domain.register.people import PersonKey
from bot.domain.values import replace
from bot.operations.questions import export
from storage import addressees, chain, tallies
from storage.tables.bodies import policing_bodies
from tests.accounts import QUOTED, SECRET, export_of, lively
from tests.cast import ALICE, BOB, CORA, GUS, NOW, VIC, Register, migrated, occasion
from tests.operations.cases import withdraw

FORMS = {
    "export": "published",
    "export kent": "published",
    "export internal": "internal",
    "export 15 internal": "internal",
    "export kent internal": "internal",
    "export 15 kent internal": "internal",
    "export surrey internal": "internal",
}
OWN = ("export kent internal", "export 15 kent internal")


def entries(register: Register, typed: str, who: PersonKey = CORA) -> list[Entry]:
    with export.opened(register.store, occasion(who), export_of(register, typed)) as account:
        return [entry for chapter in account.chapters for entry in chapter.entries]


def all_words(entries_read: list[Entry]) -> str:
    texts = []
    for entry in entries_read:
        for recorded in entry.updates:
            texts += [
                recorded.draft.text,
                recorded.draft.evidence_url,
                recorded.draft.decided_by,
                recorded.author_name,
            ]
    return " ".join(texts)


@pytest.mark.parametrize("typed", FORMS)
def test_a_viewer_gets_the_published_form_only(register: Register, typed: str) -> None:
    if FORMS[typed] == "published":
        entries(register, typed, VIC)
        return
    with pytest.raises(InternalFormRefused):
        entries(register, typed, VIC)


@pytest.mark.parametrize("typed", FORMS)
def test_a_contact_gets_the_internal_form_of_the_own_body_alone(register: Register, typed: str) -> None:
    if FORMS[typed] == "published" or typed in OWN:
        entries(register, typed, ALICE)
        return
    with pytest.raises(InternalFormRefused) as refused:
        entries(register, typed, ALICE)
    assert refused.value.speaks_for == ("Kent",)


@pytest.mark.parametrize("typed", FORMS)
def test_a_coordinator_gets_either_and_a_guest_neither(register: Register, typed: str) -> None:
    entries(register, typed, CORA)
    with pytest.raises(CannotSee):
        entries(register, typed, GUS)


def test_it_says_the_anchor_of_the_history_as_verifying_takes_it(register: Register) -> None:
    with export.opened(register.store, occasion(VIC), export_of(register, "export")) as account:
        number, _, digits = account.anchor.partition(",")
        with register.store.reading() as connection:
            assert int(number) == chain.head(connection)[0]
            assert chain.head(connection)[1].startswith(digits)
        assert len(digits) == 16


def test_it_is_refused_before_it_is_made_too(register: Register) -> None:
    with pytest.raises(InternalFormRefused):
        export.must_be_allowed_to(register.store, occasion(BOB), export_of(register, "export kent internal"))


@pytest.mark.parametrize("who", [VIC, ALICE, BOB, CORA])
@pytest.mark.parametrize("typed", ["export", "export 15", "export kent", "export stalking"])
def test_the_published_form_holds_what_may_be_quoted_and_no_names(
    register: Register, who: PersonKey, typed: str
) -> None:
    lively(register)
    text = all_words(entries(register, typed, who))
    assert QUOTED in text
    assert SECRET not in text
    assert "Alice Ames" not in text


def test_what_was_taken_back_is_not_published_even_if_it_could_be_quoted(register: Register) -> None:
    lively(register)
    register.says(ALICE, "undo")
    register.says(ALICE, "undo")
    assert QUOTED not in all_words(entries(register, "export kent"))
    assert QUOTED in all_words(entries(register, "export kent internal"))


def test_the_internal_form_of_a_body_is_its_whole_history_and_nobody_elses(register: Register) -> None:
    lively(register)
    withdraw(register, "stalking-16")
    kents = entries(register, "export kent internal", ALICE)
    assert [entry.recommendation.number for entry in kents] == ["15", "16", "25"]
    assert {entry.body.short_name for entry in kents} == {"Kent"}
    assert QUOTED in all_words(kents)
    assert SECRET in all_words(kents)
    assert "of Essex" not in all_words(kents)
    first = kents[0]
    assert [update.draft.kind for update in first.updates] == [
        "response",
        "progress",
        "quoting allowed",
        "note",
    ]


@pytest.mark.parametrize("typed", ["export", "export internal"])
def test_its_counts_are_the_registers_own_and_those_of_its_rows(register: Register, typed: str) -> None:
    lively(register)
    with register.store.reading() as connection:
        own = tallies.of(connection, ["stalking-15", "stalking-16", "stalking-25"])
    with export.opened(register.store, occasion(CORA), export_of(register, typed)) as account:
        for chapter in account.chapters:
            rows = [entry.addressee for entry in chapter.entries]
            if not rows:
                continue
            assert chapter.tally == own[chapter.recommendation.id]
            assert Counter(row.answer for row in rows) == Counter(chapter.tally.answers)
            assert Counter(row.stage for row in rows) == Counter(chapter.tally.stages)


def test_a_derived_recommendation_tells_how_many_answers_are_in(register: Register) -> None:
    with export.opened(register.store, occasion(VIC), export_of(register, "export 27")) as account:
        (chapter,) = account.chapters
        assert [source.recommendation.number for source in chapter.sources] == ["15", "16", "25"]
        assert sum(source.tally.responded for source in chapter.sources) == 129
        assert list(chapter.entries) == []


def test_as_at_the_day_of_the_letter_all_43_accepted(register: Register) -> None:
    lively(register)
    typed = "export as at 22 Nov 2024"
    with export.opened(register.store, occasion(CORA), export_of(register, typed)) as account:
        counted = {c.recommendation.number: c.tally.accepted for c in account.chapters if c.addressees}
        assert account.day == date(2024, 11, 22)
    assert counted == {"15": 43, "16": 43, "25": 43}
    assert QUOTED not in all_words(entries(register, typed))
    assert [e.addressee.answer for e in entries(register, "export 15 kent as known at 22 Nov 2024")] == [
        "awaiting"
    ]


def test_a_day_to_come_and_one_before_the_report_are_refused(register: Register) -> None:
    wanted = export_of(register, "export 15")
    for day, refusal in ((NOW.date() + timedelta(days=1), DayToCome), (date(2024, 9, 1), NotPublishedYet)):
        with (
            pytest.raises(refusal),
            export.opened(register.store, occasion(CORA), replace(wanted, as_at=day)),
        ):
            pass


def test_a_body_that_ended_keeps_its_row_and_names_its_successor(register: Register) -> None:
    kent, surrey = register.body("kent"), register.body("surrey")
    with register.store.begin() as connection:
        connection.execute(
            update(policing_bodies)
            .where(policing_bodies.c.code == kent.code)
            .values(last_day=date(2025, 2, 28), successor_code=surrey.code)
        )
    (row,) = [entry for entry in entries(register, "export 15") if entry.body.code == kent.code]
    assert (row.body.last_day, row.successor_name) == (date(2025, 2, 28), "Surrey")
    assert [entry.body.short_name for entry in entries(register, "export 15 kent")] == ["Kent"]


def test_a_corrected_note_is_told_in_the_history_alone(register: Register) -> None:
    lively(register)
    (entry,) = entries(register, "export 15 kent internal")
    (noted,) = entry.notes
    corrected = replace(noted, seq=999, draft=replace(noted.draft, about_seq=noted.seq, text="better"))
    later = replace(entry, updates=(*entry.updates, corrected))
    assert [note.draft.text for note in later.notes] == ["better"]


def test_an_empty_register_has_an_empty_account(database_url: str) -> None:
    store = migrated(database_url)
    with export.opened_by_operator(store, NOW, Export()) as account:
        assert isinstance(account, Account)
        assert (account.size, list(account.chapters)) == (0, [])
    store.database.close()


def test_what_nobody_has_recorded_anything_of_has_no_updates(register: Register) -> None:
    with register.store.reading() as connection:
        untouched = [
            addressee
            for addressee in addressees.of_recommendation(connection, "stalking-15")
            if not addressee.version
        ]
    by_body = {entry.body.code: entry.updates for entry in entries(register, "export 15 internal")}
    assert all(by_body[addressee.body_code] == () for addressee in untouched)
