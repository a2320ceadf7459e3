"""`/recs export 15 docx`: the account as a file, made after the answer and sent in a direct message."""

from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.register.people import Request
from bot.operations.questions import export as operation
from bot.operations.request.context import Services
from bot.operations.request.pending_file import PendingFile
from bot.rendering.blocks.questions import export as blocks
from bot.rendering.screen import Screen
from handlers import files
from handlers.files import WantedFile
from handlers.routes import Routes

routes = Routes()


@routes.verb(Export)
def export(services: Services, request: Request, command: Export) -> Screen:
    operation.must_be_allowed_to(services.store, request, command)
    files.promise_account(services, request, _wanted(command))
    return blocks.being_made(command)


def make(pending: PendingFile, command: Export, told_after: float = files.TOLD_AFTER) -> None:
    """Make and send the file that was promised, or tell the asker why not; `told_after` in seconds."""
    files.deliver(pending, files.sending_account(_wanted(command), told_after))


def _wanted(command: Export) -> WantedFile:
    return WantedFile(command.format, lambda store, request: operation.opened(store, request, command))
