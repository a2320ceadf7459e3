"""`/recs chart`: answered at once, and then drawn by Slack where it does, else sent as a picture."""

from collections.abc import Callable, Iterator

import pytest

from bot.domain.questions.grammar.typed_commands import Chart, Ref
from bot.domain.values import replace
from bot.operations.request.context import Services
from bot.operations.request.native_charts import TRIED_AGAIN_AFTER, NativeCharts
from bot.standin.examination import examine
from handlers import answers
from storage.deliveries import outbox
from tests.cast import ALICE, ED, NOW, VIC, Register, occasion, stalking_case
from tests.handlers.promised_files import later, sent, services
from tests.handlers.recording_slack import RecordingSlack
from tests.handlers.slack_errors import refusal
from tests.outbox.rig import ClockByHand, Stopwatch

__all__ = ["later", "sent", "services"]

CHART = Chart(Ref(None, "15"))


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = stalking_case(sqlite_url)
    made.says(ED, "partly 15: one service of two")
    made.says(ALICE, "complete 15: done")
    yield made
    made.store.database.close()


def test_the_answer_comes_first_and_the_picture_follows(
    services: Services, later: list[Callable[[], None]], sent: RecordingSlack
) -> None:
    shown = answers.show_chart(services, occasion(VIC), CHART)
    assert shown.text == (
        "Stalking 15: 42 of 43 accepted, 0 in progress, 1 complete (0 checked by the association), 0 overdue;"
        " the chart arrives in a direct message."
    )
    assert sent.files == []
    later.pop()()
    (file,) = sent.files
    assert (file["channel"], file["filename"]) == ("D0VIC", "chart-stalking-15-2025-03-10.png")
    assert file["title"] == "Stalking 15: progress over time"
    assert "Accepted: 0 on 29 Sep 2024, 43 on 24 Nov 2024, 42 on 10 Mar 2025." in file["alt_txt"]
    assert file["initial_comment"].startswith("Stalking 15: 42 of 43 accepted")
    assert file["file"].startswith(b"\x89PNG")


def test_where_slack_draws_charts_it_is_given_the_numbers_and_no_picture(
    services: Services, later: list[Callable[[], None]], sent: RecordingSlack
) -> None:
    sent.draws_charts = True
    answers.show_chart(services, occasion(VIC), CHART)
    later.pop()()
    assert sent.files == []
    (message,) = sent.charts
    assert message.pop("channel") == "D0VIC"
    assert examine(message) == []
    (block,) = [block for block in message["blocks"] if block["type"] == "data_visualization"]
    accepted, *_ = block["chart"]["series"]
    assert accepted["data"][-1] == {"label": "10 Mar 2025", "value": 42}
    assert message["text"].startswith("Stalking 15: 42 of 43 accepted")
    assert "Accepted: 0 on 29 Sep 2024" in str(message["blocks"][-1])


def test_a_refusal_is_remembered_for_a_day(
    register: Register, later: list[Callable[[], None]], sent: RecordingSlack
) -> None:
    stopwatch = Stopwatch()
    clock = ClockByHand(NOW, stopwatch)
    services = replace(
        register.services(), clock=clock, slowly=lambda work, _who: later.append(work), files=sent
    )
    for _ in range(3):
        answers.show_chart(services, occasion(VIC), CHART)
        later.pop()()
    assert (sent.called["chat_postMessage"], len(sent.files)) == (1, 3)
    stopwatch.seconds += TRIED_AGAIN_AFTER
    sent.draws_charts = True
    answers.show_chart(services, occasion(VIC), CHART)
    later.pop()()
    assert (len(sent.charts), len(sent.files)) == (1, 3)


def test_another_refusal_is_a_failure_and_nothing_to_remember(
    register: Register, services: Services, later: list[Callable[[], None]], sent: RecordingSlack
) -> None:
    sent.broken["chat_postMessage"] = refusal("channel_not_found")
    answers.show_chart(services, occasion(VIC), CHART)
    later.pop()()
    assert (sent.files, services.native_charts) == ([], NativeCharts())
    with register.store.reading() as connection:
        (delivery,) = outbox(connection).open
    assert "Your chart could not be drawn or sent" in str(delivery.payload)


def test_one_request_makes_one_chart_however_often_it_is_delivered(
    services: Services, later: list[Callable[[], None]], sent: RecordingSlack
) -> None:
    same = occasion(VIC)
    first = answers.show_chart(services, same, CHART)
    assert answers.show_chart(services, same, CHART) == first
    (draw,) = later
    draw()
    assert answers.show_chart(services, same, CHART) == first
    assert (len(sent.files), len(later)) == (1, 1)
