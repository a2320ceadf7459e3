"""Asking and recording, from the coordinator's grant to the history."""

from tests.journeys.office import Office


def test_a_granted_contact_records_sees_it_and_takes_it_back(an_office: Office) -> None:
    cora, kim = an_office.cora, an_office.kim
    assert "Kim Hale is now a contact of Kent." in cora.types("/recs grant @kim kent").all_text

    recorded = kim.types("/recs progress 15 in progress: two ISACs start in April")
    assert recorded.text == "Recorded for Kent: stalking 15 is in progress."
    assert "two ISACs start in April" in recorded.all_text
    stands = kim.types("/recs 15 kent")
    assert stands.text.startswith("Stalking 15, Kent: accepted; in progress; due 27 March 2025")
    assert "10 Mar 2025, 09:0" in stands.all_text
    assert "Kim Hale" in stands.all_text

    undone = kim.clicks(recorded, "Undo")
    assert undone is not None
    assert undone.text == "Taken back for Kent: stalking 15 is accepted and not started, as before."
    history = kim.types("/recs history 15 kent").all_text
    assert "two ISACs start in April" in history
    assert "took back" in history


def test_a_lookup_tells_counts_date_and_days_left(an_office: Office) -> None:
    reply = an_office.vic.types("/recs 15")
    assert reply.text == (
        "Stalking 15: 43 of 43 accepted, due 27 March 2025 (17 days left, 13 working days)."
    )
    assert "chief constables" in an_office.vic.types("/recs 16").all_text
    assert "To consider:" in an_office.vic.types("/recs 25").all_text
    assert an_office.vic.types("/recs 27").text == "Stalking 27: 129 of 129 answers are in."


def test_after_the_deadline_the_lookup_tells_how_long_it_is_overdue(an_office: Office) -> None:
    an_office.set_clock("2025-04-08T10:00:00+01:00")
    assert an_office.vic.types("/recs 15").text == (
        "Stalking 15: 43 of 43 accepted, due 27 March 2025 (overdue by 12 days with 43 bodies)."
    )


def test_each_refusal_says_why_and_who_can_help(an_office: Office) -> None:
    an_office.cora.types("/recs grant @ed essex")
    for_kent = an_office.ed.types("/recs accept 15 kent")
    assert for_kent.text == "Only Kent's contacts can record for Kent."
    assert "You are a contact of Essex. Cora Lane can add you." in for_kent.all_text
    viewer = an_office.vic.types("/recs accept 15")
    assert viewer.text == "Only contacts can record, and you are not a contact of any body yet."
    for outsider in (an_office.gus, an_office.stella):
        seen = outsider.types("/recs 15")
        assert seen.text == "You cannot see the register yet."
        assert "Cora Lane can grant you one." in seen.all_text
        assert "accepted" not in seen.all_text
    assert an_office.vic.types("/recs grant @vic coordinator").text == "Only coordinators can do this."


def test_apps_and_who_has_left_slack_are_made_nothing(an_office: Office) -> None:
    an_office.slack.add_person("USLACKBOT", "Slackbot", kind="bot")
    an_office.slack.add_person("U0APP", "Standup", kind="bot")
    an_office.slack.add_person("U0LEFT", "Leigh Ford", kind="deactivated")
    for role in ("coordinator", "kent"):
        for name, handle in (("Slackbot", "slackbot"), ("Standup", "standup")):
            refused = an_office.cora.types(f"/recs grant @{handle} {role}")
            assert refused.text == f"{name} is an app, not a person, so nothing was changed."
        refused = an_office.cora.types(f"/recs grant @leigh {role}")
        assert refused.text == "Leigh Ford has left Slack, so nothing was changed."
    assert "Slackbot" not in an_office.cora.types("/recs contacts").all_text


def test_a_guest_with_a_grant_can_do_what_a_contact_can(an_office: Office) -> None:
    an_office.cora.types("/recs grant @gus surrey")
    assert an_office.gus.types("/recs accept 15").text == "Recorded for Surrey: stalking 15 is accepted."


def test_several_recommendations_are_recorded_and_taken_back_together(an_office: Office) -> None:
    an_office.cora.types("/recs grant @kim kent")
    recorded = an_office.kim.types("/recs partly 15 16 25: we lack the funding")
    assert recorded.text == ("Recorded for Kent: stalking 15, 16 and 25 are accepted in part.")
    assert an_office.vic.types("/recs 25").text.startswith("Stalking 25: 42 of 43 accepted")
    an_office.kim.types("/recs undo")
    for number in (15, 16, 25):
        assert an_office.vic.types(f"/recs {number}").text.startswith(f"Stalking {number}: 43 of 43 accepted")


def test_a_coordinator_records_on_behalf_of_a_body(an_office: Office) -> None:
    recorded = an_office.cora.types("/recs note 15 gwent: told us by phone")
    assert recorded.text == "Recorded for Gwent: a note on stalking 15."
    assert "on behalf of Gwent" in recorded.all_text


def test_a_command_without_its_body_keeps_its_text_until_one_is_chosen(an_office: Office) -> None:
    choice = an_office.cora.types("/recs note 15: R&D told us {body} by phone")
    assert choice.text == "Which policing body do you mean?"
    recorded = an_office.cora.chooses(choice, "Gwent")
    assert recorded is not None
    assert recorded.text == "Recorded for Gwent: a note on stalking 15."
    assert "R&D told us {body} by phone" in recorded.all_text


def test_a_long_command_without_its_body_is_kept_in_a_form(an_office: Office) -> None:
    text = " ".join(["the provider has moved"] * 20)
    choice = an_office.cora.types(f"/recs note 15: {text}")
    an_office.cora.clicks(choice, "Choose a policing body")
    form = an_office.cora.wait_for_form()
    assert text in form.all_text
    form.fill({"Policing body": "Gwent"})
    form.submit()
    an_office.cora.wait_for_form(lambda changed: "Recorded for Gwent" in changed.all_text)
    assert text in an_office.cora.types("/recs history 15 gwent").all_text


def test_what_lacks_a_reason_asks_for_it_in_a_form_and_is_taken_back(an_office: Office) -> None:
    an_office.cora.types("/recs grant @kim kent")
    offer = an_office.kim.types("/recs please mark 16 as done for us")
    assert "recbot will ask why it is complete with parts (a) and (b) open" in offer.all_text
    an_office.kim.clicks(offer, "Record: complete 16 kent")
    form = an_office.kim.wait_for_form(lambda changed: "complete 16 kent" in changed.all_text)
    form.fill({"Why is stalking 16 complete with parts (a) and (b) open?": "both have been merged"})
    assert form.submit() is None
    stands = an_office.kim.types("/recs 16 kent").all_text
    assert "complete" in stands
    assert "both have been merged" in stands
    assert an_office.kim.types("/recs undo").text.startswith("Taken back for Kent: stalking 16")


def test_a_text_is_seen_by_others_only_once_it_may_be_quoted(an_office: Office) -> None:
    an_office.cora.types("/recs grant @kim kent")
    recorded = an_office.kim.types("/recs note 15: the contract is with Acme until June")
    assert "Acme" not in an_office.vic.types("/recs 15 kent").all_text
    assert "Acme" not in an_office.vic.types("/recs history 15 kent").all_text
    allowed = an_office.kim.clicks(recorded, "Allow publishing")
    assert allowed is not None
    assert allowed.text == "Kent's text on stalking 15 may stand in the published account."
    assert "Acme" in an_office.vic.types("/recs 15 kent").all_text
    assert "Stop publishing" not in [button.label for button in an_office.vic.types("/recs 15 kent").buttons]


def test_publishing_is_stopped_where_it_was_allowed_and_where_the_text_is_shown(an_office: Office) -> None:
    kim, vic = an_office.kim, an_office.vic
    an_office.cora.types("/recs grant @kim kent")
    recorded = kim.types("/recs note 15: the contract is with Acme until June")
    allowed = kim.clicks(recorded, "Allow publishing")
    assert allowed is not None
    assert "Acme" in vic.types("/recs 15 kent").all_text
    stopped = kim.clicks(allowed, "Stop publishing")
    assert stopped is not None
    assert stopped.text == "Kent's text on stalking 15 is not published any more."
    assert "Acme" not in vic.types("/recs 15 kent").all_text
    assert "the contract" not in vic.types("/recs search acme").all_text
    kim.clicks(stopped, "Allow publishing")
    assert "Acme" in vic.types("/recs 15 kent").all_text
    kim.clicks(kim.types("/recs 15 kent"), "Stop publishing")
    assert "Acme" not in vic.types("/recs 15 kent").all_text
    assert "stopped publishing of update" in kim.types("/recs history 15 kent").all_text


def test_undoing_leaves_the_receipt_where_it_is(an_office: Office) -> None:
    an_office.cora.types("/recs grant @kim kent")
    recorded = an_office.kim.types("/recs note 15: the contract is with Acme until June")
    an_office.set_clock("2025-03-10T09:30:00+00:00")
    refused = an_office.kim.clicks(recorded, "Undo")
    assert refused is not None
    assert refused.text == "Your last recording is more than 10 minutes old, so it stays."
    assert recorded in an_office.slack.seen_by("U0KIM")


def test_sharing_shows_the_channel_only_what_anybody_may_see(an_office: Office) -> None:
    an_office.cora.types("/recs grant @kim kent")
    an_office.kim.types("/recs note 15: the contract is with Acme until June")
    own = an_office.kim.types("/recs 15 kent", channel="C0COORD")
    assert "Acme" in own.all_text
    an_office.kim.clicks(own, "Share in channel")
    (shared,) = an_office.slack.posts("C0COORD")
    assert shared.text.startswith("Stalking 15, Kent: accepted")
    assert "Acme" not in shared.all_text
    assert "Shared by Kim Hale." in shared.all_text


def test_a_button_shares_once_however_often_it_is_pressed(an_office: Office) -> None:
    first, second = (an_office.vic.types("/recs 15", channel="C0COORD") for _ in range(2))
    an_office.vic.clicks(first, "Share in channel")
    again = an_office.vic.clicks(first, "Share in channel")
    assert again is not None
    assert again.text == "Already shared."
    assert "/recs stalking 15" in again.all_text
    assert len(an_office.slack.posts("C0COORD")) == 1
    an_office.vic.clicks(second, "Share in channel")
    assert len(an_office.slack.posts("C0COORD")) == 2


def test_more_shows_the_next_page_in_place(an_office: Office) -> None:
    first = an_office.vic.types("/recs 15")
    second = an_office.vic.clicks(first, "More")
    assert second is not None
    assert "Avon and Somerset: accepted · not started" in second.all_text
    assert "Wiltshire: accepted · not started" in second.all_text


def test_did_you_mean_records_only_once_somebody_has_chosen(an_office: Office) -> None:
    an_office.cora.types("/recs grant @gus gloucestershire")
    reply = an_office.gus.types("/recs note 15 glouc shire: we met the provider")
    assert "Did you mean" in reply.text
    assert "we met the provider" in reply.all_text
    assert "we met" not in an_office.gus.types("/recs history 15").all_text
    chosen = an_office.gus.clicks(reply, "Gloucestershire")
    assert chosen is not None
    assert chosen.text == "Recorded for Gloucestershire: a note on stalking 15."
    again = an_office.gus.clicks(reply, "Gloucestershire")
    assert again is not None
    assert again.all_text.count("recorded already") == 1


def test_the_same_delivery_again_records_nothing_new(an_office: Office) -> None:
    an_office.cora.types("/recs grant @kim kent")
    first = an_office.kim.types("/recs note 15: only once")
    again = an_office.slack.redeliver()
    assert again is not None
    assert again.text == first.text
    assert an_office.kim.types("/recs history 15 kent").all_text.count("only once") == 1


def test_what_was_typed_comes_back_when_it_cannot_be_done(an_office: Office) -> None:
    for typed in ("note 15", "partly 15", "progress 15 blocked", "accept 99", "frobnicate the register"):
        assert f"You typed: {typed}" in an_office.vic.types(f"/recs {typed}").all_text


def test_what_the_npcc_reports_stands_beside_the_bodies_and_is_counted_with_none(an_office: Office) -> None:
    cora, vic = an_office.cora, an_office.vic
    before = vic.types("/recs 16").text
    assert "Chief constables: nothing reported yet" in vic.types("/recs 16").all_text
    source = "evidence https://npcc.example.org/r “Progress report”"
    typed = f"/recs party 16 NPCC reported on 3 Mar 2025 {source}: half have"
    receipt = cora.types(typed)
    assert receipt.text == "Recorded on stalking 16: the NPCC reported for chief constables on 3 March 2025."
    shown = vic.types("/recs 16")
    assert shown.text == before
    assert (
        "Chief constables: the NPCC reported on 3 March 2025: “half have”"
        " · evidence: “Progress report”, https://npcc.example.org/r"
    ) in shown.all_text
    assert "nothing reported yet" in vic.types("/recs 16 as at 2 Mar 2025").all_text
    assert vic.types(typed).text == "Only coordinators can do this."
    undone = cora.clicks(receipt, "Undo")
    assert undone is not None
    assert undone.text.startswith("Taken back on stalking 16: nothing is reported of chief constables")
    assert "nothing reported yet" in vic.types("/recs 16").all_text
