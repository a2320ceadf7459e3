"""`/recs`: reads what was typed and routes it to its verb; so do the buttons that stand for a command."""

import dataclasses
import importlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.free_text import for_slack
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.problems import NotUnderstood, WhichBody, WhichBodyToRecordFor, WhichMeaning
from bot.domain.questions.grammar.unfinished import (
    for_body,
    lacks_its_body,
    recommendations_of,
    with_a_place,
)
from bot.domain.questions.model import Question
from bot.domain.questions.names import Body
from bot.domain.questions.plain_words.typed import read_command_or_question, short_form_of
from bot.domain.questions.plain_words.understanding import About, Answerable, Asked, Offered, SaidPlainly
from bot.domain.questions.reading_much import much_read
from bot.domain.questions.sense import MakesNoSense
from bot.domain.questions.which_report import naming_report
from bot.domain.refusals.addressees import BodyRequired
from bot.domain.refusals.commands import WhichReport
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.people import Request
from bot.domain.values import replace
from bot.operations.messages.once import is_first
from bot.operations.questions import offers, plain_words, which_body
from bot.operations.questions.share import sharer_of
from bot.operations.request import actors
from bot.operations.request.context import Services
from bot.rendering.blocks import buttons
from bot.rendering.blocks.offered import offered
from bot.rendering.blocks.questions.share import already_shared, needs_a_channel, shared
from bot.rendering.blocks.questions.understood import understood_as
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.replies import Click, answer_click, slash_request, string
from handlers.routes import Routes, VerbRoute
from handlers.wording import BusyWithMuch
from storage.database import Busy, ConnectionLost

COMMAND = "/recs"
# What answers a typed command, most used first: modules of this folder. Each is loaded when something is
# typed that none before it answers, or when recbot answers already (decision 031).
MODULES = (
    "status",
    "questions",
    "recordings",
    "update",
    "undo",
    "as_at",
    "answers",
    "help",
    "export",
    "map",
    "letter",
    "deadline_calendar",
    "extend",
    "approve",
    "ask_body",
    "grant",
    "add",
    "correct",
    "imports",
    "remind",
    "follow",
    "return_form",
    "digest",
)


# Those of the modules that are loaded.
_VERBS: dict[type, VerbRoute] = {}


def verb_of(command: type) -> VerbRoute:
    """Return what a typed command does, by its type."""
    for module in MODULES:
        if command in _VERBS:
            break
        routes: Routes = importlib.import_module(f"handlers.{module}").routes
        _VERBS.update(routes.verbs)
    return _VERBS[command]


Command = TypedCommand | Question
# Does a command that was typed so; returns None where a form was opened.
Do = Callable[[Services, Request, Command, str], Screen | None]

routes = Routes()


@routes.slash_command(COMMAND)
def recs(ack: Ack, command: Mapping[str, Any], services: Services) -> None:
    """Answer the slash command in its acknowledgement."""
    text = string(command.get("text"))
    request = slash_request(services, command)
    screen = run(services, request, lambda again: ask(services, again, text), text)
    ack(screen.as_reply() if screen else "")


@routes.action(buttons.MORE)
def more(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Answer **More**: show the next page in place of this one."""
    click = Click.read(body, action)
    answer_as_typed(ack, services, click, click.value, in_place=True)


@routes.action(re.compile(rf"^{buttons.CHOOSE}-\d+$"))
def choose(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Answer "Did you mean": do what the button says, by the rights of whoever clicks."""
    click = Click.read(body, action)
    answer_as_typed(ack, services, click, click.value, in_place=True)


@routes.action(re.compile(rf"^{buttons.SHOW}:"))
def show(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Answer **Show 15** in a post: beneath it, for whoever clicks."""
    click = Click.read(body, action)
    answer_as_typed(ack, services, click, click.value, in_place=False)


@routes.action(buttons.SHARE)
def share(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Answer **Share in channel**: show the answer as anybody may see it to everybody in the channel,
    once."""
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
        if not is_first(services.store, request, channel):
            return already_shared(click.value)
        return shared(screen, sharer)

    open_answer = run(services, click.request(services), ask_for_everybody, click.value)
    _answer_click(services, ack, click, open_answer, in_place=False)


def ask(services: Services, request: Request, text: str) -> Screen | None:
    """Do what was typed, and return what it shows; None where a form was opened. Raises Refusal.

    What is no command is read as plain words: they are answered, or put back with what they may mean."""
    return _ask(services, request, text, _do)


def ask_without_acting(services: Services, request: Request, text: str) -> Screen:
    """Answer a message: what would change something, send something or open a form becomes a button.

    A message can be sent again or taken wrongly, and it opens no form. Raises what `ask` raises."""
    return _ask(services, request, text, _do_or_offer) or _offered(text)


def read(services: Services, request: Request, text: str) -> Command:
    """Read what was typed. Raises Refusal."""
    with actors.telling_only_who_sees(services.store, request):
        return read_command_or_question(text, services.names.current(), request.today)


def refusal_of(services: Services, request: Request, text: str) -> Refusal | None:
    """Return what a command would be refused with as the register stands. Raises CannotSee."""
    refusals = offers.refusals_of(
        services.store, request, lambda command: read(services, request, command), (text,)
    )
    return refusals.get(text)


def _ask(services: Services, request: Request, text: str, do: Do) -> Screen | None:
    try:
        command = read(services, request, text)
    except (NotUnderstood, WhichBody, WhichMeaning, MakesNoSense) as problem:
        return _ask_plainly(services, request, text, problem, do)
    try:
        answer = do(services, request, command, text)
        short_form = short_form_of(text, command)
        return understood_as(answer, short_form) if answer and short_form else answer
    except BodyRequired as problem:
        return _ask_for_which_body(services, request, text, command, problem, do)
    except WhichReport as problem:
        recordings = plain_words.recordings_of_statement(
            services.store, request, services.names.current(), services.surroundings, text
        )
        raise _each_report_named(services, request, text, command, problem, recordings) from None


def _ask_for_which_body(
    services: Services, request: Request, text: str, command: Command, problem: BodyRequired, do: Do
) -> Screen | None:
    """Ask for which body it is, unless it says so in plain words. Raises WhichBodyToRecordFor."""
    try:
        return _ask_plainly(services, request, text, problem, do)
    except (BodyRequired, WhichBodyToRecordFor):
        choices = which_body.to_choose_from(services.store, request, recommendations_of(command))
        names = services.names.current()
        place = with_a_place(text, command, choices[0], names, request.today) if choices else ""
        if not place:
            raise problem from None
        raise WhichBodyToRecordFor(place, choices) from None


def _each_report_named(
    services: Services,
    request: Request,
    text: str,
    command: Command,
    problem: WhichReport,
    recordings: tuple[str, ...] = (),
) -> WhichReport:
    """Return the problem with the whole command for each report that can be meant; `recordings` are what else
    the text may say."""
    names = services.names.current()
    commands = tuple(
        naming_report(text, command, problem.number, report, names, request.today, recordings)
        for report in problem.options
    )
    return dataclasses.replace(
        problem, commands=commands, recordings=() if verb_of(type(command)).writes else recordings
    )


def choices_of_bodies(services: Services, request: Request, unfinished: str) -> tuple[Body, ...]:
    """Return the bodies for which a command can be that names none yet. Raises Refusal."""
    everyone = which_body.to_choose_from(services.store, request, ())
    try:
        command = read(services, request, for_body(unfinished, everyone[0].slug)) if everyone else None
    except Refusal:
        # It is asked again about its text once its body is known.
        return everyone
    return which_body.to_choose_from(services.store, request, recommendations_of(command))


def _ask_plainly(services: Services, request: Request, text: str, problem: Refusal, do: Do) -> Screen | None:
    names = services.names.current()
    understood = plain_words.understood(services.store, request, names, services.surroundings, text, problem)
    match understood:
        case None:
            raise problem
        case Answerable(command=short_form):
            typed = for_slack(short_form)
            command = read(services, request, typed)
            if verb_of(type(command)).writes:
                raise SaidPlainly(Offered((short_form,)), text)
            # The short form of a question could be meant to record; the question itself could not.
            try:
                answer = do(services, replace(request, asks_only=True), command, typed)
            except WhichReport as ambiguous:
                raise _each_report_named(services, request, typed, command, ambiguous) from None
            return answer and understood_as(answer, short_form)
        case Asked(about=About.BODY, without_body=str(unfinished)) if unfinished:
            unfinished = for_slack(unfinished)
            raise WhichBodyToRecordFor(unfinished, choices_of_bodies(services, request, unfinished))
        case _:
            raise SaidPlainly(understood, text)


def _do(services: Services, request: Request, command: Command, _typed: str) -> Screen | None:
    """Answer a command. Raises BusyWithMuch where narrower questions could be answered."""
    try:
        return _act(services, request, command)
    except ConnectionLost:
        raise
    except Busy as busy:
        if (much := much_read(command)) is None:
            raise
        raise BusyWithMuch(str(busy), much) from None


def _act(services: Services, request: Request, command: Command) -> Screen | None:
    verb = verb_of(type(command))
    if verb.writes:
        services.rate_limiter.must_allow(services.store, request)
    if _is_the_same_for_all(command):
        screen: Screen | None = services.answer_cache.answer(
            services.store,
            request,
            command,
            lambda with_reader: verb.act(services, with_reader, command),
            contacts_too=not isinstance(command, typed_commands.Overview),
        )
        return screen
    return verb.act(services, request, command)


def _do_or_offer(services: Services, request: Request, command: Command, typed: str) -> Screen | None:
    verb = verb_of(type(command))
    if verb.writes or verb.leads_to_writing:
        actors.must_see(services.store, request)
        if lacks_its_body(command):
            which_body.must_not_need_one(services.store, request)
        return _offered(typed, refusal_of(services, request, typed))
    return _do(services, request, command, typed)


def _offered(text: str, refusal: Refusal | None = None) -> Screen:
    return offered(text, refusal)


def _is_the_same_for_all(command: Command) -> bool:
    """Return whether the answer shows no texts, and names nobody but bodies; a contact's own list differs."""
    if isinstance(command, typed_commands.Status):
        return command.body is None
    return isinstance(command, typed_commands.Overview)


def answer_as_typed(ack: Ack, services: Services, click: Click, typed: str, *, in_place: bool) -> None:
    """Do what a command says that somebody pressed or chose."""
    screen = run(services, click.request(services), lambda again: ask(services, again, typed), typed)
    _answer_click(services, ack, click, screen, in_place=in_place)


def _answer_click(
    services: Services, ack: Ack, click: Click, screen: Screen | None, *, in_place: bool
) -> None:
    if screen:
        answer_click(services, ack, click, screen, in_place=in_place)
    else:
        ack()
