"""The account as a file: which kinds there are, and what it is called."""

import re
from importlib import import_module
from pathlib import Path

from bot.domain.questions.account import Account, Format
from bot.domain.register.recommendation import Recommendation, Report

_HERE = __name__.rpartition(".")[0]
# In characters, so that every system takes the name.
_LONGEST_QUESTION = 80
_UNSAFE = re.compile(r"[^a-z0-9-]+")


def write(account: Account, format: Format, path: Path) -> None:
    """Write the account with the module of the format's name.

    The module is imported on its first use: its library takes a good part of the time of a start."""
    import_module(f"{_HERE}.{format}").write(account, path)


def name_of(account: Account, format: Format) -> str:
    """Name the file: account-stalking-15-kent-2025-03-10-internal.docx;
    list-15-not-started-2025-03-10.xlsx"""
    about = account.question[:_LONGEST_QUESTION]
    match account.subject:
        case Recommendation() as recommendation:
            about = recommendation.id
        case Report() as report:
            about = report.key
    body = account.body.slug if account.body else ""
    kind = "list" if account.question else "account"
    marks = ("approved" if account.approved_only else "", "internal" if account.is_internal else "")
    pieces = (kind, about, body, account.day.isoformat(), *marks)
    stem = "-".join(_UNSAFE.sub("-", piece.lower()).strip("-") for piece in pieces if piece)
    return f"{stem}.{format}"
