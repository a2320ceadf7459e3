"""More for the lookups to find than the stalking case holds."""

from datetime import UTC, date, datetime

from bot.domain.questions.answers import AwaitedResponses, OverdueList
from bot.domain.questions.names import Region, ReportName
from bot.domain.register.addressee import Answer, Duty, Stage
from bot.domain.register.recommendation import Recommendation
from bot.domain.values import replace
from storage import addressees, recommendations
from tests.cast import (
    Register,
)

DEADLINE = date(2025, 3, 27)


# The day after the deadline has begun in London.
LATE = datetime(2025, 3, 28, 9, 0, tzinfo=UTC)


WALES = Region("Wales")


STALKING = ReportName("stalking", "")


def add(register: Register, new: Recommendation, slugs: tuple[str, ...], *, answer: Answer) -> None:
    """One more recommendation, addressed to these bodies, which all answered alike."""
    with register.store.begin() as connection:
        recommendations.add(connection, new)
        addressees.add(
            connection,
            [
                replace(
                    standing,
                    recommendation_id=new.id,
                    answer=answer,
                    stage=Stage.NOT_STARTED,
                    respond_by=new.respond_by,
                    due_on=new.due_on,
                )
                for standing in addressees.of_recommendation(connection, "stalking-15")
                if standing.body_code in {register.body(slug).code for slug in slugs}
            ],
        )


def withdraw(register: Register, recommendation_id: str) -> None:
    """Its addressees owe nothing any more."""
    with register.store.begin() as connection:
        for standing in addressees.of_recommendation(connection, recommendation_id):
            addressees.save(connection, standing, replace(standing, live=False))


def names(owing: OverdueList | AwaitedResponses) -> dict[tuple[Duty, str], list[str]]:
    return {
        (group.duty, group.recommendation.number): [addressee.body_name for addressee in group.addressees]
        for group in owing.groups
    }
