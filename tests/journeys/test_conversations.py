"""People write to recbot as they speak: in their direct messages with it, and by mentioning it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.standin.messages import Reply
from bot.standin.people import Person
from tests.journeys.office import CHANNEL, Office, office
from tests.storage.audit import audit


@pytest.fixture
def an_office(tmp_path: Path, sqlite_url: str) -> Iterator[Office]:
    with office(tmp_path, sqlite_url) as opened:
        opened.load_example()
        opened.start()
        opened.cora.types("/recs grant @kim kent")
        yield opened


def said_to(person: Person, text: str, channel: str = "", thread_ts: str | None = None) -> Reply:
    reply = person.says(text, channel, thread_ts)
    assert reply is not None, text
    return reply


def test_a_direct_message_is_answered_as_the_command_would_be(an_office: Office) -> None:
    kim = an_office.kim
    answered = said_to(kim, "15 kent")
    assert answered.text == kim.types("/recs 15 kent").text
    assert (answered.channel, answered.response_type) == ("D0KIM", "ephemeral")


def test_a_mention_is_answered_in_place_and_for_its_writer_alone(an_office: Office) -> None:
    vic, slack = an_office.vic, an_office.slack
    answered = said_to(vic, "@recbot 15", CHANNEL)
    assert answered.text == vic.types("/recs 15").text
    assert (answered.channel, answered.thread_ts) == (CHANNEL, None)

    head = slack.posts(CHANNEL)[-1]
    in_thread = said_to(vic, "and who is late? <@U0RECBOT>: overdue", CHANNEL, head.ts)
    assert in_thread.thread_ts == head.ts
    assert {post.user for post in slack.posts(CHANNEL)} == {"U0VIC"}


def test_plain_words_have_one_answer_by_every_road(an_office: Office) -> None:
    vic = an_office.vic
    typed = vic.types("/recs who hasn't started 15?")
    assert typed.text.startswith("43 of 43 have not started stalking 15")
    assert said_to(vic, "who hasn't started 15?").text == typed.text
    assert said_to(vic, "@recbot who hasn't started 15?", CHANNEL).text == typed.text
    # What would record is offered in the same words wherever it is said, and recorded nowhere.
    before = len(audit(an_office.database_url))
    offers = [
        an_office.kim.types("/recs we finished 16 on Friday"),
        said_to(an_office.kim, "we finished 16 on Friday"),
        said_to(an_office.kim, "@recbot we finished 16 on Friday", CHANNEL),
    ]
    assert len({tuple(button.label for button in offer.buttons) for offer in offers}) == 1
    assert offers[0].buttons[0].label.startswith("Record")
    assert len(audit(an_office.database_url)) == before


def test_what_would_record_is_a_button_and_is_recorded_by_pressing_it(an_office: Office) -> None:
    kim, url = an_office.kim, an_office.database_url
    before = len(audit(url))
    offered = said_to(kim, "progress 15 in progress: two ISACs start in April")
    assert offered.text == "Nothing is done until you press the button."
    assert offered.buttons[0].label == "Record: progress 15 in progress: two ISACs start in April"
    assert len(audit(url)) == before

    recorded = kim.clicks(offered, offered.buttons[0].label)
    assert recorded is not None
    assert recorded.text == "Recorded for Kent: stalking 15 is in progress."
    assert len(audit(url)) == before + 1


def test_an_event_that_comes_again_is_answered_once(an_office: Office) -> None:
    vic, slack = an_office.vic, an_office.slack
    said_to(vic, "15")
    before = len(slack.seen_by(vic.id))
    slack.tell_again()
    said_to(vic, "16")
    assert len(slack.seen_by(vic.id)) == before + 1


def test_strangers_and_guests_are_shown_nothing(an_office: Office) -> None:
    for person in (an_office.stella, an_office.gus):
        assert said_to(person, "@recbot 15", CHANNEL).text == "You cannot see the register yet."


def test_a_message_becomes_the_note_of_an_update(an_office: Office) -> None:
    kim, slack = an_office.kim, an_office.slack
    kim.says("Two ISACs start in April & more", CHANNEL)
    message = slack.posts(CHANNEL)[-1]
    form = kim.uses_message_shortcut("Record as progress", message)
    assert form.fields["Note"] == "Two ISACs start in April & more"
    form.fill({"Recommendations": ["Stalking 15"]})
    form.fill({"Progress": "in progress"}).submit()
    latest = audit(an_office.database_url)[-1]
    assert latest["text"] == "Two ISACs start in April & more"
    link = f"https://t0home.slack.com/archives/{CHANNEL}/p{message.ts.replace('.', '')}"
    assert latest["evidence_url"] == link
