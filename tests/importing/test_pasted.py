"""A table that was pasted: what it holds is recognised, or refused with what to do."""

import pytest

from bot.domain.register.imports import ContactRow, RecommendationRow
from bot.domain.register.people import ContactKind
from bot.importing import pasted


@pytest.mark.parametrize("separator", ["\t", ",", ";", "|"])
def test_a_list_of_contacts_needs_no_headings(separator: str) -> None:
    lines = (("kim@example.org", "Kent"), ("U012AB3CD", "Surrey", "deputy"), ("@Gus Reed", "Essex"))
    batch = pasted.read("\n".join(map(separator.join, lines)))
    assert batch.faults == ()
    contacts = [(row.user, row.body, row.kind, row.place.row) for row in batch.of(ContactRow)]
    assert contacts == [
        ("kim@example.org", "Kent", None, 1),
        ("U012AB3CD", "Surrey", ContactKind.DEPUTY, 2),
        ("@Gus Reed", "Essex", None, 3),
    ]


def test_the_body_may_come_first() -> None:
    (contact,) = pasted.read("Kent\t<@U012AB3CD|kim>").of(ContactRow)
    assert (contact.user, contact.body) == ("<@U012AB3CD|kim>", "Kent")


def test_names_alone_are_contacts_where_the_reader_says_so() -> None:
    assert pasted.read("Kim Hale,Kent").rows == ()
    (contact,) = pasted.read("Kim Hale,Kent", "contacts").of(ContactRow)
    assert (contact.user, contact.body) == ("Kim Hale", "Kent")


def test_headings_may_be_those_that_people_use() -> None:
    batch = pasted.read("Name\tE-mail\tForce\nKim Hale\tkim@example.org\tKent")
    (contact,) = batch.of(ContactRow)
    assert (contact.user, contact.body, contact.place.row) == ("kim@example.org", "Kent", 2)
    assert [notice.text for notice in batch.notices] == ["This column was not read: “E-mail” says the same."]
    (recommendation,) = pasted.read("Report,No.,Text,Addressed to\nstalking,30,Act.,all").of(
        RecommendationRow
    )
    assert (recommendation.number, recommendation.wording) == ("30", "Act.")


@pytest.mark.parametrize("text", ["foo,bar\n1,2", "a", '"', "\t\t"])
def test_what_is_not_recognised_is_refused_with_what_to_do(text: str) -> None:
    (fault,) = pasted.read(text).faults
    assert "choose what it holds" in str(fault.refusal)
