"""What is said of responses that are awaited."""

from bot.domain.questions.answers import AwaitedResponses, OwingBodies
from bot.domain.questions.pages import Listing
from bot.domain.register.addressee import Answer, Duty
from bot.rendering.blocks.questions import waiting
from bot.rendering.screen import Screen
from tests.cast import TODAY, an_addressee
from tests.rendering.cases import late_with
from tests.rendering.screens import assert_valid, read


def is_awaited(
    *groups: OwingBodies, awaiting: int | None = None, name: str = "", total: int | None = None
) -> Screen:
    count = sum(len(group.addressees) for group in groups) if awaiting is None else awaiting
    listing = Listing(1, len(groups) if total is None else total)
    shown = waiting.waiting(AwaitedResponses(groups, listing, count, TODAY, "waiting", name))
    assert_valid(shown)
    return shown


def test_waiting_says_how_many_responses_from_whom_and_blames_nobody() -> None:
    gwent, kent = (an_addressee(name, answer=Answer.AWAITING) for name in ("Gwent", "Kent"))
    group = late_with(gwent, duty=Duty.RESPONSE)
    several = group, late_with(gwent, kent, number="16", duty=Duty.RESPONSE)
    assert is_awaited(group).text == "1 response is awaited on stalking 15 from Gwent."
    assert is_awaited(*several).text == "3 responses are awaited on stalking 15 and 16 from 2 bodies."
    assert is_awaited(*several, awaiting=900, total=300).text == "900 responses are awaited."
    assert is_awaited().text == "No response is awaited."
    assert is_awaited(name="Kent").text == "Kent: no response is awaited."
    assert is_awaited(name="stalking 15").text == "Stalking 15: no response is awaited."
    assert read(is_awaited(group)) == [
        "Stalking 15, response due 22 November 2024 (overdue by 108 days): 1 body",
        "  Gwent",
    ]
