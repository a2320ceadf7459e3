"""No text that may tell who a victim is is stored before its writer has said that it does not."""

import pytest

from bot.domain.questions.grammar import typed_recordings
from bot.domain.register.guard import CONFIRMED, MayIdentify
from bot.operations.recording import reopen, withdraw
from bot.rendering.blocks.recording.reopen import message
from tests.cast import ALICE, CORA, Register, occasion
from tests.storage.audit import audit

TEXT = "ring her on 07700 900123"


def records(register: Register, typed: str) -> None:
    """Somebody records something with a text; what only coordinators do, Cora does."""
    command = register.read(typed)
    match command:
        case typed_recordings.Reopen():
            reopen.reopen(register.store, occasion(CORA), command, message)
        case typed_recordings.Withdraw():
            withdraw.withdraw(register.store, occasion(CORA), command)
        case _:
            register.says(ALICE, typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("note 15", "partly 15", "decline 15", "progress 15 in progress", "progress 15 blocked"),
        *("complete 15", "reopen 16 kent", "withdraw 15"),
    ],
)
def test_a_text_that_may_identify_is_stored_once_its_writer_has_confirmed_it(
    register: Register, database_url: str, typed: str
) -> None:
    register.says(ALICE, "complete 16: all of it")
    before = len(audit(database_url))
    with pytest.raises(MayIdentify):
        records(register, f"{typed}: {TEXT}")
    assert len(audit(database_url)) == before
    records(register, f"{typed} no victim: {TEXT}")
    (row,) = audit(database_url)[before:]
    assert row["text"] == TEXT
    assert CONFIRMED.what in row["changes"]
