"""A person fills in, sends and closes forms of a small real app, over both roads."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from slack_bolt import BoltResponse
from slack_sdk import WebClient

from bot.standin import Form, Person, StandIn, TroubleConnecting
from tests.standin.bots import (
    LOADING,
    actions,
    app_of,
    button,
    choosing,
    connected_by_http,
    connected_by_socket,
    field,
    modal,
    option,
    plain,
    section,
    writing,
)

Json = dict[str, Any]

FORM = modal(
    section("*Stalking 15, Kent*"),
    field("Note", writing("note", multiline=True, max_length=20), optional=True),
    field(
        "Progress",
        choosing(
            "static_select",
            "In progress",
            "Complete",
            action_id="progress",
            initial_option=option("In progress"),
        ),
    ),
    field(
        "Response", choosing("radio_buttons", "Accepted", "Not accepted", action_id="response"), optional=True
    ),
    field(
        "Parts addressed",
        choosing("multi_static_select", "a: ISACs", "b: training", action_id="parts"),
        optional=True,
    ),
    field("Quoting", choosing("checkboxes", "May be quoted", action_id="quoting"), optional=True),
    field("Given on", {"type": "datepicker", "action_id": "day", "initial_date": "2025-03-10"}),
    field("Evidence", {"type": "url_text_input", "action_id": "link"}, optional=True),
    field("Decided by", {"type": "users_select", "action_id": "who"}, optional=True),
    private_metadata="stalking-15 kent",
)


class Bot:
    """An app whose command opens FORM, loading first; `answer` is what it says to the form."""

    def __init__(self, slack: StandIn) -> None:
        self.app = app_of(slack)
        self.sent: list[Json] = []
        self.clicked: list[Json] = []
        self.form: Json = FORM
        self.answer: Callable[[Any], Any] = lambda ack: ack()
        self.app.command("/recs")(self._open)
        self.app.shortcut("record")(self._open)
        self.app.action("update")(self._open)
        self.app.view("update")(self._submitted)
        self.app.action("entry")(self._clicked)

    def _open(self, ack: Any, client: WebClient, body: Json) -> None:
        loading = client.views_open(trigger_id=body["trigger_id"], view=LOADING)["view"]
        ack()
        client.views_update(view_id=loading["id"], hash=loading["hash"], view=self.form)

    def _submitted(self, ack: Any, body: Json) -> Any:
        self.sent.append(body)
        return self.answer(ack)

    def _clicked(self, ack: Any, body: Json) -> None:
        self.clicked.append(body)
        ack()

    @property
    def values(self) -> Json:
        """What the newest form held: the one value of each field."""
        values = self.sent[-1]["view"]["state"]["values"]
        return {label: next(iter(entry.values())) for label, entry in values.items()}


@pytest.fixture
def bot(slack: StandIn) -> Iterator[Bot]:
    bot = Bot(slack)
    with connected_by_http(slack, bot.app):
        yield bot


@pytest.fixture
def form(bot: Bot, kim: Person) -> Form:
    return kim.opens_form("/recs update 15", channel="C0COORD")


@pytest.mark.parametrize("reached", [connected_by_socket, connected_by_http])
def test_a_form_is_opened_filled_in_and_sent(slack: StandIn, kim: Person, reached: Any) -> None:
    bot = Bot(slack)
    with ExitStack() as stack:
        stack.enter_context(reached(slack, bot.app))
        form = kim.opens_form("/recs update 15")
        assert (form.title, form.submit_label, form.close_label) == ("Update", "Save", "Cancel")
        assert form.fill({"Note": "two ISACs start"}).submit() is None
    assert bot.values["Note"] == {"type": "plain_text_input", "value": "two ISACs start"}
    assert kim.form is None
    assert slack.faults_found == []


def test_a_form_begins_with_what_stands(form: Form) -> None:
    assert form.fields == {
        "Note": None,
        "Progress": "In progress",
        "Response": None,
        "Parts addressed": [],
        "Quoting": False,
        "May be quoted": False,
        "Given on": "2025-03-10",
        "Evidence": None,
        "Decided by": None,
    }
    assert (form.callback_id, form.private_metadata) == ("update", "stalking-15 kent")
    assert form.all_text.split("\n")[:3] == ["Update", "Stalking 15, Kent", "Note"]
    assert "Not accepted" in form.all_text


def test_every_kind_of_field_is_sent_as_slack_sends_it(bot: Bot, form: Form) -> None:
    form.fill(
        {
            "Note": "<!channel> & more",
            "Progress": "complete",
            "Response": "Not accepted",
            "Parts addressed": ["a", "b: training"],
            "May be quoted": True,
            "Given on": "2025-03-01",
            "Evidence": "https://www.gov.uk/x",
            "Decided by": "@kim",
        }
    )
    assert form.submit() is None
    assert bot.values == {
        "Note": {"type": "plain_text_input", "value": "<!channel> & more"},
        "Progress": {"type": "static_select", "selected_option": option("Complete")},
        "Response": {"type": "radio_buttons", "selected_option": option("Not accepted")},
        "Parts addressed": {
            "type": "multi_static_select",
            "selected_options": [option("a: ISACs"), option("b: training")],
        },
        "Quoting": {"type": "checkboxes", "selected_options": [option("May be quoted")]},
        "Given on": {"type": "datepicker", "selected_date": "2025-03-01"},
        "Evidence": {"type": "url_text_input", "value": "https://www.gov.uk/x"},
        "Decided by": {"type": "users_select", "selected_user": "U0KIM"},
    }


def test_untouched_and_emptied_fields_are_sent_as_nothing(bot: Bot, form: Form) -> None:
    form.fill({"Note": "x", "Quoting": True}).fill({"Note": None, "Quoting": False})
    form.submit()
    assert bot.values["Note"] == {"type": "plain_text_input", "value": None}
    assert bot.values["Response"] == {"type": "radio_buttons", "selected_option": None}
    assert bot.values["Quoting"] == {"type": "checkboxes", "selected_options": []}


def test_the_payload_says_who_and_which_form(slack: StandIn, bot: Bot) -> None:
    stranger = slack.add_person("U0STR", "Sam Strange", kind="stranger", team_id="T0OTHER")
    form = stranger.opens_form("/recs update 15", channel="C0COORD")
    form.submit()
    (sent,) = bot.sent
    assert (sent["user"]["id"], sent["user"]["team_id"], sent["team"]["id"]) == ("U0STR", "T0OTHER", "T0HOME")
    assert (sent["view"]["id"], sent["view"]["callback_id"]) == (form.id, "update")
    assert sent["view"]["private_metadata"] == "stalking-15 kent"
    assert "response_url" not in sent
    assert sent["trigger_id"]


@pytest.mark.parametrize(
    ("entries", "label", "words"),
    [
        ({"Given on": None}, "Given on", "required"),
        ({"Note": "x" * 21}, "Note", "at most 20"),
        ({"Evidence": "the intranet"}, "Evidence", "valid URL"),
    ],
)
def test_what_the_client_finds_wanting_never_reaches_the_app(
    bot: Bot, form: Form, entries: Any, label: str, words: str
) -> None:
    errors = form.fill(entries).submit()
    assert isinstance(errors, dict)
    assert errors.keys() == {label}
    assert words in errors[label]
    assert bot.sent == []


def test_an_entry_must_be_one_that_can_be_made(form: Form) -> None:
    with pytest.raises(LookupError, match="0 fields are called 'Reason'"):
        form.fill({"Reason": "x"})
    with pytest.raises(LookupError, match="offered are"):
        form.fill({"Progress": "blocked"})
    with pytest.raises(ValueError, match="isoformat"):
        form.fill({"Given on": "1 March"})
    with pytest.raises(TypeError):
        form.fill({"Note": ["x"]})


def test_errors_stand_beside_their_fields_and_the_entries_stay(bot: Bot, form: Form) -> None:
    bot.answer = lambda ack: ack(response_action="errors", errors={"Note": "Say why."})
    assert form.fill({"Note": "hm"}).submit() == {"Note": "Say why."}
    assert form.errors == {"Note": "Say why."}
    assert form.fields["Note"] == "hm"
    bot.answer = lambda ack: ack()
    assert form.submit() is None


def test_a_form_may_turn_into_another(bot: Bot, form: Form, kim: Person) -> None:
    changed = modal(section("Ed changed it meanwhile."), *FORM["blocks"][1:])
    bot.answer = lambda ack: ack(response_action="update", view=changed)
    after = form.fill({"Note": "mine"}).submit()
    assert isinstance(after, Form)
    assert after.id == form.id
    assert "Ed changed it" in after.all_text
    assert kim.form


def test_an_input_that_keeps_its_ids_keeps_its_entry_and_a_renamed_one_begins_anew(
    bot: Bot, form: Form
) -> None:
    again = modal(
        field("Note", writing("note", initial_value="theirs")),
        field("Note again", writing("again", initial_value="theirs")),
    )
    bot.answer = lambda ack: ack(response_action="update", view=again)
    form.fill({"Note": "mine"}).submit()
    assert form.fields == {"Note": "mine", "Note again": "theirs"}


def test_a_form_may_be_pushed_over_another_and_all_be_cleared(bot: Bot, form: Form, kim: Person) -> None:
    bot.answer = lambda ack: ack(response_action="push", view=modal(section("Sure?"), title="Confirm"))
    above = form.submit()
    assert isinstance(above, Form)
    assert above.title == "Confirm"
    bot.answer = lambda ack: ack(response_action="clear")
    assert above.submit() is None
    assert kim.form is None


def test_an_empty_answer_closes_only_the_form_that_was_sent(bot: Bot, form: Form, kim: Person) -> None:
    bot.answer = lambda ack: ack(response_action="push", view=modal(section("Sure?"), title="Confirm"))
    above = form.submit()
    assert isinstance(above, Form)
    bot.answer = lambda ack: ack()
    above.submit()
    assert kim.form
    assert kim.form.id == form.id


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"text": "Recorded"}, id="words"),
        pytest.param({"response_action": "errors", "errors": {"Reason": "x"}}, id="an error beside nothing"),
        pytest.param({"response_action": "errors", "errors": {}}, id="no errors"),
        pytest.param({"response_action": "errors", "errors": {"Note": ""}}, id="an error without words"),
        pytest.param({"response_action": "update"}, id="no form"),
        pytest.param({"response_action": "update", "view": modal(section(""))}, id="a form Slack refuses"),
    ],
)
def test_an_answer_that_slack_does_not_take_is_trouble_connecting_and_noted(
    slack: StandIn, bot: Bot, form: Form, answer: Json
) -> None:
    # Not by ack(), which refuses some of these itself.
    bot.answer = lambda _: BoltResponse(status=200, body=answer)
    with pytest.raises(TroubleConnecting):
        form.fill({"Note": "kept"}).submit()
    assert form.fields["Note"] == "kept"
    assert {fault.road for fault in slack.faults_found} == {"acknowledgement of a form"}


def test_a_late_answer_is_trouble_connecting(bot: Bot, form: Form) -> None:
    def late(ack: Any) -> None:
        time.sleep(3.3)
        ack()

    bot.answer = late
    with pytest.raises(TroubleConnecting):
        form.submit()
    assert form.is_open


def test_a_form_nobody_listens_for_is_trouble_connecting(slack: StandIn, bot: Bot, kim: Person) -> None:
    bot.form = FORM | {"callback_id": "unheard"}
    with pytest.raises(TroubleConnecting, match="404"):
        kim.opens_form("/recs update 15").submit()


def test_a_redelivered_form_is_the_very_same(slack: StandIn, bot: Bot, form: Form) -> None:
    form.fill({"Note": "once"}).submit()
    assert slack.redeliver() is None
    assert bot.sent[0] == bot.sent[1]


def test_closing_is_told_where_the_form_asks_for_it(slack: StandIn, bot: Bot, kim: Person) -> None:
    closed: list[Json] = []

    @bot.app.view_closed("update")
    def view_closed(ack: Any, body: Json) -> None:
        closed.append(body)
        ack()

    kim.opens_form("/recs update 15").close()
    bot.form = FORM | {"notify_on_close": True}
    form = kim.opens_form("/recs update 15")
    form.fill({"Note": "lost"}).close()
    (payload,) = closed
    assert (payload["view"]["id"], payload["is_cleared"], form.is_open) == (form.id, False, False)
    assert slack.faults_found == []


def test_a_closed_form_that_asked_to_be_told_of_and_was_not_heard_is_noted(
    slack: StandIn, bot: Bot, kim: Person
) -> None:
    bot.form = FORM | {"notify_on_close": True}
    kim.opens_form("/recs update 15").close()
    assert [fault.road for fault in slack.faults_found] == ["view_closed"]


def test_clear_on_close_closes_the_whole_stack(bot: Bot, form: Form, kim: Person) -> None:
    above = modal(section("Sure?"), title="Confirm", clear_on_close=True)
    bot.answer = lambda ack: ack(response_action="push", view=above)
    pushed = form.submit()
    assert isinstance(pushed, Form)
    pushed.close()
    assert not form.is_open


def test_a_form_comes_from_a_button_in_a_post(
    slack: StandIn, bot: Bot, kim: Person, client: WebClient
) -> None:
    client.chat_postMessage(channel="C0COORD", text="x", blocks=[actions(button("Update", "update"))])
    assert kim.clicks(slack.posts("C0COORD")[0], "Update", wait=60) is None
    assert kim.form
    assert "Note" in kim.form.fields


def test_a_form_comes_from_a_shortcut(slack: StandIn, bot: Bot, kim: Person) -> None:
    slack.add_shortcut("Record progress", "record")
    assert "Note" in kim.uses_shortcut("Record progress").fields
    with pytest.raises(LookupError, match="Record progress"):
        kim.uses_shortcut("Record")


def test_a_click_in_a_form_carries_the_form_with_its_entries(slack: StandIn, bot: Bot, kim: Person) -> None:
    bot.form = modal(field("Note", writing("note")), actions(button("Add a part", "entry", value="2")))
    form = kim.opens_form("/recs update 15")
    form.fill({"Note": "half done"})
    assert kim.clicks(form, "Add a part", wait=0.05) is None
    (click,) = bot.clicked
    assert click["container"] == {"type": "view", "view_id": form.id}
    assert click["view"]["state"]["values"]["Note"]["note"]["value"] == "half done"
    assert (click["actions"][0]["value"], click["actions"][0]["type"]) == ("2", "button")
    assert "response_url" not in click
    assert "message" not in click


def test_a_field_may_tell_of_each_change(slack: StandIn, bot: Bot, kim: Person) -> None:
    response = choosing("static_select", "Accepted", "Not accepted")
    bot.form = modal(field("Response", response, dispatch_action=True))

    @bot.app.middleware
    def ask_why(client: WebClient, body: Json, next: Any) -> None:
        if body.get("type") == "block_actions":
            view = modal(*bot.form["blocks"], field("Reason", writing("why")))
            client.views_update(view_id=body["view"]["id"], view=view)
        next()

    form = kim.opens_form("/recs update 15").fill({"Response": "Not accepted"}, wait=60)
    assert form.fields == {"Response": "Not accepted", "Reason": None}
    (change,) = bot.clicked
    assert change["actions"][0]["selected_option"] == option("Not accepted")


def test_two_people_have_forms_of_their_own(slack: StandIn, bot: Bot, form: Form) -> None:
    ed = slack.add_person("U0EDD", "Ed Moss")
    other = ed.opens_form("/recs update 15")
    other.fill({"Note": "his"})
    form.fill({"Note": "hers"})
    assert (other.fields["Note"], form.fields["Note"]) == ("his", "hers")
    other.submit()
    assert form.is_open


def test_a_menu_of_groups_is_chosen_from_like_any_other(slack: StandIn, bot: Bot, kim: Person) -> None:
    groups = [{"label": plain("Wales"), "options": [option("Gwent", "gwent")]}]
    body = {"type": "static_select", "action_id": "entry", "option_groups": groups}
    bot.form = modal(field("Body", body))
    kim.opens_form("/recs update 15").fill({"Body": "gwent"}).submit()
    assert bot.values["Body"]["selected_option"] == option("Gwent", "gwent")
