"""What the register shows, made anew from its history: addressees, roles, reminders asked not to come, and
the digests of what reports, recommendations and bodies hold.

It goes by what updates say, and by nothing that stands beside them, so that the two can be compared."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import assert_never

from bot.domain.register.addressee import Addressee, Answer, LatestUpdate, Stage
from bot.domain.register.content import contents
from bot.domain.register.people import ContactKind, PersonKey, Role
from bot.domain.register.reminder_settings import ReminderSetting, settings_in
from bot.domain.register.update import CHANGES_NAMES, Draft, Update, UpdateKind, excerpt

ADDRESSED_TO = "addressed to"
"""What a change is called that says to which bodies a recommendation is addressed, by their codes."""


@dataclass(frozen=True, slots=True)
class RoleKey:
    """Whose role it is, which, and for which body: '' for a coordinator."""

    who: PersonKey
    role: Role
    body_code: str


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role since a UTC instant."""

    since: datetime
    kind: ContactKind


@dataclass(slots=True)
class Standing:
    """An addressee as its updates make it. The recommendation's own `due_on` holds until it is moved."""

    answer: Answer = Answer.AWAITING
    stage: Stage = Stage.NOT_STARTED
    parts_addressed: tuple[str, ...] = ()
    live: bool = True
    has_passed_on: bool = False
    due_on: date | None = None
    due_on_moved: bool = False
    moved_on: date | None = None
    version: int = 0
    face: LatestUpdate | None = None
    responses: list[int] = field(default_factory=list)
    progress: list[int] = field(default_factory=list)

    def addressee(
        self, recommendation_id: str, body_code: str, respond_by: date | None, due_on: date | None
    ) -> Addressee:
        """With the recommendation's own deadlines, London dates; without the body's name."""
        return Addressee(
            recommendation_id=recommendation_id,
            body_code=body_code,
            body_name="",
            live=self.live,
            answer=self.answer,
            stage=self.stage,
            parts_addressed=self.parts_addressed,
            respond_by=respond_by,
            due_on=self.due_on if self.due_on_moved else due_on,
            moved_on=self.moved_on,
            version=self.version,
            response_seq=self.responses[-1] if self.responses else None,
            progress_seq=self.progress[-1] if self.progress else None,
            face=self.face,
        )

    def take(self, update: Update) -> None:
        """An update of the addressee's own. Raises ValueError for a value that no recbot writes."""
        draft = update.draft
        self.version += 1
        for change in draft.changes:
            self._take_change(change.what, change.now)
        match draft.kind:
            case UpdateKind.RESPONSE:
                self.responses.append(update.seq)
            case UpdateKind.PROGRESS:
                self.progress.append(update.seq)
            case UpdateKind.UNDO:
                self.responses = _without(self.responses, draft.about_seq)
                self.progress = _without(self.progress, draft.about_seq)
        self.face = LatestUpdate(
            seq=update.seq,
            kind=draft.kind.value,
            author_team=draft.by.team_id if draft.by else "",
            author_user=draft.by.user_id if draft.by else "",
            recorded_at=update.recorded_at,
            excerpt=excerpt(draft.text),
            quotable=draft.quotable,
        )

    def _take_change(self, what: str, now: str) -> None:
        match what:
            case "answer":
                self.answer = Answer(now)
            case "stage":
                self.stage = Stage(now)
            case "parts addressed":
                self.parts_addressed = tuple(now.split())
            case "due_on":
                self.due_on, self.due_on_moved = _day(now), True
            case "moved_on":
                self.moved_on = _day(now)
            case "passed to":
                self.live, self.has_passed_on = False, True
            case "passed from":
                self.live, self.has_passed_on = True, False


@dataclass
class Replay:
    """Everything shown, after the updates taken so far, which come in order of seq."""

    addressees: dict[tuple[str, str], Standing] = field(default_factory=dict)
    roles: dict[RoleKey, HeldRole] = field(default_factory=dict)
    settings: dict[ReminderSetting, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    names_seq: int = 0

    def take(self, update: Update) -> None:
        """Raises ValueError for a value that no recbot writes."""
        draft = update.draft
        if draft.kind in CHANGES_NAMES:
            self.names_seq = update.seq
        self.contents |= contents(draft.changes)
        self._take_settings(settings_in(draft.changes))
        match draft.kind:
            case (
                UpdateKind.RESPONSE
                | UpdateKind.PROGRESS
                | UpdateKind.NOTE
                | UpdateKind.UNDO
                | UpdateKind.CHECK
                | UpdateKind.REOPEN
                | UpdateKind.EXTENSION_ASKED
                | UpdateKind.EXTENSION_GRANTED
                | UpdateKind.EXTENSION_REFUSED
                | UpdateKind.PASSED_ON
            ):
                self._standing(draft).take(update)
            case UpdateKind.RECOMMENDATION_ADDED | UpdateKind.SEALED:
                self._take_addressed(draft)
            case UpdateKind.RECOMMENDATION_ENDED:
                self._end(draft.recommendation_id or "")
            case UpdateKind.GRANT | UpdateKind.REVOKE:
                self._take_role(update)
            case UpdateKind.QUOTING_ALLOWED | UpdateKind.QUOTING_STOPPED:
                self._take_quotable(draft)
            case UpdateKind.REDACTED:
                self._take_erased(draft)
            case (
                UpdateKind.QUOTING_ASKED
                | UpdateKind.REPORT_ADDED
                | UpdateKind.BODY_ADDED
                | UpdateKind.BODY_CHANGED
                | UpdateKind.REMINDED
                | UpdateKind.STARTED
                | UpdateKind.REMINDERS_CHANGED
            ):
                pass
            case _:
                assert_never(draft.kind)

    def _standing(self, draft: Draft) -> Standing:
        return self.addressees.setdefault((draft.recommendation_id or "", draft.body_code or ""), Standing())

    def _take_addressed(self, draft: Draft) -> None:
        for change in draft.changes:
            if change.what.startswith(ADDRESSED_TO):
                named = change.what.removeprefix(ADDRESSED_TO).strip()
                for body_code in change.now.split():
                    self.addressees.setdefault(
                        (named or draft.recommendation_id or "", body_code), Standing()
                    )

    def _take_role(self, update: Update) -> None:
        kind = ContactKind.MAIN
        for change in update.draft.changes:
            if change.what == "contact kind":
                kind = ContactKind(change.now)
        for change in update.draft.changes:
            if change.what in list(Role):
                key = RoleKey(
                    _person(change.now or change.was), Role(change.what), update.draft.body_code or ""
                )
                held = self.roles.pop(key, None)
                if change.now:
                    self.roles[key] = HeldRole(held.since if held else update.recorded_at, kind)
                else:
                    # Granted again, somebody is reminded again.
                    self.settings.pop(ReminderSetting(key.who, key.body_code), None)

    def _take_settings(self, changed: dict[ReminderSetting, str]) -> None:
        for setting, now in changed.items():
            self.settings.pop(setting, None)
            if now:
                self.settings[setting] = now

    def _take_quotable(self, draft: Draft) -> None:
        """Whether the latest update's words may be quoted from now on."""
        if (standing := self._shows(draft)) and standing.face:
            standing.face = replace(standing.face, quotable=draft.kind is UpdateKind.QUOTING_ALLOWED)

    def _take_erased(self, draft: Draft) -> None:
        """The latest update's words are gone."""
        if (standing := self._shows(draft)) and standing.face:
            standing.face = replace(standing.face, excerpt="")

    def _shows(self, draft: Draft) -> Standing | None:
        """The addressee whose latest update is the one that an update is about."""
        standing = self.addressees.get((draft.recommendation_id or "", draft.body_code or ""))
        return standing if standing and standing.face and standing.face.seq == draft.about_seq else None

    def _end(self, recommendation_id: str) -> None:
        self.ended.add(recommendation_id)
        for (of_recommendation, _), standing in self.addressees.items():
            if of_recommendation == recommendation_id:
                standing.live = False


def _without(seqs: list[int], taken_back: int | None) -> list[int]:
    """The updates that stand again once one of them is taken back."""
    return [seq for seq in seqs if seq < (taken_back or 0)] if taken_back in seqs else seqs


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _person(key: str) -> PersonKey:
    team_id, user_id = key.split("/")
    return PersonKey(team_id, user_id)
