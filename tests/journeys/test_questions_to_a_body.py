"""A coordinator asks Kent, Kent's contact answers by the button in the direct message."""

from tests.journeys.office import Office
from tests.journeys.test_extensions import message_to


def test_a_question_is_asked_answered_and_kept(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    assert cora.types("/recs ask 15 kent: which service?").text == "Kent is asked about stalking 15."
    question = message_to(an_office, "U0KIM", "Cora Lane of the association asks Kent about stalking 15.")
    assert "which service?" in question.all_text
    assert "Questions without an answer" in cora.opens_home().all_text
    assert "Questions to answer" in kim.opens_home().all_text

    kim.clicks(question, "Answer")
    form = kim.wait_for_form(lambda form: "Answer" in form.fields)
    assert "which service?" in form.all_text
    form.fill({"Answer": "the northern one"})
    form.submit()
    assert "Answered: stalking 15, Kent." in kim.wait_for_form().all_text
    answered = message_to(an_office, "U0CORA", "Kent has answered your question")
    assert "the northern one" in answered.all_text

    an_office.slack.redeliver()
    stands = cora.types("/recs 15 kent").all_text
    assert stands.count("the northern one") == 1
    assert "which service?" in stands
    assert "without an answer" not in stands
    # What goes between the offices is theirs.
    assert "the northern one" not in vic.types("/recs 15 kent").all_text
