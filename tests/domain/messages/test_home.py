"""Where in Home its reader is."""

import pytest

from bot.domain.messages.home import HomePlace, Topic


@pytest.mark.parametrize("place", [HomePlace(Topic.OWED, 2), HomePlace(Topic.TEXTS, 13)])
def test_a_place_is_known_again_by_its_name(place: HomePlace) -> None:
    assert HomePlace.named(place.name) == place


@pytest.mark.parametrize("name", ["", "front", "owed", "owed two", "owed ²", "nothing 2", "owed -1"])
def test_anything_else_is_the_front(name: str) -> None:
    assert HomePlace.named(name) == HomePlace()


def test_pages_count_from_one_and_concern_one_list() -> None:
    assert HomePlace.named("owed 0") == HomePlace(Topic.OWED, 1)
    assert HomePlace(Topic.OWED, 3).page_of(Topic.OWED) == 3
    assert HomePlace(Topic.OWED, 3).page_of(Topic.TEXTS) == 1
