"""What is shown is compared with what the history makes of it, and the first difference is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.runtime.wiring.starting import prepare
from storage import schema, shown_state
from storage.database import FOR_WORK, Database
from storage.tables.metadata import metadata
from storage.verify import Broken, Fault, Unbroken, verify
from tests.cast import Register, accountable_case
from tests.storage.lived_in import lived_in
from tests.storage.tampering import unguarded
from tests.storage.unsealed import as_left_by_0007, without_what_came_later


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = accountable_case(sqlite_url)
    yield made
    made.store.database.close()


def test_whatever_has_happened_what_stands_is_what_the_history_makes_of_it(database_url: str) -> None:
    register = lived_in(database_url)
    assert isinstance(verify(register.store.database), Unbroken)
    register.store.database.close()


@pytest.mark.parametrize(
    ("edit", "about"),
    [
        (
            "UPDATE addressees SET answer = 'not accepted' WHERE body_code = 'E23000032'",
            "addressee stalking 15, Kent: answer is not accepted, the history says accepted",
        ),
        (
            "UPDATE addressees SET due_on = '2026-03-27' WHERE body_code = 'E23000032'",
            "addressee stalking 15, Kent: due on is 2026-03-27, the history says 2025-03-27",
        ),
        (
            "UPDATE addressees SET face_excerpt = 'Mrs Q.' WHERE body_code = 'E23000032'",
            "addressee stalking 15, Kent: face excerpt is not what the history says",
        ),
        (
            "DELETE FROM addressees WHERE body_code = 'E23000032'",
            "addressee stalking 15, Kent is in the history, and not in the register",
        ),
        (
            "UPDATE tallies SET bodies = 43 WHERE what = 'stage' AND value = 'complete'",
            "count of stalking 15, stage complete is in the register, and not in the history",
        ),
        (
            "UPDATE due_tallies SET owed = 0 WHERE duty = 'action'",
            "count of stalking 15, action due on 2025-03-27: owed is 0, the history says 43",
        ),
        (
            "UPDATE register_tallies SET recommendations = 4 WHERE what = 'owed by'",
            "count of owed by 2025-03-27: recommendations is 4, the history says 3",
        ),
        (
            "UPDATE register_tallies SET recommendations = 4 WHERE what = 'derived'",
            "count of derived: recommendations is 4, the history says 1",
        ),
        (
            "UPDATE group_tallies SET addressees = 2 WHERE body_code = 'E23000032' AND report_key = ''",
            "count of Kent, accepted, not started: addressees is 2, the history says 3",
        ),
        (
            "UPDATE group_day_tallies SET addressees = 2 WHERE body_code = 'E23000032' AND what = 'owed by'",
            "count of Kent, owed by 2025-03-27: addressees is 2, the history says 3",
        ),
        (
            "INSERT INTO grants SELECT team_id, 'U0EVE', 'coordinator', '', granted_at, 'main' FROM grants"
            " LIMIT 1",
            "role of T0HOME/U0EVE, coordinator is in the register, and not in the history",
        ),
        (
            "INSERT INTO snoozes VALUES ('T0HOME', 'U0ALICE', 'E23000032', '', NULL)",
            "reminders of T0HOME/U0ALICE, Kent is in the register, and not in the history",
        ),
        (
            "INSERT INTO follows VALUES ('C0COORD', 'body:E23000032', 1)",
            "what C0COORD follows: body:E23000032 is in the register, and not in the history",
        ),
        (
            "INSERT INTO letter_texts VALUES ('stalking', 'opening', 1, 1)",
            "letter on stalking, its opening is in the register, and not in the history",
        ),
        (
            "UPDATE recommendations SET wording = 'Do as you like.' WHERE id = 'stalking-15'",
            "recommendation stalking 15 does not hold what the history says: its wording, deadlines, parts,"
            " status, place, source or themes",
        ),
        (
            "DELETE FROM parts WHERE recommendation_id = 'stalking-15'",
            "recommendation stalking 15 does not hold what the history says: its wording, deadlines, parts,"
            " status, place, source or themes",
        ),
        (
            "UPDATE reports SET title = 'Another' WHERE key = 'stalking'",
            "report stalking does not hold what the history says: its title, publishers, date or link",
        ),
        (
            "INSERT INTO body_aliases VALUES ('E23000032', 'everything')",
            "body Kent does not hold what the history says: its names, area, days, successor or place on"
            " the map",
        ),
        ("UPDATE chain_head SET names_seq = 1", "the history's end: names seq is 1, the history says 5"),
    ],
)
def test_the_first_difference_is_named(register: Register, edit: str, about: str) -> None:
    with register.store.begin() as connection:
        connection.execute(text(edit))
    result = verify(register.store.database)
    assert isinstance(result, Broken)
    assert (result.fault, result.about) == (Fault.SHOWN_DIFFERS, about)


def test_a_cut_end_is_told_by_a_message_that_told_of_it(register: Register) -> None:
    database = register.store.database
    with database.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO deliveries (key, kind, slot_local, channel, payload_sha, state, fence, owner,"
                " attempts, error, created_at, updated_at, through_seq) VALUES ('digest:T0HOME:a', 'digest',"
                " '2025-03-10T09:00', 'C0', '', 'sent', 1, '', 1, '', '2025-03-10T09:00:00.000000Z',"
                " '2025-03-10T09:00:00.000000Z', 150)"
            )
        )
    assert verify(database) == Broken(137, Fault.CUT, "150")
    with database.begin() as connection:
        connection.execute(text("UPDATE deliveries SET through_seq = NULL, key = 'ask:141:U0ALICE'"))
    assert verify(database) == Broken(137, Fault.CUT, "141")


def test_every_column_is_guarded_or_has_its_reason() -> None:
    table_names = {sorted_table.name for sorted_table in metadata.sorted_tables}
    assert table_names >= set(shown_state.NOT_FROM_THE_HISTORY)
    for name, reasons in shown_state.NOT_FROM_THE_HISTORY.items():
        assert set(reasons) == {column.name for column in metadata.tables[name].columns}


def test_an_older_register_is_sealed_as_it_stands(sqlite_url: str, tmp_path: Path) -> None:
    register = lived_in(sqlite_url)
    register.store.database.close()
    as_left_by_0007(sqlite_url)
    database = Database(sqlite_url, FOR_WORK)
    schema.upgrade(database)
    result = verify(database)
    assert isinstance(result, Unbroken)
    with database.reading() as connection:
        kinds = connection.execute(
            text("SELECT kind FROM updates WHERE seq = :seq"), {"seq": result.seq}
        ).scalar()
    assert kinds == "register sealed"
    with database.begin() as connection:
        connection.execute(text("UPDATE reports SET title = 'Another' WHERE key = 'vetting'"))
    assert isinstance(verify(database), Broken)
    database.close()


def test_a_register_is_not_sealed_again(register: Register) -> None:
    """Else whoever sets its version back would have forged rows sealed."""
    database = register.store.database
    with database.begin() as connection:
        connection.execute(text("UPDATE reports SET title = 'Another'"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0007'"))
        for statement in without_what_came_later():
            connection.execute(text(statement))
    schema.upgrade(database)
    result = verify(database)
    assert isinstance(result, Broken)
    assert result.fault is Fault.SHOWN_DIFFERS


def test_an_empty_register_needs_no_seal(sqlite_url: str) -> None:
    database = Database(sqlite_url, FOR_WORK)
    schema.upgrade(database)
    assert verify(database) == Unbroken(0, "0" * 64, erased=0)
    with unguarded(Path(sqlite_url.removeprefix("sqlite:///"))) as connection:
        connection.execute("DELETE FROM chain_head")
    assert verify(database) == Broken(0, Fault.NOT_THE_HEAD)
    database.close()


def test_a_copy_is_made_of_an_older_schema_before_it_changes(sqlite_url: str) -> None:
    database = Database(sqlite_url, FOR_WORK)
    schema.upgrade(database, "0001")
    prepare(database)
    assert list(Path(sqlite_url.removeprefix("sqlite:///")).parent.glob("*.before-*"))
    assert isinstance(verify(database), Unbroken)
    database.close()
