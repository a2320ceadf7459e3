"""Row 14: everybody can do and read what the policy gives them, for each body, and nothing else.

The policy is written out here once more, from the contract; whether something was done is read from the
history, and what was read from the reply."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from itertools import count
from typing import Any

import pytest
from slack_bolt import BoltRequest
from sqlalchemy import Engine, create_engine, text

from bot.domain.register.people import Membership, Person, PersonKey, Role
from storage import people
from storage.database import FOR_WORK, Database
from storage.store import Store
from tests.cast import CORA, GUS, HOME, NOW
from tests.handlers.front_door import FrontDoor, front_door
from tests.prove.payloads import Json, click, command, submission
from tests.prove.size import size

pytestmark = pytest.mark.prove

BODIES = size(4, 43)
OTHER = "T0OTHER"
LATER = NOW + timedelta(days=3650)
SECRET_NOTE, OPEN_NOTE = "canary-not-to-be-quoted", "canary-to-be-quoted"


class Who(Enum):
    """Everybody there can be, from where body X stands."""

    VIEWER = "a viewer"
    CONTACT = "a contact of X"
    CONTACT_ELSEWHERE = "a contact of another body"
    GUEST = "a guest"
    GUEST_CONTACT = "a guest who is a contact of X"
    STRANGER = "somebody of another organisation"
    STRANGER_CONTACT = "a contact of X of another organisation"
    LEFT = "a contact of X who has left"
    BOT = "a bot that was made a contact of X"
    UNKNOWN = "somebody Slack does not know"
    COORDINATOR = "a coordinator"
    ALWAYS_COORDINATOR = "a coordinator by the settings"


CONTACTS = {Who.CONTACT, Who.GUEST_CONTACT, Who.STRANGER_CONTACT}
COORDINATORS = {Who.COORDINATOR, Who.ALWAYS_COORDINATOR}
SEES = {Who.VIEWER, Who.CONTACT_ELSEWHERE} | CONTACTS | COORDINATORS
RECORDS = CONTACTS | COORDINATORS


@dataclass
class House:
    """The register, and everybody in it for each body."""

    door: FrontDoor
    engine: Engine
    store: Store
    bodies: tuple[tuple[str, str], ...]
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def types(self, who: PersonKey, text: str) -> Json:
        return self.sends(command(who, text, f"1.2.{next(self.numbers)}"))

    def clicks(self, who: PersonKey, action: str, value: object) -> None:
        self.sends(click(who, action, str(value), f"{next(self.numbers)}.1"))

    def sends(self, payload: Json) -> Json:
        """By Socket Mode, which needs no signature: it is the handlers that must tell who may."""
        response = self.door.app.dispatch(BoltRequest(mode="socket_mode", body=payload))
        assert response.status == 200
        answer: Json = json.loads(response.body) if response.body else {}
        return answer

    @property
    def seq(self) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(text("SELECT seq FROM chain_head")).scalar_one())

    def later_day(self) -> str:
        return f"{date(2026, 1, 1) + timedelta(days=next(self.numbers)):%d %b %Y}"


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    engine = create_engine(sqlite_url)
    database = Database(sqlite_url, FOR_WORK)
    with front_door(sqlite_url) as door:
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT slug, code FROM policing_bodies ORDER BY slug"))
            bodies = tuple((row[0], row[1]) for row in rows)
        store = Store(database, HOME)
        house = House(door, engine, store, bodies)
        with store.begin() as connection:
            for place, (slug, code) in enumerate(bodies):
                elsewhere = bodies[place - 1][1]
                for who in Who:
                    _enter(connection, who, slug, elsewhere if who is Who.CONTACT_ELSEWHERE else code)
        yield house
    database.close()
    engine.dispose()


MEMBERSHIPS = {
    Who.GUEST: Membership.GUEST,
    Who.GUEST_CONTACT: Membership.GUEST,
    Who.STRANGER: Membership.STRANGER,
    Who.STRANGER_CONTACT: Membership.STRANGER,
    Who.LEFT: Membership.DEACTIVATED,
    Who.BOT: Membership.BOT,
}


def key_of(who: Who, slug: str) -> PersonKey:
    if who is Who.ALWAYS_COORDINATOR:
        return CORA
    team = OTHER if who in (Who.STRANGER, Who.STRANGER_CONTACT) else HOME
    return PersonKey(team, f"U{who.name}{slug.upper().replace('-', '')}")


def _enter(connection: Any, who: Who, slug: str, body_code: str) -> None:
    if who in (Who.ALWAYS_COORDINATOR, Who.UNKNOWN):
        return
    key = key_of(who, slug)
    membership = MEMBERSHIPS.get(who, Membership.MEMBER)
    people.remember(connection, Person(key, f"{who.name} {slug}", membership, LATER))
    if who in CONTACTS | {Who.CONTACT_ELSEWHERE, Who.LEFT, Who.BOT}:
        people.grant(connection, key, Role.CONTACT, body_code, NOW)
    if who is Who.COORDINATOR:
        people.grant(connection, key, Role.COORDINATOR, "", NOW)


Act = Callable[[House, PersonKey, str], None]


@dataclass(frozen=True)
class Action:
    """`act` is tried by everybody; `allowed` are those to whom the policy gives it."""

    name: str
    act: Act
    allowed: set[Who]
    before: Act = lambda _house, _who, _slug: None


def typing(text: str) -> Act:
    return lambda house, who, slug: (
        house.types(who, text.format(x=slug, day=house.later_day(), n=next(house.numbers))),
        None,
    )[1]


def _as_cora(*texts: str) -> Act:
    def prepare(house: House, _who: PersonKey, slug: str) -> None:
        for typed in texts:
            house.types(CORA, typed.format(x=slug, n=next(house.numbers)))

    return prepare


def _ask_for_time(house: House, _who: PersonKey, slug: str) -> None:
    house.types(key_of(Who.CONTACT, slug), f"extend 16 {slug} {house.later_day()}: why")


def _pending(house: House, slug: str) -> int:
    """Return the latest request for more time on 16."""
    code = dict(house.bodies)[slug]
    with house.engine.connect() as connection:
        query = (
            "SELECT max(seq) FROM updates WHERE kind = 'extension asked for' AND body_code = :code"
            " AND recommendation_id = 'stalking-16'"
        )
        return int(connection.execute(text(query), {"code": code}).scalar_one())


def _decide(house: House, who: PersonKey, slug: str) -> None:
    seq = _pending(house, slug)
    house.clicks(who, f"grant-extension:{seq}", seq)


def _undo_of_another(house: House, who: PersonKey, slug: str) -> None:
    house.clicks(who, f"undo:{house.seq}", house.seq)


def _allow_quoting(house: House, who: PersonKey, slug: str) -> None:
    house.clicks(who, "allow-publishing", house.seq)


def _chosen(house: House, who: PersonKey, slug: str) -> None:
    house.clicks(who, "choose-1", f"note 15 {slug}: chosen {next(house.numbers)}")


def _by_form(house: House, who: PersonKey, slug: str) -> None:
    house.sends(_form_sent(house, who, slug))


NOBODY: set[Who] = set()
ACTIONS = (
    Action("accept", typing("accept 15 {x}"), RECORDS),
    Action("partly", typing("partly 15 {x}: reason {n}"), RECORDS),
    Action("decline", typing("decline 25 {x}: reason {n}"), RECORDS),
    Action("progress", typing("progress 15 {x} in progress: text {n}"), RECORDS),
    Action("complete", typing("complete 15 {x}: text {n}"), RECORDS),
    Action("note", typing("note 15 {x}: text {n}"), RECORDS),
    Action("a button that stands for a note", _chosen, RECORDS),
    Action("the form", _by_form, RECORDS),
    Action("allow quoting", _allow_quoting, RECORDS, before=_as_cora("note 15 {x}: quote me {n}")),
    Action("check", typing("check 15 {x}"), COORDINATORS, before=_as_cora("complete 15 {x}: done {n}")),
    Action(
        "reopen",
        typing("reopen 15 {x}: why {n}"),
        COORDINATORS,
        before=_as_cora("complete 15 {x}: done {n}", "check 15 {x}"),
    ),
    Action("more time, granted", _decide, COORDINATORS, before=_ask_for_time),
    Action(
        "grant",
        typing("grant <@U0GUS|gus> {x}"),
        COORDINATORS,
        before=_as_cora("revoke <@U0GUS|gus> {x} anyway"),
    ),
    Action(
        "revoke",
        typing("revoke <@U0GUS|gus> {x} anyway"),
        COORDINATORS,
        before=_as_cora("grant <@U0GUS|gus> {x}"),
    ),
    Action("make a coordinator", typing("grant <@U0ED|ed> coordinator"), COORDINATORS,
           before=_as_cora("revoke <@U0ED|ed> coordinator")),
    Action(
        "undo what another recorded",
        _undo_of_another,
        {Who.ALWAYS_COORDINATOR},
        before=_as_cora("note 15 {x}: mine {n}"),
    ),
    Action("withdraw", typing("withdraw 99: why"), NOBODY),
)  # fmt: skip


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_each_action_is_done_by_those_who_may_and_by_nobody_else(house: House, action: Action) -> None:
    wrong, tried = [], Counter[bool]()
    for slug, _ in house.bodies[:BODIES]:
        for who in Who:
            key = key_of(who, slug)
            action.before(house, key, slug)
            before = house.seq
            action.act(house, key, slug)
            done = house.seq > before
            tried[done] += 1
            if done is not (who in action.allowed):
                wrong.append((slug, who.value, "was done" if done else "was refused"))
    print(f"{action.name}: {tried[True]} done, {tried[False]} refused")
    assert wrong == []


def test_asking_for_more_time_is_the_contacts_and_granting_it_the_coordinators(house: House) -> None:
    wrong = []
    for slug, _ in house.bodies[:BODIES]:
        for who in Who:
            before = house.seq
            house.types(key_of(who, slug), f"extend 15 {slug} {house.later_day()}: why")
            expected = (
                "extension asked for"
                if who in CONTACTS
                else "extension granted"
                if who in COORDINATORS
                else None
            )
            if _kind_after(house, before) != expected:
                wrong.append((slug, who.value, _kind_after(house, before)))
            if who in CONTACTS:
                house.clicks(CORA, f"grant-extension:{house.seq}", house.seq)
    assert wrong == []


def _kind_after(house: House, before: int) -> str | None:
    with house.engine.connect() as connection:
        query = "SELECT kind FROM updates WHERE seq > :before ORDER BY seq LIMIT 1"
        kind = connection.execute(text(query), {"before": before}).scalar()
    return str(kind) if kind else None


READINGS = ("15 {x}", "history 15 {x}", "history {x}", "search canary", "{x}", "changes since 1 Jan 2025")
SHOWS_TEXTS = READINGS[:4]


def test_texts_are_read_by_those_who_may_and_by_nobody_else(house: House) -> None:
    wrong, read = [], Counter[str]()
    for slug, _ in house.bodies[:BODIES]:
        secret, open_ = f"{SECRET_NOTE}-{slug}.", f"{OPEN_NOTE}-{slug}."
        house.types(CORA, f"note 15 {slug}: {open_}")
        house.clicks(CORA, "allow-publishing", house.seq)
        house.types(CORA, f"note 15 {slug}: {secret}")
        for who in Who:
            for reading in READINGS:
                shown = json.dumps(house.types(key_of(who, slug), reading.format(x=slug)))
                if who not in SEES and (
                    "canary" in shown.replace("search canary", "") or "accepted" in shown
                ):
                    wrong.append((slug, who.value, reading, "sees the register"))
                if who not in RECORDS and secret in shown:
                    wrong.append((slug, who.value, reading, "reads what is not to be quoted"))
                if reading in SHOWS_TEXTS and reading != "search canary":
                    if who in RECORDS and secret not in shown:
                        wrong.append((slug, who.value, reading, "cannot read what they may"))
                    if who in SEES and open_ not in shown:
                        wrong.append((slug, who.value, reading, "cannot read what all may"))
                read[who.value] += SECRET_NOTE in shown
    print(dict(read))
    assert wrong == []


SHAPES: dict[str, tuple[Callable[[Json, PersonKey], Json], bool]] = {
    "as it should be": (lambda payload, who: payload, True),
    "the same user id in another organisation": (lambda payload, who: _of_team(payload, OTHER), False),
    "no team": (lambda payload, who: _of_team(payload, None), False),
    "an empty team": (lambda payload, who: _of_team(payload, ""), False),
    "in a shared channel of another workspace": (
        lambda payload, who: {**payload, **_elsewhere(payload)},
        True,
    ),
    "from an enterprise grid": (
        lambda payload, who: {
            **payload,
            "enterprise_id": "E0GRID",
            "enterprise": {"id": "E0GRID"},
            "is_enterprise_install": "false",
        },
        True,
    ),
}


def _of_team(payload: Json, team: str | None) -> Json:
    """Return the person's own team, which is what they are known by."""
    if "command" in payload:
        return {**payload, "team_id": team}
    return {**payload, "user": {**payload["user"], "team_id": team}}


def _elsewhere(payload: Json) -> Json:
    """Change what the payload says of the place, not of the person."""
    if "command" in payload:
        return {"channel_id": "C0SHARED", "team_domain": "elsewhere"}
    return {"team": {"id": OTHER, "domain": "elsewhere"}, "channel": {"id": "C0SHARED", "name": "shared"}}


def _form_sent(house: House, who: PersonKey, slug: str) -> Json:
    """Send a form that Cora opened as somebody else: what it carries gives no rights."""
    view = house.door.types(CORA, f"update 15 {slug}")
    number = next(house.numbers)
    entry = {"note": {"type": "plain_text_input", "value": f"by form {number}"}}
    return submission(who, view, entry, f"V{number}")


def _button_clicked(house: House, who: PersonKey, slug: str) -> Json:
    number = next(house.numbers)
    return click(who, "choose-1", f"note 15 {slug}: clicked {number}", f"{number}.1")


def _command_typed(house: House, who: PersonKey, slug: str) -> Json:
    number = next(house.numbers)
    return command(who, f"note 15 {slug}: typed {number}", f"1.2.{number}")


ASKINGS = {"command": _command_typed, "button": _button_clicked, "form": _form_sent}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_person_is_the_user_with_their_own_team_in_every_shape_of_slack_connect(
    house: House, shape: str
) -> None:
    change, allowed = SHAPES[shape]
    wrong = []
    for slug, _ in house.bodies[:BODIES]:
        for who in (Who.CONTACT, Who.GUEST_CONTACT, Who.COORDINATOR):
            key = key_of(who, slug)
            for kind, asking in ASKINGS.items():
                payload = asking(house, key, slug)
                before = house.seq
                house.sends(change(payload, key))
                if (house.seq > before) is not allowed:
                    wrong.append((slug, who.value, kind))
    assert wrong == []


def test_a_role_that_is_taken_away_is_gone_for_what_was_opened_before(house: House) -> None:
    for slug, code in house.bodies[:BODIES]:
        key = key_of(Who.CONTACT, slug)
        view = house.door.types(key, f"update 15 {slug}")
        with house.store.begin() as connection:
            people.revoke(connection, key, Role.CONTACT, code)
        before = house.seq
        entry = {"note": {"type": "plain_text_input", "value": "too late"}}
        house.sends(submission(key, view, entry, f"V{next(house.numbers)}"))
        assert house.seq == before


def test_nobody_who_may_not_see_is_told_more_than_that(house: House) -> None:
    shown = house.types(GUS, "15")
    assert shown["text"] == "You cannot see the register yet."
