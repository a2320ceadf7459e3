"""What names mean: bodies, regions and reports, and all that they go by."""

import threading
import time
from collections.abc import Collection, Iterable

from bot.domain.questions.names import Body, Names, ReportName
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Report
from storage import bodies, chain, recommendations
from storage.database import Connection
from storage.store import Store

# In seconds. Names change when a report is added, which is seldom, and a second's delay does no harm.
_LOOK_AGAIN_AFTER = 1.0


class NameBook:
    """Keeps what names mean now in memory, and reads it again when the register says that names changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._seq = -1
        self._looked_at = float("-inf")
        self._names = Names.of(())

    def current(self) -> Names:
        if time.monotonic() - self._looked_at > _LOOK_AGAIN_AFTER:
            with self._lock:
                self._look()
        return self._names

    def forget(self) -> None:
        """Read the names again for whoever asks next: they have changed just now."""
        self._looked_at = float("-inf")

    def _look(self) -> None:
        with self._store.reading() as connection:
            seq = chain.names_seq(connection)
            if seq != self._seq:
                self._names = read_names(connection)
                self._seq = seq
        self._looked_at = time.monotonic()


def read_names(connection: Connection) -> Names:
    return names_of(
        bodies.everyone(connection),
        recommendations.all_reports(connection),
        recommendations.themes(connection),
    )


def names_of(
    everyone: Collection[PolicingBody], reports: Iterable[Report], themes: Iterable[str] = ()
) -> Names:
    """Return what these bodies, their regions and these reports go by, with the themes there are."""
    return Names.of(
        [
            (
                Body.of(body),
                (*body.aliases, body.force_name, body.area_name, body.name, body.shown_code),
            )
            for body in everyone
        ],
        regions=sorted({body.region for body in everyone}),
        reports=[ReportName(report.key, report.title) for report in reports],
        themes=themes,
    )
