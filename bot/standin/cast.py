"""The demo's people and their channel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.standin.people import Person
from bot.standin.stand_in import StandIn
from bot.standin.workspace import PersonKind

CHANNEL, CHANNEL_NAME = "C0COORD", "coordination"
COORDINATOR = "U0CORA"


@dataclass(frozen=True)
class Character:
    """`who` says what they are to the register; `team_id` is for somebody of another organisation."""

    id: str
    name: str
    who: str
    kind: PersonKind = "member"
    team_id: str | None = None


CAST = (
    Character(COORDINATOR, "Cora Lane", "coordinator at the association"),
    # The 43 offices are employers of their own, so their officers are mostly guests in the workspace.
    Character("U0KIM", "Kim Hale", "officer in Kent, a guest in the workspace", "guest"),
    Character("U0ED", "Ed Moss", "officer in Essex, a guest in the workspace", "guest"),
    Character("U0VIC", "Vic Park", "member of the workspace, who may look but not record"),
    Character("U0GUS", "Gus Reed", "a guest without a role", "guest"),
    Character("U0STELLA", "Stella Kerr", "from another organisation", "stranger", "T0OTHER"),
)


def enter(slack: StandIn, characters: Iterable[Character] = CAST) -> Mapping[str, Person]:
    """Add the channel and the people, and return these by handle: `cora`, `kim`, …"""
    slack.add_channel(CHANNEL, CHANNEL_NAME)
    people = [
        slack.add_person(character.id, character.name, character.kind, character.team_id)
        for character in characters
    ]
    return {person.handle: person for person in people}
