"""Clients of Slack's Web API, and what `auth.test` says of the bot token."""

from msgspec import Struct
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import RateLimitErrorRetryHandler

from bot.runtime.health import SlackAway, TokenRefused
from bot.runtime.slack_answers import code_of, leaves_open
from bot.runtime.wiring.starting import CannotStart
from bot.settings import Settings

INSTALLED_FOR_ALL = (
    "the app is installed for a whole organisation, which is not supported."
    " Install it in one of its workspaces, and take the token from there."
)
_NO_ANSWER = "Slack does not answer ({}). Check the network, then start again."
# https://docs.slack.dev/reference/methods/auth.test
_TOKEN_ERRORS = ("invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed")


class Identity(Struct, frozen=True):
    """Whom the bot token belongs to: `auth.test`."""

    team_id: str
    bot_user_id: str
    bot_id: str
    # The organisation that the workspace belongs to (Enterprise Grid); empty for a plain workspace.
    enterprise_id: str = ""


def web_client(settings: Settings, timeout: int) -> WebClient:
    """Return a client that tries once, for `timeout` seconds: a retry could post twice what Slack took the
    first time."""
    return WebClient(
        token=settings.bot_token.get_secret_value(),
        base_url=settings.api_url,
        timeout=timeout,
        retry_handlers=[],
    )


def file_client(settings: Settings) -> WebClient:
    """Return a client for files, which waits where Slack has had too many requests: that is a no, so nothing
    is done twice."""
    client = web_client(settings, timeout=30)
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=3))
    return client


def identify(client: WebClient) -> Identity:
    """Ask Slack whose the token is. Raises CannotStart when Slack does not take it or does not answer."""
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        code = code_of(error.response)
        if leaves_open(error.response):
            raise CannotStart(_NO_ANSWER.format(code)) from None
        raise CannotStart(
            f"SLACK_BOT_TOKEN: Slack does not take it ({code}). Copy it again from OAuth & Permissions."
        ) from None
    except (SlackClientError, OSError) as error:
        raise CannotStart(_NO_ANSWER.format(type(error).__name__)) from None
    if answer.get("is_enterprise_install"):
        raise CannotStart(f"SLACK_BOT_TOKEN: {INSTALLED_FOR_ALL}")
    return Identity(
        answer["team_id"],
        answer["user_id"],
        answer.get("bot_id") or "",
        answer.get("enterprise_id") or "",
    )


def ask_about_token(client: WebClient) -> None:
    """Ask Slack whether it takes the token. Raises TokenRefused, SlackAway."""
    try:
        client.auth_test()
    except SlackApiError as error:
        code = code_of(error.response)
        if code not in _TOKEN_ERRORS:
            raise SlackAway from None
        raise TokenRefused(
            f"Slack does not take the bot token ({code}): install the app again, set SLACK_BOT_TOKEN"
            " and restart."
        ) from None
    except (SlackClientError, OSError):
        raise SlackAway from None
