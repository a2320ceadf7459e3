"""views.*: the bot opens, changes and stacks forms, and draws somebody's Home."""

from typing import Any

from bot.standin.arguments import Arguments
from bot.standin.refusal import Refusal, invalid_arguments
from bot.standin.surfaces import View
from bot.standin.workspace import Workspace

Json = dict[str, Any]


def _open(workspace: Workspace, arguments: Arguments) -> Json:
    trigger_id = arguments.needed("trigger_id")
    trigger = workspace.triggers.usable(trigger_id)
    content = _content(arguments)
    if workspace.surfaces.form(trigger.view_id):
        # What was done in an open form: github.com/slackapi/bolt-js/issues/1827
        raise invalid_arguments("a form is open: views.push puts another over it")
    workspace.examine_view("views.open", content, "modal", trigger.user_id)
    view = workspace.surfaces.open(trigger.user_id, content)
    trigger.is_exchanged = True
    workspace.tell(trigger_id)
    return {"view": described_view(workspace, view)}


def _push(workspace: Workspace, arguments: Arguments) -> Json:
    trigger_id = arguments.needed("trigger_id")
    trigger = workspace.triggers.usable(trigger_id)
    content = _content(arguments)
    below = workspace.surfaces.top(trigger.user_id)
    if below is None or workspace.surfaces.form(trigger.view_id) is None:
        raise Refusal("invalid_trigger_id")
    workspace.examine_view("views.push", content, "modal", trigger.user_id)
    view = workspace.surfaces.push(below, content)
    trigger.is_exchanged = True
    workspace.tell(trigger_id)
    return {"view": described_view(workspace, view)}


def _update(workspace: Workspace, arguments: Arguments) -> Json:
    if "view_id" not in arguments and "external_id" not in arguments:
        raise invalid_arguments("missing required field: view_id or external_id")
    view = workspace.surfaces.form(arguments.text("view_id"), arguments.text("external_id"))
    if view is None:
        raise Refusal("not_found")
    content = _content(arguments)
    _check_hash(arguments, view)
    workspace.examine_view("views.update", content, "modal", view.user_id)
    return {"view": described_view(workspace, workspace.surfaces.update(view, content))}


def _publish(workspace: Workspace, arguments: Arguments) -> Json:
    user_id = arguments.needed("user_id")
    if user_id not in workspace.members:
        raise invalid_arguments("invalid `user_id`")
    content = _content(arguments)
    if home := workspace.surfaces.home(user_id):
        _check_hash(arguments, home)
    workspace.examine_view("views.publish", content, "home", user_id)
    return {"view": described_view(workspace, workspace.surfaces.publish(user_id, content))}


def _content(arguments: Arguments) -> Json:
    content = arguments.structure("view")
    if not isinstance(content, dict):
        raise invalid_arguments("missing required field: view")
    return content


def _check_hash(arguments: Arguments, view: View) -> None:
    if "hash" in arguments and arguments.text("hash") != view.hash:
        raise Refusal("hash_conflict")


def described_view(workspace: Workspace, view: View) -> Json:
    """Return a form or Home as Slack gives it to an app, with what stands in its fields."""
    whole = {
        "title": None,
        "submit": None,
        "close": None,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
    }
    return {
        **whole,
        **view.content,
        "id": view.id,
        "team_id": workspace.team_id,
        "app_id": workspace.app_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "state": {"values": {block_id: dict(entries) for block_id, entries in view.entries.items()}},
    }


METHODS = {
    "views.open": _open,
    "views.push": _push,
    "views.update": _update,
    "views.publish": _publish,
}
