"""Reminders in a round of the schedule: noting whose day it is, and wording them when they are sent."""

from datetime import datetime

from bot.domain.messages.delivery import Delivery
from bot.operations.messages import reminders as operation
from bot.operations.messages.deliveries import Claimed, RealTime
from bot.rendering.blocks.messages import reminder as blocks
from storage.store import Store


def note_due(store: Store, now: datetime) -> None:
    """Also the messages that tell coordinators of contacts who have left Slack."""
    operation.note_due(store, now)
    operation.note_leavers(store, now, blocks.leaver_message)


def claim(store: Store, seen: Delivery, *, owner: str, instant: datetime, real: RealTime) -> Claimed | None:
    """Takes a reminder for sending; None when there is nothing left to say, or another was quicker."""
    return operation.claim(store, seen, blocks.reminder_message, owner=owner, instant=instant, real=real)
