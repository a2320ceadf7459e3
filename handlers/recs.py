"""`/recs`: reads what was typed and routes it to its verb; so do the buttons that stand for a command."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar import reader, requests
from bot.domain.refusals import Refusal
from bot.domain.register.people import Request
from bot.operations.questions.share import is_first_press, sharer_of
from bot.operations.request import actors
from bot.operations.request.context import Services
from bot.rendering.blocks.questions.share import already_shared, needs_a_channel, shared
from bot.rendering.screen import Screen
from handlers import (
    add,
    as_at,
    changes,
    check,
    contacts,
    deadlines,
    digest,
    export,
    extend,
    grant,
    help,
    history,
    map,
    mine,
    note,
    overdue,
    overview,
    progress,
    redact,
    remind,
    reopen,
    respond,
    search,
    standing,
    status,
    undo,
    update,
    waiting,
    withdraw,
)
from handlers.errors import answer
from handlers.replies import Click, answer_click, slash_occasion, string

# A verb that has opened a form has nothing more to say.
VERBS: Mapping[type, Callable[[Services, Request, Any], Screen | None]] = {
    requests.Overview: overview.overview,
    requests.Status: status.status,
    requests.InRegion: status.in_region,
    requests.Standing: standing.standing,
    requests.AsAt: as_at.as_at,
    requests.Deadlines: deadlines.deadlines,
    requests.Overdue: overdue.overdue,
    requests.Waiting: waiting.waiting,
    requests.Changes: changes.changes,
    requests.Mine: mine.mine,
    requests.History: history.history,
    requests.Contacts: contacts.contacts,
    requests.Help: help.help,
    requests.Respond: respond.respond,
    requests.Progress: progress.progress,
    requests.Note: note.note,
    requests.UpdateForm: update.update,
    requests.Undo: undo.undo,
    requests.Grant: grant.grant,
    requests.Revoke: grant.revoke,
    requests.Extend: extend.extend,
    requests.Check: check.check,
    requests.Reopen: reopen.reopen,
    requests.Withdraw: withdraw.withdraw,
    requests.Redact: redact.redact,
    requests.AddReport: add.add_report,
    requests.AddRecommendation: add.add_recommendation,
    requests.Search: search.search,
    requests.Export: export.export,
    requests.Map: map.map,
    requests.Remind: remind.remind,
    requests.DigestNext: digest.next_digest,
    requests.DigestPreview: digest.preview,
    requests.DigestSend: digest.send,
}

# Of these one person may do only so much at once; a form counts when it is sent.
_WRITES = (
    requests.Respond,
    requests.Progress,
    requests.Note,
    requests.Undo,
    requests.Grant,
    requests.Revoke,
    requests.Extend,
    requests.Check,
    requests.Reopen,
    requests.Withdraw,
    requests.Remind,
    requests.DigestSend,
)


def recs(ack: Ack, command: Mapping[str, Any], services: Services) -> None:
    """The slash command, answered in its acknowledgement."""
    text = string(command.get("text"))
    request = slash_occasion(services, command)
    shown = answer(services, request, lambda again: ask(services, again, text), text)
    ack(shown.as_reply() if shown else "")


def more(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """**More**: the next page in place of this one."""
    _answer_as_typed(ack, services, Click.read(body, action), in_place=True)


def choose(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """ "Did you mean": does what the button says, by the rights of whoever clicks."""
    _answer_as_typed(ack, services, Click.read(body, action), in_place=True)


def show(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """**Show 15** in a post: the answer beneath it, for whoever clicks."""
    _answer_as_typed(ack, services, Click.read(body, action), in_place=False)


def share(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """**Share in channel**: the answer as anybody may see it, for everybody in the channel, once."""
    click = Click.read(body, action)
    if not click.response_url:
        answer_click(services, ack, click, needs_a_channel(click.value), in_place=False)
        return
    channel, _, _ = click.place.partition(":")

    def ask_for_everybody(request: Request) -> Screen | None:
        sharer = sharer_of(services.store, request)
        screen = ask(services, replace(request, for_everybody=True), click.value)
        if screen is None:
            return None
        if not is_first_press(services.store, request, channel):
            return already_shared(click.value)
        return shared(screen, sharer)

    shown = answer(services, click.occasion(services), ask_for_everybody, click.value)
    _answer_click(services, ack, click, shown, in_place=False)


def ask(services: Services, occasion: Request, text: str) -> Screen | None:
    request = read(services, occasion, text)
    verb = VERBS[type(request)]
    if isinstance(request, _WRITES):
        services.pace.must_allow(services.store, occasion)
    if _is_the_same_for_all(request):
        shown: Screen | None = services.kept.answer(
            services.store,
            occasion,
            request,
            lambda: verb(services, occasion, request),
            contacts_too=not isinstance(request, requests.Overview),
        )
        return shown
    return verb(services, occasion, request)


def read(services: Services, request: Request, text: str) -> requests.TypedCommand:
    """What is asked for. What names mean, and nearly mean, is told only to those who may see the register."""
    try:
        return reader.read(text, services.names.current(), request.today)
    except Refusal:
        actors.must_see(services.store, request)
        raise


def _is_the_same_for_all(request: requests.TypedCommand) -> bool:
    """Whether the answer shows no texts, and names nobody but bodies; a contact's own list is another."""
    if isinstance(request, requests.Status):
        return request.body is None
    return isinstance(request, requests.Overview)


def _answer_as_typed(ack: Ack, services: Services, click: Click, *, in_place: bool) -> None:
    shown = answer(
        services, click.occasion(services), lambda again: ask(services, again, click.value), click.value
    )
    _answer_click(services, ack, click, shown, in_place=in_place)


def _answer_click(
    services: Services, ack: Ack, click: Click, shown: Screen | None, *, in_place: bool
) -> None:
    if shown:
        answer_click(services, ack, click, shown, in_place=in_place)
    else:
        ack()
