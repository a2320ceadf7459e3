"""The words by which people say a response or a progress, in Slack, in forms and in files alike.

They are kept in small letters, with spaces for hyphens: "In-progress" is "in progress". Each state is also
said by its own value, so that a new one is understood at once."""

from collections.abc import Mapping

from bot.domain.register.addressee import Answer, Stage

ANSWERS: Mapping[str, Answer] = {
    **{answer.value: answer for answer in Answer},
    "awaited": Answer.AWAITING,
    "awaiting response": Answer.AWAITING,
    "no response": Answer.AWAITING,
    "no response yet": Answer.AWAITING,
    "accept": Answer.ACCEPTED,
    "accepted in full": Answer.ACCEPTED,
    "fully accepted": Answer.ACCEPTED,
    "agreed": Answer.ACCEPTED,
    "agree": Answer.ACCEPTED,
    "accepted partly": Answer.ACCEPTED_IN_PART,
    "partly accepted": Answer.ACCEPTED_IN_PART,
    "partially accepted": Answer.ACCEPTED_IN_PART,
    "part accepted": Answer.ACCEPTED_IN_PART,
    "in part": Answer.ACCEPTED_IN_PART,
    "partly": Answer.ACCEPTED_IN_PART,
    "not agreed": Answer.NOT_ACCEPTED,
    "declined": Answer.NOT_ACCEPTED,
    "decline": Answer.NOT_ACCEPTED,
    "rejected": Answer.NOT_ACCEPTED,
    "reject": Answer.NOT_ACCEPTED,
    "refused": Answer.NOT_ACCEPTED,
}

# What a body can say of its own progress.
STAGES: Mapping[str, Stage] = {
    **{stage.value: stage for stage in Stage if stage.facts.is_bodys_word},
    "not begun": Stage.NOT_STARTED,
    "started": Stage.IN_PROGRESS,
    "begun": Stage.IN_PROGRESS,
    "under way": Stage.IN_PROGRESS,
    "underway": Stage.IN_PROGRESS,
    "completed": Stage.COMPLETE,
    "done": Stage.COMPLETE,
    "finished": Stage.COMPLETE,
}

# What an account says too, which only a coordinator makes of it.
ALL_STAGES: Mapping[str, Stage] = {
    **STAGES,
    **{stage.value: stage for stage in Stage},
    "checked by the association": Stage.CHECKED,
    "closed by the inspectorate": Stage.CLOSED,
}


def plain(words: str) -> str:
    """Return words as these tables have them: in small letters, with spaces for hyphens."""
    return " ".join(words.casefold().replace("-", " ").replace("_", " ").split())
