"""The rules for Prometheus: they ask for figures that recbot gives, and those are explained."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import text

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.slots import Slot
from bot.domain.values import replace
from bot.runtime.clock import StartingClock
from bot.runtime.health import Health, Token
from storage import deliveries
from tests import cast
from tests.cast import NOW

ROOT = Path(__file__).parents[2]
FILE = ROOT / "deploy" / "alarms.yml"
RULES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["groups"][0]["rules"]


class Published:
    """A site that is written as it should be."""

    has_failed = False
    published_at: datetime | None = NOW


@pytest.fixture
def figures(sqlite_url: str) -> Iterator[set[str]]:
    """The name of each figure that recbot can give, with every part of it at work."""
    store = cast.migrated(sqlite_url)
    health = Health(
        store,
        StartingClock(NOW),
        Token(lambda: None),
        connected=lambda: True,
        caught_up_at=lambda: NOW,
        waiting=lambda: {"replies": 0},
        publishing=Published(),
    )
    with store.begin() as connection:
        digest = Delivery(
            "digest:1", DeliveryKind.DIGEST, Slot.named("2025-03-10T09:00"), "C0COORD", NOW, NOW
        )
        deliveries.add(connection, replace(digest, state=DeliveryState.SENT))
        connection.execute(text("UPDATE deliveries SET first_send_at = created_at"))
    yield set(re.findall(r"^(recbot_\w+)", health.metrics(), re.MULTILINE))
    store.database.close()


def test_every_figure_that_a_rule_asks_for_is_given(figures: set[str]) -> None:
    named = {name for rule in RULES for name in re.findall(r"recbot_\w+", rule["expr"])}
    assert len(named) > 10
    assert named - figures == set()
    states = {state for rule in RULES for state in re.findall(r'state="([^"]*)"', rule["expr"])}
    assert states <= {state.value for state in DeliveryState}


def test_every_figure_is_explained(figures: set[str]) -> None:
    page = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    families = {re.sub(r"_(bucket|count|sum|created)$", "", name) for name in figures}
    assert [family for family in sorted(families) if f"`{family}" not in page] == []


def test_each_rule_has_a_name_of_its_own_and_says_what_to_do() -> None:
    assert len({rule["alert"] for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule["labels"]["severity"] in ("critical", "warning")
        assert rule["annotations"].keys() == {"summary", "action"}


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not on this machine")
def test_prometheus_takes_them() -> None:
    promtool = shutil.which("promtool")
    assert promtool is not None
    done = subprocess.run([promtool, "check", "rules", FILE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
