"""What help says to whom."""

import pytest

from bot.domain.questions.answers import Asking
from bot.domain.questions.grammar.command import Verb
from bot.domain.questions.grammar.samples import Sample
from bot.domain.questions.grammar.verbs import VERB_OF, VERBS
from bot.rendering.blocks.questions import help
from bot.rendering.screen import Screen
from tests.domain.shipped_names import understood
from tests.rendering.screens import assert_valid, buttons, read

VIEWER, CONTACT, COORDINATOR = Asking("anyone"), Asking("contact", ("Kent",)), Asking("coordinator")
OF_TWO = Asking("contact", ("Essex", "Kent"))
EVERYBODY = pytest.mark.parametrize(
    "asking", [VIEWER, CONTACT, OF_TWO, COORDINATOR], ids=["viewer", "contact", "of two", "coordinator"]
)
SHIPPED = Sample()


def by_need(asking: Asking) -> Screen:
    """With everything that is in the shipped register."""
    return help.by_need(asking, SHIPPED, help.examples(asking, SHIPPED))


def everything(asking: Asking) -> Screen:
    return help.everything(asking, SHIPPED, VERBS, help.examples(asking, SHIPPED, VERBS))


def one_verb(asking: Asking, name: str) -> Screen:
    verb = VERB_OF[name]
    return help.one_verb(asking, SHIPPED, verb, help.examples(asking, SHIPPED, (verb,)))


@EVERYBODY
def test_help_is_twelve_lines_with_more_behind_a_button(asking: Asking) -> None:
    shown = by_need(asking)
    assert_valid(shown)
    small_print = ("help", "own words")
    lines = [
        line for line in read(shown) if "`/recs" in line and not any(words in line for words in small_print)
    ]
    assert len(lines) == 12
    assert buttons(shown) == {"More": "help page 2", "Share in channel": "help"}


@EVERYBODY
def test_no_two_examples_of_help_have_the_same_words(asking: Asking) -> None:
    needs = [
        piece.partition(": `")[0]
        for line in read(by_need(asking))
        if "`/recs" in line
        for piece in line.split(" · ")
    ]
    assert all(needs)
    pairs = [tuple(line.split(" · ")) for line in read(by_need(asking))]
    assert len({pair[0] for pair in pairs}) == len(pairs)


def test_what_is_needed_most_comes_first() -> None:
    assert read(by_need(CONTACT))[0] == "What you have open: `/recs mine`"
    assert read(by_need(VIEWER))[0] == "All recommendations: `/recs` · one of them: `/recs 15`"
    assert "`/recs overdue`" in read(by_need(COORDINATOR))[0]


def test_several_recommendations_at_once_are_shown_to_whoever_records() -> None:
    assert "`/recs accept 15, 16 and 25`" in " ".join(read(by_need(CONTACT)))
    assert "`/recs accept 15, 16 and 25 kent`" in " ".join(read(by_need(OF_TWO)))
    assert "`/recs accept 15, 16 and 25 kent`" in " ".join(read(by_need(COORDINATOR)))


def test_what_is_not_in_the_register_is_not_in_an_example() -> None:
    empty = Sample("", "", "", "", "", "", "", "", None, None)
    for asking in (VIEWER, CONTACT, COORDINATOR):
        shown = help.by_need(asking, empty, help.examples(asking, empty))
        assert_valid(shown)
        assert not any(word in " ".join(read(shown)) for word in ("15", "kent", "stalking"))
    shown = help.one_verb(COORDINATOR, empty, VERB_OF["check"], ())
    assert read(shown)[0] == "There is nothing in the register that it could be used for now."
    named = Sample(recommendation="custody 4.1", recommendations="custody 4.1 custody 8.2", body="essex")
    text = " ".join(read(help.by_need(CONTACT, named, help.examples(CONTACT, named))))
    assert "`/recs accept custody 4.1`" in text
    assert "`/recs custody 4.1 essex`" in text
    assert "kent" not in text


@EVERYBODY
def test_every_example_is_understood(asking: Asking) -> None:
    examples = help.examples(asking, SHIPPED) | help.examples(asking, SHIPPED, VERBS)
    for example in examples:
        understood(example.replace("@user", "<@U0KIM|kim>"))


@pytest.mark.parametrize(
    ("asking", "works", "does_not"),
    [
        (VIEWER, {"status", "overdue", "help"}, {"accept", "mine", "grant"}),
        (CONTACT, {"status", "accept", "undo", "mine"}, {"grant", "digest"}),
        (COORDINATOR, {"status", "accept", "undo", "grant", "digest"}, {"mine"}),
    ],
)
def test_all_of_help_lists_what_works_for_whoever_asks(
    asking: Asking, works: set[str], does_not: set[str]
) -> None:
    shown = everything(asking)
    assert_valid(shown)
    text = " ".join(read(shown))
    for name in works:
        assert VERB_OF[name].usage in text
    for name in does_not:
        assert VERB_OF[name].usage not in text


def test_what_ones_own_body_owes_is_something_to_ask() -> None:
    texts = read(everything(CONTACT))
    (mine,) = (place for place, line in enumerate(texts) if "`/recs mine`" in line)
    assert texts.index("To ask:") < mine < texts.index("To record for a body:")
    assert read(one_verb(VIEWER, "mine"))[-1] == "It is for whoever records for a body."


def test_help_says_that_texts_must_not_identify_a_victim_to_whoever_records() -> None:
    assert "must not identify a victim" in " ".join(read(by_need(CONTACT)))
    assert "must not identify a victim" not in " ".join(read(by_need(VIEWER)))
    assert "must not identify a victim" in " ".join(read(one_verb(CONTACT, "note")))


def test_help_shows_whoever_has_to_name_a_body_how_to() -> None:
    for shown in (by_need(COORDINATOR), everything(COORDINATOR), by_need(OF_TWO)):
        assert "`/recs accept 15`" not in " ".join(read(shown))
    assert "`/recs accept 15`" in " ".join(read(by_need(CONTACT)))


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
@EVERYBODY
def test_help_with_one_verb_says_what_it_does_and_who_may(asking: Asking, verb: Verb) -> None:
    shown = one_verb(asking, verb.name)
    assert_valid(shown)
    assert shown.text == f"/recs {verb.name}: {verb.purpose}."
    if verb.asker == "coordinator" and asking is not COORDINATOR:
        assert "Only coordinators can do this." in read(shown)
