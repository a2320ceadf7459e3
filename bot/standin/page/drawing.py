"""The page, drawn from templates."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.standin.elements import options_of
from bot.standin.home import HomeView
from bot.standin.messages import Call
from bot.standin.moved_clock import LONDON
from bot.standin.page import mrkdwn
from bot.standin.page.seen import Place, Seen, Thread, is_picture
from bot.standin.people import Person
from bot.standin.reading import chart_of, table_of, text_of
from bot.standin.surfaces import View

Json = dict[str, Any]

MOST_CALLS = 100

_COLOURS = 6


@dataclass(frozen=True)
class Someone:
    """One of the cast to be; `unread` counts her new direct messages."""

    handle: str
    name: str
    who: str
    unread: int


def page(
    *,
    me: Person,
    people: Sequence[Someone],
    place: Place,
    unread: Mapping[Place, int],
    names: Mapping[str, str],
    now: datetime,
    messages: Sequence[Seen],
    thread: Thread | None,
    home: HomeView | None,
    form: View | None,
    shortcuts: Sequence[str],
    calls: Sequence[Call] | None,
) -> str:
    """Return the whole page as HTML; `unread` counts what is new in the places one is not in."""
    return _TEMPLATES.get_template("page.html").render(
        me=me,
        people=people,
        place=place,
        places=list(Place),
        unread=unread,
        now=now.astimezone(LONDON),
        messages=messages,
        thread=thread,
        home=home,
        form=form,
        shortcuts=shortcuts,
        calls=calls,
        everybody=[(user_id, name) for user_id, name in names.items() if user_id.startswith("U")],
        text=partial(_text, names=names),
    )


def newest_first(calls: Iterable[Call]) -> list[Call]:
    return sorted(calls, key=lambda call: call.called_at, reverse=True)[:MOST_CALLS]


def _text(text_object: Json, names: Mapping[str, str]) -> str:
    """Return a text object, as HTML where it is mrkdwn."""
    text = str(text_object.get("text", ""))
    return mrkdwn.html(text, names) if text_object.get("type") == "mrkdwn" else mrkdwn.plain(text)


def _bare(text: str) -> Markup | str:
    """Draw the text of a message without blocks, which is mrkdwn."""
    return mrkdwn.html(text, {})


def _day(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B %Y}"


def _short_day(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b %Y}"


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2]).upper()


def _colour(name: str) -> int:
    """Return one of some colours, always the same for a name."""
    return sum(name.encode()) % _COLOURS


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True)


def _element_id(*parts: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "_", "-".join(parts))


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters |= {
    "bare": _bare,
    "colour": _colour,
    "day": _day,
    "initials": _initials,
    "pretty": _pretty,
    "short_day": _short_day,
    "words": text_of,
}
_TEMPLATES.globals |= {
    "chart_of": chart_of,
    "element_id": _element_id,
    "is_picture": is_picture,
    "options_of": options_of,
    "table_of": table_of,
}
