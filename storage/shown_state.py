"""Whether what is shown is what the history makes of it: the tables beside the history, row by row.

Rows are read as they lie in the database, and compared with what the program would have written."""

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from datetime import date
from functools import cached_property
from typing import Any

from msgspec import Struct
from sqlalchemy import Column, ColumnElement, Connection, Dialect, Table, TypeDecorator, column, select, table

from bot.domain.register.addressee import Addressee, AddresseeKey, Answer, Duty, Stage
from bot.domain.register.marks import written
from bot.domain.register.recommendation import RecommendationStatus, place_of_id
from bot.domain.register.reminder_settings import PAUSED
from bot.domain.register.replay import Replay
from storage import contents
from storage.addressees import row_of
from storage.group_tallies import group_of_themes, themes_of_group
from storage.tables.addressees import addressees
from storage.tables.bodies import policing_bodies as bodies_table
from storage.tables.history import chain_head
from storage.tables.people import follows, grants, snoozes
from storage.tables.reports import letter_texts
from storage.tables.reports import recommendations as recommendations_table
from storage.tables.tallies import due_tallies, group_day_tallies, group_tallies, register_tallies, tallies

Row = Mapping[str, Any]
Key = tuple[Any, ...]

# Rows that are fetched at a time.
_AT_A_TIME = 1000

# What no message shows: an excerpt may be somebody's words.
_NEVER_SHOWN = frozenset({"face_excerpt", "hash"})

# The columns that are no state of the register, each with the reason why the history does not hold it.
NOT_FROM_THE_HISTORY: Mapping[str, Mapping[str, str]] = {
    "people": dict.fromkeys(
        ("team_id", "user_id", "display_name", "membership", "refreshed_at", "opened_home"),
        "Slack's own word, asked for anew after a day and after every restore; the history keeps ids",
    )
    | {"home_owed_seq": "what is to be drawn anew; may not lie beyond the history's end"},
    "channels": dict.fromkeys(("id", "name"), "Slack's own word, for lists of what channels follow"),
    "owed_cleanings": {"seq": "what is to be cleaned; may not lie beyond the history's end"},
    "deliveries": {
        "key": "what was, or is to be, sent; its numbers may not lie beyond the history's end",
        "kind": "belongs to the key",
        "slot_local": "belongs to the key",
        "channel": "where it was sent",
        "conversation": "where it was posted",
        "follows": "the message whose thread it is in",
        "through_seq": "may not lie beyond the history's end",
        "says_json": "hashes of what a digest said, and numbers of the updates that a reminder repeats",
        "payload_json": "what Slack was given, kept for a week; written from the register when it is sent",
        "payload_sha": "the digest of what Slack was given",
        "state": "how far the sending is; Slack has the last word",
        "fence": "a lease of the sending",
        "owner": "a lease of the sending",
        "attempts": "how often sending was tried",
        "first_send_at": "when sending was tried",
        "first_real_at": "when sending was tried",
        "not_before": "when sending is tried again",
        "ts": "the number that Slack gave the message",
        "error": "what Slack answered",
        "sweeps": "how often it was looked for duplicates",
        "sweep_at": "when it is looked for duplicates",
        "duplicates": "how many were removed",
        "created_at": "when it was written down",
        "updated_at": "when the sending moved on",
    },
}


class Folded(Struct, frozen=True, dict=True):
    """What the history says, as it is to be compared with a register."""

    connection: Connection
    replay: Replay

    @cached_property
    def marked(self) -> Mapping[AddresseeKey, tuple[Addressee, str]]:
        """Each addressee with its marks, as they are stored; worked out once for all tables."""
        columns = recommendations_table.c
        stated = {
            id_: (respond_by, due_on)
            for id_, respond_by, due_on in self.connection.execute(
                select(columns.id, columns.respond_by, columns.due_on)
            )
        }
        return {key: self._marked(key, *stated.get(key[0], (None, None))) for key in self.replay.addressees}

    @cached_property
    def _themes(self) -> Mapping[str, str]:
        """The themes of each recommendation, which are compared with the history as its content."""
        columns = recommendations_table.c
        statement = select(columns.id, columns.themes).where(columns.themes.is_not(None))
        return {id_: themes or "" for id_, themes in self.connection.execute(statement)}

    def group_of_themes(self, addressee: Addressee) -> str:
        """Return what counts call the themes of an addressee's recommendation."""
        return group_of_themes(self._themes.get(addressee.recommendation_id, ""))

    def _marked(
        self, key: AddresseeKey, respond_by: date | None, due_on: date | None
    ) -> tuple[Addressee, str]:
        addressee = self.replay.stands(key, respond_by, due_on)
        return addressee, written(self.replay.marks(addressee, due_on))

    @property
    def addressees(self) -> Iterator[Addressee]:
        return (addressee for addressee, _ in self.marked.values())

    @property
    def counted(self) -> Iterator[Addressee]:
        """The addressees that counts include: all but those whose duties have passed on."""
        return (addressee for addressee in self.addressees if addressee.key not in self.replay.passed_on)


def first_difference(connection: Connection, replay: Replay) -> str | None:
    """Return the first thing shown that is not what the history says, in words; None where there is none."""
    # What is not read to its end holds the server's cursor until it is closed.
    with closing(_differences(Folded(connection, replay))) as differences:
        return next(differences, None)


def _differences(folded: Folded) -> Generator[str, None, None]:
    connection = folded.connection
    names = _Names(connection)
    yield from _contents(connection, folded.replay, names)
    for shown_table in SHOWN:
        yield from _rows_that_differ(connection, shown_table, shown_table.rows(folded), names)


def _contents(connection: Connection, replay: Replay, names: "_Names") -> Iterator[str]:
    existing = contents.digests(connection)
    for content_name in sorted(existing.keys() | replay.contents.keys()):
        kind, _, key = content_name.partition(" ")
        name = f"{kind} {names.body(key) if kind == contents.BODY.name else names.title(key)}"
        if content_name not in existing:
            yield f"{name} is in the history, and not in the register"
        elif content_name not in replay.contents:
            yield f"{name} is in the register, and not in the history"
        elif existing[content_name] != replay.contents[content_name]:
            yield f"{name} does not hold what the history says: {_HELD[kind]}"


_HELD = {
    contents.REPORT.name: "its title, publishers, date or link",
    contents.RECOMMENDATION.name: "its wording, deadlines, parts, status, place, source or themes",
    contents.BODY.name: "its names, area, days, successor or place on the map",
}


def _rows_that_differ(
    connection: Connection, shown_table: "Shown", wanted: Mapping[Key, Row], names: "_Names"
) -> Iterator[str]:
    """Yield what differs, in words. Of a large table only the keys are held, and its rows one by one."""
    dialect = connection.dialect
    key_columns = list(shown_table.table.primary_key.columns)
    missing = {
        tuple(_bound(column, value, dialect) for column, value in zip(key_columns, key, strict=True)): key
        for key in wanted
    }
    with closing(_raw(connection, shown_table.table)) as rows:
        for existing in rows:
            key = tuple(existing[key_column.name] for key_column in key_columns)
            wanted_key = missing.pop(key, None)
            if wanted_key is None:
                if not shown_table.counts_nothing(existing):
                    yield f"{shown_table.name(key, names)} is in the register, and not in the history"
                continue
            for name, value in _stored(shown_table.table, wanted[wanted_key], dialect).items():
                # 1 and True are the same to Python, and to PostgreSQL never mixed.
                if existing[name] != value:
                    difference = _compared(name, existing[name], value)
                    yield f"{shown_table.name(key, names)}: {_column(name)} is {difference}"
    for key, wanted_key in missing.items():
        if not shown_table.counts_nothing(_stored(shown_table.table, wanted[wanted_key], dialect)):
            yield f"{shown_table.name(key, names)} is in the history, and not in the register"


def _raw(connection: Connection, source: Table) -> Generator[Row, None, None]:
    """Yield the rows as they lie in the database, some at a time."""
    columns: list[ColumnElement[Any]] = [column(stored.name) for stored in source.columns]
    statement = select(*columns).select_from(table(source.name)).execution_options(yield_per=_AT_A_TIME)
    with connection.execute(statement) as result:
        for row in result.mappings():
            yield dict(row)


def _stored(target: Table, row: Row, dialect: Dialect) -> dict[str, Any]:
    """Return a row as the program writes it to this database. Raises KeyError for a column that nobody
    guards."""
    return {stored.name: _bound(stored, row[stored.name], dialect) for stored in target.columns}


def _bound(target: Column[Any], value: Any, dialect: Dialect) -> Any:
    kind = target.type
    return kind.process_bind_param(value, dialect) if isinstance(kind, TypeDecorator) else value


def _column(name: str) -> str:
    return name.replace("_", " ")


def _compared(name: str, existing: Any, wanted: Any) -> str:
    if name in _NEVER_SHOWN:
        return "not what the history says"
    return f"{_in_words(existing)}, the history says {_in_words(wanted)}"


def _in_words(value: Any) -> str:
    return "empty" if value in (None, "") else str(value)


class _Names:
    """What a message calls recommendations and bodies."""

    def __init__(self, connection: Connection) -> None:
        titles = select(
            recommendations_table.c.id, recommendations_table.c.report_key, recommendations_table.c.number
        )
        self._titles = {id_: f"{key} {number}" for id_, key, number in connection.execute(titles)}
        names = select(bodies_table.c.code, bodies_table.c.short_name)
        self._bodies: dict[str, str] = {row.code: row.short_name for row in connection.execute(names)}

    def title(self, recommendation_id: str) -> str:
        return self._titles.get(recommendation_id, recommendation_id)

    def body(self, code: str) -> str:
        return self._bodies.get(code, code)


class Shown(Struct, frozen=True):
    """A table that shows what the history says."""

    table: Table
    rows: Callable[[Folded], Mapping[Key, Row]]  # what the history makes, by primary key
    name: Callable[[Key, _Names], str]  # what a message calls a row
    counts_nothing: Callable[[Row], bool] = lambda _: False  # whether a row says nothing, there or not


class _AddresseeRows(Mapping[Key, Row]):
    """The rows of the addressees, each made when it is asked for."""

    def __init__(self, folded: Folded) -> None:
        self._marked = folded.marked

    def __getitem__(self, key: Key) -> Row:
        addressee, marks = self._marked[key]
        return row_of(addressee) | {"marks": marks}

    def __iter__(self) -> Iterator[Key]:
        return iter(self._marked)

    def __len__(self) -> int:
        return len(self._marked)


def _tally_rows(folded: Folded) -> Mapping[Key, Row]:
    counts: Counter[Key] = Counter()
    for addressee in folded.counted:
        counts[addressee.recommendation_id, "answer", addressee.answer.value] += 1
        counts[addressee.recommendation_id, "stage", addressee.stage.value] += 1
    names = ("recommendation_id", "what", "value")
    return {key: {**dict(zip(names, key, strict=True)), "bodies": bodies} for key, bodies in counts.items()}


def _due_tally_rows(folded: Folded) -> Mapping[Key, Row]:
    addressed: Counter[Key] = Counter()
    owed: Counter[Key] = Counter()
    for addressee in folded.counted:
        for duty in Duty:
            key = duty.value, addressee.deadline(duty) or date.max, addressee.recommendation_id
            addressed[key] += 1
            owed[key] += addressee.owes(duty)
    names = ("duty", "deadline", "recommendation_id")
    return {
        key: {**dict(zip(names, key, strict=True)), "addressed": bodies, "owed": owed[key]}
        for key, bodies in addressed.items()
    }


def _register_tally_rows(folded: Folded) -> Mapping[Key, Row]:
    is_live = recommendations_table.c.status == RecommendationStatus.LIVE.value
    kinds = folded.connection.execute(select(recommendations_table.c.kind).where(is_live)).scalars()
    counts: Counter[Key] = Counter((kind, date.min) for kind in kinds)
    first: dict[str, date] = {}
    for addressee in folded.counted:
        if (day := addressee.owed_by) is not None:
            first[addressee.recommendation_id] = min(day, first.get(addressee.recommendation_id, day))
    counts.update(("owed by", day) for day in first.values())
    return {key: {"what": key[0], "day": key[1], "recommendations": n} for key, n in counts.items()}


def _group_tally_rows(folded: Folded) -> Mapping[Key, Row]:
    counts: Counter[Key] = Counter()
    for addressee, marks in folded.marked.values():
        if addressee.live:
            stands = (addressee.answer.value, addressee.stage.value, marks)
            body_code, report_key = addressee.body_code, place_of_id(addressee.recommendation_id)[0]
            themes = folded.group_of_themes(addressee)
            of_body = ((body_code, key) for key in ("", report_key, themes))
            for group in (*of_body, ("", report_key), ("", themes)):
                counts[(*group, *stands)] += 1
    return _rows(counts, ("body_code", "report_key", "answer", "stage", "marks"))


def _group_day_tally_rows(folded: Folded) -> Mapping[Key, Row]:
    counts: Counter[Key] = Counter()
    for addressee in folded.addressees:
        if addressee.owed_by is not None:
            report_key, _ = place_of_id(addressee.recommendation_id)
            themes = folded.group_of_themes(addressee)
            for group in ((addressee.body_code, ""), ("", report_key), ("", themes)):
                counts[(*group, "owed by", addressee.owed_by)] += 1
                counts[(*group, "moved on", addressee.moved_on or date.min)] += 1
    return _rows(counts, ("body_code", "report_key", "what", "day"))


def _rows(counts: Counter[Key], names: tuple[str, ...]) -> Mapping[Key, Row]:
    return {key: {**dict(zip(names, key, strict=True)), "addressees": n} for key, n in counts.items()}


def _group(key: Key, names: "_Names") -> str:
    """Return what a message calls a body, a report, themes, or a body on one of these."""
    body_code, report_key, *_ = key
    themes = themes_of_group(report_key)
    subject = report_key if themes is None else f"themes {' '.join(themes) or 'none'}"
    return " on ".join(filter(None, (body_code and names.body(body_code), subject)))


def _grant_rows(folded: Folded) -> Mapping[Key, Row]:
    rows = {}
    for key, role in folded.replay.roles.items():
        row = {
            "team_id": key.who.team_id,
            "user_id": key.who.user_id,
            "role": key.role.value,
            "body_code": key.body_code,
            "granted_at": role.since,
            "contact_kind": role.kind.value,
        }
        rows[(key.who.team_id, key.who.user_id, key.role.value, key.body_code)] = row
    return rows


def _snooze_rows(folded: Folded) -> Mapping[Key, Row]:
    rows = {}
    for setting, until in folded.replay.settings.items():
        key = (setting.who.team_id, setting.who.user_id, setting.body_code, setting.recommendation_id)
        names = ("team_id", "user_id", "body_code", "recommendation_id")
        day = None if until == PAUSED else date.fromisoformat(until)
        rows[key] = {**dict(zip(names, key, strict=True)), "until": day}
    return rows


def _letter_rows(folded: Folded) -> Mapping[Key, Row]:
    return {
        (key.report_key, key.field.value): {
            "report_key": key.report_key,
            "field": key.field.value,
            "seq": version.seq,
            "version": version.version,
        }
        for key, version in folded.replay.frames.items()
    }


def _follow_rows(folded: Folded) -> Mapping[Key, Row]:
    return {
        (follow.reader.name, str(follow.subject)): {
            "reader": follow.reader.name,
            "subject": str(follow.subject),
            "seq": seq,
        }
        for follow, seq in folded.replay.follows.items()
    }


def _head_row(folded: Folded) -> Mapping[Key, Row]:
    """Return the row of the history's end. Its number and hash have been compared with the last update
    before."""
    seq, digest = folded.connection.execute(select(chain_head.c.seq, chain_head.c.hash)).one()
    return {(1,): {"id": 1, "seq": seq, "hash": digest, "names_seq": folded.replay.names_seq}}


_VALUES = {"answer": [answer.value for answer in Answer], "stage": [stage.value for stage in Stage]}

SHOWN: tuple[Shown, ...] = (
    Shown(
        addressees,
        _AddresseeRows,
        lambda key, names: f"addressee {names.title(key[0])}, {names.body(key[1])}",
    ),
    Shown(
        tallies,
        _tally_rows,
        lambda key, names: f"count of {names.title(key[0])}, {key[1]} {key[2]}",
        lambda row: row["bodies"] == 0 and row["value"] in _VALUES.get(row["what"], ()),
    ),
    Shown(
        due_tallies,
        _due_tally_rows,
        lambda key, names: f"count of {names.title(key[2])}, {key[0]} due on {key[1]}",
        lambda row: row["addressed"] == 0 and row["owed"] == 0,
    ),
    Shown(
        register_tallies,
        _register_tally_rows,
        lambda key, _: f"count of {key[0]}" + (f" {key[1]}" if key[0] == "owed by" else ""),
        lambda row: row["recommendations"] == 0,
    ),
    Shown(
        group_tallies,
        _group_tally_rows,
        lambda key, names: f"count of {_group(key, names)}, {', '.join(filter(None, key[2:]))}",
        lambda row: row["addressees"] == 0,
    ),
    Shown(
        group_day_tallies,
        _group_day_tally_rows,
        lambda key, names: f"count of {_group(key, names)}, {key[2]} {key[3]}",
        lambda row: row["addressees"] == 0,
    ),
    Shown(
        grants,
        _grant_rows,
        lambda key, names: (
            f"role of {key[0]}/{key[1]}, {key[2]}{f' of {names.body(key[3])}' if key[3] else ''}"
        ),
    ),
    Shown(
        snoozes,
        _snooze_rows,
        lambda key, names: (
            f"reminders of {key[0]}/{key[1]}, {names.body(key[2])} {names.title(key[3])}".rstrip()
        ),
    ),
    Shown(letter_texts, _letter_rows, lambda key, _: f"letter on {key[0]}, its {key[1]}"),
    Shown(follows, _follow_rows, lambda key, _: f"what {key[0]} follows: {key[1]}"),
    Shown(chain_head, _head_row, lambda _, __: "the history's end"),
)
