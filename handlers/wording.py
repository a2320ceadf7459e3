"""What goes wrong, in words, with what its reader can do instead."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from slack_bolt import BoltResponse

from bot.domain.questions.grammar.problems import NotUnderstood, What
from bot.domain.questions.plain_words.typed import read_command_or_question
from bot.domain.questions.plain_words.understanding import SaidPlainly
from bot.domain.questions.reading_much import MuchRead
from bot.domain.refusals.commands import WhichReport
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.people import Request
from bot.domain.values import replace
from bot.operations.questions import contacts, help, offers
from bot.operations.request.context import Services
from bot.operations.request.writing import was_carried_out
from bot.rendering.blocks import failures
from bot.rendering.blocks.refusals.refused import as_it_can_be_used, in_words, refused, shown
from bot.rendering.blocks.refusals.wording import RefusalContext
from bot.rendering.screen import Screen
from handlers.replies import (
    Click,
    Submission,
    errors_answer,
    mapping,
    show_answer,
    slash_request,
    string,
)
from storage.database import Busy, OutcomeUnknown


class BusyWithMuch(Busy):
    """Busy with a question that goes through much of the history."""

    def __init__(self, reason: str, much: MuchRead) -> None:
        super().__init__(reason)
        self.much = much


def of_problem(
    services: Services, request: Request, problem: Refusal | Busy | OutcomeUnknown, typed: str
) -> Screen:
    """Return the screen that says why something was not done, with what was typed."""
    if isinstance(problem, Refusal):
        return _refused(services, request, problem, typed)
    if isinstance(problem, Busy):
        return failures.busy(typed, problem.much if isinstance(problem, BusyWithMuch) else None)
    return failures.outcome_unknown(typed)


def _refused(services: Services, request: Request, refusal: Refusal, typed: str) -> Screen:
    """Return the refusal in words, with examples and buttons that this person can use as the register
    stands."""
    context = RefusalContext(typed, _who_can_help(services))
    if not in_words(refusal, context).commands:
        return refused(refusal, context)
    try:
        asker, example_names = help.asking(services.store, request)
        context = replace(context, example_names=example_names, may_record=asker.role != "anyone")
        wording = in_words(refusal, context)
        names = services.names.current()
        refusals = offers.refusals_of(
            services.store,
            request,
            lambda command: read_command_or_question(command, names, request.today),
            wording.commands,
            may_lack_body=isinstance(refusal, WhichReport),
        )
    except (Refusal, Busy):
        # Who may not see the register, or cannot be looked up now, is offered nothing.
        return shown(in_words(refusal, context).that_work(()), context)
    if isinstance(refusal, SaidPlainly):
        # Its button says how the day is typed, for the body or the report that was chosen.
        refusals = {command: why for command, why in refusals.items() if not _lacks_its_day(why)}
    return shown(as_it_can_be_used(wording, refusals, context), context)


def _lacks_its_day(refusal: Refusal) -> bool:
    return isinstance(refusal, NotUnderstood) and refusal.what is What.WHICH_DATE


def failed(code: str, body: Mapping[str, Any], services: Services) -> BoltResponse:
    """Answer a failure that has a reference."""
    if "command" in body:
        saved = _was_saved(services, lambda: slash_request(services, body))
        screen = failures.failed(code, string(body.get("text")), saved)
        return BoltResponse(status=200, body=json.dumps(screen.as_reply()), headers=dict(_JSON))
    actions = body.get("actions")
    if isinstance(actions, list) and actions:
        click = Click.read(body, mapping(actions[0]))
        screen = failures.failed(code, "", _was_saved(services, lambda: click.request(services)))
        show_answer(services, click, screen, in_place=False)
    if body.get("type") == "view_submission":
        return _beside_a_field(Submission.read(body, mapping(body.get("view"))), code, services)
    return BoltResponse(status=200, body="")


def _beside_a_field(sent: Submission, code: str, services: Services) -> BoltResponse:
    """Return words beside a field; the form stays open with everything that was written in it."""
    screen = failures.failed(code, "", _was_saved(services, lambda: sent.request(services)))
    errors = errors_answer(sent, {"": screen.in_one_line})
    return BoltResponse(status=200, body=json.dumps(errors), headers=dict(_JSON))


_JSON: Mapping[str, str | Sequence[str]] = {"Content-Type": "application/json;charset=utf-8"}


def _who_can_help(services: Services) -> tuple[str, ...]:
    try:
        return contacts.who_can_help(services.store)
    except Busy:
        return ()


def _was_saved(services: Services, read: Callable[[], Request]) -> bool | None:
    """Return whether the request was recorded; None when that cannot be told either, since the person is
    answered whatever else goes wrong."""
    try:
        return was_carried_out(services.store, read())
    except Exception:
        return None
