"""What goes wrong is caught here, and put into words by `wording.py`: refusals, a busy store, and failures
with a reference that is in the log too."""

import logging
import traceback
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from slack_bolt import BoltResponse

from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.request import NotIntroduced
from bot.domain.register.people import Request
from bot.operations.request.actors import introduce
from bot.operations.request.context import Services
from bot.rendering.screen import Screen
from bot.runtime.logs import reference
from bot.runtime.waiting import arrived_at, seconds_waited
from handlers import wording
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
    except (Refusal, Busy, OutcomeUnknown) as problem:
        if isinstance(problem, Busy):
            log.warning("the store is busy or away (%s): nothing was saved", problem)
        elif isinstance(problem, OutcomeUnknown):
            log.warning("the store went away while saving: the outcome is not known")
        return wording.of_problem(services, request, problem, typed)


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
    return wording.failed(logged(error), body, services)


def logged(error: Exception) -> str:
    """Log an unexpected failure, and return the reference by which it is found in the log."""
    code = reference()
    # The error's own words may hold what a person typed: the log gets its class and where it was raised.
    log.error("failure %s: %s at %s", code, type(error).__name__, _place(error))
    return code


def _place(error: Exception) -> str:
    """Return where in our own code it went wrong: the innermost three places, the last one first."""
    frames = traceback.extract_tb(error.__traceback__)
    own_frames = [frame for frame in frames if "site-packages" not in frame.filename]
    return " < ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(own_frames[-3:])
    )
