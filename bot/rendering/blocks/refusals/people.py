"""Who cannot be granted a role, lose one, or be asked."""

from typing import assert_never

from bot.domain.questions.grammar.problems import Choice
from bot.domain.refusals.people import (
    AlreadyGranted,
    AlwaysCoordinator,
    HasLeftSlack,
    LastContact,
    NoContact,
    NotAPerson,
    NothingToRevoke,
    OnlyContact,
    UnknownPerson,
)
from bot.rendering.blocks.refusals.wording import RefusalContext, Wording

PeopleRefusal = (
    UnknownPerson
    | NotAPerson
    | HasLeftSlack
    | AlreadyGranted
    | NothingToRevoke
    | AlwaysCoordinator
    | NoContact
    | OnlyContact
    | LastContact
)


def wording(refusal: PeopleRefusal, context: RefusalContext) -> Wording:
    match refusal:
        case UnknownPerson():
            return Wording(
                f"Slack knows nobody active as {refusal.name}.",
                "Pick the person from the list that Slack shows after @.",
            )
        case NotAPerson():
            return Wording(
                f"{refusal.name} is an app, not a person, so nothing was changed.",
                "Pick a person from the list that Slack shows after @.",
            )
        case HasLeftSlack():
            return Wording(
                f"{refusal.person} has left Slack, so nothing was changed.",
                "Pick somebody from the list that Slack shows after @.",
            )
        case AlreadyGranted():
            return Wording(f"{refusal.person} is {refusal.role} already.")
        case NothingToRevoke():
            return Wording(f"{refusal.person} is not {refusal.role}.", "/recs contacts lists who is.")
        case AlwaysCoordinator():
            return Wording(
                f"{refusal.person} is a coordinator by recbot's settings.",
                "Whoever runs recbot can take the name out of RECBOT_COORDINATORS.",
            )
        case NoContact():
            return Wording(
                f"{refusal.body_name} has no contact who could be asked, so nobody was.",
                "Grant somebody the role first: on Home, or with /recs grant.",
            )
        case OnlyContact():
            return Wording(
                f"Nobody else is reminded of what {refusal.body_name} owes, so your reminders go on.",
                f"{context.who} can add another contact.",
            )
        case LastContact():
            return _last_contact(refusal, context)
        case _:
            assert_never(refusal)


def _last_contact(refusal: LastContact, context: RefusalContext) -> Wording:
    command = f"{context.typed} anyway"
    return Wording(
        f"{refusal.person} is {refusal.body_name}'s last contact, so nothing was changed.",
        "Grant somebody else first, or revoke all the same: nobody would then be reminded.",
        options=(Choice("Revoke all the same", command),),
    )
