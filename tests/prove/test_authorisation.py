"""Row 55: every cell of docs/authorisation.md, tried by everybody it is about: twenty kinds of asker."""

from pathlib import Path

import pytest

from tests.authorisation.askers import ASKERS, is_done, may
from tests.authorisation.office import office
from tests.authorisation.table import acts, taken_for

pytestmark = pytest.mark.prove


def test_what_the_page_says_is_what_happens(tmp_path: Path) -> None:
    taken, attempts, done = taken_for(), 0, 0
    with office(tmp_path) as opened:
        for row in acts():
            for asker in ASKERS:
                is_allowed = may(asker, row, taken)
                assert is_done(opened, row, asker) is is_allowed, (row, asker)
                attempts, done = attempts + 1, done + is_allowed
    print(f"attempts: {attempts}, done: {done}, refused: {attempts - done}, wrong: 0")
