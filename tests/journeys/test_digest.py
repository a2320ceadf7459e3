"""From Monday's digest to a recording: the issue's four clicks and one sentence."""

import time

from bot.standin import Post
from bot.standin.forms import Form
from tests.journeys.office import CHANNEL, Office
from tests.journeys.serving import PATIENCE
from tests.journeys.test_home import home_when


def the_digest(office: Office) -> Post:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for post in office.slack.posts(CHANNEL):
            if post.text.startswith("Stalking: all 43 accepted"):
                return post
        time.sleep(0.05)
    raise AssertionError("no digest came")


def test_from_the_digest_a_contact_records_with_three_clicks_and_one_sentence(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    kim.types("/recs complete 16: all of it")
    kim.types("/recs complete 25")
    assert "Stalking 15" in kim.opens_home().all_text
    cora.opens_home()
    # A Monday whose digest has not come yet, nor that of the day the office opened.
    an_office.set_clock("2025-03-17T08:59:59+00:00")
    digest = the_digest(an_office)

    shown = kim.clicks(digest, "Show 15")
    assert shown is not None
    assert shown.text.startswith("Stalking 15: 43 of 43 accepted")

    kim.clicks(digest, "Update")  # the first click
    form = kim.wait_for_form(lambda form: "Progress" in form.fields)
    assert "Stalking 15, Kent" in form.all_text  # all that is open
    form.fill({"Progress": "complete", "Note": "Two ISACs started."})  # the second, and the sentence
    receipt = form.submit()  # the third
    assert isinstance(receipt, Form)
    assert "Recorded for Kent: stalking 15 is complete." in receipt.all_text

    assert "1 complete" in vic.types("/recs 15").all_text
    home_when(an_office, kim, lambda home: "Kent owes nothing" in home.all_text)
    home_when(an_office, cora, lambda home: "42 bodies" in home.all_text or "1 complete" in home.all_text)
    refused = vic.clicks(digest, "Update")
    assert refused is None
    denied = vic.wait_for_form(lambda form: not form.is_loading)
    assert "not a contact of any body" in denied.all_text
