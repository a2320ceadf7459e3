"""A person asked about by name: what they recorded, and for whom they are a contact."""

import pytest

from bot.domain.questions.plain_words.people_asked_about import about_a_person
from bot.domain.questions.plain_words.surroundings import Asker
from bot.domain.questions.plain_words.understanding import Answerable, Asked
from tests.domain.questions.plain_words.surroundings import AROUND

PEOPLE = {
    "U0PAT": "Pat Okafor",
    "U0JO": "Jo Lindqvist",
    "U0JOTWO": "Jo Marsh",
    "U0WILL": "Will Grant",
    "U0ODD": "R2 (digital)",
}


def understood(text: str) -> str | None:
    understanding = about_a_person(text, Asker(is_coordinator=True), AROUND, PEOPLE)
    if understanding is None:
        return None
    if isinstance(understanding, Asked):
        return " | ".join(understanding.commands)
    assert isinstance(understanding, Answerable)
    return understanding.command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("what has Pat recorded", "history by Pat Okafor"),
        ("what did pat okafor put in last", "history by Pat Okafor"),
        ("show me everything Pat entered in February", "history by Pat Okafor in Feb 2025"),
        ("Pat's updates on 15 since January", "history 15 by Pat Okafor since 1 Jan 2025"),
        ("anything from Pat today?", "history by Pat Okafor since 10 Mar 2025"),
        ("has Pat put anything in for Kent this week", "history kent by Pat Okafor since 10 Mar 2025"),
        ("when did Pat last update 16", "history 16 by Pat Okafor"),
        ("all updates by Pat on 15 and 16", "history 15 16 by Pat Okafor"),
        ("can you tell me what Pat has been up to", "history by Pat Okafor"),
        ("what has <@U0PAT|pat> recorded on 15", "history 15 by Pat Okafor"),
        ("what has Jo recorded", "history by Jo"),
        ("what has Jo Marsh recorded", "history by Jo Marsh"),
        ("which bodies is Pat down for", "contacts by Pat Okafor"),
        ("what does Pat cover", "contacts by Pat Okafor"),
        ("who is Pat?", "contacts by Pat Okafor"),
        ("Is Pat still the contact for Kent", "contacts by Pat Okafor"),
        ("where does Pat Okafor work", "contacts by Pat Okafor"),
        ("list Pat's bodies", "contacts by Pat Okafor"),
        ("Pat", "contacts by Pat Okafor"),
        ("contacts by <@U0ODD>", "contacts by U0ODD"),
        ("what does Will Grant cover", "contacts by Will Grant"),
        ("what does Will cover", "contacts by Will Grant"),
        ("how many updates has Pat made", "history by Pat Okafor"),
        ("last thing Pat recorded", "history by Pat Okafor"),
        ("which of our contacts is Pat", "contacts by Pat Okafor"),
        ("who is Pat and who does he record for", "contacts by Pat Okafor"),
    ],
)
def test_a_person_is_asked_about_by_name(text: str, command: str) -> None:
    assert understood(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "what has Zelda recorded",
        "what has <@U0ZELDA> recorded",
        "what has Pat not recorded",
        "what hasn't Pat recorded",
        "what did Pat and Jo record",
        "what would Pat record",
        "should Pat record 15",
        "what has Pat recorded except 15",
        "what has Pat's office recorded",
        "what has Pat put in about crime",
        "who is Pat's boss",
        "who is not Pat",
        "what's Pat's number",
        "is Pat away",
        "is Pat late",
        "is Pat responsible for 15",
        "remind Pat",
        "tell Pat",
        "thanks Pat",
        "Pat says we accept 15",
        "Pat accepted 15",
        "undo what Pat recorded",
        "will the bodies record 15",
        "what is the grant for",
    ],
)
def test_what_is_not_known_of_a_person_is_not_answered(text: str) -> None:
    assert understood(text) is None
