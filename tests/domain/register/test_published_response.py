"""What a report that asks for published responses asks of a body, step by step."""

from datetime import date

import pytest

from bot.domain.register.published_response import (
    Ended,
    PublishedAtWrongTime,
    PublishedResponse,
    Step,
    StepKey,
    changes,
    comments_by,
    latest_steps,
    must_be_possible,
    published_response_of,
    setting_change,
    setting_of,
    step_of,
)
from bot.domain.register.update import Draft, Update, UpdateKind, Via
from bot.domain.values import replace
from tests.cast import NOW, REPORT, TODAY

CUSTODY = replace(REPORT, key="custody", publish_by=date(2025, 3, 17))


def a_step(step: Step, body: str = "kent", seq: int = 1, until: date | None = None) -> Update:
    step_changes = changes("custody", step, until)
    return Update(
        seq,
        NOW,
        Draft(UpdateKind.PUBLISHED_RESPONSE, TODAY, Via.SLACK, body_code=body, changes=step_changes),
    )


def standing(*updates: Update, body: str = "kent", ended: tuple[Ended, ...] = ()) -> PublishedResponse:
    return published_response_of(CUSTODY, body, body.title(), latest_steps(updates), ended)


def test_it_is_open_until_it_is_published_and_copied() -> None:
    invited = a_step(Step.INVITED, until=date(2025, 3, 12))
    published, copied = a_step(Step.PUBLISHED, seq=2), a_step(Step.COPIED, seq=3)
    assert standing().is_open
    assert standing(invited).is_open
    assert standing(invited, published).is_open
    assert standing(invited, published).is_published
    assert not standing(published, copied).is_open
    assert comments_by(invited) == date(2025, 3, 12)
    assert comments_by(published) is None


def test_it_is_late_from_the_day_after_the_one_that_the_report_states() -> None:
    assert not standing().is_overdue(date(2025, 3, 17))
    assert standing().is_overdue(date(2025, 3, 18))
    assert not standing(a_step(Step.PUBLISHED)).is_overdue(date(2025, 3, 18))


def test_the_last_one_recorded_holds() -> None:
    first, second = a_step(Step.PUBLISHED), a_step(Step.PUBLISHED, seq=2)
    assert standing(second, first).steps == {Step.PUBLISHED: second}


def test_steps_are_of_one_report_and_one_body() -> None:
    assert step_of(a_step(Step.COPIED).draft) == StepKey("custody", "kent", Step.COPIED)
    assert standing(a_step(Step.PUBLISHED, body="surrey")).steps == {}
    assert step_of(Draft(UpdateKind.NOTE, TODAY, Via.SLACK)) is None


def test_an_heir_has_done_what_all_of_its_predecessors_did() -> None:
    ended = (
        Ended("custody", "norfolk", "Norfolk", "mayor"),
        Ended("custody", "suffolk", "Suffolk", "mayor"),
        Ended("stalking", "kent", "Kent", "mayor"),
    )
    norfolk, suffolk = (a_step(Step.PUBLISHED, body=body) for body in ("norfolk", "suffolk"))
    heir = standing(norfolk, body="mayor", ended=ended)
    assert [before.body_name for before in heir.predecessors] == ["Norfolk", "Suffolk"]
    assert not heir.is_published
    assert standing(norfolk, suffolk, body="mayor", ended=ended).is_published
    assert standing(a_step(Step.PUBLISHED, body="mayor"), body="mayor", ended=ended).is_published


def test_it_passes_from_hand_to_hand() -> None:
    ended = (Ended("custody", "a", "A", "b"), Ended("custody", "b", "B", "c"))
    assert standing(a_step(Step.PUBLISHED, body="a"), body="c", ended=ended).is_published
    assert not standing(body="c", ended=ended).is_published


@pytest.mark.parametrize(
    ("on", "until"),
    [
        (date(2024, 9, 26), None),
        (date(2025, 3, 11), None),
        (TODAY, date(2024, 9, 26)),
    ],
)
def test_nothing_is_done_before_the_report_was_published_nor_on_a_day_to_come(
    on: date, until: date | None
) -> None:
    must_be_possible(TODAY, date(2025, 6, 1), REPORT.published_on, TODAY)
    with pytest.raises(PublishedAtWrongTime):
        must_be_possible(on, until, REPORT.published_on, TODAY)


@pytest.mark.parametrize(("was", "now"), [(None, TODAY), (TODAY, None), (TODAY, date(2025, 4, 1))])
def test_a_setting_reads_back_as_it_was_written(was: date | None, now: date | None) -> None:
    draft = Draft(UpdateKind.REPORT_CHANGED, TODAY, Via.SLACK, changes=(setting_change("custody", was, now),))
    assert setting_of(draft) == ("custody", was, now)
    assert setting_of(Draft(UpdateKind.NOTE, TODAY, Via.SLACK)) is None
