"""Files that are made after the answer and sent in a direct message."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from msgspec import Struct

from bot.domain.messages.promised_file import PromisedFile
from bot.domain.questions.account import Account, Chapter, Format
from bot.domain.register.people import Request
from bot.domain.values import replace
from bot.operations.request.context import Services
from bot.operations.request.direct_messages import tell
from bot.operations.request.pending_file import PendingFile
from bot.rendering.blocks.questions import export as blocks
from bot.rendering.blocks.questions import promised_file as promised_blocks
from bot.rendering.delivered import delivered
from bot.rendering.documents import file
from bot.rendering.documents.sentences import heading
from bot.rendering.screen import Screen
from handlers.errors import logged, run
from handlers.replies import send_file
from storage.store import Store

# In seconds: whoever waits for longer is told how far it is.
TOLD_AFTER = 20.0
# One after the other, so that however many are asked for, replies stay quick; they are sent side by side.
_WRITING = Lock()


class WrittenFile(Struct, frozen=True):
    """`comment` is the text beside it, escaped."""

    path: Path
    title: str
    comment: str


# Makes a promised file and sends it, by the rights that the asker has by then.
Send = Callable[[PendingFile, Request], None]


class WantedFile(Struct, frozen=True):
    """`opened` opens the account that is written, for as long as it is read."""

    format: Format
    opened: Callable[[Store, Request], AbstractContextManager[Account]]


def promise(services: Services, request: Request, promised: PromisedFile, send: Send) -> None:
    """Have a file made and sent when there is time for it. Raises TooManyFiles, Busy."""
    pending = PendingFile(services, request, promised)
    pending.make(
        lambda: deliver(pending, send), lambda key: delivered(promised_blocks.interrupted(promised), key)
    )


def promise_account(services: Services, request: Request, file_request: WantedFile) -> None:
    """Have an account, or a list in its form, made and sent. Raises what `promise` raises."""
    promise(services, request, PromisedFile.ACCOUNT, sending_account(file_request))


def sending_account(file_request: WantedFile, told_after: float = TOLD_AFTER) -> Send:
    """Return what makes and sends an account; after `told_after` seconds its asker is told how far it is."""
    return lambda pending, again: _send(pending, again, file_request, told_after)


def deliver(pending: PendingFile, send: Send) -> None:
    """Have a promised file made and sent, or tell the asker why it does not come."""
    services = pending.services
    if not pending.renew():
        return
    try:
        now = replace(pending.request, instant=services.clock.now())
        problem = run(services, now, lambda again: send(pending, again))
    except Exception as error:
        problem = promised_blocks.failed(pending.promised, logged(error))
    if problem is None:
        pending.keep()
    else:
        why = problem
        pending.fail(lambda key: delivered(why, key))


def send_written(pending: PendingFile, request: Request, write: Callable[[Path], WrittenFile]) -> None:
    """Have a file written in a folder of its own, and send it unless the promise was given up meanwhile."""
    with TemporaryDirectory(prefix="recbot-") as folder:
        with _WRITING:
            written = write(Path(folder))
        if pending.renew():
            send_file(
                pending.services,
                request,
                name=written.path.name,
                title=written.title,
                content=written.path,
                comment=written.comment,
            )


def _send(pending: PendingFile, request: Request, file_request: WantedFile, told_after: float) -> None:
    services = pending.services

    def write(folder: Path) -> WrittenFile:
        with file_request.opened(services.unhurried or services.store, request) as account:
            path = folder / file.name_of(account, file_request.format)
            file.write(_reporting_progress(pending, account, told_after), file_request.format, path)
            return WrittenFile(path, heading(account), blocks.here_it_is(account, file_request.format))

    send_written(pending, request, write)


def _reporting_progress(pending: PendingFile, account: Account, told_after: float) -> Account:
    """Return the account, which tells the asker how far it is each time that `told_after` seconds pass."""

    def chapters() -> Iterator[Chapter]:
        reported_at = time.monotonic()
        for done, chapter in enumerate(account.chapters):
            if done and time.monotonic() - reported_at >= told_after:
                reported_at = time.monotonic()
                pending.renew()
                _tell(pending, blocks.under_way(account, done), done)
            yield chapter

    return replace(account, chapters=chapters())


def _tell(pending: PendingFile, screen: Screen, done: int) -> None:
    services, request = pending.services, pending.request
    key = f"export:{done}:{request.key}"
    tell(services.store, request, key, delivered(screen, key))
    services.schedule.wake()
