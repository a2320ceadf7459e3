"""The account, asked for in Slack."""

import io
import time

from docx import Document

from bot import manifest
from bot.standin.faults import slow
from bot.standin.messages import Post, SharedFile
from tests.journeys.office import Office
from tests.journeys.serving import PATIENCE, wait_until

NOT_COME = "Your account did not come: recbot was interrupted, or too much else was being made."


def arrived(office: Office, user_id: str, how_many: int, wait: float = PATIENCE) -> list[SharedFile]:
    """A person's files, as soon as there are so many."""
    deadline = time.monotonic() + wait
    while len(files := office.slack.files(user_id)) < how_many:
        assert time.monotonic() < deadline, office.log_text()
        time.sleep(0.05)
    return files


def test_an_account_arrives_in_the_askers_direct_messages(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    an_office.slack.install(manifest.socket_form())
    cora.types("/recs grant @kim kent")
    kim.types("/recs note 15: a draft that nobody has agreed yet")

    reply = vic.types("/recs export 15")
    assert reply.text == "Your account is being made; it arrives as a file in a direct message."
    (letter,) = arrived(an_office, "U0VIC", 1)
    assert letter.name == "account-stalking-15-2025-03-10.docx"
    texts = [paragraph.text for paragraph in Document(io.BytesIO(letter.content)).paragraphs]
    assert "43 of 43 policing bodies accepted recommendation 15." in texts

    refused = vic.types("/recs export kent internal")
    assert refused.text == (
        "The internal form is for coordinators, and for a body's contacts about that body."
    )
    kim.types("/recs export kent internal json")
    (history,) = arrived(an_office, "U0KIM", 1)
    assert b"a draft that nobody has agreed yet" in history.content
    assert len(an_office.slack.files("U0VIC")) == 1


def test_one_request_makes_one_file_however_often_slack_delivers_it(an_office: Office) -> None:
    vic, slack = an_office.vic, an_office.slack
    reply = vic.types("/recs export 15 csv")
    again = slack.redeliver()
    assert again is not None
    assert again.text == reply.text
    arrived(an_office, "U0VIC", 1)
    slack.redeliver()
    # Accounts are made one after the other: what was to come before this one has come.
    vic.types("/recs export 15 json")
    arrived(an_office, "U0VIC", 2)
    assert [file.name.rpartition(".")[2] for file in slack.files("U0VIC")] == ["csv", "json"]


def test_killed_over_an_account_it_tells_the_asker_and_the_same_request_makes_none(an_office: Office) -> None:
    vic, slack = an_office.vic, an_office.slack
    slack.faults.next("files.getUploadURLExternal", slow(2))
    vic.types("/recs export 15 csv")
    wait_until(lambda: any(call.method == "conversations.open" for call in slack.calls), PATIENCE)
    an_office.kill()
    an_office.start()
    slack.redeliver()
    wait_until(lambda: bool(not_come(an_office)), PATIENCE)
    vic.types("/recs export 15 json")
    (letter,) = arrived(an_office, "U0VIC", 1)
    assert letter.name.endswith(".json")
    assert len(not_come(an_office)) == 1


def not_come(office: Office) -> list[Post]:
    return [post for post in office.slack.direct_messages("U0VIC") if post.text == NOT_COME]
