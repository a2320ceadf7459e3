"""Row 66: a register made for the bench of ten years is one that recbot could have written, and all that the
bench measures can be done with it; how fast anything is, no test may ask."""

from contextlib import closing
from pathlib import Path

import pytest

from storage.database import FOR_WORK, Database
from storage.verify import Unbroken, verify
from tests.bench.ten_years import Register, made, often, seldom

pytestmark = pytest.mark.prove


def test_a_register_of_some_years_holds_and_answers_all_that_is_measured(tmp_path: Path) -> None:
    (register,) = made(tmp_path, [1], reports_a_year=2)
    with closing(Database(register.url, FOR_WORK)) as database:
        verified = verify(database)
    assert isinstance(verified, Unbroken)
    print(f"{verified.seq:,} updates, {register.rows():,} rows")
    assert verified.seq > 500
    assert isinstance(register, Register)
    for name, prepare in {**often(register), **seldom(register)}.items():
        with prepare(register) as work:
            work()
        print(name, end="; ")
