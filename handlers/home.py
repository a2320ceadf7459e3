"""Home: drawn when its reader opens it, and again after each change that concerns them."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import Ack
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.questions.home import Place
from bot.domain.register.people import Occasion, PersonKey
from bot.operations.messages import digest
from bot.operations.messages.homes import key_of, note_opened, owed_since, readers, settle_home
from bot.operations.questions import home as operation
from bot.operations.recording import pause
from bot.operations.request.context import Desk
from bot.rendering.blocks.home import home_tab as blocks
from bot.rendering.blocks.home.coordinator import PREVIEW
from bot.rendering.blocks.messages import digest as digest_blocks
from bot.rendering.form import loading, screen_form
from bot.rendering.screen import Screen
from bot.runtime.slack_answers import code_of, is_rate_limited, leaves_open, retry_after
from handlers.errors import answer
from handlers.forms import open_for_click
from handlers.replies import Click, answer_click, string

log = logging.getLogger(__name__)

# https://docs.slack.dev/reference/methods/views.publish
_NEVER_SHOWN = frozenset(("not_enabled", "user_disabled", "user_not_found"))
_PREVIEW_TITLE = "The next digest"
# In seconds: a Home that was not drawn is tried again, with pauses twice as long each time; sooner where its
# reader opens it or something changes.
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 300.0


def opened(event: Mapping[str, Any], desk: Desk) -> None:
    """`app_home_opened`, which comes for the other tabs too."""
    user_id = string(event.get("user"))
    if event.get("tab") == "home" and user_id:
        desk.homes.have_done(("opened", user_id), lambda: _open(desk, user_id))


def changed(desk: Desk, who: PersonKey, body_code: str | None) -> None:
    """After a change that `who` made, for a body if there is one: draws anew every Home that it concerns."""

    def redraw() -> None:
        for reader in readers(desk.store, who, body_code):
            _draw(desk, reader)

    desk.homes.have_done(("changed", who, body_code), redraw)


def go(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk) -> None:
    """**More**, and the way back."""
    click = Click.read(body, action)
    ack()
    who = desk.store.key_of(click.who)
    desk.homes.go(who, Place.named(click.value))
    _draw(desk, who)


def pause_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk) -> None:
    click = Click.read(body, action)
    refused = answer(
        desk, click.occasion(desk), lambda again: pause.pause(desk.store, again, click.value), writes=True
    )
    _done(ack, desk, click, refused)


def resume_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk) -> None:
    click = Click.read(body, action)
    refused = answer(
        desk, click.occasion(desk), lambda again: pause.resume(desk.store, again, click.value), writes=True
    )
    _done(ack, desk, click, refused)


def preview_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk) -> None:
    """The form opens before anything is read, since Slack's trigger lives 3 seconds."""
    click = Click.read(body, action)
    open_for_click(
        desk, ack, click, loading(_PREVIEW_TITLE, PREVIEW), lambda: _preview(desk, click.occasion(desk))
    )


def _preview(desk: Desk, occasion: Occasion) -> dict[str, Any]:
    shown = answer(
        desk,
        occasion,
        lambda again: digest_blocks.preview(digest.preview(desk.store, again, desk.digest)),
    )
    return screen_form(_PREVIEW_TITLE, shown, callback=PREVIEW)


def _done(ack: Ack, desk: Desk, click: Click, refused: Screen | None) -> None:
    """Home, drawn anew, tells that it was done: also to the body's other contacts."""
    if refused:
        answer_click(desk, ack, click, refused, in_place=False)
        return
    ack()
    changed(desk, desk.store.key_of(click.who), click.value)


def _open(desk: Desk, user_id: str) -> None:
    """The event tells no team of the user's own."""
    who = key_of(desk.store, user_id) or _look_up(desk, user_id)
    desk.homes.go(who, Place())
    # Kept before it is drawn, so that no change in between is missed; drawing introduces somebody new.
    is_known = note_opened(desk.store, who)
    _draw(desk, who, _Attempt(is_first_of_all=not is_known))


def _look_up(desk: Desk, user_id: str) -> PersonKey:
    person = desk.directory.look_up(PersonKey("", user_id))
    return person.key if person else PersonKey(desk.store.home_team, user_id)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """`failures` in a row came before it; `is_first_of_all` where its reader was never seen before."""

    failures: int = 0
    is_first_of_all: bool = False


def redraw(desk: Desk, who: PersonKey) -> None:
    """Has a Home drawn that is owed; it stays owed until Slack shows it."""
    _draw(desk, who)


def _draw(desk: Desk, who: PersonKey, attempt: _Attempt = _Attempt(), after: float = 0.0) -> None:
    """Draws soon, or after so many seconds."""
    desk.homes.have_done(who, lambda: _publish(desk, who, attempt), after)


def _publish(desk: Desk, who: PersonKey, attempt: _Attempt) -> None:
    if desk.homes.rests_for:
        _draw(desk, who, attempt, desk.homes.rests_for)
        return
    place = desk.homes.place_of(who)
    occasion = Occasion(who, desk.clock.now(), "home")
    # Read before what is shown, so that what is erased meanwhile is owed still.
    owed = owed_since(desk.store, who)
    found = answer(desk, occasion, lambda again: operation.home(desk.store, again, place, desk.digest))
    if attempt.is_first_of_all:
        note_opened(desk.store, who)
    view = blocks.refused(found) if isinstance(found, Screen) else blocks.home(found)
    try:
        desk.views.views_publish(user_id=who.user_id, view=view)
    except (SlackClientError, OSError) as error:
        log.warning("a Home was not drawn: %s", type(error).__name__)
        _try_again(desk, who, attempt, error)
        if not _is_never_shown(error):
            return
    if owed is not None:
        settle_home(desk.store, who, owed)


def _try_again(desk: Desk, who: PersonKey, attempt: _Attempt, error: Exception) -> None:
    """Unless Slack said a plain no."""
    pause = _pause_after(error, attempt.failures)
    if pause is None:
        return
    if _is_rate_limited(error):
        desk.homes.rest(pause * desk.real.settle)
    _draw(desk, who, replace(attempt, failures=attempt.failures + 1), pause * desk.real.settle)


def _is_rate_limited(error: Exception) -> bool:
    return isinstance(error, SlackApiError) and is_rate_limited(error.response)


def _pause_after(error: Exception, failures: int) -> float | None:
    """Seconds until it is worth trying again; None where Slack said a plain no."""
    pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0**failures)
    if not isinstance(error, SlackApiError):
        return pause
    if is_rate_limited(error.response):
        return retry_after(error.response.headers) or pause
    return pause if leaves_open(error.response) else None


def _is_never_shown(error: Exception) -> bool:
    """Whether the person has no Home any more, today or tomorrow."""
    return isinstance(error, SlackApiError) and code_of(error.response) in _NEVER_SHOWN
