"""Publishing the register: read, written as a site, and put in the place of the one before."""

from datetime import datetime
from pathlib import Path

from bot.operations.publishing import publication
from bot.rendering.site import site
from storage import published_folder
from storage.store import Store


def publish(store: Store, now: datetime, directory: Path, *, approved_only: bool = False) -> bool:
    """Publish the register as it stands at a UTC instant. Return whether the site has changed.

    Raises NotOurs, OSError, Busy."""
    with publication.opened(store, now, approved_only=approved_only) as published:
        return published_folder.replace_whole(directory, lambda folder: site.write(published, folder))
