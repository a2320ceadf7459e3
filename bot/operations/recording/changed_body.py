"""A body that changes: its row, and the update that says what changed of it."""

from collections.abc import Sequence

from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.update import Change, Draft
from bot.domain.values import replace
from bot.operations.request.writing import HistoryLedger
from storage import contents, succession


def save_changed(ledger: HistoryLedger, body: PolicingBody, draft: Draft, changes: Sequence[Change]) -> None:
    """Write a body as it is to be, and record what changed, with what the register now holds of it."""
    succession.save_body(ledger.connection, body)
    contents_now = contents.change(ledger.connection, contents.BODY, body.code)
    ledger.append(replace(draft, body_code=body.code, changes=(*changes, *contents_now)))
