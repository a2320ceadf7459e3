"""A coordinator asks a body for leave to quote a text of its own in the published account."""

from collections.abc import Callable, Iterable

from bot.domain.messages.delivery import Payload
from bot.domain.questions.answers import UpdateView
from bot.domain.questions.receipts import Asked
from bot.domain.refusals.people import NoContact
from bot.domain.refusals.taking_back import NothingToQuote
from bot.domain.register.people import Actor, Request
from bot.domain.register.update import CORRECTABLE, RequestKey, UpdateKind
from bot.domain.values import replace
from bot.operations.questions.update_views import update_views
from bot.operations.request.writing import Work, coordinating
from storage import open_requests, people, updates
from storage.database import Connection
from storage.store import Store


def ask(store: Store, request: Request, seq: int, message: Callable[[UpdateView, str], Payload]) -> None:
    """Ask the body's contacts, once for each text however often it is clicked.

    `message` words what a contact is asked, given the key of its delivery.

    Raises NothingToQuote where it was taken back or erased, NoContact, NotACoordinator."""
    with coordinating(store, request) as work:
        _ask(work, _text(work.connection, seq, work.actor), message)


def ask_for_all(
    store: Store, request: Request, seqs: Iterable[int], message: Callable[[UpdateView, str], Payload]
) -> Asked:
    """Ask the bodies of several texts, each once. What was taken back or erased meanwhile is left out.

    Raises NotACoordinator."""
    asked_bodies, without_contact = [], []
    with coordinating(store, request) as work:
        for seq in seqs:
            try:
                about = _text(work.connection, seq, work.actor)
                _ask(work, about, message)
            except NothingToQuote:
                continue
            except NoContact as problem:
                without_contact.append(problem.body_name)
            else:
                asked_bodies.append(about.body_name)
    return Asked(tuple(dict.fromkeys(asked_bodies)), tuple(dict.fromkeys(without_contact)))


def _ask(work: Work, about: UpdateView, message: Callable[[UpdateView, str], Payload]) -> None:
    """Ask a body's contacts whether a text may be quoted, unless it may be or they were asked. Raises
    NoContact."""
    seq = about.update.seq
    if about.update.quotable or open_requests.asked_to_quote(work.connection, [seq]):
        return
    body_code = about.update.draft.body_code
    contacts = people.active_contacts(work.connection, body_code)
    if not contacts:
        raise NoContact(about.body_name)
    asking = replace(
        work.draft(UpdateKind.QUOTING_ASKED),
        recommendation_id=about.update.draft.recommendation_id,
        body_code=body_code,
        about_seq=seq,
        request=RequestKey(f"ask:{seq}"),
    )
    work.append(asking)
    for contact in contacts:
        key = f"ask:{seq}:{contact.who.user_id}"
        work.tell(contact.who, key, message(about, key))


def _text(connection: Connection, seq: int, reader: Actor) -> UpdateView:
    update = updates.get(connection, seq)
    if update is None or update.undone or not update.draft.text or update.draft.kind not in CORRECTABLE:
        raise NothingToQuote
    (about,) = update_views(connection, [update], reader)
    return about
