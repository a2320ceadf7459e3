from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.standin import Person, StandIn
from tests.standin.bots import client_of

ALL_SCOPES = (
    "commands", "chat:write", "users:read", "channels:read", "groups:read", "im:read", "im:write",
    "channels:history", "groups:history", "im:history",
)  # fmt: skip


@pytest.fixture
def slack() -> Iterator[StandIn]:
    with StandIn(scopes=ALL_SCOPES) as slack:
        slack.add_channel("C0COORD", "coordination")
        slack.add_channel("C0OTHER", "other", bot_is_member=False)
        slack.add_channel("C0QUIET", "quiet", private=True)
        slack.add_channel("C0SECRET", "secret", private=True, bot_is_member=False)
        yield slack


@pytest.fixture
def kim(slack: StandIn) -> Person:
    return slack.add_person("U0KIM", "Kim Hale")


@pytest.fixture
def client(slack: StandIn) -> WebClient:
    return client_of(slack)
