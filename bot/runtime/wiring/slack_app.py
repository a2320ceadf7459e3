"""The Bolt app, and who it answers as."""

from collections.abc import Callable

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.operations.request.context import Services
from bot.runtime.wiring.bolt_workarounds import ForgivingApp
from bot.runtime.wiring.slack_clients import Identity


def create_app(
    services: Services,
    client: WebClient,
    identity: Identity,
    signing_secret: str | None,
    acknowledged: Callable[[float], None] = lambda _seconds: None,
) -> ForgivingApp:
    """Return the Bolt app that answers with `services`. Without a signing secret it serves Socket Mode only.

    `acknowledged` is called with the seconds that each answer took."""
    authorised = AuthorizeResult(
        enterprise_id=identity.enterprise_id or None,
        team_id=identity.team_id,
        bot_token=client.token,
        bot_id=identity.bot_id,
        bot_user_id=identity.bot_user_id,
    )
    return ForgivingApp(
        services,
        acknowledged,
        # Without a name Bolt looks for the caller's, and reads the source of all that are on the stack.
        name="recbot",
        client=client,
        signing_secret=signing_secret,
        request_verification_enabled=signing_secret is not None,
        # recbot has one token: Slack is not asked about it at each request.
        authorize=lambda: authorised,
    )
