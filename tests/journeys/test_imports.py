"""`/recs import`: a table from a spreadsheet, pasted, looked over and recorded, by people in Slack."""

from bot.standin.forms import Form
from bot.standin.people import Person
from tests.journeys.office import Office


class Hand:
    """Counts the clicks of a person who fills in forms."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.clicks = 0

    def sends(self, form: Form, shows: str) -> Form:
        """Press the button of the form, and wait until it shows these words."""
        self.clicks += 1
        form.submit()
        return self.person.wait_for_form(lambda changed: shows in changed.all_text)


def pasted(office: Office, table: str, holds: str = "Recognise it") -> Form:
    form = office.cora.opens_form("/recs import")
    form.fill({"Table": table, "What it holds": holds})
    return form


def test_86_contacts_come_from_one_paste_in_two_clicks(an_office: Office) -> None:
    slack = an_office.slack
    bodies = an_office.body_names()
    for n in range(86):
        slack.add_person(f"U1{n:03}", f"P{n} Q", kind="guest")
    table = "\n".join(f"p{n}@example.org\t{bodies[n % 43]}" for n in range(86))
    assert len(table) <= 3000
    hand = Hand(an_office.cora)
    form = pasted(an_office, table)

    look = hand.sends(form, "This would record 86 contacts. Nothing is recorded yet.")
    assert look.submit_label == "Record all"
    assert an_office.updates_of_kind("grant") == 0
    done = hand.sends(look, "Recorded: 86 contacts.")
    assert done.submit_label == ""
    assert hand.clicks == 2

    assert an_office.updates_of_kind("grant") == 86
    assert "P0 Q" in an_office.cora.types(f"/recs contacts {bodies[0]}").all_text
    slack.redeliver()
    assert an_office.updates_of_kind("grant") == 86


def test_what_is_wrong_is_told_with_its_row_and_nothing_is_recorded(an_office: Office) -> None:
    hand = Hand(an_office.cora)
    form = pasted(an_office, "Kim Hale,Kant\nsam@example.org,Surrey\nGus Reed,Essex")
    wrong = hand.sends(form, "2 things have to be put right first. Nothing was recorded.")
    assert "Row 1, body: There is no body “Kant”. Did you mean Kent?" in wrong.all_text
    assert "Row 2, user: Nobody in this workspace has this e-mail address." in wrong.all_text
    wrong.fill({"Table": "Kim Hale,Kent\nGus Reed,Essex"})
    look = hand.sends(wrong, "This would record 2 contacts.")
    assert "Kent, Kim Hale" in look.all_text


def test_what_was_changed_after_the_look_is_looked_at_again(an_office: Office) -> None:
    hand = Hand(an_office.cora)
    look = hand.sends(pasted(an_office, "Kim Hale,Kent", "Contacts"), "Kent, Kim Hale")
    look.fill({"Table": "Gus Reed,Kent"})
    again = hand.sends(look, "Kent, Gus Reed")
    assert "Nothing is recorded yet" in again.all_text

    an_office.cora.types("/recs grant @ed kent")
    changed = hand.sends(again, "The register has changed since you looked, so nothing was recorded.")
    hand.sends(changed, "Recorded: 1 contact.")


def test_only_a_coordinator_gets_the_form(an_office: Office) -> None:
    form = an_office.vic.opens_form("/recs import")
    assert form.submit_label == ""
    assert "coordinator" in form.all_text
