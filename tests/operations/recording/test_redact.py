"""Words are erased for good; that they were there, when, by whom, and who erased them stays."""

from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.reminders import RULE
from bot.domain.messages.reminders import key as reminder_key
from bot.domain.messages.slots import Slot
from bot.domain.questions.grammar import typed_commands, typed_recordings
from bot.domain.questions.model import Question, Shape
from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.request import NotACoordinator
from bot.domain.refusals.taking_back import NothingToErase
from bot.domain.register.redaction import Ground, Redaction
from bot.domain.register.update import UpdateKind
from bot.operations.messages import edits, reminders
from bot.operations.questions import history, search
from bot.operations.recording import extend, reopen
from bot.operations.recording import redact as operation
from bot.rendering.blocks.messages.reminder import reminder_message
from bot.rendering.blocks.recording import extend as extending
from bot.rendering.blocks.recording import reopen as reopening
from bot.rendering.blocks.recording.redact import message_without
from storage import addressees, deliveries, updates
from storage.verify import Unbroken, verify
from tests.cast import ALICE, BOB, CORA, NOW, Register, occasion, record_roles
from tests.outbox.rig import ClockByHand
from tests.storage.audit import audit

TEXT = "we met Mrs Q. & her <sister> in March"
A_WEEK = timedelta(days=7)


def redact(register: Register, seq: int, key: str = "") -> Redaction:
    return operation.redact(
        register.store, occasion(CORA, key=key), seq, Ground.WRONG_PERSON, message_without
    )


def delivery(register: Register, key: str) -> Delivery:
    with register.store.reading() as connection:
        stored = deliveries.get(connection, key)
    assert stored is not None
    return stored


def add(register: Register, key: str, state: DeliveryState, text: str = TEXT) -> None:
    payload = {
        "text": "A message",
        "blocks": [
            {"type": "section", "text": {"type": "plain_text", "text": f"“{text.replace('&', '&amp;')}”"}},
            {"type": "actions", "elements": []},
        ],
    }
    with register.store.begin() as connection:
        new = Delivery(
            key, DeliveryKind.DIRECT_MESSAGE, Slot.at(NOW), ALICE.user_id, NOW, NOW, payload=payload
        )
        deliveries.add(connection, new)
        if state is not DeliveryState.DUE:
            claimed = deliveries.claim(connection, new, "somebody", NOW, NOW)
            assert claimed is not None
            if state is DeliveryState.SENT:
                deliveries.record_sent(connection, key, "1741600000.000100", NOW)


def test_the_words_are_gone_and_the_history_tells_who_erased_them(register: Register) -> None:
    record_roles(register)
    seq = register.says(ALICE, f"note 15: {TEXT}")
    done = redact(register, seq)
    assert done.done
    with register.store.reading() as connection:
        update = updates.get(connection, seq)
        addressee = addressees.get(connection, "stalking-15", register.body("kent").code)
        last = updates.get(connection, seq + 1)
    assert update is not None
    assert update.words_erased
    assert (update.draft.text, update.draft.by, update.recorded_at) == ("", ALICE, NOW)
    assert addressee is not None
    assert addressee.latest_update is not None
    assert addressee.latest_update.excerpt == ""
    assert last is not None
    assert (last.draft.kind, last.draft.about_seq, last.draft.by) == (UpdateKind.REDACTED, seq, CORA)
    assert [change.now for change in last.draft.changes] == ["wrong person"]
    assert last.draft.text == ""
    assert isinstance(verify(register.store.database), Unbroken)
    audit(register.store.database.url.render_as_string(hide_password=False))


def test_an_erased_text_is_not_found_any_more(register: Register) -> None:
    seq = register.says(ALICE, f"note 15: {TEXT}")
    request = typed_commands.Search("sister")
    assert search.search(register.store, occasion(CORA), request).text_total == 1
    redact(register, seq)
    assert search.search(register.store, occasion(CORA), request).text_total == 0


def test_only_a_coordinator_erases(register: Register) -> None:
    seq = register.says(ALICE, f"note 15: {TEXT}")
    with pytest.raises(NotACoordinator):
        operation.look(register.store, occasion(ALICE), seq, None)
    with pytest.raises(NotACoordinator):
        operation.redact(register.store, occasion(BOB), seq, Ground.VICTIM, message_without)
    with register.store.reading() as connection:
        update = updates.get(connection, seq)
    assert update is not None
    assert update.draft.text == TEXT


def test_looking_at_what_would_go_changes_nothing(register: Register) -> None:
    seq = register.says(ALICE, f"note 15: {TEXT}")
    seen = operation.look(register.store, occasion(CORA), seq, Ground.VICTIM)
    assert (seen.update.draft.text, seen.title, seen.body_name, seen.done) == (
        TEXT,
        "stalking 15",
        "Kent",
        False,
    )
    assert operation.look(register.store, occasion(CORA), seq, Ground.VICTIM) == seen


def test_the_same_request_erases_once(register: Register) -> None:
    seq = register.says(ALICE, f"note 15: {TEXT}")
    redact(register, seq, key="one click")
    again = redact(register, seq, key="one click")
    assert again.done
    assert again.update.seq == seq
    with pytest.raises(NothingToErase):
        redact(register, seq)


@pytest.mark.parametrize("seq", [1, 3, 10, 5000])
def test_there_is_nothing_to_erase_where_no_person_wrote(register: Register, seq: int) -> None:
    # A report's own words, a recommendation's, an answer without words, and no update at all.
    with pytest.raises(Refusal) as refused:
        redact(register, seq)
    assert refused.type is NothingToErase


def test_messages_that_carry_the_words_lose_them_whatever_became_of_them(register: Register) -> None:
    seq = register.says(ALICE, f"note 15: {TEXT}")
    add(register, "by its text", DeliveryState.SENT)
    add(register, f"ask:{seq}:U0ALICE", DeliveryState.SENT, text="in other words")
    add(register, "to be sent", DeliveryState.DUE)
    add(register, "of something else", DeliveryState.SENT, text="two ISACs start in April")
    add(register, f"ask:{seq}0:U0ALICE", DeliveryState.SENT, text="of another update")
    done = redact(register, seq)
    assert done.messages == 3
    for key in ("by its text", f"ask:{seq}:U0ALICE", "to be sent"):
        text = str(delivery(register, key).payload)
        assert "Mrs Q." not in text
        assert "in other words" not in text
        assert "What was written here has been erased." in text
        assert "actions" in text
    for key in ("of something else", f"ask:{seq}0:U0ALICE"):
        assert "erased" not in str(delivery(register, key).payload)


def test_posts_are_edited_one_by_one_and_then_forgotten(register: Register) -> None:
    seq = register.says(ALICE, f"note 15: {TEXT}")
    add(register, "sent", DeliveryState.SENT)
    hash_ = hash_of_what_was_sent(register, "sent")
    redact(register, seq)
    post = edits.next_post(register.store, NOW)
    assert post is not None
    assert (post.key, post.channel, post.ts) == ("sent", ALICE.user_id, "1741600000.000100")
    edits.postpone(register.store, post, NOW + timedelta(minutes=5))
    assert edits.next_post(register.store, NOW) is None
    assert edits.next_post(register.store, NOW + timedelta(minutes=5)) == post
    edits.record_edit(register.store, post, "", never, NOW)
    assert edits.next_post(register.store, NOW + A_WEEK) is None
    assert delivery(register, "sent").payload is None
    assert hash_of_what_was_sent(register, "sent") == hash_


def test_a_message_under_way_when_its_words_were_erased_is_edited_once_it_is_known_to_be_sent(
    register: Register,
) -> None:
    seq = register.says(ALICE, f"note 15: {TEXT}")
    add(register, "under way", DeliveryState.SENDING)
    redact(register, seq)
    with register.store.begin() as connection:
        deliveries.record_sent(connection, "under way", "1741600000.000200", NOW)
    assert edits.next_post(register.store, NOW + A_WEEK) is None
    edits.forget_payloads(register.store, NOW)
    post = edits.next_post(register.store, NOW)
    assert post is not None
    assert post.key == "under way"


def test_whoever_read_a_message_before_its_words_were_erased_cannot_send_it(register: Register) -> None:
    seq = register.says(ALICE, f"note 15: {TEXT}")
    add(register, "to be sent", DeliveryState.DUE)
    seen = delivery(register, "to be sent")
    redact(register, seq)
    with register.store.begin() as connection:
        assert deliveries.claim(connection, seen, "somebody", NOW, NOW) is None
        now = deliveries.get(connection, "to be sent")
        assert now is not None
        assert deliveries.claim(connection, now, "somebody", NOW, NOW) is not None


def test_a_post_that_slack_does_not_let_be_changed_is_told_to_the_coordinators(register: Register) -> None:
    seq = register.says(ALICE, f"note 15: {TEXT}")
    add(register, "sent", DeliveryState.SENT)
    redact(register, seq)
    post = edits.next_post(register.store, NOW)
    assert post is not None
    edits.record_edit(
        register.store, post, "cant_update_message", lambda *facts: {"text": " ".join(facts)}, NOW
    )
    assert edits.next_post(register.store, NOW + A_WEEK) is None
    message = delivery(register, "not-edited:sent:U0CORA")
    assert message.channel == CORA.user_id
    assert message.payload == {"text": "not-edited:sent:U0CORA sent cant_update_message"}


def test_what_was_sent_is_forgotten_after_a_week_and_what_is_to_be_sent_is_not(register: Register) -> None:
    for key, state in (
        ("sent", DeliveryState.SENT),
        ("due", DeliveryState.DUE),
        ("on", DeliveryState.SENDING),
    ):
        add(register, key, state)
    assert edits.forget_payloads(register.store, NOW + A_WEEK) == 0
    assert edits.forget_payloads(register.store, NOW + A_WEEK + timedelta(seconds=1)) == 1
    assert delivery(register, "sent").payload is None
    assert delivery(register, "due").payload is not None
    assert delivery(register, "on").payload is not None


def test_a_reason_told_to_a_body_is_erased_in_the_message_too(register: Register) -> None:
    register.says(ALICE, "complete 15: done")
    request = register.read("reopen 15 kent: the evidence names Mrs Q. and her sister")
    assert isinstance(request, typed_recordings.Reopen)
    recorded = reopen.reopen(register.store, occasion(CORA), request, reopening.message)
    seq = recorded.items[0][2].seq
    redact(register, seq)
    assert "Mrs Q." not in str(delivery(register, f"reopened:{seq}:U0ALICE").payload)


def test_a_short_reason_for_a_decision_is_erased_in_the_message_about_the_request(register: Register) -> None:
    """It is too short to be looked for, and the message is known by the request's number."""
    request = register.read("extend 15 30 Apr 2025: the provider starts in April")
    assert isinstance(request, typed_recordings.Extend)
    messages = extend.Messages(extending.request_message, extending.decision_message)
    recorded = extend.extend(register.store, occasion(ALICE), request, messages)
    seq = recorded.items[0][2].seq
    extend.refuse(register.store, occasion(CORA), seq, "Mrs Q.", messages)
    key = f"extension-decided:{seq}"
    assert "Mrs Q." in str(delivery(register, key).payload)
    redact(register, seq + 1)
    assert "Mrs Q." not in str(delivery(register, key).payload)


def test_coordinators_are_offered_to_erase_and_nobody_else(register: Register) -> None:
    register.says(ALICE, f"note 15: {TEXT}")
    everything = Question(shape=Shape.HISTORY)
    assert history.history(register.store, occasion(CORA), everything).may_redact
    assert not history.history(register.store, occasion(ALICE), everything).may_redact


def never(*_facts: str) -> dict[str, str]:
    raise AssertionError("nobody is to be told")


def hash_of_what_was_sent(register: Register, key: str) -> str:
    with register.store.reading() as connection:
        row = connection.execute(
            sql("SELECT payload_sha FROM deliveries WHERE key = :key"), {"key": key}
        ).scalar_one()
    return str(row)


@pytest.mark.parametrize("text", ["Q. rang", TEXT], ids=["short", "long"])
@pytest.mark.parametrize("days", [1, 30])
def test_a_reminder_that_repeats_the_words_is_edited_however_short_they_are_and_however_old_it_is(
    register: Register, text: str, days: int
) -> None:
    nine = NOW.replace(hour=9) + timedelta(days=8)
    seq = register.says(ALICE, f"note 15: {text}")
    reminders.note_due(register.store, RULE, nine)
    key = reminder_key(ALICE, nine.date())
    seen = delivery(register, key)
    assert reminders.claim(register.store, seen, RULE, reminder_message, "it", ClockByHand(nine))
    with register.store.begin() as connection:
        deliveries.record_sent(connection, key, "1742291000.000100", nine)
    edits.forget_payloads(register.store, nine + timedelta(days=days))
    assert redact(register, seq).messages == 1
    payload = delivery(register, key).payload
    assert payload is not None
    assert text not in str(payload)
