"""Row 54: bundles are checked by a program written from their README alone, and every alteration is found."""

import argparse
import hashlib
import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands import bundle
from bot.domain.register.redaction import Ground
from bot.operations.recording.redact import redact_by_hand
from bot.rendering.blocks.recording.redact import message_without
from bot.rendering.documents.bundle import SUMS, fingerprint
from tests.bundle_verifier import faults
from tests.cast import ALICE, BOB, NOW, Register, accountable_case
from tests.prove.size import size

pytestmark = pytest.mark.prove

BUNDLES = size(20, 1_000)
SEED = 54
LETTERS = "abcäŵ完=+@'\"\n,; 😀\u2028"


def test_every_bundle_holds_and_every_alteration_is_found(sqlite_url: str, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    register = accountable_case(sqlite_url)
    altered = found_without_fingerprint = 0
    for number in range(BUNDLES):
        grow(register, chance, number)
        folder = made(register, chance, tmp_path / "bundle")
        anchor = fingerprint(folder)
        assert faults(folder, anchor) == [], number
        alterations = ALTERATIONS if len(held(folder)) > 1 else ALTERATIONS_OF_FILES
        alter = alterations[number % len(alterations)]
        alter(chance, folder)
        if alter is not change_the_list and chance.random() < 0.5:
            count_anew(folder)
        assert faults(folder, anchor), (number, alter.__name__)
        altered += 1
        found_without_fingerprint += bool(faults(folder))
        shutil.rmtree(folder)
    register.store.database.close()
    print(
        f"{BUNDLES} bundles, {altered} altered ones found,"
        f" {found_without_fingerprint} also without fingerprint"
    )
    assert altered == BUNDLES


def grow(register: Register, chance: random.Random, number: int) -> None:
    """Record a few texts of any letters, and now and then erase one."""
    for who in (ALICE, BOB):
        text = "".join(chance.choices(LETTERS, k=chance.randint(1, 60)))
        seq = register.says(who, f"note 15: w {text}", NOW + timedelta(minutes=number))
        if chance.random() < 0.2:
            redact_by_hand(register.store, seq, Ground.WRONG_PERSON, NOW, message_without)


def made(register: Register, chance: random.Random, folder: Path) -> Path:
    about = chance.choice((["kent"], ["surrey"], ["essex"], ["--all"]))
    period = chance.choice(([], [], ["--from", "2025-03-10"], ["--to", "2025-03-10"]))
    parser = argparse.ArgumentParser()
    bundle.add_arguments(parser)
    arguments = parser.parse_args([*about, *period, "--out", str(folder)])
    assert bundle.run(arguments, register.store, NOW) == 0
    return folder


def held(folder: Path) -> list[bytes]:
    return (folder / "updates.jsonl").read_bytes().splitlines(keepends=True)


def count_anew(folder: Path) -> None:
    """Write the list of hashes again, as somebody would who covers up an alteration."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in paths
    ]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def any_file(chance: random.Random, folder: Path) -> Path:
    paths = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size]
    return chance.choice(sorted(path for path in paths if path.name != SUMS))


def change_a_byte(chance: random.Random, folder: Path) -> None:
    change_a_byte_of(any_file(chance, folder), chance)


def change_the_list(chance: random.Random, folder: Path) -> None:
    change_a_byte_of(folder / SUMS, chance)


def change_a_byte_of(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def cut_an_end(chance: random.Random, folder: Path) -> None:
    path = any_file(chance, folder)
    path.write_bytes(path.read_bytes()[: -chance.randint(1, 20)])


def take_a_file_away(chance: random.Random, folder: Path) -> None:
    any_file(chance, folder).unlink()


def put_a_file_in(chance: random.Random, folder: Path) -> None:
    (folder / f"more-{chance.randrange(100)}.txt").write_text("more", encoding="utf-8")


def take_an_update_away(chance: random.Random, folder: Path) -> None:
    lines = held(folder)
    del lines[chance.randrange(len(lines))]
    (folder / "updates.jsonl").write_bytes(b"".join(lines))


def swap_two_updates(chance: random.Random, folder: Path) -> None:
    lines = held(folder)
    place = chance.randrange(len(lines) - 1)
    lines[place], lines[place + 1] = lines[place + 1], lines[place]
    (folder / "updates.jsonl").write_bytes(b"".join(lines))


def say_something_else(_chance: random.Random, folder: Path) -> None:
    for name in ("updates.jsonl", "updates.csv", "texts.txt"):
        path = folder / name
        path.write_bytes(path.read_bytes().replace(b"accepted", b"declined").replace(b"w ", b"v "))
    path = folder / "chain.csv"
    path.write_bytes(path.read_bytes().replace(b"a", b"b"))


Alteration = Callable[[random.Random, Path], None]
ALTERATIONS_OF_FILES: tuple[Alteration, ...] = (
    change_a_byte,
    change_the_list,
    cut_an_end,
    take_a_file_away,
    put_a_file_in,
)
ALTERATIONS: tuple[Alteration, ...] = (
    *ALTERATIONS_OF_FILES,
    take_an_update_away,
    swap_two_updates,
    say_something_else,
)
