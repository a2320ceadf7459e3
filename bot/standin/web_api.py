"""The Web API: one answer to each method, as Slack gives it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.standin import chat, conversations, users, views
from bot.standin.arguments import Arguments
from bot.standin.files import Uploads
from bot.standin.refusal import Refusal
from bot.standin.workspace import Workspace

Json = dict[str, Any]
Method = Callable[[Workspace, Arguments], Json]


def _auth_test(workspace: Workspace, arguments: Arguments) -> Json:
    return {
        "url": f"https://{workspace.team_domain}.slack.com/",
        "team": workspace.team_domain,
        "team_id": workspace.team_id,
        "user": "recbot",
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
        **({"enterprise_id": workspace.enterprise_id} if workspace.enterprise_id else {}),
    }


_BOT_METHODS: dict[str, Method] = {
    "auth.test": _auth_test,
    **chat.METHODS,
    **conversations.METHODS,
    **users.METHODS,
    **views.METHODS,
}


@dataclass(frozen=True)
class WebApi:
    """`connection_address` makes the address that apps.connections.open gives away."""

    workspace: Workspace
    connection_address: Callable[[], str]
    uploads: Uploads

    def answer(self, method: str, arguments: Arguments, token: str) -> Json:
        """Answer one call, with a refusal too."""
        try:
            with self.workspace.lock:
                return {"ok": True, **self._answer(method, arguments, token)}
        except Refusal as refusal:
            return refusal.as_answer()

    def _answer(self, method: str, arguments: Arguments, token: str) -> Json:
        if method == "api.test":
            return {"args": arguments.values}
        methods = _BOT_METHODS | self.uploads.methods
        if method != "apps.connections.open" and method not in methods:
            raise Refusal("unknown_method", req_method=method)
        self._authenticate(method, token)
        if method == "apps.connections.open":
            return {"url": self.connection_address()}
        return methods[method](self.workspace, arguments)

    def _authenticate(self, method: str, token: str) -> None:
        workspace = self.workspace
        if not token:
            raise Refusal("not_authed")
        if token not in (workspace.bot_token, workspace.app_token):
            raise Refusal("invalid_auth")
        right_token = workspace.app_token if method == "apps.connections.open" else workspace.bot_token
        if token != right_token:
            raise Refusal("not_allowed_token_type")
        if token == workspace.bot_token and workspace.token_revoked:
            raise Refusal("token_revoked")
