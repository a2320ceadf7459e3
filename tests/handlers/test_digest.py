from collections.abc import Iterator

import pytest

from bot.domain.questions.grammar.typed_commands import DigestNext, DigestPreview
from bot.domain.questions.grammar.typed_recordings import DigestSend
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.people import PersonKey
from bot.domain.values import replace
from bot.operations.request.context import Services
from bot.operations.request.schedule_plan import SchedulePlan
from handlers import digest
from tests import cast
from tests.outbox.rig import MONDAYS, PLAN


@pytest.fixture
def services(sqlite_url: str) -> Iterator[Services]:
    register = cast.stalking_case(sqlite_url)
    yield replace(register.services(), schedule=PLAN)
    register.store.database.close()


def test_the_three_of_them_answer_a_coordinator(services: Services) -> None:
    request = cast.occasion(cast.CORA)
    assert digest.next_digest(services, request, DigestNext()).text == (
        "The next digest comes on Monday 17 March 2025 at 09:00."
    )
    assert digest.preview(services, request, DigestPreview()).text == (
        "Stalking: all 43 accepted; none complete; due in 17 days."
    )
    sent = digest.send(services, request, DigestSend())
    assert sent.text == "The digest is on its way to the channel."
    assert digest.send(services, request, DigestSend()) == sent
    assert "waiting to be posted" in str(digest.next_digest(services, request, DigestNext()).blocks)


@pytest.mark.parametrize("who", [cast.ALICE, cast.VIC])
def test_nobody_else_may(services: Services, who: PersonKey) -> None:
    request = cast.occasion(who)
    with pytest.raises(NotACoordinator):
        digest.next_digest(services, request, DigestNext())
    with pytest.raises(NotACoordinator):
        digest.preview(services, request, DigestPreview())
    with pytest.raises(NotACoordinator):
        digest.send(services, request, DigestSend())


def test_without_a_channel_sending_says_what_to_set(services: Services) -> None:
    nowhere = replace(services, schedule=SchedulePlan(None, MONDAYS))
    shown = digest.send(nowhere, cast.occasion(cast.CORA), DigestSend())
    assert "Set RECBOT_DIGEST_CHANNEL" in shown.text
