"""What is typed of published responses: each step, who has taken it, and the setting of a report."""

from datetime import date

import pytest

from bot.domain.questions.grammar.problems import NotUnderstood, What
from bot.domain.questions.grammar.published_responses import written_setting
from bot.domain.questions.grammar.typed_commands import Published
from bot.domain.questions.grammar.typed_recordings import RecordPublishedResponse, SetReport
from bot.domain.questions.names import Body, Region, ReportName
from bot.domain.register.published_response import Step
from tests.domain.shipped_names import NAMES, understood

(STALKING,) = NAMES.reports
(KENT,) = NAMES.bodies_exact("kent")
NOV, LATER = date(2024, 11, 1), date(2024, 11, 20)
URL = "https://kent-pcc.example.org/response?id=3"


def step(step: Step, body: Body | None = None, **facts: object) -> RecordPublishedResponse:
    return RecordPublishedResponse(step, STALKING, body, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("invite stalking by 1 Nov 2024", step(Step.INVITED, comments_by=NOV)),
        ("Invite stalking for Kent by 1 November 2024", step(Step.INVITED, KENT, comments_by=NOV)),
        (
            "invite kent stalking on 20 Nov 2024 by 1 Nov 2024",
            step(Step.INVITED, KENT, on=LATER, comments_by=NOV),
        ),
        (
            "invite stalking by 1 Nov 2024 on 20 Nov 2024",
            step(Step.INVITED, on=LATER, comments_by=NOV),
        ),
        (f"publish stalking {URL}", step(Step.PUBLISHED, url=URL)),
        (f"publish stalking kent {URL} on 20 Nov 2024", step(Step.PUBLISHED, KENT, on=LATER, url=URL)),
        (f"publish stalking on 20 Nov 2024 at {URL}", None),
        (f"publish stalking on 20 Nov 2024, {URL}.", step(Step.PUBLISHED, on=LATER, url=URL)),
        ("copy stalking: HMICFRS", step(Step.COPIED, text="HMICFRS")),
        (
            "copy stalking kent on 20 Nov 2024: the Home Secretary: and HMICFRS",
            step(Step.COPIED, KENT, on=LATER, text="the Home Secretary: and HMICFRS"),
        ),
        ("copy stalking no victim: HMICFRS", step(Step.COPIED, text="HMICFRS", no_victim=True)),
        ("set stalking published by 20 Nov 2024", SetReport(STALKING, LATER)),
        ("set stalking published by 20.11.2024 anyway", SetReport(STALKING, LATER, confirmed=True)),
        ("set stalking published off", SetReport(STALKING)),
        ("set stalking published off anyway", SetReport(STALKING, confirmed=True)),
        ("published", Published()),
        ("published stalking", Published(STALKING)),
        ("published kent", Published(scope=KENT)),
        ("published stalking wales", Published(STALKING, Region("Wales"))),
        ("published report stalking body kent", Published(STALKING, KENT)),
        ("published kent as at 20 Nov 2024", Published(scope=KENT, as_at=LATER)),
        ("published as known at 20 Nov 2024", Published(as_at=LATER, known=True)),
    ],
)
def test_it_is_read(typed: str, command: object) -> None:
    if command is None:
        with pytest.raises(NotUnderstood):
            understood(typed)
    else:
        assert understood(typed) == command


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("invite by 1 Nov 2024", What.WHICH_REPORT_IS_MEANT),
        ("invite stalking", What.WHICH_DAY),
        ("invite stalking by whenever", What.NOT_A_DATE),
        ("publish kent https://a.uk", What.WHICH_REPORT_IS_MEANT),
        ("publish stalking", What.WHICH_ADDRESS),
        ("publish stalking www.a.uk", What.WHICH_ADDRESS),
        ("publish stalking https://a.uk sometime", What.NOT_A_DATE),
        ("publish stalking kent surrey https://a.uk", What.ONE_BODY),
        ("copy stalking", What.COLON_MISSING),
        ("set stalking", What.WHICH_DAY),
        ("set stalking kent published by 1 Nov 2024", What.WHICH_DAY),
        ("published 15", What.LEFT_OVER),
        ("published stalking kent surrey", What.LEFT_OVER),
    ],
)
def test_what_is_missing_is_said(typed: str, what: What) -> None:
    with pytest.raises(NotUnderstood) as problem:
        understood(typed)
    assert problem.value.what is what


@pytest.mark.parametrize(
    "typed",
    [
        f"publish stalking {URL}?",
        "publish stalking? https://a.uk",
        "publish stalking https://a.uk not yet",
        "publish stalking https://a.uk on 20 Nov 2024, maybe",
        "invite stalking by 1 Nov 2024?",
        "copy stalking: ?",
        "copy not stalking: HMICFRS",
        "set stalking published by 1 Nov 2024?",
    ],
)
def test_what_asks_denies_or_doubts_records_nothing(typed: str) -> None:
    with pytest.raises(NotUnderstood) as problem:
        understood(typed)
    assert problem.value.what in (What.QUESTION, What.NOT_CERTAIN)


@pytest.mark.parametrize("day", [None, LATER])
def test_the_setting_is_confirmed_by_a_command_that_reads_back(day: date | None) -> None:
    command = SetReport(ReportName("stalking", STALKING.title), day)
    assert understood(written_setting(command)) == SetReport(STALKING, day, confirmed=True)
