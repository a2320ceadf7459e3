"""Whether the history is as it was recorded."""

from collections.abc import Iterable

from storage import verify as storage
from storage.database import Database
from storage.verify import Anchor, Broken, Fault, Unbroken

__all__ = ["Anchor", "Broken", "Fault", "Unbroken", "verify"]


def verify(database: Database, anchors: Iterable[Anchor] = ()) -> Unbroken | Broken:
    """The first broken place, or none. Raises Busy."""
    return storage.verify(database, anchors)
