"""Home: drawn when its reader opens it, and again after each change that concerns them."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack
from slack_sdk.errors import SlackClientError

from bot.domain.home import Place
from bot.domain.people import Occasion, PersonKey
from bot.operations import digest, pause
from bot.operations import home as operation
from bot.operations.desk import Desk
from bot.operations.homes import key_of, note_opened, readers
from bot.rendering.blocks import digest as digest_blocks
from bot.rendering.blocks import home as blocks
from bot.rendering.blocks.failures import form_not_opened
from bot.rendering.blocks.home_coordinator import PREVIEW
from bot.rendering.form import form, loading
from bot.rendering.screen import Screen
from handlers.errors import answer
from handlers.replies import Click, answer_click, open_form, show_form

log = logging.getLogger(__name__)

_PREVIEW_TITLE = "The next digest"


def opened(event: Mapping[str, Any], desk: Desk) -> None:
    """`app_home_opened`, which comes for the other tabs too."""
    if event.get("tab") == "home":
        desk.later(lambda: _open(desk, event["user"]))


def changed(desk: Desk, who: PersonKey, body_code: str | None) -> None:
    """After a change that `who` made, for a body if there is one: draws anew every Home that it concerns."""

    def redraw() -> None:
        for reader in readers(desk.store, who, body_code):
            _draw(desk, reader)

    desk.later(redraw)


def go(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk) -> None:
    """**More**, and the way back."""
    click = Click.read(body, action)
    ack()
    desk.homes.go(click.who, Place.named(click.value))
    desk.later(lambda: _draw(desk, click.who))


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
    view_id = open_form(desk, click.trigger, loading(_PREVIEW_TITLE, PREVIEW))
    if view_id is None:
        answer_click(desk, ack, click, form_not_opened(""), in_place=False)
        return
    ack()
    desk.later(lambda: show_form(desk, view_id, _preview(desk, click.occasion(desk))))


def _preview(desk: Desk, occasion: Occasion) -> dict[str, Any]:
    shown = answer(
        desk,
        occasion,
        lambda again: digest_blocks.preview(digest.preview(desk.store, again, desk.digest)),
    )
    return form(_PREVIEW_TITLE, shown.blocks, callback=PREVIEW)


def _done(ack: Ack, desk: Desk, click: Click, refused: Screen | None) -> None:
    """Home, drawn anew, tells that it was done: also to the body's other contacts."""
    if refused:
        answer_click(desk, ack, click, refused, in_place=False)
        return
    ack()
    changed(desk, click.who, click.value)


def _open(desk: Desk, user_id: str) -> None:
    """The event tells no team of the user's own."""
    who = key_of(desk.store, user_id) or _look_up(desk, user_id)
    desk.homes.go(who, Place())
    # Kept before it is drawn, so that no change in between is missed; drawing introduces somebody new.
    is_known = note_opened(desk.store, who)
    _draw(desk, who)
    if not is_known:
        note_opened(desk.store, who)


def _look_up(desk: Desk, user_id: str) -> PersonKey:
    person = desk.directory.look_up(PersonKey("", user_id))
    return person.key if person else PersonKey(desk.store.home_team, user_id)


def _draw(desk: Desk, who: PersonKey) -> None:
    desk.homes.in_turn(who, lambda: _publish(desk, who))


def _publish(desk: Desk, who: PersonKey) -> None:
    place = desk.homes.place_of(who)
    occasion = Occasion(who, desk.clock.now(), "home")
    found = answer(desk, occasion, lambda again: operation.home(desk.store, again, place, desk.digest))
    view = blocks.refused(found) if isinstance(found, Screen) else blocks.home(found)
    try:
        desk.views.views_publish(user_id=who.user_id, view=view)
    except (SlackClientError, OSError) as error:
        log.warning("a Home was not drawn: %s", type(error).__name__)
