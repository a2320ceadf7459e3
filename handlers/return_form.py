"""`/recs return kent`: the answer at once, and the form as a workbook in a direct message."""

from pathlib import Path

from bot.domain.messages.promised_file import PromisedFile
from bot.domain.questions.grammar.typed_commands import BodyReturn
from bot.domain.register.people import Request
from bot.operations.questions.return_form import return_form
from bot.operations.request.context import Services
from bot.operations.request.pending_file import PendingFile
from bot.rendering.blocks.questions import return_form as blocks
from bot.rendering.screen import Screen
from handlers import files
from handlers.files import WrittenFile
from handlers.routes import Routes

routes = Routes()


@routes.verb(BodyReturn)
def make_return(services: Services, request: Request, command: BodyReturn) -> Screen:
    form = return_form(services.store, request, command.body)
    files.promise(
        services, request, PromisedFile.RETURN_FORM, lambda pending, again: _send(pending, again, command)
    )
    return blocks.arriving(form)


def _send(pending: PendingFile, request: Request, command: BodyReturn) -> None:
    # Seldom needed, and a part of the time that a start takes.
    from bot.rendering.documents import return_workbook  # noqa: PLC0415

    form = return_form(pending.services.store, request, command.body)

    def write(folder: Path) -> WrittenFile:
        path = folder / return_workbook.name_of(form)
        return_workbook.write(form, path)
        return WrittenFile(path, blocks.title(form), blocks.here_it_is(form))

    files.send_written(pending, request, write)
