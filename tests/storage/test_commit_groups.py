"""Those who wait for one another to write are committed together, and each is answered as if alone."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

import pytest
from sqlalchemy import Connection, event, text

from bot.domain.values import replace
from storage.appending import Chain
from storage.commit_groups import MOST_MEMBERS
from storage.database import FOR_REQUESTS, Busy, ConnectionLost
from storage.store import Store
from tests.cast import NOW
from tests.storage import register
from tests.storage.audit import unbroken
from tests.storage.test_chain import DRAFT, GaveUp
from tests.storage.test_database import SELF_REFERENCE, end_connections, run_long

# However slow the machine is, whoever waits joins.
TOGETHER = replace(FOR_REQUESTS, lock=20, statement=20, together=60)
HASTY = replace(TOGETHER, statement=0.3)
Write = Callable[[Connection], None]

_LONG_WRITE = (
    "INSERT INTO links (id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
)


@dataclass
class Together:
    """Writers that came in their order while another had the turn, and what became of each."""

    store: Store
    outcomes: dict[int, BaseException | None] = field(default_factory=dict)
    commits: int = 0

    def write(self, *members: Write) -> list[BaseException | None]:
        """Have all of them write, one after the other. Return what each ended with, None where well."""

        def write(member: Write) -> None:
            with self.store.begin_short() as connection:
                member(connection)

        return self.run(*(partial(write, member) for member in members))

    def run(self, *calls: Callable[[], object]) -> list[BaseException | None]:
        """Have each called in a thread of its own, so that they write one after the other, as `write`."""
        event.listen(self.store.database.engine, "commit", self._count)
        threads = []
        with self.turn_taken():
            for number, call in enumerate(calls):
                threads.append(threading.Thread(target=self._call, args=(number, call)))
                threads[-1].start()
                self.wait_for_waiting(number + 1)
        for thread in threads:
            thread.join(60)
        return [self.outcomes[number] for number in range(len(calls))]

    @contextmanager
    def turn_taken(self) -> Iterator[None]:
        """Have the turn; nobody joins what is then taken back."""
        with suppress(GaveUp), self.store.begin_short():
            yield
            raise GaveUp

    def wait_for_waiting(self, number: int) -> None:
        end = time.monotonic() + 60
        while self.store.database.writers_waiting < number and time.monotonic() < end:
            time.sleep(0.001)

    def _call(self, number: int, call: Callable[[], object]) -> None:
        try:
            call()
            self.outcomes[number] = None
        except BaseException as error:
            self.outcomes[number] = error

    def _count(self, _connection: Connection) -> None:
        self.commits += 1


def append(connection: Connection) -> None:
    Chain(connection).append(DRAFT, NOW)


def append_and_give_up(connection: Connection) -> None:
    append(connection)
    raise GaveUp


def test_those_who_wait_are_committed_together_in_the_order_in_which_they_came(database_url: str) -> None:
    seqs: list[int] = []
    with register.empty(database_url, TOGETHER) as store:
        together = Together(store)
        members = [lambda connection: seqs.append(Chain(connection).append(DRAFT, NOW).seq)] * 5
        assert together.write(*members) == [None] * 5
        assert (together.commits, seqs) == (1, [1, 2, 3, 4, 5])
        assert len(unbroken(database_url)) == 5


def test_nobody_is_answered_and_no_reader_sees_anything_before_the_commit(database_url: str) -> None:
    with register.empty(database_url, TOGETHER) as store:
        together, looked = Together(store), list[tuple[int, int]]()

        def look(connection: Connection) -> None:
            append(connection)
            with store.reading() as reader:
                seq = reader.execute(text("SELECT seq FROM chain_head")).scalar_one()
            looked.append((len(together.outcomes), seq))

        assert together.write(look, look, look) == [None] * 3
        assert looked == [(0, 0)] * 3
        assert len(unbroken(database_url)) == 3


@pytest.mark.parametrize("failing", range(3))
def test_a_member_that_fails_is_taken_back_alone(database_url: str, failing: int) -> None:
    members = [append_and_give_up if number == failing else append for number in range(3)]
    with register.empty(database_url, TOGETHER) as store:
        together = Together(store)
        outcomes = together.write(*members)
        assert [type(outcome) for outcome in outcomes] == [
            GaveUp if number == failing else type(None) for number in range(3)
        ]
        assert len(unbroken(database_url)) == 2
        assert together.commits == 1


def test_a_later_member_sees_what_an_earlier_one_wrote(database_url: str) -> None:
    with register.empty(database_url, TOGETHER) as store:
        heads: list[int] = []
        together = Together(store)
        together.write(append, append_and_give_up, lambda connection: heads.append(Chain(connection).seq))
        assert heads == [1]


def test_who_joins_reads_the_head_of_the_chain_anew_only_after_somebody_was_taken_back(
    database_url: str,
) -> None:
    members = [append, append, append_and_give_up, append, append]
    heads_read: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT chain_head.seq"):
            heads_read.append(statement)

    with register.empty(database_url, TOGETHER) as store:
        together = Together(store)
        event.listen(store.database.engine, "before_cursor_execute", listen)
        together.write(*members)
        assert (len(heads_read), together.commits) == (2, 1)
        with store.begin() as connection:
            append(connection)
        together.write(append)
        assert len(heads_read) == 4
        assert len(unbroken(database_url)) == 6


def test_where_the_commit_fails_all_are_told_so_and_nothing_is_saved(database_url: str) -> None:
    def link_nowhere(connection: Connection) -> None:
        append(connection)
        connection.execute(text("INSERT INTO links (id, other) VALUES (1, 99)"))

    with register.empty(database_url, TOGETHER) as store:
        with store.begin() as connection:
            connection.execute(text(SELF_REFERENCE))
        outcomes = Together(store).write(append, link_nowhere, append_and_give_up, append)
        assert [type(outcome) for outcome in outcomes] == [Busy] * 4
        assert len({id(outcome) for outcome in outcomes}) == 4
        assert unbroken(database_url) == []
        # Who tries again is not held up by it.
        assert Together(store).write(append, append) == [None, None]
        assert len(unbroken(database_url)) == 2


def test_a_statement_that_takes_too_long_takes_only_its_own_member_back(postgresql_url: str) -> None:
    with register.empty(postgresql_url, HASTY) as store:
        outcomes = Together(store).write(append, run_long, append)
        assert [type(outcome) for outcome in outcomes] == [type(None), Busy, type(None)]
        assert len(unbroken(postgresql_url)) == 2


def test_sqlite_takes_all_back_where_it_stops_a_write_and_the_others_may_try_again(sqlite_url: str) -> None:
    """It ends the whole transaction, as it also does on a full disk."""
    with register.empty(sqlite_url, HASTY) as store:
        with store.begin() as connection:
            connection.execute(text(SELF_REFERENCE))

        def write_long(connection: Connection) -> None:
            connection.execute(text(_LONG_WRITE))

        outcomes = Together(store).write(append, write_long, append)
        assert [type(outcome) for outcome in outcomes] == [ConnectionLost, Busy, type(None)]
        assert len(unbroken(sqlite_url)) == 1


def test_a_connection_that_is_cut_is_lost_to_all_who_wrote_in_it_or_were_about_to(
    postgresql_url: str,
) -> None:
    with register.empty(postgresql_url, TOGETHER) as store:

        def cut(connection: Connection) -> None:
            append(connection)
            end_connections(store.database)

        outcomes = Together(store).write(append, cut, append)
        assert [type(outcome) for outcome in outcomes] == [ConnectionLost] * 3
        assert unbroken(postgresql_url) == []
        # Who tries again is given another connection.
        assert Together(store).write(append, append) == [None, None]
        assert len(unbroken(postgresql_url)) == 2


def test_who_shares_finds_out_by_writing_that_a_connection_has_gone(postgresql_url: str) -> None:
    with register.empty(postgresql_url, TOGETHER) as store:
        assert Together(store).write(append) == [None]
        end_connections(store.database)
        with pytest.raises(ConnectionLost), store.begin_short() as connection:
            append(connection)
        with store.begin_short() as connection:
            append(connection)
        assert len(unbroken(postgresql_url)) == 2


def test_a_member_that_fails_takes_nothing_of_those_before_and_after_with_it(database_url: str) -> None:
    """However many savepoints of one name there are."""
    members = [append, append_and_give_up, append, append, append_and_give_up, append_and_give_up, append]
    with register.empty(database_url, TOGETHER) as store:
        together = Together(store)
        outcomes = together.write(*members)
        assert [outcome is None for outcome in outcomes] == [member is append for member in members]
        assert len(unbroken(database_url)) == 4
        assert together.commits == 1


def test_a_group_takes_in_only_so_many(sqlite_url: str) -> None:
    with register.empty(sqlite_url, TOGETHER) as store:
        together = Together(store)
        assert together.write(*[append] * (MOST_MEMBERS + 2)) == [None] * (MOST_MEMBERS + 2)
        assert together.commits == 2


def test_and_nobody_after_a_while(database_url: str) -> None:
    with register.empty(database_url, replace(TOGETHER, together=0)) as store:
        together = Together(store)
        assert together.write(append, append, append) == [None] * 3
        assert together.commits == 3


def test_who_waits_too_long_for_the_turn_is_told_so_and_holds_nobody_up(database_url: str) -> None:
    with register.empty(database_url, replace(TOGETHER, lock=0.1)) as store:
        together = Together(store)
        with together.turn_taken(), pytest.raises(Busy, match="locked"), store.begin_short():
            pass
        assert together.write() == []
        with store.begin_short() as connection:
            append(connection)
        assert len(unbroken(database_url)) == 1


def test_who_does_not_share_finds_the_others_committed(sqlite_url: str) -> None:
    with register.empty(sqlite_url, TOGETHER) as store:
        together, seen = Together(store), list[int]()

        def share() -> None:
            with store.begin_short() as connection:
                append(connection)

        def alone() -> None:
            with store.begin() as connection:
                append(connection)
                with store.reading() as reader:
                    seen.append(reader.execute(text("SELECT seq FROM chain_head")).scalar_one())

        assert together.run(share, alone, share) == [None] * 3
        assert seen == [1]
        assert len(unbroken(sqlite_url)) == 3
