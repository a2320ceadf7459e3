"""What a contact asked not to be reminded of, as the history keeps it."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from bot.domain.register.people import PersonKey
from bot.domain.register.update import Change

PAUSED = "paused"
_SETTING = "reminders of "


class ReminderSetting(Struct, frozen=True):
    """Whose reminders, for which body, and about which recommendation: '' for everything the body owes."""

    who: PersonKey
    body_code: str
    recommendation_id: str = ""

    def change(self, until: date | None, *, paused: bool = True) -> Change:
        """Return the change by which an update says that none come before a London date, or while `paused`
        without one; else that they come again."""
        now = until.isoformat() if until else PAUSED if paused else ""
        key = (self.who.team_id, self.who.user_id, self.body_code, self.recommendation_id)
        return Change(f"{_SETTING}{'/'.join(key)}", "", now)


def settings_in(changes: Sequence[Change]) -> dict[ReminderSetting, str]:
    """Read what the changes of an update say: the London date until which, `PAUSED`, or '' for none."""
    return {
        _setting(change.what.removeprefix(_SETTING)): change.now
        for change in changes
        if change.what.startswith(_SETTING)
    }


def _setting(key: str) -> ReminderSetting:
    """Read whose reminders of what a key names. Raises ValueError for what is no such key."""
    team_id, user_id, body_code, recommendation_id = key.split("/")
    return ReminderSetting(PersonKey(team_id, user_id), body_code, recommendation_id)
