"""Recording in the form, as people do it: from a lookup, a command, the shortcut."""

import sqlite3
from pathlib import Path

from bot.standin.faults import refused, slow
from bot.standin.forms import Form
from bot.standin.people import Person
from tests.journeys.office import Office
from tests.journeys.serving import PATIENCE, wait_until
from tests.journeys.test_home import home_when

CANARY = "ring her on 07700 900123, says the canary"


def filled(person: Person) -> Form:
    return person.wait_for_form(lambda form: "Note" in form.fields)


def answering(person: Person, form: Form) -> Form:
    """The form with the fields of the response too."""
    person.clicks(form, "Change the answer")
    return person.wait_for_form(lambda shown: "Response" in shown.fields)


def confirmed(sent: dict[str, str] | Form | None) -> str:
    assert isinstance(sent, Form), sent
    return sent.all_text


def errors(sent: dict[str, str] | Form | None) -> dict[str, str]:
    assert isinstance(sent, dict), sent
    return sent


def stored(office: Office) -> bytes:
    """Everything in the files of the register and in the log."""
    return b"".join(file.read_bytes() for file in Path(office.folder).iterdir() if file.is_file())


def test_from_a_lookup_two_fields_are_changed_and_the_counts_are_right(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    stands = kim.types("/recs 15 kent")
    assert "Update" not in [button.label for button in vic.types("/recs 15 kent").buttons]

    kim.clicks(stands, "Update", "Update stalking 15 for Kent")
    form = filled(kim)
    assert (form.title, form.submit_label) == ("Record progress", "Record")
    assert form.fields["Progress"] == "not started"
    form = answering(kim, form)
    assert form.fields["Response"] == "accepted"
    assert form.fields["Date of the decision (if not today)"] == "2025-03-10"
    form.fill({"Response": "accepted in part", "Reason": "not the second point"})
    form.fill({"Progress": "in progress", "Note": "two ISACs start in April"})
    text = confirmed(form.submit())
    assert "Recorded for Kent: stalking 15 is accepted in part and in progress." in text
    assert "By Kim Hale" in text
    assert vic.types("/recs 15").text.startswith("Stalking 15: 42 of 43 accepted")
    assert "1 in progress" in vic.types("/recs 15").all_text

    an_office.slack.redeliver()
    assert kim.types("/recs history 15 kent").all_text.count("two ISACs start in April") == 1
    mine = kim.types("/recs mine")
    assert {"Update stalking 15 for Kent", "Update stalking 16 for Kent"} <= {
        button.accessibility_label for button in mine.buttons
    }
    assert "as before" in kim.types("/recs undo").text
    assert vic.types("/recs 15").text.startswith("Stalking 15: 43 of 43 accepted")


def test_errors_stand_beside_their_fields_and_no_word_is_lost(an_office: Office) -> None:
    an_office.cora.types("/recs grant @kim kent")
    form = an_office.kim.opens_form("/recs update 25")
    assert errors(form.submit()) == {"Note": "Nothing was changed yet."}
    form = answering(an_office.kim, form)
    form.fill({"Response": "not accepted"})
    assert "Reason" in errors(form.submit())
    form.fill({"Reason": "x" * 3000, "Progress": "blocked"})
    assert errors(form.submit()) == {"Note": "Say on what it is blocked."}
    form.fill({"Note": "y" * 3000, "Date of the decision (if not today)": "2025-03-11"})
    assert errors(form.submit()) == {"Date of the decision (if not today)": "This day has not come yet."}
    form.fill({"Date of the decision (if not today)": "2024-09-26"})
    assert errors(form.submit()) == {
        "Date of the decision (if not today)": "The report was published on 27 September 2024."
    }
    form.fill({"Date of the decision (if not today)": "2025-03-01", "Evidence link": "ftp://a.uk/b"})
    assert "Evidence link" in errors(form.submit())
    form.fill(
        {
            "Evidence link": "https://www.kent-pcc.gov.uk/?a=1&b=2",
            "Who decided, for example the Commissioner": "the PCC, in person",
        }
    )
    form.fill({"Part (a)": "complete", "Part (c)": "in progress", "May be published": True})
    assert "not accepted and blocked" in confirmed(form.submit())

    again = an_office.kim.opens_form("/recs update 25")
    assert (again.fields["Reason"], again.fields["Progress"]) == ("x" * 3000, "blocked")
    parts = [again.fields[f"Part ({label})"] for label in "abc"]
    assert parts == ["complete", "not started", "in progress"]
    assert again.fields["Note"] in (None, "")
    seen = an_office.vic.types("/recs 25 kent").all_text
    assert "decided by the PCC, in person · evidence: https://www.kent-pcc.gov.uk/?a=1&b=2" in seen


def test_what_a_form_recorded_is_shown_whole_and_taken_back_where_it_stands(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    kim.opens_home()
    form = kim.opens_form("/recs update 25")
    form.fill({"Progress": "in progress", "Note": "two ISACs start in April", "Part (a)": "complete"})
    form.fill({"Evidence link": "https://kent-pcc.example.org/a", "May be published": True})
    form.fill({"Who decided, for example the Commissioner": "the Commissioner"})
    receipt = form.submit()
    assert isinstance(receipt, Form)
    assert "Recorded for Kent: stalking 25 is in progress." in receipt.all_text
    recorded = (
        "two ISACs start in April",
        "decided by the Commissioner",
        "https://kent-pcc.example.org/a",
        "art (a) addressed",
    )
    home = home_when(an_office, kim, lambda home: "two ISACs" in home.all_text)
    for shown in (receipt.all_text, home.all_text):
        assert [fact for fact in recorded if fact.lower() not in shown.lower()] == []
    for typed in ("/recs 25 kent", "/recs history 25 kent"):
        assert [fact for fact in recorded if fact not in vic.types(typed).all_text] == []
    stands = vic.types("/recs 25 kent").all_text
    assert "Part (a), to consider: complete since" in stands
    assert "Part (b), to consider: not started" in stands

    kim.clicks(receipt, "Undo")
    taken_back = kim.wait_for_form(lambda form: "Taken back" in form.all_text)
    assert "Taken back for Kent: stalking 25 is accepted and not started, as before." in taken_back.all_text
    assert "Part (a)" not in vic.types("/recs 25 kent").all_text


def test_the_second_of_two_sees_what_the_first_changed_and_loses_no_word(an_office: Office) -> None:
    an_office.cora.types("/recs grant @kim kent")
    an_office.cora.types("/recs grant @ed kent")
    first, second = an_office.kim.opens_form("/recs update 15"), an_office.ed.opens_form("/recs update 15")
    second.fill(
        {
            "Note": "Ed's own words",
            "Who decided, for example the Commissioner": "the PCC",
            "Evidence link": "https://a.uk/b",
        }
    )
    first.fill({"Progress": "blocked", "Note": "no funding"})
    confirmed(first.submit())

    asked_again = second.submit()
    assert isinstance(asked_again, Form)
    assert "Kim Hale recorded “blocked” on stalking 15 at 09:0" in asked_again.all_text
    assert "while you were writing: “no funding”" in asked_again.all_text
    assert asked_again.fields["Note"] == "Ed's own words"
    assert asked_again.fields["Who decided, for example the Commissioner"] == "the PCC"
    assert asked_again.fields["Progress"] == "blocked"
    confirmed(asked_again.submit())
    history = an_office.ed.types("/recs 15 kent")
    assert "blocked" in history.text
    assert "Ed's own words" in history.all_text
    assert "no funding" in history.all_text


def test_revoked_between_opening_and_sending_nothing_is_stored(an_office: Office) -> None:
    an_office.cora.types("/recs grant @kim kent")
    form = an_office.kim.opens_form("/recs update 15")
    an_office.cora.types("/recs revoke @kim kent anyway")
    form.fill({"Note": "too late"})
    refused = errors(form.submit())
    assert "Only Kent's contacts can record for Kent." in refused["Recommendations"]
    assert "Cora Lane can add you." in refused["Recommendations"]
    assert form.fields["Note"] == "too late"
    assert b"too late" not in stored(an_office)
    refusal = an_office.kim.opens_form("/recs update 15")
    assert "you are not a contact of any body yet" in refusal.all_text


def test_the_shortcut_asks_a_contact_of_five_bodies_which_and_ticks_what_that_has_open(
    an_office: Office,
) -> None:
    for body in ("kent", "surrey", "essex", "sussex", "gwent"):
        an_office.cora.types(f"/recs grant @kim {body}")
    an_office.slack.add_shortcut("Record progress", "record_progress")
    form = an_office.kim.uses_shortcut("Record progress")
    assert list(form.fields) == ["Body"]
    form.fill({"Body": "Gwent"})
    form = filled(an_office.kim)
    form.fill({"Note": "z" * 3000})
    form.fill({"Body": "Sussex"})
    form = an_office.kim.wait_for_form(lambda form: "Sussex" in form.all_text)
    assert form.fields["Note"] == "z" * 3000
    form.fill({"Progress": "in progress"})
    assert "Recorded for Sussex: stalking 15, 16 and 25 are in progress." in confirmed(form.submit())


def test_what_may_identify_a_victim_waits_for_its_writer(an_office: Office) -> None:
    an_office.cora.types("/recs grant @kim kent")
    reply = an_office.kim.types(f"/recs note 15: {CANARY}")
    assert reply.text == "Nothing was recorded yet: this looks like a phone number: “07700 900123”."
    assert f"You typed: note 15: {CANARY}" in reply.all_text
    form = an_office.kim.opens_form("/recs update 16")
    form.fill({"Note": CANARY})
    again = form.submit()
    assert isinstance(again, Form)
    assert "This looks like a phone number: “07700 900123”." in again.all_text
    assert again.fields["Note"] == CANARY
    assert b"canary" not in stored(an_office)
    assert b"900123" not in stored(an_office)

    again.fill({"No victim can be identified": True})
    assert "a note on stalking 16" in confirmed(again.submit())
    confirmed_by_button = an_office.kim.clicks(reply, "No victim can be identified")
    assert confirmed_by_button is not None
    assert confirmed_by_button.text == "Recorded for Kent: a note on stalking 15."
    assert "canary" not in an_office.log_text()
    assert _request_keys_with(an_office, "canary") == []


def _request_keys_with(office: Office, words: str) -> list[str]:
    """A key stays when the words of an update are erased, so it may hold none of them."""
    with sqlite3.connect(office.folder / "recbot.db") as database:
        rows = database.execute("SELECT request_key FROM updates WHERE request_key LIKE ?", (f"%{words}%",))
        return [key for (key,) in rows]


def test_after_ten_minutes_a_recording_is_corrected(an_office: Office) -> None:
    an_office.cora.types("/recs grant @kim kent")
    an_office.kim.types("/recs progress 15 in progress: too ISACs start in April")
    an_office.set_clock("2025-03-10T11:00:00+00:00")
    refused = an_office.kim.types("/recs undo")
    assert "more than 10 minutes old" in refused.text
    an_office.kim.clicks(refused, "Correct")
    form = filled(an_office.kim)
    assert form.title.startswith("Correct update ")
    assert form.fields["Note"] == "too ISACs start in April"
    form.fill({"Note": "two ISACs start in April"})
    confirmed(form.submit())
    history = an_office.kim.types("/recs history 15 kent").all_text
    assert "too ISACs start in April" in history
    assert "in progress, corrects update " in history


def test_a_form_that_slack_opened_late_is_filled_and_the_person_is_told(an_office: Office) -> None:
    an_office.cora.types("/recs grant @kim kent")
    an_office.slack.faults.next("views.open", slow(2.4))
    reply = an_office.kim.types("/recs update 15")
    assert reply.text == "Slack has not said whether the form opened; nothing was changed."
    assert filled(an_office.kim).fields["Progress"] == "not started"


def test_a_form_that_slack_would_not_fill_is_told_beneath_what_was_clicked(an_office: Office) -> None:
    an_office.cora.types("/recs grant @kim kent")
    stands = an_office.kim.types("/recs 15 kent")
    an_office.slack.faults.next("views.update", refused("invalid_arguments"))
    an_office.kim.clicks(stands, "Update", "Update stalking 15 for Kent")
    wait_until(lambda: "could not be filled" in an_office.slack.seen_by("U0KIM")[-1].text, PATIENCE)


def test_three_recommendations_with_link_and_decider_take_four_clicks_and_three_texts(
    an_office: Office,
) -> None:
    kim = an_office.kim
    an_office.cora.types("/recs grant @kim kent")
    kim.opens_home()
    home = home_when(an_office, kim, lambda home: "Update all" in [button.label for button in home.buttons])
    kim.clicks(home, "Update all")  # the first click
    form = filled(kim)
    assert "Kent has 3 recommendations open: stalking 15, 16 and 25." in form.all_text
    form.fill({"Progress": "in progress"})  # the second and the third: the menu, and what is chosen
    form.fill({"Note": "Two ISACs start in April.", "Evidence link": "https://kent-pcc.example.org/a"})
    form.fill({"Who decided, for example the Commissioner": "the Commissioner"})
    receipt = form.submit()  # the fourth
    assert isinstance(receipt, Form)
    for fact in (
        "Recorded for Kent: stalking 15, 16 and 25 are in progress.",
        "Two ISACs start in April.",
        "Decided by the Commissioner · evidence: https://kent-pcc.example.org/a",
        "Kent has nothing else open.",
    ):
        assert fact in receipt.all_text
    kim.clicks(receipt, "Undo")
    taken_back = kim.wait_for_form(lambda shown: "Taken back" in shown.all_text)
    assert "stalking 15, 16 and 25 are accepted and not started, as before" in taken_back.all_text


def test_a_progress_without_a_recommendation_opens_the_form_for_all_that_is_open(an_office: Office) -> None:
    kim = an_office.kim
    an_office.cora.types("/recs grant @kim kent")
    form = kim.opens_form("/recs progress in progress: two ISACs start in April")
    assert (form.fields["Progress"], form.fields["Note"]) == ("in progress", "two ISACs start in April")
    form.fill({"Recommendations": ["Stalking 15", "Stalking 16"], "Stalking 15, part (a)": "complete"})
    text = confirmed(form.submit())
    assert "Recorded for Kent: stalking 15 and 16 are in progress." in text
    assert "Stalking 15: part (a) addressed" in text
    assert "Kent has 1 more open: stalking 25." in text


def test_a_link_has_its_title_in_the_form_and_a_new_one_follows_it_when_it_is_dead(an_office: Office) -> None:
    cora, kim = an_office.cora, an_office.kim
    cora.types("/recs grant @kim kent")
    form = kim.opens_form("/recs update 15")
    form.fill({"Note": "we met", "Evidence link": "https://kent.example.org/a “Minutes of March”"})
    confirmed(form.submit())
    before = kim.types("/recs history 15 kent").all_text
    assert "evidence: “Minutes of March”, https://kent.example.org/a (seen 10 Mar 2025)" in before
    seq = before.split("update ", 1)[1].split(" ", 1)[0]
    typed = f"/recs note 15 evidence https://kent.example.org/b instead of {seq}: the page moved"
    assert "Recorded for Kent" in kim.types(typed).text
    after = kim.types("/recs 15 kent").all_text
    assert f"https://kent.example.org/b (seen 10 Mar 2025; in place of the link of update {seq})" in after
    assert "https://kent.example.org/a (seen" in after
