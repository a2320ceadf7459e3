"""Forms with one field for a text: opened by a button, and closed by what the text was recorded as."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from slack_bolt import Ack

from bot.domain.register.guard import MayIdentify
from bot.operations.request.context import Services
from bot.rendering.blocks.recording.text_form import TextForm
from bot.rendering.screen import Screen
from handlers.forms import open_for_click
from handlers.replies import Click, Submission, in_thread, reply_later

Form = dict[str, Any]
Recorded = TypeVar("Recorded")


def open_text_form(
    services: Services,
    ack: Ack,
    click: Click,
    text_form: TextForm,
    fill: Callable[[str], Form],
    about: dict[str, object],
) -> None:
    """Open the form before anything is read, and fill it after. `about` becomes its metadata."""
    metadata = json.dumps(about)
    open_for_click(services, ack, click, text_form.loading(), lambda: fill(metadata))


def way_back(click: Click) -> dict[str, object]:
    """Return what a form has to carry so that the message in which it was opened can be replaced."""
    return {"response_url": click.response_url, "thread_ts": click.thread_ts}


def unless_it_may_identify(record: Callable[[], Recorded]) -> Recorded | MayIdentify:
    """Record a text, or return why its author has to confirm that no victim can be identified."""
    try:
        return record()
    except MayIdentify as suspected:
        return suspected


def close_and_replace(
    services: Services,
    ack: Ack,
    sent: Submission,
    text_form: TextForm,
    screen: Screen,
    *,
    stays_open: bool = False,
) -> None:
    """Close the form and replace the message in which it was opened.

    Where there is no such message, or with `stays_open`, the form shows what came of it."""
    about = json.loads(sent.metadata)
    if stays_open or not about["response_url"]:
        ack(response_action="update", view=text_form.showing(screen))
    else:
        ack()
    if about["response_url"]:
        # A form that was opened by an earlier version carries no thread.
        reply = in_thread({**screen.as_reply(), "replace_original": True}, about.get("thread_ts", ""))
        reply_later(services, about["response_url"], reply)
