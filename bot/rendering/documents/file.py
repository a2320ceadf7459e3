"""The account as a file: which kinds there are, and what it is called."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.domain.account import Account, Format
from bot.domain.recommendation import Recommendation, Report
from bot.rendering.documents import csv, docx, json, xlsx

_WRITERS: Mapping[Format, Callable[[Account, Path], None]] = {
    Format.DOCX: docx.write,
    Format.XLSX: xlsx.write,
    Format.CSV: csv.write,
    Format.JSON: json.write,
}
_UNSAFE = re.compile(r"[^a-z0-9-]+")


def write(account: Account, format: Format, path: Path) -> None:
    _WRITERS[format](account, path)


def name_of(account: Account, format: Format) -> str:
    """account-stalking-15-kent-2025-03-10-internal.docx"""
    about = ""
    match account.of:
        case Recommendation() as one:
            about = one.id
        case Report() as report:
            about = report.key
    body = account.body.slug if account.body else ""
    pieces = ("account", about, body, account.day.isoformat(), "internal" if account.is_internal else "")
    stem = "-".join(_UNSAFE.sub("-", piece.lower()).strip("-") for piece in pieces if piece)
    return f"{stem}.{format}"
