"""The form at the front door of the handlers: when it opens, what it says, and what it never loses."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import UpdateForm
from bot.domain.register.people import PersonKey, Role
from bot.domain.values import replace
from bot.operations.request.context import Services
from bot.rendering.screen import Screen
from bot.standin.block_kit import view_faults
from handlers import errors, update
from storage import people, updates
from storage.database import Busy
from tests.cast import ALICE, CORA, HOME, VIC, Register, occasion
from tests.handlers.recording_slack import RecordingSlack
from tests.handlers.slack_errors import refusal

Json = dict[str, Any]


@dataclass
class Answer:
    """What a listener acknowledged with."""

    content: Json = field(default_factory=dict)

    def __call__(self, **content: Any) -> None:
        self.content = content

    @property
    def errors(self) -> Json:
        assert self.content["response_action"] == "errors"
        errors: Json = self.content["errors"]
        return errors

    @property
    def view(self) -> Json:
        assert self.content["response_action"] == "update"
        assert view_faults(self.content["view"], "modal") == []
        view: Json = self.content["view"]
        return view


@pytest.fixture
def slack() -> Iterator[RecordingSlack]:
    made = RecordingSlack()
    yield made
    # Nothing is pressed in an open form here, and no Home is drawn.
    assert {"views_push", "views_publish"}.isdisjoint(made.methods)


@pytest.fixture
def services(register: Register, slack: RecordingSlack) -> Services:
    return replace(register.services(), views=slack)


def opens(services: Services, who: PersonKey = ALICE, body: str = "", number: str = "15") -> Screen | None:
    named = Register(services.store).body(body) if body else None
    return update.update(services, occasion(who), UpdateForm((Ref(None, number),), named))


def payload(who: PersonKey, view: Json, **chosen: Json) -> Json:
    """A form as it is sent: with what it began with, but for what was `chosen` in its fields."""
    values: Json = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            name = block["element"]["action_id"]
            values[block["block_id"]] = {name: chosen.get(name, _beginning(block["element"]))}
    sent = {**view, "id": "V1", "state": {"values": values}}
    return {"type": "view_submission", "user": {"id": who.user_id, "team_id": who.team_id}, "view": sent}


def _beginning(element: Json) -> Json:
    return {
        "value": element.get("initial_value"),
        "selected_option": element.get("initial_option"),
        "selected_options": element.get("initial_options", []),
        "selected_date": element.get("initial_date"),
    }


def text(words: str) -> Json:
    return {"value": words}


def option(value: str) -> Json:
    return {"selected_option": {"value": value}}


def sends(services: Services, body: Json) -> Answer:
    answer = Answer()
    update.submitted(answer, body, body["view"], services)  # type: ignore[arg-type]
    return answer


def recorded(services: Services) -> list[str]:
    with services.store.reading() as connection:
        return [recording.draft.text for recording in updates.last_recordings_by(connection, ALICE, 10)]


def test_the_form_opens_before_it_is_filled(services: Services, slack: RecordingSlack) -> None:
    assert opens(services) is None
    assert slack.methods == ["views_open", "views_update"]


def test_a_form_that_slack_does_not_open_is_said_in_words(services: Services, slack: RecordingSlack) -> None:
    slack.broken["views_open"] = refusal("expired_trigger_id")
    shown = opens(services)
    assert shown is not None
    assert "could not be opened" in shown.text


def test_a_refusal_appears_in_the_form(services: Services, slack: RecordingSlack) -> None:
    opens(services, VIC)
    assert "you are not a contact of any body yet" in json.dumps(slack.forms["V1"])
    assert "submit" not in slack.forms["V1"]


def test_what_was_picked_and_not_yet_shown_is_shown_and_not_recorded(
    services: Services, slack: RecordingSlack
) -> None:
    opens(services, CORA, "kent")
    surrey = Register(services.store).body("surrey").code
    body = payload(CORA, slack.forms["V1"], **{"update-body": option(surrey), "note": text("for Surrey")})
    shown = sends(services, body).view
    assert "Stalking 15, Surrey" in json.dumps(shown)
    assert "for Surrey" in json.dumps(shown)
    with services.store.reading() as connection:
        assert updates.last_recordings_by(connection, CORA, 10) == ()


def test_picking_a_body_shows_what_stands_there(services: Services, slack: RecordingSlack) -> None:
    opens(services, CORA)
    assert [block["label"]["text"] for block in slack.forms["V1"]["blocks"]] == ["Body"]
    kent = Register(services.store).body("kent").code
    update.body_chosen(Answer(), payload(CORA, slack.forms["V1"], **{"update-body": option(kent)}), services)  # type: ignore[arg-type]
    assert "Stalking 15, Kent" in json.dumps(slack.forms["V1"])


class BusyStore:
    home_team = HOME

    def key_of(self, who: PersonKey) -> PersonKey:
        return who

    def begin(self) -> None:
        raise Busy

    begin_short = reading = begin


def test_a_busy_store_keeps_the_form_and_its_words(services: Services, slack: RecordingSlack) -> None:
    opens(services)
    body = payload(ALICE, slack.forms["V1"], note=text("we met"))
    answer = sends(replace(services, store=BusyStore()), body)  # type: ignore[arg-type]
    assert list(answer.errors.values()) == ["Busy: nothing was saved. Please try again in a minute."]


def test_another_body_picked_while_the_store_is_busy_loses_no_word(
    services: Services, slack: RecordingSlack
) -> None:
    opens(services, CORA, "kent")
    before = slack.forms["V1"]
    surrey = Register(services.store).body("surrey").code
    body = payload(CORA, before, **{"update-body": option(surrey), "note": text("for Surrey")})
    busy = replace(services, store=BusyStore())  # type: ignore[arg-type]
    update.body_chosen(Answer(), body, busy)  # type: ignore[arg-type]
    assert slack.forms["V1"] is before
    answer = sends(busy, body)
    assert list(answer.errors.values()) == ["Busy: nothing was saved. Please try again in a minute."]


def test_an_unforeseen_failure_keeps_the_form_and_its_words(
    services: Services, slack: RecordingSlack
) -> None:
    opens(services)
    body = payload(ALICE, slack.forms["V1"], note=text("we met"))
    response = errors.failed(RuntimeError("we met"), body, services)
    answer = json.loads(str(response.body))
    assert answer["response_action"] == "errors"
    (words,) = answer["errors"].values()
    assert words.startswith("Something went wrong, and nothing was saved.")
    sends(services, body)
    after = json.loads(str(errors.failed(RuntimeError(), body, services).body))
    assert next(iter(after["errors"].values())).startswith("It was saved")


def test_a_failure_is_answered_however_much_else_fails(services: Services) -> None:
    class BrokenStore:
        def reading(self) -> None:
            raise RuntimeError("permission denied")

    broken = replace(services, store=BrokenStore())  # type: ignore[arg-type]
    command = {"command": "/recs", "text": "note 15: we met"}
    for body in (command, {**command, "trigger_id": "1.2"}):
        response = errors.failed(RuntimeError(), body, broken)
        answer = json.loads(str(response.body))
        assert response.status == 200
        assert answer["text"] == "Something went wrong, and I cannot tell whether it was saved."
        assert "we met" in str(answer["blocks"])


def test_a_rule_of_recording_is_told_beside_its_field(services: Services, slack: RecordingSlack) -> None:
    opens(services)
    answer = sends(services, payload(ALICE, slack.forms["V1"], progress=option("blocked")))
    assert answer.errors == {"note": "Say on what it is blocked."}
    assert recorded(services) == []


def test_a_revoked_contact_is_refused_and_keeps_the_form(
    register: Register, services: Services, slack: RecordingSlack
) -> None:
    opens(services)
    with register.store.begin() as connection:
        people.revoke(connection, ALICE, Role.CONTACT, register.body("kent").code)
    answer = sends(services, payload(ALICE, slack.forms["V1"], note=text("too late")))
    (words,) = answer.errors.values()
    assert words.startswith("Only Kent's contacts can record for Kent.")
    assert recorded(services) == []


def test_the_form_is_shown_anew_where_somebody_recorded_meanwhile(
    register: Register, services: Services, slack: RecordingSlack
) -> None:
    opens(services)
    register.says(CORA, "progress 15 kent blocked: told by phone")
    answer = sends(services, payload(ALICE, slack.forms["V1"], note=text("her own words")))
    shown = json.dumps(answer.view, ensure_ascii=False)
    assert "Cora Lane on behalf recorded “blocked” on stalking 15 at 10:04, while you were writing" in shown
    assert "her own words" in shown
    again = sends(services, payload(ALICE, answer.view))
    assert "Recorded for Kent: a note on stalking 15." in json.dumps(again.view)
    assert recorded(services) == ["her own words"]


def test_what_may_identify_a_victim_is_asked_about_and_then_recorded(
    services: Services, slack: RecordingSlack
) -> None:
    opens(services)
    words = "ring her on 07700 900123"
    view = sends(services, payload(ALICE, slack.forms["V1"], note=text(words))).view
    assert "This looks like a phone number" in json.dumps(view)
    assert recorded(services) == []
    ticked = {"selected_options": [{"value": "yes"}]}
    sends(services, payload(ALICE, view, **{"no-victim": ticked}))
    assert recorded(services) == [words]


def clicked(services: Services, who: PersonKey, value: str) -> None:
    click: Json = {
        "user": {"id": who.user_id, "team_id": who.team_id},
        "container": {"message_ts": "1", "channel_id": "C1"},
        "trigger_id": "T1",
    }
    update.update_clicked(Answer(), click, {"action_id": "update:x", "value": value}, services)  # type: ignore[arg-type]


def test_the_button_opens_the_form_by_the_rights_of_whoever_clicks(
    register: Register, services: Services, slack: RecordingSlack
) -> None:
    for_kent = f"stalking-15 {register.body('kent').code}"
    clicked(services, ALICE, for_kent)
    assert "Stalking 15, Kent" in json.dumps(slack.forms["V1"])
    clicked(services, VIC, for_kent)
    assert "Only Kent's contacts can record for Kent." in json.dumps(slack.forms["V2"])


def test_a_button_for_everybody_opens_the_form_for_ones_own_body(
    services: Services, slack: RecordingSlack
) -> None:
    clicked(services, ALICE, "stalking-15")
    assert "Stalking 15, Kent" in json.dumps(slack.forms["V1"])
    clicked(services, ALICE, "update")
    assert ticked(slack.forms["V2"]) == []


def test_another_persons_words_cannot_be_corrected(
    register: Register, services: Services, slack: RecordingSlack
) -> None:
    seq = register.says(ALICE, "note 15: we met")
    click: Json = {"user": {"id": CORA.user_id, "team_id": CORA.team_id}, "container": {}, "trigger_id": "T1"}
    update.correct_clicked(Answer(), click, {"action_id": "correct", "value": str(seq)}, services)  # type: ignore[arg-type]
    assert "Only the person who recorded this" in json.dumps(slack.forms["V1"])


def ticked(view: Json) -> list[str]:
    (field,) = [block["element"] for block in view["blocks"] if "Recommendations" in str(block.get("label"))]
    return [option["value"] for option in field.get("initial_options", [])]


def ticks(*numbers: str) -> Json:
    return {"selected_options": [{"value": f"stalking-{number}"} for number in numbers]}


def test_update_all_ticks_all_that_the_body_has_open(
    register: Register, services: Services, slack: RecordingSlack
) -> None:
    register.says(ALICE, "complete 16: done")
    kent = register.body("kent").code
    for value in (kent, "update-all"):
        click: Json = {
            "user": {"id": ALICE.user_id, "team_id": ALICE.team_id}, "container": {}, "trigger_id": "T1"
        }  # fmt: skip
        update.update_all_clicked(Answer(), click, {"action_id": "update-all", "value": value}, services)  # type: ignore[arg-type]
    assert ticked(slack.forms["V1"]) == ticked(slack.forms["V2"]) == ["stalking-15", "stalking-25"]


def test_the_answer_is_changed_in_the_form_with_what_was_entered_kept(
    services: Services, slack: RecordingSlack
) -> None:
    opens(services)
    entered = {"progress": option("blocked"), "note": text("no funding")}
    update.change_the_answer(Answer(), payload(ALICE, slack.forms["V1"], **entered), services)  # type: ignore[arg-type]
    view = slack.forms["V1"]
    labels = {block["label"]["text"]: block["element"] for block in view["blocks"] if "label" in block}
    assert labels["Response"]["initial_option"]["value"] == "accepted"
    assert labels["Progress"]["initial_option"]["value"] == "blocked"
    assert labels["Note"]["initial_value"] == "no funding"
    declined = {"response": option("not accepted"), "reason": text("no such service")}
    shown = json.dumps(sends(services, payload(ALICE, view, **declined)).view)
    assert "Recorded for Kent: stalking 15 is not accepted and blocked." in shown


def test_nothing_is_recorded_with_nothing_ticked(services: Services, slack: RecordingSlack) -> None:
    clicked(services, ALICE, "update")
    answer = sends(services, payload(ALICE, slack.forms["V1"], note=text("we met")))
    assert list(answer.errors.values()) == ["Tick at least one recommendation."]
    ticked = {"update-recommendations": ticks("16"), "note": text("we met")}
    assert "a note on stalking 16" in json.dumps(
        sends(services, payload(ALICE, slack.forms["V1"], **ticked)).view
    )


def test_the_shortcut_ticks_all_that_is_open(services: Services, slack: RecordingSlack) -> None:
    shortcut = {"user": {"id": ALICE.user_id, "team_id": ALICE.team_id}, "trigger_id": "T1"}
    update.record_progress(Answer(), shortcut, services)  # type: ignore[arg-type]
    assert ticked(slack.forms["V1"]) == ["stalking-15", "stalking-16", "stalking-25"]


def test_homes_are_drawn_anew_once_something_was_recorded(services: Services, slack: RecordingSlack) -> None:
    changes: list[tuple[PersonKey, str | None]] = []
    services = replace(services, changed=lambda who, body: changes.append((who, body)))
    opens(services)
    body = payload(ALICE, slack.forms["V1"], note=text("we met"))
    sends(services, body)
    sends(services, body)
    assert changes == [(ALICE, Register(services.store).body("kent").code)]


def test_a_form_left_open_records_for_another_recommendation_too(
    services: Services, slack: RecordingSlack
) -> None:
    clicked(services, ALICE, "update")
    progress = option("in progress")

    def sent(number: str, view: Json) -> Json:
        picked = {"update-recommendations": ticks(number), "progress": progress}
        return sends(services, payload(ALICE, view, **picked)).view

    assert "Recorded for Kent: stalking 15 is in progress." in json.dumps(sent("15", slack.forms["V1"]))
    # Slack may have told the sender that the first sending failed: then the form stays as it is.
    again = sent("16", slack.forms["V1"])
    assert "recorded “in progress” on stalking 15" in json.dumps(again, ensure_ascii=False)
    assert ticked(again) == ["stalking-16"]
    assert "Recorded for Kent: stalking 16 is in progress." in json.dumps(sent("16", again))
    assert len(recorded(services)) == 2
