"""What is measured: empty listeners, which are the floor, and `/recs 15` through the whole app."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.app import Identity, create_app
from bot.clock import StartingClock
from bot.domain.people import Occasion, Person, PersonKey
from bot.operations.desk import Desk
from bot.operations.finding import NameBook
from bot.operations.kept import Kept
from storage.database import Database
from storage.store import Store
from tests.bench.register import HOME, NOW
from tests.bench.requests import SIGNING_SECRET

_TOKEN = "xoxb-bench"


@dataclass(frozen=True, slots=True)
class Case:
    """`app` makes a Bolt app over the register at a URL; its answer to `/recs` with `text` holds `says`."""

    name: str
    app: Callable[[str], AbstractContextManager[App]]
    text: str = "15"
    says: str = ""

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
def _whole(url: str, *, kept: type[Kept[Any]]) -> Iterator[App]:
    with closing(Database(url)) as database:
        store = Store(database, HOME)
        desk = Desk(
            store=store,
            clock=StartingClock(NOW),
            directory=_EmptyDirectory(),
            names=NameBook(store),
            later=lambda work: work(),
            hooks=(),
            kept=kept(),
        )
        yield create_app(desk, WebClient(_TOKEN), Identity(HOME, "U0RECBOT", "B0RECBOT"), SIGNING_SECRET)


class _EmptyDirectory:
    """The viewer is in the register, so Slack is not asked who it is."""

    def look_up(self, who: PersonKey) -> Person | None:
        return None


class NothingKept(Kept[Any]):
    """Makes each answer anew, as the first one after a recording is made."""

    def answer(self, store: Store, occasion: Occasion, question: Hashable, make: Callable[[], Any]) -> Any:
        return Kept[Any]().answer(store, occasion, question, make)


DEFAULTS = Case("empty, Bolt's defaults", partial(_empty, in_acknowledgement=False))
FLOOR = Case("empty, answers in the acknowledgement", partial(_empty, in_acknowledgement=True))
KEPT = Case("/recs 15, kept", partial(_whole, kept=Kept), says="43 of 43 accepted")
ANEW = Case("/recs 15, made anew", partial(_whole, kept=NothingKept), says="43 of 43 accepted")

CASES = (FLOOR, KEPT, ANEW, DEFAULTS)
