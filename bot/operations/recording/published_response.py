"""A body records how far its published response to a report is: comments invited, published, copied."""

from datetime import date

from bot.domain.free_text import TextTooLong
from bot.domain.questions.grammar.typed_recordings import RecordPublishedResponse
from bot.domain.refusals.taking_back import NothingToUndo
from bot.domain.register import published_response
from bot.domain.register.details import LONGEST_LINK, is_link
from bot.domain.register.guard import must_all_identify_nobody
from bot.domain.register.people import Request
from bot.domain.register.published_response import (
    NoAddress,
    NotAskedToPublish,
    PublishedResponse,
    Step,
    StepRecorded,
)
from bot.domain.register.update import Update, UpdateKind
from bot.domain.values import replace
from bot.operations.recording.published_responses import published_responses_now
from bot.operations.request import resolve
from bot.operations.request.writing import Work, writing
from storage import homes, owed, updates
from storage.database import Connection
from storage.store import Store

# In characters, of the names of those to whom a response was copied.
LONGEST_COPIED_TO = 300


def record_step(store: Store, request: Request, command: RecordPublishedResponse) -> StepRecorded:
    """Record a step. Raises NotAskedToPublish, PublishedAtWrongTime, NoAddress, TextTooLong, MayIdentify, and
    the refusals of `resolve.body_to_record_for`."""
    confirmed = must_all_identify_nobody({"": command.text, "evidence_url": command.url}, command.no_victim)
    with writing(store, request) as work:
        if work.written:
            return _recorded(work, work.written[0], again=True)
        code, name = resolve.body_to_record_for(work.actor, command.body)
        report = published_response_for(work.connection, request.today, command.report.key, code, name).report
        on = command.on or request.today
        published_response.must_be_possible(on, command.comments_by, report.published_on, request.today)
        _must_say_where(command)
        draft = replace(
            work.draft(UpdateKind.PUBLISHED_RESPONSE),
            body_code=code,
            on_behalf=work.actor.speaks_on_behalf_of(code),
            stands_from=on,
            # It tells of what has been published.
            quotable=True,
            text=command.text,
            evidence_url=command.url,
            changes=(*published_response.changes(report.key, command.step, command.comments_by), *confirmed),
        )
        return _recorded(work, work.append(draft))


def take_back(work: Work, update: Update) -> StepRecorded:
    """Take a step back, in a request that undoes. Raises NotAContactOf, NotAskedToPublish."""
    code = update.draft.body_code or ""
    recorded = _recorded(work, update)
    work.actor.must_speak_for(code, recorded.published_response.body_name)
    undone = replace(
        work.draft(UpdateKind.UNDO),
        body_code=code,
        on_behalf=update.draft.on_behalf,
        about_seq=update.seq,
    )
    work.append(undone)
    owed.owe_homes(work.connection, work.chain.seq, homes.readers(work.connection, work.store, code))
    return _recorded(work, update)


def taken_back_before(work: Work) -> StepRecorded:
    """Answer an undoing that came a second time. Raises NothingToUndo."""
    update = updates.get(work.connection, work.written[0].draft.about_seq or 0)
    if update is None:
        raise NothingToUndo
    return _recorded(work, update, again=True)


def _must_say_where(command: RecordPublishedResponse) -> None:
    """Raises NoAddress, TextTooLong."""
    if command.step is Step.PUBLISHED and not is_link(command.url):
        raise NoAddress(command.step)
    if command.step is Step.COPIED and not command.text:
        raise NoAddress(command.step)
    if len(command.url) > LONGEST_LINK:
        raise TextTooLong("address", len(command.url), LONGEST_LINK)
    if len(command.text) > LONGEST_COPIED_TO:
        raise TextTooLong("copied to", len(command.text), LONGEST_COPIED_TO)


def published_response_for(
    connection: Connection, today: date, report_key: str, code: str, name: str
) -> PublishedResponse:
    """Return how far the response is that a report asks of a body. Raises NotAskedToPublish."""
    for row in published_responses_now(connection, today, [code], [report_key]):
        return row
    raise NotAskedToPublish(report_key, name)


def _recorded(work: Work, update: Update, *, again: bool = False) -> StepRecorded:
    """Return a step that was recorded, as it is told. Raises NothingToUndo for an update that tells of no
    step, NotAskedToPublish where the report asks for none any more."""
    key = published_response.step_of(update.draft)
    if key is None:
        raise NothingToUndo
    name = work.actor.speaks_for.get(key.body_code, "")
    row = published_response_for(work.connection, work.request.today, key.report_key, key.body_code, name)
    return StepRecorded(row, key.step, update.seq, work.request.today, update.draft.on_behalf, again)
