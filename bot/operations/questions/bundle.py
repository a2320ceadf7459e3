"""Everything of a body, or of the register, for a successor, a disclosure request or an archive."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from bot.domain.calendar import london_date
from bot.domain.questions.account import Form
from bot.domain.questions.bundle import Bundle, BundleScope
from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.questions.names import Body
from bot.operations.questions.export import account_of
from storage import account as accounts
from storage import bodies, people
from storage import bundle as storage
from storage.chain import head
from storage.database import Connection
from storage.store import Store


@contextmanager
def opened(
    store: Store, instant: datetime, body: Body | None, since: date | None = None, until: date | None = None
) -> Iterator[Bundle]:
    """Open the bundle of a body (None: of the register) at a UTC instant, with what was recorded on London
    days from `since` to `until`, both included. Raises Busy."""
    internal = Export(body=body, form=Form.INTERNAL)
    with store.reading() as connection:
        scope = _scope(connection, body, since, until)
        through_seq, history_hash = head(connection)
        yield Bundle(
            body=body,
            scope=scope,
            day=london_date(instant),
            through_seq=through_seq,
            history_hash=history_hash,
            body_names={known.code: known.short_name for known in bodies.everyone(connection)},
            people_names=people.display_names(connection),
            updates=storage.each_update(connection),
            tables=iter(()) if scope.has_period else storage.each_table(connection, scope),
            account=None if scope.has_period else lambda: account_of(connection, instant, internal),
        )


def _scope(connection: Connection, body: Body | None, since: date | None, until: date | None) -> BundleScope:
    if body is None:
        return BundleScope(since=since, until=until)
    addressed = frozenset(accounts.ids_of_body(connection, body.code))
    return BundleScope(body.code, addressed, since, until)
