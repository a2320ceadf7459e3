"""Names are shown as their people write them, and format nothing on any screen that names somebody."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.digest import Digest, Moved
from bot.domain.messages.doubt import Doubt
from bot.domain.messages.reminders import Leaver, Owed, Reminder
from bot.domain.messages.slots import Slot
from bot.domain.questions.answers import Asking, BodyCounts, BodyStanding, OwnOverview, UpdateView
from bot.domain.questions.grammar.samples import Sample
from bot.domain.questions.grammar.verbs import VERB_OF
from bot.domain.questions.receipts import Recorded
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.extension import Decision, ExtensionRequest
from bot.domain.register.people import Actor
from bot.domain.register.reopening import Reopening
from bot.domain.register.update import Change, UpdateKind
from bot.domain.values import replace
from bot.rendering.blocks.messages import digest_message, doubt, reminder
from bot.rendering.blocks.questions import help, leave_to_quote, mine, share, status
from bot.rendering.blocks.recording import check, extend, grant, recorded, reopen, update_form
from bot.rendering.blocks.refusals.refused import refused
from bot.rendering.blocks.refusals.wording import RefusalContext
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Screen, screen
from tests.cast import ALICE, CORA, NOW, TODAY, a_recommendation, an_addressee, an_update, person

NAME = "*Kim* _Hale_ ~x~ `y`"


@pytest.mark.parametrize(
    "name",
    ["Kim Hale", "O'Neill", "Anne-Marie", "kim_hale", "Zoë", "D. & G.", "Kim (OPCC Kent)", "李雷"],
)
def test_an_ordinary_name_stays_as_it_is(name: str) -> None:
    assert inert(name) == name.replace("&", "&amp;")


def test_what_would_format_a_line_looks_much_the_same_and_does_not() -> None:
    assert inert("*Kim* ~Hale~ O`Neill") == "∗Kim∗ ∼Hale∼ O'Neill"
    assert inert("_kim_hale_ <!here>") == "＿kim_hale＿ &lt;!here&gt;"


def of_kent(kind: UpdateKind = UpdateKind.NOTE, **facts: Any) -> Recorded:
    actor = Actor(person(CORA, name=NAME), is_coordinator=True)
    return Recorded(actor, NAME, True, ((a_recommendation(), an_addressee(NAME), an_update(kind, **facts)),))


REQUEST = ExtensionRequest(
    131, a_recommendation(), "code", NAME, date(2025, 3, 27), date(2025, 4, 30), "why", ALICE, NAME
)
DECISION = Decision(REQUEST, granted=True, until=date(2025, 4, 30), by=NAME, decided_at=NOW)
MOVED = Moved(a_recommendation(), NAME, (Change("stage", "not started", "in progress"),))
DIGEST = Digest(TODAY, None, (), (), (), (MOVED,), (), 131, "ab")
REMINDER = Delivery("key", DeliveryKind.REMINDER, Slot.at(NOW), "U0KIM", NOW, NOW)
STANDING = BodyStanding(
    a_recommendation(report=replace(a_recommendation().report, publishers=NAME)),
    an_addressee(),
    (),
    None,
    TODAY,
)
NOTE = replace(an_update(UpdateKind.NOTE, text="we met"), author_name=NAME)

SCREENS = {
    "ask": leave_to_quote.message(UpdateView(NOTE, a_recommendation(), NAME), "key"),
    "check": check.checked(of_kent(UpdateKind.CHECK)),
    "digest": digest_message.message(DIGEST),
    "doubt": doubt.question(Doubt(REMINDER, NAME), "key"),
    "extension asked for": extend.request_message(REQUEST, "key"),
    "extension decided": extend.decided(DECISION),
    "extension decided before": extend.decided(replace(DECISION, again=True)),
    "extension told": extend.decision_message(DECISION, "key"),
    "grant": grant.granted(person(ALICE, name=NAME), "a contact", NAME),
    "help": help.one_verb(Asking("contact", (NAME,)), Sample(), VERB_OF["accept"], ["/recs accept 15"]),
    "leaver": reminder.leaver_message(Leaver(NAME, {NAME: (NAME,)}), "key"),
    "mine of nobody": mine.mine(OwnOverview((), (), BodyCounts(), None, TODAY, coordinators=(NAME,))),
    "recorded": recorded.recorded(of_kent(text="we met")),
    "recorded by form": update_form.recorded(of_kent(text="we met")),
    "refused": refused(NotACoordinator(), RefusalContext("grant", (NAME,))),
    "reminder": reminder.reminder_message(
        Reminder((NAME,), (Owed(a_recommendation(), an_addressee(NAME)),) * 2, 2, 0, TODAY), "key"
    ),
    "reopened": reopen.reopened(of_kent(UpdateKind.REOPEN, text="why")),
    "reopened, told": reopen.message(Reopening(131, a_recommendation(), NAME, NAME, "why"), "key"),
    "shared": share.shared(screen("Said."), NAME),
    "status": status.with_body(STANDING),
}


@pytest.mark.parametrize("shown", SCREENS.values(), ids=SCREENS)
def test_nobodys_name_formats_what_stands_around_it(shown: Screen | dict[str, Any]) -> None:
    blocks = shown.blocks if isinstance(shown, Screen) else shown["blocks"]
    formatted = [text["text"] for text in texts(list(blocks)) if text["type"] == "mrkdwn"]
    for part in NAME.split():
        assert not [text for text in formatted if part in text]


def texts(part: Any) -> Iterator[dict[str, Any]]:
    """The text objects anywhere in a piece of a message."""
    if isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text"):
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from texts(inner)
