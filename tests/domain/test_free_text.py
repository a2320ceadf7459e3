import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.free_text import LIMIT, TextTooLong, checked, for_slack, from_slack, normalised

ANY_TEXT = st.text(st.characters())


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("  two ISACs  ", "two ISACs"),
        ("a\tb\x0bc", "a b c"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\x00b\x1b\x7f\x9bc", "abc"),
        ("\u202egnp.exe\u202c \u2066x\u2069\u200e", "gnp.exe x"),
        ("a\ud800b", "ab"),
        ("\ufeffzero\u200bwidth", "zerowidth"),
        ("cafe\u0301", "café"),
        ("🏴\u200d☠️ family", "🏴\u200d☠️ family"),
    ],
)
def test_what_hides_or_cannot_be_stored_is_dropped_and_the_rest_kept(raw: str, stored: str) -> None:
    assert normalised(raw) == stored


@pytest.mark.parametrize("raw", ["", " \n\t ", "\u200d", "\u200b\ufeff", "\u202e\u202c", "\u0301"])
def test_a_text_that_shows_nothing_is_empty(raw: str) -> None:
    assert normalised(raw) == ""


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing_more(raw: str) -> None:
    once = normalised(raw)
    assert normalised(once) == once
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("D&amp;C &lt;b&gt;", "D&C <b>"),
        ("&amp;lt;", "&lt;"),
        ("<https://x.org/a>", "https://x.org/a"),
        ("<http://x.org|x.org>", "x.org"),
        ("<https://x.org/|x.org>", "x.org"),
        ("<https://evil.org|the inspectorate>", "the inspectorate (https://evil.org)"),
        ("<https://evil.org|x.org>", "x.org (https://evil.org)"),
        ("<https://x.org/?a=1&amp;b=2>", "https://x.org/?a=1&b=2"),
        ("<mailto:kim@kent.uk|kim@kent.uk>", "kim@kent.uk"),
        ("<mailto:kim@kent.uk|Kim>", "Kim (kim@kent.uk)"),
        ("<@U0KIM|kim> <@U0DEV>", "@kim @U0DEV"),
        ("<#C1|news>", "#news"),
        ("<!here> <!channel|channel> <!subteam^S1|@ops>", "@here @channel @ops"),
        ("<!date^0^{date}|1 January 1970>", "1 January 1970"),
        ("&lt;!channel&gt;", "<!channel>"),
        ("a <b> c", "a <b> c"),
        ("<@U1|a&lt;b>", "@a<b"),
    ],
)
def test_what_slack_escaped_is_plain_once_and_no_link_hides_where_it_goes(raw: str, written: str) -> None:
    assert from_slack(raw) == written


@given(ANY_TEXT)
def test_a_plain_text_comes_back_from_slack_as_it_was(text: str) -> None:
    assert from_slack(for_slack(text)) == normalised(text)


def test_a_text_at_the_limit_passes_and_one_more_character_does_not() -> None:
    assert checked("x" * LIMIT, "note") == "x" * LIMIT
    with pytest.raises(TextTooLong) as refused:
        checked("x" * (LIMIT + 1), "note")
    assert (refused.value.what, refused.value.length, refused.value.limit) == ("note", 3001, 3000)


@pytest.mark.parametrize("nothing", ["\u2060", "\U0010ffff", " \u200b ", "\ufeff\n"])
def test_a_text_that_shows_nothing_is_no_text(nothing: str) -> None:
    assert checked(nothing, "note") == ""
