"""`/recs calendar`: the answer at once, and the asker's deadlines as a file for their own calendar."""

from bot.domain.messages.promised_file import PromisedFile
from bot.domain.questions.deadline_calendar import DeadlineCalendar
from bot.domain.questions.grammar.typed_commands import MyCalendar
from bot.domain.register.people import Request
from bot.operations.questions import deadline_calendar as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import deadline_calendar as blocks
from bot.rendering.screen import Screen
from handlers import files
from handlers.replies import send_file
from handlers.routes import Routes

routes = Routes()


@routes.verb(MyCalendar)
def my_calendar(services: Services, request: Request, _command: MyCalendar) -> Screen:
    calendar = operation.deadline_calendar(services.store, request)
    if not calendar.entries:
        return blocks.nothing_due(calendar)
    files.promise(services, request, PromisedFile.CALENDAR, lambda _, again: _send(services, again, calendar))
    return blocks.arriving(calendar)


def _send(services: Services, request: Request, calendar: DeadlineCalendar) -> None:
    # Seldom needed, and a part of the time that a start takes.
    from bot.rendering.documents import ics  # noqa: PLC0415

    title = ics.title(calendar)
    send_file(
        services,
        request,
        name=ics.FILE_NAME,
        title=title,
        content=ics.write(calendar),
        comment=blocks.here_it_is(title),
    )
