"""A recording that says less than what stood tells what was there before, whoever made it and how."""

from datetime import datetime, timedelta

import pytest

from bot.domain.questions.grammar import typed_commands, typed_recordings
from bot.domain.questions.receipts import Recorded
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.people import PersonKey
from bot.domain.values import replace
from bot.operations.recording import check, progress, reopen, respond, update
from bot.operations.recording.update_form import About, form
from bot.rendering.blocks.recording import recorded, update_form
from bot.rendering.blocks.recording import reopen as reopening
from bot.standin.reading import readable
from storage.store import Store
from tests.cast import ALICE, CORA, NOW, Register, occasion

MONDAY = NOW
WEDNESDAY = NOW + timedelta(days=2)
FRIDAY = NOW + timedelta(days=4)


def typed(register: Register, who: PersonKey, text: str, instant: datetime, key: str = "") -> Recorded:
    request = register.read(text)
    when = occasion(who, instant, key)
    if isinstance(request, typed_recordings.Respond):
        return respond.respond(register.store, when, request)
    assert isinstance(request, typed_recordings.Progress)
    return progress.progress(register.store, when, request)


def text_of(result: Recorded) -> str:
    return recorded.recorded(result).text


@pytest.mark.parametrize("who", [ALICE, CORA])
@pytest.mark.parametrize("now", ["in progress", "not started", "blocked: the funding"])
def test_progress_after_complete_says_since_when_it_was_complete(
    register: Register, who: PersonKey, now: str
) -> None:
    typed(register, ALICE, "complete 15 kent: done", MONDAY)
    typed(register, ALICE, "complete 15 kent: still done", WEDNESDAY)
    stage, _, text = now.partition(":")
    result = typed(register, who, f"progress 15 kent {stage}{':' if text else ''}{text}", FRIDAY)
    assert text_of(result) == (
        f"Recorded for Kent: stalking 15 is {stage}. Stalking 15 was complete since 10 March 2025."
    )


def test_a_step_forward_and_the_same_again_say_nothing_of_it(register: Register) -> None:
    for text in (
        "progress 15 kent in progress",
        "progress 15 kent blocked: why",
        "progress 15 kent in progress",
    ):
        assert "was" not in text_of(typed(register, ALICE, text, MONDAY))
    assert "was" not in text_of(typed(register, ALICE, "complete 15 kent: all of it", MONDAY))
    assert "was" not in text_of(typed(register, ALICE, "complete 15 kent: all of it", MONDAY))


def test_what_was_taken_back_never_was(register: Register) -> None:
    typed(register, ALICE, "progress 15 kent in progress", MONDAY)
    typed(register, ALICE, "complete 15 kent: all of it", WEDNESDAY)
    register.says(ALICE, "undo", WEDNESDAY)
    result = typed(register, ALICE, "progress 15 kent not started", FRIDAY)
    assert text_of(result).endswith("Stalking 15 was in progress since 10 March 2025.")


def test_of_several_each_that_steps_back_is_named(register: Register) -> None:
    typed(register, ALICE, "complete 16 kent: all of it", MONDAY)
    typed(register, ALICE, "complete 25 kent", MONDAY)
    result = typed(register, ALICE, "progress 15 16 25 kent in progress", FRIDAY)
    assert text_of(result).endswith("Stalking 16 and 25 were complete since 10 March 2025.")


def test_the_same_request_again_says_it_again(register: Register) -> None:
    typed(register, ALICE, "complete 15 kent: all of it", MONDAY)
    first = typed(register, ALICE, "progress 15 kent in progress", FRIDAY, key="again")
    second = typed(register, ALICE, "progress 15 kent in progress", FRIDAY, key="again")
    assert second.again
    assert text_of(second) == text_of(first)


def test_a_body_that_overrules_the_check_is_told_of_it(register: Register) -> None:
    typed(register, ALICE, "complete 15 kent: all of it", MONDAY)
    request = register.read("check 15 kent")
    assert isinstance(request, typed_recordings.Check)
    check.check(register.store, occasion(CORA, WEDNESDAY), request)
    result = typed(register, ALICE, "complete 15 kent: all of it", FRIDAY)
    assert text_of(result).endswith("Stalking 15 was checked by the association since 12 March 2025.")


def test_a_coordinator_who_reopens_is_told_since_when_it_was_complete(register: Register) -> None:
    typed(register, ALICE, "complete 15 kent: all of it", MONDAY)
    request = register.read("reopen 15 kent: the visit found otherwise")
    assert isinstance(request, typed_recordings.Reopen)
    result = reopen.reopen(register.store, occasion(CORA, FRIDAY), request, reopening.message)
    shown = reopening.reopened(result)
    assert "Stalking 15 was complete since 10 March 2025." in readable("", list(shown.blocks))


@pytest.mark.parametrize("who", [ALICE, CORA])
def test_the_form_says_it_too(register: Register, who: PersonKey) -> None:
    typed(register, ALICE, "complete 15 kent: done", MONDAY)
    about = About((typed_commands.Ref("stalking", "15"),), register.body("kent").code)
    view = update_form.recorded(_sent(register.store, who, about))
    shown = readable("", view["blocks"])
    assert "is accepted in part and in progress. Stalking 15 was complete since 10 March 2025." in shown
    assert "Stalking 15 was accepted since 22 November 2024." in shown


def _sent(store: Store, who: PersonKey, about: About) -> Recorded:
    opened = form(store, occasion(who, FRIDAY), about)
    entry = replace(
        opened.entry,
        answer=Answer.ACCEPTED_IN_PART,
        reason="no funding",
        stage=Stage.IN_PROGRESS,
        note="begun",
    )
    return update.update(
        store, occasion(who, FRIDAY), update.Submitted(about, about.recommendations, entry, opened.as_shown)
    )


def test_an_answer_that_says_less_tells_what_it_was(register: Register) -> None:
    shown = recorded.recorded(typed(register, ALICE, "decline 15 kent: no such service", FRIDAY))
    assert "Stalking 15 was accepted since 22 November 2024." in readable("", list(shown.blocks))
    back = recorded.recorded(typed(register, ALICE, "accept 15 kent", FRIDAY + timedelta(minutes=1)))
    assert "since" not in readable("", list(back.blocks))
