"""Recordings that are one call: accept, note, expect, check, close, reopen, party, ending and the like."""

from bot.domain.questions.grammar import typed_commands, typed_recordings
from bot.domain.register.people import Request
from bot.operations.recording import (
    body_facts,
    check,
    close,
    endings,
    expect,
    note,
    party,
    progress,
    published_response,
    redact,
    reopen,
    report_setting,
    respond,
    withdraw,
)
from bot.operations.request.context import Services
from bot.rendering.blocks.recording import body_facts as facts_blocks
from bot.rendering.blocks.recording import endings as endings_blocks
from bot.rendering.blocks.recording import party as party_blocks
from bot.rendering.blocks.recording import published_response as published_response_blocks
from bot.rendering.blocks.recording import redact as redact_blocks
from bot.rendering.blocks.recording import reopen as reopen_blocks
from bot.rendering.blocks.recording import report_setting as report_setting_blocks
from bot.rendering.blocks.recording.check import checked
from bot.rendering.blocks.recording.close import closed
from bot.rendering.blocks.recording.recorded import recorded
from bot.rendering.blocks.recording.withdraw import ended, would_end
from bot.rendering.screen import Screen
from handlers.replies import redraw_homes
from handlers.routes import Routes

routes = Routes()


@routes.verb(typed_recordings.Respond, writes=True)
def record_response(services: Services, request: Request, command: typed_recordings.Respond) -> Screen:
    """`/recs accept|partly|decline 15: why`: a body says whether it accepts."""
    return recorded(redraw_homes(services, request, respond.respond(services.store, request, command)))


@routes.verb(typed_recordings.Progress, writes=True)
def record_progress(services: Services, request: Request, command: typed_recordings.Progress) -> Screen:
    """`/recs progress 15 in progress: text`, `/recs complete 15: text`: a body says how far it is."""
    return recorded(redraw_homes(services, request, progress.progress(services.store, request, command)))


@routes.verb(typed_recordings.Note, writes=True)
def record_note(services: Services, request: Request, command: typed_recordings.Note) -> Screen:
    """`/recs note 15: text`."""
    return recorded(redraw_homes(services, request, note.note(services.store, request, command)))


@routes.verb(typed_recordings.Expect, writes=True)
def record_expectation(services: Services, request: Request, command: typed_recordings.Expect) -> Screen:
    """`/recs expect 15 30 Jun: why`: a body says when it expects to be done."""
    return recorded(redraw_homes(services, request, expect.expect(services.store, request, command)))


@routes.verb(typed_recordings.Check, writes=True)
def record_check(services: Services, request: Request, command: typed_recordings.Check) -> Screen:
    """`/recs check 15 kent`: a coordinator agrees that it is complete."""
    return checked(redraw_homes(services, request, check.check(services.store, request, command)))


@routes.verb(typed_recordings.Close, writes=True)
def record_closing(services: Services, request: Request, command: typed_recordings.Close) -> Screen:
    """`/recs close 15 kent 3 Mar 2026: source`: the inspectorate has closed it, a coordinator says."""
    return closed(redraw_homes(services, request, close.close(services.store, request, command)))


@routes.verb(typed_recordings.Reopen, writes=True)
def record_reopening(services: Services, request: Request, command: typed_recordings.Reopen) -> Screen:
    """`/recs reopen 15 kent: why`: a coordinator finds that it is not complete after all."""
    reopened = redraw_homes(
        services, request, reopen.reopen(services.store, request, command, reopen_blocks.message)
    )
    services.schedule.wake()
    return reopen_blocks.reopened(reopened)


@routes.verb(typed_recordings.ReportOfParty, writes=True)
def record_report_of_party(
    services: Services, request: Request, command: typed_recordings.ReportOfParty
) -> Screen:
    """`/recs party 16 NPCC reported on 1 Aug 2025: text`: what another whom it is addressed to reported."""
    result = party.report(services.store, request, command)
    services.changed(request.who, None)
    return party_blocks.reported(result)


@routes.verb(typed_recordings.RecordPublishedResponse, writes=True)
def record_publication(
    services: Services, request: Request, command: typed_recordings.RecordPublishedResponse
) -> Screen:
    """`/recs invite|publish|copy custody …`: how far a body's published response is."""
    result = published_response.record_step(services.store, request, command)
    if not result.again:
        services.changed(request.who, result.published_response.body_code)
    return published_response_blocks.recorded(result)


@routes.verb(typed_recordings.SetReport, writes=True)
def set_report(services: Services, request: Request, command: typed_recordings.SetReport) -> Screen:
    """`/recs set custody published by 22 Nov 2024`: shows what it would change, and records it when
    confirmed."""
    if not command.confirmed:
        setting = report_setting.look(services.store, request, command)
        return report_setting_blocks.would_set(command, setting)
    setting = report_setting.set_report(services.store, request, command)
    services.changed(request.who, None)
    return report_setting_blocks.is_set(setting)


@routes.verb(typed_recordings.Withdraw, writes=True)
def record_withdrawal(services: Services, request: Request, command: typed_recordings.Withdraw) -> Screen:
    """`/recs withdraw 15: why`: shows what it would change, and ends the recommendation when confirmed."""
    if not command.confirmed:
        return would_end(withdraw.look(services.store, request, command), no_victim=command.no_victim)
    ending = withdraw.withdraw(services.store, request, command)
    services.changed(request.who, None)
    return ended(ending)


@routes.verb(typed_commands.ListEndings)
def list_endings(services: Services, request: Request, _: typed_commands.ListEndings) -> Screen:
    """`/recs bodies`: which bodies end, have ended, or are to be called otherwise."""
    return endings_blocks.endings(
        endings.listed(services.store, request), request.today, body_facts.planned(services.store, request)
    )


@routes.verb(typed_commands.ShowBody)
def show_body(services: Services, request: Request, command: typed_commands.ShowBody) -> Screen:
    """`/recs bodies kent`: what it is called, was called and is to be called."""
    return facts_blocks.body(body_facts.shown(services.store, request, command.body))


@routes.verb(typed_recordings.ChangeBody, writes=True)
def rename_body(services: Services, request: Request, command: typed_recordings.ChangeBody) -> Screen:
    """`/recs rename kent …`: shows what it would change, and records it when confirmed."""
    if not command.confirmed:
        view = body_facts.look(services.store, request, command)
        return facts_blocks.would_change(command, view, request.today)
    view = body_facts.change(services.store, request, command)
    services.names.forget()
    services.changed(request.who, None)
    return facts_blocks.changed(command, view, request.today)


@routes.verb(typed_recordings.ChangeEnding, writes=True)
def change_ending(services: Services, request: Request, command: typed_recordings.ChangeEnding) -> Screen:
    """`/recs ending kent …`: shows what it would change, and records it when confirmed."""
    if not command.confirmed:
        return endings_blocks.would_change(
            command, endings.look(services.store, request, command), request.today
        )
    view = endings.change(services.store, request, command)
    services.changed(request.who, None)
    return endings_blocks.changed(command, view, request.today)


@routes.verb(typed_recordings.Redact, leads_to_writing=True)
def erase(services: Services, request: Request, command: typed_recordings.Redact) -> Screen:
    """`/recs redact 137: wrong person`: shows what would be erased, and erases it when confirmed."""
    if command.ground is None or not command.confirmed:
        return redact_blocks.would_erase(redact.look(services.store, request, command.seq, command.ground))
    erased = redact.redact(
        services.store, request, command.seq, command.ground, redact_blocks.message_without
    )
    # The schedule does what is owed now, whatever becomes of this process: files, posts and Homes.
    services.schedule.wake()
    return redact_blocks.erased(erased)
