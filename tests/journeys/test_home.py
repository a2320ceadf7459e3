"""Home, as each person finds it: what they owe, what waits for them, and who may do what."""

import time
from collections.abc import Callable

from bot.standin import Person, Post
from bot.standin.forms import Form
from bot.standin.home import HomeView
from tests.journeys.office import Office
from tests.journeys.serving import PATIENCE


def home_when(office: Office, person: Person, is_so: Callable[[HomeView], bool]) -> HomeView:
    """Her Home as soon as it is so: it is drawn anew a moment after each change."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        seen = office.slack.home_of(person.id)
        if seen is not None and is_so(seen):
            return seen
        time.sleep(0.02)
    raise AssertionError(f"Home does not become so: {seen.all_text if seen else 'nothing'}")


def sent(form: Form) -> Form:
    """The form that comes in place of one that is sent."""
    shown = form.submit()
    assert isinstance(shown, Form), shown
    return shown


def closed(person: Person) -> None:
    """Close the form before her."""
    person.wait_for_form().close()


def message_to(office: Office, user_id: str, beginning: str) -> Post:
    """The direct message that begins so, as soon as it is there."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for post in office.slack.direct_messages(user_id):
            if post.text.startswith(beginning):
                return post
        time.sleep(0.05)
    raise AssertionError("no such message came")


def test_a_contacts_home_follows_what_she_does_in_it(an_office: Office) -> None:
    """From Home: she is granted a role by form, records by a form, takes it back, and corrects it later."""
    cora, kim = an_office.cora, an_office.kim
    assert "3 live recommendations" in kim.opens_home().all_text
    coordinates = cora.opens_home()
    assert "43 bodies have no contact" in coordinates.all_text

    cora.clicks(coordinates, "Grant a role")
    form = cora.wait_for_form(lambda form: "Person" in form.fields)
    errors = form.fill({"Person": "kim"}).submit()
    assert errors == {"Body": "Choose the contact's body."}
    shown = sent(form.fill({"Body": "Kent"}))
    assert "Kim Hale is now a contact of Kent." in shown.all_text
    shown.close()
    home_when(an_office, cora, lambda home: "42 bodies have no contact" in home.all_text)
    mine = home_when(an_office, kim, lambda home: "Kent has 3 recommendations open" in home.all_text)
    assert [button.label for button in mine.buttons] == ["Update all", *["Update"] * 3]

    kim.clicks(mine, "Update", "Update stalking 15 for Kent")
    form = kim.wait_for_form(lambda form: "Progress" in form.fields)
    form.fill({"Progress": "complete", "Note": "Two ISACs work."}).submit()
    done = home_when(an_office, kim, lambda home: "Kent has 2 recommendations open" in home.all_text)
    assert "Update stalking 15 for Kent" not in [button.accessibility_label for button in done.buttons]
    assert "Kent, stalking 15 · complete: “Two ISACs work.”" in done.all_text
    seen = home_when(an_office, cora, lambda home: "Two ISACs work." in home.all_text)
    assert "Stalking: all 43 accepted; none complete; due in 17 days." in seen.all_text
    cora.clicks(seen, "Show", "Show all recommendations one by one")
    listed = home_when(an_office, cora, lambda home: "1 complete, 42 not started" in home.all_text)
    cora.clicks(listed, "Back to Home")

    closed(kim)
    kim.clicks(done, "Undo")
    undone = home_when(an_office, kim, lambda home: "Kent has 3 recommendations open" in home.all_text)
    assert "taken back" in undone.all_text
    assert "Taken back for Kent" in kim.wait_for_form().all_text
    closed(kim)

    kim.types("/recs progress 15 16 in progress")
    both = home_when(an_office, kim, lambda home: "Recorded together" in home.all_text)
    assert "Recorded together: stalking 15 and 16 in progress. Undo takes back both." in both.all_text
    kim.clicks(both, "Undo")
    home_when(an_office, kim, lambda home: "Recorded together" not in home.all_text)
    assert "stalking 15 and 16 are accepted and not started" in kim.wait_for_form().all_text
    closed(kim)

    kim.types("/recs note 16: training has begun in may")
    noted = home_when(an_office, kim, lambda home: "in may" in home.all_text)
    an_office.set_clock("2025-03-10T09:20:00+00:00")
    refused = kim.clicks(noted, "Undo")
    assert refused is None
    assert "10 minutes" in kim.wait_for_form().all_text
    closed(kim)
    late = kim.opens_home()
    kim.clicks(late, "Correct")
    form = kim.wait_for_form(lambda form: "Note" in form.fields)
    assert form.fields["Note"] == "training has begun in may"


def test_a_coordinators_home_shows_what_waits_and_lets_her_deal_with_it(an_office: Office) -> None:
    """Requests, texts to quote, the digest, and the roles."""
    cora, kim, ed = an_office.cora, an_office.kim, an_office.ed
    cora.types("/recs grant @kim kent")
    cora.types("/recs grant @ed kent")
    kim.types("/recs progress 15 in progress: two ISACs start in April")
    kim.types("/recs extend 15 30 Apr 2025: the provider starts late")
    waits = cora.opens_home()
    assert "Kent, stalking 15 · asked for more time, until 30 Apr 2025: “the provider starts late”" in (
        waits.all_text
    )

    assert cora.clicks(waits, "Grant") is None
    decided = home_when(an_office, cora, lambda home: "Requests to decide" not in home.all_text)
    cora.clicks(decided, "Ask")
    home_when(an_office, cora, lambda home: "Kent was asked on 10 Mar 2025" in home.all_text)
    question = message_to(an_office, "U0ED", "The association would like to quote Kent on stalking 15")
    assert "two ISACs start in April" in question.all_text
    allowed = ed.clicks(question, "Allow publishing")
    assert allowed is not None
    assert allowed.text == "Kent's text on stalking 15 may stand in the published account."
    home_when(an_office, cora, lambda home: "Kent was asked" not in home.all_text)
    assert "two ISACs start in April" in an_office.vic.types("/recs history 15 kent").all_text

    cora.clicks(decided, "Preview")
    preview = cora.wait_for_form(lambda form: "Stalking: all 43 accepted" in form.all_text)
    assert preview.title == "The next digest"
    preview.close()

    cora.clicks(decided, "Revoke a role")
    form = cora.wait_for_form(lambda form: "Who holds which role" in form.fields)
    shown = sent(form.fill({"Who holds which role": "Kent: Kim Hale"}))
    assert "Kim Hale is no longer a contact of Kent." in shown.all_text
    shown.close()
    cora.clicks(decided, "Revoke a role")
    form = cora.wait_for_form(lambda form: "Who holds which role" in form.fields)
    asked_again = sent(form.fill({"Who holds which role": "Kent: Ed Moss, second contact"}))
    assert "this is Kent's last contact" in asked_again.all_text
    assert "Ed Moss" in cora.types("/recs contacts kent").all_text
    shown = sent(asked_again.fill({"Revoke all the same": True}))
    assert "Ed Moss is no longer a second contact of Kent." in shown.all_text
    assert cora.types("/recs contacts kent").text == "Kent has no contact."


def test_reminders_are_paused_in_home_only_where_somebody_else_is_reminded(an_office: Office) -> None:
    cora, kim, ed, gus = an_office.cora, an_office.kim, an_office.ed, an_office.gus
    assert "You cannot see the register yet." in gus.opens_home().all_text
    cora.types("/recs grant @kim kent")
    alone = kim.opens_home()
    assert "You are Kent's only contact, so its reminders cannot be paused." in alone.all_text
    cora.types("/recs grant @ed kent")
    cora.types("/recs grant @gus surrey")
    home_when(an_office, gus, lambda home: "Surrey has 3 recommendations open" in home.all_text)
    both = home_when(an_office, kim, lambda home: "Pause reminders" in home.all_text)
    ed.opens_home()
    kim.clicks(both, "Pause reminders")
    paused = home_when(an_office, kim, lambda home: "Resume reminders" in home.all_text)
    last = home_when(
        an_office, ed, lambda home: "The other contacts of Kent have paused theirs" in home.all_text
    )
    assert "Pause reminders" not in [button.label for button in last.buttons]
    kim.clicks(paused, "Resume reminders")
    home_when(an_office, ed, lambda home: "Pause reminders" in home.all_text)


def test_words_erased_by_the_command_line_go_from_home_too(an_office: Office) -> None:
    kim = an_office.kim
    an_office.cora.types("/recs grant @kim kent")
    kim.types("/recs progress 15 in progress: we met Mrs Quill")
    kim.opens_home()
    home_when(an_office, kim, lambda home: "Mrs Quill" in home.all_text)
    number = an_office.run("verify-history").stdout.split()[3]
    done = an_office.run("redact", number, "--ground", "wrong person")
    assert "Homes in Slack will be drawn anew by recbot serve." in done.stdout
    assert an_office.run("tick").returncode == 0
    home_when(an_office, kim, lambda home: "Mrs Quill" not in home.all_text)
