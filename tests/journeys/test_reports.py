"""Adding a report and a recommendation by form, ending one, and finding things again."""

from bot.standin import Form
from tests.journeys.office import Office
from tests.journeys.serving import PATIENCE, wait_until


def shown(answer: dict[str, str] | Form | None) -> Form:
    assert isinstance(answer, Form), answer
    return answer


def test_a_report_and_a_recommendation_are_added_after_a_look(an_office: Office) -> None:
    cora, vic = an_office.cora, an_office.vic
    form = cora.opens_form("/recs add report")
    form.fill(
        {
            "Title": "Violence against women and girls",
            "Key": "Kent",
            "Publishers": "HMICFRS",
            "Published on": "2025-01-15",
        }
    )
    assert form.submit() == {
        "Key": "Use lower-case letters, digits and single hyphens, beginning with a letter."
    }
    assert form.fill({"Key": "stalking"}).submit() == {"Key": "A report has this key already."}
    looked = shown(form.fill({"Key": "vawg"}).submit())
    assert looked.submit_label == "Add"
    assert "This would add the report vawg" in looked.all_text
    assert "called “vawg”" in vic.types("/recs vawg").text
    added = shown(looked.submit())
    assert "The report vawg is added." in added.all_text
    added.close()

    form = cora.opens_form("/recs add vawg")
    form.fill(
        {
            "Number": "3a",
            "Wording": "Publish what is spent on advocates, & why.",
            "Addressed to": "Chosen bodies",
            "Respond by": "2025-04-01",
            "Due on": "2025-01-01",
            "Parts": "do: publish it\nconsider: sharing",
        }
    )
    assert form.submit() == {
        "Bodies": "Choose at least one body, or address it to all.",
        "Due on": "This is before the report was published.",
    }
    looked = shown(form.fill({"Bodies": ["Kent", "Gwent"], "Due on": "2025-06-30"}).submit())
    assert (
        "Vawg 3a will be addressed to 2 bodies (Gwent, Kent), the response by 1 April 2025,"
        " due 30 June 2025. Nothing is added yet."
    ) in looked.all_text
    assert vic.types("/recs vawg").text == "Vawg: no recommendation is live."
    # What was looked at is what is added: a change is looked at anew.
    again = shown(looked.fill({"Due on": "2025-07-31"}).submit())
    assert "due 31 July 2025" in again.all_text
    assert again.submit_label == "Add"
    added = shown(again.submit())
    # The next one keeps whom it is addressed to and the dates.
    cora.clicks(added, "Add another", "Add another to vawg")
    another = cora.wait_for_form(lambda form: "Number" in form.fields)
    assert (another.fields["Number"], another.fields["Wording"]) == (None, None)
    assert (another.fields["Bodies"], another.fields["Due on"]) == (["Kent", "Gwent"], "2025-07-31")
    another.fill({"Number": "3b", "Wording": "Say who decides what is spent."})
    looked = shown(another.submit())
    assert "Vawg 3b will be addressed to 2 bodies (Gwent, Kent)" in looked.all_text
    assert "Vawg 3b is added" in shown(looked.submit()).all_text
    cora.wait_for_form().close()
    stands = vic.types("/recs vawg 3a")
    assert stands.text.startswith("Vawg 3a: 0 of 2 accepted, due 31 July 2025")
    assert "Publish what is spent on advocates, & why." in stands.all_text
    assert "To consider:" in stands.all_text


def test_only_coordinators_get_a_form_to_fill(an_office: Office) -> None:
    form = an_office.vic.opens_form("/recs add stalking")
    assert form.fields == {}
    assert "Only coordinators can do this." in form.all_text


def test_a_recommendation_is_withdrawn_once_its_consequences_were_seen(an_office: Office) -> None:
    cora, vic = an_office.cora, an_office.vic
    looked = cora.types("/recs withdraw 15: the inspectorate has closed it")
    assert looked.text == (
        "Stalking 15 would end: 43 of 43 bodies still owe something on it. Nothing is changed yet."
    )
    assert vic.types("/recs 15").text.startswith("Stalking 15: 43 of 43 accepted")
    ended = cora.clicks(looked, "Withdraw stalking 15")
    assert ended is not None
    assert ended.text == "Stalking 15 is withdrawn: nothing more is asked of any body."
    assert vic.types("/recs stalking 15").text == "Stalking 15 is withdrawn: 43 of 43 had accepted."
    assert "Stalking 15" not in vic.types("/recs deadlines all").all_text
    assert "the inspectorate has closed it" in vic.types("/recs history stalking 15").all_text
    assert "has ended" in cora.types("/recs note stalking 15 kent: too late").text


def test_search_finds_what_one_may_read_and_cites_it(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    kim.types("/recs note 15: the contract is with Acme until June")
    reply = kim.types("/recs search acme CONTRACT")
    assert reply.text == "“acme CONTRACT” stands in 1 text."
    assert "Kent, stalking 15" in reply.all_text
    assert "Update " in reply.all_text
    assert vic.types("/recs search acme").text == "“acme” stands in nothing that you may read."
    assert "Stalking 15" in vic.types("/recs search advocates").all_text


def test_a_recommendation_is_put_right_after_a_look_and_whoever_answered_is_told(an_office: Office) -> None:
    cora, kim, vic = an_office.cora, an_office.kim, an_office.vic
    cora.types("/recs grant @kim kent")
    form = cora.opens_form("/recs correct 15")
    old = str(form.fields["Wording"])
    assert form.fields["Due on"] == "2025-03-27"
    assert form.submit() == {"Wording": "Nothing was changed yet."}
    form.fill({"Wording": "Close the gaps in services.", "Due on": "2025-04-30"})
    looked = shown(form.submit())
    for fact in (
        "Stalking 15 would be corrected. Nothing is changed yet.",
        "Wording is: “Close the gaps in services.”",
        "It is due on 30 April 2025 (was 27 March 2025).",
        "43 bodies answered it and will be told",
    ):
        assert fact in looked.all_text
    assert looked.submit_label == "Correct"
    assert "due 27 March 2025" in vic.types("/recs 15").text
    assert "Stalking 15 is corrected." in shown(looked.submit()).all_text

    assert vic.types("/recs 15").text.startswith("Stalking 15: 43 of 43 accepted, due 30 April 2025")
    assert "Close the gaps in services." in vic.types("/recs 15").all_text
    assert "due 30 April 2025" in vic.types("/recs 15 as at 9 Mar 2025").all_text
    then = vic.types("/recs 15 as known at 9 Mar 2025").all_text
    assert "due 27 March 2025" in then
    assert old[:40] in then
    history = cora.types("/recs history 15").all_text
    assert f"wording as it stood: “{old[:40]}" in history
    assert "recommendation corrected, due 30 Apr 2025, was 27 Mar 2025" in history
    wait_until(lambda: "was put right after Kent" in str(an_office.slack.direct_messages(kim.id)), PATIENCE)
    assert "Only coordinators can do this." in vic.opens_form("/recs correct 15").all_text


def test_our_own_words_are_called_so_until_the_official_ones_are_put_in(an_office: Office) -> None:
    cora, vic = an_office.cora, an_office.vic
    before = vic.types("/recs 15").all_text
    assert "In our words: Find out whether" in before
    assert "Quoted" not in before
    form = cora.opens_form("/recs correct 15")
    assert (form.fields["In short"], form.fields["Quoted from"]) == ("specialist services for victims", None)
    official = "Each commissioner should review the services that stalking victims have."
    looked = shown(form.fill({"Wording": official, "Quoted from": "the report, page 97"}).submit())
    assert "Quoted from is: “the report, page 97”" in looked.all_text
    assert "Stalking 15 is corrected." in shown(looked.submit()).all_text
    after = vic.types("/recs 15").all_text
    assert f"“{official}”" in after
    assert "Quoted from the report, page 97." in after
    assert "In our words" not in after
    assert "In our words: Find out whether" in vic.types("/recs 15 as known at 9 Mar 2025").all_text

    form = cora.opens_form("/recs correct 15")
    shown(
        shown(form.fill({"In short": "services for victims", "Also addressed to": "CPS"}).submit()).submit()
    )
    assert "15 (services for victims) ·" in vic.types("/recs").all_text
    assert "Also addressed to CPS." in vic.types("/recs 15").all_text
    assert "short form corrected: “services for victims”" in cora.types("/recs history 15").all_text


def test_what_is_marked_a_priority_is_marked_in_every_list_and_can_be_asked_for(an_office: Office) -> None:
    cora, vic = an_office.cora, an_office.vic
    assert "is marked as a priority" in vic.types("/recs which priority ones are not started").text
    form = cora.opens_form("/recs correct 25")
    assert form.fields["Themes"] == "partners"
    looked = shown(
        form.fill({"Themes": "partners training", "Priority": ["Yes: mark it in every list"]}).submit()
    )
    assert "It is marked as a priority." in looked.all_text
    shown(looked.submit())
    assert "25 (working with partners; priority) ·" in vic.types("/recs").all_text
    assert "Priority · themes: partners and training" in vic.types("/recs 25").all_text
    answer = vic.types("/recs which priority ones are not started")
    assert answer.text.startswith("43 of 43 have not started stalking 25 (priority)")
    assert "Understood as /recs priority stage not started." in answer.all_text
    assert vic.types("/recs not started training").text.startswith("43 of 43 have not started stalking 25")
    by_theme = vic.types("/recs by theme").all_text
    assert "training: 43 of 43 accepted; 0 of 43 complete" in by_theme
