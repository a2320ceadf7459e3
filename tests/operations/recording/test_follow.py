"""How much one person or channel can follow."""

from collections.abc import Iterator

import pytest

from bot.domain.messages.following import MOST_FOLLOWED
from bot.domain.questions.grammar.typed_recordings import StartFollowing
from bot.domain.refusals.commands import FollowsEnough
from bot.operations.recording.follow import follow, followed
from tests.cast import ALICE, VIC, Register, occasion, stalking_case
from tests.outbox.rig import MONDAYS


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = stalking_case(database_url)
    yield made
    made.store.database.close()


def test_somebody_can_follow_twenty_things_and_no_more(register: Register) -> None:
    *bodies, one_more = list(register.bodies.values())[: MOST_FOLLOWED + 1]
    for body in bodies:
        follow(register.store, occasion(VIC), StartFollowing(body), MONDAYS)
    with pytest.raises(FollowsEnough):
        follow(register.store, occasion(VIC), StartFollowing(one_more), MONDAYS)
    assert MOST_FOLLOWED == 20
    assert len(followed(register.store, occasion(VIC), MONDAYS).own) == MOST_FOLLOWED
    # What is followed already is no more of it, and another has as many of their own.
    follow(register.store, occasion(VIC), StartFollowing(bodies[0]), MONDAYS)
    follow(register.store, occasion(ALICE), StartFollowing(one_more), MONDAYS)
