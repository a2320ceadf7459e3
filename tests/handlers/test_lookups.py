"""All lookups, asked as people ask them, in the stalking case."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.domain.refusals.request import CannotSee
from bot.domain.register.people import PersonKey
from bot.operations.recording import quoting
from tests.cast import ALICE, BOB, CORA, ED, GUS, NOW, VIC, Register, occasion, stalking_case
from tests.handlers.lookups import EVERY_LOOKUP, ask
from tests.rendering.screens import assert_valid, buttons, read

LATE = NOW + timedelta(days=29)
SECRET = "the unit at Ashford stays short of staff"
TAKEN_BACK = "a sentence she thought better of"
QUOTABLE = "Two ISACs start in April"
HOSTILE = ("<!channel> <@U0CORA>", "*x* _y_ ~z~ `w`", "&" * 3000, "<https://a.example|b>", "שלום עולם " * 200)


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    """The stalking case, to record in."""
    made = stalking_case(sqlite_url)
    yield made
    made.store.database.close()


@pytest.fixture(scope="module")
def with_texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Kent has recorded a text of each kind; one may be quoted, and one was taken back. Only to look at."""
    made = stalking_case(f"sqlite:///{tmp_path_factory.mktemp('lookups') / 'recbot.db'}")
    made.says(ALICE, f"partly 16: {SECRET}")
    made.says(ALICE, f"progress 25 blocked: {SECRET}")
    quotable = made.says(ALICE, f"progress 15 in progress: {QUOTABLE}")
    quoting.allow_quoting(made.store, occasion(ALICE), [quotable])
    made.says(ALICE, f"note 15: {SECRET}")
    made.says(ALICE, f"note 15: {TAKEN_BACK}")
    made.says(ALICE, "undo")
    yield made
    made.store.database.close()


@pytest.mark.thorough
@pytest.mark.parametrize("instant", [NOW, LATE], ids=["before the deadline", "after it"])
@pytest.mark.parametrize("typed", EVERY_LOOKUP)
def test_every_lookup_is_a_screen_that_slack_takes(
    with_texts: Register, typed: str, instant: datetime
) -> None:
    for who in (VIC, ALICE, CORA):
        assert_valid(ask(with_texts, who, typed, instant))


@pytest.mark.thorough
@pytest.mark.parametrize("typed", EVERY_LOOKUP)
def test_a_text_that_may_not_be_quoted_is_read_by_its_body_and_coordinators_alone(
    with_texts: Register, typed: str
) -> None:
    for who in (VIC, ED):
        text = " ".join(read(ask(with_texts, who, typed)))
        assert SECRET not in text
        assert TAKEN_BACK not in text
    for who in (ALICE, CORA):
        shared = " ".join(read(ask(with_texts, who, typed, for_everybody=True)))
        assert SECRET not in shared
        assert TAKEN_BACK not in shared


@pytest.mark.parametrize("typed", ["kent", "15 16 kent", "history kent", "changes", "25 kent"])
def test_its_own_contact_and_a_coordinator_read_it(with_texts: Register, typed: str) -> None:
    for who in (ALICE, CORA):
        assert SECRET in " ".join(read(ask(with_texts, who, typed)))


@pytest.mark.parametrize("typed", ["15 kent", "changes", "history 15 kent"])
@pytest.mark.parametrize("who", [VIC, ED])
def test_a_text_that_may_be_quoted_is_read_by_all(with_texts: Register, typed: str, who: PersonKey) -> None:
    assert QUOTABLE in " ".join(read(ask(with_texts, who, typed)))


@pytest.mark.parametrize("typed", EVERY_LOOKUP)
def test_a_guest_without_a_role_sees_nothing(with_texts: Register, typed: str) -> None:
    with pytest.raises(CannotSee):
        ask(with_texts, GUS, typed)


@pytest.mark.thorough
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_shown_as_written_on_screens_that_slack_takes(
    register: Register, text: str
) -> None:
    for number in ("15", "16", "25"):
        for _ in range(4):
            register.says(BOB, f"note {number}: {text.replace('&', '&amp;')}")
        register.says(BOB, f"progress {number} blocked: {text.replace('&', '&amp;')}")
    for typed in ("surrey", "15 surrey", "history", "history surrey", "history 15", "changes", "mine", ""):
        shown = ask(register, BOB, typed)
        assert_valid(shown)
        for block in shown.blocks:
            if text[:20] in str(block):
                assert block["text"]["type"] == "plain_text"


def test_ten_long_texts_all_stand_on_one_page_of_the_history(register: Register) -> None:
    for _ in range(10):
        register.says(BOB, f"note 15: {'&amp;' * 3000}")
    lines = read(ask(register, BOB, "history surrey"))
    shown = [int(seq) for line in lines for seq in re.findall(r"\bupdate ([0-9]+)\b", line)]
    assert shown == list(range(shown[0], shown[0] - 10, -1))


@pytest.mark.thorough
@pytest.mark.parametrize("typed", EVERY_LOOKUP)
def test_share_asks_for_the_same_page_again(with_texts: Register, typed: str) -> None:
    shown = ask(with_texts, VIC, typed)
    if typed != "mine":
        again = ask(with_texts, VIC, buttons(shown)["Share in channel"])
        assert again == shown


@pytest.mark.thorough
@pytest.mark.parametrize("typed", EVERY_LOOKUP)
def test_more_leads_on_to_the_last_page_and_no_further(with_texts: Register, typed: str) -> None:
    shown = ask(with_texts, VIC, typed, LATE)
    seen = 0
    while further := buttons(shown).get("More"):
        following = ask(with_texts, VIC, further, LATE)
        assert following != shown
        shown, seen = following, seen + 1
        assert seen < 40


@pytest.mark.parametrize("typed", ["kent page 99", "overdue page 99", "history page 999", "waiting page 9"])
def test_a_page_beyond_the_last_is_the_last(with_texts: Register, typed: str) -> None:
    shown = ask(with_texts, VIC, typed, LATE)
    assert "More" not in buttons(shown)
    assert_valid(shown)
