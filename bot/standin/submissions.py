"""What an app answers to a submitted form: it closes, errors stand beside fields, or another form comes."""

from dataclasses import dataclass, field
from typing import Any, Literal

from bot.standin.delivery import TroubleConnecting
from bot.standin.messages import Finding
from bot.standin.refusal import Refusal
from bot.standin.surfaces import View
from bot.standin.workspace import Workspace

Json = dict[str, Any]

_ROAD = "acknowledgement of a form"


@dataclass(frozen=True)
class Answer:
    """One answer, examined. `errors` are by block_id."""

    action: Literal["close", "errors", "update", "push", "clear"]
    errors: dict[str, str] = field(default_factory=dict)
    content: Json = field(default_factory=dict)


def read_answer(workspace: Workspace, submitted: Json, user_id: str, acknowledgement: Json) -> Answer:
    """Read how the bot answered a form that was sent. Raises TroubleConnecting where Slack would not take it;
    every fault is noted."""
    if not acknowledgement:
        return Answer("close")
    action = acknowledgement.get("response_action")
    if action == "errors":
        return Answer("errors", errors=_errors(workspace, submitted, acknowledgement))
    if action in ("update", "push"):
        content = acknowledgement.get("view")
        try:
            workspace.examine_view(_ROAD, content, "modal", user_id)
        except Refusal as refusal:
            raise TroubleConnecting(f"{refusal.error}: {refusal.details}") from refusal
        return Answer(action, content=content or {})
    if action == "clear":
        return Answer("clear")
    raise _trouble(workspace, "response_action", f"is none: {acknowledgement}")


def act_on(workspace: Workspace, view: View, answer: Answer) -> View | None:
    """Return the form seen next because of the answer, None where it is closed. Raises TroubleConnecting."""
    view.errors = answer.errors
    try:
        if answer.action == "errors":
            return view
        if answer.action == "update":
            return workspace.surfaces.update(view, answer.content)
        if answer.action == "push":
            return workspace.surfaces.push(view, answer.content)
    except Refusal as refusal:
        raise _trouble(workspace, answer.action, refusal.error) from refusal
    if answer.action == "clear":
        workspace.surfaces.clear(view.user_id)
    else:
        workspace.surfaces.close(view)
    return None


def _errors(workspace: Workspace, submitted: Json, acknowledgement: Json) -> dict[str, str]:
    errors = acknowledgement.get("errors")
    inputs = {block["block_id"] for block in submitted["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise _trouble(workspace, "errors", "are none")
    if stray := errors.keys() - inputs:
        raise _trouble(workspace, "errors", f"name {sorted(stray)}, which are no inputs of the form")
    if not all(isinstance(words, str) and words.strip() for words in errors.values()):
        raise _trouble(workspace, "errors", "are without words")
    return errors


def _trouble(workspace: Workspace, place: str, words: str) -> TroubleConnecting:
    workspace.findings.append(Finding(_ROAD, place, words))
    return TroubleConnecting(f"{place} {words}")
