"""The pages for whoever works on recbot name files that are there, and names that stand in them."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:bot|handlers|storage)(?:/[\w.]+)*)`", PAGE)))

PAGES = (
    "CONTRIBUTING.md",
    *(str(page.relative_to(ROOT)) for page in sorted(ROOT.glob("docs/decisions/*.md"))),
)
_FILE = r"`([\w./]+\.(?:py|txt|tsv|po|html|js|css))`"
_NAME = r"`([A-Za-z_][\w.]*)`"


@cache
def _files() -> tuple[str, ...]:
    folders = ("bot", "handlers", "storage", "deploy", "docs", "tests")
    return tuple(str(path.relative_to(ROOT)) for folder in folders for path in (ROOT / folder).rglob("*.*"))


def _named(file: str) -> list[str]:
    """Return the files that a page can mean by the end of a path."""
    return [path for path in _files() if path == file or path.endswith(f"/{file}")]


@pytest.mark.parametrize("path", NAMED)
def test_what_the_page_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [file for file in re.findall(_FILE, text) if not _named(file)] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_name_that_a_page_places_in_a_file_stands_there(page: str) -> None:
    """As in: `combined` in `succession.py`."""
    text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
    placed = re.findall(rf"{_NAME}(?:(?:, | and ){_NAME})? (?:in|of) {_FILE}", text)
    pairs = [(name.split(".")[-1], file) for *names, file in placed for name in names if name]
    assert [pair for pair in pairs if not _stands_in(*pair)] == []


def _stands_in(name: str, file: str) -> bool:
    texts = ((ROOT / path).read_text(encoding="utf-8") for path in _named(file))
    return any(re.search(rf"\b{re.escape(name)}\b", text) for text in texts)


def test_the_picture_has_every_folder_of_a_floor() -> None:
    picture = PAGE.partition("```mermaid")[2].partition("```")[0]
    folders = [
        *(ROOT / "bot").iterdir(),
        ROOT / "handlers",
        ROOT / "storage",
    ]
    floors = [path for path in folders if (path / "__init__.py").exists() and path.name != "example"]
    assert [path.name for path in floors if str(path.relative_to(ROOT)) not in picture] == []


def test_the_picture_has_the_rooms_of_domain_and_operations() -> None:
    for floor in ("domain", "operations"):
        rooms = [path.parent.name for path in (ROOT / "bot" / floor).glob("*/__init__.py")]
        assert [room for room in rooms if room not in PAGE] == []
