"""What the register shows, made anew from its history: addressees, roles, reminders asked not to come, what
is followed, and the digests of what reports, recommendations and bodies hold.

It goes by what updates say, and by nothing that stands beside them, so that the two can be compared."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import assert_never

from msgspec import Struct

from bot.domain.register.addressee import Addressee, AddresseeKey
from bot.domain.register.content import contents
from bot.domain.register.correcting import ADDRESSED_TO, NO_LONGER_ADDRESSED_TO
from bot.domain.register.following import Follow, follows_in
from bot.domain.register.letter_frame import FrameKey, FrameVersion, saved_in
from bot.domain.register.marks import Mark, marks_of
from bot.domain.register.people import ContactKind, PersonKey, Role
from bot.domain.register.reminder_settings import ReminderSetting, settings_in
from bot.domain.register.transition import EFFECTS, Effect, Value, apply
from bot.domain.register.update import DECISIONS, Draft, Update, UpdateKind, changes_names
from bot.domain.values import replace


class RoleKey(Struct, frozen=True):
    """Whose role it is, which, and for which body: '' for a coordinator."""

    who: PersonKey
    role: Role
    body_code: str


class HeldRole(Struct, frozen=True):
    """A role since a UTC instant."""

    since: datetime
    kind: ContactKind


@dataclass
class Replay:
    """Everything shown, after the updates taken so far, which come in order of seq."""

    addressees: dict[AddresseeKey, Addressee] = field(default_factory=dict)
    roles: dict[RoleKey, HeldRole] = field(default_factory=dict)
    settings: dict[ReminderSetting, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    passed_on: set[AddresseeKey] = field(default_factory=set)
    frames: dict[FrameKey, FrameVersion] = field(default_factory=dict)
    # By which update each is followed.
    follows: dict[Follow, int] = field(default_factory=dict)
    names_seq: int = 0
    # Those whose deadline for action is no more the one that the recommendation states.
    _due_on_moved: set[AddresseeKey] = field(default_factory=set)
    # The updates with evidence that stand, and the requests for more time that wait, by their numbers.
    _evidence: dict[AddresseeKey, set[int]] = field(default_factory=dict)
    _requests: dict[AddresseeKey, set[int]] = field(default_factory=dict)
    # By response or progress, the one that stood before it and stands again if it is taken back.
    _previous: dict[int, int | None] = field(default_factory=dict)

    def take(self, update: Update) -> None:
        """Take the next update into account. Raises ValueError for a value that no recbot writes."""
        draft = update.draft
        if changes_names(draft):
            self.names_seq = update.seq
        self.contents |= contents(draft.changes)
        self._take_settings(settings_in(draft.changes))
        self._take_marks(update)
        for frame_key, version in saved_in(draft.changes):
            self.frames[frame_key] = FrameVersion(update.seq, version)
        self._take_follows(update.seq, follows_in(draft.changes))
        effect = EFFECTS[draft.kind]
        match effect:
            case Effect.RECORDED:
                self._take_recorded(update)
            case Effect.SHOWN:
                if (key := draft.addressee_key) in self.addressees:
                    self.addressees[key] = apply(self.addressees[key], update)
            case Effect.ADDRESSED:
                self._take_addressed(draft)
            case Effect.CORRECTED:
                self._take_correction(update)
            case Effect.ENDED:
                self._take_for_all(update)
            case Effect.ROLES:
                self._take_role(update)
            case Effect.NONE:
                pass
            case _:
                assert_never(effect)

    def stands(self, key: AddresseeKey, respond_by: date | None, due_on: date | None) -> Addressee:
        """Return an addressee with the deadlines that its recommendation states, London dates; that for
        action holds until it is moved."""
        addressee = self.addressees[key]
        if key in self._due_on_moved:
            due_on = addressee.due_on
        return replace(addressee, respond_by=respond_by, due_on=due_on)

    def marks(self, addressee: Addressee, stated_due_on: date | None) -> frozenset[Mark]:
        """Return the marks of an addressee as it stands, where its recommendation states a London date."""
        return marks_of(
            addressee,
            stated_due_on,
            has_evidence=bool(self._evidence.get(addressee.key)),
            asks_for_time=bool(self._requests.get(addressee.key)),
        )

    def _take_marks(self, update: Update) -> None:
        draft = update.draft
        key, about = draft.addressee_key, draft.about_seq or 0
        if draft.kind is UpdateKind.UNDO:
            self._evidence.get(key, set()).discard(about)
        if draft.kind is UpdateKind.UNDO or draft.kind in DECISIONS:
            self._requests.get(key, set()).discard(about)
        if draft.evidence_url:
            self._evidence.setdefault(key, set()).add(update.seq)
        if draft.kind is UpdateKind.EXTENSION_ASKED:
            self._requests.setdefault(key, set()).add(update.seq)

    def _take_recorded(self, update: Update) -> None:
        draft = update.draft
        if draft.body_code is None or draft.recommendation_id is None:
            # It takes back what was reported of somebody who is no body, or of a published response.
            return
        key = draft.addressee_key
        before = self.addressees.get(key) or Addressee(*key, body_name="")
        if draft.kind is UpdateKind.RESPONSE:
            self._previous[update.seq] = before.response_seq
        if draft.kind is UpdateKind.PROGRESS:
            self._previous[update.seq] = before.progress_seq
        after = apply(before, update, self._previous.get(draft.about_seq or 0))
        self.addressees[key] = after
        if any(change.what == Value.DUE_ON for change in draft.changes):
            self._due_on_moved.add(key)
        if draft.kind is UpdateKind.PASSED_ON:
            (self.passed_on.discard if after.live else self.passed_on.add)(key)

    def _take_addressed(self, draft: Draft) -> None:
        for change in draft.changes:
            if change.what.startswith(ADDRESSED_TO):
                named_id = change.what.removeprefix(ADDRESSED_TO).strip()
                recommendation_id = named_id or draft.recommendation_id or ""
                for body_code in change.now.split():
                    blank = Addressee(recommendation_id, body_code, body_name="")
                    self.addressees.setdefault((recommendation_id, body_code), blank)

    def _take_correction(self, update: Update) -> None:
        self._take_addressed(update.draft)
        for change in update.draft.changes:
            if change.what == NO_LONGER_ADDRESSED_TO:
                for body_code in change.was.split():
                    self.addressees.pop((update.draft.recommendation_id or "", body_code), None)
        self._take_for_all(update)

    def _take_for_all(self, update: Update) -> None:
        """Apply an update to all addressees of its recommendation."""
        for key, addressee in self.addressees.items():
            if addressee.recommendation_id == update.draft.recommendation_id:
                self.addressees[key] = apply(addressee, update)

    def _take_role(self, update: Update) -> None:
        kind = ContactKind.MAIN
        for change in update.draft.changes:
            if change.what == "contact kind":
                kind = ContactKind(change.now)
        for change in update.draft.changes:
            if change.what in list(Role):
                key = RoleKey(
                    PersonKey.read(change.now or change.was), Role(change.what), update.draft.body_code or ""
                )
                earlier_role = self.roles.pop(key, None)
                if change.now:
                    self.roles[key] = HeldRole(
                        earlier_role.since if earlier_role else update.recorded_at, kind
                    )
                else:
                    # Granted again, somebody is reminded again.
                    self.settings.pop(ReminderSetting(key.who, key.body_code), None)

    def _take_settings(self, changed: dict[ReminderSetting, str]) -> None:
        for setting, now in changed.items():
            self.settings.pop(setting, None)
            if now:
                self.settings[setting] = now

    def _take_follows(self, seq: int, changed: dict[Follow, bool]) -> None:
        for follow, is_followed in changed.items():
            self.follows.pop(follow, None)
            if is_followed:
                self.follows[follow] = seq
