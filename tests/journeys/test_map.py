"""The map, asked for in Slack."""

import time

from bot import manifest
from tests.journeys.office import Office
from tests.journeys.serving import PATIENCE, wait_until


def test_a_map_arrives_as_a_picture_with_alt_text(an_office: Office) -> None:
    slack = an_office.slack
    slack.install(manifest.socket_form())
    an_office.cora.types("/recs partly 15 essex: one service of two")
    reply = an_office.vic.types("/recs map 15")
    assert reply.text == "Stalking 15: 42 of 43 accepted; the map arrives as a picture in a direct message."
    an_office.vic.types("/recs map 15 as at 22 Nov 2024")
    deadline = time.monotonic() + PATIENCE
    while len(pictures := slack.files("U0VIC")) < 2:
        assert time.monotonic() < deadline, an_office.log_text()
        time.sleep(0.05)
    now, then = sorted(pictures, key=lambda picture: picture.name, reverse=True)
    assert (now.name, then.name) == ("map-stalking-15-2025-03-10.png", "map-stalking-15-2024-11-22.png")
    assert now.alt_text == (
        "Map of 43 areas for stalking 15: 42 accepted; 1 accepted in part (Essex). Progress: 43 not started."
        " As at 10 March 2025."
    )
    assert then.alt_text == (
        "Map of 43 areas for stalking 15: 43 accepted. Progress: 43 not started. As at 22 November 2024."
    )
    assert now.content.startswith(b"\x89PNG")
    assert an_office.gus.types("/recs map 15").text == "You cannot see the register yet."


def test_one_request_makes_one_picture_however_often_slack_delivers_it(an_office: Office) -> None:
    vic, slack = an_office.vic, an_office.slack
    reply = vic.types("/recs map 15")
    again = slack.redeliver()
    assert again is not None
    assert again.text == reply.text
    wait_until(lambda: bool(slack.files("U0VIC")), PATIENCE)
    slack.redeliver()
    assert an_office.stop() == 0, "it ends when all is drawn that was asked for"
    assert len(slack.files("U0VIC")) == 1
