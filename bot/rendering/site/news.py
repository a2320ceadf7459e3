"""The newest updates, as the site's feed tells them."""

from collections.abc import Iterable
from heapq import nlargest
from uuid import NAMESPACE_OID, uuid5

from msgspec import Struct

from bot.domain.questions.account import Entry
from bot.domain.register.update import Update
from bot.rendering.blocks.questions.updates import what_changed

_TOLD = 50


class News(Struct, frozen=True):
    """One update; `id` is the same for good, and differs from those of every other register."""

    id: str
    entry: Entry
    update: Update

    @property
    def what(self) -> str:
        """What it changed, in words."""
        return what_changed(self.update)


class NewsCollection:
    """The newest of all updates that it is shown, whatever their number."""

    def __init__(self, register: str) -> None:
        self._register = register
        self._newest: list[News] = []

    @property
    def feed_id(self) -> str:
        return self._id("feed")

    @property
    def newest(self) -> tuple[News, ...]:
        """The newest first."""
        return tuple(self._newest)

    def take(self, entries: Iterable[Entry]) -> None:
        """Take the updates of entries, each by its body's own entry."""
        news = [
            News(self._id(str(update.seq)), entry, update) for entry in entries for update in entry.updates
        ]
        self._newest = nlargest(_TOLD, [*self._newest, *news], key=lambda news_item: news_item.update.seq)

    def _id(self, name: str) -> str:
        return uuid5(NAMESPACE_OID, f"{self._register}/{name}").urn
