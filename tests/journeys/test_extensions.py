"""A deadline that moves, a second look, and what the people concerned are told."""

import time
from collections.abc import Callable

from bot.standin import Post
from tests.journeys.office import Office
from tests.journeys.serving import PATIENCE


def message_to(office: Office, user_id: str, beginning: str, wait: float = PATIENCE) -> Post:
    """The direct message that begins so, as soon as it is there."""
    return _as_soon_as(
        lambda: next(
            (post for post in office.slack.direct_messages(user_id) if post.text.startswith(beginning)), None
        ),
        wait,
    )


def _as_soon_as(look: Callable[[], Post | None], wait: float) -> Post:
    deadline = time.monotonic() + wait
    while True:
        if post := look():
            return post
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.05)


def test_a_contact_asks_a_coordinator_grants_and_the_asker_is_told(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    reply = kim.types("/recs extend 15 30 Apr 2025: the provider starts in April")
    assert reply.text == "Asked for Kent: stalking 15 to be due 30 April 2025, was 27 March 2025."
    assert "extension asked for, until 30 April 2025" in vic.types("/recs 15 kent").text
    assert "due 27 March 2025" in vic.types("/recs 15 kent").text
    assert "the provider starts" not in vic.types("/recs history 15 kent").all_text

    request = message_to(an_office, "U0CORA", "Kent asks for more time on stalking 15")
    assert "the provider starts in April" in request.all_text
    decided = cora.clicks(request, "Grant")
    assert decided is None or "Granted" in decided.text
    message = message_to(an_office, "U0KIM", "More time is granted")
    assert "stalking 15, Kent, is due 30 April 2025, was 27 March 2025." in message.text
    assert "due 30 April 2025 (was 27 March 2025" in vic.types("/recs 15 kent").text
    assert "due 30 Apr 2025, was 27 Mar 2025" in vic.types("/recs kent").all_text
    assert "Granted: stalking 15, Kent" in message_to(an_office, "U0CORA", "Granted").text


def test_a_body_says_when_it_expects_to_be_done_and_everybody_sees_it(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    reply = kim.types("/recs expect 15 30 Jun: the provider starts in April")
    assert reply.text == (
        "Recorded for Kent: stalking 15 is expected on 30 June 2025, 95 days after the deadline."
    )
    assert "expects 30 Jun 2025 (95 days late)" in vic.types("/recs 15 kent").text
    assert "Expected late: Kent (30 Jun 2025)" in vic.types("/recs 15").all_text
    assert vic.types("/recs expected late").text.startswith("1 of 43 expects to be late")
    assert "Stalking 15: Kent (30 Jun 2025)" in cora.opens_home().all_text
    assert "Expected late" in cora.types("/recs digest preview").all_text
    assert (
        "1 of 43 expects to be late with stalking 15" in vic.types("/recs who expects to be late on 15?").text
    )

    kim.types("/recs expect 15 30 Jul: the provider starts in May")
    assert "moved later once" in vic.types("/recs 15 kent").text
    cora.types("/recs expect 15 kent 30 Aug: they said so by telephone")
    assert "Kent" in cora.types("/recs moved twice").text


def test_what_the_inspectorate_has_closed_is_told_apart_and_can_be_reopened(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    assert "Only coordinators" in kim.types("/recs close 15 kent 3 Mar 2025: the letter").text
    reply = cora.types("/recs close 15 kent 3 Mar 2025 level 2: the IOPC's letter")
    assert reply.text == (
        "Closed by the inspectorate on 3 March 2025 (level 2): stalking 15 is closed for Kent."
    )
    assert "closed by the inspectorate on 3 Mar 2025 (level 2)" in vic.types("/recs 15 kent").text
    assert "1 closed by the inspectorate" in vic.types("/recs 15").all_text
    assert "15 closed" not in kim.types("/recs mine").all_text
    assert "closed by the inspectorate" in kim.types("/recs complete 15: all").text
    assert vic.types("/recs which bodies has the inspectorate closed on 15?").text.startswith("1 of 43")
    assert "the IOPC" not in vic.types("/recs history 15 kent").all_text
    cora.types("/recs reopen 15 kent: it was another force")
    assert "in progress" in vic.types("/recs 15 kent").text


def test_a_refusal_asks_for_a_reason_and_a_later_click_is_told(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    cora.types("/recs grant @vic coordinator")
    kim.types("/recs extend 15 30 Apr 2025: the provider starts in April")
    to_cora = message_to(an_office, "U0CORA", "Kent asks for more time")
    to_vic = message_to(an_office, "U0VIC", "Kent asks for more time")

    cora.clicks(to_cora, "Refuse")
    form = cora.wait_for_form()
    assert form.submit_label == "Refuse"
    assert form.submit() == {"Reason": "Please complete this required field."}
    doubted = form.fill({"Reason": "Ring 07700 900123, she is the victim"}).submit()
    assert doubted is not None
    assert not isinstance(doubted, dict)
    assert "07700 900123" in doubted.all_text
    assert "No victim can be identified" in doubted.fields
    assert doubted.fill({"Reason": "The report leaves no room"}).submit() is None

    message = message_to(an_office, "U0KIM", "More time is not granted")
    assert "stays due 27 March 2025" in message.text
    assert "The report leaves no room" in message.all_text
    vic.clicks(to_vic, "Grant")
    late = message_to(an_office, "U0VIC", "Refused: stalking 15, Kent")
    assert "Decided already by Cora Lane" in late.all_text
    assert "due 27 March 2025" in vic.types("/recs 15 kent").text
    assert "extension" not in vic.types("/recs 15 kent").text


def test_a_button_works_by_the_rights_of_whoever_clicks(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    cora.types("/recs grant @vic coordinator")
    kim.types("/recs extend 15 30 Apr 2025: the provider starts in April")
    to_vic = message_to(an_office, "U0VIC", "Kent asks for more time")
    cora.types("/recs revoke @vic coordinator")
    refused = vic.clicks(to_vic, "Grant")
    assert refused is not None
    assert refused.text == "Only coordinators can do this."
    assert "extension asked for" in vic.types("/recs 15 kent").text


def test_complete_checked_and_reopened_stay_apart(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    assert "nothing to check" in cora.types("/recs check 15 kent").text
    kim.types("/recs complete 15: two ISACs at work")
    assert cora.types("/recs check 15 kent").text == (
        "Checked by the association: stalking 15 is complete for Kent."
    )
    assert "1 checked by the association" in vic.types("/recs 15").all_text
    assert "0 of" not in vic.types("/recs kent").text
    assert "1 of 3 complete (1 checked by the association)" in vic.types("/recs kent").text
    reopened = cora.types("/recs reopen 15 kent: the second contract has lapsed")
    assert reopened.text == "Reopened for Kent: stalking 15 is in progress again."
    message = message_to(an_office, "U0KIM", "Stalking 15 is reopened for Kent")
    assert "the second contract has lapsed" in message.all_text
    assert "1 in progress" in vic.types("/recs 15").all_text
