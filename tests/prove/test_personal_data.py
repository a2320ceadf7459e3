"""Row 56: the time of the personal-data check grows with the text and no faster, and each finding is told
once and as it was written, in long texts of every piece of what it looks for."""

import pytest

from tests.domain.personal_data.pieces import PIECES, grows_with_the_text, is_told_once_and_as_written
from tests.prove.size import size

pytestmark = pytest.mark.prove

LENGTH = size(3000, 20_000)


def test_the_time_of_the_check_grows_with_the_text_and_no_faster() -> None:
    assert [piece for piece in PIECES if not grows_with_the_text(piece)] == []


def test_every_finding_in_a_text_of_pieces_is_told_once_and_as_written() -> None:
    assert [piece for piece in PIECES if not is_told_once_and_as_written(piece, LENGTH)] == []
    print(f"pieces: {len(PIECES)}, characters of each text: {LENGTH}")
