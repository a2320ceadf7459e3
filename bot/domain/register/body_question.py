"""What a coordinator asks a body about a recommendation, and what the body answers."""

from datetime import datetime

from msgspec import Struct

from bot.domain.register.people import PersonKey
from bot.domain.register.recommendation import Recommendation


class BodyQuestion(Struct, frozen=True):
    """Update `seq`, asked at a UTC instant; `contacts` are the names of those who were asked."""

    seq: int
    recommendation: Recommendation
    body_code: str
    body_name: str
    text: str
    asker: PersonKey
    asker_name: str
    asked_at: datetime
    contacts: tuple[str, ...] = ()


class BodyAnswer(Struct, frozen=True):
    """What was answered, as update `seq` at a UTC instant; `again` when it was answered before somebody
    answered anew."""

    question: BodyQuestion
    seq: int
    text: str
    by: str
    answered_at: datetime
    again: bool = False
