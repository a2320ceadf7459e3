"""Row 48: the history of a year made by chance, folded, is what stood: held against what was seen to stand
then. RECBOT_SEED says which year it is."""

import json
import os
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.calendar import beginning_of, london_date
from bot.domain.questions.over_time import ProgressOn
from bot.domain.questions.question_subject import QuestionSubject
from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.fold import state_at
from bot.domain.register.update import Update
from bot.domain.values import replace
from bot.operations.register.over_time import progress
from bot.operations.register.then import RegisterAt
from storage import recommendations, updates
from tests.cast import stalking_case
from tests.operations.years import FIRST_DAY, IDS, Key, Year
from tests.prove.size import size
from tests.storage.audit import Row, audit

pytestmark = pytest.mark.prove

RECORDINGS = size(short=400, full=4_000)
SEED = int(os.environ.get("RECBOT_SEED", "0")) or random.randrange(1, 1_000_000)
INSTANTS = 1_000
DAYS = 40
LAST_DAY = date(2026, 1, 5)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    register = stalking_case(f"sqlite:///{tmp_path_factory.mktemp('year') / 'recbot.db'}")
    made = Year(register, random.Random(SEED))
    made.pass_by(RECORDINGS)
    assert min(made.recorded, made.taken_back, made.back_dated) > RECORDINGS // 10, SEED
    yield made
    register.store.database.close()


def values(addressee: Addressee) -> Addressee:
    """Leave out what numbers and shows the latest update."""
    return replace(addressee, version=0, latest_update=None)


def as_asked_at_first(addressee: Addressee) -> Addressee:
    return Addressee(
        addressee.recommendation_id,
        addressee.body_code,
        addressee.body_name,
        respond_by=addressee.respond_by,
        due_on=date(2025, 3, 27),
    )


def histories(year: Year) -> dict[Key, list[Update]]:
    by_key: dict[Key, list[Update]] = {}
    with year.register.store.reading() as connection:
        for id_ in IDS:
            for update in updates.each_of_addressees(connection, recommendation_id=id_):
                by_key.setdefault((id_, update.draft.body_code or ""), []).append(update)
    return {key: by_key[key] for key in year.keys}


def test_what_had_been_recorded_by_an_instant_folds_to_what_stood_then(year: Year) -> None:
    by_key = histories(year)
    begun = datetime(2025, 1, 6, 12, tzinfo=UTC)
    for _ in range(INSTANTS):
        instant = begun + timedelta(seconds=year.chance.randrange(364 * 86_400))
        for key, history in by_key.items():
            recorded = [update for update in history if update.recorded_at <= instant]
            stood = year.at(key, instant)
            past = state_at(as_asked_at_first(stood), recorded, london_date(instant), known=True)
            assert past.addressee == values(stood), (SEED, instant, key)


def test_each_week_of_a_chart_is_the_register_as_at_its_end(year: Year) -> None:
    with year.register.store.reading() as connection:
        stated = tuple(recommendations.by_ids(connection, IDS).values())
        for recommendation in stated:
            subject = QuestionSubject(recommendations=(recommendation,))
            points = progress(RegisterAt(connection, LAST_DAY), subject, [recommendation]).points
            assert (len(points), points[-1].day) == (68, LAST_DAY)
            for point in points:
                rows = RegisterAt(connection, point.day).addressees(recommendation)
                assert point == ProgressOn.of(rows, point.day), (SEED, point.day)


def some_days(year: Year) -> list[date]:
    return [FIRST_DAY + timedelta(days=year.chance.randrange(363)) for _ in range(DAYS)]


def test_as_known_at_a_day_is_what_stood_at_its_end(year: Year) -> None:
    with year.register.store.reading() as connection:
        by_id = recommendations.by_ids(connection, IDS)
        for day in some_days(year):
            end = beginning_of(day + timedelta(days=1)) - timedelta(microseconds=1)
            register = RegisterAt(connection, day, known=True)
            for recommendation in by_id.values():
                stood = {row.body_code: row for row in register.addressees(recommendation)}
                assert len(stood) == 43
                for id_, code in year.keys:
                    if id_ == recommendation.id:
                        assert stood[code] == values(year.at((id_, code), end)), (SEED, day, id_, code)


def test_as_at_today_is_what_stands(year: Year) -> None:
    with year.register.store.reading() as connection:
        register = RegisterAt(connection, LAST_DAY)
        for recommendation in recommendations.by_ids(connection, IDS).values():
            for stood in register.addressees(recommendation):
                key = (recommendation.id, stood.body_code)
                if key in year.keys:
                    assert stood == values(year.at(key, datetime.max.replace(tzinfo=UTC))), SEED


def test_as_at_a_day_is_the_last_word_of_what_stands_from_then_or_before(year: Year) -> None:
    rows = audit(str(year.register.store.database.url))
    with year.register.store.reading() as connection:
        by_id = recommendations.by_ids(connection, IDS)
        for day in some_days(year):
            expected = by_hand(rows, day)
            register = RegisterAt(connection, day)
            for recommendation in by_id.values():
                for stood in register.addressees(recommendation):
                    assert (stood.answer, stood.stage, str(stood.due_on)) == expected.get(
                        (recommendation.id, stood.body_code), ("awaiting", "not started", "2025-03-27")
                    ), (SEED, day)


def by_hand(rows: list[Row], day: date) -> dict[Key, tuple[str, str, str]]:
    """Answer, stage and deadline, from the rows of the history alone."""
    undone = {row["about_seq"] for row in rows if row["kind"] == "undo"}
    stood: dict[Key, tuple[str, str, str]] = {}
    for row in rows:
        if row["seq"] in undone or row["kind"] == "undo" or row["stands_from"] > day.isoformat():
            continue
        where = (row["recommendation_id"], row["body_code"])
        answer, stage, due_on = stood.get(where, (Answer.AWAITING, Stage.NOT_STARTED, "2025-03-27"))
        now = {change["what"]: change["now"] for change in json.loads(row["changes"])}
        stood[where] = now.get("answer", answer), now.get("stage", stage), now.get("due_on", due_on)
    return stood
