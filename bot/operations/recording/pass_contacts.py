"""Where a coordinator has said so, the contacts of a body that ended become contacts of those that follow."""

from bot.domain.calendar import london_date
from bot.domain.register.people import Role
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.update import Change, Draft, Update, UpdateKind, Via
from bot.operations.request.writing import HistoryLedger
from storage import people


def pass_contacts(ledger: HistoryLedger, via: Via, body: PolicingBody) -> list[Update]:
    """Grant what they do not hold yet; return what was recorded. Their old role stays, and with it what they
    may read."""
    if not body.takes_contacts_along:
        return []
    connection, recorded = ledger.connection, []
    leaving = people.contacts(connection, body.code)
    for heir in body.heirs:
        contacts_of_heir = {contact.who for contact in people.contacts(connection, heir)}
        for contact in leaving:
            if not contact.is_active or contact.who in contacts_of_heir:
                continue
            people.grant(connection, contact.who, Role.CONTACT, heir, ledger.instant, contact.kind)
            draft = Draft(
                kind=UpdateKind.GRANT,
                stands_from=london_date(ledger.instant),
                via=via,
                body_code=heir,
                changes=(
                    Change(Role.CONTACT.value, "", str(contact.who)),
                    Change("contact kind", "", contact.kind.value),
                ),
            )
            recorded.append(ledger.append(draft))
    return recorded
