"""The Slack app's manifest: read, checked more strictly than Slack does, and printed for HTTP."""

from importlib.resources import files
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.runtime.http.door import EVENTS_PATH

# Why recbot asks for each scope, as an administrator is told before they agree.
SCOPE_REASONS = {
    "commands": "people ask and record by /recs",
    "chat:write": "the weekly digest and its thread are posted",
    "users:read": "guests and strangers are told from members, and people appear by name",
    "channels:read": "the public channel for the digest is checked before posting",
    "groups:read": "the same, where the digest goes to a private channel",
    "im:write": "reminders and decisions reach people in a direct message",
    "files:write": "the account that somebody asked for reaches them as a file",
    "channels:history": "whether a post arrived is looked up in the public channel: it is never sent twice",
    "groups:history": "the same in a private channel",
    "im:history": "the same in the direct messages with recbot; what people write there is read and answered",
    "app_mentions:read": "what people ask by mentioning recbot is read and answered for them alone",
    "users:read.email": "an imported list of contacts can name people by e-mail address",
    "files:read": "a file that a coordinator drops on recbot can be imported",
}

Scope = Literal[
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
]
Event = Literal["user_change", "app_home_opened", "message.im", "app_mention"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class DisplayInformation(_Part):
    name: Annotated[str, Field(min_length=1, max_length=35)]
    description: Annotated[str, Field(min_length=1, max_length=140)]
    long_description: Annotated[str, Field(min_length=175, max_length=4000)]


class AppHome(_Part):
    """People read what recbot sends them, and can write to it there."""

    home_tab_enabled: Literal[True]
    messages_tab_enabled: Literal[True]
    messages_tab_read_only_enabled: Literal[False]


class BotUser(_Part):
    display_name: Annotated[str, Field(pattern=r"^[a-z0-9._-]{1,80}$")]
    always_online: bool


class SlashCommand(_Part):
    command: Annotated[str, Field(pattern=r"^/[a-z0-9_-]{1,31}$")]
    url: str | None = None
    description: Annotated[str, Field(min_length=1, max_length=2000)]
    usage_hint: Annotated[str, Field(min_length=1, max_length=1000)]
    # Without it a text that looks like a mention could not be told from one.
    should_escape: Literal[True]


class Shortcut(_Part):
    """A global one can be used anywhere and knows of no message; one of a message carries it."""

    name: Annotated[str, Field(min_length=1, max_length=24)]
    type: Literal["global", "message"]
    callback_id: Literal["record_progress", "record_message"]
    description: Annotated[str, Field(min_length=1, max_length=150)]

    @model_validator(mode="after")
    def _is_listened_to(self) -> "Shortcut":
        if (self.type == "message") != (self.callback_id == "record_message"):
            raise ValueError("record_message is the shortcut of a message, record_progress the global one")
        return self


class Features(_Part):
    app_home: AppHome
    bot_user: BotUser
    shortcuts: Annotated[list[Shortcut], Field(min_length=2, max_length=2)]
    slash_commands: Annotated[list[SlashCommand], Field(min_length=1, max_length=1)]


class Scopes(_Part):
    bot: list[Scope]


class OAuthConfig(_Part):
    scopes: Scopes


class EventSubscriptions(_Part):
    request_url: str | None = None
    bot_events: Annotated[list[Event], Field(max_length=100)]


class Interactivity(_Part):
    is_enabled: Literal[True]
    request_url: str | None = None


class AppSettings(_Part):
    event_subscriptions: EventSubscriptions
    interactivity: Interactivity
    org_deploy_enabled: Literal[False]
    socket_mode_enabled: bool
    token_rotation_enabled: Literal[False]


class Manifest(_Part):
    """The fields recbot uses; any other is refused, and so is a mix of Socket Mode and request URLs."""

    display_information: DisplayInformation
    features: Features
    oauth_config: OAuthConfig
    settings: AppSettings

    @model_validator(mode="after")
    def _either_socket_mode_or_urls(self) -> "Manifest":
        urls = {
            self.features.slash_commands[0].url,
            self.settings.event_subscriptions.request_url,
            self.settings.interactivity.request_url,
        }
        if self.settings.socket_mode_enabled:
            if urls != {None}:
                raise ValueError("with Socket Mode there are no request URLs")
        elif len(urls) != 1 or not _is_request_url(urls.pop()):
            raise ValueError(f"without Socket Mode all request URLs are the same, https://…{EVENTS_PATH}")
        return self


def socket_form() -> str:
    """Return the manifest's text as shipped, for Socket Mode."""
    return files("bot").joinpath("manifest.yml").read_text(encoding="utf-8")


def load() -> Manifest:
    """Return the manifest as shipped, in its Socket Mode form."""
    return parse(socket_form())


def parse(text: str) -> Manifest:
    """Read a manifest written in YAML. Raises ValueError, also where a key is there twice."""
    try:
        content = yaml.load(text, Loader=_UniqueKeys)  # noqa: S506 - a safe loader, but stricter
    except yaml.YAMLError as error:
        raise ValueError(f"not YAML: {error}") from error
    return Manifest.model_validate(content)


def scopes(manifest: Manifest) -> tuple[str, ...]:
    """Return the bot scopes it asks for."""
    return tuple(manifest.oauth_config.scopes.bot)


def http_form(url: str) -> str:
    """Return the manifest as YAML for requests by HTTP to `url`, which is https and may have a path.

    Raises ValueError for another kind of URL.
    """
    request_url = url.rstrip("/") + EVENTS_PATH
    content: dict[str, Any] = load().model_dump(exclude_none=True)
    content["features"]["slash_commands"][0]["url"] = request_url
    content["settings"]["event_subscriptions"]["request_url"] = request_url
    content["settings"]["interactivity"]["request_url"] = request_url
    content["settings"]["socket_mode_enabled"] = False
    manifest = Manifest.model_validate(content)
    return yaml.safe_dump(
        manifest.model_dump(exclude_none=True), sort_keys=False, allow_unicode=True, width=100
    )


def _is_request_url(url: str | None) -> bool:
    parts = urlsplit(url or "")
    return (
        parts.scheme == "https"
        and bool(parts.hostname)
        and parts.path.endswith(EVENTS_PATH)
        and not parts.query
        and not parts.fragment
    )


class _UniqueKeys(yaml.SafeLoader):
    """Refuses a mapping with a key given twice, of which YAML would quietly keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [str(key.value) for key, _ in node.value]
        if len(keys) != len(set(keys)):
            raise yaml.constructor.ConstructorError(None, None, "the same key twice", node.start_mark)
        return super().construct_mapping(node, deep=deep)
