"""Every example and every button that somebody is shown works for them: each is typed, and not refused."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import date
from typing import Any

import pytest

from bot.domain.questions.grammar.reader import verb_of
from bot.domain.questions.grammar.verbs import VERBS
from bot.domain.register.adding import AddresseeScope, RecommendationEntry, ReportEntry
from bot.domain.register.people import PersonKey
from bot.operations.recording import add
from bot.rendering.blocks.buttons import ASK_TEXT
from tests.cast import ALICE, BOB, CORA, ED, VIC, occasion
from tests.handlers.front_door import FrontDoor, buttons, front_door

Json = dict[str, Any]

EXAMPLE = re.compile(r"`(/recs[^`]*)`|For example: (/recs[^\n]*)|(/recs [a-z ]+) (?:shows|lists)")
# What a refusal, or a request for what is missing, begins with.
REFUSED = (
    "I do not know", "I could not", "I did not", "Only ", "You cannot", "Say ", "There is no", "Name ",
    "Nothing was recorded yet", "Nobody", "You have nothing", "You record for no", "The internal form",
    "Put a colon", "Do you want", "That is a question", "Because of", "That cannot", "Which ", "Something",
)  # fmt: skip
REFUSED_IN_THE_MIDDLE = (
    "is not addressed to", "needs a reason", "nothing to check", "is not complete", "can mean more",
)  # fmt: skip
TYPED_WRONG = (
    "", "help", "violence 3", "violence 3 kent", "3 kent", "15 nowhere", "99", "kent 99", "accept",
    "accept 99", "accept 15 surey", "note", "note 15", "note 3", "note 3: text",
    "note 15 glouc shire: we met", "partly 15", "decline 3", "progress 15", "progress 3 nearly",
    "blocked 15", "complete 15 but for Medway", "25 not started", "25 kent not started",
    "15 essex not started", "extend 15", "extend 15 30 Apr 2020: why", "check 15", "check 15 kent",
    "reopen 15 kent", "withdraw 15", "redact", "redact 1", "grant kent", "grant", "revoke",
    "remind", "remind 99", "add", "digest sned", "export 99", "export internal",
    "export kent internal", "map 3 kent", "history 99", "contacts nowhere", "search",
    "search zzzz", "overdu", "deadlines soon", "changes since never", "undo", "mine",
    "accept 15 16 25 but", "accept 15?", "has kent accepted 15", "north", "15 north",
    "kent accepts 15", "15 accept", "15 as at 1 Jan 2030", "15 as at never", "done 16 whales",
    "update 3 kent", "update 99", "27", "accept 27", "status 15", "violence", "wales", "15 wales",
    "overdue 3",
)  # fmt: skip


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    """The shipped case and a report that is addressed to the four bodies of Wales alone."""
    with front_door(f"sqlite:///{tmp_path_factory.mktemp('offers') / 'recbot.db'}") as door:
        report = ReportEntry("violence", "Violence against women and girls", "HMICFRS", date(2024, 11, 1))
        add.add_report(door.store, occasion(CORA), report)
        for number in ("3", "4.1"):
            entry = RecommendationEntry(
                number, "Look at how each area answers.", AddresseeScope.WALES, due_on=date(2025, 6, 30)
            )
            add.add_recommendation(door.store, occasion(CORA), "violence", entry, no_victim=True)
        door.makes_contact(BOB, "gwent")
        yield door


# The others are a proof.
READERS = [
    pytest.param(ALICE, id="a contact"),
    pytest.param(CORA, id="a coordinator", marks=pytest.mark.prove),
    pytest.param(VIC, id="a viewer", marks=pytest.mark.prove),
    pytest.param(BOB, id="a contact of two", marks=pytest.mark.prove),
    pytest.param(ED, id="another", marks=pytest.mark.prove),
]


@pytest.mark.parametrize("who", READERS)
def test_everything_that_a_reply_offers_works_for_whoever_reads_it(door: FrontDoor, who: PersonKey) -> None:
    offered: dict[str, str] = {}
    for typed in TYPED_WRONG:
        reply = door.types(who, typed)
        offered |= dict.fromkeys(offers_in(reply), typed)
    assert len(offered) > 30
    assert refused(door, who, offered) == {}


@pytest.mark.parametrize("who", READERS)
def test_everything_in_help_works_for_whoever_reads_it(door: FrontDoor, who: PersonKey) -> None:
    offered: dict[str, str] = {}
    for typed in ("help", "help page 2", *(f"help {verb.name}" for verb in VERBS)):
        offered |= dict.fromkeys(offers_in(door.types(who, typed)), typed)
    assert len(offered) > 30
    assert refused(door, who, offered) == {}


def offers_in(reply: Json) -> list[str]:
    text = "\n".join(
        part["text"]
        for block in reply.get("blocks", ())
        for part in (block.get("text"), *block.get("elements", ()))
        if isinstance(part, dict) and isinstance(part.get("text"), str)
    )
    examples = [next(filter(None, groups)) for groups in EXAMPLE.findall(text)]
    pressed = [
        button["value"]
        for button in buttons(reply)
        if button["action_id"].startswith(("choose", "more")) and not button["action_id"].startswith(ASK_TEXT)
    ]
    # What these lack their form asks for.
    pressed += [
        f"{button['value']}: the provider has moved"
        for button in buttons(reply)
        if button["action_id"].startswith(ASK_TEXT)
    ]
    return [command.replace("&lt;", "<").replace("&amp;", "&") for command in (*examples, *pressed)]


def refused(door: FrontDoor, who: PersonKey, offered: dict[str, str]) -> dict[str, str]:
    """What was refused of what was offered, with the first sentence and what it was offered for."""
    wrong = {}
    for command, typed in offered.items():
        if command == "/recs undo" or command.endswith(" anyway"):
            # They take back what was recorded before, which each of these readers has done or has not.
            continue
        verb = verb_of(command)
        with nothing_kept(door) if verb and verb.writes else nullcontext():
            shown = door.types(who, command.replace("@user", "<@U0GUS|gus>"))
        text = shown.get("text", "")
        if text.startswith(REFUSED) or any(words in text for words in REFUSED_IN_THE_MIDDLE):
            wrong[command] = f"{text} (offered for {typed!r})"
    return wrong


@contextmanager
def nothing_kept(door: FrontDoor) -> Iterator[None]:
    """What is recorded meanwhile is gone after it: the database is what it was before, page for page."""
    file = door.store.database.file
    assert file is not None
    with closing(sqlite3.connect(file)) as live, closing(sqlite3.connect(":memory:")) as before:
        live.backup(before)
        yield
        before.backup(live)
