"""What others have reported whom a recommendation is addressed to, and which report of a party stands."""

from datetime import date

import pytest

from bot.domain.register.party import (
    NoOthersAddressed,
    PartyStanding,
    ReportedAtWrongTime,
    WhichParty,
    changes,
    must_be_a_day,
    party_meant,
    standings,
)
from bot.domain.register.update import Update, UpdateKind
from tests.cast import a_recommendation, an_update

JOINT = a_recommendation("16", joint_with="chief constables")
SEVERAL = a_recommendation("16", joint_with="chief constables", others_addressed=("CPS", "the Home Office"))


def report(seq: int, on: date, by: str = "NPCC", party: str = "chief constables", **facts: object) -> Update:
    return an_update(
        UpdateKind.PARTY_REPORTED, seq, stands_from=on, changes=changes(party, by), text=f"{seq}", **facts
    )


def test_the_others_are_those_addressed_jointly_and_those_addressed_too() -> None:
    assert SEVERAL.parties == ("chief constables", "CPS", "the Home Office")
    assert a_recommendation(joint_with="chief constables; the NPCC").parties == (
        "chief constables",
        "the NPCC",
    )
    assert a_recommendation().parties == ()


@pytest.mark.parametrize(
    ("by", "named", "party"),
    [
        ("cps", "", "CPS"),
        ("Home Office", "", "the Home Office"),
        ("NPCC", "Chief Constables", "chief constables"),
        ("CPS", "the home office", "the Home Office"),
    ],
)
def test_a_report_is_for_whom_it_names_or_for_whoever_reported(by: str, named: str, party: str) -> None:
    assert party_meant(SEVERAL, by, named) == party


def test_where_there_is_one_it_is_for_that_one_and_else_it_is_asked() -> None:
    assert party_meant(JOINT, "NPCC", "") == "chief constables"
    with pytest.raises(WhichParty):
        party_meant(SEVERAL, "NPCC", "")
    with pytest.raises(WhichParty):
        party_meant(JOINT, "NPCC", "CPS")
    with pytest.raises(NoOthersAddressed):
        party_meant(a_recommendation(), "NPCC", "")


def test_the_latest_day_stands_whatever_was_recorded_last_and_a_corrected_report_does_not() -> None:
    march, august = date(2025, 3, 1), date(2025, 8, 1)
    (stands,) = standings(JOINT, [report(140, august), report(141, march)])
    assert stands.update is not None
    assert (stands.update.seq, stands.reporter) == (140, "the NPCC")
    (stands,) = standings(JOINT, [report(140, march), report(141, march)])
    assert stands.update is not None
    assert stands.update.seq == 141
    (stands,) = standings(JOINT, [report(140, august), report(141, march, about_seq=140)])
    assert stands.update is not None
    assert stands.update.seq == 141


def test_each_is_shown_also_without_a_report_and_one_that_is_named_no_more_last() -> None:
    reported = report(140, date(2025, 3, 1), by="the College", party="the College")
    assert [standing.name for standing in standings(SEVERAL, [reported])] == [
        "chief constables",
        "CPS",
        "the Home Office",
        "the College",
    ]
    assert standings(SEVERAL, [])[0] == PartyStanding("chief constables")


def test_nobody_reports_before_the_report_was_published_or_on_a_day_to_come() -> None:
    published, today = date(2024, 9, 27), date(2025, 3, 10)
    must_be_a_day(published, published, today)
    must_be_a_day(today, published, today)
    for day in (date(2024, 9, 26), date(2025, 3, 11)):
        with pytest.raises(ReportedAtWrongTime):
            must_be_a_day(day, published, today)
