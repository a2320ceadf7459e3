"""A small Bolt app that answers everything as the tour wishes, to see what the tour makes of faults."""

from typing import Any

from slack_bolt import App

from bot.standin import StandIn
from tests.standin.bots import actions, app_of, button, client_of, section

DIGEST = "Stalking: all 43 accepted; none complete; due in 17 days."
ANSWER = (
    "15: 43 of 43 accepted, due 27 March 2025 (27 Mar 2025), 17 days left. Nothing is overdue."
    " Kim Hale of Kent. Ed Moss of Essex. Recorded for Kent: two ISACs start in April, in progress."
    " Taken back for Kent: took back update 7. Only Kent's contacts can. You cannot see the register yet."
    " Cora Lane can help."
)


def answering(slack: StandIn, answer: str = ANSWER) -> App:
    app = app_of(slack)
    blocks = [section(answer), actions(button("Undo", "undo"), button("Share in channel", "share"))]

    @app.command("/recs")
    def recs(ack: Any) -> None:
        ack(text=answer, blocks=blocks)

    @app.action("undo")
    def undo(ack: Any, respond: Any) -> None:
        ack()
        respond(text=answer, replace_original=True)

    @app.action("share")
    def share(ack: Any, respond: Any) -> None:
        ack()
        respond(text="Shared", response_type="in_channel", replace_original=False)

    return app


def post_digest(slack: StandIn, text: str = DIGEST) -> None:
    client = client_of(slack)
    head = client.chat_postMessage(channel="C0COORD", text=text)["ts"]
    client.chat_postMessage(channel="C0COORD", text="No news for 60 days: Kent", thread_ts=head)
