"""What a question selects of the register: recommendations with bodies, of which a condition holds."""

from datetime import date

from msgspec import Struct

from bot.domain.questions.model import Condition
from bot.domain.register.recommendation import Themes


class Selection(Struct, frozen=True):
    """Of what is asked of bodies, where each of `conditions` holds on the London date `day`.

    Without `ids` it is what is live; `ids` may have ended. None narrows nothing."""

    day: date
    ids: tuple[str, ...] | None = None
    report_keys: tuple[str, ...] | None = None
    body_codes: tuple[str, ...] | None = None
    conditions: tuple[Condition, ...] = ()
    # Where `ids` are all that is live and has one of these themes together, and nothing else.
    themes: tuple[Themes, ...] | None = None
    with_contact: frozenset[str] = frozenset()  # the codes of the bodies that have an active contact


class Share(Struct, frozen=True):
    """Of those `addressed` with one body, or on one report, `matching` many meet the conditions."""

    key: str  # a body's code, or a report's key
    name: str
    addressed: int
    matching: int
