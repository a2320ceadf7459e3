"""Everything that Slack sends, registered with Bolt from what the handler modules declare."""

from slack_bolt import App

from handlers import ask, conversations, dropped_files, home, people, quoting, recs, which_body


def register(app: App) -> None:
    """Register every listener, `/recs` first of all: each listener tried before the one that matches
    costs."""
    for module in (recs, *recs.MODULES, ask, quoting, home, people, conversations, dropped_files, which_body):
        for listener in module.routes.listeners:
            listener(app)
