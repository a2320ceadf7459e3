"""What help says to whom."""

import pytest

from bot.domain.lookups import (
    Asking,
)
from bot.domain.typed.verbs import VERB_OF, VERBS
from bot.rendering.blocks import (
    help,
)
from tests.rendering.screens import assert_valid, read

VIEWER, CONTACT, COORDINATOR = Asking("anyone"), Asking("contact", ("Kent",)), Asking("coordinator")


@pytest.mark.parametrize(
    ("asking", "works", "does_not"),
    [
        (VIEWER, {"status", "overdue", "help"}, {"accept", "mine", "grant"}),
        (CONTACT, {"status", "accept", "undo", "mine"}, {"grant", "digest"}),
        (COORDINATOR, {"status", "accept", "undo", "grant", "digest"}, {"mine"}),
    ],
)
def test_help_lists_what_works_for_whoever_asks(asking: Asking, works: set[str], does_not: set[str]) -> None:
    shown = help.everything(asking, VERBS)
    assert_valid(shown)
    said = " ".join(read(shown))
    for name in works:
        assert VERB_OF[name].usage in said
    for name in does_not:
        assert VERB_OF[name].usage not in said


def test_what_ones_own_body_owes_is_something_to_ask() -> None:
    said = read(help.everything(CONTACT, VERBS))
    (mine,) = (place for place, line in enumerate(said) if "`/recs mine`" in line)
    assert said.index("To ask:") < mine < said.index("To record for a body:")
    assert read(help.one_verb(VIEWER, VERB_OF["mine"]))[1] == "It is for whoever records for a body."


def test_help_says_that_texts_must_not_identify_a_victim_to_whoever_records() -> None:
    assert "must not identify a victim" in " ".join(read(help.everything(CONTACT, VERBS)))
    assert "must not identify a victim" in " ".join(read(help.one_verb(CONTACT, VERB_OF["note"])))


def test_help_shows_whoever_has_to_name_a_body_how_to() -> None:
    assert "`/recs accept 15`" not in " ".join(read(help.everything(COORDINATOR, VERBS)))
    assert "`/recs accept 15`" in " ".join(read(help.everything(CONTACT, VERBS)))


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
@pytest.mark.parametrize("asking", [VIEWER, CONTACT, COORDINATOR], ids=lambda asking: asking.role)
def test_help_with_one_verb_says_what_it_does_and_who_may(asking: Asking, verb: object) -> None:
    one = VERB_OF[verb.name]  # type: ignore[attr-defined]
    shown = help.one_verb(asking, one)
    assert_valid(shown)
    assert shown.text == f"/recs {one.name}: {one.purpose}."
    if one.asker == "coordinator" and asking is not COORDINATOR:
        assert "Only coordinators can do this." in read(shown)
