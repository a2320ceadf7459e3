"""What is wrong with the evidence, or with the day of a decision."""

from typing import assert_never

from bot.domain.register.details import GivenInFuture, GivenTooEarly, NoLinkToFollow, NotALink
from bot.rendering import words
from bot.rendering.blocks.refusals.wording import Wording

DetailsRefusal = NotALink | NoLinkToFollow | GivenInFuture | GivenTooEarly


def wording(refusal: DetailsRefusal) -> Wording:
    match refusal:
        case NotALink():
            return Wording(
                "The evidence is no whole address, so nothing was recorded.",
                "It begins with https:// or http://.",
            )
        case NoLinkToFollow():
            return Wording(
                f"Update {refusal.seq} has no link that another can stand in place of.",
                "Nothing was recorded. Name an update with a link of this body on this recommendation;"
                " the history has the numbers.",
            )
        case GivenInFuture():
            return Wording("The day of the decision has not come yet, so nothing was recorded.")
        case GivenTooEarly():
            return Wording(
                "The day of the decision is before the report was published, so nothing was recorded.",
                f"It was published on {words.day(refusal.published_on)}.",
            )
        case _:
            assert_never(refusal)
