"""A disk whose power can be cut: what SQLite writes and syncs is noted as it happens, and from that are made
the files that a machine may find after power went at any moment.

What was synced is there. Of what was written since, each sector may be there or missing, in any mixture:
disks write in an order of their own. Names given by a rename may be missing until the folder is synced. The
shared memory of the log is gone.

SQLite calls its functions for files through a table. `Disk.watching` puts its own in their places, for
connections that are opened meanwhile, in this process."""

import _sqlite3
import ctypes
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest

_SECTOR = 512  # bytes: what a disk writes whole or not at all
_POINTER = ctypes.sizeof(ctypes.c_void_p)
_OK = 0

# https://www.sqlite.org/c3ref/vfs.html: numbers first, then pointers, of which these are two.
_VFS_OPEN = 40
# https://www.sqlite.org/c3ref/io_methods.html: a version, then pointers to functions in this order.
_WRITE, _TRUNCATE, _SYNC, _METHODS = 3, 4, 5, 19

_Open = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)
_Write = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
_Truncate = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes written to a file at an offset; None for bytes: the file was cut there."""

    path: str
    offset: int
    bytes: bytes | None


@dataclass(frozen=True, slots=True)
class Synced:
    """All that was noted of a file, or of a folder's names, before the place `through` outlives a cut."""

    path: str
    through: int


@dataclass(frozen=True, slots=True)
class Renamed:
    """A file got another name."""

    path: str
    to: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Somebody was told that it is done."""

    what: Any


Event = Written | Synced | Renamed | Acknowledged


@dataclass
class Disk:
    """What happened, in its order."""

    events: list[Event] = field(default_factory=list)
    _paths: dict[int, str] = field(default_factory=dict)  # by the address of SQLite's file
    _in_use: list[Any] = field(default_factory=list)  # what SQLite may call as long as this process lives
    _watched: dict[int, Any] = field(
        default_factory=dict
    )  # tables of functions by the address of SQLite's own

    def acknowledge(self, what: Any) -> None:
        self.events.append(Acknowledged(what))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note what is done with files that are opened in the block. Skips the test where Python keeps its
        SQLite to itself."""
        place = _vfs() + _VFS_OPEN
        original = ctypes.c_void_p.from_address(place)
        before = original.value
        opening = _Open(before or 0)

        def open_(vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
            code = opening(vfs, name, file, flags, out)
            if code == _OK and name:
                self._watch(file, ctypes.string_at(name).decode())
            return int(code)

        opened = _Open(open_)
        self._in_use.append(opened)
        _KEPT.append(self)
        original.value = ctypes.cast(opened, ctypes.c_void_p).value
        try:
            with self._watching_python():
                yield
        finally:
            original.value = before

    @contextmanager
    def _watching_python(self) -> Iterator[None]:
        """Note the syncs and renames that Python does itself."""
        sync = os.fsync

        def noted_sync(descriptor: int) -> None:
            through = len(self.events)
            sync(descriptor)
            self.events.append(Synced(os.readlink(f"/proc/self/fd/{descriptor}"), through))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", noted_sync)
            _AUDITED.append(self)
            try:
                yield
            finally:
                _AUDITED.remove(self)

    def _watch(self, file: int, path: str) -> None:
        self._paths[file] = path
        methods = ctypes.c_void_p.from_address(file)
        own = methods.value
        if own is not None and own not in self._watched:
            self._watched[own] = self._table(own)
        methods.value = ctypes.addressof(self._watched[own or 0])

    def _table(self, own: int) -> Any:
        """Return a table of functions like SQLite's own that notes what changes a file."""
        table = (ctypes.c_void_p * _METHODS).from_buffer_copy(ctypes.string_at(own, _METHODS * _POINTER))
        for place, function in (
            (_WRITE, _Write(self._writing(_Write(table[_WRITE] or 0)))),
            (_TRUNCATE, _Truncate(self._truncating(_Truncate(table[_TRUNCATE] or 0)))),
            (_SYNC, _Sync(self._syncing(_Sync(table[_SYNC] or 0)))),
        ):
            self._in_use.append(function)
            table[place] = ctypes.cast(function, ctypes.c_void_p).value
        return table

    def _writing(self, write: Any) -> Callable[[int, int, int, int], int]:
        def noted(file: int, content: int, length: int, offset: int) -> int:
            code = write(file, content, length, offset)
            self.events.append(Written(self._paths[file], offset, ctypes.string_at(content, length)))
            return int(code)

        return noted

    def _truncating(self, truncate: Any) -> Callable[[int, int], int]:
        def noted(file: int, size: int) -> int:
            code = truncate(file, size)
            self.events.append(Written(self._paths[file], size, None))
            return int(code)

        return noted

    def _syncing(self, sync: Any) -> Callable[[int, int], int]:
        def noted(file: int, flags: int) -> int:
            # What others write while it syncs may be too late for it.
            through = len(self.events)
            code = sync(file, flags)
            self.events.append(Synced(self._paths[file], through))
            return int(code)

        return noted


# What SQLite or Python may call as long as this process lives.
_KEPT: list[Disk] = []
_AUDITED: list[Disk] = []


def _hear_of_renames(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "os.rename" and _AUDITED:
        for disk in _AUDITED:
            disk.events.append(Renamed(os.path.abspath(arguments[0]), os.path.abspath(arguments[1])))


sys.addaudithook(_hear_of_renames)


def _vfs() -> int:
    """Return the address of SQLite's table of functions for opening files."""
    try:
        library = ctypes.CDLL(_sqlite3.__file__)
        find = library.sqlite3_vfs_find
    except (AttributeError, OSError):
        pytest.skip("this Python keeps its SQLite to itself")
    find.restype = ctypes.c_void_p
    address = find(None)
    assert isinstance(address, int)
    return address


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, Written]] = field(default_factory=list)  # with their places

    def sync(self, through: int) -> None:
        while self.pending and self.pending[0][0] < through:
            _write(self.durable, self.pending.pop(0)[1])

    def after_a_cut(self, chance: Random) -> bytes:
        """Return what may be found of it: pieces of what was not synced may be missing."""
        content = bytearray(self.durable)
        likely = chance.choice((0.0, 0.5, 0.9, 1.0))
        for _, written in self.pending:
            if written.bytes is None:
                if chance.random() < likely:
                    _write(content, written)
                continue
            for start in range(0, len(written.bytes), _SECTOR):
                if chance.random() < likely:
                    piece = written.bytes[start : start + _SECTOR]
                    _write(content, Written(written.path, written.offset + start, piece))
        return bytes(content)


def _write(content: bytearray, written: Written) -> None:
    if written.bytes is None:
        del content[written.offset :]
        return
    if len(content) < written.offset:
        content.extend(bytes(written.offset - len(content)))
    content[written.offset : written.offset + len(written.bytes)] = written.bytes


@dataclass(frozen=True)
class AfterACut:
    """What is found when power comes back."""

    files: Mapping[str, bytes]  # by their names
    acknowledged: tuple[Any, ...]  # what had been acknowledged before


def cuts(disk: Disk, before: Mapping[str, bytes], places: list[int], chance: Random) -> Iterator[AfterACut]:
    """Cut the power after so many events, for each of the places in their order; `before` are the files that
    were there, by name."""
    files = {name: _File(bytearray(content)) for name, content in before.items()}
    renames: list[tuple[int, Renamed]] = []
    acknowledged: list[Any] = []
    done = 0
    for place in sorted(places):
        for number, event in enumerate(disk.events[done:place], start=done):
            match event:
                case Written():
                    files.setdefault(event.path, _File()).pending.append((number, event))
                case Synced():
                    if (file := files.get(event.path)) is not None:
                        file.sync(event.through)
                    durable = [
                        renamed
                        for number_then, renamed in renames
                        if str(Path(renamed.to).parent) == event.path and number_then < event.through
                    ]
                    for renamed in durable:
                        files[renamed.to] = files.pop(renamed.path)
                    renames = [item for item in renames if item[1] not in durable]
                case Renamed():
                    renames.append((number, event))
                case Acknowledged():
                    acknowledged.append(event.what)
        done = place
        files_left = {name: file.after_a_cut(chance) for name, file in files.items()}
        for _, renamed in renames:
            if renamed.path in files_left and chance.random() < 1 / 2:
                files_left[renamed.to] = files_left.pop(renamed.path)
        yield AfterACut(files_left, tuple(acknowledged))
