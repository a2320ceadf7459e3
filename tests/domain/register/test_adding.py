"""What may be entered when a report or a recommendation is added."""

from datetime import date

import pytest

from bot.domain.free_text import LIMIT
from bot.domain.questions.grammar.verbs import VERB_OF
from bot.domain.register.adding import (
    AddresseeScope,
    Fault,
    Field,
    RecommendationEntry,
    ReportEntry,
    Unfit,
    parts,
)
from bot.domain.register.recommendation import Part, PartKind
from bot.domain.values import replace
from tests.cast import REPORT, TODAY
from tests.domain.shipped_names import NAMES

VAWG = ReportEntry("vawg", "Violence against women", "HMICFRS", date(2025, 1, 15), "https://www.gov.uk/vawg")
THIRTY = RecommendationEntry("30", "Publish what is spent.", AddresseeScope.ALL)


def report_faults(**entered: object) -> dict[Field, Fault]:
    with pytest.raises(Unfit) as unfit:
        replace(VAWG, **entered).report(NAMES, VERB_OF, {"stalking"}, TODAY)  # type: ignore[arg-type]
    return dict(unfit.value.faults)


def faults(**entered: object) -> dict[Field, Fault]:
    with pytest.raises(Unfit) as unfit:
        replace(THIRTY, **entered).recommendation(REPORT, {"stalking-15"})  # type: ignore[arg-type]
    return dict(unfit.value.faults)


def test_a_report_is_added_as_it_was_entered() -> None:
    report = VAWG.report(NAMES, VERB_OF, {"stalking"}, TODAY)
    assert (report.key, report.title, report.published_on) == (
        "vawg",
        "Violence against women",
        date(2025, 1, 15),
    )


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("", Fault.MISSING),
        ("VAWG", Fault.NOT_A_KEY),
        ("v a w g", Fault.NOT_A_KEY),
        ("2025-vawg", Fault.NOT_A_KEY),
        ("vawg-", Fault.NOT_A_KEY),
        ("v" * 31, Fault.NOT_A_KEY),
        ("stalking", Fault.TAKEN),
        ("report", Fault.MEANS_SOMETHING_ELSE),
        ("kent", Fault.MEANS_SOMETHING_ELSE),
        ("wales", Fault.MEANS_SOMETHING_ELSE),
        ("overdue", Fault.MEANS_SOMETHING_ELSE),
        ("in-progress", Fault.MEANS_SOMETHING_ELSE),
        ("r15", Fault.MEANS_SOMETHING_ELSE),
    ],
)
def test_a_key_is_a_short_word_of_its_own(key: str, fault: Fault) -> None:
    assert report_faults(key=key) == {Field.KEY: fault}


def test_each_fault_of_a_report_stands_beside_its_field() -> None:
    assert report_faults(title="", publishers="", published_on=None, url="javascript:alert(1)") == {
        Field.TITLE: Fault.MISSING,
        Field.PUBLISHERS: Fault.MISSING,
        Field.PUBLISHED: Fault.MISSING,
        Field.URL: Fault.NOT_A_LINK,
    }
    assert report_faults(published_on=date(2025, 3, 11)) == {Field.PUBLISHED: Fault.IN_THE_FUTURE}


def test_each_fault_of_a_recommendation_stands_beside_its_field() -> None:
    before = date(2024, 9, 26)
    assert faults(
        number="fifteen",
        wording="w" * (LIMIT + 1),
        scope=AddresseeScope.CHOSEN,
        respond_by=before,
        due_on=before,
        parts="do: one\ntwo",
    ) == {
        Field.NUMBER: Fault.NOT_A_NUMBER,
        Field.WORDING: Fault.TOO_LONG,
        Field.BODIES: Fault.NO_BODY,
        Field.RESPOND_BY: Fault.BEFORE_PUBLICATION,
        Field.DUE_ON: Fault.BEFORE_PUBLICATION,
        Field.PARTS: Fault.NOT_A_PART,
    }
    assert faults(number="15", wording="") == {Field.NUMBER: Fault.TAKEN, Field.WORDING: Fault.MISSING}


def test_a_recommendation_may_be_due_on_the_day_of_publication_and_have_a_letter() -> None:
    added = replace(THIRTY, number="3A", due_on=REPORT.published_on).recommendation(REPORT, set())
    assert (added.id, added.due_on) == ("stalking-3a", REPORT.published_on)


@pytest.mark.parametrize("number", ["4.1", "8.2", "4.10", "4.1a", "8.2.1"])
def test_a_number_may_have_parts_as_reports_print_them(number: str) -> None:
    assert replace(THIRTY, number=number).recommendation(REPORT, set()).id == f"stalking-{number}"


@pytest.mark.parametrize("number", ["0", "015", "4.", "4..1", "4,1", "1000", "30.04.2025"])
def test_what_no_report_prints_is_no_number(number: str) -> None:
    assert faults(number=number) == {Field.NUMBER: Fault.NOT_A_NUMBER}


def test_parts_are_one_a_line_and_labelled_in_order() -> None:
    assert parts("do: close the gaps\n\n Consider : sharing: all of it\nduty: tell them") == (
        Part("a", PartKind.DUTY, "close the gaps"),
        Part("b", PartKind.CONSIDER, "sharing: all of it"),
        Part("c", PartKind.DUTY, "tell them"),
    )
    assert faults(parts="\n".join(["do: it"] * 27)) == {Field.PARTS: Fault.TOO_LONG}
