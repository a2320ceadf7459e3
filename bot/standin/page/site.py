"""The page's addresses: what is looked at, and what is done."""

import hashlib
import json
import threading
from base64 import b64decode
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.standin.cast import CAST
from bot.standin.composer import BOT_HANDLE
from bot.standin.delivery import NoReply
from bot.standin.moved_clock import MovedClock
from bot.standin.page import drawing
from bot.standin.page.acts import NOT_UNDERSTOOD, Acts, Fields, Target
from bot.standin.page.almanac import Almanac
from bot.standin.page.guard import Guard
from bot.standin.page.seen import Eyes, Place, is_picture
from bot.standin.page.travel import CannotTravel, Travel
from bot.standin.people import Person
from bot.standin.stand_in import StandIn

Json = dict[str, Any]

FIRST = "cora"
_LONGEST_NAME = 200

_STATIC = Path(__file__).parent / "static"
_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "webp": "image/webp", "svg": "image/svg+xml",
}  # fmt: skip


class Site:
    """The page for the cast in one workspace. What each has read is kept here, as a client keeps it.

    `caught_up_at` is up to when the bot has sent all that was due, for the clock to wait for it. `published`
    is the folder in which it writes the site for everybody."""

    def __init__(
        self,
        slack: StandIn,
        clock: MovedClock,
        cast: Mapping[str, Person],
        caught_up_at: Callable[[], datetime | None],
        published: Path,
    ) -> None:
        self._slack = slack
        self._clock = clock
        self._cast = cast
        self._published = published
        self._almanac = Almanac(slack, cast[FIRST])
        self._travel = Travel(clock, self._almanac, caught_up_at)
        self._read: defaultdict[tuple[str, Place], str] = defaultdict(str)
        self._lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"{self._slack.address}/"

    @property
    def routes(self) -> list[BaseRoute]:
        """For the stand-in's own server, after its routes."""
        app = Starlette(
            routes=[
                Route("/", lambda _: RedirectResponse(f"/as/{FIRST}/{Place.CHANNEL}")),
                Route("/as/{handle}/suggestions", self._suggestions),
                Route("/as/{handle}/files/{file_id}", self._file),
                Route("/as/{handle}/{place}", self._look),
                Route("/as/{handle}/{act}", self._act, methods=["POST"]),
                Route("/clock", self._move_clock, methods=["POST"]),
                Mount("/static", StaticFiles(directory=_STATIC)),
                Route("/published/{address:path}", self._published_page),
            ]
        )
        port = int(self._slack.address.rpartition(":")[2])
        return [Mount("/", Guard(app, port))]

    # Looking

    def _look(self, request: Request) -> Response:
        """Return the whole page; to its own script, which asks again and again, only if it has changed."""
        person, place = self._person(request), _place(request)
        if person is None or place is None:
            return PlainTextResponse("There is no such page.", status_code=404)
        looks_again = "x-look-again" in request.headers
        if place is Place.HOME and not looks_again:
            self._open_home(person)
        page = self._drawn(request, person, place)
        tag = f'"{hashlib.blake2b(page.encode(), digest_size=16).hexdigest()}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304)
        return Response(page, media_type="text/html", headers={"etag": tag})

    def _drawn(self, request: Request, person: Person, place: Place) -> str:
        eyes = Eyes(self._slack, person)
        with self._lock:
            self._read[person.handle, place] = eyes.latest(place)
        thread_ts = request.query_params.get("thread", "")
        shows_calls = "calls" in request.query_params
        return drawing.page(
            me=person,
            people=self._people(),
            place=place,
            unread={place: eyes.count_since(place, self._read[person.handle, place]) for place in Place},
            names=eyes.names,
            now=self._clock.now(),
            messages=eyes.conversation(place),
            thread=eyes.thread(place, thread_ts) if thread_ts else None,
            home=self._slack.home_of(person.id) if place is Place.HOME else None,
            form=self._slack.form_before(person.id),
            shortcuts=self._slack.shortcuts,
            calls=drawing.newest_first([*self._slack.calls, *self._slack.answers]) if shows_calls else None,
        )

    def _people(self) -> list[drawing.Someone]:
        people = []
        for character in CAST:
            person = next(person for person in self._cast.values() if person.id == character.id)
            read = self._read[person.handle, Place.MESSAGES]
            unread = Eyes(self._slack, person).count_since(Place.MESSAGES, read)
            people.append(drawing.Someone(person.handle, character.name, character.who, unread))
        return people

    def _open_home(self, person: Person) -> None:
        try:
            person.opens_home(wait=2)
        except NoReply:
            return

    def _suggestions(self, request: Request) -> Response:
        person = self._person(request)
        if person is None:
            return PlainTextResponse("There is no such person.", status_code=404)
        commands = [vars(suggestion) for suggestion in self._almanac.suggestions(person)]
        people = [
            {"text": f"@{BOT_HANDLE}", "purpose": "Ask recbot here"},
            *({"text": f"@{person.handle}", "purpose": person.name} for person in self._cast.values()),
        ]
        return JSONResponse({"commands": commands, "people": people})

    def _file(self, request: Request) -> Response:
        person = self._person(request)
        try:
            if person is None:
                raise LookupError("There is no such person.")
            file = Eyes(self._slack, person).file(request.path_params["file_id"])
        except LookupError as error:
            return PlainTextResponse(str(error.args[0]), status_code=404)
        kind = (
            _TYPES[file.name.rpartition(".")[2].lower()] if is_picture(file) else "application/octet-stream"
        )
        disposition = "inline" if is_picture(file) else "attachment"
        return Response(
            file.content,
            media_type=kind,
            headers={"content-disposition": f"{disposition}; filename*=UTF-8''{quote(file.name, safe='')}"},
        )

    def _published_page(self, request: Request) -> Response:
        """Return a page or a file of the published site, as a web server would."""
        root = self._published.resolve()
        path = (root / (request.path_params["address"] or "index.html")).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            return PlainTextResponse("There is no such page, or it is not published yet.", status_code=404)
        return FileResponse(path)

    # Acting

    async def _act(self, request: Request) -> Response:
        person, sent = self._person(request), await _sent(request)
        if person is None or sent is None:
            return PlainTextResponse(NOT_UNDERSTOOD, status_code=400)
        acts = Acts(self._slack, person)
        try:
            act = _acting(acts, request.path_params["act"], sent)
        except (KeyError, TypeError, ValueError):
            return PlainTextResponse(NOT_UNDERSTOOD, status_code=400)
        return JSONResponse({"notice": await run_in_threadpool(act)})

    async def _move_clock(self, request: Request) -> Response:
        sent = await _sent(request)
        to = sent.get("to") if sent else None
        if to not in ("day", "week", "month", "digest", "deadline"):
            return PlainTextResponse(NOT_UNDERSTOOD, status_code=400)
        try:
            return JSONResponse({"told": await run_in_threadpool(self._travel.go, to)})
        except CannotTravel as reason:
            return JSONResponse({"notice": str(reason)})

    def _person(self, request: Request) -> Person | None:
        return self._cast.get(request.path_params["handle"])


def _acting(acts: Acts, act: str, sent: Json) -> Callable[[], str]:
    """Read what is to be done. Raises KeyError, TypeError, ValueError where the page sends no such
    thing."""
    match act:
        case "type":
            text, place = str(sent["text"]).strip(), Place(sent["place"])
            return lambda: acts.types(text, place)
        case "drop":
            name, content = str(sent["name"])[:_LONGEST_NAME], b64decode(str(sent["content"]), validate=True)
            return lambda: acts.drops(name, content)
        case "shortcut":
            return lambda: acts.uses_shortcut(str(sent["name"]))
        case "press":
            target, fields = _target(sent), _fields(sent)
            return lambda: acts.presses(target, fields)
        case "choose":
            target = _target(sent)
            return lambda: acts.chooses(target)
        case "change":
            target, fields = _target(sent), _fields(sent)
            return lambda: acts.changes(target, fields)
        case "submit":
            fields = _fields(sent)
            return lambda: acts.submits(fields)
        case "close":
            return acts.closes
    raise ValueError(act)


def _target(sent: Json) -> Target:
    values = [str(value) for value in sent.get("values", [])]
    return Target(str(sent["where"]), str(sent["block"]), str(sent["action"]), values)


def _fields(sent: Json) -> Fields:
    return {
        (str(block_id), str(action_id)): [str(value) for value in values]
        for block_id, action_id, values in sent["fields"]
    }


async def _sent(request: Request) -> Json | None:
    """Return the JSON object sent, None if it is none."""
    try:
        sent = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        return None
    return sent if isinstance(sent, dict) else None


def _place(request: Request) -> Place | None:
    try:
        return Place(request.path_params["place"])
    except ValueError:
        return None
