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
from bot.operations.messages.direct_messages import tell
from bot.operations.questions import export as operation
from bot.operations.request.context import Services
from bot.operations.request.pending_file import PendingFile
from bot.rendering.blocks.questions import export as blocks
from bot.rendering.delivered import delivered
from bot.rendering.documents import file
from bot.rendering.documents.sentences import heading
from bot.rendering.screen import Screen
from handlers.errors import answer, logged
from handlers.replies import send_file

# In seconds: who waits for longer is told how far it is.
_PATIENCE = 20.0
# One after the other, so that however many are asked for, replies stay quick; they are sent side by side.
_WRITING = Lock()


def export(services: Services, request: Request, asked: Export) -> Screen:
    operation.must_be_allowed_to(services.store, request, asked)
    promise = PendingFile(services, request, "export")
    promise.make(lambda: make(promise, asked), lambda key: delivered(blocks.interrupted(), key))
    return blocks.being_made(asked)


def make(promise: PendingFile, request: Export, patience: float = _PATIENCE) -> None:
    """Makes and sends the file that was promised, or tells the asker why not; `patience` in seconds."""
    services = promise.services
    if not promise.renew():
        return
    try:
        now = replace(promise.occasion, at=services.clock.now())
        problem = answer(services, now, lambda again: _sent(promise, again, request, patience))
    except Exception as error:
        problem = blocks.failed(logged(error))
    if problem is None:
        promise.keep()
    else:
        why = problem
        promise.fail(lambda key: delivered(why, key))


def _sent(promise: PendingFile, request: Request, asked: Export, patience: float) -> None:
    services = promise.services
    with TemporaryDirectory(prefix="recbot-") as folder:
        with _WRITING, operation.opened(services.unhurried or services.store, request, asked) as account:
            path = Path(folder) / file.name_of(account, asked.format)
            file.write(_telling(promise, account, patience), asked.format, path)
        if not promise.renew():
            return
        send_file(
            services,
            request,
            name=path.name,
            title=heading(account),
            content=path,
            comment=blocks.here_it_is(account, asked.format),
        )


def _telling(promise: PendingFile, account: Account, patience: float) -> Account:
    """The account, which tells the asker how far it is when that takes long."""

    def chapters() -> Iterator[Chapter]:
        told_at = time.monotonic()
        for done, chapter in enumerate(account.chapters):
            if done and time.monotonic() - told_at >= patience:
                told_at = time.monotonic()
                promise.renew()
                _tell(promise, blocks.under_way(account, done), done)
            yield chapter

    return replace(account, chapters=chapters())


def _tell(promise: PendingFile, shown: Screen, done: int) -> None:
    services, request = promise.services, promise.occasion
    key = f"export:{done}:{request.key}"
    tell(services.store, request, key, delivered(shown, key))
    services.digest.wake()
