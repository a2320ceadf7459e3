"""What is said of changes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.lookups import (
    Changes,
    Told,
)
from bot.domain.update import RequestKey
from bot.rendering.blocks import (
    changes,
)
from bot.rendering.screen import Screen
from tests.cast import NOW, TODAY, a_recommendation, an_update
from tests.rendering.screens import assert_valid, read


def a_change(body_name: str, number: str = "15", minutes: int = 0, **facts: Any) -> Told:
    made = an_update(**facts)
    at = NOW + timedelta(minutes=minutes)
    moved = type(made)(made.seq, at, made.draft, author_name=made.author_name)
    return Told(moved, a_recommendation(number), body_name)


def the_changes(
    *some: Told, bodies: int = 1, since: date | None = None, since_digest: datetime | None = None
) -> Screen:
    shown = changes.changes(Changes(some, len(some), bodies, TODAY, "changes", since, since_digest))
    assert_valid(shown)
    return shown


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"since_digest": datetime(2025, 3, 3, 9, tzinfo=UTC)}, "since the digest of 3 March 2025, 09:00"),
        ({"since_digest": datetime(2025, 6, 2, 8, tzinfo=UTC)}, "since the digest of 2 June 2025, 09:00"),
        ({"since": date(2025, 3, 3)}, "since Monday 3 March 2025"),
        ({}, "since recbot began, as no digest has been posted yet"),
    ],
)
def test_changes_say_how_many_and_since_when(how: dict[str, Any], says: str) -> None:
    assert the_changes(**how).text == f"Nothing has changed {says}."
    assert the_changes(a_change("Kent"), **how).text == f"1 change with 1 body {says}."


def test_changes_come_by_day_and_what_one_command_recorded_is_one_line() -> None:
    together: dict[str, Any] = {"request": RequestKey("command:1"), "text": "as  agreed\non Monday"}
    shown = the_changes(
        a_change("Essex", "25", minutes=24 * 60),
        a_change("Kent", "16", **together),
        a_change("Kent", "15", **together),
    )
    assert read(shown) == [
        "11 March 2025",
        "  10:04 · Essex: stalking 25 in progress · Alice Ames",
        "10 March 2025",
        "  10:04 · Kent: stalking 15 and 16 in progress · Alice Ames “as agreed on Monday”",
    ]
