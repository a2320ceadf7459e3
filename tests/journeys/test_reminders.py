"""Reminders, from the coordinator's grants to the direct messages, as people get and answer them."""

import time

from bot.standin import Person, Post
from tests.journeys.office import Office
from tests.journeys.serving import PATIENCE


def message_to(office: Office, person: Person, beginning: str, sent: int = 1) -> Post:
    """The last direct message that begins so, once there are so many of them."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        posts = [post for post in office.slack.direct_messages(person.id) if post.text.startswith(beginning)]
        if len(posts) >= sent:
            return posts[-1]
        time.sleep(0.05)
    raise AssertionError(f"{person.name} was not told: {office.log_text()}")


def reminders_of(office: Office, person: Person) -> list[Post]:
    return [
        post
        for post in office.slack.direct_messages(person.id)
        if post.metadata and post.metadata["event_payload"]["key"].startswith("reminder:")
    ]


def test_a_contact_is_reminded_snoozes_records_and_is_not_reminded_of_it_again(an_office: Office) -> None:
    cora, kim, ed = an_office.cora, an_office.kim, an_office.ed
    cora.types("/recs grant @kim kent")
    cora.types("/recs grant @ed essex")
    welcome = message_to(an_office, kim, "You record for Kent in recbot.")
    owed = kim.clicks(welcome, "What we owe")
    assert owed is not None
    assert owed.text.startswith("Kent has 3 recommendations open")
    an_office.set_clock("2025-03-11T09:00:00+00:00")
    first = message_to(
        an_office, kim, "Kent has 3 recommendations open. The next is due on 27 March 2025, in 16 days."
    )
    assert "Not started, last news on 22 November 2024" in first.all_text
    message_to(an_office, ed, "Essex has 3 recommendations open")

    kim.types("/recs complete 15: it is commissioned")
    snoozed = kim.clicks(first, "Snooze a week")
    assert snoozed is not None
    assert snoozed.text == "Snoozed: you get no reminders before 19 March 2025."

    again = cora.types("/recs remind 25")
    assert again.text == "Nobody is reminded about stalking 25, which 43 bodies still owe."
    assert "Not reminded, since they snoozed it: Kent (Kim Hale)" in again.all_text
    assert "Not again, since they were reminded today already: Essex (Ed Moss)" in again.all_text
    an_office.set_clock("2025-03-18T10:00:00+00:00")
    message_to(an_office, ed, "Essex has 3 recommendations open", sent=2)
    assert len(reminders_of(an_office, kim)) == 1

    an_office.set_clock("2025-03-20T10:00:00+00:00")
    chased = cora.types("/recs remind 25")
    assert chased.text == "Stalking 25: 2 contacts are reminded, for 2 of the 43 bodies that owe it."
    message_to(
        an_office, kim, "Kent has 2 recommendations open. The next is due on 27 March 2025, in 7 days."
    )
    assert "reminded 2 contacts" in cora.types("/recs history 25").all_text

    an_office.slack.deactivate(ed.id)
    message_to(an_office, cora, "Ed Moss has left Slack; Essex has no active contact.")
    kim.types("/recs note 16: we meet on Friday")
    an_office.set_clock("2025-03-26T09:00:00+00:00")
    eve = message_to(an_office, kim, "Kent has 1 recommendation due tomorrow, on 27 March 2025.")
    kim.clicks(eve, "Update", "Update stalking 25 for Kent")
    assert "Stalking 25" in kim.wait_for_form(lambda form: "Note" in form.fields).all_text
    assert len(reminders_of(an_office, ed)) == 3
