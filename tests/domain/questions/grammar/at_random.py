"""Commands thrown together at random, and what has to hold of each."""

from hypothesis import strategies as st

from bot.domain.free_text import TextTooLong
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.problems import NotUnderstood, WhichBody, WhichMeaning
from bot.domain.questions.grammar.verbs import VERBS
from bot.domain.questions.names import Names
from bot.domain.refusals.refusal import Refusal
from tests.domain.shipped_names import NAMES, understood

FRAGMENTS = st.sampled_from(
    [word for verb in VERBS for word in verb.words]
    + [
        "15",
        "16",
        "#15",
        "r15",
        "3a",
        "stalking",
        "stalking-15",
        "stalkng",
        "rec",
        "and",
        "&amp;",
        "for",
        ",",
    ]
    + ["kent", "kant", "Kent Police", "london", "west midlands", "wales", "D&amp;C", "glouc shire", "met"]
    + [
        "body",
        "region",
        "report",
        "page 2",
        "page 0",
        ":",
        ": ",
        "-",
        "text",
        "the provider",
        "10:30",
        "x" * 4000,
    ]
    + [
        "<@U0KIM|kim>",
        "<@U1>",
        "<@",
        "<!here>",
        "<https://x.org|y>",
        "&lt;!channel&gt;",
        "@kim",
        "coordinator",
    ]
    + [
        "since",
        "before",
        "Monday",
        "1 Mar",
        "30d",
        "all",
        "anyway",
        "/recs",
        "\u00a0",
        "\u202e",
        "\x00",
        "\ud800",
    ]
)
COMMANDS = st.lists(
    st.one_of(FRAGMENTS, FRAGMENTS, FRAGMENTS, st.text(st.characters(), max_size=20)), max_size=9
).map(" ".join)


def outcome(raw: str, names: Names) -> TypedCommand | Refusal:
    try:
        return understood(raw, names)
    except (NotUnderstood, WhichBody, WhichMeaning, TextTooLong) as problem:
        return problem


def must_be_understood_or_refused(raw: str) -> None:
    for names in (NAMES, Names.of([])):
        assert isinstance(outcome(raw, names), TypedCommand | Refusal)


def must_not_ask_twice_about_a_name(raw: str) -> None:
    """What a question offers is not asked about the same name again."""
    question = outcome(raw, NAMES)
    if isinstance(question, WhichBody | WhichMeaning):
        assert question.options
        for option in question.options:
            again = outcome(option.command, NAMES)
            assert not isinstance(again, WhichBody | WhichMeaning) or again.name != question.name
