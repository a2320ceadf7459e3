"""The real Bolt app, with a register of its own for each asker, in which always the same things happened."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count, product
from pathlib import Path
from typing import Any, NamedTuple

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.listener import Listener
from slack_sdk import WebClient
from sqlalchemy import Connection, update

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.slots import Slot
from bot.domain.register.following import Follow, Reader, Subject
from bot.domain.register.people import ContactKind, Membership, PersonKey, Role
from bot.operations.recording import ask_body, extend, quoting, report_setting
from bot.operations.request.context import DroppedFile, Services
from bot.operations.request.name_book import NameBook
from bot.operations.request.schedule_plan import SchedulePlan
from bot.rendering.blocks.recording import ask_body as asking
from bot.rendering.blocks.recording import extend as extending
from bot.rendering.blocks.recording.imports import RECORD_ALL
from bot.runtime.clock import StartingClock
from bot.runtime.wiring.slack_app import create_app
from bot.runtime.wiring.slack_clients import Identity
from storage import deliveries, follows, people, snoozes
from storage.database import FOR_WORK, Database
from storage.store import Store
from storage.tables.bodies import policing_bodies
from storage.tables.deliveries import deliveries as deliveries_table
from storage.tables.metadata import metadata
from storage.tables.people import people as people_table
from tests import cast
from tests.cast import ALICE, CORA, ED, GUS, HOME, NOW, VIC, Register, occasion
from tests.handlers.recording_slack import RecordingSlack

Json = dict[str, Any]

# Somebody whom the tests make all kinds of askers, and words that only some askers may read.
PIP = "U0PIP"
SECRET = "Xylophone"

_QUESTIONS = ask_body.Messages(question=asking.question_message, answer=asking.answer_message)
_MESSAGES = extend.Messages(request=extending.request_message, decision=extending.decision_message)
# What Slack said of somebody is no part of the register, nor is what is to be sent.
_REGISTER = [table.name for table in metadata.sorted_tables if table not in (people_table, deliveries_table)]


@dataclass(frozen=True)
class Asker:
    """`granted` is nothing, contact or coordinator; a contact's `body` is their own, another, or one that
    ended."""

    granted: str
    membership: Membership
    body: str = "own"

    @property
    def key(self) -> PersonKey:
        return PersonKey("T0OTHER" if self.membership is Membership.STRANGER else HOME, PIP)

    @property
    def target(self) -> str:
        """The body that is acted for, as it is typed."""
        return "gwent" if self.body == "ended" else "kent"


# A form that somebody sends.
SENT_FORM = "V0SENT"


@dataclass(frozen=True)
class Happened:
    """The numbers of the updates that were recorded beforehand, the code of the body acted for, and the key
    of a message of which nobody knows whether it came."""

    secret: int
    published: int
    own: int
    request: int
    question: int
    for_approval: int
    body_code: str
    doubted: str


class OneAfterTheOther:
    """The register of the moment, so that one app can serve them all."""

    def __init__(self) -> None:
        self.now: Database | None = None

    def begin(self) -> AbstractContextManager[Connection]:
        return self._there.begin()

    def begin_short(self) -> AbstractContextManager[Connection]:
        return self._there.begin_short()

    def reading(self) -> AbstractContextManager[Connection]:
        return self._there.reading()

    def autocommit_read(self) -> AbstractContextManager[Connection]:
        return self._there.autocommit_read()

    def data_version(self) -> int:
        # Of this register, since another may have the same number, or the same snapshot.
        return hash((id(self._there), self._there.data_version()))

    @property
    def _there(self) -> Database:
        assert self.now is not None
        return self.now


class DroppedFiles:
    """A list of contacts that the asker dropped."""

    def fetch(self, file_id: str) -> DroppedFile:
        return DroppedFile("contacts.csv", PIP, b"user,body\nU0GUS,Surrey\n")


class Seen(NamedTuple):
    version: int  # SQLite's, of all that was committed
    rows: list[list[tuple[Any, ...]]]


class Office:
    """What somebody is shown comes back as a string; Slack's payloads are made as it makes them."""

    def __init__(self, folder: Path, hook: str, answers: list[Json]) -> None:
        self.slack = RecordingSlack(people={who.user_id: cast.person(who) for who in (ALICE, ED, GUS)})
        self.answers = answers
        self.hook = hook
        self._folder = folder
        self._database = OneAfterTheOther()
        self._numbers = count(1)
        self._reads = False
        self._templates: dict[tuple[str, str], tuple[Path, Happened]] = {}
        self._registers: dict[tuple[str, str], Database] = {}
        self._files: dict[tuple[str, str], sqlite3.Connection] = {}
        self._seen: dict[sqlite3.Connection, dict[str, Seen]] = {}
        self._codes: dict[str, str] = {}
        self.store = Store(self._database, HOME, frozenset({CORA.user_id}))  # type: ignore[arg-type]
        self.services = self._services()
        self.app = self._app()
        self.asker = Asker("nothing", Membership.MEMBER)
        self.happened: Happened
        self._last: BoltRequest

    def receives(self, asker: Asker) -> None:
        """Somebody comes, with the rights they have now, to a register where nobody has been yet."""
        self.asker = asker
        key = (asker.key.team_id, asker.target)
        if key not in self._templates:
            self._templates[key] = _template(self._folder / f"{'-'.join(key)}.db", asker)
        template, self.happened = self._templates[key]
        if key not in self._registers:
            path = self._folder / f"{next(self._numbers)}.db"
            shutil.copy(template, path)
            self._registers[key] = Database(f"sqlite:///{path}", FOR_WORK)
            self._files[key] = sqlite3.connect(path)
        self._database.now = self._registers[key]
        self.becomes(asker)

    def forgets(self) -> None:
        """What the last asker changed: the next one of their kind comes to another register."""
        key = (self.asker.key.team_id, self.asker.target)
        file = self._files.pop(key)
        self._seen.pop(file, None)
        file.close()
        self._registers.pop(key).close()

    def close(self) -> None:
        for file in self._files.values():
            file.close()
        for register in self._registers.values():
            register.close()

    def becomes(self, asker: Asker) -> None:
        """The rights that they have from now on."""
        with self.store.begin() as connection:
            for holder in people.granted(connection):
                if holder.who == asker.key:
                    people.revoke(connection, holder.who, holder.role, holder.body_code)
            people.remember(connection, cast.person(asker.key, asker.membership, "Pip Hart"))
            if asker.granted == "contact":
                slug = "surrey" if asker.body == "other" else asker.target
                people.grant(connection, asker.key, Role.CONTACT, self._code(slug), NOW)
            if asker.granted == "coordinator":
                people.grant(connection, asker.key, Role.COORDINATOR, "", NOW)

    def is_away(self) -> None:
        """Have whoever asks be away."""
        with self.store.begin() as connection:
            snoozes.snooze(connection, self.asker.key, "", "", date(2025, 4, 14))

    def follows(self, *subjects: str) -> None:
        """Have whoever asks follow these, and the channel too."""
        readers = (Reader.of_person(self.asker.key), Reader.of_channel("C0COORD"))
        with self.store.begin() as connection:
            for reader, subject in product(readers, subjects):
                follows.add(connection, Follow(reader, Subject.read(subject)), 1)

    def pauses_reminders(self) -> None:
        """As the asker did when they were a contact."""
        with self.store.begin() as connection:
            snoozes.pause(connection, self.asker.key, self.happened.body_code)

    @property
    def listeners(self) -> list[Listener]:
        """All that the app listens for."""
        return self.app._listeners

    def reached(self) -> Listener:
        """What the last payload came to."""
        response = BoltResponse(status=200)
        return next(
            listener for listener in self.listeners if listener.matches(req=self._last, resp=response)
        )

    def register(self) -> list[list[tuple[Any, ...]]]:
        """All that stands in the register."""
        return self._rows(_REGISTER)

    def outbox(self) -> list[list[tuple[Any, ...]]]:
        """All that is to be sent, or was."""
        return self._rows([deliveries_table.name])

    def _rows(self, tables: list[str]) -> list[list[tuple[Any, ...]]]:
        """As the file holds them: it is looked at thousands of times, and read where it was written to."""
        file = self._files[self.asker.key.team_id, self.asker.target]
        # Another connection's commit changes it.
        (version,) = file.execute("PRAGMA data_version").fetchone()
        seen = self._seen.setdefault(file, {})
        if tables[0] not in seen or seen[tables[0]].version != version:
            rows = [file.execute(f"SELECT * FROM {name}").fetchall() for name in tables]  # noqa: S608
            seen[tables[0]] = Seen(version, rows)
        return seen[tables[0]].rows

    def types(self, command: str) -> str:
        before = len(self.slack.screens)
        payload = {
            "command": "/recs",
            "text": command,
            "team_id": self.asker.key.team_id,
            "user_id": PIP,
            "channel_id": "C0COORD",
            "response_url": self.hook,
            "trigger_id": self._trigger(),
        }
        response = self._dispatch(payload)
        return response if len(self.slack.screens) == before else _read(self.slack.screens[-1])

    def clicks(self, action_id: str, value: str, *, in_home: bool = False) -> str:
        """What comes of it: an answer, a form, or Home drawn anew."""
        return self._acts(
            {"type": "button", "action_id": action_id, "block_id": "b", "value": value}, in_home
        )

    def chooses_in_message(self, action_id: str, block_id: str, value: str) -> str:
        """One of a menu's options in a message."""
        option = {"text": {"type": "plain_text", "text": value}, "value": value}
        menu = {"type": "static_select", "action_id": action_id, "block_id": block_id}
        return self._acts({**menu, "selected_option": option})

    def _acts(self, action: Json, in_home: bool = False) -> str:
        shown, answered = len(self.slack.screens), len(self.answers)
        container: Json = {"type": "message", "channel_id": "C0COORD", "message_ts": "1.000001"}
        if in_home:
            container = {"type": "view", "view_id": "V0HOME"}
        payload = self._interaction("block_actions") | {
            "container": container,
            "response_url": "" if in_home else self.hook,
            "actions": [{**action, "action_ts": self._trigger()}],
        }
        self._dispatch(payload)
        return _read([*self.slack.screens[shown:], *self.answers[answered:]])

    def chooses(self, view: Json, values: Json, field: str) -> str:
        """One of a menu's options, in the form that was shown last: what it shows then, if anything else."""
        view_id = f"V{len(self.slack.screens)}"
        block_id, state = next((block, fields[field]) for block, fields in values.items() if field in fields)
        chosen = {"action_id": field, "block_id": block_id, "action_ts": self._trigger(), **state}
        return self._acts_in_form(view, view_id, values, chosen)

    def presses(self, view: Json, values: Json, action_id: str) -> str:
        """A button in the form that was shown last: what it shows then, if anything else."""
        view_id = f"V{len(self.slack.screens)}"
        pressed = {"type": "button", "action_id": action_id, "block_id": "b", "value": action_id}
        return self._acts_in_form(view, view_id, values, pressed | {"action_ts": self._trigger()})

    def _acts_in_form(self, view: Json, view_id: str, values: Json, action: Json) -> str:
        payload = self._interaction("block_actions") | {
            "container": {"type": "view", "view_id": view_id},
            "view": view | {"id": view_id, "state": {"values": values}, "hash": "1"},
            "actions": [action],
        }
        self._dispatch(payload)
        shown = self.slack.screens[-1]
        return _read(shown) if shown != view else ""

    def sends(self, view: Json, values: Json) -> str:
        before = len(self.slack.screens)
        sent = view | {"id": SENT_FORM, "state": {"values": values}, "hash": "1"}
        response = self._dispatch(self._interaction("view_submission") | {"view": sent})
        if len(self.slack.screens) > before:
            # What comes of it is shown after the acknowledgement.
            return _read(self.slack.screens[before:])
        if shown := json.loads(response or "{}").get("view"):
            self.slack.screens.append(shown)
        return response

    def picks(self, shortcut: str) -> str:
        """From Slack's menu."""
        self._dispatch(self._interaction("shortcut") | {"callback_id": shortcut})
        return _read(self.slack.screens[-1])

    def picks_for_message(self, shortcut: str) -> str:
        """From Slack's menu of a message."""
        message = {"type": "message", "user": "U0VIC", "ts": "1.000002", "text": "Two ISACs start in April"}
        about = {"callback_id": shortcut, "channel": {"id": "C0COORD", "name": "coordination"}}
        self._dispatch(self._interaction("message_action") | about | {"message": message})
        return _read(self.slack.screens[-1])

    def writes(self, text: str) -> str:
        """In the direct messages with recbot."""
        return self._says({"type": "message", "channel_type": "im", "channel": "D0PIP", "text": text})

    def drops_file(self) -> str:
        """On recbot, in the direct messages with it."""
        file = {"id": "F1", "name": "contacts.csv"}
        event = {"type": "message", "channel_type": "im", "channel": "D0PIP", "subtype": "file_share"}
        with self._reading_files():
            return self._says(event | {"text": "", "files": [file]})

    def records_file(self, value: str) -> str:
        """Press **Record all** under what was said of it."""
        with self._reading_files():
            return self.clicks(RECORD_ALL, value)

    @contextmanager
    def _reading_files(self) -> Iterator[None]:
        """What is dropped is read at once; the files that recbot makes are only promised."""
        self._reads = True
        try:
            yield
        finally:
            self._reads = False

    def _later(self, work: Callable[[], None], _who: PersonKey) -> None:
        if self._reads:
            work()

    def mentions(self, text: str) -> str:
        """In a channel."""
        return self._says({"type": "app_mention", "channel": "C0COORD", "text": f"<@U0BOT> {text}"})

    def _says(self, event: Json) -> str:
        before = len(self.slack.ephemeral)
        team_id = self.asker.key.team_id
        self._tell(event | {"user": PIP, "team": team_id, "user_team": team_id, "ts": self._trigger()})
        return _read(self.slack.ephemeral[before:])

    def opens_home(self) -> str:
        self._tell({"type": "app_home_opened", "user": PIP, "tab": "home", "channel": "D0PIP"})
        return _read(self.slack.screens[-1])

    def _tell(self, event: Json) -> None:
        event_id = f"Ev{next(self._numbers)}"
        self._dispatch({"type": "event_callback", "team_id": HOME, "event_id": event_id, "event": event})

    def _interaction(self, kind: str) -> Json:
        return {
            "type": kind,
            "team": {"id": HOME, "domain": "association"},
            "user": {"id": PIP, "team_id": self.asker.key.team_id, "username": "pip"},
            "api_app_id": "A0RECBOT",
            "trigger_id": self._trigger(),
        }

    def _dispatch(self, payload: Json) -> str:
        self._last = BoltRequest(mode="socket_mode", body=json.loads(json.dumps(payload)))
        response = self.app.dispatch(self._last)
        assert response.status == 200, payload
        assert "Something went wrong" not in (response.body or ""), payload
        return response.body or ""

    def _trigger(self) -> str:
        return f"1.2.{next(self._numbers)}"

    def _code(self, slug: str) -> str:
        if slug not in self._codes:
            self._codes[slug] = Register(self.store).body(slug).code
        return self._codes[slug]

    def _services(self) -> Services:
        return Services(
            store=self.store,
            clock=StartingClock(NOW),
            directory=self.slack,
            names=NameBook(self.store),
            later=lambda work: work(),
            slowly=self._later,
            hooks=(self.hook,),
            schedule=SchedulePlan("C0COORD", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"),
            views=self.slack,
            files=self.slack,
            conversations=self.slack,
            roster=self.slack,
            dropped_files=DroppedFiles(),
        )

    def _app(self) -> App:
        client = WebClient("xoxb-unused", base_url="http://127.0.0.1:1/", retry_handlers=[])
        return create_app(self.services, client, Identity(HOME, "U0BOT", "B0BOT"), None)


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    """With somewhere for answers to be posted to."""
    answers: list[Json] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answers.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made = Office(folder, f"http://127.0.0.1:{server.server_port}/", answers)
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        made.close()


def _template(path: Path, asker: Asker) -> tuple[Path, Happened]:
    """Alice, a contact of the body, has written what not everybody may read and completed 16; Pip, when still
    a contact, has written too; Ed, when he was one, has asked for more time, and whether he was sent a
    message, nobody knows; Vic is to approve an answer. The report asks for published responses."""
    register = cast.stalking_case(f"sqlite:///{path}")
    store, body = register.store, register.body(asker.target)
    with store.begin() as connection:
        people.remember(connection, cast.person(asker.key, Membership.MEMBER, "Pip Hart"))
        for who in (ALICE, ED, asker.key):
            people.grant(connection, who, Role.CONTACT, body.code, NOW)
        # So that Bob, for Surrey, is not the last.
        people.grant(connection, VIC, Role.CONTACT, register.body("surrey").code, NOW)
    secret = register.says(ALICE, f"note 15 {asker.target}: {SECRET} works at the wharf")
    published = register.says(ALICE, f"complete 16 {asker.target}: done")
    quoting.allow_quoting(store, occasion(ALICE), [published])
    own = register.says(asker.key, f"note 25 {asker.target}: we have begun")
    typed = register.read(f"extend 25 {asker.target} 30 Apr 2025: the provider starts then")
    request = extend.extend(store, occasion(ED), typed, _MESSAGES).items[0][2].seq  # type: ignore[arg-type]
    typed_question = register.read(f"ask 15 {asker.target}: which service?")
    question = ask_body.ask(store, occasion(CORA), typed_question, _QUESTIONS).seq  # type: ignore[arg-type]
    with store.begin() as connection:
        people.grant(connection, VIC, Role.CONTACT, body.code, NOW, ContactKind.APPROVER)
    for_approval = register.says(ALICE, f"accept 25 {asker.target}")
    setting = register.read("set stalking published by 21 Nov 2024")
    report_setting.set_report(store, occasion(CORA), setting)  # type: ignore[arg-type]
    doubted = Delivery(
        "to-ed",
        DeliveryKind.DIRECT_MESSAGE,
        Slot.at(NOW),
        ED.user_id,
        NOW,
        NOW,
        state=DeliveryState.NEEDS_HUMAN,
    )
    with store.begin() as connection:
        deliveries.add(connection, doubted)
        for who in (ED, asker.key):
            people.revoke(connection, who, Role.CONTACT, body.code)
        if asker.body == "ended":
            ended = update(policing_bodies).where(policing_bodies.c.code == body.code)
            connection.execute(ended.values(last_day=NOW.date().replace(day=1)))
    store.database.close()
    return path, Happened(secret, published, own, request, question, for_approval, body.code, doubted.key)


def _read(shown: Any) -> str:
    return json.dumps(shown, ensure_ascii=False)
