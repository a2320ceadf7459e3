"""Opening a form: at once, before anything is read, since Slack's trigger lives 3 seconds, and filling it
later.

Where Slack is slow or away the person is told how to go on; a form that came up all the same is filled."""

import logging
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from msgspec import Struct
from slack_bolt import Ack
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.register.people import Request
from bot.operations.request import direct_messages
from bot.operations.request.context import Services
from bot.rendering.blocks import failures
from bot.rendering.delivered import delivered
from bot.rendering.form import form
from bot.rendering.screen import Screen
from bot.runtime.pool import QueueFull
from bot.runtime.slack_answers import code_of, is_rate_limited, leaves_open, retry_after
from handlers.errors import logged
from handlers.replies import SAID, Click, open_form, show_answer

log = logging.getLogger(__name__)

Form = Mapping[str, Any]
# Makes a form; it may take as long as reading takes.
Fill = Callable[[], Form]
# Shows the person who asked for a form what became of it.
Tell = Callable[[Screen], None]

# In seconds, between one try to fill a form and the next: filling it twice changes nothing.
_PAUSES = (1.0, 3.0)
# In seconds: Slack shows what the answer to a form says before it shows this.
_AFTER_ANSWER = 0.3
# Longer than this nobody looks at a form that is loading.
_LONGEST_PAUSE = 10.0
# Its person has closed it. One that opens late is not there yet either.
_NOT_THERE = ("not_found", "view_not_found")


class _Target(Struct, frozen=True):
    """The form to fill, by Slack's id, or by ours where Slack did not say whether it opened."""

    view_id: str = ""
    external_id: str = ""
    # Whoever has closed it is told what it would show.
    is_owed: bool = False

    def arguments(self, filled: Form) -> dict[str, Any]:
        if self.view_id:
            return {"view_id": self.view_id, "view": dict(filled)}
        # It keeps its id, by which it may have to be filled a second time.
        return {"external_id": self.external_id, "view": {**filled, "external_id": self.external_id}}


def open_for_click(services: Services, ack: Ack, click: Click, loading: Form, fill: Fill) -> None:
    """Open a form for whoever clicked, and acknowledge the click."""
    request = click.request(services)

    def tell(screen: Screen) -> None:
        if click.response_url:
            show_answer(services, click, screen, in_place=False)
        else:
            tell_directly(services, request, screen)

    screen = open_and_fill(services, request, loading, fill, tell)
    ack()
    if screen is not None:
        tell(screen)


def open_and_fill(
    services: Services, request: Request, loading: Form, fill: Fill, tell_later: Tell | None = None
) -> Screen | None:
    """Open a form that says that it is loading, and have it filled after the request is acknowledged.

    Returns what to tell the person now, None where the form is there. `tell_later` says what goes wrong
    after that; without it they get a direct message."""
    tell_later = tell_later or (lambda screen: tell_directly(services, request, screen))
    external_id = uuid4().hex
    screen: Screen | None = None
    try:
        opened = open_form(services, request, {**loading, "external_id": external_id})
        target = _Target(view_id=str(opened["view"]["id"]))
    except QueueFull:
        log.warning("a form was not opened: too many wait for Slack")
        return failures.form_not_opened("")
    except (SlackClientError, OSError) as error:
        log.warning("a form was not opened: %s", type(error).__name__)
        if isinstance(error, SlackApiError) and not leaves_open(error.response):
            return failures.form_not_opened("")
        # Slack may have opened it, or may still do so.
        target, screen, tell_later = _Target(external_id=external_id), failures.form_is_late(), _tell_nobody
    try:
        services.forms(lambda: _fill(services, target, fill, tell_later), 0.0)
    except QueueFull:
        return failures.form_not_filled()
    return screen


def refill(services: Services, view_id: str, fill: Callable[[], Form | None]) -> None:
    """Show an open form anew after the request is acknowledged. Where `fill` makes none or Slack does not
    take it, the form stays as it is with everything that was written in it."""

    def show() -> None:
        screen = fill()
        if screen is not None:
            _update(services, _Target(view_id), screen, _tell_nobody, tries=0)

    try:
        services.forms(show, 0.0)
    except QueueFull:
        log.warning("a form was not shown anew: too many wait")


def show_outcome(
    services: Services,
    request: Request,
    view_id: str,
    make: Callable[[], tuple[Form, Screen]],
    *,
    is_owed: bool,
) -> bool:
    """Do what a sent form asks for once it is acknowledged, and show in the form what came of it; by a direct
    message where the form does not show it. With `is_owed`, whoever has closed the form is told too.

    `make` returns the form and the same in words. Returns False, with nothing done, where too much waits."""

    def work() -> None:
        try:
            screen, in_words = make()
        except Exception as error:
            in_words = failures.failed(logged(error), "", saved=None)
            screen = form("recbot", in_words.blocks, callback=SAID)
        target = _Target(view_id, is_owed=is_owed)
        _update(services, target, screen, lambda _: tell_directly(services, request, in_words), tries=0)

    try:
        services.forms(work, _AFTER_ANSWER)
    except QueueFull:
        log.warning("a form was not worked on: too many wait")
        return False
    return True


def _fill(services: Services, target: _Target, fill: Fill, tell_later: Tell) -> None:
    try:
        filled = fill()
    except Exception as error:
        filled = form("recbot", failures.failed(logged(error), "", saved=False).blocks, callback=SAID)
    _update(services, target, filled, tell_later, tries=0)


def _update(services: Services, target: _Target, filled: Form, tell_later: Tell, tries: int) -> None:
    """Fill the form; try again where Slack did not answer, is busy, or has not opened the form yet."""
    try:
        services.views.views_update(**target.arguments(filled))
    except (SlackClientError, OSError) as error:
        log.warning("a form was not filled: %s", _named(error))
        if isinstance(error, SlackApiError) and target.view_id and code_of(error.response) in _NOT_THERE:
            if target.is_owed:
                tell_later(failures.form_not_filled())
            return
        pause = _pause_before_next(error, target, tries)
        if pause is None or not _try_later(services, target, filled, tell_later, tries + 1, pause):
            tell_later(failures.form_not_filled())


def _try_later(
    services: Services, target: _Target, filled: Form, tell_later: Tell, tries: int, pause: float
) -> bool:
    try:
        services.forms(lambda: _update(services, target, filled, tell_later, tries), pause)
    except QueueFull:
        return False
    return True


def _pause_before_next(error: Exception, target: _Target, tries: int) -> float | None:
    """Return the seconds until the next try, None where there is no use in one."""
    if tries >= len(_PAUSES):
        return None
    if not isinstance(error, SlackApiError):
        return _PAUSES[tries]
    if is_rate_limited(error.response):
        pause = retry_after(error.response.headers) or _PAUSES[tries]
        return pause if pause <= _LONGEST_PAUSE else None
    may_come = target.external_id and code_of(error.response) in _NOT_THERE
    return _PAUSES[tries] if may_come or leaves_open(error.response) else None


def _named(error: Exception) -> str:
    return code_of(error.response) if isinstance(error, SlackApiError) else type(error).__name__


def _tell_nobody(_screen: Screen) -> None:
    """Say nothing: the person has been told already, or reads it when they send the form."""


def tell_directly(services: Services, request: Request, screen: Screen) -> None:
    """Send a direct message: nothing else reaches whoever used a shortcut or clicked in Home."""
    key = f"form:not shown:{request.key}"
    direct_messages.tell(services.store, request, key, delivered(screen, key))
    services.schedule.wake()
