"""Why a report of somebody else that a recommendation is addressed to was not recorded."""

from typing import assert_never

from bot.domain.register.party import NoOthersAddressed, NotACorrection, ReportedAtWrongTime, WhichParty
from bot.rendering import words
from bot.rendering.blocks.refusals.wording import Wording

PartyRefusal = NoOthersAddressed | WhichParty | NotACorrection | ReportedAtWrongTime


def wording(refusal: PartyRefusal) -> Wording:
    match refusal:
        case NoOthersAddressed():
            return Wording(
                f"{words.capital(refusal.recommendation)} is addressed to bodies alone.",
                "Nothing was recorded. If it is addressed to others too, name them first.",
                usage=f"/recs correct {refusal.recommendation}",
            )
        case WhichParty():
            return Wording(
                f"{words.capital(refusal.recommendation)} is addressed to {words.both(refusal.parties)},"
                f" not to {refusal.name_given}.",
                "Nothing was recorded. Say for which of them it was reported.",
                usage=f"/recs party {refusal.recommendation} {refusal.name_given} reported on 3 Mar 2025"
                f" for {refusal.parties[0]}: what it says",
            )
        case NotACorrection():
            return Wording(
                f"Update {refusal.seq} is no report on {refusal.recommendation}.",
                "Nothing was recorded. The history has the numbers.",
                usage=f"/recs history {refusal.recommendation}",
            )
        case ReportedAtWrongTime():
            return Wording(
                f"Nobody can have reported on {words.day(refusal.on)}, so nothing was recorded.",
                f"The report was published on {words.day(refusal.published_on)}; the day must not lie before,"
                " nor be still to come.",
            )
        case _:
            assert_never(refusal)
