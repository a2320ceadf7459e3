"""`python -m tests.bench.bare`: an empty Bolt app behind recbot's server; it tells its port."""

import sys
from contextlib import closing

from slack_bolt import Ack, App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.runtime.http.door import door
from bot.runtime.http.server import serve


def main() -> None:
    app = App(
        client=WebClient("xoxb-bench"),
        signing_secret="bench",
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T0HOME", bot_token="xoxb-bench"),
        process_before_response=True,
    )

    @app.command("/recs")
    def nothing(ack: Ack) -> None:
        ack()

    with closing(serve(door(SlackRequestHandler(app), list), "127.0.0.1", 0)) as server:
        print(server.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
