"""`/recs export 15 docx`: the account as a file, made after the answer and sent in a direct message."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.domain.account import Account, Chapter
from bot.domain.people import Occasion
from bot.domain.typed.requests import Export
from bot.operations import export as operation
from bot.operations.desk import Desk
from bot.rendering.blocks import export as blocks
from bot.rendering.delivered import delivered
from bot.rendering.documents import file
from bot.rendering.documents.sentences import subtitle, title
from bot.rendering.screen import Screen
from handlers.errors import answer, logged
from handlers.replies import send_file

# In seconds: who waits for longer is told how far it is.
_PATIENCE = 20.0


def export(desk: Desk, occasion: Occasion, asked: Export) -> Screen:
    operation.must_be_allowed_to(desk.store, occasion, asked)
    desk.slowly(lambda: make(desk, occasion, asked))
    return blocks.being_made(asked)


def make(desk: Desk, occasion: Occasion, asked: Export, patience: float = _PATIENCE) -> None:
    """Makes and sends the file, or tells the asker why not; `patience` in seconds."""
    now = replace(occasion, at=desk.clock.now())
    try:
        problem = answer(desk, now, lambda again: _sent(desk, again, asked, patience))
    except Exception as error:
        problem = blocks.failed(logged(error))
    if problem is not None:
        _tell(desk, now, problem, "failed")


def _sent(desk: Desk, occasion: Occasion, asked: Export, patience: float) -> None:
    with TemporaryDirectory(prefix="recbot-") as folder:
        with operation.opened(desk.unhurried or desk.store, occasion, asked) as account:
            path = Path(folder) / file.name_of(account, asked.format)
            file.write(_telling(desk, occasion, account, patience), asked.format, path)
        send_file(
            desk,
            occasion,
            name=path.name,
            title=f"{title(account)}: {subtitle(account)}",
            content=path,
            comment=blocks.here_it_is(account, asked.format),
        )


def _telling(desk: Desk, occasion: Occasion, account: Account, patience: float) -> Account:
    """The account, which tells the asker how far it is when that takes long."""

    def chapters() -> Iterator[Chapter]:
        told_at = time.monotonic()
        for done, chapter in enumerate(account.chapters):
            if done and time.monotonic() - told_at >= patience:
                told_at = time.monotonic()
                _tell(desk, occasion, blocks.under_way(account, done), str(done))
            yield chapter

    return replace(account, chapters=chapters())


def _tell(desk: Desk, occasion: Occasion, shown: Screen, what: str) -> None:
    key = f"export:{what}:{occasion.key}"
    operation.tell(desk.store, occasion, key, delivered(shown, key))
    desk.digest.wake()
