"""Who may ask at all, and how much at once."""

from dataclasses import dataclass

from bot.domain.refusals.refusal import Refusal


@dataclass
class NotIntroduced(Exception):
    """The register does not know this person, or not freshly enough: ask Slack, then try again."""

    known: bool
    granted: bool


class NotReachable(Refusal):
    """Slack did not say who this is, and the register does not know either."""


class CannotSee(Refusal):
    """A guest or a person of another organisation whom nobody has granted a role."""


class NotACoordinator(Refusal):
    """Only coordinators may do this."""


class TooMuchAtOnce(Refusal):
    """One person has written more in a short time than anybody types."""


@dataclass
class TooManyFiles(Refusal):
    """As many files wait to be made as may: of this person's (`of_this_person`), or in all."""

    of_this_person: bool
