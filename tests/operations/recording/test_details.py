"""Evidence, and who decided and when, as they are recorded by a typed command."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.domain.questions.grammar.typed_recordings import Note, Progress, Respond
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.details import Details, GivenInFuture, GivenTooEarly, NotALink
from bot.domain.register.guard import MayIdentify
from bot.operations.recording.note import note
from bot.operations.recording.progress import progress
from bot.operations.recording.respond import respond
from storage.store import Store
from tests.cast import ALICE, occasion
from tests.storage import register
from tests.storage.audit import audit
from tests.storage.register import R15, R16

DETAILS = Details("https://kent-pcc.example.org/a", "the Commissioner", date(2025, 3, 4))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with register.with_contacts(database_url) as store:
        yield store


def test_details_go_with_each_recommendation_that_was_typed(store: Store, database_url: str) -> None:
    progress(store, occasion(ALICE), Progress(Stage.IN_PROGRESS, (R15, R16), text="begun", details=DETAILS))
    respond(store, occasion(ALICE), Respond(Answer.ACCEPTED, (R15,), details=DETAILS))
    note(store, occasion(ALICE), Note(R15, text="we met", details=DETAILS))
    rows = audit(database_url)[-4:]
    assert [row["kind"] for row in rows] == ["progress", "progress", "response", "note"]
    for row in rows:
        facts = (row["evidence_url"], row["decided_by"], str(row["stands_from"]))
        assert facts == ("https://kent-pcc.example.org/a", "the Commissioner", "2025-03-04")


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        (Details(decided_on=date(2025, 3, 11)), GivenInFuture),
        (Details(decided_on=date(2024, 9, 26)), GivenTooEarly),
        (Details("https://[broken"), NotALink),
        (Details(decided_by="the victim Jane Smith"), MayIdentify),
        (Details("https://a.uk/ring-07700900123"), MayIdentify),
    ],
)
def test_the_rules_of_the_form_hold_for_what_is_typed(
    store: Store, database_url: str, details: Details, refusal: type[Refusal]
) -> None:
    before = len(audit(database_url))
    with pytest.raises(refusal):
        progress(store, occasion(ALICE), Progress(Stage.IN_PROGRESS, (R15,), text="begun", details=details))
    assert len(audit(database_url)) == before
