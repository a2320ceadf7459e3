"""What is measured: empty listeners, which are the floor, and what people ask of the whole app."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.domain.register.people import Person, PersonKey, Request
from bot.operations.request.answer_cache import AnswerCache
from bot.operations.request.context import Services
from bot.operations.request.name_book import NameBook
from bot.runtime.clock import StartingClock
from bot.runtime.switching import take_short_turns
from bot.runtime.wiring.slack_app import create_app
from bot.runtime.wiring.slack_clients import Identity
from storage.database import Database
from storage.store import Store
from tests.bench.register import HOME, NOW, VIEWER, WRITER
from tests.bench.requests import SIGNING_SECRET

_TOKEN = "xoxb-bench"


@dataclass(frozen=True, slots=True)
class Way:
    """How an app is made over the register at a URL."""

    name: str
    app: Callable[[str], AbstractContextManager[App]]


@dataclass(frozen=True, slots=True)
class Case:
    """`who` types `/recs` with `text`, and the answer holds `says`."""

    name: str
    way: Way
    text: str = "15"
    says: str = ""
    who: PersonKey = VIEWER

    def check(self, status: int, answer: str) -> None:
        """Raises WrongAnswer: how fast one of those comes is of no interest."""
        if status != HTTPStatus.OK or self.says not in answer:
            raise WrongAnswer(f"{self.name}: {status} {answer}")


class WrongAnswer(Exception):
    """Something else was answered than what is measured."""


@contextmanager
def _empty(_url: str, *, in_acknowledgement: bool) -> Iterator[App]:
    """A listener that does nothing; Bolt's default is to wait for it in a loop that sleeps 10 ms."""
    app = App(
        client=WebClient(_TOKEN),
        signing_secret=SIGNING_SECRET,
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id=HOME, bot_token=_TOKEN),
        process_before_response=in_acknowledgement,
    )

    @app.command("/recs")
    def nothing(ack: Ack) -> None:
        ack()

    yield app


@contextmanager
def whole(url: str, *, cache: type[AnswerCache[Any]], now: datetime = NOW) -> Iterator[App]:
    """The whole app at a UTC instant."""
    take_short_turns()
    with closing(Database(url)) as database:
        store = Store(database, HOME)
        services = Services(
            store=store,
            clock=StartingClock(now),
            directory=_EmptyDirectory(),
            names=NameBook(store),
            later=lambda work: work(),
            hooks=(),
            answer_cache=cache(),
        )
        yield create_app(services, WebClient(_TOKEN), Identity(HOME, "U0RECBOT", "B0RECBOT"), SIGNING_SECRET)


class _EmptyDirectory:
    """Whoever asks is in the register, so Slack is not asked who it is."""

    def look_up(self, who: PersonKey) -> Person | None:
        return None


class NothingKept(AnswerCache[Any]):
    """Makes each answer anew, as the first one after a recording is made."""

    def answer(
        self,
        store: Store,
        request: Request,
        question: Hashable,
        make: Callable[[Request], Any],
        *,
        contacts_too: bool = True,
    ) -> Any:
        return AnswerCache[Any]().answer(store, request, question, make, contacts_too=contacts_too)


BARE = Way("empty", partial(_empty, in_acknowledgement=True))
BOLT_S_DEFAULT = Way("empty, Bolt's defaults", partial(_empty, in_acknowledgement=False))
WHOLE = Way("recbot", partial(whole, cache=AnswerCache))
FORGETFUL = Way("recbot, nothing kept", partial(whole, cache=NothingKept))

DEFAULTS = Case("empty, Bolt's defaults", BOLT_S_DEFAULT)
FLOOR = Case("empty, answers in the acknowledgement", BARE)
KEPT = Case("/recs 15, kept", WHOLE, says="43 of 43 accepted")
ANEW = Case("/recs 15, made anew", FORGETFUL, says="43 of 43 accepted")
OVERVIEW = Case("/recs, kept", WHOLE, text="", says="live recommendations")
OVERVIEW_ANEW = Case("/recs, made anew", FORGETFUL, text="", says="live recommendations")
OVERDUE = Case("/recs overdue", WHOLE, text="overdue", says="overdue")
LISTED = Case("/recs not complete", WHOLE, text="not complete", says="have not completed")
PLAIN = Case("who has not started?", WHOLE, text="who has not started?", says="Understood as")
CHANGES = Case("/recs changes", WHOLE, text="changes", says="since")
RECORDING = Case(
    "/recs note 15 kent: …", WHOLE, "note 15 kent: we met the provider", "Recorded for Kent", WRITER
)

QUESTIONS = (KEPT, ANEW, OVERVIEW, OVERVIEW_ANEW, OVERDUE, LISTED, PLAIN, CHANGES)
CASES = (FLOOR, *QUESTIONS, RECORDING, DEFAULTS)
