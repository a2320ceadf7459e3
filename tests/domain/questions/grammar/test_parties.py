"""What is typed of another whom a recommendation is addressed to: who reported, when, for whom, what."""

from datetime import date

import pytest

from bot.domain.questions.grammar.problems import NotUnderstood, What
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import ReportOfParty
from bot.domain.register.details import Details
from tests.domain.shipped_names import understood

R16, S16 = Ref(None, "16"), Ref("stalking", "16")
MARCH = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("party 16 NPCC reported on 1 Mar 2025: half", ReportOfParty(R16, "NPCC", MARCH, "half")),
        ("Party 16: ISACs", None),
        ("party stalking 16 the NPCC reports 1 March: half", ReportOfParty(S16, "NPCC", MARCH, "half")),
        (
            "party stalking-16, chief constables reported on 2025-03-01: 30 of 43: done",
            ReportOfParty(S16, "chief constables", MARCH, "30 of 43: done"),
        ),
        (
            "party 16 NPCC reported on 1 Mar 2025 for the chief constables correcting 137: half",
            ReportOfParty(R16, "NPCC", MARCH, "half", "chief constables", 137),
        ),
        (
            "party 16 NPCC reported on 1 Mar 2025, correcting 137: half",
            ReportOfParty(R16, "NPCC", MARCH, "half", "", 137),
        ),
        (
            "party 16 NPCC reported on 1 Mar 2025 evidence https://a.uk/b “Progress: a report”: half",
            ReportOfParty(
                R16,
                "NPCC",
                MARCH,
                "half",
                details=Details("https://a.uk/b", evidence_title="Progress: a report"),
            ),
        ),
        (
            "party 16 NPCC reported on 1 Mar 2025 no victim: half",
            ReportOfParty(R16, "NPCC", MARCH, "half", no_victim=True),
        ),
        (
            "party 16 Home Office reported on 1 May: half",
            ReportOfParty(R16, "Home Office", date(2024, 5, 1), "half"),
        ),
    ],
)
def test_who_reported_on_which_day_is_read_before_the_colon(
    typed: str, command: ReportOfParty | None
) -> None:
    if command is None:
        assert refused(typed).what is What.WHO_REPORTED
    else:
        assert understood(typed) == command


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("party NPCC reported on 1 Mar 2025: half", What.WHICH_RECOMMENDATION),
        ("party 16 NPCC reported on 1 Mar 2025", What.COLON_MISSING),
        ("party 16 NPCC on 1 Mar 2025: half", What.WHO_REPORTED),
        ("party 16 NPCC reported on the blue: half", What.NOT_A_DATE),
        ("party 16 NPCC has not reported on 1 Mar 2025: half", What.NOT_CERTAIN),
        (f"party 16 {'N' * 61} reported on 1 Mar 2025: half", What.WHO_REPORTED),
        ("party 16 NPCC reported on 1 Mar 2025 decided by the Board: half", What.WHO_REPORTED),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_guessed(typed: str, what: What) -> None:
    problem = refused(typed)
    assert problem.what is what
    assert problem.typed == typed


def test_a_question_records_nothing() -> None:
    problem = refused("party 16 NPCC reported on 1 Mar 2025?")
    assert problem.what is What.QUESTION
    assert [option.command for option in problem.suggestions] == ["16"]


def refused(typed: str) -> NotUnderstood:
    with pytest.raises(NotUnderstood) as problem:
        understood(typed)
    return problem.value
