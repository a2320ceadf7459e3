import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import manifest
from bot.manifest import SCOPE_REASONS, Manifest

ROOT = Path(__file__).parent.parent
SHIPPED = (ROOT / "manifest.yml").read_text(encoding="utf-8")

# What works for everyone, by the first word typed after /recs.
LOOKUPS = (
    "deadlines",
    "overdue",
    "waiting",
    "changes",
    "mine",
    "history",
    "search",
    "contacts",
    "export",
    "map",
    "chart",
    "help",
)
RECORDINGS = ("accept", "partly", "decline", "progress", "complete", "note", "update", "extend", "undo")
ADMINISTRATION = (
    "ask",
    "check",
    "reopen",
    "add",
    "import",
    "withdraw",
    "remind",
    "grant",
    "revoke",
    "digest",
)


def changed(path: str, value: object) -> str:
    """The shipped manifest with the field at `path` changed."""
    content = yaml.safe_load(SHIPPED)
    *parents, field = path.split(".")
    place: Any = content
    for parent in parents:
        place = place[int(parent)] if parent.isdigit() else place[parent]
    place[field] = value
    return yaml.safe_dump(content)


def test_the_manifest_in_the_package_is_the_one_people_read() -> None:
    assert manifest.load() == manifest.parse(SHIPPED)


def test_it_is_in_socket_mode_with_one_command() -> None:
    shipped = manifest.load()
    (command,) = shipped.features.slash_commands
    assert shipped.settings.socket_mode_enabled
    assert shipped.display_information.name == "recbot"
    assert command.command == "/recs"
    assert command.should_escape


def test_the_hint_names_every_verb_that_works_and_no_other() -> None:
    hint = manifest.load().features.slash_commands[0].usage_hint
    first_words = {usage.split()[0] for usage in hint.split(" | ")}
    assert first_words - {"15"} == {*LOOKUPS, *RECORDINGS, *ADMINISTRATION}


def test_home_and_what_recbot_sends_can_be_read() -> None:
    shipped = manifest.load()
    assert shipped.features.app_home.home_tab_enabled
    assert shipped.features.app_home.messages_tab_enabled
    assert not shipped.features.app_home.messages_tab_read_only_enabled
    assert shipped.settings.event_subscriptions.bot_events == [
        "user_change",
        "app_home_opened",
        "message.im",
        "app_mention",
    ]


def test_each_scope_has_its_reason_and_no_other_is_asked_for() -> None:
    assert set(manifest.scopes(manifest.load())) == set(SCOPE_REASONS)
    assert manifest.scopes(manifest.load()) == (
        "commands",
        "chat:write",
        "users:read",
        "channels:read",
        "groups:read",
        "im:write",
        "files:write",
        "channels:history",
        "groups:history",
        "im:history",
        "app_mentions:read",
        "users:read.email",
        "files:read",
    )


def test_the_reasons_are_the_same_in_the_manifest_and_in_the_program() -> None:
    commented = re.findall(r"^ *# (.+)\n *- ([a-z_:.]+)$", SHIPPED, flags=re.MULTILINE)
    assert {scope: reason for reason, scope in commented if scope in SCOPE_REASONS} == SCOPE_REASONS


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param("display_information.name", "r" * 36, id="name too long"),
        pytest.param("display_information.description", "d" * 141, id="description too long"),
        pytest.param("display_information.long_description", "too short", id="long description too short"),
        pytest.param("display_information.colour", "#ffffff", id="unknown field"),
        pytest.param("features.slash_commands.0.command", "recs", id="command without a slash"),
        pytest.param("features.slash_commands.0.command", "/Recs", id="command with a capital"),
        pytest.param("features.slash_commands.0.should_escape", False, id="mentions not escaped"),
        pytest.param("features.slash_commands.0.usage_hint", "u" * 1001, id="hint too long"),
        pytest.param("features.slash_commands", [], id="no command"),
        pytest.param("features.shortcuts.0.name", "Record what was done today", id="a shortcut's name"),
        pytest.param("features.shortcuts.0.type", "message", id="a shortcut of a message"),
        pytest.param("features.shortcuts.1.type", "global", id="a shortcut of no message"),
        pytest.param("features.app_home.messages_tab_read_only_enabled", True, id="nobody can write to it"),
        pytest.param("features.shortcuts.0.callback_id", "record", id="a shortcut nobody listens to"),
        pytest.param("oauth_config.scopes.bot", ["commands", "chat:writes"], id="no such scope"),
        pytest.param("oauth_config.scopes.user", ["users:read"], id="a user's scopes"),
        pytest.param(
            "settings.event_subscriptions.bot_events", ["message.channels"], id="an event not needed"
        ),
        pytest.param("settings.interactivity.is_enabled", False, id="buttons off"),
        pytest.param("features.app_home.home_tab_enabled", False, id="no Home"),
        pytest.param("settings.token_rotation_enabled", True, id="token rotation"),
        pytest.param("settings.org_deploy_enabled", True, id="a whole organisation"),
        pytest.param("settings.socket_mode_enabled", False, id="HTTP without URLs"),
        pytest.param("settings.socket_mode_enabled", "yes", id="a word for a truth value"),
        pytest.param(
            "settings.interactivity.request_url",
            "https://recbot.example.org/slack/events",
            id="Socket Mode with a URL",
        ),
    ],
)
def test_a_manifest_that_would_not_do_is_refused(path: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        manifest.parse(changed(path, value))


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        manifest.parse(SHIPPED + "\nsettings:\n  socket_mode_enabled: true\n")


def test_the_http_form_sends_everything_to_one_address() -> None:
    form = manifest.http_form("https://recbot.example.org/")
    parsed = manifest.parse(form)
    address = "https://recbot.example.org/slack/events"
    assert not parsed.settings.socket_mode_enabled
    assert parsed.features.slash_commands[0].url == address
    assert parsed.settings.event_subscriptions.request_url == address
    assert parsed.settings.interactivity.request_url == address
    assert without_urls(parsed) == without_urls(manifest.load())


def without_urls(manifest: Manifest) -> dict[str, Any]:
    content = manifest.model_dump()
    content["features"]["slash_commands"][0].pop("url")
    content["settings"]["event_subscriptions"].pop("request_url")
    content["settings"]["interactivity"].pop("request_url")
    content["settings"].pop("socket_mode_enabled")
    return content


@pytest.mark.parametrize(
    "url", ["http://recbot.example.org", "recbot.example.org", "https://", "https://a?b=c"]
)
def test_slack_sends_requests_to_https_alone(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        manifest.http_form(url)
