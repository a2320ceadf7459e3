"""`/recs export`: that the account is being made, how far it is, that it is here, or why it is not."""

from bot.domain.questions.account import Account, Form, Format
from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.questions.model import File
from bot.rendering import words
from bot.rendering.documents.sentences import INTERNAL, heading
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.screen import Screen, lines, screen

_HOLDS = {
    Format.DOCX: "A document with a table for each recommendation.",
    Format.XLSX: "Sheets for a summary, the register and its updates.",
    Format.ODS: "Sheets for a summary, the register and its updates.",
    Format.CSV: "One row for each body and recommendation; xlsx, ods and json have each update too.",
    Format.JSON: "One object for each body and recommendation, with its updates.",
}


def being_made(request: Export | File) -> Screen:
    form = (
        f"{INTERNAL}. It holds texts that may not be quoted."
        if request.form is Form.INTERNAL
        else "The published form: it holds only what may be quoted."
    )
    return screen(
        f"Your {'list' if isinstance(request, File) else 'account'} is being made;"
        " it arrives as a file in a direct message.",
        lines([escaped(f"{_HOLDS[request.format]} {form}")]),
    )


def under_way(account: Account, done: int) -> Screen:
    """Say that the account is on its way, and how much is done: at least one recommendation is left."""
    return screen(
        f"Your account is still being made: {done} of {words.count(account.size, 'recommendation')} written."
    )


def here_it_is(account: Account, format: Format) -> str:
    """Return the text beside the file, escaped."""
    form = f"{INTERNAL}." if account.is_internal else "The published form: only what may be quoted."
    return inert(f"{heading(account)}. {form} {_HOLDS[format]}")
