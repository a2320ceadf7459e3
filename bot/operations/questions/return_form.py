"""The form on which a body answers without Slack: what it has open, for whoever may record for it."""

from datetime import date, datetime

from bot.domain.calendar import london_date
from bot.domain.questions.names import Body
from bot.domain.refusals.addressees import NothingIsOpen
from bot.domain.register.people import Request
from bot.domain.register.return_form import ReturnForm, ReturnItem, code_of
from bot.operations.register.now import RegisterNow
from bot.operations.request import actors
from storage import recommendations
from storage.chain import return_key
from storage.database import Connection
from storage.store import Store


def return_form(store: Store, request: Request, body: Body) -> ReturnForm:
    """Return the form on which a body answers without Slack. Raises NotAContactOf where the asker may not
    record for the body, CannotSee, NothingIsOpen."""
    with store.reading() as connection:
        actors.load(connection, store, request).must_speak_for(body.code, body.short_name)
        return _form(connection, body, request.today)


def return_form_by_operator(store: Store, instant: datetime, body: Body) -> ReturnForm:
    """Return the form for whoever holds the database, at a UTC instant. Raises NothingIsOpen."""
    with store.reading() as connection:
        return _form(connection, body, london_date(instant))


def _form(connection: Connection, body: Body, day: date) -> ReturnForm:
    register = RegisterNow(connection, day)
    # What is owed comes first of what a body has.
    owing = register.sums((body.code,)).owing
    if not owing:
        raise NothingIsOpen(body.short_name)
    addressees = register.page_of_bodies((body.code,), limit=owing, offset=0)
    by_id = recommendations.by_ids(connection, [addressee.recommendation_id for addressee in addressees])
    key = return_key(connection)
    items = (
        ReturnItem(
            by_id[addressee.recommendation_id],
            addressee,
            code_of(key, addressee.recommendation_id, addressee.body_code, addressee.version),
        )
        for addressee in addressees
    )
    return ReturnForm(body.short_name, body.slug, day, tuple(items))
