"""The words by which people say a response or a progress, in Slack, in forms and in files alike.

They are kept in small letters, with spaces for hyphens: "In-progress" is "in progress"."""

from collections.abc import Mapping

from bot.domain.register.addressee import Answer, Stage

ANSWERS: Mapping[str, Answer] = {
    "awaiting": Answer.AWAITING,
    "awaited": Answer.AWAITING,
    "awaiting response": Answer.AWAITING,
    "no response": Answer.AWAITING,
    "no response yet": Answer.AWAITING,
    "accepted": Answer.ACCEPTED,
    "accept": Answer.ACCEPTED,
    "accepted in full": Answer.ACCEPTED,
    "fully accepted": Answer.ACCEPTED,
    "agreed": Answer.ACCEPTED,
    "agree": Answer.ACCEPTED,
    "accepted in part": Answer.ACCEPTED_IN_PART,
    "accepted partly": Answer.ACCEPTED_IN_PART,
    "partly accepted": Answer.ACCEPTED_IN_PART,
    "partially accepted": Answer.ACCEPTED_IN_PART,
    "part accepted": Answer.ACCEPTED_IN_PART,
    "in part": Answer.ACCEPTED_IN_PART,
    "partly": Answer.ACCEPTED_IN_PART,
    "not accepted": Answer.NOT_ACCEPTED,
    "not agreed": Answer.NOT_ACCEPTED,
    "declined": Answer.NOT_ACCEPTED,
    "decline": Answer.NOT_ACCEPTED,
    "rejected": Answer.NOT_ACCEPTED,
    "reject": Answer.NOT_ACCEPTED,
    "refused": Answer.NOT_ACCEPTED,
}

# What a body can say of its own progress.
STAGES: Mapping[str, Stage] = {
    "not started": Stage.NOT_STARTED,
    "not begun": Stage.NOT_STARTED,
    "in progress": Stage.IN_PROGRESS,
    "started": Stage.IN_PROGRESS,
    "begun": Stage.IN_PROGRESS,
    "under way": Stage.IN_PROGRESS,
    "underway": Stage.IN_PROGRESS,
    "blocked": Stage.BLOCKED,
    "complete": Stage.COMPLETE,
    "completed": Stage.COMPLETE,
    "done": Stage.COMPLETE,
    "finished": Stage.COMPLETE,
}

# What an account says too, which only a coordinator makes of it.
ALL_STAGES: Mapping[str, Stage] = {
    **STAGES,
    "checked": Stage.CHECKED,
    "checked by the association": Stage.CHECKED,
}


def plain(words: str) -> str:
    """As the words stand in these tables."""
    return " ".join(words.casefold().replace("-", " ").replace("_", " ").split())
