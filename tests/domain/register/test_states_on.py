"""An addressee carried on from day to day stands on each as it is folded for that day alone."""

import random
from datetime import date, timedelta

import pytest

from bot.domain.calendar import beginning_of
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.fold import state_at, states_on
from bot.domain.register.update import Update, UpdateKind
from tests.domain.register.test_fold import ASKED, STORY, instant, recorded_update

FIRST = date(2024, 11, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(160)]


def by_chance(chance: random.Random, updates: int) -> list[Update]:
    """A history with back-dated recordings, some of which are taken back."""
    history: list[Update] = []
    recorded = instant(FIRST)
    for seq in range(1, updates + 1):
        recorded += timedelta(hours=chance.randrange(1, 100))
        from_day = recorded.date() - timedelta(days=chance.choice([0, 0, 0, 3, 40]))
        done = [update.seq for update in history if update.draft.kind is not UpdateKind.UNDO]
        if done and chance.random() < 0.2:
            history.append(recorded_update(seq, UpdateKind.UNDO, recorded, about=chance.choice(done)))
        elif chance.random() < 0.5:
            now = chance.choice(list(Answer))
            change = ("answer", "", now.value)
            history.append(recorded_update(seq, UpdateKind.RESPONSE, recorded, change, stands_from=from_day))
        else:
            change = ("stage", "", chance.choice(list(Stage)[:4]).value)
            history.append(recorded_update(seq, UpdateKind.PROGRESS, recorded, change, stands_from=from_day))
    return history


@pytest.mark.parametrize("seed", range(40))
def test_each_day_is_what_is_folded_for_it(seed: int) -> None:
    chance = random.Random(seed)
    history = by_chance(chance, chance.randrange(25))
    days = sorted(chance.sample(DAYS, 30))
    known_by = beginning_of(chance.choice(days) + timedelta(days=1))
    for recorded_before in (None, known_by):
        known = [update for update in history if recorded_before is None or update.recorded_at < known_by]
        carried = list(states_on(ASKED, history, days, recorded_before=recorded_before))
        alone = [state_at(ASKED, known, day) for day in days]
        assert [(past.addressee, past.updates, past.is_asked) for past in carried] == [
            (past.addressee, past.updates, past.is_asked) for past in alone
        ]


def test_what_is_recorded_later_for_an_earlier_day_holds_from_that_day_on() -> None:
    begun = recorded_update(
        1, UpdateKind.PROGRESS, instant(date(2025, 2, 10)), ("stage", "not started", "in progress")
    )
    earlier = recorded_update(
        2,
        UpdateKind.PROGRESS,
        instant(date(2025, 2, 20)),
        ("stage", "in progress", "complete"),
        stands_from=date(2025, 2, 1),
    )
    stood = states_on(ASKED, (begun, earlier), [date(2025, 1, 31), date(2025, 2, 1), date(2025, 2, 28)])
    assert [past.addressee.stage for past in stood] == [Stage.NOT_STARTED, Stage.COMPLETE, Stage.COMPLETE]


def test_no_days_and_no_updates_are_nothing_to_fold() -> None:
    assert list(states_on(ASKED, STORY, [])) == []
    (past,) = states_on(ASKED, (), [FIRST])
    assert (past.addressee, past.updates, past.counts) == (ASKED, (), True)
