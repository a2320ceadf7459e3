"""Row 44: whatever is typed after `/recs`, there is a valid reply and never a failure."""

import logging
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.domain.free_text import from_slack
from bot.domain.questions.grammar.verbs import VERB_OF
from bot.domain.register.people import PersonKey
from bot.domain.register.state_words import STAGES
from tests.cast import ALICE, CORA, GUS, VIC
from tests.handlers.front_door import FrontDoor, buttons, front_door
from tests.handlers.nasty_texts import FREE_TEXTS, NASTY
from tests.prove.size import size
from tests.storage.audit import audit

pytestmark = pytest.mark.prove

TEXTS = size(short=1_000, full=10_000)
ASKERS = (VIC, ALICE, CORA)

WORDS = (
    *VERB_OF, *STAGES, "15", "16", "25", "27", "99", "#15", "rec 16", "stalking 25", "stalking-15", "kent",
    "Surrey", "wales", "london", "glouc shire", "stalking", "page 2", "page", "since", "before",
    "1 Apr 2025", "monday", "30d", "all", "anyway", "coordinator", "<@U0GUS|gus>", "<@U0ED>", ":", ",",
    "and", "for", "&amp;", "we met the provider", *FREE_TEXTS,
)  # fmt: skip
BEFORE_A_TEXT = (
    "note 15: ",
    "partly 15 kent: ",
    "progress 16 blocked: ",
    "complete 25: ",
    "note 15 ",
    "decline ",
)
# What may be said to somebody who may not see the register: nothing of it, at most of what they wrote.
OF_THEIR_OWN_WORDS_ALONE = (
    "You cannot see the register yet.",
    "There is no text to record yet.",
    "Nothing was recorded yet: this looks like",
)
# Where a text shows; at the end its author takes it back.
READINGS = (
    *((who, command) for who in (ALICE, CORA) for command in ("15 kent", "history kent", "changes")),
    (CORA, "digest preview"),
    (ALICE, "undo"),
)


@st.composite
def typed(draw: st.DrawFn) -> str:
    """A command nearly right, a recording with any text, or no command at all."""
    shape = draw(st.sampled_from(["words", "verb", "recording", "anything"]))
    if shape == "anything":
        return draw(st.text(st.characters(), max_size=200))
    if shape == "recording":
        return draw(st.sampled_from(BEFORE_A_TEXT)) + draw(st.one_of(word(), st.text(max_size=300)))
    words = draw(st.lists(st.one_of(word(), st.text(max_size=12)), max_size=9))
    if shape == "verb":
        words.insert(0, draw(st.integers(0, len(VERB_OF) - 1).map(list(VERB_OF).__getitem__)))
    return " ".join(words)


@st.composite
def word(draw: st.DrawFn) -> str:
    # By its place: hypothesis writes out what it samples from, and some of these are long.
    return WORDS[draw(st.integers(0, len(WORDS) - 1))]


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    with front_door(f"sqlite:///{tmp_path_factory.mktemp('fuzz') / 'recbot.db'}") as door:
        yield door


@pytest.fixture(autouse=True)
def nothing_fails(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What fails is in the log, even where the reply hides it."""
    yield
    assert [
        record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR
    ] == []


@settings(
    max_examples=TEXTS,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(who=st.sampled_from(ASKERS), text=typed())
def test_whatever_is_typed_is_answered(door: FrontDoor, who: PersonKey, text: str) -> None:
    door.types(who, text)


@pytest.mark.parametrize("who", ASKERS, ids=lambda who: who.user_id)
def test_every_nasty_text_is_answered(door: FrontDoor, who: PersonKey) -> None:
    for text in NASTY:
        door.types(who, text)


def test_every_button_of_every_answer_leads_to_an_answer(door: FrontDoor) -> None:
    """A button carries a command: as a click, so typed."""
    offered = {
        button["value"]
        for text in NASTY
        for button in buttons(door.types(VIC, text))
        if button["action_id"].startswith(("choose-", "more", "share"))
    }
    assert len(offered) > 50
    for value in offered:
        door.types(VIC, value)


def test_a_guest_without_a_role_is_told_nothing_whatever_they_type(sqlite_url: str) -> None:
    with front_door(sqlite_url) as door:
        before = audit(sqlite_url)
        for text in NASTY:
            shown = str(door.types(GUS, text))
            assert any(words in shown for words in OF_THEIR_OWN_WORDS_ALONE), text
        assert audit(sqlite_url) == before


def test_a_text_comes_back_as_it_was_written_and_live_nowhere(sqlite_url: str) -> None:
    """Mentions, links and formulas in a note: stored as words, shown as words, to whoever reads them."""
    recorded: set[str] = set()
    with front_door(sqlite_url) as door:
        for text in FREE_TEXTS:
            if "Recorded for Kent" in door.types(ALICE, f"note 15: {text}")["text"]:
                recorded.add(from_slack(text))
            for who, command in READINGS:
                door.types(who, command)
    written = {row["text"] for row in audit(sqlite_url) if row["kind"] == "note"}
    assert recorded - {""} <= written
    # All but those that say nothing, and those with an e-mail address or a telephone number.
    assert len(recorded) > len(FREE_TEXTS) * 0.8
