"""The protocol of sending once, in a world of chance: nothing is lost and nothing doubled; and with any one
step of it taken out, something is.

A single schedule is repeated by its seed: `trial(seed, Chances())`."""

import logging
import math
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from typing import Any

import pytest

from bot.domain.messages import delivery
from bot.domain.messages.delivery import BEFORE_START, NOT_FOUND, Delivery, DeliveryKind, Outcome
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.values import replace
from bot.operations.messages.claiming import Claimed
from bot.outbox import abandoned_claims, sender, unconfirmed_sends
from tests.prove.simulation import (
    OTHERS,
    Chances,
    Counts,
    MadeUpLedger,
    MadeUpSlack,
    Result,
    Variant,
    trial,
    trials,
)
from tests.prove.size import size

pytestmark = pytest.mark.prove

SCHEDULES = size(short=6_000, full=1_000_000)
WITH_WRONG_CLOCKS = size(short=2_000, full=100_000)
AT_THE_DOOR = size(short=1_500, full=100_000)
WITHOUT_A_STEP = 4_000
PROCESSES = 2
CHUNK = 500


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """The code under trial says much, and each trial has it say it again."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _chunk(first: int, chances: Chances) -> Counts:
    logging.disable(logging.CRITICAL)
    return trials(range(first, first + CHUNK), chances)


def counted(schedules: int, chances: Chances) -> Counts:
    total = Counts()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        firsts = range(0, schedules, CHUNK)
        for counts in pool.map(_chunk, firsts, [chances] * len(firsts)):
            total += counts
    print(total)
    return total


def test_within_what_slack_is_trusted_with_nothing_is_lost_and_nothing_stands_there_twice() -> None:
    total = counted(SCHEDULES, Chances())
    assert total.trials >= SCHEDULES
    assert (total.lost, total.doubled_for_a_while, total.bad_seeds) == (0, 0, [])
    assert total.crashes > SCHEDULES
    assert total.from_history > SCHEDULES / 10
    assert total.messages[DeliveryKind.DIGEST] == total.trials
    for kind in OTHERS.values():
        assert total.messages[kind] > SCHEDULES / 20


def test_clocks_five_minutes_apart_that_jump_by_an_hour_lose_and_double_nothing() -> None:
    total = counted(WITH_WRONG_CLOCKS, Chances(clock_wrong=1.0, restore=0.0))
    assert (total.lost, total.doubled_for_a_while, total.bad_seeds) == (0, 0, [])


def test_frozen_between_the_last_look_at_the_clock_and_the_request_what_is_doubled_is_removed() -> None:
    total = counted(AT_THE_DOOR, Chances(freeze_at_the_door=1.0, freeze=0.5, restore=0.0))
    assert (total.lost, total.doubled) == (0, 0)
    assert total.doubled_for_a_while


# With one step taken out


class ClaimsWhatAnotherClaimed(MadeUpLedger):
    def _moved(self, seen: Delivery, to: Delivery) -> bool:
        if to.state is not DeliveryState.SENDING:
            return super()._moved(seen, to)
        self.world.rows[seen.key] = to
        return True


class WritesOverALaterClaim(MadeUpLedger):
    def _moved(self, seen: Delivery, to: Delivery) -> bool:
        if to.state is DeliveryState.SENDING:
            return super()._moved(seen, to)
        self.world.rows[seen.key] = to
        return True


class TakesUnknownForFailed(MadeUpLedger):
    def record_outcome(self, seen: Delivery, outcome: Outcome) -> bool:
        failed = outcome.state is DeliveryState.UNKNOWN and outcome.error != BEFORE_START
        return super().record_outcome(seen, Outcome(DeliveryState.DUE) if failed else outcome)


class TakesUnknownForSent(MadeUpLedger):
    def record_outcome(self, seen: Delivery, outcome: Outcome) -> bool:
        sent = outcome.state is DeliveryState.UNKNOWN and outcome.error != BEFORE_START
        return super().record_outcome(seen, Outcome(DeliveryState.SENT, ts="1.0") if sent else outcome)


class NeverSendsAgain(MadeUpLedger):
    def record_outcome(self, seen: Delivery, outcome: Outcome) -> bool:
        given_up = outcome.error == NOT_FOUND
        return super().record_outcome(seen, Outcome(DeliveryState.SKIPPED) if given_up else outcome)


class WritesWhatIsSentAfterwards(MadeUpLedger):
    """At least once: a crash between the request and the commit leaves no trace of the claim."""

    def claim(self, seen: Delivery) -> Claimed | None:
        claimed = super().claim(seen)
        if claimed is not None:
            self.world.rows[seen.key] = replace(seen, fence=claimed.delivery.fence)
        return claimed


class TriesAgainByItself(MadeUpSlack):
    """As Slack's client does where nobody tells it not to."""

    def chat_postMessage(self, *, channel: str, **arguments: Any) -> Any:  # noqa: N802
        try:
            return super().chat_postMessage(channel=channel, **arguments)
        except ConnectionResetError:
            return self.post({**arguments, "channel": channel})


class ReadsTheFirstPageOnly(MadeUpSlack):
    def _read(self, channel: str, thread_ts: str | None, arguments: Mapping[str, Any]) -> Any:
        return super()._read(channel, thread_ts, arguments) | {"response_metadata": {}}


class RemovesNothing(MadeUpSlack):
    def chat_delete(self, *, channel: str, ts: str) -> Any:
        return {"ok": True}


def is_lost(result: Result) -> bool:
    return result.lost


def is_doubled(result: Result) -> bool:
    return result.doubled_for_a_while


def stays_doubled(result: Result) -> bool:
    return result.doubled


USUAL = Chances()
OFTEN_FROZEN = Chances(freeze=0.3, late_or_lagging=0.8)
AS_SLOW_AS_MAY_BE = Chances(crash=0.0, freeze=0.3, fault=0.3, late_or_lagging=1.0, longest=1.0)


@pytest.mark.parametrize(
    ("variant", "fails", "chances"),
    [
        pytest.param(Variant(ledger=ClaimsWhatAnotherClaimed), is_doubled, USUAL, id="one claim wins"),
        pytest.param(
            Variant(ledger=WritesWhatIsSentAfterwards), is_doubled, USUAL, id="the claim before the request"
        ),
        pytest.param(
            Variant(ledger=WritesOverALaterClaim), is_doubled, OFTEN_FROZEN, id="the fence on each outcome"
        ),
        pytest.param(Variant(ledger=TakesUnknownForFailed), is_doubled, USUAL, id="unknown is not failed"),
        pytest.param(Variant(ledger=TakesUnknownForSent), is_lost, USUAL, id="unknown is not sent"),
        pytest.param(Variant(ledger=NeverSendsAgain), is_lost, USUAL, id="what is not found is due again"),
        pytest.param(Variant(client=TriesAgainByItself), is_doubled, USUAL, id="one request an attempt"),
        pytest.param(
            Variant(client=ReadsTheFirstPageOnly), is_doubled, Chances(chatter=1.0), id="the whole history"
        ),
    ],
)
def test_it_takes(variant: Variant, fails: Callable[[Result], bool], chances: Chances) -> None:
    assert_fails(variant, fails, chances)


def _never(self: abandoned_claims.AbandonedClaims, *_: Any) -> tuple[Delivery, ...]:
    return ()


def _no_difference(self: sender.Sender, *_: Any) -> bool:
    return False


@pytest.mark.parametrize(
    ("where", "what", "instead", "fails", "chances"),
    [
        pytest.param(
            unconfirmed_sends, "SHOWN_WITHIN", 5.0, is_doubled, USUAL, id="the wait before the first read"
        ),
        pytest.param(
            unconfirmed_sends._Watched,
            "reads_that_must_miss",
            1,
            is_doubled,
            OFTEN_FROZEN,
            id="the second read",
        ),
        pytest.param(
            unconfirmed_sends, "BETWEEN_READS", 0.0, is_doubled, OFTEN_FROZEN, id="the time between the reads"
        ),
        pytest.param(sender, "SEND_WITHIN", math.inf, is_doubled, OFTEN_FROZEN, id="the look at the clock"),
        pytest.param(
            abandoned_claims,
            "ABANDONED_AFTER",
            0.0,
            is_doubled,
            AS_SLOW_AS_MAY_BE,
            id="the wait for one abandoned",
        ),
        pytest.param(
            abandoned_claims.AbandonedClaims, "among", _never, is_lost, USUAL, id="finding those abandoned"
        ),
        pytest.param(
            delivery,
            "CLOCKS_DIFFER_BY",
            timedelta(seconds=60),
            is_doubled,
            Chances(clock_wrong=1.0),
            id="the allowance for wrong clocks",
        ),
        pytest.param(
            sender.Sender,
            "_may_have_been_sent_before",
            _no_difference,
            is_doubled,
            Chances(restore=1.0),
            id="the look into the history after a start",
        ),
    ],
)
def test_it_takes_too(
    monkeypatch: pytest.MonkeyPatch,
    where: Any,
    what: str,
    instead: object,
    fails: Callable[[Result], bool],
    chances: Chances,
) -> None:
    monkeypatch.setattr(where, what, instead)
    assert_fails(Variant(), fails, chances)


def test_it_takes_the_sweep() -> None:
    chances = Chances(freeze_at_the_door=1.0, freeze=0.5, restore=0.0)
    assert_fails(Variant(client=RemovesNothing), stays_doubled, chances)


def assert_fails(variant: Variant, fails: Callable[[Result], bool], chances: Chances) -> None:
    for seed in range(WITHOUT_A_STEP):
        if fails(trial(seed, chances, variant)):
            print(f"found by schedule {seed + 1}")
            return
    raise AssertionError(f"{WITHOUT_A_STEP} schedules do without it")
