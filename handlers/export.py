"""`/recs export 15 docx`: the account as a file, made after the answer and sent in a direct message."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from bot.domain.questions.account import Account, Chapter
from bot.domain.questions.grammar.requests import Export
from bot.domain.register.people import Request
from bot.operations.questions import export as operation
from bot.operations.request.context import Services
from bot.operations.request.direct_messages import tell
from bot.operations.request.pending_file import PendingFile
from bot.rendering.blocks.questions import export as blocks
from bot.rendering.delivered import delivered
from bot.rendering.documents import file
from bot.rendering.documents.sentences import heading
from bot.rendering.screen import Screen
from handlers.errors import logged, run
from handlers.replies import send_file
from handlers.routes import Routes

routes = Routes()

# In seconds: whoever waits for longer is told how far it is.
_PATIENCE = 20.0
# One after the other, so that however many are asked for, replies stay quick; they are sent side by side.
_WRITING = Lock()


@routes.verb(Export)
def export(services: Services, request: Request, command: Export) -> Screen:
    operation.must_be_allowed_to(services.store, request, command)
    pending = PendingFile(services, request, "export")
    pending.make(lambda: make(pending, command), lambda key: delivered(blocks.interrupted(), key))
    return blocks.being_made(command)


def make(pending: PendingFile, command: Export, patience: float = _PATIENCE) -> None:
    """Make and send the file that was promised, or tell the asker why not; `patience` in seconds."""
    services = pending.services
    if not pending.renew():
        return
    try:
        now = replace(pending.occasion, at=services.clock.now())
        problem = run(services, now, lambda again: _send(pending, again, command, patience))
    except Exception as error:
        problem = blocks.failed(logged(error))
    if problem is None:
        pending.keep()
    else:
        why = problem
        pending.fail(lambda key: delivered(why, key))


def _send(pending: PendingFile, request: Request, command: Export, patience: float) -> None:
    services = pending.services
    with TemporaryDirectory(prefix="recbot-") as folder:
        with _WRITING, operation.opened(services.unhurried or services.store, request, command) as account:
            path = Path(folder) / file.name_of(account, command.format)
            file.write(_reporting_progress(pending, account, patience), command.format, path)
        if not pending.renew():
            return
        send_file(
            services,
            request,
            name=path.name,
            title=heading(account),
            content=path,
            comment=blocks.here_it_is(account, command.format),
        )


def _reporting_progress(pending: PendingFile, account: Account, patience: float) -> Account:
    """Return the account, which tells the asker how far it is each time that `patience` seconds pass."""

    def chapters() -> Iterator[Chapter]:
        reported_at = time.monotonic()
        for done, chapter in enumerate(account.chapters):
            if done and time.monotonic() - reported_at >= patience:
                reported_at = time.monotonic()
                pending.renew()
                _tell(pending, blocks.under_way(account, done), done)
            yield chapter

    return replace(account, chapters=chapters())


def _tell(pending: PendingFile, shown: Screen, done: int) -> None:
    services, request = pending.services, pending.occasion
    key = f"export:{done}:{request.key}"
    tell(services.store, request, key, delivered(shown, key))
    services.digest.wake()
