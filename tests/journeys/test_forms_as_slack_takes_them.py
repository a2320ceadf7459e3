"""Forms where there is nothing to fill in, and forms over forms: as Slack takes them."""

from bot.standin.forms import Form
from bot.standin.people import Person
from tests.journeys.office import Office


def answer_to(form: Form) -> str:
    """What a form says from which nothing can be sent."""
    assert form.submit_label == ""
    assert form.fields == {}
    return form.all_text


def test_in_an_empty_register_the_form_says_that_nothing_can_be_recorded_yet(empty_office: Office) -> None:
    assert empty_office.run("migrate").returncode == 0
    empty_office.start()
    cora = empty_office.cora
    form = cora.opens_form("/recs update")
    assert "Nothing can be recorded yet: there is no recommendation." in answer_to(form)
    form.close()
    form = cora.uses_shortcut("Record progress")
    assert "Nothing can be recorded yet: there is no recommendation." in answer_to(form)
    form.close()
    form = cora.opens_form("/recs add report")
    form.fill({"Title": "Custody", "Key": "custody", "Publishers": "HMICFRS", "Published on": "2025-02-03"})
    for _ in range(2):
        sent = form.submit()
        assert isinstance(sent, Form)
        form = sent
    assert "The report custody is added." in answer_to(form)
    form.close()
    assert "there are no policing bodies to address it to" in answer_to(cora.opens_form("/recs add custody"))
    form = cora.opens_form("/recs update")
    assert "Nothing can be recorded yet" in answer_to(form)


def test_an_answer_out_of_the_preview_is_put_over_it_and_cannot_be_shared(an_office: Office) -> None:
    cora = an_office.cora
    before = an_office.slack.posts("C0COORD")
    home = cora.opens_home()
    cora.clicks(home, "Preview")
    preview = cora.wait_for_form(lambda form: "Show 15" in [button.label for button in form.buttons])
    assert "Share in channel" not in labels(preview)
    for _ in range(3):
        shown = over(cora, preview, "Show 15", "Show stalking 15")
        assert "Stalking 15: 43 of 43 accepted" in shown.all_text
        assert "Share in channel" not in labels(shown)
        shown.close()
    assert an_office.slack.posts("C0COORD") == before


def labels(form: Form) -> list[str]:
    return [button.label for button in form.buttons]


def over(person: Person, form: Form, label: str, says: str) -> Form:
    """The form that comes over another when a button of that is pressed."""
    person.clicks(form, label, says)
    return person.wait_for_form(lambda top: top.id != form.id and not top.is_loading)
