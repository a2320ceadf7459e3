"""Progress over time, asked for in Slack: a picture, or Slack's own chart where the workspace has them."""

from bot import manifest
from tests.journeys.office import Office
from tests.journeys.serving import PATIENCE, wait_until


def test_a_chart_arrives_as_a_picture_with_the_numbers_as_alt_text(an_office: Office) -> None:
    slack, vic = an_office.slack, an_office.vic
    slack.install(manifest.socket_form())
    an_office.cora.types("/recs complete 15 essex: all of it")
    reply = vic.types("/recs chart 15")
    assert reply.text == (
        "Stalking 15: 43 of 43 accepted, 0 in progress, 1 complete (0 checked by the association), 0 overdue;"
        " the chart arrives in a direct message."
    )
    vic.types("/recs chart 15 wales as at 22 Nov 2024")
    wait_until(lambda: len(slack.files("U0VIC")) == 2, PATIENCE)
    now, then = sorted(slack.files("U0VIC"), key=lambda picture: picture.name)
    assert (now.name, then.name) == (
        "chart-stalking-15-2025-03-10.png",
        "chart-stalking-15-wales-2024-11-22.png",
    )
    assert "Complete: 0 on 29 Sep 2024, 1 on 10 Mar 2025." in now.alt_text
    assert "of 4 bodies. Accepted: 0 on 29 Sep 2024, 4 on 22 Nov 2024." in then.alt_text
    assert now.content.startswith(b"\x89PNG")
    assert an_office.gus.types("/recs chart 15").text == "You cannot see the register yet."


def test_slack_draws_it_where_the_workspace_has_charts(an_office: Office) -> None:
    slack, vic = an_office.slack, an_office.vic
    slack.has_charts(draws=True)
    vic.types("/recs chart stalking")
    wait_until(lambda: bool(slack.direct_messages("U0VIC")), PATIENCE)
    (message,) = slack.direct_messages("U0VIC")
    assert message.text == "Stalking: 43 of 43 accepted, 0 in progress, 0 complete, 0 overdue."
    assert "10 Mar 2025 | 43 | 0 | 0 | 0 | 0" in message.all_text
    assert slack.files("U0VIC") == []
