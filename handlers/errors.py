"""What goes wrong, in words: refusals, a busy store, and failures with a reference that is in the log too."""

import json
import logging
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from slack_bolt import BoltResponse

from bot.domain.questions.plain_words.typed import read_command_or_question
from bot.domain.refusals.commands import WhichReport
from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.request import NotIntroduced
from bot.domain.register.people import Request
from bot.operations.questions import contacts, help, offers
from bot.operations.request.actors import introduce
from bot.operations.request.context import Services
from bot.operations.request.writing import was_carried_out
from bot.rendering.blocks import failures
from bot.rendering.blocks.refusals.refused import as_it_can_be_used, in_words, refused, shown
from bot.rendering.blocks.refusals.wording import RefusalContext
from bot.rendering.screen import Screen
from bot.runtime.logs import reference
from bot.runtime.waiting import arrived_at, seconds_waited
from handlers.replies import (
    Click,
    Submission,
    errors_answer,
    mapping,
    show_answer,
    slash_request,
    string,
)
from storage.database import Busy, ConnectionLost, OutcomeUnknown
from storage.time_left import waiting_until

log = logging.getLogger(__name__)

# In seconds: for a thread; and from a request's arrival until the store keeps it waiting no longer. The rest
# of Slack's three is for what is done meanwhile, and for a machine that has other work.
_WAITS_FOR_A_THREAD, _WAITS_FOR_THE_STORE = 1.0, 2.2

Shown = TypeVar("Shown")


def run(
    services: Services,
    request: Request,
    ask: Callable[[Request], Shown],
    typed: str = "",
    *,
    writes: bool = False,
) -> Shown | Screen:
    """Run `ask`, and turn refusals and failures of the store into a screen; `typed` is shown again with them.

    Looks up an unknown person first, and runs once more after a lost connection. What `writes` counts towards
    how much its person may write at once."""
    try:
        with waiting_until(arrived_at() + _WAITS_FOR_THE_STORE):
            return _shown(services, request, ask, writes=writes)
    except Refusal as refusal:
        return _refused(services, request, refusal, typed)
    except Busy as busy:
        log.warning("the store is busy or away (%s): nothing was saved", busy)
        return failures.busy(typed)
    except OutcomeUnknown:
        log.warning("the store went away while saving: the outcome is not known")
        return failures.outcome_unknown(typed)


def _shown(services: Services, request: Request, ask: Callable[[Request], Shown], *, writes: bool) -> Shown:
    # Whoever waited so long may be told in time that it is busy, and the others are served.
    if seconds_waited() > _WAITS_FOR_A_THREAD:
        raise Busy("all threads are waiting")
    if writes:
        services.rate_limiter.must_allow(services.store, request)
    try:
        return _ask(request, ask)
    except NotIntroduced as unknown:
        return _ask(introduce(services.store, services.directory, request, unknown), ask)


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
    return shown(as_it_can_be_used(wording, refusals, context), context)


def _ask(request: Request, ask: Callable[[Request], Shown]) -> Shown:
    """Ask, and once more where the connection was lost: by its key the same request writes nothing twice, and
    says what it wrote before."""
    try:
        return ask(request)
    except ConnectionLost:
        return ask(request)
    except OutcomeUnknown:
        try:
            return ask(request)
        except Busy:
            # The first time may have been saved all the same.
            raise OutcomeUnknown from None


def failed(error: Exception, body: Mapping[str, Any], services: Services) -> BoltResponse:
    """Answer an unexpected failure, for Bolt. The status is 200, since in Socket Mode nothing else is
    sent."""
    code = logged(error)
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


def logged(error: Exception) -> str:
    """Log an unexpected failure, and return the reference by which it is found in the log."""
    code = reference()
    # The error's own words may hold what a person typed: the log gets its class and where it was raised.
    log.error("failure %s: %s at %s", code, type(error).__name__, _place(error))
    return code


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


def _place(error: Exception) -> str:
    """Return where in our own code it went wrong: the innermost three places, the last one first."""
    frames = traceback.extract_tb(error.__traceback__)
    own_frames = [frame for frame in frames if "site-packages" not in frame.filename]
    return " < ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(own_frames[-3:])
    )
