"""The day by which a report asks bodies to publish their response, set by a coordinator after a look."""

from bot.domain.questions.grammar.typed_recordings import SetReport
from bot.domain.register.people import Request
from bot.domain.register.published_response import (
    PublishedAtWrongTime,
    ReportSetting,
    setting_change,
)
from bot.domain.register.update import UpdateKind
from bot.domain.values import replace
from bot.operations.request import resolve
from bot.operations.request.actors import coordinator_reads
from bot.operations.request.writing import coordinating
from storage import contents, published_responses, recommendations
from storage.database import Connection
from storage.store import Store


def look(store: Store, request: Request, command: SetReport) -> ReportSetting:
    """Return the setting as it would be. Raises PublishedAtWrongTime, UnknownRecommendation,
    NotACoordinator."""
    with coordinator_reads(store, request) as connection:
        return _setting(connection, command)


def set_report(store: Store, request: Request, command: SetReport) -> ReportSetting:
    """Record the setting; one that stands already is not recorded again. Raises what `look` raises."""
    with coordinating(store, request) as work:
        setting = _setting(work.connection, command)
        if work.written or not setting.changes_anything:
            return setting
        key, was, now = setting.after.key, setting.before.publish_by, setting.after.publish_by
        recommendations.ask_to_publish_by(work.connection, key, now)
        changes = (
            setting_change(key, was, now),
            *contents.change(work.connection, contents.REPORT, key),
        )
        work.append(replace(work.draft(UpdateKind.REPORT_CHANGED), changes=changes))
        return setting


def _setting(connection: Connection, command: SetReport) -> ReportSetting:
    """Return the setting as it is and as it would be. Raises PublishedAtWrongTime, UnknownRecommendation."""
    key, day = command.report.key, command.publish_by
    before = resolve.report(connection, key)
    if day and day < before.published_on:
        raise PublishedAtWrongTime(day, before.published_on)
    return ReportSetting(
        before,
        replace(before, publish_by=day),
        bodies=len(published_responses.bodies_asked(connection, [key]).get(key, {})),
        recorded=len(published_responses.bodies_with_steps(connection, key)),
    )
