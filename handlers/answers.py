"""Any question: `/recs 15 not started`, `/recs blocked wales`, and `history` and `chart`, which are
questions too; and the buttons under an answer, which act on exactly what is listed."""

from collections.abc import Iterable, Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.free_text import for_slack
from bot.domain.messages.promised_file import PromisedFile
from bot.domain.questions.account import Format
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.questions.model import AsAt, File, Now, Question, Scope, Shape
from bot.domain.questions.names import ReportName
from bot.domain.questions.over_time import ProgressOverTime
from bot.domain.register.people import Actor, Request
from bot.domain.values import replace
from bot.operations.messages.remind import remind_listed
from bot.operations.questions import answering, chart, history, listed_file
from bot.operations.questions.answering import Answering
from bot.operations.request import actors
from bot.operations.request.context import Services
from bot.rendering.blocks.messages.reminder import chasing_listed
from bot.rendering.blocks.questions import answer as blocks
from bot.rendering.blocks.questions import changes as changes_blocks
from bot.rendering.blocks.questions import chart as chart_blocks
from bot.rendering.blocks.questions import contacts as contacts_blocks
from bot.rendering.blocks.questions import deadlines as deadlines_blocks
from bot.rendering.blocks.questions import history as history_blocks
from bot.rendering.blocks.questions.export import being_made
from bot.rendering.pictures.line_chart import LineChart
from bot.rendering.screen import Screen
from handlers import files
from handlers.errors import run
from handlers.files import WantedFile
from handlers.replies import Click, answer_click, send_file, send_with_chart
from handlers.routes import Routes
from storage.database import Connection

routes = Routes()

_LIST = File(Format.XLSX)


@routes.verb(Question)
def show_answer(services: Services, request: Request, question: Question) -> Screen:
    with actors.telling_only_who_sees(services.store, request):
        return _answer(services, request, question)


def _answer(services: Services, request: Request, question: Question) -> Screen:
    if question.file:
        return _make_file(services, request, question, question.file)
    match question.shape:
        case Shape.CHART:
            return _make_chart(services, request, question)
        case Shape.CONTACTS if question.by:
            return contacts_blocks.of_person(answering.person_in(services.store, request, question))
        case Shape.CONTACTS:
            return contacts_blocks.contacts(answering.contacts_of(services.store, request, question))
        case Shape.CHANGES:
            return changes_blocks.changes(answering.changes_of(services.store, request, question))
        case Shape.HISTORY:
            return history_blocks.history(history.history(services.store, request, question))
        case Shape.DEADLINES:
            return deadlines_blocks.deadlines_of(answering.deadlines_in(services.store, request, question))
        case _:
            return blocks.answer(answering.answer(services.store, request, question))


@routes.verb(typed_commands.History)
def show_history(services: Services, request: Request, command: typed_commands.History) -> Screen:
    """`/recs history 15`: every update, newest first, with the number it is cited by."""
    recommendations = (command.recommendation,) if command.recommendation else ()
    scope = Scope(recommendations, places=(command.body,) if command.body else ())
    question = Question(scope, shape=Shape.HISTORY, page=command.page)
    return history_blocks.history(history.history(services.store, request, question))


@routes.verb(typed_commands.Chart)
def show_chart(services: Services, request: Request, command: typed_commands.Chart) -> Screen:
    """`/recs chart 15`: the answer at once, and the chart in a direct message."""
    subject = command.subject
    scope = Scope(reports=(subject,)) if isinstance(subject, ReportName) else Scope((subject,))
    time = AsAt(command.as_at, command.known) if command.as_at else Now()
    return _make_chart(services, request, Question(scope, time=time, shape=Shape.CHART))


@routes.action(blocks.FILE)
def file_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Answer **File**: make the list that is shown into a file, for whoever clicks, by their own rights."""
    click = Click.read(body, action)

    def make(request: Request) -> Screen:
        fingerprint, question = _listed(services, request, click.value)
        return _make_file(services, request, replace(question, file=_LIST), _LIST, fingerprint)

    answer_click(services, ack, click, run(services, click.request(services), make), in_place=False)


@routes.action(blocks.REMIND)
def remind_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Answer **Remind these**: remind the contacts of what is listed."""
    click = Click.read(body, action)

    def remind(request: Request) -> Screen:
        fingerprint, question = _listed(services, request, click.value)

        def listed(connection: Connection, actor: Actor) -> Iterable[tuple[str, str]]:
            answering = Answering(connection, actor, request, question)
            answering.must_be_as_listed(fingerprint)
            return answering.keys()

        chasings = remind_listed(services.store, request, listed)
        services.schedule.wake()
        return chasing_listed(chasings)

    answer_click(
        services, ack, click, run(services, click.request(services), remind, writes=True), in_place=False
    )


def _make_chart(services: Services, request: Request, question: Question) -> Screen:
    progress = chart.over_time(services.store, request, question)
    if not progress.most_bodies:
        return chart_blocks.nobody_asked(progress)
    files.promise(
        services, request, PromisedFile.CHART, lambda _, again: _send_chart(services, again, progress)
    )
    return chart_blocks.arriving(progress)


def _send_chart(services: Services, request: Request, progress: ProgressOverTime) -> None:
    """Have Slack draw it where it does; else send it as a picture."""
    if send_with_chart(services, request, chart_blocks.drawn_by_slack(progress)):
        return
    # Seldom needed, and a part of the time that a start takes.
    from bot.rendering.pictures.chart import picture  # noqa: PLC0415

    drawn = LineChart.of(progress)
    send_file(
        services,
        request,
        name=drawn.file_name,
        title=drawn.title,
        content=picture(drawn),
        comment=chart_blocks.here_it_is(progress),
        alt_text=drawn.alt_text,
    )


def _make_file(
    services: Services, request: Request, question: Question, file: File, fingerprint: str = ""
) -> Screen:
    listed_file.must_be_allowed_to(services.store, request, question, fingerprint)
    file_request = WantedFile(
        file.format, lambda store, again: listed_file.opened(store, again, question, fingerprint)
    )
    files.promise_account(services, request, file_request)
    return being_made(file)


def _listed(services: Services, request: Request, value: str) -> tuple[str, Question]:
    """Read what a button carries: which list it stands under, and the question that gives it.

    Raises CannotSee, NotIntroduced: what names mean is told only to those who may see the register."""
    fingerprint, _, typed = value.partition(" ")
    with actors.telling_only_who_sees(services.store, request):
        return fingerprint, read_question(for_slack(typed), services.names.current(), request.today)
