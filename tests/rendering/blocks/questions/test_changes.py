"""What is said of changes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.questions.answers import (
    ChangeList,
    ToldChange,
    UpdateView,
)
from bot.domain.register.update import RequestKey, UpdateKind
from bot.rendering.blocks.questions import changes
from bot.rendering.screen import Screen
from tests.cast import NOW, TODAY, a_recommendation, an_update
from tests.rendering.screens import assert_valid, read


def a_change(body_name: str, number: str = "15", minutes: int = 0, **facts: Any) -> ToldChange:
    made = an_update(**facts)
    instant = NOW + timedelta(minutes=minutes)
    moved = type(made)(made.seq, instant, made.draft, author_name=made.author_name)
    return ToldChange(UpdateView(moved, a_recommendation(number), body_name), made.draft.changes)


def the_changes(
    *told_changes: ToldChange,
    bodies: int = 1,
    since: date | None = None,
    since_digest: datetime | None = None,
    **facts: int,
) -> Screen:
    total = sum(bool(told_change.values) for told_change in told_changes)
    change_list = ChangeList(told_changes, total, bodies, TODAY, "changes", since, since_digest, **facts)  # type: ignore[arg-type]
    shown = changes.changes(change_list)
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
        "  10:04 · Essex: stalking 25 from not started to in progress · Alice Ames",
        "10 March 2025",
        "  10:04 · Kent: stalking 15 and 16 from not started to in progress · Alice Ames"
        " “as agreed on Monday”",
    ]


def test_notes_are_counted_and_those_that_may_be_read_are_shown() -> None:
    note = a_change("Kent", kind=UpdateKind.NOTE, text="rang the provider")
    shown = the_changes(note, bodies=0, notes=3, hidden=2)
    assert shown.text == "3 notes since recbot began, as no digest has been posted yet."
    assert read(shown)[1] == "  10:04 · Kent: stalking 15 note · Alice Ames “rang the provider”"
    assert "2 notes are not shown" in str(shown.blocks)
    both = the_changes(a_change("Essex"), note, notes=1)
    assert both.text.startswith("1 change with 1 body and 1 note since")
