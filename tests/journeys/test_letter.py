"""The letter from its frame to the file, and the reasons that its coordinator asks for on the way."""

import io

from docx import Document

from bot.standin import Form
from bot.standin.messages import Post
from tests.journeys.office import Office
from tests.journeys.serving import PATIENCE, wait_until
from tests.journeys.test_export import arrived

FRAME = {
    "Addressees": "Rachel Watson\nDirector General",
    "Opening": "You wrote to us in September.",
    "Closing": "Thank you for the report.",
    "Signatory": "Emily Spurrell",
    "Office of the signatory": "Chair",
}


def test_a_coordinator_writes_the_frame_asks_for_a_reason_and_gets_the_letter(an_office: Office) -> None:
    cora, kim, slack = an_office.cora, an_office.kim, an_office.slack
    cora.types("/recs grant @kim kent")
    kim.types("/recs partly 15: two of the three parts")

    look = cora.types("/recs letter")
    assert look.text == "The letter on stalking is not ready to sign."
    assert "1 answer short of acceptance has no reason that may be published: Kent 15." in look.all_text
    form = cora.opens_form("/recs letter frame")
    saved = form.fill(FRAME).submit()
    assert isinstance(saved, Form)
    assert "is saved as version 1" in saved.all_text
    saved.close()

    look = cora.types("/recs letter")
    receipt = cora.clicks(look, "Ask them")
    assert receipt is not None
    assert receipt.text == "Kent has been asked whether the reason may be published."

    def question() -> Post | None:
        return next((post for post in slack.direct_messages("U0KIM") if "quote Kent" in post.text), None)

    wait_until(lambda: question() is not None, PATIENCE)
    post = question()
    assert post is not None
    kim.clicks(post, "Allow publishing")

    reply = cora.types("/recs letter")
    assert reply.text == (
        "The letter on stalking, as at 10 March 2025, is being made;"
        " it arrives as a file in a direct message."
    )
    (letter,) = arrived(an_office, "U0CORA", 1)
    assert letter.name == "letter-stalking-2025-03-10.docx"
    texts = [paragraph.text for paragraph in Document(io.BytesIO(letter.content)).paragraphs]
    assert texts[:4] == ["Rachel Watson", "Director General", "10 March 2025", "Dear colleagues"]
    assert "42 of 43 policing bodies accepted the recommendation; Kent accepted it in part." in texts
    assert "Kent accepted it in part: “two of the three parts”" in texts
