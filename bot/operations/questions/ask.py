"""A coordinator asks a body for leave to quote a text of its own in the published account."""

from collections.abc import Callable

from bot.domain.messages.delivery import Payload
from bot.domain.questions.answers import UpdateView
from bot.domain.refusals import NoContact, NothingToQuote
from bot.domain.register.people import Actor, Request, Role
from bot.domain.register.update import CORRECTABLE, Draft, RequestKey, Update, UpdateKind, Via
from bot.operations.questions.telling import told
from bot.operations.request import actors
from bot.operations.request.direct_messages import enqueue
from storage import people, updates
from storage.chain import Chain
from storage.database import Connection
from storage.store import Store


def ask(store: Store, request: Request, seq: int, message: Callable[[UpdateView, str], Payload]) -> None:
    """Once for each text, whoever clicks how often. `message` words what each contact is asked, for the key
    of its delivery.

    Raises NothingToQuote where it was taken back or erased, NoContact, NotACoordinator."""
    with store.begin() as connection:
        chain = Chain(connection)
        actor = actors.load(connection, store, request)
        actor.must_coordinate()
        about = _text(connection, seq, actor)
        if about.update.quotable or updates.asked_to_quote(connection, [seq]):
            return
        contacts = [
            holder
            for holder in people.granted(
                connection, role=Role.CONTACT, body_code=about.update.draft.body_code
            )
            if holder.is_active
        ]
        if not contacts:
            raise NoContact(about.body_name)
        chain.append(_draft(about.update, request, actor), request.at)
        for contact in contacts:
            key = f"ask:{seq}:{contact.who.user_id}"
            enqueue(connection, key=key, who=contact.who, payload=message(about, key), instant=request.at)


def _text(connection: Connection, seq: int, reader: Actor) -> UpdateView:
    update = updates.get(connection, seq)
    if update is None or update.undone or not update.draft.text or update.draft.kind not in CORRECTABLE:
        raise NothingToQuote
    (about,) = told(connection, [update], reader)
    return about


def _draft(about: Update, request: Request, actor: Actor) -> Draft:
    return Draft(
        kind=UpdateKind.QUOTING_ASKED,
        stands_from=request.today,
        via=Via.SLACK,
        by=actor.key,
        recommendation_id=about.draft.recommendation_id,
        body_code=about.draft.body_code,
        about_seq=about.seq,
        request=RequestKey(f"ask:{about.seq}"),
    )
