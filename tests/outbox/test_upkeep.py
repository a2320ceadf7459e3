from datetime import timedelta

from sqlalchemy import select

from bot.domain.messages.delivery_state import DeliveryState
from storage.tables.deliveries import deliveries
from tests.cast import ALICE, NOW, stalking_case
from tests.operations.recording.test_redact import TEXT, add, redact
from tests.outbox.rig import HEAD, MONDAY, Rig


def test_a_round_takes_erased_words_out_of_what_was_sent(sqlite_url: str) -> None:
    register = stalking_case(sqlite_url)
    seq = register.says(ALICE, f"note 15: {TEXT}")
    add(register, f"ask:{seq}:U0ALICE", DeliveryState.SENT)
    redact(register, seq)
    rig = Rig(register.store)
    rig.clock.shown = NOW
    rig.run()
    [edit] = rig.slack.edits.values()
    assert TEXT not in str(edit)
    register.store.database.close()


def test_what_was_sent_is_forgotten_after_a_week_and_its_hash_stays(rig: Rig) -> None:
    rig.clock.shown = MONDAY
    rig.run()
    assert rig.row().payload is not None
    rig.clock.shown = MONDAY + timedelta(days=7, minutes=1)
    rig.run()
    assert rig.row(HEAD).payload is None
    with rig.store.reading() as connection:
        row = connection.execute(select(deliveries.c.payload_sha).where(deliveries.c.key == HEAD)).one()
    assert len(row[0]) == 64
