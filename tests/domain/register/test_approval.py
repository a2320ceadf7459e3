"""How far the approval of what stands is, and what needs it."""

import pytest

from bot.domain.register.addressee import Addressee, Stage
from bot.domain.register.approval import Approval, Approvals, ApprovalState, needs_approval
from bot.domain.register.update import UpdateKind
from bot.domain.values import replace
from tests.cast import an_addressee

ASKED, APPROVED = Approval(ApprovalState.ASKED), Approval(ApprovalState.APPROVED)
SENT_BACK = Approval(ApprovalState.SENT_BACK)
# Its answer stands by update 3, and its progress by update 7.
DONE = replace(an_addressee(stage=Stage.COMPLETE), response_seq=3, progress_seq=7)


@pytest.mark.parametrize(
    ("approvals", "is_given", "is_missing"),
    [
        (Approvals(), False, False),
        (Approvals(APPROVED), True, False),
        (Approvals(APPROVED, APPROVED), True, False),
        (Approvals(APPROVED, ASKED), False, True),
        (Approvals(SENT_BACK, APPROVED), False, True),
        (Approvals(ASKED), False, True),
    ],
)
def test_it_is_given_when_all_that_needs_it_is_approved(
    approvals: Approvals, is_given: bool, is_missing: bool
) -> None:
    assert (approvals.is_given, approvals.is_missing) == (is_given, is_missing)


def test_it_is_of_the_updates_by_which_the_addressee_stands() -> None:
    by_seq = {2: SENT_BACK, 3: APPROVED, 7: ASKED}
    assert Approvals.of(DONE, by_seq) == Approvals(APPROVED, ASKED)
    begun_again = replace(DONE, stage=Stage.IN_PROGRESS)
    assert Approvals.of(begun_again, by_seq) == Approvals(APPROVED)


@pytest.mark.parametrize(
    ("kind", "after", "needs"),
    [
        (UpdateKind.RESPONSE, an_addressee(), True),
        (UpdateKind.PROGRESS, DONE, True),
        (UpdateKind.PROGRESS, an_addressee(stage=Stage.BLOCKED), False),
        (UpdateKind.NOTE, DONE, False),
        (UpdateKind.CHECK, DONE, False),
    ],
)
def test_an_answer_and_a_completion_need_it(kind: UpdateKind, after: Addressee, needs: bool) -> None:
    assert needs_approval(kind, after) is needs
