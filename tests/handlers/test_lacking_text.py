"""A command that lacks nothing but a text: it is offered, its form asks for the text, and records with it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.domain.questions.grammar.command import TakesText, Verb
from bot.domain.questions.grammar.verbs import VERBS
from bot.domain.refusals.recording import ReasonRequired
from bot.domain.register.people import ContactKind, PersonKey, Role
from bot.domain.values import replace
from bot.operations.recording.grant import Authority, grant
from bot.operations.request.context import Services
from bot.rendering.blocks.buttons import ASK_TEXT
from bot.rendering.blocks.recording.lacking_text import FORM
from bot.standin.examination import examine_view
from handlers import lacking_text, recs
from storage import bodies, people
from tests.cast import ALICE, BOB, CORA, ED, VIC, Register, occasion, person
from tests.handlers.front_door import FrontDoor, buttons, front_door
from tests.handlers.recording_slack import RecordingSlack
from tests.handlers.test_extend import Ack, click_in_home, sent
from tests.storage.audit import audit

Json = dict[str, Any]
LABELS = ("Say why it is complete", "Say on what", "Write the text", "Name the source", "Say why")


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    with front_door(f"sqlite:///{tmp_path_factory.mktemp('lacking') / 'recbot.db'}") as door:
        yield door


@pytest.fixture
def forms() -> RecordingSlack:
    return RecordingSlack()


@pytest.fixture
def services(register: Register, forms: RecordingSlack) -> Services:
    return replace(register.services(), views=forms)


def asking_buttons(reply: Json) -> list[str]:
    return [button["value"] for button in buttons(reply) if button["action_id"].startswith(f"{ASK_TEXT}-")]


@pytest.mark.parametrize(
    ("who", "typed", "commands", "asks"),
    [
        (ALICE, "can you put 16 down as done for us", ["complete 16 kent"], "with parts (a) and (b) open"),
        (ALICE, "we're stuck on 16", ["blocked 16 kent"], "what it is blocked on"),
        (ALICE, "we won't accept 25", ["decline 25 kent"], "ask why before"),
        (ALICE, "we have finished", ["complete 15 kent", "complete 16 kent"], "with parts open"),
        (CORA, "let Kent have until 30 April on 15", ["extend 15 kent 30 Apr 2025"], "ask why before"),
    ],
)
def test_what_lacks_a_text_is_offered_with_the_exact_command(
    door: FrontDoor, who: PersonKey, typed: str, commands: list[str], asks: str
) -> None:
    reply = door.types(who, typed)
    assert asking_buttons(reply) == commands
    assert asks in json.dumps(reply)
    assert "not record it" not in json.dumps(reply)


@pytest.mark.parametrize(
    ("who", "typed"),
    [
        (ALICE, "complete 16"),
        (ALICE, "decline 25"),
        (ALICE, "partly 25"),
        (ALICE, "blocked 16"),
        (ALICE, "note 16"),
        (ALICE, "expect 16 30 Jun 2025"),
        (ALICE, "extend 16 30 Jun 2025"),
        (CORA, "close 15 kent 3 Mar 2025"),
        (CORA, "withdraw 16"),
        (CORA, "withdraw 16 superseded by 25"),
        (CORA, "ask 15 kent"),
        (CORA, "party 16 NPCC reported on 1 Feb 2025:"),
    ],
)
def test_a_typed_command_gets_the_button_too(door: FrontDoor, who: PersonKey, typed: str) -> None:
    reply = door.types(who, typed)
    assert asking_buttons(reply) == [typed]
    assert "recbot will ask" not in json.dumps(reply)


@pytest.mark.parametrize(
    "verb", [verb for verb in VERBS if verb.text is not TakesText.NO], ids=lambda verb: verb.name
)
def test_a_button_that_asks_for_a_text_opens_the_form_and_never_the_same_answer_again(
    door: FrontDoor, verb: Verb
) -> None:
    for example in verb.examples:
        without_text = example.removeprefix("/recs ").partition(":")[0]
        for typed in (without_text, f"{without_text}:"):
            asking = [
                button for button in buttons(door.types(CORA, typed)) if button["text"]["text"] in LABELS
            ]
            assert all(button["action_id"].startswith(ASK_TEXT) for button in asking), typed


def test_who_may_not_record_is_offered_no_form(door: FrontDoor) -> None:
    for who in (VIC, ED):
        for typed in ("complete 16 kent", "please mark 16 as done for Kent"):
            assert asking_buttons(door.types(who, typed)) == []


def test_what_the_register_forbids_is_said_in_the_first_sentence(door: FrontDoor) -> None:
    reply = door.types(CORA, "please reopen 16 for Essex as the contract lapsed")
    assert reply["text"].startswith("Stalking 16 is not complete for Essex: it is not started")
    assert buttons(reply) == []
    assert "as the contract lapsed" in json.dumps(reply)


def opened(services: Services, forms: RecordingSlack, who: PersonKey, command: str) -> Json:
    pressed = {"action_id": f"{ASK_TEXT}-1", "value": command}
    lacking_text.offer_clicked(Ack(), click_in_home(who), pressed, services)  # type: ignore[arg-type]
    form: Json = forms.shown[-1]
    return form


def send(services: Services, who: PersonKey, form: Json, text: str, *, no_victim: bool = False) -> Ack:
    ack = Ack()
    values: Json = {FORM.field: {"value": text}}
    if no_victim:
        values["no-victim"] = {"selected_options": [{"value": "yes"}]}
    payload = sent(who, values, form["private_metadata"])
    lacking_text.text_sent(ack, *payload, services)  # type: ignore[arg-type]
    shown = [answer["view"] for answer in ack.answers if isinstance(answer, dict) and "view" in answer]
    assert all(examine_view(view, "modal") == [] for view in shown)
    return ack


@pytest.mark.parametrize(
    ("who", "command", "question"),
    [
        (ALICE, "complete 16 kent", "Why is stalking 16 complete with parts (a) and (b) open?"),
        (ALICE, "complete 15 kent", "Why is stalking 15 complete with part (a) open?"),
        (ALICE, "blocked 16 kent", "What is stalking 16 blocked on?"),
        (ALICE, "decline 25 kent", "Why does Kent not accept stalking 25?"),
        (ALICE, "partly 25 kent", "Why does Kent accept stalking 25 in part only?"),
        (ALICE, "note 16 kent", "What do you want to note?"),
        (CORA, "extend 15 kent 30 Apr 2025", "Why does Kent need until 30 April 2025?"),
        (CORA, "expect 15 kent 30 Jun 2025", "expect to be done with stalking 15 on 30 June 2025"),
        (CORA, "close 15 kent 3 Mar 2025", "Where does the inspectorate say that stalking 15 is closed"),
        (CORA, "ask 15 kent", "What do you want to ask?"),
        (CORA, "party 16 NPCC reported on 1 Feb 2025:", "What was reported on stalking 16?"),
    ],
)
def test_the_form_asks_for_what_is_lacking_and_records_with_it(
    services: Services, forms: RecordingSlack, who: PersonKey, command: str, question: str
) -> None:
    form = opened(services, forms, who, command)
    assert question in json.dumps(form)
    answer = json.dumps(send(services, who, form, "R&D <has> two providers").answers)
    assert ("NPCC" if command.startswith("party") else "Kent") in answer
    assert "R&amp;D" in answer or "R&D" in answer
    assert "Undo" in answer or command.startswith(("extend", "close", "ask", "party"))


def test_a_recommendation_is_withdrawn_only_after_its_reason_and_what_would_change_were_seen(
    services: Services, forms: RecordingSlack
) -> None:
    form = opened(services, forms, CORA, "withdraw 16 superseded by 25")
    assert "Why is stalking 16 withdrawn?" in json.dumps(form)
    assert "This shows what would change: withdraw 16 superseded by 25" in json.dumps(form)
    assert form["submit"]["text"] == "Show what would change"
    before = len(audit(f"sqlite:///{services.store.database.file}"))
    view = send(services, CORA, form, "it says the same").answers[0]["view"]
    assert "Stalking 16 would end, superseded by stalking 25" in json.dumps(view)
    (button,) = buttons(view)
    assert button["value"] == "withdraw stalking 16 superseded by stalking 25 anyway: it says the same"
    assert len(audit(f"sqlite:///{services.store.database.file}")) == before
    assert recs.ask(services, occasion(CORA), button["value"]).text.startswith("Stalking 16 is superseded")  # type: ignore[union-attr]


def test_a_question_to_a_body_is_sent_and_not_recorded(services: Services, forms: RecordingSlack) -> None:
    form = opened(services, forms, CORA, "ask 15 kent")
    assert (form["title"]["text"], form["submit"]["text"]) == ("Before it is sent", "Send")
    assert "This sends: ask 15 kent" in json.dumps(form)


def test_what_waits_for_approval_is_sent_back_with_the_reason_that_its_form_asks_for(
    register: Register, services: Services, forms: RecordingSlack
) -> None:
    authority = Authority(Role.CONTACT, register.body("kent"), ContactKind.APPROVER)
    grant(register.store, occasion(CORA), person(VIC), authority)
    register.says(ALICE, "accept 15")
    with pytest.raises(ReasonRequired):
        recs.ask(services, occasion(VIC), "send back 15")
    form = opened(services, forms, VIC, "send back 15")
    assert "What has Kent to change in what it recorded on stalking 15?" in json.dumps(form)
    answer = json.dumps(send(services, VIC, form, "the Commissioner has not seen it").answers)
    assert "Sent back for Kent" in answer
    assert "the Commissioner has not seen it" in answer


def test_the_form_sent_twice_records_once(services: Services, forms: RecordingSlack) -> None:
    form = opened(services, forms, ALICE, "complete 16 kent")
    url = f"sqlite:///{services.store.database.file}"
    before = len(audit(url))
    for _ in range(2):
        assert "stalking 16 is complete" in json.dumps(send(services, ALICE, form, "both are open").answers)
    assert len(audit(url)) == before + 1


def test_rights_are_read_again_when_the_form_is_sent(services: Services, forms: RecordingSlack) -> None:
    form = opened(services, forms, ALICE, "complete 16 kent")
    with services.store.begin() as connection:
        kent = next(body.code for body in bodies.everyone(connection) if body.slug == "kent")
        people.revoke(connection, ALICE, Role.CONTACT, kent)
    answer = json.dumps(send(services, ALICE, form, "both are open").answers)
    assert "errors" in answer
    assert "contact" in answer
    assert "submit" not in opened(services, forms, ALICE, "complete 16 kent")


def test_whoever_may_not_record_is_told_so_in_the_form(services: Services, forms: RecordingSlack) -> None:
    assert "submit" not in opened(services, forms, BOB, "complete 16 kent")


def test_a_text_that_may_identify_somebody_is_confirmed_in_the_form(
    services: Services, forms: RecordingSlack
) -> None:
    form = opened(services, forms, ALICE, "complete 16 kent")
    text = "call her on 07700 900123"
    again = send(services, ALICE, form, text).answers[0]
    assert again["response_action"] == "update"
    assert "phone number" in json.dumps(again)
    confirmed = json.dumps(send(services, ALICE, again["view"], text, no_victim=True).answers)
    assert "stalking 16 is complete" in confirmed


def test_nothing_is_recorded_without_a_text(services: Services, forms: RecordingSlack) -> None:
    form = opened(services, forms, ALICE, "complete 16 kent")
    assert send(services, ALICE, form, "   ").answers[0]["response_action"] == "errors"
