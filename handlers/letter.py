"""`/recs letter stalking`: what the letter lacks, or the letter as a file; and the form for its frame."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from slack_bolt import Ack

from bot.domain.messages.promised_file import PromisedFile
from bot.domain.questions.grammar.typed_commands import Letter
from bot.domain.questions.grammar.typed_recordings import LetterFrameForm
from bot.domain.register.guard import MayIdentify
from bot.domain.register.letter_frame import FrameChangedSince, FrameField, FrameTexts, LetterFrame
from bot.domain.register.people import Request
from bot.operations.questions import letter as operation
from bot.operations.questions.leave_to_quote import ask_for_all
from bot.operations.recording import letter_frame
from bot.operations.request.context import Services
from bot.operations.request.pending_file import PendingFile
from bot.rendering import form
from bot.rendering.blocks.questions import letter as blocks
from bot.rendering.blocks.questions.leave_to_quote import message
from bot.rendering.blocks.recording import letter_frame as frame_blocks
from bot.rendering.screen import Screen
from handlers import files
from handlers.errors import run
from handlers.files import WrittenFile
from handlers.forms import open_and_fill
from handlers.replies import Click, Submission, answer_click, show_errors
from handlers.routes import Routes

Json = dict[str, Any]

routes = Routes()


@routes.verb(Letter)
def letter(services: Services, request: Request, command: Letter) -> Screen:
    """Make the letter; where something is missing in it, say so first."""
    state = operation.look(services.store, request, command)
    if not state.is_ready and not command.anyway:
        return blocks.not_ready(state, command)
    files.promise(
        services, request, PromisedFile.LETTER, lambda pending, again: _send(pending, again, command)
    )
    return blocks.being_made(state)


@routes.verb(LetterFrameForm, leads_to_writing=True)
def frame(services: Services, request: Request, command: LetterFrameForm) -> Screen | None:
    """Open the form before anything is read, and fill it after."""
    return open_and_fill(
        services,
        request,
        frame_blocks.LETTER_FRAME.loading(),
        lambda: _filled(services, request, command.report.key),
    )


@routes.form(frame_blocks.FRAME)
def frame_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    sent = Submission.read(body, view)
    about: Json = json.loads(sent.metadata)
    entry = FrameTexts.of({name: sent.text(name.value) for name in FrameField})
    version_shown = f"{about['report']}:{about['version']}"

    def save(request: Request) -> Callable[[], object]:
        return _save(services, ack, sent, request, about, entry)

    result = run(services, sent.request(services, version_shown), save, writes=True)
    if isinstance(result, Screen):
        show_errors(ack, sent, {"": result.in_one_line})
    else:
        result()


@routes.action(blocks.ASK)
def ask_for_reasons(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Answer **Ask them**: ask each body whether its reason may be published."""
    click = Click.read(body, action)
    seqs = [int(seq) for seq in click.value.split()]
    screen = run(
        services,
        click.request(services),
        lambda again: blocks.bodies_asked(ask_for_all(services.store, again, seqs, message)),
        writes=True,
    )
    services.schedule.wake()
    answer_click(services, ack, click, screen, in_place=False)


def _save(
    services: Services, ack: Ack, sent: Submission, request: Request, about: Json, entry: FrameTexts
) -> Callable[[], object]:
    """Save the frame, and return what shows that it was, or asks again."""
    report, _ = letter_frame.frame(services.store, request, about["report"])

    def show_again(now: LetterFrame, more: Json, **why: Any) -> Callable[[], object]:
        metadata = json.dumps({**about, "version": now.version, **more})
        view = frame_blocks.frame_form(metadata, report, now, entry, **why)
        return lambda: ack(response_action="update", view=form.coming_back(view))

    try:
        saved = letter_frame.save_frame(
            services.store,
            request,
            report.key,
            entry,
            seen_version=about["version"],
            no_victim=sent.confirms_no_victim,
        )
    except FrameChangedSince as problem:
        return show_again(problem.now, {}, changed=True)
    except MayIdentify as problem:
        _, now = letter_frame.frame(services.store, request, report.key)
        return show_again(now, {"version": about["version"], "asked": True}, may_identify=problem)
    return lambda: ack(response_action="update", view=frame_blocks.saved(report, saved))


def _filled(services: Services, request: Request, report_key: str) -> Json:
    def ask(again: Request) -> Json:
        report, now = letter_frame.frame(services.store, again, report_key)
        metadata = json.dumps({"report": report.key, "version": now.version})
        return frame_blocks.frame_form(metadata, report, now)

    new_form = run(services, request, ask)
    return frame_blocks.LETTER_FRAME.showing(new_form) if isinstance(new_form, Screen) else new_form


def _send(pending: PendingFile, request: Request, command: Letter) -> None:
    # Seldom needed, and a part of the time that a start takes.
    from bot.rendering.documents import letter as document  # noqa: PLC0415
    from bot.rendering.documents.letter_sentences import title  # noqa: PLC0415

    services = pending.services

    def write(folder: Path) -> WrittenFile:
        answer_letter = operation.letter(services.unhurried or services.store, request, command)
        path = folder / document.name_of(answer_letter)
        document.write(answer_letter, path)
        return WrittenFile(path, title(answer_letter), blocks.here_it_is(title(answer_letter)))

    files.send_written(pending, request, write)
