"""Home: the tab in which the app shows each person what concerns them."""

import copy
from dataclasses import dataclass, field

from bot.standin.entries import Entries
from bot.standin.messages import Readable
from bot.standin.surfaces import View


@dataclass(frozen=True)
class HomeView(Readable):
    """Somebody's Home as it stood when it was looked at, with what was chosen in it. It has no `text`."""

    user_id: str
    id: str
    hash: str
    entries: Entries = field(default_factory=dict, repr=False)


def as_seen(view: View) -> HomeView:
    return HomeView(
        text="",
        blocks=view.blocks,
        user_id=view.user_id,
        id=view.id,
        hash=view.hash,
        entries=copy.deepcopy(view.entries),
    )
