"""Which items of a list stand on a page."""

import pytest

from bot.domain.questions.pages import Page


@pytest.mark.parametrize(
    ("number", "on_page"),
    [(1, "abc"), (2, "def"), (3, "g"), (4, "g")],
)
def test_each_item_is_on_one_page_and_past_the_last_page_is_the_last(number: int, on_page: str) -> None:
    page = Page.at(number, 7, 3)
    assert "".join(page.of("abcdefg")) == on_page
    assert page.first + len(on_page) + page.more == 7


def test_a_list_without_items_has_one_page() -> None:
    page = Page.at(2, 0, 3)
    assert (page.number, page.pages, page.first, page.has_more) == (1, 1, 0, False)
