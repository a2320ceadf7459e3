"""The states of a delivery: what each means, and which may follow which. Decision 011 draws this table."""

from collections.abc import Mapping
from enum import Enum, StrEnum, auto
from typing import assert_never

from msgspec import Struct


class DeliveryState(StrEnum):
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"
    SKIPPED = "skipped"
    NEEDS_HUMAN = "needs human"


class Phase(Enum):
    """What a delivery waits for."""

    WAITING = auto()  # its turn to be sent
    SENDING = auto()  # the outcome, by the process that claimed it
    UNCONFIRMED = auto()  # for somebody to find out whether it was posted
    FINAL = auto()  # nothing any more


class StateRules(Struct, frozen=True):
    """A row of the table."""

    meaning: str
    phase: Phase
    # Each state that may follow: who moves the delivery there, and upon what.
    moves: Mapping[DeliveryState, str]
    # Whether what a digest in this state tells counts as told. What an unconfirmed one may have told, the
    # next one tells again: a change that is told twice does no harm, and one that is told nowhere does.
    counts_as_told: bool = False
    # Whether coordinators are shown it, beside the digest of whose thread it is a part.
    is_trouble: bool = False


_FIRST_OK = "late yes from Slack (sender)"


def rules(state: DeliveryState) -> StateRules:
    """Return the row of a state."""
    match state:
        case DeliveryState.DUE:
            return StateRules(
                "waits for its turn, or for its earliest next attempt",
                Phase.WAITING,
                _moves_while_waiting(),
            )
        case DeliveryState.BLOCKED:
            return StateRules(
                "was refused by Slack; it is tried again every five minutes",
                Phase.WAITING,
                _moves_while_waiting(),
                is_trouble=True,
            )
        case DeliveryState.SENDING:
            return StateRules(
                "is claimed by one process, which asks Slack to post it",
                Phase.SENDING,
                {
                    DeliveryState.SENT: "yes from Slack (sender)",
                    DeliveryState.DUE: "rate-limited, not reached or chart refused (sender)",
                    DeliveryState.BLOCKED: "no from Slack (sender)",
                    DeliveryState.UNKNOWN: "no clear answer, or claim abandoned (sender)",
                },
                counts_as_told=True,
            )
        case DeliveryState.UNKNOWN:
            return StateRules(
                "may have been posted; it is looked for",
                Phase.UNCONFIRMED,
                {
                    DeliveryState.SENT: "found (reconciler), or appeared (coordinator)",
                    DeliveryState.DUE: "not found (reconciler), or send again (coordinator)",
                    DeliveryState.UNKNOWN: "another reason why it cannot be looked for (reconciler)",
                    DeliveryState.NEEDS_HUMAN: "no look in time (reconciler)",
                    DeliveryState.BLOCKED: "neither readable nor postable after a start (reconciler)",
                    DeliveryState.SKIPPED: "reader left (reconciler), or too late (coordinator)",
                },
                is_trouble=True,
            )
        case DeliveryState.NEEDS_HUMAN:
            return StateRules(
                "may have been posted where recbot cannot look; coordinators are asked",
                Phase.UNCONFIRMED,
                {
                    DeliveryState.SENT: "appeared (coordinator), or found after all (reconciler)",
                    DeliveryState.DUE: "send again (coordinator), or not found after all (reconciler)",
                    DeliveryState.NEEDS_HUMAN: "another reason why it cannot be looked for (reconciler)",
                    DeliveryState.SKIPPED: "too late (coordinator), or reader left (reconciler)",
                },
                is_trouble=True,
            )
        case DeliveryState.SENT:
            return StateRules("stands in Slack", Phase.FINAL, {}, counts_as_told=True)
        case DeliveryState.SKIPPED:
            return StateRules("is passed over", Phase.FINAL, {DeliveryState.SENT: _FIRST_OK}, is_trouble=True)
        case _:
            assert_never(state)


def _moves_while_waiting() -> Mapping[DeliveryState, str]:
    return {
        DeliveryState.SENDING: "claimed (sender)",
        DeliveryState.DUE: "not opened or other channel (sender), or renewed (operation)",
        DeliveryState.BLOCKED: "opening refused (sender)",
        DeliveryState.UNKNOWN: "may have been sent before the start (sender)",
        DeliveryState.SKIPPED: "too late (dispatcher), needless (operation), or reader left (sender)",
        DeliveryState.SENT: _FIRST_OK,
    }


def may_follow(state: DeliveryState, later: DeliveryState) -> bool:
    """Tell whether a delivery may move from a state to a later one, which may be the same."""
    return later in rules(state).moves


def _in_phase(*phases: Phase) -> tuple[DeliveryState, ...]:
    return tuple(state for state in DeliveryState if rules(state).phase in phases)


WAITING = _in_phase(Phase.WAITING)
UNCONFIRMED = _in_phase(Phase.UNCONFIRMED)
FINAL = _in_phase(Phase.FINAL)
OPEN = tuple(state for state in DeliveryState if state not in FINAL)
TOLD = tuple(state for state in DeliveryState if rules(state).counts_as_told)
TROUBLED = tuple(state for state in DeliveryState if rules(state).is_trouble)
