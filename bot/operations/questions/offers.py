"""What is offered to somebody (an example, a button) can be done by them: looked at before it is shown."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import singledispatch

from msgspec import Struct

from bot.domain.questions.account import must_be_allowed
from bot.domain.questions.grammar import reader, typed_commands, typed_recordings
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.model import Question
from bot.domain.questions.names import Body
from bot.domain.refusals.addressees import BodyRequired, NotAContactOf, NotAddressed
from bot.domain.refusals.commands import WhichReport
from bot.domain.refusals.questions import DayToCome
from bot.domain.refusals.recording import ReasonRequired, TextRequired
from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.taking_back import NothingToErase
from bot.domain.register.addressee import Addressee
from bot.domain.register.part_states import must_say_why, with_part
from bot.domain.register.people import Actor, Request
from bot.domain.register.published_response import must_be_possible
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.redaction import can_be_erased
from bot.operations.questions.answerable import must_be_answerable
from bot.operations.recording import published_response
from bot.operations.recording.approve import waiting_in
from bot.operations.request import actors, resolve
from storage import addressees, recommendations, updates
from storage.database import Connection
from storage.store import Store

# What stands in the table of verbs for somebody whom Slack offers after @.
_ANYBODY = ("@user", "<@U000000000|user>")


def that_work(
    store: Store,
    request: Request,
    read: Callable[[str], TypedCommand | Question],
    commands: Iterable[str],
    *,
    may_lack_body: bool = False,
) -> frozenset[str]:
    """Return those of some commands that are not refused to this person as the register stands.

    One that leads to a choice between reports works, and with `may_lack_body` to one between bodies. Raises
    CannotSee."""
    commands = frozenset(commands)
    refusals = refusals_of(store, request, read, commands, may_lack_body=may_lack_body)
    return commands - frozenset(refusals)


def refusals_of(
    store: Store,
    request: Request,
    read: Callable[[str], TypedCommand | Question],
    commands: Iterable[str],
    *,
    may_lack_body: bool = False,
) -> dict[str, Refusal]:
    """Return what each command that does not work, as `that_work` has it, would be refused with.

    Raises CannotSee."""
    refusals: dict[str, Refusal] = {}
    with store.reading() as connection:
        register = _Register(connection, actors.load(connection, store, request), request.today)
        for command in commands:
            try:
                register.must_have_role(command)
                _must_work(read(command.replace(*_ANYBODY)), register)
            except WhichReport:
                continue
            except BodyRequired as refusal:
                if not may_lack_body:
                    refusals[command] = refusal
            except Refusal as refusal:
                refusals[command] = refusal
    return refusals


class _Register(Struct, frozen=True):
    """The register as one person may use it on a London date."""

    connection: Connection
    actor: Actor
    today: date

    def must_have_role(self, command: str) -> None:
        row = reader.verb_of(command)
        if row is None or row.asker == "anyone":
            return
        if row.asker == "coordinator":
            self.actor.must_coordinate()
        elif not (self.actor.is_contact or self.actor.is_coordinator):
            raise NotAContactOf("", ())

    def recordable(self, refs: Iterable[Ref], body: Body | None) -> list[Addressee]:
        code, name = resolve.body_to_record_for(self.actor, body)
        return [self._row(resolve.recordable(self.connection, ref), code, name) for ref in refs]

    def must_be_addressed(self, refs: Iterable[object], body: Body | None) -> None:
        """Refuse a recommendation that is not asked of the body. What is none among `refs` is known by its
        name already."""
        for ref in refs:
            if isinstance(ref, Ref):
                recommendation = resolve.recommendation(self.connection, ref)
                if body:
                    self._row(recommendation, body.code, body.short_name)

    def must_have_come(self, day: date | None) -> None:
        if day and day > self.today:
            raise DayToCome(day)

    def _row(self, recommendation: Recommendation, code: str, name: str) -> Addressee:
        row = addressees.get(self.connection, recommendation.id, code)
        if row is None:
            raise NotAddressed(recommendation.title, name)
        return row


@singledispatch
def _must_work(request: TypedCommand | Question, register: _Register) -> None:
    """Raises what the request itself would be refused with, as far as that can be told without doing it."""


@_must_work.register
def _(request: typed_recordings.Respond, register: _Register) -> None:
    for row in register.recordable(request.recommendations, request.body):
        row.respond(request.answer, request.reason)


@_must_work.register
def _(request: typed_recordings.StartFollowing, register: _Register) -> None:
    if request.channel:
        register.actor.must_coordinate()
    if isinstance(request.subject, Ref):
        resolve.recordable(register.connection, request.subject)


@_must_work.register
def _(request: typed_recordings.Progress, register: _Register) -> None:
    for row in register.recordable(request.recommendations, request.body):
        recommendation = recommendations.get(register.connection, row.recommendation_id)
        if recommendation is None:
            continue
        if request.part:
            with_part(row, recommendation, request.part, request.stage, request.text)
        else:
            must_say_why(row, request.stage, request.text, recommendation.parts)
            row.progress(request.stage, request.text)


@_must_work.register
def _(request: typed_recordings.Note, register: _Register) -> None:
    (row,) = register.recordable((request.recommendation,), request.body)
    if not request.text:
        raise TextRequired("note", row.recommendation_id, row.body_name)


@_must_work.register
def _(request: typed_recordings.AskBody, register: _Register) -> None:
    (row,) = register.recordable((request.recommendation,), request.body)
    if not request.text:
        raise TextRequired("ask", row.recommendation_id, row.body_name)


@_must_work.register
def _(request: typed_recordings.ReportOfParty, register: _Register) -> None:
    recommendation = resolve.recommendation(register.connection, request.recommendation)
    if not request.text:
        raise TextRequired("party", recommendation.id, "")


@_must_work.register
def _(request: typed_recordings.UpdateForm, register: _Register) -> None:
    """Check the body, where one is named: the form itself asks for it, and for the recommendations."""
    if request.body:
        register.recordable(request.recommendations, request.body)
        return
    for recommendation in request.recommendations:
        resolve.recordable(register.connection, recommendation)


@_must_work.register
def _(request: typed_recordings.Extend, register: _Register) -> None:
    for row in register.recordable((request.recommendation,), request.body):
        row.extend(request.until, request.reason)


@_must_work.register
def _(request: typed_recordings.Expect, register: _Register) -> None:
    for row in register.recordable(request.recommendations, request.body):
        row.expect(request.on, request.reason, register.today)


@_must_work.register
def _(request: typed_recordings.Check, register: _Register) -> None:
    for row in register.recordable(request.recommendations, request.body):
        row.check()


@_must_work.register
def _(request: typed_recordings.Approve, register: _Register) -> None:
    waiting_in(register.connection, register.actor, request.recommendations, request.body)


@_must_work.register
def _(request: typed_recordings.SendBack, register: _Register) -> None:
    waiting_in(register.connection, register.actor, request.recommendations, request.body)
    if not request.reason:
        row = register.recordable(request.recommendations, request.body)[0]
        raise ReasonRequired("send back", row.recommendation_id, row.body_name)


@_must_work.register
def _(request: typed_recordings.Close, register: _Register) -> None:
    register.must_have_come(request.on)
    for row in register.recordable(request.recommendations, request.body):
        row.close(request.on, request.level, request.source)


@_must_work.register
def _(request: typed_recordings.Reopen, register: _Register) -> None:
    for row in register.recordable((request.recommendation,), request.body):
        row.reopen(request.reason)


@_must_work.register
def _(request: typed_recordings.RecordPublishedResponse, register: _Register) -> None:
    code, name = resolve.body_to_record_for(register.actor, request.body)
    report = published_response.published_response_for(
        register.connection, register.today, request.report.key, code, name
    ).report
    must_be_possible(request.on or register.today, request.comments_by, report.published_on, register.today)


@_must_work.register
def _(request: typed_commands.Published, register: _Register) -> None:
    register.must_have_come(request.as_at)


@_must_work.register
def _(request: typed_recordings.Withdraw, register: _Register) -> None:
    recommendation = resolve.recordable(register.connection, request.recommendation)
    if request.superseded_by:
        resolve.recordable(register.connection, request.superseded_by)
    if not request.reason:
        raise ReasonRequired("withdraw", recommendation.id)


@_must_work.register
def _(request: typed_recordings.Remind, register: _Register) -> None:
    resolve.recordable(register.connection, request.recommendation)
    register.must_be_addressed((request.recommendation,), request.body)


@_must_work.register
def _(request: typed_recordings.Redact, register: _Register) -> None:
    update = updates.get(register.connection, request.seq)
    if update is None or not can_be_erased(update):
        raise NothingToErase(request.seq)


@_must_work.register(typed_recordings.Away)
@_must_work.register(typed_recordings.Back)
@_must_work.register(typed_commands.Mine)
def _(request: TypedCommand, register: _Register) -> None:
    if not register.actor.is_contact:
        raise NotAContactOf("", ())


@_must_work.register
def _(request: typed_commands.Status, register: _Register) -> None:
    register.must_be_addressed(request.recommendations, request.body)


@_must_work.register
def _(request: typed_commands.InRegion, register: _Register) -> None:
    register.must_be_addressed((request.recommendation,), None)


@_must_work.register(typed_commands.Overdue)
@_must_work.register(typed_commands.Waiting)
def _(request: typed_commands.Overdue | typed_commands.Waiting, register: _Register) -> None:
    register.must_be_addressed((request.subject,), request.body)


@_must_work.register
def _(request: typed_commands.History, register: _Register) -> None:
    register.must_be_addressed((request.recommendation,), request.body)


@_must_work.register
def _(request: typed_commands.AsAt, register: _Register) -> None:
    register.must_have_come(request.day)
    register.must_be_addressed(request.subject if isinstance(request.subject, tuple) else (), request.body)


@_must_work.register
def _(request: typed_commands.Map, register: _Register) -> None:
    register.must_have_come(request.as_at)
    resolve.recordable(register.connection, request.recommendation)


@_must_work.register
def _(request: typed_commands.Chart, register: _Register) -> None:
    register.must_have_come(request.as_at)
    if isinstance(request.subject, typed_commands.Ref):
        resolve.recordable(register.connection, request.subject)


@_must_work.register
def _(request: typed_commands.Export, register: _Register) -> None:
    must_be_allowed(register.actor, request.form, request.body)
    register.must_have_come(request.as_at)
    register.must_be_addressed((request.subject,), request.body)


@_must_work.register
def _(request: Question, register: _Register) -> None:
    must_be_answerable(request)
    register.must_be_addressed(request.scope.recommendations, None)
    if request.scope.mine and not register.actor.is_contact:
        raise NotAContactOf("", ())
