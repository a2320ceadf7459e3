"""`recbot publish DIR`: what whoever runs recbot is told."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands import publish
from tests.cast import ALICE, NOW, Register, stalking_case
from tests.published import words_of


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = stalking_case(sqlite_url)
    yield made
    made.store.database.close()


def run(register: Register, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    publish.add_arguments(parser)
    return publish.run(parser.parse_args(arguments), register.store, NOW)


def test_it_says_whether_anything_changed(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    assert run(register, str(site)) == 0
    assert capsys.readouterr().out == f"Published to {site}.\n"
    assert run(register, str(site)) == 0
    assert capsys.readouterr().out == f"{site} is as the register stands already.\n"
    register.says(ALICE, "complete 15: all of it")
    assert run(register, str(site), "--approved") == 0
    assert capsys.readouterr().out == f"Published to {site}.\n"
    assert "43 of 43 1 of 43" in words_of(site, "index.html")


def test_it_writes_over_nothing_else(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "file").write_text("theirs")
    assert run(register, str(theirs)) == 1
    assert run(register, str(tmp_path / "nowhere" / "site")) == 1
    assert capsys.readouterr().err == (
        f"{theirs} holds something that recbot did not publish, so nothing was written."
        " Name a new or an empty folder.\n"
        f"{tmp_path / 'nowhere' / 'site'} cannot be written: No such file or directory.\n"
    )
