"""Adding a report, and a recommendation in it."""

from datetime import date

import pytest

from bot.domain.questions.grammar.typed_recordings import AddRecommendation
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.adding import AddresseeScope, Fault, Field, RecommendationEntry, ReportEntry, Unfit
from bot.domain.register.guard import MayIdentify
from bot.domain.values import replace
from bot.operations.recording import add
from storage import addressees, recommendations, tallies
from tests.cast import ALICE, CORA, VIC, Register, occasion
from tests.storage.audit import audit

VAWG = ReportEntry("vawg", "Violence against women", "HMICFRS", date(2025, 1, 15))
THIRTY = RecommendationEntry(
    number="30",
    wording="Publish what is spent on advocates.",
    scope=AddresseeScope.WALES,
    respond_by=date(2025, 4, 1),
    due_on=date(2025, 6, 30),
    parts="do: publish\nconsider: sharing",
)
WALES = ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")


def test_a_look_adds_nothing(register: Register, database_url: str) -> None:
    before = len(audit(database_url))
    assert add.look_at_report(register.store, occasion(CORA), VAWG).key == "vawg"
    addition = add.look_at_recommendation(register.store, occasion(CORA), "stalking", THIRTY)
    assert (addition.body_names, addition.of_all) == (WALES, False)
    assert len(audit(database_url)) == before


def test_a_report_is_in_the_history_and_its_name_is_understood(register: Register, database_url: str) -> None:
    add.add_report(register.store, occasion(CORA), VAWG)
    row = audit(database_url)[-1]
    assert (row["kind"], row["text"]) == ("report added", "Violence against women")
    request = register.read("add vawg")
    assert isinstance(request, AddRecommendation)
    assert request.report.title == "Violence against women"


def test_a_recommendation_is_owed_by_those_it_is_addressed_to(register: Register, database_url: str) -> None:
    add.add_recommendation(register.store, occasion(CORA), "stalking", THIRTY)
    with register.store.reading() as connection:
        recommendation = recommendations.get(connection, "stalking-30")
        rows = addressees.of_recommendation(connection, "stalking-30")
        tally = tallies.of(connection, ["stalking-30"])["stalking-30"]
    assert recommendation
    assert [part.label for part in recommendation.parts] == ["a", "b"]
    assert tuple(addressee.body_name for addressee in rows) == WALES
    assert {(addressee.respond_by, addressee.due_on) for addressee in rows} == {
        (date(2025, 4, 1), date(2025, 6, 30))
    }
    assert (tally.addressed, tally.responded) == (4, 0)
    row = audit(database_url)[-1]
    assert (row["kind"], row["recommendation_id"]) == ("recommendation added", "stalking-30")
    assert row["text"] == THIRTY.wording


def test_a_number_such_as_4_1_is_held_found_and_recorded_for(register: Register, database_url: str) -> None:
    entry = replace(THIRTY, number="4.1", scope=AddresseeScope.ALL)
    add.add_recommendation(register.store, occasion(CORA), "stalking", entry)
    register.says(ALICE, "accept 4.1")
    assert audit(database_url)[-1]["recommendation_id"] == "stalking-4.1"


@pytest.mark.parametrize(
    ("scope", "chosen", "addressed"),
    [
        (AddresseeScope.ALL, (), 43),
        (AddresseeScope.ENGLAND, (), 39),
        (AddresseeScope.WALES, (), 4),
        (AddresseeScope.CHOSEN, ("kent", "essex"), 2),
    ],
)
def test_it_is_addressed_to_all_or_some(
    register: Register, scope: AddresseeScope, chosen: tuple[str, ...], addressed: int
) -> None:
    codes = tuple(register.body(slug).code for slug in chosen)
    entry = replace(THIRTY, scope=scope, chosen=codes)
    added = add.add_recommendation(register.store, occasion(CORA), "stalking", entry)
    assert (len(added.body_names), added.of_all) == (addressed, addressed == 43)


def test_a_body_that_is_none_is_not_chosen(register: Register) -> None:
    entry = replace(THIRTY, scope=AddresseeScope.CHOSEN, chosen=("X99999999",))
    with pytest.raises(Unfit) as unfit:
        add.add_recommendation(register.store, occasion(CORA), "stalking", entry)
    assert unfit.value.faults == {Field.BODIES: Fault.NO_BODY}


def test_a_number_is_taken_also_by_what_has_ended(register: Register) -> None:
    with register.store.begin() as connection:
        addressees.end(connection, "stalking-15")
    with pytest.raises(Unfit) as unfit:
        add.look_at_recommendation(register.store, occasion(CORA), "stalking", replace(THIRTY, number="15"))
    assert unfit.value.faults == {Field.NUMBER: Fault.TAKEN}


def test_a_key_is_taken_once(register: Register) -> None:
    add.add_report(register.store, occasion(CORA), VAWG)
    with pytest.raises(Unfit) as unfit:
        add.add_report(register.store, occasion(CORA), VAWG)
    assert unfit.value.faults == {Field.KEY: Fault.TAKEN}


def test_the_same_form_again_adds_once(register: Register, database_url: str) -> None:
    reports = [add.add_report(register.store, occasion(CORA, key="one"), VAWG) for _ in range(2)]
    both = [
        add.add_recommendation(register.store, occasion(CORA, key="two"), "vawg", THIRTY) for _ in range(2)
    ]
    assert reports[0] == reports[1]
    assert both[0].recommendation == both[1].recommendation
    assert both[0].body_names == both[1].body_names
    assert [row["kind"] for row in audit(database_url)[-2:]] == ["report added", "recommendation added"]


def test_only_coordinators_add(register: Register, database_url: str) -> None:
    before = len(audit(database_url))
    for who in (ALICE, VIC):
        with pytest.raises(NotACoordinator):
            add.add_report(register.store, occasion(who), VAWG)
        with pytest.raises(NotACoordinator):
            add.add_recommendation(register.store, occasion(who), "stalking", THIRTY)
        with pytest.raises(NotACoordinator):
            add.choice_of_bodies(register.store, occasion(who), "stalking")
    assert len(audit(database_url)) == before


def test_a_wording_that_may_identify_a_victim_is_asked_about_first(
    register: Register, database_url: str
) -> None:
    entry = replace(THIRTY, wording="Ring 07700 900123 about the victim.")
    for act in (add.look_at_recommendation, add.add_recommendation):
        with pytest.raises(MayIdentify) as raised:
            act(register.store, occasion(CORA), "stalking", entry)
        assert list(raised.value.findings) == ["wording"]
    add.add_recommendation(register.store, occasion(CORA), "stalking", entry, no_victim=True)
    assert '"no victim"' in audit(database_url)[-1]["changes"]
