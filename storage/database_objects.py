"""Whether the database's own objects are those that recbot makes: its tables, with their checks, and the
triggers that guard the history; and nothing that acts by itself besides."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.schema import CreateTable

from storage import schema
from storage.database import FOR_WORK, Database
from storage.migrations import guards
from storage.tables.metadata import metadata

REMEDY = (
    "Find out who changed the database, and run recbot verify-history. recbot migrate sets up recbot's own"
    " guards again; drop what is not recbot's."
)
_OBJECTS = text("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
_NAMES = tuple(sorted_table.name for sorted_table in metadata.sorted_tables)
_TEMPORARY = "CREATE TEMPORARY TABLE"


def guards_that_fail(database: Database) -> list[str]:
    """Return what is wrong with the triggers alone, in words; it takes no time. Raises Busy."""
    with database.reading() as connection:
        if database.is_sqlite:
            return list(_sqlite_triggers(connection))
        return list(_postgresql_triggers(connection))


def guard_again(database: Database) -> list[str]:
    """Set up the triggers that guard the history. Return what is wrong still, in words."""
    with database.begin() as connection:
        guards.install(connection)
    return guards_that_fail(database)


def objects_that_differ(database: Database) -> list[str]:
    """Return what is wrong with any object, in words. Raises Busy."""
    if database.is_sqlite:
        with database.reading() as connection:
            return [*_sqlite_triggers(connection), *_sqlite_objects(connection)]
    with database.begin() as connection:
        return [*_postgresql_triggers(connection), *_postgresql_objects(connection)]


def _sqlite_triggers(connection: Connection) -> Iterator[str]:
    columns = [row.name for row in connection.execute(text("PRAGMA table_info(updates)"))]
    yield from _compared(
        guards.triggers_on_sqlite(columns),
        {name: sql for type_, name, sql in connection.execute(_OBJECTS) if type_ == "trigger"},
    )


def _compared(expected: Mapping[str, str], existing: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(expected.keys() | existing.keys()):
        if name not in existing:
            yield f"the trigger {name}, which guards the history, is missing"
        elif name not in expected:
            yield f"the trigger {name} is not recbot's"
        elif _squeezed(expected[name]) != _squeezed(existing[name]):
            yield f"the trigger {name}, which guards the history, is another one"


def _sqlite_objects(connection: Connection) -> Iterator[str]:
    expected_objects = _fresh(schema.needed())
    existing = {(type_, name): _squeezed(sql or "") for type_, name, sql in connection.execute(_OBJECTS)}
    for kind, name in sorted(expected_objects.keys() | existing.keys()):
        if kind == "trigger":
            continue
        if (kind, name) not in existing:
            yield f"the {kind} {name} is missing"
        elif (kind, name) not in expected_objects:
            yield f"the {kind} {name} is not recbot's"
        elif expected_objects[kind, name] != existing[kind, name]:
            yield f"the {kind} {name} is not as this version makes it"


@cache
def _fresh(revision: str) -> dict[tuple[str, str], str]:
    """Return every object of a database that was just made."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'fresh.db'}", FOR_WORK)
        schema.upgrade(database, revision)
        with database.reading() as connection:
            objects = {
                (type_, name): _squeezed(sql or "") for type_, name, sql in connection.execute(_OBJECTS)
            }
        database.close()
    return objects


def _squeezed(sql: str) -> str:
    """Leave out what SQLite's versions and libraries write one way or the other: spaces, quotation marks, and
    the order in which a table's constraints stand."""
    squeezed = re.sub(r'[\s"]+', "", sql)
    if not squeezed.startswith("CREATETABLE"):
        return squeezed
    head, _, rest = squeezed.partition("(")
    inner, _, tail = rest.rpartition(")")
    return f"{head}({','.join(sorted(_parts(inner)))}){tail}"


def _parts(inner: str) -> Iterator[str]:
    """Yield what stands between the commas that are in no parentheses and in no text."""
    depth, quoted, part = 0, False, ""
    for letter in inner:
        quoted ^= letter == "'"
        depth += 0 if quoted else (letter == "(") - (letter == ")")
        if letter == "," and not depth and not quoted:
            yield part
            part = ""
        else:
            part += letter
    yield part


_TRIGGERS = text(
    "SELECT tgname, tgenabled::text, pg_get_triggerdef(t.oid) AS definition, p.prosrc, c.relname"
    " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
    " WHERE NOT tgisinternal AND t.tgrelid = ANY (:tables)"
)
_DISABLED = text(
    "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE tgisinternal AND tgenabled = 'D' AND t.tgrelid = ANY (:tables)"
)
_OIDS = text("SELECT to_regclass(:name)::oid")
_REPLICA = text("SELECT current_setting('session_replication_role')")


def _oids(connection: Connection) -> dict[str, int | None]:
    return {name: connection.execute(_OIDS, {"name": name}).scalar_one() for name in _NAMES}


def _postgresql_triggers(connection: Connection) -> Iterator[str]:
    oids = _oids(connection)
    yield from (f"the table {name} is missing" for name, oid in oids.items() if oid is None)
    tables = {"tables": [oid for oid in oids.values() if oid is not None]}
    columns = _columns_of(connection, oids["updates"])
    expected_triggers = guards.triggers_on_postgresql(columns)
    existing = {row.tgname: row for row in connection.execute(_TRIGGERS, tables)}
    for name in sorted(expected_triggers.keys() | existing.keys()):
        if name not in existing:
            yield f"the trigger {name}, which guards the history, is missing"
        elif name not in expected_triggers or existing[name].relname != "updates":
            yield f"the trigger {name} is not recbot's"
        elif existing[name].tgenabled not in ("O", "A"):
            yield f"the trigger {name}, which guards the history, is switched off"
        elif existing[name].prosrc != guards.body_on_postgresql():
            yield f"the trigger {name}, which guards the history, does something else"
    for row in connection.execute(_DISABLED, tables):
        yield f"the references of the table {row.relname} are switched off"
    if connection.execute(_REPLICA).scalar_one() != "origin":
        yield "triggers are switched off by session_replication_role"


def _columns_of(connection: Connection, oid: int | None) -> list[str]:
    statement = text(
        "SELECT attname FROM pg_attribute WHERE attrelid = :oid AND attnum > 0 AND NOT attisdropped"
        " ORDER BY attnum"
    )
    return list(connection.execute(statement, {"oid": oid}).scalars())


# What a table is, in rows that are the same for two tables made alike.
_FACTS = text(
    "SELECT 'kind' AS fact, concat_ws(' ', relkind, relrowsecurity) AS value,"
    "  relname::text AS of FROM pg_class WHERE oid = :oid"
    " UNION ALL SELECT 'column', concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attgenerated,"
    "  attidentity, pg_get_expr(d.adbin, d.adrelid)), attname::text"
    "  FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
    "  WHERE attrelid = :oid AND attnum > 0 AND NOT attisdropped"
    " UNION ALL SELECT 'constraint', concat_ws(' ', convalidated, pg_get_constraintdef(oid)), conname::text"
    "  FROM pg_constraint WHERE conrelid = :oid AND contype IN ('c', 'f', 'p', 'u', 'x')"
    " UNION ALL SELECT 'rule', pg_get_ruledef(oid), rulename::text FROM pg_rewrite WHERE ev_class = :oid"
    " UNION ALL SELECT 'inheritance', inhrelid::text, 'inheritance' FROM pg_inherits WHERE inhparent = :oid"
)


def _postgresql_objects(connection: Connection) -> Iterator[str]:
    """Compare with tables of the same names that are made for the moment, and go with the transaction."""
    oids = _oids(connection)
    existing = {name: _facts(connection, oid) for name, oid in oids.items() if oid is not None}
    columns = _columns_of(connection, oids["updates"])
    triggers = _definitions(connection, oids["updates"])
    for table in metadata.sorted_tables:
        create_statement = str(CreateTable(table).compile(dialect=connection.dialect)).strip()
        connection.exec_driver_sql(
            create_statement.replace("CREATE TABLE", _TEMPORARY, 1) + " ON COMMIT DROP"
        )
    fresh = _oids(connection)
    for name in sorted(existing):
        expected_facts = _facts(connection, fresh[name])
        for fact, name_of_fact in sorted(expected_facts.keys() | existing[name].keys()):
            if expected_facts.get((fact, name_of_fact)) != existing[name].get((fact, name_of_fact)):
                yield f"the table {name} is not as this version makes it: its {fact} {name_of_fact} differs"
    for statement in guards.triggers_on_postgresql(columns).values():
        connection.exec_driver_sql(statement)
    for name, definition in sorted(_definitions(connection, fresh["updates"]).items()):
        if triggers.get(name, definition) != definition:
            yield f"the trigger {name}, which guards the history, is another one"


def _facts(connection: Connection, oid: int | None) -> dict[tuple[str, str], str]:
    rows: Any = connection.execute(_FACTS, {"oid": oid})
    return {(row.fact, row.of): re.sub(r"pg_temp(_\d+)?\.|public\.", "", row.value) for row in rows}


def _definitions(connection: Connection, oid: int | None) -> dict[str, str]:
    rows = connection.execute(_TRIGGERS, {"tables": [oid]})
    return {row.tgname: re.sub(r" ON \S+updates ", " ON updates ", row.definition) for row in rows}
