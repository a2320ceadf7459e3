"""Home: drawn when its reader opens it, and again after each change that concerns them."""

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from slack_bolt import Ack
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.messages.home import HomePlace
from bot.domain.register.people import PersonKey, Request
from bot.domain.values import replace
from bot.operations.messages import digest
from bot.operations.messages.homes import key_of, note_opened, owed_since, readers, record_drawn
from bot.operations.questions import home as operation
from bot.operations.recording import pause
from bot.operations.request.context import Services
from bot.rendering.blocks.home import contact, parts
from bot.rendering.blocks.home import home_tab as blocks
from bot.rendering.blocks.home.coordinator import PREVIEW
from bot.rendering.blocks.messages import digest as digest_blocks
from bot.rendering.form import loading, screen_form
from bot.rendering.screen import Screen
from bot.runtime.slack_answers import code_of, is_rate_limited, leaves_open, retry_after
from handlers.errors import run
from handlers.forms import open_for_click
from handlers.replies import Click, answer_click, string
from handlers.routes import Routes
from storage.store import Store

log = logging.getLogger(__name__)

routes = Routes()

# https://docs.slack.dev/reference/methods/views.publish
_NEVER_SHOWN = frozenset(("not_enabled", "user_disabled", "user_not_found"))
_PREVIEW_TITLE = "The next digest"
# In seconds: a Home that was not drawn is tried again, with pauses twice as long each time; sooner where its
# reader opens it or something changes.
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 300.0


@routes.event("app_home_opened")
def opened(event: Mapping[str, Any], services: Services) -> None:
    """Draw the Home that somebody opened; the event comes for the other tabs too."""
    user_id = string(event.get("user"))
    if event.get("tab") == "home" and user_id:
        services.homes.have_done(("opened", user_id), lambda: _open(services, user_id))


def changed(services: Services, person: PersonKey, body_code: str | None) -> None:
    """Redraw every Home that a change by `person` concerns, made for a body if there is one."""

    def redraw() -> None:
        for reader in readers(services.store, person, body_code):
            _draw(services, reader)

    services.homes.have_done(("changed", person, body_code), redraw)


@routes.action(re.compile(rf"^{parts.PAGE}:"))
def go(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Answer **More** and the way back: show another page of Home."""
    click = Click.read(body, action)
    ack()
    person = services.store.key_of(click.who)
    services.homes.go(person, HomePlace.named(click.value))
    _draw(services, person)


@routes.action(re.compile(rf"^{contact.PAUSE}:"))
def pause_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    _set_reminders(ack, services, Click.read(body, action), pause.pause)


@routes.action(re.compile(rf"^{contact.RESUME}:"))
def resume_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    _set_reminders(ack, services, Click.read(body, action), pause.resume)


@routes.action(PREVIEW)
def preview_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Open the form before anything is read, since Slack's trigger lives 3 seconds."""
    click = Click.read(body, action)
    open_for_click(
        services,
        ack,
        click,
        loading(_PREVIEW_TITLE, PREVIEW),
        lambda: _preview(services, click.request(services)),
    )


def _preview(services: Services, request: Request) -> dict[str, Any]:
    screen = run(
        services,
        request,
        lambda again: digest_blocks.preview(digest.preview(services.store, again, services.schedule)),
    )
    return screen_form(_PREVIEW_TITLE, screen, callback=PREVIEW)


def _set_reminders(
    ack: Ack, services: Services, click: Click, act: Callable[[Store, Request, str], None]
) -> None:
    """Pause or resume what comes for a body, and redraw the Homes of its contacts, which says that it was
    done; or show the refusal."""
    refusal = run(
        services, click.request(services), lambda again: act(services.store, again, click.value), writes=True
    )
    if refusal:
        answer_click(services, ack, click, refusal, in_place=False)
        return
    ack()
    changed(services, services.store.key_of(click.who), click.value)


def _open(services: Services, user_id: str) -> None:
    """Draw the Home of a user whose own team the event does not tell."""
    person = key_of(services.store, user_id) or _look_up(services, user_id)
    services.homes.go(person, HomePlace())
    # Kept before it is drawn, so that no change in between is missed; drawing introduces somebody new.
    is_known = note_opened(services.store, person)
    _draw(services, person, _Attempt(is_first_of_all=not is_known))


def _look_up(services: Services, user_id: str) -> PersonKey:
    person = services.directory.look_up(PersonKey("", user_id))
    return person.key if person else PersonKey(services.store.home_team, user_id)


class _Attempt(Struct, frozen=True):
    """`failures` in a row came before it; `is_first_of_all` where its reader was never seen before."""

    failures: int = 0
    is_first_of_all: bool = False


_FIRST = _Attempt()


def redraw(services: Services, person: PersonKey) -> None:
    """Have a Home drawn that is owed; it stays owed until Slack shows it."""
    _draw(services, person)


def _draw(services: Services, person: PersonKey, attempt: _Attempt = _FIRST, after: float = 0.0) -> None:
    """Draw a Home soon, or `after` so many seconds."""
    services.homes.have_done(person, lambda: _publish(services, person, attempt), after)


def _publish(services: Services, person: PersonKey, attempt: _Attempt) -> None:
    if services.homes.rests_for:
        _draw(services, person, attempt, services.homes.rests_for)
        return
    place = services.homes.place_of(person)
    request = Request(person, services.clock.now(), "home")
    # Read before what is shown, so that what is erased meanwhile is owed still.
    owed = owed_since(services.store, person)
    home = run(
        services, request, lambda again: operation.home(services.store, again, place, services.schedule)
    )
    if attempt.is_first_of_all:
        note_opened(services.store, person)
    view = blocks.refused(home) if isinstance(home, Screen) else blocks.home(home)
    try:
        services.views.views_publish(user_id=person.user_id, view=view)
    except (SlackClientError, OSError) as error:
        log.warning("a Home was not drawn: %s", type(error).__name__)
        _try_again(services, person, attempt, error)
        if not _is_never_shown(error):
            return
    if owed is not None:
        record_drawn(services.store, person, owed)


def _try_again(services: Services, person: PersonKey, attempt: _Attempt, error: Exception) -> None:
    """Draw the Home again later, unless Slack said a plain no."""
    pause = _pause_after(error, attempt.failures)
    if pause is None:
        return
    if _is_rate_limited(error):
        services.homes.rest(services.clock.scaled(pause))
    _draw(services, person, replace(attempt, failures=attempt.failures + 1), services.clock.scaled(pause))


def _is_rate_limited(error: Exception) -> bool:
    return isinstance(error, SlackApiError) and is_rate_limited(error.response)


def _pause_after(error: Exception, failures: int) -> float | None:
    """Return the seconds until it is worth trying again; None where Slack said a plain no."""
    pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0**failures)
    if not isinstance(error, SlackApiError):
        return pause
    if is_rate_limited(error.response):
        return retry_after(error.response.headers) or pause
    return pause if leaves_open(error.response) else None


def _is_never_shown(error: Exception) -> bool:
    """Return whether the person has no Home any more, today or tomorrow."""
    return isinstance(error, SlackApiError) and code_of(error.response) in _NEVER_SHOWN
