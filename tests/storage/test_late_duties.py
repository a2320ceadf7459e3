"""What is late, page by page."""

from contextlib import closing
from datetime import date

from bot.domain.register.addressee import Answer, Duty
from bot.domain.values import replace
from storage import addressees, late_duties, tallies
from tests.cast import a_recommendation, stalking_case
from tests.operations.cases import DEADLINE, add

TODAY, MONDAY = date(2025, 3, 28), date(2025, 3, 24)


def test_pages_hold_what_is_counted_and_name_whoever_is_late(database_url: str) -> None:
    register = stalking_case(database_url)
    with closing(register.store.database):
        add(
            register,
            a_recommendation("40", respond_by=date(2025, 2, 1), due_on=DEADLINE),
            ("kent", "gwent"),
            answer=Answer.AWAITING,
        )
        with register.store.begin() as connection:
            kents = addressees.get(connection, "stalking-15", register.body("kent").code)
            assert kents is not None
            addressees.save(connection, kents, replace(kents, due_on=date(2025, 1, 1)))
        with register.store.reading() as connection:
            due = tallies.due_page(connection, before=TODAY, limit=100)
            late, late_before = tallies.late(connection, TODAY), tallies.late(connection, MONDAY)
            pages = [
                late_duties.page(connection, TODAY, MONDAY, limit=2, offset=2 * number) for number in range(4)
            ]
            with_whom, heirs = late_duties.late_with(
                connection, [(row.duty, row.deadline, row.recommendation_id) for row in due], TODAY
            )
            rows = addressees.of_recommendations(connection, {row.recommendation_id for row in due})
    assert [(duty, deadline, stated.id) for page in pages for duty, deadline, stated in page.due] == [
        (row.duty, row.deadline, row.recommendation_id) for row in due
    ]
    assert [len(page.due) for page in pages] == [2, 2, 2, 0]
    for page in pages[:3]:
        assert (page.total, page.late, page.late_before) == (len(due), late, late_before.recommendations)
    assert {(duty, row.key) for duty, row in with_whom} == {
        (duty, row.key) for row in rows for duty in Duty if row.is_overdue(duty, TODAY)
    }
    assert [row.body_name for _, row in with_whom] == sorted(row.body_name for _, row in with_whom)
    assert not heirs
