import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.standin.page.mrkdwn import html

NAMES = {"U0KIM": "Kim Hale", "C0COORD": "coordination"}


@pytest.mark.parametrize(
    ("mrkdwn", "shown"),
    [
        ("*43 of 43* accepted", "<strong>43 of 43</strong> accepted"),
        ("_a_ and ~b~", "<em>a</em> and <s>b</s>"),
        ("*bold _and slanted_*", "<strong>bold <em>and slanted</em></strong>"),
        ("`/recs 15 <kent>`", "<code>/recs 15 &lt;kent&gt;</code>"),
        ("```*not bold*```", "<pre>*not bold*</pre>"),
        ("&gt; quoted\n&gt; twice\nnot", "<blockquote>quoted\ntwice</blockquote>\nnot"),
        ("<@U0KIM>", '<span class="mention">@Kim Hale</span>'),
        ("<#C0COORD|old>", '<span class="mention">#coordination</span>'),
        ("<!here>", '<span class="mention">@here</span>'),
        ("a &lt;b&gt; &amp;amp;", "a &lt;b&gt; &amp;amp;"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)  # fmt: skip
def test_marks_become_html_and_all_else_is_escaped(mrkdwn: str, shown: str) -> None:
    assert html(mrkdwn, NAMES) == shown


def test_a_link_goes_to_the_web_alone() -> None:
    link = html("<https://www.gov.uk/a?b=1&amp;c=2|the *report*>", NAMES)
    assert 'href="https://www.gov.uk/a?b=1&amp;c=2"' in link
    assert 'rel="noopener noreferrer"' in link
    assert html("<javascript:alert(1)|here>", NAMES) == "here"


@given(st.text(alphabet="<>&;lt*_~`!@#|\"'ab \n:/javscriphte", max_size=60))
def test_no_text_brings_markup_of_its_own(text: str) -> None:
    shown = html(text, NAMES)
    for ours in (
        "<strong>", "</strong>", "<em>", "</em>", "<s>", "</s>", "<code>", "</code>", "<pre>", "</pre>",
        "<blockquote>", "</blockquote>", '<span class="mention">', "</span>", "</a>",
    ):  # fmt: skip
        shown = type(shown)(shown.replace(ours, ""))
    assert "<" not in shown
