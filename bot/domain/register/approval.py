"""A second person's yes: a body can have what its officers record as its answer, or as complete, approved.

What needs it is approved as it was recorded: an approval names one update, and whatever is recorded later
needs another."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.register.addressee import Addressee
from bot.domain.register.people import PersonKey
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import ON_APPROVAL, Update, UpdateKind


class ApprovalState(StrEnum):
    """How far the approval of a recording is."""

    ASKED = "for approval"
    APPROVED = "approved"
    SENT_BACK = "sent back"


class Approval(Struct, frozen=True):
    """Of one recording. `by` is the display name of whoever decided, `decided_at` a UTC instant, and `reason`
    why it was sent back."""

    state: ApprovalState
    by: str = ""
    decided_at: datetime | None = None
    reason: str = ""

    @property
    def is_given(self) -> bool:
        return self.state is ApprovalState.APPROVED


class Approvals(Struct, frozen=True):
    """How far approval is with one addressee; None where its body does not want any of what stands."""

    answer: Approval | None = None
    completion: Approval | None = None

    @property
    def is_given(self) -> bool:
        """Whether all that needs approval is approved."""
        states = self._states()
        return bool(states) and states == {ApprovalState.APPROVED}

    @property
    def is_missing(self) -> bool:
        """Whether any of it waits for approval, or was sent back."""
        return bool(self._states() - {ApprovalState.APPROVED})

    @classmethod
    def of(cls, addressee: Addressee, by_seq: Mapping[int, Approval]) -> "Approvals":
        """Choose what an addressee stands by, from approvals by the numbers of the recordings."""
        answer, completion = needing_approval(addressee)
        return cls(by_seq.get(answer or 0), by_seq.get(completion or 0))

    def _states(self) -> set[ApprovalState]:
        return {approval.state for approval in (self.answer, self.completion) if approval}


NO_APPROVALS = Approvals()


def approvals_by_seq(updates: Iterable[Update]) -> dict[int, Approval]:
    """Return how far the approval of recordings is, by their numbers, from updates in their order."""
    return {
        update.draft.about_seq: approval_of(update)
        for update in updates
        if update.draft.kind in ON_APPROVAL and update.draft.about_seq
    }


def approval_of(update: Update) -> Approval:
    """Return what an update that asks for approval, or decides on it, makes of it."""
    if update.draft.kind is UpdateKind.APPROVAL_ASKED:
        return Approval(ApprovalState.ASKED)
    approved = update.draft.kind is UpdateKind.APPROVED
    state = ApprovalState.APPROVED if approved else ApprovalState.SENT_BACK
    return Approval(state, update.author_name, update.recorded_at, update.draft.text)


def not_approved(updates: Iterable[Update]) -> frozenset[int]:
    """Return the numbers of the recordings that need approval and have none, from updates in their order."""
    by_seq = approvals_by_seq(updates)
    return frozenset(seq for seq, approval in by_seq.items() if approval.state is not ApprovalState.APPROVED)


def needs_approval(kind: UpdateKind, after: Addressee) -> bool:
    """Whether a recording needs a second person's yes, where the body wants that: an answer does, and the
    body's word that it is complete. `after` is what the recording makes of the addressee."""
    return kind is UpdateKind.RESPONSE or (kind is UpdateKind.PROGRESS and after.stage.is_done)


def needing_approval(addressee: Addressee) -> tuple[int | None, int | None]:
    """Return the numbers of the updates by which the answer and the completion stand: they are what needs
    approval. None for what there is not. `storage/approvals.py` says the same in SQL."""
    return addressee.response_seq, addressee.progress_seq if addressee.stage.is_done else None


def stands(seq: int, addressee: Addressee) -> bool:
    """Whether the answer or the completion still stands by the update with this number."""
    return seq in needing_approval(addressee)


class ForApproval(Struct, frozen=True):
    """What was recorded, by update `update`, and needs approval."""

    update: Update
    recommendation: Recommendation
    body_code: str
    body_name: str

    @property
    def recorded_by(self) -> PersonKey | None:
        return self.update.draft.by


class ApprovalDecision(Struct, frozen=True):
    """What somebody decided on recordings for one body; `again` where somebody had decided before."""

    items: tuple[ForApproval, ...]
    approval: Approval
    again: bool = False

    @property
    def body_name(self) -> str:
        return self.items[0].body_name


def asked_together(recordings: Iterable[ForApproval]) -> dict[str, list[ForApproval]]:
    """Return what waits by the request that it was recorded with: one press decides it together."""
    together: dict[str, list[ForApproval]] = {}
    for recording in recordings:
        request = recording.update.draft.request
        together.setdefault(request.key if request else str(recording.update.seq), []).append(recording)
    return together
