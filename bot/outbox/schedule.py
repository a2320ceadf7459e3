"""One round of the schedule: what is due is noted, and one thing is done that goes over the network."""

import os
import socket
from datetime import datetime
from typing import assert_never

from msgspec import Struct

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.following import coming_slot
from bot.domain.messages.reminders import seconds_until_time
from bot.domain.messages.slots import next_slot
from bot.operations.messages import approvals, claiming, endings, following, newcomers, reminders
from bot.operations.messages import digest as digests
from bot.operations.messages.claiming import Claimed
from bot.operations.messages.doubt import Notices
from bot.operations.recording import body_facts
from bot.operations.recording.pass_on import pass_on
from bot.operations.request.native_charts import NativeCharts
from bot.operations.request.schedule_plan import SchedulePlan
from bot.outbox.channel_history import History
from bot.outbox.dispatcher import Dispatcher
from bot.outbox.poster import Poster
from bot.outbox.stored_ledger import StoredLedger
from bot.outbox.upkeep import Upkeep
from bot.runtime.clock import Clock
from storage.store import Store

# In seconds, where nothing is due before.
LONGEST_WAIT = 30.0


class Wording(Struct, frozen=True):
    """What renders the messages that come by themselves."""

    digest: digests.Render
    reminder: reminders.Render
    leaver: reminders.RenderLeaver  # tells coordinators of a contact who has left Slack
    welcome: newcomers.RenderWelcome  # welcomes a new contact
    announcement: newcomers.RenderAnnouncement  # tells contacts of a new report
    followed: following.Render  # tells what changed of what somebody follows
    approval: approvals.RenderRequest  # asks an approver
    ending: endings.RenderEnding  # tells contacts that a body ends
    notices: Notices  # tells coordinators of messages that may not have arrived


class Schedule:
    """Notes what is due and works on it, beside other processes with the same store."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        plan: SchedulePlan,
        wording: Wording,
        poster: Poster,
        history: History,
        upkeep: Upkeep,
        charts: NativeCharts | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._plan = plan
        self._wording = wording
        self._upkeep = upkeep
        self._reminders = reminders.Planned()
        # Tells in the store which process claimed a delivery.
        self._owner = f"{socket.gethostname()}:{os.getpid()}"
        # The UTC instant of recbot's clock up to which all has gone that may go; None before that is so.
        self.caught_up_at: datetime | None = None
        self._dispatcher = Dispatcher(
            StoredLedger(store, clock, wording.notices),
            poster,
            history,
            self._claim,
            clock,
            channel_now=plan.channel_now,
            charts=charts,
        )

    def tick(self) -> float:
        """Do at most one thing. Return in how many seconds it is worth looking again, 0 for at once.

        Raises Busy while the database is away: nothing is sent then. Raises OutcomeUnknown."""
        now = self._clock.now()
        self._dispatcher.begin()
        digests.record_start(self._store, now)
        body_facts.take_effect(self._store, now)
        pass_on(self._store, now)
        digests.note_due(self._store, self._plan, now)
        reminders.note_due(self._store, self._plan.reminder_rule, now, self._reminders)
        newcomers.note_due(self._store, now)
        following.note_due(self._store, self._plan, now)
        reminders.note_leavers(self._store, now, self._wording.leaver)
        endings.note_due(self._store, now, self._wording.ending)
        pause = min(self._dispatcher.step(), *self._waits(now))
        if self._dispatcher.has_sent_all:
            self.caught_up_at = now
        return 0 if pause > 0 and self._upkeep.step() else pause

    @property
    def is_at_rest(self) -> bool:
        """Whether, as of the last round, the outcome of all that was sent is known."""
        return self._dispatcher.is_at_rest

    def _claim(self, delivery: Delivery) -> Claimed | None:
        """Claim a delivery; what depends on what stands now is rendered in the same commit."""
        store, owner, clock = self._store, self._owner, self._clock
        match delivery.kind:
            case DeliveryKind.REMINDER:
                rule = self._plan.reminder_rule
                return reminders.claim(store, delivery, rule, self._wording.reminder, owner, clock)
            case DeliveryKind.WELCOME:
                return newcomers.claim_welcome(store, delivery, self._wording.welcome, owner, clock)
            case DeliveryKind.ANNOUNCEMENT:
                return newcomers.claim_announcement(store, delivery, self._wording.announcement, owner, clock)
            case DeliveryKind.FOLLOWED | DeliveryKind.FOLLOWED_IN_CHANNEL:
                return following.claim(store, delivery, self._wording.followed, owner, clock)
            case DeliveryKind.APPROVAL:
                return approvals.claim(store, delivery, self._wording.approval, owner, clock)
            case (
                DeliveryKind.DIGEST
                | DeliveryKind.DIGEST_PART
                | DeliveryKind.DIRECT_MESSAGE
                | DeliveryKind.SHARED
            ):
                if delivery.payload is not None:
                    return claiming.claim(store, delivery, owner, clock)
                return digests.claim(store, delivery, self._plan, self._wording.digest, owner, clock)
        assert_never(delivery.kind)

    def _waits(self, now: datetime) -> list[float]:
        """Return the seconds until the calendar asks for something."""
        waits = [LONGEST_WAIT]
        if self._plan.channel is not None and (slot := next_slot(self._plan.rule, now)):
            waits.append(max(0.0, (slot.instant - now).total_seconds()))
        if coming := coming_slot(self._plan.rule, now):
            waits.append(max(0.0, (coming.instant - now).total_seconds()))
        if (until_reminders := seconds_until_time(self._plan.reminder_rule, now)) is not None:
            waits.append(max(0.0, until_reminders))
        return waits
