"""Approval: the message that asks for it, what whoever decides is told, and what whoever recorded is."""

from collections.abc import Sequence
from typing import Any

from bot.domain.messages.approvals import ApprovalRequest
from bot.domain.messages.delivery import Payload
from bot.domain.register.approval import ApprovalDecision, ApprovalState, ForApproval
from bot.domain.register.guard import MayIdentify
from bot.rendering import words
from bot.rendering.blocks.questions.lists import titles
from bot.rendering.blocks.questions.updates import what_changed
from bot.rendering.blocks.recording.text_form import reason_form
from bot.rendering.delivered import delivered
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Block, Screen, actions, as_written, button, screen, small

APPROVE = "approve"
SEND_BACK = "send-back"
SEND_BACK_FORM = reason_form("Send back", "Send back", SEND_BACK)
# Free text in a message: what is longer is read in the register.
_LONGEST = 1500


def request_message(request: ApprovalRequest, key: str) -> Payload:
    """Word the message that each approver gets, with **Approve** and **Send back**."""
    first = request.items[0]
    texts = dict.fromkeys(
        recording.update.draft.text for recording in request.items if recording.update.draft.text
    )
    return delivered(
        screen(
            f"For your approval, {first.body_name}: {recordings(request.items)}.",
            *(as_written(text, "“", "”", limit=_LONGEST) for text in texts),
            small(
                f"Recorded by {inert(first.update.author_name)}, {words.moment(first.update.recorded_at)}."
                " The first approver to decide settles it."
            ),
            actions(*decision_buttons(request.items)),
        ),
        key,
    )


def recordings(waiting: Sequence[ForApproval]) -> str:
    """Say what was recorded: stalking 15 and 16 accepted; stalking 25 complete."""
    alike: dict[str, list[ForApproval]] = {}
    for recording in waiting:
        alike.setdefault(what_changed(recording.update), []).append(recording)
    return "; ".join(
        f"{titles(recording.recommendation for recording in alike_items)} {change}"
        for change, alike_items in alike.items()
    )


def decision_buttons(waiting: Sequence[ForApproval]) -> list[Block]:
    """Return the buttons that decide what was recorded together."""
    seqs = [str(recording.update.seq) for recording in waiting]
    about = f"{recordings(waiting)}, {waiting[0].body_name}"
    return [
        button("Approve", f"{APPROVE}:{seqs[0]}", " ".join(seqs), f"Approve {about}"),
        button("Send back", f"{SEND_BACK}:{seqs[0]}", " ".join(seqs), f"Send back {about}"),
    ]


def decided(decision: ApprovalDecision) -> Screen:
    """Show the receipt to whoever decided."""
    return screen(_what_was_decided(decision), _reason(decision), small(_by(decision)))


def decision_message(decision: ApprovalDecision, key: str) -> Payload:
    """Word the message that whoever recorded it gets."""
    first = decision.items[0]
    about = f"{inert(first.recommendation.title)} {inert(first.body_name)}"
    put_right = (
        f" Record it as it should be: `/recs update {about}`"
        if decision.approval.state is ApprovalState.SENT_BACK
        else ""
    )
    return delivered(
        screen(_what_was_decided(decision), _reason(decision), small(f"{_by(decision)}{put_right}")), key
    )


def send_back_form(
    waiting: Sequence[ForApproval], metadata: str, reason: str = "", may_identify: MayIdentify | None = None
) -> dict[str, Any]:
    """Ask why; a second time when something was found in the answer."""
    return SEND_BACK_FORM.asking(
        [f"{waiting[0].body_name}: {recordings(waiting)}."],
        metadata,
        may_identify,
        text=reason,
        hint=f"{waiting[0].update.author_name} is told it.",
    )


def _what_was_decided(decision: ApprovalDecision) -> str:
    verb = "Approved" if decision.approval.state is ApprovalState.APPROVED else "Sent back"
    return f"{verb} for {decision.body_name}: {recordings(decision.items)}."


def _reason(decision: ApprovalDecision) -> Block | None:
    reason = decision.approval.reason
    return as_written(reason, "“", "”", limit=_LONGEST) if reason else None


def _by(decision: ApprovalDecision) -> str:
    approval = decision.approval
    moment = f", {words.moment(approval.decided_at)}" if approval.decided_at else ""
    already = " It was decided already; nothing was changed." if decision.again else ""
    return f"By {inert(approval.by)}{moment}.{already}"
