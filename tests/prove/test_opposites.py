"""Row 31: nothing that asks, negates or hedges records, and no button under it does otherwise.

The commands are made here from word lists of their own, and typed at the front door as people type them."""

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from bot.domain.questions.grammar.verbs import SPOKEN, VERB_OF, VERBS
from bot.domain.register.people import PersonKey
from bot.rendering.blocks.buttons import ASK_TEXT
from storage import chain
from tests.cast import ALICE, CORA
from tests.domain.shipped_names import understood
from tests.handlers.front_door import FrontDoor, buttons, front_door
from tests.prove.size import size

pytestmark = pytest.mark.prove

COMMANDS = size(1_000, 10_000)

# Every word of a command that writes, and how such words are said in a sentence.
VERBS_AND_PARTICIPLES = (*(word for verb in VERBS if verb.writes for word in verb.words), *SPOKEN)
SUBJECTS = (
    "15",
    "16",
    "25",
    "stalking 15",
    "15 16 25",
    "15, 16 and 25",
    "rec 15",
    "15 kent",
    "stalking 16 kent",
    "kent 25",
)
# What stands behind the verbs that are not about a recommendation with a body.
OTHER_SUBJECTS = {
    "grant": ("<@U0GUS|gus> kent", "<@U0ED|ed> surrey deputy", "<@U0GUS> coordinator"),
    "revoke": ("<@U0ALICE|alice> kent", "<@U0BOB> surrey anyway"),
    "redact": ("3", "3: wrong person", "update 3", "3 anyway: UK GDPR article 17"),
    "add": ("report", "stalking", "a report"),
    "undo": ("", "it", "that", "15"),
    "digest": ("send", "send now"),
    "extend": ("15 30 Apr 2025", "15 kent 30 Apr 2025", "15 until 30 Apr 2025", "16 kent 1 May 2025"),
}
# Texts after a colon that say nothing but that it is not so, for the verbs of which they deny it.
DENIALS = ("not yet", "no", "never", "not started", "we have not begun", "not at all", "we haven't")
DENIED = ("complete", "completed", "done", "finished", "started", "begun", "in progress", "under way")
QUESTIONS = (
    "{verb} {subject}?",
    "{subject} {verb}?",
    "{verb} {subject} ?",
    "is {subject} {verb}",
    "has kent {verb} {subject}",
    "who {verb} {subject}",
    "when {verb} {subject}",
    "why {verb} {subject}",
    "how do I {verb} {subject}",
    "did we {verb} {subject}",
    "have we {verb} {subject}?",
    "should I {verb} {subject}",
    "{verb} {subject} or not",
    "{verb} {subject}, right?",
    "which {verb} {subject}",
    "can we {verb} {subject}?",
    "{verb} {subject}？",
)
DOUBTS = (
    "{verb} {subject} {word}",
    "{word} {verb} {subject}",
    "{verb} {word} {subject}",
    "{subject} {word} {verb}",
    "we have {word} {verb} {subject}",
    "{subject} is {word} {verb}",
)
WORDS = (
    "not",
    "never",
    "not yet",
    "nearly",
    "almost",
    "half",
    "isn't",
    "isnt",
    "hasn’t",
    "haven't",
    "don't",
    "cannot",
    "no longer",
    "hardly",
    "partly done",
    "except kent",
    "yet",
    "maybe",
    "probably",
    "soon",
    "mostly",
    "should be",
)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    with front_door(f"sqlite:///{tmp_path_factory.mktemp('door') / 'recbot.db'}") as door:
        yield door


def typed(chance: random.Random) -> str:
    verb = chance.choice(VERBS_AND_PARTICIPLES)
    row = VERB_OF[SPOKEN.get(verb, verb)]
    subject = chance.choice(OTHER_SUBJECTS.get(row.name, SUBJECTS))
    if verb in DENIED and chance.random() < 0.3:
        return f"{verb} {subject}: {chance.choice(DENIALS)}"
    if chance.random() < 0.4:
        return chance.choice(QUESTIONS).format(verb=verb, subject=subject)
    return chance.choice(DOUBTS).format(verb=verb, subject=subject, word=chance.choice(WORDS))


def is_plain_not_started(text: str) -> bool:
    """Whether a text records just what it says."""
    return text.startswith(("not started ", "not begun ", "note "))


DENYING = ("not", "never", "n't", "nt ", "n’t", "cannot", "no longer")


def means_the_same(text: str, command: str) -> bool:
    """Whether a button holds what was typed: not started, not accepted, blocked no longer, partly done as in
    progress, the same command with a colon, or a note of it."""
    # "isnt" may be the last word.
    denies = any(word in f"{text} " for word in DENYING)
    if command.startswith("note "):
        return command.partition(": ")[2] in text
    if command.startswith("not started "):
        return denies and any(word in text for word in ("start", "beg", "way", "progress"))
    if command.startswith("decline ") and denies:
        return any(word in text for word in ("accept", "agree"))
    if command.endswith(": no longer blocked"):
        return denies and "blocked" in text
    if command.startswith("blocked "):
        return "cannot progress" in text or text.startswith("blocked")
    if " in progress: " in command and any(word in text for word in ("partly done", "half")):
        # What is done in part is in progress; all that was typed stands behind it.
        return command.endswith(f" in progress: {text}")
    verb, _, rest = command.partition(" ")
    # "extension" is another word for "extend".
    is_same_verb = text.startswith(verb) or VERB_OF.get(text.split(maxsplit=1)[0]) is VERB_OF[verb]
    return is_same_verb and ":" in rest


def is_asked_for(text: str, command: str) -> bool:
    """Whether a command that still lacks its text stands in what was typed, politely: "can we extend …?"."""
    return "can we " in text and command in text


def writes(command: str) -> bool:
    words = command.split()
    for taken in (2, 1):
        for verb in VERBS:
            if " ".join(words[:taken]) in verb.words:
                # These open a form in which nothing of what was typed stands.
                opens_a_form = verb.name in ("add", "import", "correct")
                return verb.writes and not opens_a_form and command not in ("digest", "digest preview")
    return False


def test_a_question_a_negation_or_a_hedge_records_nothing(door: FrontDoor) -> None:
    chance = random.Random(31)
    counted: Counter[str] = Counter()
    store = door.store
    with store.reading() as connection:
        before = chain.head(connection)[0]
    for _ in range(COMMANDS):
        text, who = typed(chance), chance.choice((ALICE, CORA))
        if is_plain_not_started(text):
            continue
        counted["typed"] += 1
        _try(door, who, text, counted)
    with store.reading() as connection:
        assert chain.head(connection)[0] == before
    print(
        f"{counted['typed']:,} commands, {counted['buttons']:,} buttons: 0 recordings, 0 of another meaning"
    )


def _try(door: FrontDoor, who: PersonKey, text: str, counted: Counter[str]) -> None:
    reply: dict[str, Any] = door.types(who, text)
    if reply.get("type") == "modal":
        # A form records nothing until it is sent.
        assert text.startswith(("update", "record", "add", "correct", "import")), text
        return
    assert not reply["text"].startswith(("Recorded", "Taken back")), text
    for button in buttons(reply):
        command = button.get("value") or ""
        if not (button["action_id"].startswith("choose") and writes(command)):
            continue
        counted["buttons"] += 1
        lacks_its_text = button["action_id"].startswith(ASK_TEXT)
        assert means_the_same(text, command) or (lacks_its_text and is_asked_for(text, command)), (
            text,
            command,
        )
        understood(command)
