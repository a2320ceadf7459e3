"""What is said of erasing words, and what messages say afterwards."""

import pytest

from bot.domain.free_text import LIMIT
from bot.domain.questions.answers import UpdateHistory, UpdateView
from bot.domain.register.redaction import ErasableWords, Ground, Redaction
from bot.domain.register.update import Change, UpdateKind
from bot.domain.values import replace
from bot.rendering.blocks.questions import history
from bot.rendering.blocks.questions.updates import update_line
from bot.rendering.blocks.recording import redact
from bot.standin.examination import examine
from tests.cast import an_update
from tests.rendering.screens import assert_valid, buttons, read

NOTE = an_update(UpdateKind.NOTE, 137, text="We met Mrs Q. & her sister.", decided_by="the Chief")
SEEN = Redaction(NOTE, "stalking 15", "Kent", messages=2)


def test_what_would_go_is_shown_with_a_button_for_each_ground() -> None:
    shown = redact.would_erase(SEEN)
    assert_valid(shown)
    assert shown.text == "The words of update 137 would be erased for good. Nothing is changed yet."
    assert read(shown)[1:] == [
        "Its text, its evidence link and who decided it go, and cannot be brought back.",
        "That it was recorded, when, by whom and what it changed stays.",
        "2 direct messages of mine that carry it will be edited.",
        "On which ground?",
    ]
    assert buttons(shown) == {
        "UK GDPR article 17": "redact 137 anyway: UK GDPR article 17",
        "DPA 2018 section 47": "redact 137 anyway: DPA 2018 section 47",
        "Wrong person": "redact 137 anyway: wrong person",
        "Victim could be identified": "redact 137 anyway: victim could be identified",
        "UK GDPR article 5(1)(e)": "redact 137 anyway: UK GDPR article 5(1)(e)",
    }


@pytest.mark.parametrize("ground", [None, Ground.VICTIM])
def test_nothing_is_erased_by_a_single_press(ground: Ground | None) -> None:
    shown = redact.would_erase(replace(SEEN, ground=ground))
    for block in shown.blocks:
        for pressed in block["elements"] if block["type"] == "actions" else ():
            assert "cannot be brought back" in pressed["confirm"]["text"]["text"]
            assert pressed["confirm"]["confirm"]["text"] == "Erase"


def test_the_longest_words_fit_and_one_ground_has_one_button() -> None:
    longest = replace(
        NOTE, draft=replace(NOTE.draft, text="&" * LIMIT, evidence_url="https://e.org/" + "x" * 900)
    )
    shown = redact.would_erase(Redaction(longest, "stalking 15", "Kent", Ground.VICTIM))
    assert_valid(shown)
    assert list(buttons(shown)) == ["Redact update 137"]


@pytest.mark.parametrize(
    ("messages", "says"),
    [(0, ""), (1, " 1 direct message is being edited."), (2, " 2 direct messages are being edited.")],
)
def test_when_it_is_done_nothing_of_it_is_repeated(messages: int, says: str) -> None:
    shown = redact.erased(Redaction(NOTE, "stalking 15", "Kent", Ground.ERASURE, messages, done=True))
    assert_valid(shown)
    assert shown.text == "The words of update 137 are erased (UK GDPR article 17)."
    assert f"that you erased it.{says} Answers" in read(shown)[0]
    assert "Mrs Q." not in str(shown)


def test_the_history_names_the_ground() -> None:
    update = an_update(
        UpdateKind.REDACTED, 138, about_seq=137, changes=(Change("ground", "", Ground.VICTIM),)
    )
    assert "erased the words of update 137 (victim could be identified)" in str(update_line(update))


def test_a_full_page_of_long_texts_keeps_every_update_and_its_button() -> None:
    long = [an_update(UpdateKind.NOTE, seq, text="w" * LIMIT) for seq in range(100, 110)]
    shown = history.history(UpdateHistory(tuple(map(UpdateView, long)), 10, "history", may_redact=True))
    assert_valid(shown)
    offered = [block["accessory"]["value"] for block in shown.blocks if "accessory" in block]
    assert offered == [f"redact {seq}" for seq in range(100, 110)]


def test_only_words_of_ones_own_can_be_erased() -> None:
    silent = an_update(UpdateKind.PROGRESS, 100)
    erased = replace(an_update(UpdateKind.NOTE, 101), words_erased=True)
    report = an_update(UpdateKind.REPORT_ADDED, 102, text="The police response to stalking")
    shown = history.history(
        UpdateHistory(tuple(map(UpdateView, (silent, erased, report))), 3, "history", may_redact=True)
    )
    assert not [block for block in shown.blocks if "accessory" in block]


def test_a_message_keeps_what_says_nothing_of_it() -> None:
    words = ErasableWords.of(NOTE.draft)
    before = {
        "text": "Kent asks for leave to quote",
        "blocks": [
            {
                "type": "section",
                "block_id": "key",
                "text": {"type": "plain_text", "text": "May it be quoted?"},
            },
            {"type": "section", "text": {"type": "plain_text", "text": "“We met Mrs Q. &amp; her sister.”"}},
        ],
    }
    after = redact.message_without(before, words, "ask:137:U0ALICE")
    assert "Mrs Q." not in str(after)
    assert "May it be quoted?" in str(after)
    assert after["text"] == "What was written here has been erased."
    assert after["metadata"]["event_payload"] == {"key": "ask:137:U0ALICE"}
    assert examine({name: after[name] for name in ("text", "blocks")}) == []


def test_of_a_message_that_says_it_in_other_words_or_is_forgotten_nothing_is_kept() -> None:
    words = ErasableWords.of(NOTE.draft)
    other = {"blocks": [{"type": "section", "text": {"type": "plain_text", "text": "They met her."}}]}
    for before in (other, None):
        after = redact.message_without(before, words, "ask:137:U0ALICE")
        assert len(after["blocks"]) == 1
        assert "They met her." not in str(after)


def test_coordinators_are_told_of_a_message_that_cannot_be_edited() -> None:
    payload = redact.not_edited("not-edited:ask:137", "ask:137:U0ALICE", "cant_update_message")
    assert examine({name: payload[name] for name in ("text", "blocks")}) == []
    assert "ask:137:U0ALICE" in str(payload)
