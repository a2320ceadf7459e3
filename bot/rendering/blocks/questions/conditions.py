"""The words of what a question asks about: after "have" or "are", with what it is about in its place."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.domain.questions.model import AskedState, Condition, NoNews
from bot.rendering import words


class _Words(NamedTuple):
    singular: str  # after one body; {} is the recommendation
    plural: str  # after several bodies
    adjective: str  # of recommendations, after "are"


_WORDS: dict[AskedState, _Words] = {
    AskedState.ACCEPTED: _Words("has accepted {}", "have accepted {}", "accepted"),
    AskedState.NOT_YET_ACCEPTED: _Words(
        "has not accepted {} in full", "have not accepted {} in full", "not accepted in full"
    ),
    AskedState.IN_PART: _Words("has accepted {} in part", "have accepted {} in part", "accepted in part"),
    AskedState.NOT_ACCEPTED: _Words("does not accept {}", "do not accept {}", "not accepted"),
    AskedState.WAITING: _Words("has not responded to {}", "have not responded to {}", "without a response"),
    AskedState.RESPONDED: _Words("has responded to {}", "have responded to {}", "responded to"),
    AskedState.NOT_STARTED: _Words("has not started {}", "have not started {}", "not started"),
    AskedState.STARTED: _Words("has started {}", "have started {}", "started"),
    AskedState.IN_PROGRESS: _Words("is in progress on {}", "are in progress on {}", "in progress"),
    AskedState.BLOCKED: _Words("is blocked on {}", "are blocked on {}", "blocked"),
    AskedState.NOT_BLOCKED: _Words("is not blocked on {}", "are not blocked on {}", "not blocked"),
    AskedState.COMPLETE: _Words("has completed {}", "have completed {}", "complete"),
    AskedState.NOT_COMPLETE: _Words("has not completed {}", "have not completed {}", "not complete"),
    AskedState.CHECKED: _Words(
        "is checked by the association on {}",
        "are checked by the association on {}",
        "checked by the association",
    ),
    AskedState.NOT_CHECKED: _Words(
        "is complete and not checked yet on {}",
        "are complete and not checked yet on {}",
        "complete and not checked yet",
    ),
    AskedState.CLOSED: _Words(
        "is closed by the inspectorate on {}",
        "are closed by the inspectorate on {}",
        "closed by the inspectorate",
    ),
    AskedState.NOT_CLOSED: _Words(
        "is not closed by the inspectorate on {}",
        "are not closed by the inspectorate on {}",
        "not closed by the inspectorate",
    ),
    AskedState.OVERDUE: _Words("is overdue on {}", "are overdue on {}", "overdue"),
    AskedState.NOT_OVERDUE: _Words("is not overdue on {}", "are not overdue on {}", "not overdue"),
    AskedState.EXTENDED: _Words("has a later deadline for {}", "have a later deadline for {}", "extended"),
    AskedState.EXTENSION_ASKED: _Words(
        "asks for more time on {}", "ask for more time on {}", "waiting for more time"
    ),
    AskedState.EXTENSIONS: _Words(
        "has or asks for more time on {}",
        "have or ask for more time on {}",
        "extended or waiting for more time",
    ),
    AskedState.EXPECTED_LATE: _Words(
        "expects to be late with {}", "expect to be late with {}", "expected late by the bodies themselves"
    ),
    AskedState.MOVED_TWICE: _Words(
        "has moved a date of {} twice or more", "have moved a date of {} twice or more", "moved twice or more"
    ),
    AskedState.EVIDENCE: _Words("has given evidence on {}", "have given evidence on {}", "with evidence"),
    AskedState.NO_EVIDENCE: _Words(
        "has given no evidence on {}", "have given no evidence on {}", "without evidence"
    ),
    AskedState.CONTACT: _Words("has a contact", "have a contact", "with a contact"),
    AskedState.NO_CONTACT: _Words("has no contact", "have no contact", "without a contact"),
    AskedState.APPROVED: _Words(
        "has what it recorded on {} approved", "have what they recorded on {} approved", "approved"
    ),
    AskedState.NOT_APPROVED: _Words(
        "has something for approval on {}", "have something for approval on {}", "for approval"
    ),
    AskedState.QUOTABLE: _Words(
        "has a latest text on {} that may be published",
        "have a latest text on {} that may be published",
        "with a latest text that may be published",
    ),
    AskedState.NOT_QUOTABLE: _Words(
        "has a latest text on {} that may not be published",
        "have a latest text on {} that may not be published",
        "with a latest text that may not be published",
    ),
}
# Of what the register does not hold.
_NOT_HELD: dict[AskedState, str] = {
    AskedState.DONE_LATE: "the days on which something was completed",
}


def of_bodies(conditions: Iterable[Condition], about: str, bodies: int) -> str:
    """Say which bodies: have not started stalking 15. Of several conditions each holds."""
    first, *others = [_verb(condition, bodies) for condition in conditions]
    return " and ".join([first.format(about), *(other.format("it") for other in others)])


def of_recommendations(conditions: Iterable[Condition]) -> str:
    """Say the conditions as they stand after "are": not started."""
    return " and ".join(map(_adjective, conditions))


def not_held(conditions: Iterable[Condition]) -> str:
    """Say what the register does not hold, of all that was asked about, as it stands after "nothing is
    recorded of"."""
    not_held_names = [
        _NOT_HELD.get(condition, "") for condition in conditions if isinstance(condition, AskedState)
    ]
    return words.either([name for name in dict.fromkeys(not_held_names) if name]) or "it"


def _verb(condition: Condition, bodies: int) -> str:
    if isinstance(condition, AskedState):
        return _WORDS[condition].singular if bodies == 1 else _WORDS[condition].plural
    if isinstance(condition, NoNews):
        verb = "has" if bodies == 1 else "have"
        return f"{verb} given no news on {{}} for {words.days(condition.days)}"
    raise ValueError("it is in what is asked about, not in what holds of a body")


def _adjective(condition: Condition) -> str:
    if isinstance(condition, AskedState):
        return _WORDS[condition].adjective
    if isinstance(condition, NoNews):
        return f"open without news for {words.days(condition.days)}"
    raise ValueError("it is in what is asked about, not in what holds of a body")
