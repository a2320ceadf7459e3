"""A bundle as a folder of open formats, with a README by which any program can check it."""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any, TextIO

from msgspec import Struct

from bot.domain.questions.bundle import Bundle, BundleScope, SealedUpdate
from bot.domain.register.spreadsheets import guarded
from bot.rendering import words
from bot.rendering.documents import csv as account_csv
from bot.rendering.documents import json as account_json

SUMS = "SHA256SUMS"
_ACCOUNT = """\
register.csv   how each recommendation stands with each body, on the day above
account.json   the same with every update, and the counts of each recommendation
tables/        the rows of the register's tables that this is made from, a JSON
               object on each line
"""


def name_of(bundle: Bundle) -> str:
    """Name the file: bundle-kent-2027-04-01; bundle-register-2027-04-01"""
    return f"bundle-{bundle.body.slug if bundle.body else 'register'}-{bundle.day.isoformat()}"


def write(bundle: Bundle, folder: Path) -> None:
    """Write the files into an empty folder."""
    _write_updates(bundle, folder)
    _write_how_all_stands(bundle, folder)
    (folder / "README.txt").write_text(_readme(bundle), encoding="utf-8")
    sums = "".join(f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in _files(folder))
    (folder / SUMS).write_text(sums, encoding="utf-8")


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 of the list of hashes, by which a bundle is known."""
    return _sha256(folder / SUMS)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _readme(bundle: Bundle) -> str:
    heading = f"{bundle.body.short_name if bundle.body else 'The register'}: a bundle"
    template = Template((files(__package__) / "bundle_readme.txt").read_text(encoding="utf-8"))
    return template.substitute(
        heading=heading,
        underline="=" * len(heading),
        day=words.day(bundle.day),
        through_seq=bundle.through_seq,
        history_hash=bundle.history_hash,
        contents=_contents(bundle),
        more="" if bundle.account is None else _ACCOUNT,
    )


def _contents(bundle: Bundle) -> str:
    what_it_holds = (
        f"all that the register holds of {bundle.body.short_name}" if bundle.body else "the whole register"
    )
    period = _period(bundle.scope)
    return f"It holds {what_it_holds}{f', recorded {period}' if period else ''}."


def _period(scope: BundleScope) -> str:
    """Return from 1 March 2025 to 31 March 2025; empty for all time."""
    since = [f"from {words.day(scope.since)}"] if scope.since else []
    until = [f"to {words.day(scope.until)}"] if scope.until else []
    return " ".join(since + until)


class _Files(Struct, frozen=True):
    """The files about updates, open to be written side by side."""

    chain: Any  # a CSV writer
    lines: TextIO
    table: Any  # a CSV writer
    texts: TextIO


_COLUMNS = (
    "update",
    "recorded_at",
    "stands_from",
    "kind",
    "recommendation_id",
    "body",
    "changes",
    "text",
    "evidence",
    "evidence_title",
    "decided_by",
    "source",
    "recorded_by",
    "on_behalf",
    "about_update",
    "words_erased",
)


def _write_updates(bundle: Bundle, folder: Path) -> None:
    with ExitStack() as stack:

        def text_file(name: str) -> TextIO:
            return stack.enter_context((folder / name).open("w", encoding="utf-8", newline="\n"))

        def table(name: str, columns: Iterable[str]) -> Any:
            file = (folder / name).open("w", encoding="utf-8-sig", newline="")
            writer = csv.writer(stack.enter_context(file))
            writer.writerow(columns)
            return writer

        opened = _Files(
            chain=table("chain.csv", ("update", "hash", "held")),
            lines=text_file("updates.jsonl"),
            table=table("updates.csv", _COLUMNS),
            texts=text_file("texts.txt"),
        )
        for update in bundle.updates:
            is_in_scope = bundle.scope.holds(update)
            opened.chain.writerow((update.seq, update.hash, "yes" if is_in_scope else ""))
            if is_in_scope:
                _write_update(bundle, update, opened)


def _write_update(bundle: Bundle, update: SealedUpdate, opened: _Files) -> None:
    opened.lines.write(f"{_line(_sealed(update))}\n")
    entry: Mapping[str, Any] = json.loads(update.sealed)
    body_name = bundle.body_names.get(update.body_code or "", "")
    recorded_by = bundle.people_names.get((entry["team_id"], entry["user_id"]), "")
    opened.table.writerow(_guarded(_row(update, entry, body_name, recorded_by)))
    if update.words and update.words.text:
        about = ", ".join(name for name in (update.recommendation_id, body_name) if name)
        heading = f"== Update {update.seq}, {entry['recorded_at']}{f', {about}' if about else ''}"
        text = update.words.text
        opened.texts.write(f"{heading}, {len(text)} characters\n{text}\n\n")


def _sealed(update: SealedUpdate) -> dict[str, object]:
    words_ = {"salt": update.words.salt, "text": update.words.sealed} if update.words else None
    return {"seq": update.seq, "hash": update.hash, "entry": update.sealed, "words": words_}


def _row(
    update: SealedUpdate, entry: Mapping[str, Any], body_name: str, recorded_by: str
) -> tuple[object, ...]:
    """Return the values of `_COLUMNS`."""
    free = update.words
    return (
        update.seq,
        entry["recorded_at"],
        entry["stands_from"],
        update.kind,
        update.recommendation_id or "",
        body_name,
        "; ".join(
            f"{change['what']}: {change['was']} -> {change['now']}" for change in json.loads(entry["changes"])
        ),
        free.text if free else "",
        free.evidence_url if free else "",
        free.evidence_title if free else "",
        free.decided_by if free else "",
        entry["source"],
        recorded_by or entry["user_id"] or "",
        "yes" if entry["on_behalf"] else "",
        entry["about_seq"] or "",
        "" if free else "yes",
    )


def _guarded(row: Iterable[object]) -> list[object]:
    return [guarded(value) if isinstance(value, str) else value for value in row]


def _write_how_all_stands(bundle: Bundle, folder: Path) -> None:
    if bundle.account is None:
        return
    account_csv.write(bundle.account(), folder / "register.csv")
    account_json.write(bundle.account(), folder / "account.json")
    (folder / "tables").mkdir()
    for name, rows in bundle.tables:
        with (folder / "tables" / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{_line(row)}\n" for row in rows)


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value
