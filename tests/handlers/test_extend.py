"""**Grant** and **Refuse** where a click has no message to answer in, and forms that come too late."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.domain.questions.grammar.problems import NotUnderstood
from bot.domain.register.people import PersonKey, Role
from bot.domain.values import replace
from bot.operations.request.context import Services
from bot.rendering.blocks.recording import extend as blocks
from handlers import add, extend, recs
from storage import open_requests, people
from storage.database import Busy
from tests.cast import ALICE, CORA, VIC, Register, occasion
from tests.handlers.recording_slack import RecordingSlack
from tests.handlers.slack_errors import refusal

Json = dict[str, Any]


@dataclass
class Ack:
    """Keeps what Slack would be answered."""

    answers: list[Any] = field(default_factory=list)

    def __call__(self, answer: Any = "", **fields: Any) -> None:
        self.answers.append(fields or answer)


@pytest.fixture
def forms() -> Iterator[RecordingSlack]:
    made = RecordingSlack()
    yield made
    # Nothing is pressed in an open form here, and no Home is drawn.
    assert {"views_push", "views_publish"}.isdisjoint(made.methods)


@pytest.fixture
def services(register: Register, forms: RecordingSlack) -> Services:
    return replace(register.services(), views=forms)


def asked_for_kent(services: Services) -> int:
    screen = recs.ask(services, occasion(ALICE), "extend 15 30 Apr 2025: the provider starts")
    assert screen
    with services.store.reading() as connection:
        (waiting,) = open_requests.undecided(connection, limit=5)
    return waiting.seq


def click_in_home(who: PersonKey) -> Json:
    user = {"id": who.user_id, "team_id": who.team_id}
    return {"user": user, "container": {"type": "view", "view_id": "VHOME"}, "trigger_id": "1"}


def sent(who: PersonKey, values: Json, metadata: str, view_id: str = "V1") -> tuple[Json, Json]:
    """A form's payload, and its view."""
    by_field = {name: {name: element} for name, element in values.items()}
    view = {"id": view_id, "private_metadata": metadata, "state": {"values": by_field}}
    return {"user": {"id": who.user_id, "team_id": who.team_id}}, view


def action(name: str, seq: int) -> Json:
    return {"action_id": f"{name}:{seq}", "value": str(seq)}


def is_waiting(services: Services) -> bool:
    with services.store.reading() as connection:
        return bool(open_requests.undecided(connection, limit=5))


def grants(services: Services, who: PersonKey, seq: int) -> None:
    extend.grant_clicked(Ack(), click_in_home(who), action(blocks.GRANT, seq), services)  # type: ignore[arg-type]


def refuses(services: Services, who: PersonKey, seq: int, reason: str) -> Ack:
    ack = Ack()
    metadata = f'{{"seq": {seq}, "response_url": ""}}'
    extend.refuse_sent(ack, *sent(who, {blocks.REFUSAL_FORM.field: {"value": reason}}, metadata), services)  # type: ignore[arg-type]
    return ack


def test_a_grant_from_home_is_said_in_a_form_and_has_homes_drawn_anew(
    services: Services, forms: RecordingSlack
) -> None:
    redrawn: list[tuple[PersonKey, str | None]] = []
    services = replace(services, changed=lambda who, body_code: redrawn.append((who, body_code)))
    seq = asked_for_kent(services)
    redrawn.clear()
    grants(services, CORA, seq)
    assert not is_waiting(services)
    assert "Granted: stalking 15, Kent" in str(forms.shown)
    assert [who for who, _ in redrawn] == [CORA]


def test_what_a_click_in_home_could_not_do_is_said_in_a_form(
    services: Services, forms: RecordingSlack
) -> None:
    seq = asked_for_kent(services)
    grants(services, VIC, seq)
    assert "Only coordinators can do this." in str(forms.shown[-1])
    grants(services, CORA, seq)
    grants(services, CORA, seq)
    assert "Decided already by Cora Lane" in str(forms.shown[-1])


def test_the_form_for_the_reason_opens_at_once_and_is_filled_after(
    services: Services, forms: RecordingSlack
) -> None:
    seq = asked_for_kent(services)
    extend.refuse_clicked(Ack(), click_in_home(CORA), action(blocks.REFUSE, seq), services)  # type: ignore[arg-type]
    opened, filled = forms.shown
    assert "Loading" in str(opened)
    assert "Kent asks for more time on stalking 15" in str(filled)


def test_a_form_opened_before_a_revocation_refuses_nothing(services: Services, forms: RecordingSlack) -> None:
    with services.store.begin() as connection:
        people.grant(connection, VIC, Role.COORDINATOR, "", occasion(VIC).instant)
    seq = asked_for_kent(services)
    with services.store.begin() as connection:
        people.revoke(connection, VIC, Role.COORDINATOR, "")
    ack = refuses(services, VIC, seq, "no")
    assert "Only coordinators can do this." in str(ack.answers)
    assert is_waiting(services)


def test_a_refusal_sent_twice_is_told_once_and_the_second_is_told_so(services: Services) -> None:
    seq = asked_for_kent(services)
    refuses(services, CORA, seq, "no room")
    again = refuses(services, CORA, seq, "no room")
    assert "Decided already by Cora Lane" in str(again.answers)


def test_a_form_that_does_not_open_is_said_in_words(services: Services, forms: RecordingSlack) -> None:
    forms.broken["views_open"] = refusal("expired_trigger_id")
    shown = recs.ask(services, replace(occasion(CORA), trigger="1"), "add report")
    assert shown
    assert shown.text == "The form could not be opened, and nothing was changed."


def test_what_was_looked_at_is_no_licence_to_add_after_a_revocation(services: Services) -> None:
    with services.store.begin() as connection:
        people.grant(connection, VIC, Role.COORDINATOR, "", occasion(VIC).instant)
    values = {
        "title": {"value": "Violence against women"},
        "key": {"value": "vawg"},
        "publishers": {"value": "HMICFRS"},
        "published": {"selected_date": "2025-01-15"},
    }
    ack = Ack()
    add.report_sent(ack, *sent(VIC, values, ""), services)  # type: ignore[arg-type]
    looked = ack.answers[0]["view"]
    assert looked["submit"]["text"] == "Add"
    with services.store.begin() as connection:
        people.revoke(connection, VIC, Role.COORDINATOR, "")
    add.report_sent(ack, *sent(VIC, values, looked["private_metadata"]), services)  # type: ignore[arg-type]
    assert "Only coordinators can do this." in str(ack.answers[1])
    with pytest.raises(NotUnderstood):
        recs.ask(services, occasion(VIC), "vawg")


def test_what_was_written_in_a_form_is_kept_where_nothing_could_be_saved(services: Services) -> None:
    class BusyStore:
        home_team = services.store.home_team
        key_of = services.store.key_of

        def begin(self) -> None:
            raise Busy

        reading = begin

    seq = asked_for_kent(services)
    busy = replace(services, store=BusyStore())  # type: ignore[arg-type]
    entered = {"number": {"value": "28"}, "wording": {"value": "Long in the writing"}}
    scope = {"scope": {"selected_option": {"value": "all"}}}
    ack = Ack()
    add.report_sent(ack, *sent(CORA, {"title": {"value": "Violence"}}, ""), busy)  # type: ignore[arg-type]
    add.recommendation_sent(ack, *sent(CORA, entered | scope, '{"report": "stalking"}'), busy)  # type: ignore[arg-type]
    answers = [*ack.answers, *refuses(busy, CORA, seq, "Long in the writing").answers]
    assert [(refused["response_action"], list(refused["errors"])) for refused in answers] == [
        ("errors", ["title"]),
        ("errors", ["wording"]),
        ("errors", ["reason"]),
    ]
    assert all("nothing was saved" in str(refused) for refused in answers)


def test_what_was_written_is_kept_where_the_form_could_not_be_shown_again(services: Services) -> None:
    """The store answers once, and is busy when the form is drawn anew."""

    class BusyNextTime:
        def __init__(self, answers: int) -> None:
            self._answers = answers

        def __getattr__(self, name: str) -> Any:
            return getattr(services.store, name)

        def reading(self) -> Any:
            self._answers -= 1
            if self._answers < 0:
                raise Busy
            return services.store.reading()

    entered = {
        "number": {"value": "28"},
        "wording": {"value": "Long in the writing"},
        "scope": {"selected_option": {"value": "all"}},
    }
    victim = {"wording": {"value": "Ring the victim Jane Smith on 07700 900123"}}
    for values in (entered, entered | victim):
        ack = Ack()
        busy = replace(services, store=BusyNextTime(1))  # type: ignore[arg-type]
        add.recommendation_sent(ack, *sent(CORA, values, '{"report": "stalking"}'), busy)  # type: ignore[arg-type]
        (answer,) = ack.answers
        assert (answer["response_action"], list(answer["errors"])) == ("errors", ["wording"])
    busy = replace(services, store=BusyNextTime(0))  # type: ignore[arg-type]
    (answer,) = refuses(
        busy, CORA, asked_for_kent(services), "The victim Jane Smith is on 07700 900123"
    ).answers
    assert (answer["response_action"], list(answer["errors"])) == ("errors", ["reason"])
