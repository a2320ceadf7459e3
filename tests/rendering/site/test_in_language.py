"""The Welsh frame: nothing of it is left in English."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from jinja2.ext import babel_extract

from bot.domain.language import Language
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.approval import ApprovalState
from bot.domain.register.recommendation import RecommendationStatus
from bot.domain.register.update import BOOKKEEPING, RECORDINGS, UpdateKind
from bot.rendering import terms
from bot.rendering.site.environment import FOLDER
from bot.rendering.site.in_language import words_in
from tests.cast import an_addressee, an_update

WELSH = words_in(Language.WELSH)
FRAME = ("base.html", "body.html", "parts.html")


def messages() -> Iterator[str]:
    """Whatever the templates of a body's page say in English."""
    for name in FRAME:
        with (FOLDER / name).open("rb") as file:
            for _, _, message, _ in babel_extract(file, ["_", "gettext", "ngettext"], [], {}):
                yield str(message[0] if isinstance(message, tuple) else message)


def test_all_words_of_the_frame_are_translated() -> None:
    every = set(messages())
    assert len(every) > 30
    assert [text for text in every if WELSH.translations.gettext(text) == text] == []


@pytest.mark.parametrize(
    "text",
    [
        *map(terms.answer, Answer),
        *map(terms.stage, Stage),
        *map(terms.status, RecommendationStatus),
        *(state.value for state in ApprovalState if state is not ApprovalState.APPROVED),
    ],
)
def test_all_states_are_translated(text: str) -> None:
    assert WELSH.own(text) != text
    assert "<span" not in WELSH.own(text)


@pytest.mark.parametrize("word", [*map(terms.answer, Answer), *map(terms.stage, Stage)])
def test_the_page_on_the_numbers_says_what_each_state_means(word: str) -> None:
    assert word.casefold() in (FOLDER / "numbers.html").read_text().casefold()


def test_what_is_not_translated_is_marked_as_english() -> None:
    assert WELSH.own("not <in> the catalogue") == '<span lang="en">not &lt;in&gt; the catalogue</span>'
    assert words_in(Language.ENGLISH).own("accepted") == "accepted"


def test_a_persons_words_say_their_language_where_it_is_not_the_pages() -> None:
    english, welsh = "two ISACs start in April", "Mae'r gwaith wedi dechrau"
    assert (WELSH.lang_of(english), WELSH.lang_of(welsh)) == (' lang="en"', "")
    assert words_in(Language.ENGLISH).lang_of(welsh) == ' lang="cy"'


def test_days_are_written_as_the_language_writes_them() -> None:
    day, instant = date(2025, 3, 27), datetime(2025, 6, 1, 9, 5, tzinfo=UTC)
    english = words_in(Language.ENGLISH)
    assert (english.day(day), english.short_day(day)) == ("27 March 2025", "27 Mar 2025")
    assert english.moment(instant) == "1 Jun 2025, 10:05"
    assert (WELSH.day(day), WELSH.moment(instant)) == ("27 Mawrth 2025", "1 Meh 2025, 10:05")


def test_a_change_is_worded_or_at_least_its_kind() -> None:
    assert WELSH.what_changed(an_update(UpdateKind.NOTE)) == "nodyn"
    assert WELSH.what_changed(an_update(UpdateKind.EXTENSION_GRANTED)) == "rhoddwyd mwy o amser"
    assert WELSH.parts(an_addressee(parts_addressed=("a",))) == "rhan (a) wedi’i gwblhau"


# What is of no body, or of no recommendation, stands in no body's list of updates.
ELSEWHERE = (UpdateKind.PARTY_REPORTED, UpdateKind.PUBLISHED_RESPONSE)


@pytest.mark.parametrize("kind", [kind for kind in RECORDINGS if kind not in (*BOOKKEEPING, *ELSEWHERE)])
def test_every_kind_of_recording_has_a_word(kind: UpdateKind) -> None:
    assert "<span" not in WELSH.what_changed(an_update(kind))
