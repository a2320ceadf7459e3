import pytest

from bot.standin import Person, StandIn
from tests.standin.bots import app_of, client_of, connected_by_http

MANIFEST = """
features:
  slash_commands:
    - command: /recs
      description: Ask about a recommendation
  shortcuts:
    - name: Record progress
      type: global
      callback_id: record_progress
oauth_config:
  scopes:
    bot: [commands, chat:write]
settings:
  event_subscriptions:
    bot_events: [app_home_opened]
"""


@pytest.fixture
def installed(slack: StandIn) -> StandIn:
    slack.install(MANIFEST)
    return slack


def test_an_installed_app_has_the_scopes_it_asked_for_and_no_others(installed: StandIn) -> None:
    assert client_of(installed).auth_test().headers["x-oauth-scopes"] == "chat:write,commands"


def test_its_commands_and_shortcuts_are_there(installed: StandIn) -> None:
    assert installed.commands == {"/recs": "Ask about a recommendation"}
    assert installed.shortcuts == ["Record progress"]


def test_what_is_forgotten_was_never_asked(slack: StandIn, kim: Person) -> None:
    app = app_of(slack)
    app.command("/recs")(lambda ack: ack("an answer"))
    with connected_by_http(slack, app):
        first, second = kim.types("/recs"), kim.types("/recs")
        slack.forget(kim.id, first)
    assert slack.seen_by(kim.id) == [second]
    assert [answer.arguments for answer in slack.answers] == [second.raw]
