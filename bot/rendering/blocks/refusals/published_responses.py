"""Why nothing was recorded of a published response, or of what a report asks for."""

from typing import assert_never

from bot.domain.register.published_response import NoAddress, NotAskedToPublish, PublishedAtWrongTime, Step
from bot.rendering import words
from bot.rendering.blocks.refusals.wording import Wording

PublishedResponseRefusal = NotAskedToPublish | PublishedAtWrongTime | NoAddress


def wording(refusal: PublishedResponseRefusal) -> Wording:
    match refusal:
        case NotAskedToPublish():
            of_whom = f" of {refusal.body_name}" if refusal.body_name else ""
            return Wording(
                f"{words.capital(refusal.report_key)} asks for no published response{of_whom}.",
                "Nothing was recorded. A coordinator can have a report ask for it.",
                usage="/recs published",
            )
        case PublishedAtWrongTime():
            return Wording(
                f"{words.day(refusal.on)} cannot be the day, so nothing was recorded.",
                f"The report was published on {words.day(refusal.published_on)}; the day must not lie before,"
                " and what was done is not still to come.",
            )
        case NoAddress():
            if refusal.step is Step.COPIED:
                return Wording("Say after a colon to whom it was copied; nothing was recorded yet.")
            return Wording(
                "That is no whole address, so nothing was recorded.", "It begins with https:// or http://."
            )
        case _:
            assert_never(refusal)
