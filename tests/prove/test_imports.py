"""Rows 41 to 43: every fault of a file is told at once, a row takes as long however many there are, and
others record meanwhile."""

import csv
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import event

from bot.domain.questions.grammar.typed_recordings import Note
from bot.domain.questions.names import Body
from bot.domain.register.imports import FileRefused
from bot.importing import reading
from bot.operations.imports.imports import import_file
from bot.operations.recording.note import note
from storage.database import FOR_REQUESTS, Busy, Database
from storage.store import Store
from tests.cast import CORA, HOME, NOW, occasion, stalking_case
from tests.importing.command import run_import
from tests.prove.broken_files import FORMS, BrokenFile, broken_file
from tests.prove.size import size
from tests.storage.audit import audit
from tests.storage.register import R15

pytestmark = pytest.mark.prove

FILES = size(12, 500)
ROWS = size(1000, 10_000)
PEOPLE = 20


def test_every_fault_of_a_file_is_told_with_its_place_in_one_answer(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'register.db'}"
    register = stalking_case(url)
    before = len(audit(url))
    bodies = [body.short_name for body in register.bodies.values()]
    planted = number = beside = 0
    for seed in range(FILES):
        file = broken_file(tmp_path, FORMS[seed % len(FORMS)], seed, bodies)
        with pytest.raises(FileRefused) as refused:
            import_file(register.store, reading.read(file.path), NOW)
        places = {(fault.place.table, fault.place.row, fault.column) for fault in refused.value.faults}
        assert file.planted <= places, _missing(file, places)
        assert places <= file.planted, sorted(places - file.planted)
        planted += len(file.planted)
        number += len(file.planted & places)
        beside += len(places - file.planted)
    print(f"{FILES} files, {planted} faults planted, {number} told with their place, {beside} others told")
    assert len(audit(url)) == before
    register.store.database.close()


def _missing(file: BrokenFile, places: set[tuple[str, int, str]]) -> str:
    return f"{file.path.name}: not told {sorted(file.planted - places)}"


@dataclass(frozen=True, slots=True)
class Waits:
    """How long each recording took, in seconds, shortest first, and how many were told that it is busy."""

    seconds: list[float]
    busy: int

    def __str__(self) -> str:
        middle, longest = self.seconds[len(self.seconds) // 2], self.seconds[-1]
        return f"{len(self.seconds)} recorded, {self.busy} busy, p50 {middle:.3f} s, longest {longest:.3f} s"


def test_people_record_while_a_file_is_imported(database_url: str, tmp_path: Path) -> None:
    register = stalking_case(database_url)
    before = len(audit(database_url))
    bodies = list(register.bodies.values())
    register.store.database.close()
    file = tmp_path / "notes.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["report", "recommendation", "body", "stands_from", "text"])
        for number in range(1000):
            name = bodies[PEOPLE + number % 20].short_name
            writer.writerow(["stalking", "15", name, "2025-03-03", f"Note {number}."])
    alone = _recording_until(lambda: time.sleep(size(3, 20)), database_url, bodies[:PEOPLE])
    texts: list[str] = []
    beside = _recording_until(
        lambda: texts.append(run_import(file, database_url).stdout), database_url, bodies[:PEOPLE]
    )
    print(f"alone: {alone}; while 1,000 rows are imported: {beside}")
    assert texts[0].splitlines()[-1] == "Imported: 1,000 changes recorded from 1,000 rows.", texts
    assert len(audit(database_url)) == before + len(alone.seconds) + len(beside.seconds) + 1000


def _recording_until(wait: Callable[[], object], url: str, bodies: list[Body]) -> Waits:
    """While something goes on, each of twenty people records for a body of their own, twice a second."""
    is_over = Event()
    database = Database(url, FOR_REQUESTS)
    store = Store(database, HOME, frozenset({CORA.user_id}))

    def recording(body: Body) -> Waits:
        seconds: list[float] = []
        busy = 0
        while not is_over.is_set():
            begun = time.monotonic()
            try:
                note(store, occasion(CORA), Note(R15, body, f"Meeting {len(seconds) + busy + 1} was held."))
                seconds.append(time.monotonic() - begun)
            except Busy:
                busy += 1
            is_over.wait(0.5)
        return Waits(seconds, busy)

    with ThreadPoolExecutor(len(bodies)) as pool:
        all_of_them = [pool.submit(recording, body) for body in bodies]
        try:
            wait()
        finally:
            is_over.set()
        waits = [recorder_waits.result() for recorder_waits in all_of_them]
    database.close()
    return Waits(
        sorted(n for recorder_waits in waits for n in recorder_waits.seconds),
        sum(recorder_waits.busy for recorder_waits in waits),
    )


def _held(store: Store) -> list[float]:
    """Grows by the processor's seconds of each transaction; the last one writes."""
    begun: list[float] = []
    held: list[float] = []
    engine = store.database.engine
    event.listen(engine, "begin", lambda _: begun.append(time.process_time()))
    event.listen(engine, "commit", lambda _: held.append(time.process_time() - begun[-1]))
    return held


@pytest.mark.alone  # what other tests left in a worker's memory is collected in its time too
@pytest.mark.parametrize("rows", [ROWS // 10, ROWS])
def test_a_row_takes_as_long_however_many_there_are(database_url: str, tmp_path: Path, rows: int) -> None:
    register = stalking_case(database_url)
    file = tmp_path / "notes.csv"
    lines = (f"stalking,15,Kent,2025-03-03,Note {number} of many." for number in range(rows))
    file.write_text("\n".join(["report,recommendation,body,stands_from,text", *lines]), encoding="utf-8")
    wall, own = time.monotonic(), time.process_time()
    held = _held(register.store)
    imported = import_file(register.store, reading.read(file), NOW)
    wall, own = time.monotonic() - wall, time.process_time() - own
    print(
        f"{rows:,} notes on one body: {wall:.1f} s, {1000 * own / rows:.2f} ms of the processor a row,"
        f" {1000 * held[-1] / rows:.3f} ms of it while others wait"
    )
    assert len(imported.effects) == rows
    assert held[-1] < 0.05 + 0.2 * rows / 1000
    register.store.database.close()
