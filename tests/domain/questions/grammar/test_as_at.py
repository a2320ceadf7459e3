"""`as at` and `as known at`, as people type them."""

from datetime import date

import pytest

from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.problems import NotUnderstood, What, WhichBody
from bot.domain.questions.grammar.typed_commands import AsAt, Ref, Status
from bot.domain.questions.names import Region, ReportName
from tests.domain.shipped_names import body, understood

DAY = date(2024, 11, 22)
R15, R16 = Ref(None, "15"), Ref(None, "16")
STALKING = ReportName("stalking", "The police response to stalking")


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("15 as at 22 Nov 2024", AsAt((R15,), DAY)),
        ("#15 AS AT 22 November 2024", AsAt((R15,), DAY)),
        ("rec 15 as  at 22/11/2024", AsAt((R15,), DAY)),
        ("status 15 as at 2024-11-22.", AsAt((R15,), DAY)),
        ("15 as of 22nd of November 2024", AsAt((R15,), DAY)),
        ("15 as at on 22 Nov 2024", AsAt((R15,), DAY)),
        ("15 as known at 22 Nov 2024", AsAt((R15,), DAY, known=True)),
        ("15 known at 22 Nov 2024", AsAt((R15,), DAY, known=True)),
        ("15 kent as at 22 Nov 2024", AsAt((R15,), DAY, body=body("kent"))),
        ("15 as at 22 Nov 2024 kent", AsAt((R15,), DAY, body=body("kent"))),
        ("15 as at 22 Nov 2024 for Kent", AsAt((R15,), DAY, body=body("kent"))),
        ("15 kent as known at 22 Nov 2024", AsAt((R15,), DAY, known=True, body=body("kent"))),
        ("stalking 15 as at 22 Nov 2024", AsAt((Ref("stalking", "15"),), DAY)),
        ("stalking as at 22 Nov 2024", AsAt(STALKING, DAY)),
        ("report stalking as known at 2024-11-22", AsAt(STALKING, DAY, known=True)),
        ("kent as at 22 Nov 2024", AsAt(body("kent"), DAY)),
        ("wales as at 22 Nov 2024", AsAt(Region("Wales"), DAY)),
        ("15 16 as at 22 Nov 2024", AsAt((R15, R16), DAY)),
        ("status 15, 16 kent as known at 22 Nov 2024", AsAt((R15, R16), DAY, known=True, body=body("kent"))),
        ("15 as at 22 Nov 2024 page 2", AsAt((R15,), DAY, page=2)),
        # Without a year, the last such day; the register has no state of days to come.
        ("15 as at 22 Nov", AsAt((R15,), DAY)),
        ("15 as at today", AsAt((R15,), date(2025, 3, 10))),
        ("15 as at last friday", AsAt((R15,), date(2025, 3, 7))),
        ("15 as at 1 Jan 2026", AsAt((R15,), date(2026, 1, 1))),
    ],
)
def test_a_day_after_as_at_asks_how_it_stood(typed: str, command: TypedCommand) -> None:
    assert understood(typed) == command


def test_without_it_the_lookup_is_of_today() -> None:
    assert understood("15") == Status((R15,))


@pytest.mark.parametrize(
    ("typed", "what", "word"),
    [
        ("15 as at soon", What.NOT_A_DATE, "soon"),
        ("15 as at 31 Feb 2025", What.NOT_A_DATE, "31 Feb 2025"),
        ("15 as at", What.NOT_A_DATE, "as at"),
        ("15 wales as at 22 Nov 2024", What.LEFT_OVER, "Wales"),
        ("as at 22 Nov 2024", What.WHICH_RECOMMENDATION, "as at 2024-11-22"),
    ],
)
def test_what_cannot_be_asked_is_said(typed: str, what: What, word: str) -> None:
    with pytest.raises(NotUnderstood) as problem:
        understood(typed)
    assert (problem.value.what, problem.value.word, problem.value.typed) == (what, word, typed)


def test_a_body_nearly_named_is_offered_as_at_the_day() -> None:
    with pytest.raises(WhichBody) as problem:
        understood("15 glouc shire as at 22 Nov 2024")
    first = problem.value.options[0]
    assert first == ("Gloucestershire", "15 gloucestershire as at 2024-11-22")
    assert understood(first.command) == AsAt((R15,), DAY, body=body("gloucestershire"))
