"""Home: the tab in which the app shows each person what concerns them."""

from dataclasses import dataclass

from bot.standin.messages import Readable
from bot.standin.surfaces import View


@dataclass(frozen=True)
class HomeView(Readable):
    """Somebody's Home as it stood when it was looked at. It has no `text`."""

    user_id: str
    id: str
    hash: str


def as_seen(view: View) -> HomeView:
    return HomeView(text="", blocks=view.blocks, user_id=view.user_id, id=view.id, hash=view.hash)
