"""Why nothing was approved or sent back."""

from typing import assert_never

from bot.domain.refusals.approval import ApprovalOutdated, NothingToApprove, OwnRecording
from bot.rendering.blocks.refusals.wording import RefusalContext, Wording

ApprovalRefusal = NothingToApprove | ApprovalOutdated | OwnRecording


def wording(refusal: ApprovalRefusal, context: RefusalContext) -> Wording:
    match refusal:
        case NothingToApprove():
            return Wording(
                "Nothing waits for approval here.", "It was decided, or taken back, or nobody asked for it."
            )
        case ApprovalOutdated():
            return Wording(
                f"Nothing was decided: {refusal.recommendation} has changed for {refusal.body_name} since.",
                f"See /recs {refusal.recommendation} {refusal.body_name} for what stands now.",
            )
        case OwnRecording():
            return Wording(
                f"You recorded {refusal.recommendation} for {refusal.body_name} yourself,"
                " so somebody else has to approve it.",
                f"Another approver of {refusal.body_name} can, or {context.who}.",
            )
        case _:
            assert_never(refusal)
