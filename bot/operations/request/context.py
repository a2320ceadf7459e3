"""What every request needs at hand."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from msgspec import Struct, field

from bot.domain.refusals.request import NotReachable
from bot.domain.register.people import Person, PersonKey
from bot.operations.request.actors import Directory
from bot.operations.request.answer_cache import AnswerCache
from bot.operations.request.homes import Homes
from bot.operations.request.name_book import NameBook
from bot.operations.request.native_charts import NativeCharts
from bot.operations.request.rate_limit import RateLimiter
from bot.operations.request.schedule_plan import NO_DIGEST, SchedulePlan
from bot.operations.request.surroundings import SurroundingsBook
from bot.runtime.clock import Clock
from storage.store import Store


class Views(Protocol):
    """Slack's forms and Home tabs (https://docs.slack.dev/surfaces/modals). Raises what the client raises;
    QueueFull where too many forms are being opened."""

    def views_open(self, *, trigger_id: str, view: dict[str, Any]) -> Any: ...

    def views_push(self, *, trigger_id: str, view: dict[str, Any]) -> Any: ...

    def views_update(self, *, view: dict[str, Any], view_id: str = "", external_id: str = "") -> Any: ...

    def views_publish(self, *, user_id: str, view: dict[str, Any]) -> Any: ...


class NoViews:
    """Where there is no Slack to show a form in."""

    def views_open(self, *, trigger_id: str, view: dict[str, Any]) -> Any:
        raise NotReachable

    def views_push(self, *, trigger_id: str, view: dict[str, Any]) -> Any:
        raise NotReachable

    def views_update(self, *, view: dict[str, Any], view_id: str = "", external_id: str = "") -> Any:
        raise NotReachable

    def views_publish(self, *, user_id: str, view: dict[str, Any]) -> Any:
        raise NotReachable


class Files(Protocol):
    """How a file, or a message in its place, reaches a person
    (https://docs.slack.dev/messaging/working-with-files). Raises what the client raises."""

    def conversations_open(self, *, users: str) -> Any: ...

    def chat_postMessage(self, *, channel: str, **arguments: Any) -> Any: ...  # noqa: N802 - Slack's name

    def files_upload_v2(
        self,
        *,
        channel: str,
        filename: str,
        file: str | bytes,
        title: str,
        alt_txt: str | None,
        initial_comment: str,
        request_file_info: bool,
    ) -> Any: ...


class NoFiles:
    """Where there is no Slack to send a file by."""

    def conversations_open(self, *, users: str) -> Any:
        raise NotReachable

    def chat_postMessage(self, *, channel: str, **arguments: Any) -> Any:  # noqa: N802 - Slack's name
        raise NotReachable

    def files_upload_v2(self, **_facts: Any) -> Any:
        raise NotReachable


class ListedPerson(Struct, frozen=True):
    """Somebody whom Slack lists: all that they are called, and their e-mail address, empty where recbot may
    not read it."""

    person: Person
    names: tuple[str, ...]
    email: str = ""


class Roster(Protocol):
    """Where everybody of the home workspace is listed."""

    def everybody(self) -> Iterable[ListedPerson]:
        """List everybody of the home workspace. Raises NotReachable."""


class NoRoster:
    """Where there is no Slack to list anybody."""

    def everybody(self) -> Iterable[ListedPerson]:
        raise NotReachable


class DroppedFile(Struct, frozen=True):
    """A file that somebody dropped on recbot, who owns it in Slack. It is not kept."""

    name: str
    user_id: str
    content: bytes

    def __repr__(self) -> str:
        return f"DroppedFile({self.name!r}, {len(self.content)} bytes)"


class DroppedFiles(Protocol):
    """Where a file that somebody dropped is read."""

    def fetch(self, file_id: str) -> DroppedFile:
        """Read a file that was dropped. Raises FileRefused for what cannot be taken, NotReachable."""


class NoDroppedFiles:
    """Where there is no Slack to read a file from."""

    def fetch(self, file_id: str) -> DroppedFile:
        raise NotReachable


class Conversations(Protocol):
    """How somebody is answered where they wrote (https://docs.slack.dev/reference/methods/chat.postEphemeral),
    and what Slack says of a channel. Raises what the client raises."""

    def chat_postEphemeral(self, *, channel: str, user: str, **arguments: Any) -> Any: ...  # noqa: N802

    def conversations_info(self, *, channel: str) -> Any: ...


class NoConversations:
    """Where there is no Slack to answer in."""

    def chat_postEphemeral(self, *, channel: str, user: str, **arguments: Any) -> Any:  # noqa: N802
        raise NotReachable

    def conversations_info(self, *, channel: str) -> Any:
        raise NotReachable


def _filled_at_once(work: Callable[[], None], _after: float) -> None:
    work()


def _made_at_once(work: Callable[[], None], _who: PersonKey) -> None:
    work()


def _nobody_to_tell(_who: PersonKey, _body_code: str | None) -> None:
    pass


class Services(Struct, frozen=True):
    """`later` sends a reply after the request has been acknowledged, and may raise QueueFull; `hooks` are the
    beginnings that a response_url may have."""

    store: Store
    clock: Clock
    directory: Directory
    names: NameBook
    later: Callable[[Callable[[], None]], None]
    hooks: tuple[str, ...]
    schedule: SchedulePlan = NO_DIGEST
    answer_cache: AnswerCache[Any] = field(default_factory=AnswerCache)
    views: Views = field(default_factory=NoViews)
    files: Files = field(default_factory=NoFiles)
    conversations: Conversations = field(default_factory=NoConversations)
    roster: Roster = field(default_factory=NoRoster)
    dropped_files: DroppedFiles = field(default_factory=NoDroppedFiles)
    # Fills a form after the request has been acknowledged, and after so many seconds. Raises QueueFull.
    forms: Callable[[Callable[[], None], float], None] = _filled_at_once
    # Has a person's file made, which may take minutes. Raises QueueFull.
    slowly: Callable[[Callable[[], None], PersonKey], None] = _made_at_once
    # The store that lets slow work read so long.
    unhurried: Store | None = None
    homes: Homes = field(default_factory=Homes)
    rate_limiter: RateLimiter = field(default_factory=RateLimiter)
    native_charts: NativeCharts = field(default_factory=NativeCharts)
    surroundings: SurroundingsBook = field(default_factory=SurroundingsBook)
    # Told after each change: who made it, and for which body, so that their Home can be drawn anew.
    changed: Callable[[PersonKey, str | None], None] = _nobody_to_tell
