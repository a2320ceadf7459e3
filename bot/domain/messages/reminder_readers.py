"""Which of a body's contacts are reminded, and what each of them chose not to be reminded of."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from bot.domain.register.addressee import Addressee
from bot.domain.register.people import ContactKind, Granted, PersonKey

# Second contacts are reminded too once a first one was, and nothing came for so long.
WITHOUT_NEWS = timedelta(weeks=2)
# Stands in place of a body's code, or a recommendation's id, for all of them.
EVERYTHING = ""


class Choices(Struct, frozen=True):
    """What contacts chose not to be reminded of, as it stands on one day."""

    paused: frozenset[tuple[PersonKey, str]] = frozenset()  # who paused them, and for which body
    # Who snoozed, the body and the recommendation; EVERYTHING for both where somebody is away.
    snoozed: frozenset[tuple[PersonKey, str, str]] = frozenset()

    def is_away(self, person: PersonKey) -> bool:
        return (person, EVERYTHING, EVERYTHING) in self.snoozed

    def hides(self, person: PersonKey, addressee: Addressee) -> bool:
        """Tell whether a contact snoozed what stands with an addressee, or all of its body."""
        body_code = addressee.body_code
        of_body = (person, body_code, EVERYTHING) in self.snoozed
        return of_body or (person, body_code, addressee.recommendation_id) in self.snoozed

    def reachable(self, contacts: Iterable[Granted]) -> tuple[Granted, ...]:
        """Return the contacts of a body who can be reminded. A pause counts only while somebody else is
        reminded."""
        present = [
            contact for contact in contacts if contact.can_be_reminded and not self.is_away(contact.who)
        ]
        awake = [contact for contact in present if (contact.who, contact.body_code) not in self.paused]
        return tuple(awake or present)


def reminded(
    contacts: Iterable[Granted],
    choices: Choices,
    reminded_on: Mapping[PersonKey, date],
    news: date | None,
) -> frozenset[PersonKey]:
    """Return which of a body's contacts are reminded: the first ones; also the second ones where no first one
    can be reached, or where a first one was reminded two weeks ago or earlier and no news came since.

    `reminded_on` has the London date of the last reminder, of those two weeks old or older, of each; `news`
    is that of the body's latest news."""
    reachable = choices.reachable(contacts)
    first = [contact for contact in reachable if contact.kind is ContactKind.MAIN]
    in_vain = any(
        contact.who in reminded_on and (news is None or news < reminded_on[contact.who]) for contact in first
    )
    return frozenset(contact.who for contact in (reachable if in_vain or not first else first))
