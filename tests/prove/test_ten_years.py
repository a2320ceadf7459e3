"""Row 66: a register made for the bench of ten years is one that recbot could have written, and all that the
bench measures can be done with it, on either database; how fast anything is, no test may ask."""

from contextlib import closing
from dataclasses import replace

import pytest

from storage.database import FOR_WORK, Database
from storage.verify import Unbroken, verify
from tests.bench.copied import copied
from tests.bench.ten_years import Register, made, often, seldom
from tests.databases import with_client_programs

__all__ = ["with_client_programs"]

pytestmark = [pytest.mark.prove, pytest.mark.usefixtures("with_client_programs")]


@pytest.fixture(scope="module")
def in_a_file(tmp_path_factory: pytest.TempPathFactory) -> Register:
    (register,) = made(tmp_path_factory.mktemp("years"), [1], reports_a_year=2)
    return register


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, in_a_file: Register) -> Register:
    if request.param == "sqlite":
        return in_a_file
    return replace(in_a_file, copied_to=copied(in_a_file.path, request.getfixturevalue("postgresql_server")))


def test_a_register_of_some_years_holds_and_answers_all_that_is_measured(register: Register) -> None:
    with closing(Database(register.url, FOR_WORK)) as database:
        verified = verify(database)
    assert isinstance(verified, Unbroken)
    print(f"{verified.seq:,} updates")
    assert verified.seq > 500
    for name, prepare in {**often(register), **seldom(register)}.items():
        with prepare(register) as work:
            work()
        print(name, end="; ")
