"""Forms with one field for a text: opened by a button, and closed by what the text was recorded as."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from slack_bolt import Ack

from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import Request
from bot.operations.request.context import Services
from bot.rendering.blocks.recording.text_form import TextForm
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.forms import open_for_click
from handlers.replies import Click, Submission, in_thread, reply_later, show_errors

Form = dict[str, Any]
# Makes the form from its metadata, what was written in it, and what may identify somebody there; returns a
# screen where nothing can be asked.
Fill = Callable[[Services, Request, str, str, MayIdentify | None], Form | Screen]
Recorded = TypeVar("Recorded")


def open_text_form(
    services: Services, ack: Ack, click: Click, text_form: TextForm, fill: Fill, about: dict[str, object]
) -> None:
    """Open the form before anything is read, and fill it after. `about` becomes its metadata."""
    metadata = json.dumps(about)

    def filled() -> Form:
        asking = fill(services, click.request(services), metadata, "", None)
        return text_form.showing(asking) if isinstance(asking, Screen) else asking

    open_for_click(services, ack, click, text_form.loading(), filled)


def way_back(click: Click) -> dict[str, object]:
    """Return what a form has to carry so that the message in which it was opened can be replaced."""
    return {"response_url": click.response_url, "thread_ts": click.thread_ts}


def record_text(
    services: Services,
    ack: Ack,
    sent: Submission,
    text_form: TextForm,
    fill: Fill,
    record: Callable[[Request, str], Recorded],
    *,
    if_empty: str = "",
    writes: bool = True,
) -> Recorded | None:
    """Record the text of a form; return what it was recorded as, None where the form stays open.

    It then says beside the field why nothing was recorded, or asks to confirm that no victim can be
    identified. `if_empty` is said without asking `record`; with `writes` the rate limit applies."""
    request, text = sent.request(services), sent.text(text_form.field)
    if if_empty and not text:
        show_errors(ack, sent, {text_form.field: if_empty})
        return None

    def record_or_ask_again(again: Request) -> Recorded | Form | Screen:
        try:
            return record(again, text)
        except MayIdentify as suspected:
            return fill(services, again, sent.metadata, text, suspected)

    result = run(services, request, record_or_ask_again, writes=writes)
    if isinstance(result, Screen):
        show_errors(ack, sent, {text_form.field: result.in_one_line})
    elif isinstance(result, dict):
        ack(response_action="update", view=result)
    else:
        return result
    return None


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
