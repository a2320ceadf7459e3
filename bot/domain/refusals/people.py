"""Who cannot be granted a role, lose one, or be asked."""

from dataclasses import dataclass

from bot.domain.refusals.refusal import Refusal


@dataclass
class UnknownPerson(Refusal):
    """Slack does not know the person named."""

    name: str


@dataclass
class NotAPerson(Refusal):
    """An app, a bot or Slackbot can hold no role."""

    name: str


@dataclass
class HasLeftSlack(Refusal):
    """Somebody whose account is deactivated can be granted nothing."""

    person: str


@dataclass
class AlreadyGranted(Refusal):
    person: str
    role: str


@dataclass
class NothingToRevoke(Refusal):
    person: str
    role: str


@dataclass
class AlwaysCoordinator(Refusal):
    """The settings name this person as a coordinator, so nobody can revoke it here."""

    person: str


@dataclass
class NoContact(Refusal):
    """A body has nobody who could answer."""

    body_name: str


@dataclass
class OnlyContact(Refusal):
    """Reminders of what a body owes can be paused only where another contact still gets them."""

    body_name: str


@dataclass
class LastContact(Refusal):
    """Revoking would leave a body without a contact, which is done only when said so."""

    person: str
    body_name: str
