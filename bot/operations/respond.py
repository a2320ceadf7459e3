"""A body says whether it accepts a recommendation."""

from bot.domain.lookups import Recorded
from bot.domain.people import Occasion
from bot.domain.personal_data.guard import must_identify_nobody
from bot.domain.typed.requests import Respond
from bot.domain.update import UpdateKind
from bot.operations.recording import record
from storage.store import Store


def respond(store: Store, occasion: Occasion, asked: Respond) -> Recorded:
    """Raises ReasonRequired, MayIdentify, and the refusals of `finding` and `recording`."""
    return record(
        store,
        occasion,
        UpdateKind.RESPONSE,
        asked.recommendations,
        asked.body,
        asked.reason,
        lambda addressee: addressee.respond(asked.answer, asked.reason),
        changes=must_identify_nobody(asked.reason, confirmed=asked.no_victim),
    )
