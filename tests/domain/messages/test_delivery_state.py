from pathlib import Path

import pytest

from bot.domain.messages.delivery_state import (
    FINAL,
    OPEN,
    TOLD,
    UNCONFIRMED,
    WAITING,
    DeliveryState,
    may_follow,
    rules,
)

DECISION = Path(__file__).parents[3] / "docs" / "decisions" / "011-sending-once.md"


def name(state: DeliveryState) -> str:
    """As in the diagram."""
    return state.value.replace(" ", "_")


def test_the_decision_draws_every_state_and_every_move_and_no_other() -> None:
    drawn = [line.strip() for line in DECISION.read_text(encoding="utf-8").splitlines()]
    table = [
        f"{name(state)} --> {name(later)}: {reason}"
        for state in DeliveryState
        for later, reason in rules(state).moves.items()
    ]
    assert [line for line in drawn if "-->" in line and not line.startswith("[*]")] == table
    meanings = [f"| {state.value} | {rules(state).meaning} |" for state in DeliveryState]
    assert [line for line in drawn if line in meanings] == meanings


def test_what_is_sent_stays_sent_and_a_late_yes_is_taken_from_every_other_state() -> None:
    assert rules(DeliveryState.SENT).moves == {}
    assert all(
        may_follow(state, DeliveryState.SENT) for state in DeliveryState if state is not DeliveryState.SENT
    )


def test_nothing_is_sent_that_was_not_claimed_and_only_what_waits_is_claimed() -> None:
    assert {state for state in DeliveryState if may_follow(state, DeliveryState.SENDING)} == set(WAITING)


@pytest.mark.parametrize("state", UNCONFIRMED)
def test_what_may_have_been_posted_is_never_claimed_again_as_it_is(state: DeliveryState) -> None:
    assert not may_follow(state, DeliveryState.SENDING)


def test_each_state_is_waited_for_or_final() -> None:
    assert set(OPEN) | set(FINAL) == set(DeliveryState)
    assert not set(OPEN) & set(FINAL)
    assert TOLD == (DeliveryState.SENDING, DeliveryState.SENT)
