"""What is typed about what is asked, and by when."""

from datetime import date

import pytest

from bot.domain.free_text import LIMIT, TextTooLong
from bot.domain.questions.grammar.problems import NotUnderstood, What, WhichBody
from bot.domain.questions.grammar.typed_commands import Ref, Search
from bot.domain.questions.grammar.typed_recordings import (
    AddRecommendation,
    AddReport,
    Check,
    Expect,
    Extend,
    Reopen,
    Withdraw,
)
from bot.domain.questions.names import ReportName
from tests.domain.shipped_names import body, understood

KENT = body("kent")
R15 = Ref(None, "15")
R16 = Ref(None, "16")
S15 = Ref("stalking", "15")
APRIL = date(2025, 4, 30)


def refused(typed: str) -> NotUnderstood:
    with pytest.raises(NotUnderstood) as problem:
        understood(typed)
    return problem.value


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("extend 15 30 Apr 2025: why", Extend(R15, APRIL, None, "why")),
        ("extend 15 kent 30 Apr 2025: why", Extend(R15, APRIL, KENT, "why")),
        ("extend 15 kent until 30/4/2025: why", Extend(R15, APRIL, KENT, "why")),
        ("extend 15 30th of April 2025 kent: why", Extend(R15, APRIL, KENT, "why")),
        ("extend kent stalking-15 to 2025-04-30: why", Extend(S15, APRIL, KENT, "why")),
        ("extend stalking 15 30 April: why", Extend(S15, APRIL, None, "why")),
        ("Extend 15 30.04.2025: 3 of 4 at 10:30", Extend(R15, APRIL, None, "3 of 4 at 10:30")),
        ("extend 15 until 30 Apr 2025 because of it", Extend(R15, APRIL, None, "because of it")),
        ("extend 15 30 Apr 2025", Extend(R15, APRIL)),
        ("extend 15 30 May: why", Extend(R15, date(2025, 5, 30), None, "why")),
        (
            "extend 15 30 Apr: the bids close on 12 May 2025",
            Extend(R15, APRIL, None, "the bids close on 12 May 2025"),
        ),
        ("expect 15 30 May: why", Expect(date(2025, 5, 30), (R15,), None, "why")),
        ("expect 15 16 kent 30 Apr 2025", Expect(APRIL, (R15, R16), KENT)),
        ("extend 15 30 Apr 2025 no victim: ring", Extend(R15, APRIL, None, "ring", no_victim=True)),
    ],
)
def test_an_extension_is_understood_however_the_date_is_said(typed: str, command: Extend) -> None:
    assert understood(typed) == command


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("extend 15: why", What.WHICH_DATE),
        ("extend 15: until 30 Apr 2025", What.WHICH_DATE),
        ("extend 30 Apr 2025: why", What.WHICH_DATE),
        ("extend 15 kent 30 Apr 2025 because we wait", What.COLON_MISSING),
        ("extend 15 because by 30 Apr 2025 we end", What.COLON_MISSING),
        ("extend 15 16 30 Apr 2025: why", What.ONE_RECOMMENDATION),
    ],
)
def test_an_extension_that_is_not_clear_is_not_guessed(typed: str, what: What) -> None:
    problem = refused(typed)
    assert problem.what is what
    assert problem.typed == typed
    assert "30 Apr 2025" in problem.usage


def test_what_is_suggested_for_an_extension_reads_back_as_it_was_meant() -> None:
    commands = [command for _, command in refused("extend 15 16 kent 30 Apr 2025: why").suggestions]
    assert [understood(command) for command in commands] == [
        Extend(Ref(None, number), APRIL, KENT, "why") for number in ("15", "16")
    ]
    with pytest.raises(WhichBody) as problem:
        understood("extend 15 30 Apr 2025 kant: why")
    assert understood(problem.value.options[0].command) == Extend(R15, APRIL, KENT, "why")


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("check 15 kent", Check((R15,), KENT)),
        ("check 15 16 kent", Check((R15, Ref(None, "16")), KENT)),
        ("reopen 15 kent: why", Reopen(R15, KENT, "why")),
        ("reopen kent stalking 15: why", Reopen(S15, KENT, "why")),
        ("withdraw 15: why", Withdraw(R15, None, "why")),
        ("withdraw 15 superseded by stalking 28: why", Withdraw(R15, Ref("stalking", "28"), "why")),
        ("withdraw stalking 15 replaced by 28: why", Withdraw(S15, Ref(None, "28"), "why")),
        ("withdraw stalking 15 anyway: why", Withdraw(S15, None, "why", confirmed=True)),
        ("add report", AddReport()),
        ("add a new report", AddReport()),
        ("search the notes for ISACs", Search("ISACs")),
        ("find me advocates", Search("advocates")),
        ("search for the phrase stalking advocates", Search("stalking advocates")),
        ("search notes", Search("notes")),
        ("search ISACs  in Kent", Search("ISACs in Kent")),
        ("search “stalking advocates” page 2", Search("stalking advocates", 2)),
        ("search 15", Search("15", ref=R15)),
        ("search stalking 15", Search("stalking 15", ref=S15)),
        ("search kent: housing", Search("housing", body=body("kent"))),
        ("search body west-midlands: court dates", Search("court dates", body=body("west-midlands"))),
        ("search kent:", Search("kent:")),
        ("search wales: housing", Search("wales: housing")),
        ("search advocates: housing", Search("advocates: housing")),
        ("search 15 advocates", Search("15 advocates")),
    ],
)
def test_what_coordinators_type_is_understood(typed: str, command: object) -> None:
    assert understood(typed) == command


@pytest.mark.parametrize("typed", ["add stalking", "add to stalking", "add recommendation to stalking"])
def test_a_recommendation_is_added_to_a_report_by_its_name(typed: str) -> None:
    request = understood(typed)
    assert isinstance(request, AddRecommendation)
    assert isinstance(request.report, ReportName)
    assert request.report.key == "stalking"


@pytest.mark.parametrize(
    ("typed", "what", "suggestions"),
    [
        ("check 15 kent: yes", What.LEFT_OVER, ["check 15 kent"]),
        ("withdraw 15 16: why", What.ONE_RECOMMENDATION, []),
        ("withdraw superseded by 16: why", What.WHICH_RECOMMENDATION, []),
        ("withdraw 15 kent: why", What.LEFT_OVER, ["withdraw 15: why"]),
        ("add", What.WHICH_REPORT, ["add report"]),
        ("add staking", What.WHICH_REPORT, ["add stalking", "add report"]),
        ("search", What.WHICH_WORDS, []),
    ],
)
def test_what_cannot_be_read_comes_with_what_may_have_been_meant(
    typed: str, what: What, suggestions: list[str]
) -> None:
    problem = refused(typed)
    assert problem.what is what
    assert [command for _, command in problem.suggestions] == suggestions


@pytest.mark.parametrize("head", ["extend 15 30 Apr 2025", "reopen 15 kent", "withdraw 15"])
def test_a_reason_has_the_length_of_a_free_text(head: str) -> None:
    assert isinstance(understood(f"{head}: {'w' * LIMIT}"), Extend | Reopen | Withdraw)
    with pytest.raises(TextTooLong):
        understood(f"{head}: {'w' * (LIMIT + 1)}")
