"""The database behind the register: how long to wait, how to begin, and what a failure means.

SQLite is set up as its documentation asks for safe concurrent writers (WAL, `BEGIN IMMEDIATE` for writes,
`synchronous=FULL`); the driver's own transaction modes lose updates or fail at once."""

import builtins
import math
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import URL, Connection, Engine, RootTransaction, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, InvalidatePoolError

from storage import private_files
from storage.commit_groups import CommitGroups
from storage.data_version import DataVersion
from storage.fifo_lock import FifoLock
from storage.time_left import seconds_left
from storage.unavailable import Busy, ConnectionLost, OutcomeUnknown, busy_when_away, reason

# Who works with a store names its connections and its failures by what is here, not by SQLAlchemy.
__all__ = [
    "FOR_LONG_WORK",
    "FOR_REQUESTS",
    "FOR_WORK",
    "Busy",
    "Connection",
    "ConnectionLost",
    "Database",
    "OutcomeUnknown",
    "Timeouts",
]


class Timeouts(Struct, frozen=True):
    """How long to wait, in seconds, and how many connections to keep."""

    lock: float  # for another's transaction to end
    statement: float  # for a statement, on SQLite for a transaction
    pool: float  # for a connection of ours to be free
    connect: float  # for the server to answer
    connections: int  # how many to keep at most
    rest: float = 1.0  # before a connection to PostgreSQL is asked whether it is still there
    together: float = 0.05  # for others to go on in a short transaction before it is committed
    # Whether who only reads a whole register goes on for as long as each statement ends in time: on SQLite
    # the limit is for a statement then, and on PostgreSQL it is also that for the time between two of them.
    reads_at_length: bool = False


# A request must be answered within Slack's 3 seconds; the rest may wait.
FOR_REQUESTS = Timeouts(lock=1.5, statement=2, pool=1, connect=2, connections=32)
FOR_WORK = Timeouts(lock=30, statement=30, pool=30, connect=30, connections=4)
# Whatever goes through a whole register: accounts, imports, copies, a new schema.
FOR_LONG_WORK = Timeouts(lock=30, statement=1800, pool=30, connect=30, connections=2, reads_at_length=True)


_SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
)
# SQLite calls back every so many steps of its virtual machine: often enough to stop a statement in time,
# too seldom to be felt.
_STEPS = 20_000
_PING = text("SELECT 1")
# How SQLite begins a transaction that reads.
_READS = "DEFERRED"
# How long PostgreSQL keeps a transaction, or a session, waiting for locks, and for a statement's end.
_LIMITS = (
    "SELECT set_config('lock_timeout', %(lock)s, %(local)s),"
    " set_config('statement_timeout', %(statement)s, %(local)s)"
)
# A limit is told anew where it is to be shorter by more than this (seconds).
_LITTLE = 0.1
_WAITS_AT_MOST = "waits at most"
_RESTS_SINCE = "rests since"


class Database:
    """One store, with one set of time-outs.

    `begin` writes, `begin_short` writes little and may share its commit, `reading` sees one consistent state,
    and `autocommit_read` reads by one statement, which costs least."""

    def __init__(self, url: str | URL, timeouts: Timeouts = FOR_REQUESTS) -> None:
        self.url = make_url(url)
        self.timeouts = timeouts
        self._writers = FifoLock()
        self._stopwatch = _Stopwatch(timeouts.statement)
        self.engine = (
            _sqlite(self.url, timeouts, self._stopwatch)
            if self.is_sqlite
            else _postgresql(self.url, timeouts)
        )
        # A database in memory is each connection's own.
        self._version = DataVersion(self.engine) if self.file or not self.is_sqlite else None
        self._groups = CommitGroups(
            self._writers,
            partial(self._transaction, may_have_gone=True),
            next_begins=self._stopwatch.start if self.is_sqlite else lambda _: None,
            longest=timeouts.together,
            waits_at_most=timeouts.statement + timeouts.lock,
        )
        self._reader = (
            self.engine.execution_options(sqlite_begin=_READS)
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        )
        self._autocommit_engine = (
            self.engine.execution_options(sqlite_begin=None)
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        )

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The full path of a SQLite database; None for one that is no file, and for PostgreSQL."""
        return _file_of(self.url) if self.is_sqlite else None

    @property
    def is_missing(self) -> bool:
        """Whether it is a SQLite file that is not there, or empty: to connect would make one."""
        return self.file is not None and not (self.file.exists() and self.file.stat().st_size)

    @property
    def writers_waiting(self) -> int:
        """How many threads of this process wait for their turn to write."""
        return len(self._writers)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Begin a transaction that writes. Raises Busy, with nothing saved, or OutcomeUnknown."""
        with self._turn(), self._transaction() as connection:
            yield connection

    @contextmanager
    def begin_short(self) -> Iterator[Connection]:
        """Begin a transaction that writes little: those of this process that wait for one another are
        committed together. What is read may be what another has written just before, and all of it is
        committed when this ends, or nothing. Raises Busy, with nothing saved, ConnectionLost also where the
        connection was lost since it was last used, or OutcomeUnknown."""
        try:
            self._writers.take(self._seconds_for_the_turn, joins=True)
        except builtins.TimeoutError:
            raise Busy("locked") from None
        with self._groups.member() as connection:
            yield connection

    @property
    def _seconds_for_the_turn(self) -> float:
        # Another process's writer may have to be waited for after that.
        return min(self.timeouts.lock / 2, seconds_left())

    @contextmanager
    def _transaction(self, *, may_have_gone: bool = False) -> Iterator[Connection]:
        """Begin, and commit or take back at the end. With `may_have_gone` a connection that PostgreSQL has
        closed is only found out by the first statement, which costs no round trip."""
        with _connection(self.engine) as connection:
            with busy_when_away():
                transaction = self._begun(connection, may_have_gone)
            try:
                with busy_when_away():
                    yield connection
            except BaseException:
                transaction.rollback()
                raise
            try:
                transaction.commit()
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise OutcomeUnknown from None
                # SQLite leaves the transaction open, and SQLAlchemy takes it for ended.
                connection.invalidate()
                raise Busy(reason(error.orig)) from None

    def _begun(self, connection: Connection, may_have_gone: bool) -> RootTransaction:
        """Begin on a connection that still stands, unless it `may_have_gone`; where PostgreSQL has closed it,
        begin on a new one, so that the writer need not come again."""
        if self.is_sqlite:
            with _waiting_for_writers(connection, self.timeouts.lock):
                return connection.begin()
        transaction = connection.begin()
        if may_have_gone:
            return transaction
        try:
            connection.execute(_PING)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            transaction.rollback()
            transaction = connection.begin()
        return transaction

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a transaction that reads one snapshot. Raises Busy."""
        with _connection(self._reader) as connection, busy_when_away(), connection.begin():
            if self.timeouts.reads_at_length and not self.is_sqlite:
                limit = int(self.timeouts.statement * 1000)
                connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = {limit}")
            yield connection

    @contextmanager
    def autocommit_read(self) -> Iterator[Connection]:
        """Give a connection to read by one statement, which is a snapshot of its own. Raises Busy."""
        with _connection(self._autocommit_engine) as connection, busy_when_away():
            try:
                yield connection
            finally:
                if not (self.is_sqlite or connection.invalidated):
                    _wait_as_usual(connection, self.timeouts)

    def data_version(self) -> int | str | None:
        """Return what stays the same for as long as nobody commits anything; None where the database does not
        tell it."""
        return self._version.read() if self._version else None

    def close(self) -> None:
        """Close every connection."""
        if self._version:
            self._version.close()
        self.engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for the turn to write to SQLite, where only one can; PostgreSQL keeps its own order. Raises
        Busy."""
        if not self.is_sqlite:
            yield
            return
        with ExitStack() as turn:
            try:
                turn.enter_context(self._writers.turn(self._seconds_for_the_turn))
            except builtins.TimeoutError:
                raise Busy("locked") from None
            yield


@contextmanager
def _connection(engine: Engine) -> Iterator[Connection]:
    with busy_when_away():
        connection = engine.connect()
    try:
        yield connection
    finally:
        connection.close()


def _file_of(url: URL) -> Path | None:
    name = url.database or ""
    return None if not name or name == ":memory:" or name.startswith("file:") else Path(name).absolute()


def _sqlite(url: URL, timeouts: Timeouts, stopwatch: "_Stopwatch") -> Engine:
    file = _file_of(url)
    if file is not None:
        private_files.narrow_register(file)
    engine = create_engine(
        url,
        connect_args={"timeout": timeouts.lock},
        hide_parameters=True,
        pool_size=timeouts.connections,
        max_overflow=0,
        pool_timeout=timeouts.pool,
    )
    _prepare_connections(engine, file, stopwatch)
    _begin_in_time(engine, stopwatch, each_read=timeouts.reads_at_length)
    return engine


def _prepare_connections(engine: Engine, file: Path | None, stopwatch: "_Stopwatch") -> None:
    """Have each new connection to SQLite set up, and its file private."""

    @event.listens_for(engine, "do_connect")
    def make_private(*_arguments: Any) -> None:
        """Make the file private: SQLite makes its logs with the rights of the database, and the database with
        those of the umask."""
        if file is not None:
            with suppress(OSError):
                private_files.create(file)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in _SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
        connection.set_progress_handler(stopwatch.for_connection(connection), _STEPS)


def _begin_in_time(engine: Engine, stopwatch: "_Stopwatch", *, each_read: bool) -> None:
    """Begin transactions of SQLite as they are asked for, each with the time that is left; with `each_read`
    each statement of a read has it anew."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
        stopwatch.pause(connection)
        if mode:
            connection.exec_driver_sql(f"BEGIN {mode}")
        # Who writes may share a commit, and is not cut short on account of one who came late.
        stopwatch.start(connection, math.inf if mode == "IMMEDIATE" else seconds_left())

    if each_read:

        @event.listens_for(engine, "before_cursor_execute")
        def begin_statement(connection: Connection, *_statement: Any) -> None:
            if connection.get_execution_options().get("sqlite_begin") == _READS:
                stopwatch.start(connection, seconds_left())

    # What is decided is carried out: a commit is not cut short.
    event.listen(engine, "commit", stopwatch.pause)
    event.listen(engine, "rollback", stopwatch.pause)


@contextmanager
def _waiting_for_writers(connection: Connection, usually: float) -> Iterator[None]:
    """Have a connection to SQLite wait for another process's writer no longer than there is time; `usually`
    so many seconds."""
    if seconds_left() > usually - _LITTLE:
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute(f"PRAGMA busy_timeout={int(seconds_left() * 1000)}").close()
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={int(usually * 1000)}").close()


@dataclass
class _Stopwatch:
    """Interrupts a SQLite transaction that has worked for longer than its limit (seconds)."""

    limit: float
    deadlines: dict[int, float] = field(default_factory=dict)

    def for_connection(self, connection: Any) -> Any:
        number = id(connection)
        self.deadlines[number] = float("inf")
        return lambda: time.monotonic() > self.deadlines[number]

    def start(self, connection: Connection, seconds: float = math.inf) -> None:
        """Let it work for so many `seconds` from now, and no longer than the limit."""
        self.deadlines[self._number(connection)] = time.monotonic() + min(self.limit, seconds)

    def pause(self, connection: Connection) -> None:
        self.deadlines[self._number(connection)] = float("inf")

    def _number(self, connection: Connection) -> int:
        return id(connection.connection.dbapi_connection)


def _postgresql(url: URL, timeouts: Timeouts) -> Engine:
    # Loads the driver, which SQLite does without.
    from storage.postgresql_cursor import LazilyDescribed  # noqa: PLC0415

    options = (
        f"-c lock_timeout={int(timeouts.lock * 1000)}"
        f" -c statement_timeout={int(timeouts.statement * 1000)}"
        " -c idle_in_transaction_session_timeout=30000 -c timezone=UTC"
    )
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        # Nothing is kept in such a column, and SQLAlchemy would ask for the type at each start.
        use_native_hstore=False,
        connect_args={
            "connect_timeout": max(2, int(timeouts.connect)),
            "options": options,
            "application_name": "recbot",
            "cursor_factory": LazilyDescribed,
        },
        hide_parameters=True,
        pool_size=timeouts.connections,
        max_overflow=0,
        pool_timeout=timeouts.pool,
        pool_recycle=1800,
    )
    _ping_after_rest(engine, timeouts.rest)
    _hurry_when_late(engine, timeouts)
    return engine


def _ping_after_rest(engine: Engine, rest: float) -> None:
    """Ask a connection that has rested whether it is still there, before it is used: a round trip that one
    which was just used does not need. Where it has gone all the same, reading raises ConnectionLost."""

    @event.listens_for(engine, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info[_RESTS_SINCE] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ping(connection: Any, record: Any, _proxy: Any) -> None:
        rests_since = record.info.get(_RESTS_SINCE)
        if rests_since is None or time.monotonic() - rests_since < rest:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            # All that are as old are given up with it.
            raise InvalidatePoolError from None


def _hurry_when_late(engine: Engine, timeouts: Timeouts) -> None:
    """Shorten the time-outs of PostgreSQL to the time that a request has left: that for locks before
    whichever statement, and for whoever only reads that of the statement too."""

    @event.listens_for(engine, "begin")
    def forget(connection: Connection) -> None:
        connection.info[_WAITS_AT_MOST] = timeouts.lock

    @event.listens_for(engine, "before_cursor_execute")
    def hurry(connection: Connection, *_statement: Any) -> None:
        left = seconds_left()
        if left > connection.info.get(_WAITS_AT_MOST, 0) - _LITTLE:
            return
        connection.info[_WAITS_AT_MOST] = left
        # Who writes may share a commit, and nobody's statement is cut short on account of another.
        options = connection.get_execution_options()
        session = options.get("isolation_level") == "AUTOCOMMIT"
        reads = session or options.get("postgresql_readonly", False)
        _set_limits(connection, left, left if reads else timeouts.statement, session=session)


def _wait_as_usual(connection: Connection, timeouts: Timeouts) -> None:
    """Take back what was set for the session, where something was."""
    if connection.info.get(_WAITS_AT_MOST, timeouts.lock) < timeouts.lock:
        _set_limits(connection, timeouts.lock, timeouts.statement, session=True)


def _set_limits(connection: Connection, lock: float, statement: float, *, session: bool) -> None:
    # To PostgreSQL 0 would be no limit.
    limits = {"lock": f"{max(0.001, lock):.3f}s", "statement": f"{max(0.001, statement):.3f}s"}
    # Where the connection has gone, the statement itself finds that out.
    with suppress(connection.dialect.loaded_dbapi.Error), closing(connection.connection.cursor()) as cursor:
        cursor.execute(_LIMITS, limits | {"local": not session})
