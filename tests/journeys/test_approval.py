"""Kim records for Kent, Kent's approver says yes to one recording and sends the other back."""

from tests.journeys.office import Office
from tests.journeys.test_extensions import message_to


def test_what_is_recorded_is_approved_or_sent_back_by_a_button(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    assert cora.types("/recs grant @vic kent approver").text == "Vic Park is now an approver of Kent."
    assert "It is for approval by Vic Park." in kim.types("/recs accept 15 and 16").all_text
    request = message_to(an_office, "U0VIC", "For your approval, Kent: stalking 15 and 16 accepted.")
    assert "For your approval" in vic.opens_home().all_text
    assert "for approval" in cora.types("/recs 15 kent").text

    vic.clicks(request, "Approve")
    message_to(an_office, "U0KIM", "Approved for Kent: stalking 15 and 16 accepted.")
    assert "The answer is approved by Vic Park" in cora.types("/recs 15 kent").all_text
    assert "For your approval" not in vic.opens_home().all_text

    kim.types("/recs complete 15: all is done")
    request = message_to(an_office, "U0VIC", "For your approval, Kent: stalking 15 complete.")
    vic.clicks(request, "Send back")
    form = vic.wait_for_form(lambda form: "Reason" in form.fields)
    form.fill({"Reason": "the second part is open"})
    form.submit()
    sent_back = message_to(an_office, "U0KIM", "Sent back for Kent: stalking 15 complete.")
    assert "the second part is open" in sent_back.all_text

    an_office.slack.redeliver()
    stands = cora.types("/recs 15 kent").all_text
    assert stands.count("the second part is open") == 1
    assert "complete (sent back)" in stands
