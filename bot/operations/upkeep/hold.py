"""Placing a hold and lifting it, by whoever has the database."""

from datetime import datetime

from bot.domain.calendar import london_date
from bot.domain.free_text import checked
from bot.domain.questions.names import Body
from bot.domain.refusals.taking_back import NoSuchHold
from bot.domain.register.hold import Hold
from bot.domain.register.update import Draft, UpdateKind, Via
from bot.operations.request.writing import HistoryLedger
from storage import holds
from storage.store import Store


def place(store: Store, instant: datetime, body: Body | None, reason: str) -> Hold:
    """Hold the words of a body (None: of all) from a UTC instant on. Raises TextTooLong, Busy."""
    with store.begin() as connection:
        ledger = HistoryLedger(connection, instant)
        draft = Draft(
            UpdateKind.HOLD_PLACED,
            london_date(instant),
            Via.COMMAND_LINE,
            body_code=body.code if body else None,
            text=checked(reason, "reason"),
        )
        update = ledger.append(draft)
        return Hold(update.seq, draft.body_code, draft.stands_from, draft.text)


def lift(store: Store, instant: datetime, seq: int) -> Hold:
    """Lift the hold that an update placed, at a UTC instant. Raises NoSuchHold, Busy."""
    with store.begin() as connection:
        ledger = HistoryLedger(connection, instant)
        lifted = next((hold for hold in holds.standing(connection) if hold.seq == seq), None)
        if lifted is None:
            raise NoSuchHold(seq)
        ledger.append(
            Draft(
                UpdateKind.HOLD_LIFTED,
                london_date(instant),
                Via.COMMAND_LINE,
                body_code=lifted.body_code,
                about_seq=seq,
            )
        )
        return lifted


def standing(store: Store) -> tuple[Hold, ...]:
    """Return the holds that stand, the oldest first. Raises Busy."""
    with store.reading() as connection:
        return holds.standing(connection)
