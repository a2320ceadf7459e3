"""A file that a coordinator drops on recbot in a direct message: read, looked over, and recorded as shown.

Slack keeps the file; recbot reads it for the look, and once more to record it, and keeps nothing of it."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from slack_bolt import Ack

from bot.domain.register.imports import FileRefused, NotAsShown
from bot.domain.register.people import Request
from bot.importing import reading
from bot.importing.raw import FILE_KINDS
from bot.operations.imports import from_slack
from bot.operations.request import actors
from bot.operations.request.context import Services
from bot.rendering.blocks import failures
from bot.rendering.blocks.recording import imports as blocks
from bot.rendering.screen import Screen
from bot.runtime.pool import QueueFull
from handlers.errors import logged, run
from handlers.replies import Click, mapping, show_answer, string
from handlers.routes import Routes
from handlers.slack_files import cannot_be_taken
from storage.database import Busy

routes = Routes()

# Answered at most, of one message.
_MOST_FILES = 5


def can_be_imported(event: Mapping[str, Any]) -> bool:
    """Return whether a message brings a file of a kind that recbot reads."""
    return any(_kind(string(file.get("name"))) in FILE_KINDS for file in _files(event))


def answer(services: Services, request: Request, event: Mapping[str, Any]) -> list[Screen]:
    """Return what is to be said of each file of a message. What it would change is only looked at."""
    files = [file for file in _files(event) if _kind(string(file.get("name"))) in FILE_KINDS]
    return [
        _answer(services, request, string(file.get("id")), string(file.get("name")), "")
        for file in files[:_MOST_FILES]
    ]


@routes.action(blocks.RECORD_ALL)
def record_all(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Record the file as it was shown, for whoever dropped it."""
    click = Click.read(body, action)
    request = click.request(services)
    file_id, _, plan_shown = click.value.partition(" ")

    def work() -> None:
        show_answer(services, click, _answer(services, request, file_id, "", plan_shown), in_place=True)

    ack()
    try:
        services.slowly(work, request.who)
    except QueueFull:
        show_answer(services, click, blocks.too_much_waits(), in_place=False)


def _answer(services: Services, request: Request, file_id: str, name: str, plan_shown: str) -> Screen:
    try:
        return run(
            services,
            request,
            lambda again: _report(services, again, file_id, name, plan_shown),
            writes=bool(plan_shown),
        )
    except Busy:
        return failures.busy("")
    except Exception as error:
        return failures.failed(logged(error), "", saved=None if plan_shown else False)


def _report(services: Services, request: Request, file_id: str, name: str, plan_shown: str) -> Screen:
    """Look the file over, or record it as it was shown."""
    actors.must_coordinate(services.store, request)
    try:
        file = services.dropped_files.fetch(file_id)
        name = file.name
        if file.user_id != request.who.user_id:
            raise cannot_be_taken(name, "Somebody else dropped this file. Drop your own copy here.")
        batch = reading.read_content(name, file.content)
        if plan_shown:
            imported = from_slack.record(services, request, batch, f"file:{file_id}", plan_shown)
            return blocks.shown(blocks.of_outcome(imported), name=name)
        report = blocks.of_look(from_slack.look(services, request, batch, f"file:{file_id}"))
    except NotAsShown as changed:
        report = blocks.of_look(changed.now, has_changed=True)
    except FileRefused as refusal:
        report = blocks.of_faults(refusal)
    return blocks.shown(report, f"{file_id} {report.fingerprint}", name)


def _files(event: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    files = event.get("files")
    return [mapping(file) for file in files] if isinstance(files, list) else []


def _kind(name: str) -> str:
    return PurePath(name).suffix.lower()
