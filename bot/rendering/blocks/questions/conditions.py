"""The words of what a question asks about: after "have" or "are", with what it is about in its place."""

from collections.abc import Iterable

from bot.domain.questions.model import Condition, NoNews, State, Theme
from bot.rendering import words

# After one body and after several; {} is the recommendation.
_VERBS: dict[State, tuple[str, str]] = {
    State.ACCEPTED: ("has accepted {}", "have accepted {}"),
    State.NOT_YET_ACCEPTED: ("has not accepted {} in full", "have not accepted {} in full"),
    State.IN_PART: ("has accepted {} in part", "have accepted {} in part"),
    State.NOT_ACCEPTED: ("does not accept {}", "do not accept {}"),
    State.WAITING: ("has not responded to {}", "have not responded to {}"),
    State.RESPONDED: ("has responded to {}", "have responded to {}"),
    State.NOT_STARTED: ("has not started {}", "have not started {}"),
    State.STARTED: ("has started {}", "have started {}"),
    State.IN_PROGRESS: ("is in progress on {}", "are in progress on {}"),
    State.BLOCKED: ("is blocked on {}", "are blocked on {}"),
    State.NOT_BLOCKED: ("is not blocked on {}", "are not blocked on {}"),
    State.COMPLETE: ("has completed {}", "have completed {}"),
    State.NOT_COMPLETE: ("has not completed {}", "have not completed {}"),
    State.CHECKED: (
        "is checked by the association on {}",
        "are checked by the association on {}",
    ),
    State.NOT_CHECKED: (
        "is complete and not checked yet on {}",
        "are complete and not checked yet on {}",
    ),
    State.OVERDUE: ("is overdue on {}", "are overdue on {}"),
    State.NOT_OVERDUE: ("is not overdue on {}", "are not overdue on {}"),
    State.EXTENDED: ("has a later deadline for {}", "have a later deadline for {}"),
    State.EXTENSION_ASKED: ("asks for more time on {}", "ask for more time on {}"),
    State.EXTENSIONS: ("has or asks for more time on {}", "have or ask for more time on {}"),
    State.EVIDENCE: ("has given evidence on {}", "have given evidence on {}"),
    State.NO_EVIDENCE: ("has given no evidence on {}", "have given no evidence on {}"),
    State.CONTACT: ("has a contact", "have a contact"),
    State.NO_CONTACT: ("has no contact", "have no contact"),
    State.QUOTABLE: (
        "has a latest text on {} that may be published",
        "have a latest text on {} that may be published",
    ),
    State.NOT_QUOTABLE: (
        "has a latest text on {} that may not be published",
        "have a latest text on {} that may not be published",
    ),
}
# Of recommendations, after "are".
_ADJECTIVES: dict[State, str] = {
    State.ACCEPTED: "accepted",
    State.NOT_YET_ACCEPTED: "not accepted in full",
    State.IN_PART: "accepted in part",
    State.NOT_ACCEPTED: "not accepted",
    State.WAITING: "without a response",
    State.RESPONDED: "responded to",
    State.NOT_STARTED: "not started",
    State.STARTED: "started",
    State.IN_PROGRESS: "in progress",
    State.BLOCKED: "blocked",
    State.NOT_BLOCKED: "not blocked",
    State.COMPLETE: "complete",
    State.NOT_COMPLETE: "not complete",
    State.CHECKED: "checked by the association",
    State.NOT_CHECKED: "complete and not checked yet",
    State.OVERDUE: "overdue",
    State.NOT_OVERDUE: "not overdue",
    State.EXTENDED: "extended",
    State.EXTENSION_ASKED: "waiting for more time",
    State.EXTENSIONS: "extended or waiting for more time",
    State.EVIDENCE: "with evidence",
    State.NO_EVIDENCE: "without evidence",
    State.CONTACT: "with a contact",
    State.NO_CONTACT: "without a contact",
    State.QUOTABLE: "with a latest text that may be published",
    State.NOT_QUOTABLE: "with a latest text that may not be published",
}
# Of what the register does not hold.
_NOT_HELD: dict[State, str] = {
    State.APPROVED: "approvals",
    State.NOT_APPROVED: "approvals",
    State.CLOSED: "what the inspectorate has closed",
    State.NOT_CLOSED: "what the inspectorate has closed",
    State.EXPECTED_LATE: "the days that bodies expect",
    State.DONE_LATE: "the days on which something was completed",
}


def of_bodies(conditions: Iterable[Condition], about: str, bodies: int) -> str:
    """have not started stalking 15; with several, each of them holds."""
    first, *others = [_verb(condition, bodies) for condition in conditions]
    return " and ".join([first.format(about), *(other.format("it") for other in others)])


def of_recommendations(conditions: Iterable[Condition]) -> str:
    """As it stands after "are": not started."""
    return " and ".join(map(_adjective, conditions))


def not_held(conditions: Iterable[Condition]) -> str:
    """After "nothing is recorded of": what the register does not hold, of all that was asked about."""
    named = [
        "themes" if isinstance(condition, Theme) else _NOT_HELD.get(condition, "")
        for condition in conditions
        if isinstance(condition, Theme | State)
    ]
    return words.either([name for name in dict.fromkeys(named) if name]) or "it"


def _verb(condition: Condition, bodies: int) -> str:
    if isinstance(condition, State):
        return _VERBS[condition][bodies != 1]
    if isinstance(condition, NoNews):
        has = "has" if bodies == 1 else "have"
        return f"{has} given no news on {{}} for {words.days(condition.days)}"
    raise ValueError(f"no theme is recorded: {condition.word}")


def _adjective(condition: Condition) -> str:
    if isinstance(condition, State):
        return _ADJECTIVES[condition]
    if isinstance(condition, NoNews):
        return f"open without news for {words.days(condition.days)}"
    raise ValueError(f"no theme is recorded: {condition.word}")
