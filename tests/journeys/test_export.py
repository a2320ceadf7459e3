"""The account, asked for in Slack."""

import io
import time

from docx import Document

from bot import manifest
from bot.standin.messages import SharedFile
from tests.journeys.office import Office


def arrived(office: Office, user_id: str, how_many: int, wait: float = 20) -> list[SharedFile]:
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

    asked = vic.types("/recs export 15")
    assert asked.text == "Your account is being made; it arrives as a file in a direct message."
    (letter,) = arrived(an_office, "U0VIC", 1)
    assert letter.name == "account-stalking-15-2025-03-10.docx"
    said = [paragraph.text for paragraph in Document(io.BytesIO(letter.content)).paragraphs]
    assert "43 of 43 policing bodies accepted recommendation 15." in said

    refused = vic.types("/recs export kent internal")
    assert refused.text == (
        "The internal form is for coordinators, and for a body's contacts about that body."
    )
    kim.types("/recs export kent internal json")
    (history,) = arrived(an_office, "U0KIM", 1)
    assert b"a draft that nobody has agreed yet" in history.content
    assert len(an_office.slack.files("U0VIC")) == 1
