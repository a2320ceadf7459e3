"""A published folder is replaced as a whole, and nothing is left beside it."""

import os
import stat
import threading
import tracemalloc
from pathlib import Path

import pytest

from storage.published_folder import NotOurs, replace_whole


def writes(text: str, folder: Path) -> None:
    (folder / "bodies").mkdir()
    (folder / "index.html").write_text(text)
    (folder / "bodies" / "kent.html").write_text(text)


def publish(directory: Path, text: str) -> bool:
    return replace_whole(directory, lambda folder: writes(text, folder))


def beside(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.parent.iterdir() if path != directory)


def test_a_folder_that_is_new_or_empty_or_our_own_is_taken(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (tmp_path / "empty").mkdir()
    assert publish(tmp_path / "empty", "one")
    assert publish(site, "one")
    assert publish(site, "two")
    assert (site / "bodies" / "kent.html").read_text() == "two"
    assert len(beside(site)) == 3  # the other folder, and a version of each


@pytest.mark.parametrize("other", ["file in it", "file", "link"])
def test_what_is_somebody_elses_is_left_alone(tmp_path: Path, other: str) -> None:
    site = tmp_path / "site"
    match other:
        case "file in it":
            site.mkdir()
            (site / "theirs").write_text("theirs")
        case "file":
            site.write_text("theirs")
        case "link":
            (tmp_path / "elsewhere").mkdir()
            site.symlink_to("elsewhere")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(NotOurs):
        publish(site, "one")
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_the_same_again_changes_nothing_and_what_was_tampered_with_is_put_right(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, "one")
    version = os.readlink(site)
    assert not publish(site, "one")
    assert os.readlink(site) == version
    (site / "index.html").write_text("another")
    assert publish(site, "one")
    assert (site / "index.html").read_text() == "one"
    assert len(beside(site)) == 1


def test_what_fails_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, "one")
    before = beside(site)

    def fails(folder: Path) -> None:
        writes("two", folder)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        replace_whole(site, fails)
    assert (site / "index.html").read_text() == "one"
    assert beside(site) == before


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, "one")
    (tmp_path / ".site.recbot-unfinished").mkdir()
    (tmp_path / ".site.recbot-unfinished" / "index.html").write_text("half")
    (tmp_path / ".site.recbot-link").symlink_to("nowhere")
    assert publish(site, "two")
    assert len(beside(site)) == 1


def test_everybody_may_read_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(tmp_path / "site", "one")
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "site").rglob("*")}
    assert modes == {0o644, 0o755}
    assert stat.S_IMODE((tmp_path / "site").stat().st_mode) == 0o755


def test_a_reader_never_meets_half_of_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, "0")
    ended = threading.Event()
    faults: list[str] = []

    def reads() -> None:
        while not ended.is_set():
            try:
                (site / "index.html").read_text()
                if len(os.listdir(site)) != 2:
                    faults.append("half")
            except OSError as error:
                faults.append(str(error))

    reader = threading.Thread(target=reads)
    reader.start()
    for number in range(5):
        publish(site, str(number + 1))
    ended.set()
    reader.join()
    assert faults == []


def test_a_file_is_never_held_whole(tmp_path: Path) -> None:
    def write_much(folder: Path) -> None:
        with (folder / "register.json").open("wb") as file:
            file.truncate(100_000_000)

    assert replace_whole(tmp_path / "site", write_much)
    tracemalloc.start()
    try:
        assert not replace_whole(tmp_path / "site", write_much)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 10_000_000
