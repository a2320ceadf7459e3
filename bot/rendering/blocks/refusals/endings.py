"""Why the end or the name of a body was not recorded, or nothing for a day on which another stood there."""

from typing import assert_never

from bot.domain.register.body_facts import LONGEST_NAME, FactsProblem, FactsRefused
from bot.domain.register.details import SaidBeforeTakingOver
from bot.domain.register.ending_plan import EndingProblem, EndingRefused
from bot.rendering import words
from bot.rendering.blocks.refusals.wording import Wording

EndingsRefusal = EndingRefused | FactsRefused | SaidBeforeTakingOver


def wording(refusal: EndingsRefusal) -> Wording:
    match refusal:
        case EndingRefused():
            return Wording(f"{ending_refused(refusal)} Nothing was changed.")
        case FactsRefused():
            return Wording(f"{facts_refused(refusal)} Nothing was changed.")
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
        case EndingProblem.MAY_IDENTIFY:
            return "The source may name somebody. Write it without a person's name."
    assert_never(refusal.problem)


def facts_refused(refusal: FactsRefused) -> str:
    name, other = refusal.body_name, refusal.other
    day = words.day(refusal.day) if refusal.day else ""
    match refusal.problem:
        case FactsProblem.SOURCE_MISSING:
            return "Say after a colon who says so."
        case FactsProblem.MAY_IDENTIFY:
            return "The source or the name may name somebody. Write it without a person's name."
        case FactsProblem.NOTHING_NEW:
            return f"{name} is called so, and is so, already."
        case FactsProblem.NAME_TAKEN:
            return f"That is what {other} is called. Choose another short name."
        case FactsProblem.CODE_TAKEN:
            return f"That is a code of {other}."
        case FactsProblem.NAME_TOO_LONG:
            return f"“{words.opening(other, LONGEST_NAME)}” is longer than {LONGEST_NAME} characters."
        case FactsProblem.ANOTHER_DAY:
            return (
                f"What {name} is called from {day} is planned already. Withdraw that first, or give that day."
            )
        case FactsProblem.NOTHING_PLANNED:
            return f"Nothing is planned for what {name} is called."
        case FactsProblem.HAS_ENDED:
            return f"{name} ends on {day}, before that day."
        case FactsProblem.HAS_NOT_BEGUN:
            return f"{name} began on {day}, after that day."
    assert_never(refusal.problem)
