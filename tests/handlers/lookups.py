"""Asking as a person does: what is typed, and the screen that answers."""

from datetime import datetime

from bot.domain.register.people import PersonKey
from bot.rendering.screen import Screen
from handlers.recs import verb_of
from tests.cast import NOW, Register, occasion

# Everything that can be looked up in the stalking case, each lookup in each of its forms.
EVERY_LOOKUP = (
    "",
    "status page 2",
    "15",
    "15 page 2",
    "27",
    "15 16 25",
    "15 kent",
    "15 wales",
    "overdue 15 wales",
    "waiting 15 wales",
    "15 16 kent",
    "kent",
    "essex",
    "wales",
    "south east",
    "stalking",
    "deadlines",
    "deadlines 30d",
    "deadlines before 1 apr 2025",
    "deadlines all",
    "overdue",
    "overdue page 2",
    "overdue 15",
    "overdue kent",
    "overdue wales",
    "overdue stalking",
    "waiting",
    "waiting 15",
    "waiting kent",
    "waiting south east",
    "changes",
    "changes since 1 jan",
    "changes since 1 jan page 2",
    "mine",
    "history",
    "history page 3",
    "history 15",
    "history kent",
    "history 15 kent",
    "published",
    "published stalking",
    "published kent",
    "published wales as at 1 mar 2025",
    "contacts",
    "contacts page 2",
    "contacts kent",
    "contacts wales",
    "help",
    "help accept",
    "help overdue",
    "help grant",
)


def ask(
    register: Register, who: PersonKey, typed: str, instant: datetime = NOW, *, for_everybody: bool = False
) -> Screen:
    request = register.read(typed)
    shown = verb_of(type(request)).act(
        register.services(), occasion(who, instant, for_everybody=for_everybody), request
    )
    assert shown is not None
    return shown
