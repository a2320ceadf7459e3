"""Accounts of a stalking case in which something has happened."""

from pathlib import Path

from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.register.people import PersonKey
from bot.operations.questions import export
from bot.operations.recording.quoting import allow_quoting
from bot.rendering.documents import file
from tests.cast import ALICE, BOB, CORA, ED, Register, occasion

SECRET = "a draft that nobody has agreed yet"
QUOTED = "two ISACs start in April"


def lively(register: Register) -> Register:
    """Kent is in progress, which may be quoted, and has a note that may not; Essex accepts 15 in part, Surrey
    not, and Surrey is blocked on 16."""
    quotable = register.says(ALICE, f"progress 15 in progress: {QUOTED}")
    allow_quoting(register.store, occasion(ALICE), [quotable])
    register.says(ALICE, f"note 15: {SECRET}")
    register.says(ED, f"partly 15: {SECRET} of Essex")
    register.says(BOB, f"decline 15: {SECRET} of Surrey")
    register.says(BOB, "progress 16 blocked: مرحبا بالعالم")
    return register


def export_of(register: Register, typed: str) -> Export:
    request = register.read(typed)
    assert isinstance(request, Export)
    return request


def made(register: Register, typed: str, folder: Path, who: PersonKey = CORA) -> Path:
    """The file that somebody gets for what they typed."""
    wanted = export_of(register, typed)
    with export.opened(register.store, occasion(who), wanted) as account:
        path = folder / file.name_of(account, wanted.format)
        file.write(account, wanted.format, path)
    return path
