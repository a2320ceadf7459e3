"""docs/architecture.md names files that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:bot|handlers|storage)(?:/[\w.]+)*)`", PAGE)))


@pytest.mark.parametrize("path", NAMED)
def test_what_the_page_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


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
