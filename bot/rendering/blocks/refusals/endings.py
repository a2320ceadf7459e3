"""Why the end of a body was not recorded, or nothing for a day on which another body stood there."""

from typing import assert_never

from bot.domain.register.details import SaidBeforeTakingOver
from bot.domain.register.ending_plan import EndingProblem, EndingRefused
from bot.rendering import words
from bot.rendering.blocks.refusals.wording import Wording

EndingsRefusal = EndingRefused | SaidBeforeTakingOver


def wording(refusal: EndingsRefusal) -> Wording:
    match refusal:
        case EndingRefused():
            return Wording(f"{ending_refused(refusal)} Nothing was changed.")
        case SaidBeforeTakingOver():
            since = words.day(refusal.since)
            return Wording(
                f"{refusal.body_name} took over from another body on {since}; nothing was recorded.",
                "Say how it stands from that day or later, or add a note without a day.",
            )
        case _:
            assert_never(refusal)


def ending_refused(refusal: EndingRefused) -> str:
    name, other = refusal.body_name, refusal.other
    day = words.day(refusal.day) if refusal.day else ""
    match refusal.problem:
        case EndingProblem.ITSELF:
            return f"{name} cannot follow itself."
        case EndingProblem.HAS_ENDED:
            return f"{name} ended on {day}, and what was asked of it has passed on."
        case EndingProblem.HEIR_ENDS:
            return f"{other} ends on {day}, and so cannot follow {name}."
        case EndingProblem.HEIR_BEGINS_LATER:
            return f"{other} begins on {day}, so nobody would stand in {name}'s place until then."
        case EndingProblem.FOLLOWS_ANOTHER:
            return f"{name} is to follow {other}, which ends on {day}."
        case EndingProblem.BEFORE_IT_BEGAN:
            return f"{name} began on {day}."
        case EndingProblem.NOTHING_PLANNED:
            return f"No end is recorded for {name}. Give its last day and who follows."
        case EndingProblem.SOURCE_MISSING:
            return f"Say after a colon who says that {name} ends."
        case EndingProblem.NOT_ADDRESSED:
            return f"{words.capital(other)} asks nothing of {name}."
    assert_never(refusal.problem)
