"""What of the history is about a subject that somebody follows."""

import pytest

from bot.domain.messages.following import about
from bot.domain.register.following import Subject, SubjectKind
from bot.domain.register.net_changes import Event
from bot.domain.register.policing_body import PolicingBody, written_shares
from bot.domain.register.update import UpdateKind
from bot.domain.values import replace


def body(code: str, region: str, successor: str | None = None) -> PolicingBody:
    return PolicingBody(
        code, code, code, code, code, code, "pcc", region, "England", 1, 1, successor_code=successor
    )


EVERYONE = [
    body("norfolk", "Eastern", successor="mayor"),
    body("suffolk", "Eastern", successor="mayor"),
    body("mayor", "Eastern", successor="combined"),
    body("combined", "Midlands"),
    body("kent", "South East"),
]


@pytest.mark.parametrize(
    ("kind", "key", "bodies"),
    [
        # Who follows a body follows those to which its duties pass, and their heirs.
        (SubjectKind.BODY, "norfolk", {"norfolk", "mayor", "combined"}),
        (SubjectKind.BODY, "mayor", {"mayor", "combined"}),
        (SubjectKind.BODY, "kent", {"kent"}),
        (SubjectKind.REGION, "Eastern", {"norfolk", "suffolk", "mayor"}),
    ],
)
def test_what_is_followed_of_bodies(kind: SubjectKind, key: str, bodies: set[str]) -> None:
    is_about = about(Subject(kind, key), EVERYONE)
    events = [Event(1, UpdateKind.NOTE, "stalking-15", known.code) for known in EVERYONE]
    assert {event.body_code for event in events if is_about(event)} == bodies


def test_each_heir_is_followed_for_its_share_of_what_is_divided() -> None:
    divided = replace(
        body("norfolk", "Eastern", successor="mayor"), divided=written_shares({"stalking-16": "kent"})
    )
    everyone = [divided, body("mayor", "Eastern"), body("kent", "South East")]
    is_about = about(Subject(SubjectKind.BODY, "norfolk"), everyone)
    passed = {
        (heir, id_)
        for heir in ("mayor", "kent")
        for id_ in ("stalking-15", "stalking-16")
        if is_about(Event(1, UpdateKind.NOTE, id_, heir))
    }
    assert passed == {("mayor", "stalking-15"), ("kent", "stalking-16")}


@pytest.mark.parametrize(
    ("kind", "key", "recommendations"),
    [
        (SubjectKind.RECOMMENDATION, "stalking-15", {"stalking-15"}),
        (SubjectKind.REPORT, "stalking", {"stalking-15", "stalking-16"}),
    ],
)
def test_what_is_followed_of_recommendations(kind: SubjectKind, key: str, recommendations: set[str]) -> None:
    is_about = about(Subject(kind, key), EVERYONE)
    events = [Event(1, UpdateKind.NOTE, id_, "kent") for id_ in ("stalking-15", "stalking-16", "custody-15")]
    assert {event.recommendation_id for event in events if is_about(event)} == recommendations
