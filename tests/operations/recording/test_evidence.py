"""A link to evidence has a title and the day it was seen; once it is dead another follows, and both stay."""

from datetime import date

import pytest

from bot.domain.refusals.refusal import Refusal
from bot.domain.register.details import (
    GivenInFuture,
    NoLinkToFollow,
    follows,
    read_evidence,
    seen_on,
    written_evidence,
)
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import PersonKey
from storage import updates
from storage.verify import Unbroken, verify
from tests.cast import ALICE, BOB, CORA, NOW, Register, accountable_case
from tests.storage.audit import audit

LINK = "https://kent.example.org/a"


def linked(
    register: Register, typed: str = "note 15 evidence https://kent.example.org/a “Minutes”: met"
) -> int:
    return register.says(ALICE, typed)


def test_a_link_is_kept_with_its_title_and_was_seen_when_it_was_recorded(register: Register) -> None:
    seq = linked(register)
    with register.store.reading() as connection:
        update = updates.get(connection, seq)
    assert update
    assert (update.draft.evidence_url, update.draft.evidence_title) == (LINK, "Minutes")
    assert (seen_on(update), follows(update)) == (NOW.date(), None)


@pytest.mark.parametrize("who", [ALICE, CORA])
def test_a_contact_or_a_coordinator_lets_another_link_follow_and_both_stay(
    database_url: str, who: PersonKey
) -> None:
    register = accountable_case(database_url)
    old = linked(register)
    typed = f"note 15 kent evidence https://kent.example.org/b seen 3 Mar 2025 instead of {old}: it moved"
    new = register.says(who, typed)
    with register.store.reading() as connection:
        update = updates.get(connection, new)
    assert update
    assert (seen_on(update), follows(update)) == (date(2025, 3, 3), old)
    assert [row["evidence_url"] for row in audit(database_url)][-2:] == [LINK, "https://kent.example.org/b"]
    assert isinstance(verify(register.store.database), Unbroken)
    register.store.database.close()


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("note 16 evidence https://a.uk/b instead of {old}: moved", NoLinkToFollow),
        ("note 15 evidence https://a.uk/b instead of 1: moved", NoLinkToFollow),
        ("note 15 evidence https://a.uk/b instead of 999999: moved", NoLinkToFollow),
        ("note 15 evidence https://a.uk/b seen 11 Mar 2025: met", GivenInFuture),
        ("note 15 evidence https://a.uk/b “call 07700 900123”: met", MayIdentify),
    ],
)
def test_a_link_follows_one_of_the_same_body_and_recommendation(
    register: Register, database_url: str, typed: str, refusal: type[Refusal]
) -> None:
    old = linked(register)
    before = len(audit(database_url))
    with pytest.raises(refusal):
        register.says(ALICE, typed.format(old=old))
    with pytest.raises(NoLinkToFollow):
        register.says(BOB, f"note 15 evidence https://a.uk/b instead of {old}: moved")
    assert len(audit(database_url)) == before


@pytest.mark.parametrize(
    ("entered", "read"),
    [
        ("", ("", "")),
        (LINK, (LINK, "")),
        (f"{LINK} “Minutes of March”", (LINK, "Minutes of March")),
        (f'  {LINK}   "Minutes  of March" ', (LINK, "Minutes of March")),
        (f"{LINK} Minutes of March", (LINK, "Minutes of March")),
    ],
)
def test_the_field_of_a_form_holds_both(entered: str, read: tuple[str, str]) -> None:
    assert read_evidence(entered) == read
    assert read_evidence(written_evidence(*read)) == read
