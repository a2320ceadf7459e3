"""What a file says goes into the register, all of it or nothing, and once."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.register.adding import mark_of
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.imports import (
    Batch,
    BodyRow,
    ContactRow,
    FilePlace,
    FileRefused,
    Imported,
    NoteRow,
    PartyRow,
    RecommendationRow,
    RegisterRow,
    ReportRow,
    Row,
)
from bot.domain.register.people import ContactKind, Membership, PersonKey, Role
from bot.domain.register.redaction import Ground
from bot.domain.register.update import UpdateKind, Via
from bot.domain.values import replace
from bot.operations.imports.imports import import_file
from bot.operations.recording import correct
from bot.operations.recording.check import check
from bot.operations.recording.redact import redact_by_hand
from storage import addressees, bodies, people, recommendations, tallies
from storage.chain import head
from tests.cast import ALICE, CORA, HOME, NOW, VIC, Register, occasion, person, stalking_case
from tests.operations.imports.interrupted import interrupted
from tests.storage.audit import audit


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = stalking_case(sqlite_url)
    yield made
    made.store.database.close()


def batch(*rows: Row, digest: str = "a") -> Batch:
    placed = (replace(row, place=FilePlace("a.xlsx", type(row).__name__, n)) for n, row in enumerate(rows, 2))
    return Batch(digest, tuple(placed))


def into(register: Register, *rows: Row, digest: str = "a", instant: datetime = NOW, **how: Any) -> Imported:
    return import_file(register.store, batch(*rows, digest=digest), instant, **how)


def refused(register: Register, *rows: Row, digest: str = "a") -> list[tuple[int, str]]:
    """Row and column of each fault, after which nothing may have changed."""
    before = seq(register)
    with pytest.raises(FileRefused) as refusal:
        into(register, *rows, digest=digest)
    assert seq(register) == before
    return [(wrong.place.row, wrong.column) for wrong in refusal.value.faults]


def seq(register: Register) -> int:
    with register.store.reading() as connection:
        return head(connection)[0]


def kent(register: Register, number: str = "15") -> Any:
    with register.store.reading() as connection:
        return addressees.get(connection, f"stalking-{number}", register.body("kent").code)


NOWHERE = FilePlace("", "", 0)


def standing(**facts: Any) -> RegisterRow:
    usual: dict[str, Any] = {"report": "stalking", "recommendation": "15", "body": "Kent"}
    return RegisterRow(place=NOWHERE, **(usual | facts))


def note(text: str, **facts: Any) -> NoteRow:
    usual: dict[str, Any] = {
        "report": "stalking",
        "recommendation": "15",
        "body": "Kent",
        "stands_from": date(2025, 3, 3),
    }
    return NoteRow(place=NOWHERE, text=text, **(usual | facts))


REPORT = ReportRow(
    place=NOWHERE,
    key="vetting",
    title="Vetting in the police",
    publishers="HMICFRS",
    published_on=date(2024, 11, 1),
)
RECOMMENDATION = RecommendationRow(
    place=NOWHERE,
    report="vetting",
    number="3a",
    wording="Vet again those who move.",
    addressed_to=("Wales",),
    due_on=date(2025, 6, 30),
    parts="do: Vet them.\nconsider: Vet all.",
)
PROGRESS = standing(
    progress=Stage.IN_PROGRESS, progress_on=date(2025, 3, 3), progress_text="it begins", parts_addressed="a"
)


def test_a_report_its_recommendations_and_the_answers_can_stand_in_one_file(register: Register) -> None:
    derived = replace(RECOMMENDATION, number="4", addressed_to=(), derived_from="3a")
    answer = standing(
        report="vetting", recommendation="3a", body="Gwent", response=Answer.ACCEPTED, response_on=NOW.date()
    )
    into(register, REPORT, RECOMMENDATION, derived, answer)
    with register.store.reading() as connection:
        recommendation = recommendations.get(connection, "vetting-3a")
        tally = tallies.of(connection, ["vetting-3a"])["vetting-3a"]
        four = recommendations.get(connection, "vetting-4")
    assert recommendation
    assert [part.label for part in recommendation.parts] == ["a", "b"]
    assert four
    assert four.derived_from == ("3a",)
    assert (tally.addressed, tally.accepted) == (4, 1)


def test_a_row_stands_from_its_day_and_names_its_source(register: Register) -> None:
    row = replace(PROGRESS, source="the return of 3 March 2025", decided_by="the chief executive")
    (effect,) = into(register, row).effects
    draft = effect.update.draft
    assert (draft.via, draft.by, draft.source) == (Via.IMPORT, None, "the return of 3 March 2025")
    assert (draft.stands_from, draft.text, draft.quotable) == (date(2025, 3, 3), "it begins", False)
    stands = kent(register)
    assert (stands.stage, stands.parts_addressed) == (Stage.IN_PROGRESS, ("a",))
    assert stands.moved_on == date(2025, 3, 3)


def test_the_same_file_twice_changes_nothing_even_when_others_have_gone_on(register: Register) -> None:
    rows = (REPORT, RECOMMENDATION, PROGRESS, note("We met."))
    assert len(into(register, *rows).effects) == 4
    assert into(register, *rows).effects == ()
    register.says(ALICE, "complete 15: all is done", NOW + timedelta(minutes=1))
    assert into(register, *rows).effects == ()
    # Neither does the same in another file.
    assert into(register, *rows, digest="b").effects == ()
    assert kent(register).stage is Stage.COMPLETE


def test_the_same_file_again_rewrites_nothing_that_was_put_right_meanwhile(
    register: Register,
) -> None:
    into(register, REPORT, RECOMMENDATION)
    ref = Ref("vetting", "3a")
    entry = replace(correct.opened(register.store, occasion(CORA), ref).entry, wording="Vet all who move.")
    look = correct.look(register.store, occasion(CORA), ref, entry)
    seen = mark_of(look.before)
    correct.correct(
        register.store, occasion(CORA, key="form:1"), ref, entry, seen, lambda *_: {"text": "put right"}
    )
    assert into(register, REPORT, RECOMMENDATION).effects == ()


def test_what_somebody_records_while_a_file_is_checked_is_counted_in(register: Register) -> None:
    """The file is checked again, and both stand in the history."""
    store = interrupted(register.store, lambda: register.says(ALICE, "complete 15: all there"))
    before = seq(register)
    import_file(store, batch(note("met the provider")), NOW)
    assert (seq(register), kent(register).stage) == (before + 2, Stage.COMPLETE)
    audit(str(store.database.url))


def test_a_dry_run_tells_the_same_and_changes_nothing(register: Register) -> None:
    before = seq(register)
    looked = into(register, REPORT, RECOMMENDATION, PROGRESS, dry_run=True)
    assert seq(register) == before
    assert not looked.done
    done = into(register, REPORT, RECOMMENDATION, PROGRESS)
    assert [(effect.place, effect.about) for effect in looked.effects] == [
        (effect.place, effect.about) for effect in done.effects
    ]


def test_one_fault_keeps_everything_out_and_every_fault_is_told(register: Register) -> None:
    assert refused(
        register,
        REPORT,
        standing(body="Kant", response=Answer.ACCEPTED, response_on=NOW.date()),
        standing(recommendation="99", response=Answer.ACCEPTED, response_on=NOW.date()),
        standing(response=Answer.NOT_ACCEPTED, response_on=date(2025, 3, 1)),
        standing(progress=Stage.BLOCKED, progress_on=date(2025, 3, 1)),
        standing(progress=Stage.COMPLETE),
        standing(progress=Stage.COMPLETE, progress_on=date(2025, 3, 11)),
        standing(progress=Stage.COMPLETE, progress_on=date(2024, 9, 26)),
        standing(progress=Stage.CHECKED, progress_on=date(2025, 3, 1)),
        replace(PROGRESS, evidence="two links"),
        replace(PROGRESS, parts_addressed="a z"),
        replace(PROGRESS, progress_text="x" * 3001),
        standing(report="nothing", response=Answer.ACCEPTED),
        standing(recommendation="27", response=Answer.ACCEPTED),
    ) == [
        (3, "body"),
        (4, "recommendation"),
        (5, "response_text"),
        (6, "progress_text"),
        (7, "progress_on"),
        (8, "progress_on"),
        (9, "progress_on"),
        (10, "progress"),
        (11, "evidence"),
        (12, "parts_addressed"),
        (13, "progress_text"),
        (14, "report"),
        (15, "recommendation"),
    ]


def test_a_reason_that_is_missing_is_told_beside_what_else_is_wrong_with_the_row(register: Register) -> None:
    long_ago = date(2025, 3, 1)
    declined = standing(response=Answer.NOT_ACCEPTED, response_on=long_ago, evidence="two links")
    blocked = standing(progress=Stage.BLOCKED, progress_on=long_ago, evidence="two links")
    assert sorted(refused(register, declined, blocked)) == [
        (2, "evidence"),
        (2, "response_text"),
        (3, "evidence"),
        (3, "progress_text"),
    ]


def test_what_rests_on_a_refused_row_is_not_told_as_a_fault_of_its_own(register: Register) -> None:
    answer = standing(report="vetting", recommendation="3a", body="Gwent", response=Answer.ACCEPTED)
    assert refused(register, replace(REPORT, key="kent"), replace(RECOMMENDATION, report="kent"), answer) == [
        (2, "key"),
        (4, "report"),
    ]


def test_nothing_is_put_behind_what_stands_from_a_later_day(register: Register) -> None:
    register.says(ALICE, "complete 15: all is done")
    assert refused(register, replace(PROGRESS, progress_on=date(2025, 3, 3))) == [(2, "progress_on")]


def test_a_text_that_may_tell_who_a_victim_is_is_refused_until_it_is_vouched_for(register: Register) -> None:
    telling = note("Ring her on 07700 900123.")
    assert refused(register, telling) == [(2, "text")]
    assert refused(register, note("ok", source="Ring 07700 900123")) == [(2, "source")]
    assert refused(register, note("ok", source="Ring 07700 900123", no_victim_identified=True)) == [
        (2, "source")
    ]
    (effect,) = into(register, replace(telling, no_victim_identified=True)).effects
    assert effect.update.draft.changes[0].what == "no victim"


def test_erased_words_do_not_come_back_with_an_old_file(register: Register) -> None:
    (effect,) = into(register, note("Something about somebody.")).effects
    redact_by_hand(register.store, effect.update.seq, next(iter(Ground)), NOW, lambda *_: {})
    assert into(register, note("Something about somebody."), digest="b").effects == ()


def test_what_a_coordinator_checked_and_is_told_as_it_stands_is_no_change(register: Register) -> None:
    register.says(ALICE, "complete 15: all is done")
    check(register.store, occasion(CORA), register.read("check 15 kent"))  # type: ignore[arg-type]
    row = standing(progress=Stage.CHECKED, progress_on=NOW.date(), progress_text="all is done")
    assert into(register, row).effects == ()


def test_a_report_and_a_recommendation_that_are_there_are_not_rewritten(register: Register) -> None:
    into(register, REPORT, RECOMMENDATION)
    assert refused(
        register,
        replace(REPORT, title="Another"),
        replace(RECOMMENDATION, due_on=date(2025, 7, 1)),
        replace(RECOMMENDATION, parts="do: Something else."),
        replace(RECOMMENDATION, addressed_to=("Kent",)),
        digest="b",
    ) == [(2, "title"), (3, "due_on"), (4, "parts"), (5, "addressed_to")]


def test_contacts_are_granted_and_changed_and_the_first_is_the_main_one(register: Register) -> None:
    def contact(user: str, **facts: Any) -> ContactRow:
        return ContactRow(place=NOWHERE, user=user, **({"body": "Gwent"} | facts))

    effects = into(register, contact("U0NEW"), contact("U0TWO"), contact("U0FAR", team="T0FAR")).effects
    assert [effect.update.draft.kind for effect in effects] == [UpdateKind.GRANT] * 3
    into(register, contact("U0TWO", kind=ContactKind.MAIN), digest="b")
    with register.store.reading() as connection:
        held = people.granted(connection, role=Role.CONTACT, body_code=register.body("gwent").code)
    assert {holder.who: holder.kind for holder in held} == {
        PersonKey(HOME, "U0NEW"): ContactKind.MAIN,
        PersonKey(HOME, "U0TWO"): ContactKind.MAIN,
        PersonKey("T0FAR", "U0FAR"): ContactKind.DEPUTY,
    }
    assert refused(
        register,
        contact("someone"),
        contact("U0X", team="x"),
        contact("U0X", body="x"),
        contact("USLACKBOT"),
        digest="c",
    ) == [
        (2, "user"),
        (3, "team"),
        (4, "body"),
        (5, "user"),
    ]


@pytest.mark.parametrize("membership", [Membership.DEACTIVATED, Membership.BOT])
def test_who_cannot_act_in_slack_is_no_contact(register: Register, membership: Membership) -> None:
    with register.store.begin() as connection:
        people.remember(connection, person(VIC, membership))
    row = ContactRow(place=NOWHERE, user=VIC.user_id, body="Gwent")
    assert refused(register, row) == [(2, "user")]


def test_of_a_body_that_is_there_only_what_is_said_changes(register: Register) -> None:
    code = register.body("kent").code
    (effect,) = into(register, BodyRow(place=NOWHERE, code=code, area_name="Kent and Medway")).effects
    assert effect.update.draft.kind is UpdateKind.BODY_CHANGED
    with register.store.reading() as connection:
        body = next(body for body in bodies.everyone(connection) if body.code == code)
    assert (body.area_name, body.short_name, body.aliases) == (
        "Kent and Medway",
        "Kent",
        ("Kent PCC", "Medway"),
    )


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        ({"slug": "other"}, "slug"),
        ({"short_name": "Surrey"}, "short_name"),
        ({"country": "Scotland"}, "country"),
        ({"last_day": date(2000, 1, 1)}, "last_day"),
        ({"successor": "Nobody", "last_day": date(2026, 1, 1)}, "successor"),
        ({"successor": "Surrey"}, "last_day"),
        ({"successor": "Kent", "last_day": date(2026, 1, 1)}, "successor"),
        ({"code": "X9"}, "short_name"),
        ({"code": "X 9"}, "code"),
    ],
)
def test_a_body_that_cannot_be_is_refused(register: Register, facts: dict[str, Any], column: str) -> None:
    assert refused(register, BodyRow(place=NOWHERE, **({"code": "E23000032"} | facts))) == [(2, column)]


def noticed(imported: Imported) -> list[tuple[int, str]]:
    return [(notice.place.row, notice.column) for notice in imported.notices]


def test_what_a_row_says_otherwise_than_the_register_is_named_and_not_taken(register: Register) -> None:
    into(register, replace(PROGRESS, response=Answer.ACCEPTED, response_on=date(2024, 11, 22)))
    before = seq(register)
    imported = into(
        register,
        standing(response=Answer.AWAITING, due_on=date(2025, 5, 1), recommendation_status="withdrawn"),
        standing(progress=Stage.NOT_STARTED, country="Wales"),
        replace(PROGRESS, progress_on=None, parts_addressed=""),
        digest="b",
    )
    assert (seq(register), imported.effects) == (before, ())
    assert noticed(imported) == [
        (2, "response"),
        (2, "due_on"),
        (2, "recommendation_status"),
        (3, "progress"),
        (3, "country"),
    ]


def test_a_row_that_says_what_another_says_is_named_with_it(register: Register) -> None:
    imported = into(register, note("We met."), note("We met."), note("We met.", evidence="https://a.example"))
    assert len(imported.effects) == 1
    assert [notice.text.split(" ", 2)[:2] for notice in imported.notices] == [["Row", "2"]] * 2
    assert refused(
        register,
        REPORT,
        replace(REPORT, title="Another"),
        standing(recommendation="16", progress=Stage.IN_PROGRESS, progress_on=date(2025, 3, 3)),
        standing(recommendation="16", progress=Stage.COMPLETE, progress_on=date(2025, 3, 3)),
        standing(recommendation="16", progress=Stage.COMPLETE, progress_on=date(2025, 3, 1)),
        digest="b",
    ) == [(3, "title"), (5, "progress"), (6, "progress_on")]


def test_a_deadline_for_the_action_before_that_for_the_response_is_refused(register: Register) -> None:
    row = replace(RECOMMENDATION, respond_by=date(2025, 7, 1))
    assert refused(register, REPORT, row) == [(3, "due_on")]


def test_all_that_is_wrong_with_a_row_is_told_at_once(register: Register) -> None:
    row = note("Ring her on 07700 900123.", report="nothing", body="Kant", evidence="two links")
    assert refused(register, replace(row, stands_from=date(2025, 3, 11))) == [
        (2, "report"),
        (2, "body"),
        (2, "stands_from"),
        (2, "evidence"),
        (2, "text"),
    ]


def test_a_code_and_a_name_of_two_bodies_are_refused(register: Register) -> None:
    assert refused(register, note("We met.", body_code=register.body("surrey").code)) == [(2, "body")]


def test_rows_in_one_line_and_in_files_of_one_kind_are_all_taken(register: Register) -> None:
    place = FilePlace("a.yaml", "notes", 1)
    rows = tuple(replace(note(text), place=place) for text in ("First.", "Second."))
    elsewhere = replace(note("Third."), place=FilePlace("b.yaml", "notes", 1))
    assert len(import_file(register.store, Batch("a", (*rows, elsewhere)), NOW).effects) == 3
    assert import_file(register.store, Batch("a", (*rows, elsewhere)), NOW).effects == ()


def test_an_import_asks_the_database_as_often_for_many_rows_as_for_few(register: Register) -> None:
    statements: list[str] = []
    event.listen(
        register.store.database.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_: statements.append(statement),
    )

    def statements_for(rows: int, digest: str) -> int:
        statements.clear()
        into(register, *(note(f"Note {n} of {rows}.") for n in range(rows)), digest=digest)
        return len(statements)

    # After its first note the addressee is marked, which no later one moves.
    into(register, note("The first."), digest="first")
    assert statements_for(200, "a") == statements_for(10, "b")


def test_history_counts_and_standing_agree_after_an_import(database_url: str) -> None:
    made = stalking_case(database_url)
    into(made, REPORT, RECOMMENDATION, PROGRESS, note("We met."))
    made.store.database.close()
    audit(database_url)


def test_official_words_a_short_form_and_others_addressed_are_taken_and_never_rewritten(
    register: Register,
) -> None:
    row = replace(
        RECOMMENDATION,
        quoted_from="the report, page 14",
        short_form="vetting again",
        also_addressed_to="CPS; the Home Office",
    )
    into(register, REPORT, row)
    with register.store.reading() as connection:
        stored = recommendations.get(connection, "vetting-3a")
    assert stored
    assert (stored.quoted_from, stored.short_form) == ("the report, page 14", "vetting again")
    assert stored.others_addressed == ("CPS", "the Home Office")
    assert into(register, row, digest="b").effects == ()
    others = replace(row, quoted_from="a page", short_form="vetting", also_addressed_to="CPS")
    assert refused(register, others) == [
        (2, "quoted_from"),
        (2, "short_form"),
        (2, "also_addressed_to"),
    ]


def reported(**facts: Any) -> PartyRow:
    usual: dict[str, Any] = {
        "report": "stalking",
        "recommendation": "16",
        "reported_by": "NPCC",
        "reported_on": date(2025, 3, 3),
        "text": "Half of the forces have answered.",
    }
    return PartyRow(place=NOWHERE, **(usual | facts))


def test_what_others_reported_is_taken_once_with_its_day_and_source(register: Register) -> None:
    row = reported(evidence="https://a.uk/b", evidence_title="Progress report", source="a letter")
    (effect,) = into(register, row).effects
    draft = effect.update.draft
    assert (effect.about, draft.stands_from) == ("chief constables, stalking 16", date(2025, 3, 3))
    assert (draft.evidence_title, draft.source, draft.body_code) == ("Progress report", "a letter", None)
    assert into(register, row).effects == ()
    assert into(register, row, digest="b").effects == ()
    assert len(into(register, reported(text="Most have."), digest="c").effects) == 1


def test_every_fault_of_what_others_reported_is_told(register: Register) -> None:
    assert refused(
        register,
        reported(recommendation="15"),
        reported(recommendation="99"),
        reported(party="CPS"),
        reported(reported_on=date(2025, 3, 11)),
        reported(reported_on=date(2024, 9, 26)),
        reported(evidence="two links"),
        reported(text="ring her on 07700 900123"),
        reported(report="nothing"),
    ) == [
        (2, "party"),
        (3, "recommendation"),
        (4, "party"),
        (5, "reported_on"),
        (6, "reported_on"),
        (7, "evidence"),
        (8, "text"),
        (9, "report"),
    ]


def test_the_day_that_a_body_expects_is_taken_once_and_never_put_back(register: Register) -> None:
    june, july = date(2025, 6, 30), date(2025, 7, 31)
    into(register, standing(expected_on=june, progress_on=date(2025, 3, 3)))
    assert (kent(register).expected_on, kent(register).expectation_moves) == (june, 0)
    into(register, standing(expected_on=july, progress_on=date(2025, 3, 5)), digest="b")
    assert (kent(register).expected_on, kent(register).expectation_moves) == (july, 1)
    before = seq(register)
    older = into(register, standing(expected_on=june, progress_on=date(2025, 3, 3)), digest="c")
    assert (2, "expected_on") in noticed(older)
    into(register, standing(expected_on=july), digest="d")
    assert seq(register) == before


def test_what_is_done_expects_nothing_of_a_file(register: Register) -> None:
    done = standing(
        progress=Stage.COMPLETE,
        progress_on=date(2025, 3, 3),
        progress_text="all of it",
        expected_on=date(2025, 6, 30),
    )
    into(register, done)
    assert kent(register).expected_on is None


def test_the_states_of_parts_are_taken_with_the_progress_and_an_old_file_takes_none_back(
    register: Register,
) -> None:
    began = {"progress": Stage.IN_PROGRESS, "progress_on": date(2025, 3, 3), "progress_text": "it begins"}
    into(register, standing(part_states="(a): under way; b: complete", **began))
    assert (kent(register).part_states, kent(register).parts_addressed) == (
        (("a", Stage.IN_PROGRESS),),
        ("b",),
    )
    before = seq(register)
    into(register, standing(part_states="a: in progress; b: complete", **began), digest="b")
    assert seq(register) == before
    assert refused(
        register,
        standing(part_states="a: perhaps", **began),
        standing(body="Surrey", part_states="z: complete", **began),
        digest="c",
    ) == [(2, "part_states"), (3, "part_states")]
