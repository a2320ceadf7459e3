"""Who may ask at all, and how much at once."""

from typing import assert_never

from bot.domain.refusals.request import CannotSee, NotACoordinator, NotReachable, TooManyFiles, TooMuchAtOnce
from bot.rendering.blocks.refusals.wording import RefusalContext, Wording

RequestRefusal = CannotSee | NotReachable | TooMuchAtOnce | TooManyFiles | NotACoordinator


def wording(refusal: RequestRefusal, context: RefusalContext) -> Wording:
    match refusal:
        case CannotSee():
            return Wording(
                "You cannot see the register yet.",
                "Guests and people of other organisations need a role first. "
                + f"{context.who} can grant you one.",
            )
        case NotReachable():
            return Wording(
                "I could not find out who you are, so nothing was done.",
                "Slack did not answer. Please try again in a minute.",
            )
        case TooMuchAtOnce():
            return Wording("That is a lot at once: please wait a minute.", "Nothing was saved.")
        case TooManyFiles():
            return _too_many_files(refusal)
        case NotACoordinator():
            return Wording("Only coordinators can do this.", f"{context.who} can do it for you.")
        case _:
            assert_never(refusal)


def _too_many_files(refusal: TooManyFiles) -> Wording:
    if refusal.of_this_person:
        return Wording("Your last files are still being made.", "Please ask again when one has arrived.")
    return Wording("recbot is making other files.", "Please ask again in a few minutes.")
