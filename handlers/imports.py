"""`/recs import`: a table is pasted into a form, looked over, and then recorded as it was shown."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.free_text import LIMIT
from bot.domain.questions.grammar.typed_recordings import ImportTable
from bot.domain.register.imports import FileRefused, NotAsShown
from bot.domain.register.people import Request
from bot.importing import pasted
from bot.operations.imports import from_slack
from bot.operations.request import actors
from bot.operations.request.context import Services
from bot.rendering.blocks.recording import imports as blocks
from bot.rendering.blocks.recording.imports import ImportReport
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.forms import open_and_fill, show_outcome
from handlers.replies import Submission, show_errors
from handlers.routes import Routes

Json = dict[str, Any]

routes = Routes()


@routes.verb(ImportTable, leads_to_writing=True)
def import_table(services: Services, request: Request, _command: ImportTable) -> Screen | None:
    """Open the form before anything is read, and fill it after."""
    return open_and_fill(services, request, blocks.IMPORT_FRAME.loading(), lambda: _empty(services, request))


@routes.form(blocks.IMPORT)
def table_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    """Look the table over, or record it where this is what its sender was shown."""
    sent = Submission.read(body, view)
    text, holds = sent.as_sent(blocks.TABLE), sent.choice(blocks.HOLDS)
    if wrong := _what_is_wrong(text):
        show_errors(ack, sent, {blocks.TABLE: wrong})
        return
    if holds == blocks.ANY:
        holds = pasted.recognised(text) or blocks.ANY
    mark = hashlib.sha256(f"{holds}:{text}".encode("utf-8", "replace")).hexdigest()[:32]
    seen: Json = json.loads(sent.metadata or "{}")
    plan_shown = str(seen.get("shown", "")) if seen.get("mark") == mark else ""
    request = sent.request(services, f"{mark}:{plan_shown}")

    def make() -> tuple[Json, Screen]:
        report = run(
            services,
            request,
            lambda again: _report(services, again, text, holds, sent.view_id, plan_shown),
            writes=bool(plan_shown),
        )
        if isinstance(report, Screen):
            return blocks.IMPORT_FRAME.showing(report), report
        in_words = blocks.shown(report)
        if report.is_outcome:
            return blocks.outcome_form(report), in_words
        metadata = json.dumps({"mark": mark, "shown": report.fingerprint})
        return blocks.import_form(metadata, text, holds, report), in_words

    if show_outcome(services, request, sent.view_id, make, is_owed=bool(plan_shown)):
        ack(response_action="update", view=blocks.working_form(records=bool(plan_shown)))
    else:
        show_errors(ack, sent, {blocks.TABLE: blocks.too_much_waits().in_one_line})


def _what_is_wrong(text: str) -> str:
    if not text.strip():
        return "Paste a table here."
    return f"Paste at most {LIMIT:,} characters." if len(text) > LIMIT else ""


def _report(
    services: Services, request: Request, text: str, holds: str, brought_by: str, plan_shown: str
) -> ImportReport:
    """Look the table over, or record it as it was shown; return what is to be said."""
    batch = pasted.read(text, "" if holds == blocks.ANY else holds)
    try:
        if plan_shown:
            return blocks.of_outcome(from_slack.record(services, request, batch, brought_by, plan_shown))
        return blocks.of_look(from_slack.look(services, request, batch, brought_by))
    except NotAsShown as changed:
        return blocks.of_look(changed.now, has_changed=True)
    except FileRefused as refusal:
        return blocks.of_faults(refusal)


def _empty(services: Services, request: Request) -> Json:
    def ask(again: Request) -> Json:
        actors.must_coordinate(services.store, again)
        return blocks.import_form()

    new_form = run(services, request, ask)
    return blocks.IMPORT_FRAME.showing(new_form) if isinstance(new_form, Screen) else new_form
