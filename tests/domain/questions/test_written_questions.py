"""What a question is called, which texts ask it, and what makes no sense."""

from datetime import date

import pytest

from bot.domain.questions.account import Format
from bot.domain.questions.grammar.problems import NotUnderstood, WhichMeaning
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.questions.model import (
    STATES,
    AsAt,
    AskedState,
    Between,
    File,
    Group,
    NoNews,
    Question,
    Scope,
    Shape,
    Since,
    opposite_of,
)
from bot.domain.questions.names import Region
from bot.domain.questions.sense import MakesNoSense, Why
from bot.domain.questions.written import WALES, canonical
from tests.domain.shipped_names import MONDAY, NAMES, body, rows


def read(text: str) -> Question:
    return read_question(text, NAMES, MONDAY)


@pytest.mark.parametrize(
    "text",
    [
        "status",
        "15",
        "15 merseyside",
        "merseyside",
        "wales",
        "region South East",
        "body west-midlands",
        "stalking",
        "15 as at 22 Nov 2024",
        "15 kent as known at 22 Nov 2024",
        "deadlines",
        "deadlines 30d",
        "deadlines before 1 Apr 2025",
        "deadlines in Apr 2025",
        "deadlines from 21 Apr 2025",
        "deadlines 24 Mar 2025 to 30 Mar 2025",
        "deadlines all",
        "deadlines kent",
        "overdue",
        "overdue 15 kent",
        "overdue 15 16",
        "overdue wales except gwent",
        "overdue region South West",
        "overdue as at 4 Apr 2025",
        "waiting 15 16",
        "waiting as at 22 Nov 2024",
        "waiting except gwent",
        "changes",
        "changes since 1 Mar 2025",
        "changes kent since 1 Mar 2025",
        "changes 1 Jan 2025 to 15 Jan 2025",
        "mine",
        "history mine",
        "history 15 16 kent",
        "history kent surrey since 1 Mar 2025",
        "history by Kim Hale",
        "history 15 16 kent by kim in Feb 2025",
        "history by U0KIM",
        "contacts by kim",
        "15 wales",
        "15 not started",
        "16 region North East not started",
        "blocked",
        "wales blocked",
        "stage complete",
        "answer accepted in part",
        "answer not accepted",
        "15 16 25 complete",
        "15 accepted not started",
        "kent surrey",
        "15 except mayors",
        "england",
        "15 by region",
        "15 percent",
        "15 complete count",
        "extensions",
        "no news 60d",
        "evidence 25",
        "quotable",
        "not quotable",
        "15 part a",
        "contacts kent surrey",
        "contacts overdue 15",
        "contacts essex as at 31 Jan 2025",
        "export docx",
        "export 15 as at 22 Nov 2024 xlsx",
        "export overdue xlsx",
        "export contacts xlsx",
        "export kent json internal",
        "map 15",
        "map 15 16",
        "map 15 wales",
        "chart 15",
        "overdue page 2",
    ],
)
def test_these_are_the_texts_that_ask(text: str) -> None:
    if text.startswith(("overdue as at", "contacts essex")):
        assert canonical(read_question(text, NAMES, date(2025, 4, 10))) == text
    else:
        assert canonical(read(text)) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("not started 15", None),
        ("wales 15", "15 wales"),
        ("complete 15", None),
        ("accepted kent", None),
        ("kent complete", "kent complete"),
        ("blocked wales", "wales blocked"),
        ("15 blocked: no staff", None),
        ("15 kent: complete", None),
        ("15 wales overdue", "overdue 15 wales"),
        ("gwent overdue 15", "overdue 15 gwent"),
        ("except gwent overdue", "overdue except gwent"),
        ("15 stage complete", "15 complete"),
        ("16 stage not complete", "16 not complete"),
        ("15 16 25 answer accepted", "15 16 25 accepted"),
        ("answer in part", "answer accepted in part"),
        ("since 1 march changes kent", "changes kent since 1 Mar 2025"),
        ("changes since last digest", "changes"),
        ("changes between 1 jan 2025 and 15 jan 2025", "changes 1 Jan 2025 to 15 Jan 2025"),
        ("deadlines in april", "deadlines in Apr 2025"),
        ("deadlines 2 weeks", "deadlines 14d"),
        ("deadlines after 31 March", "deadlines from 1 Apr 2025"),
        ("deadlines between 20 march and 10 april", "deadlines 20 Mar 2025 to 10 Apr 2025"),
        ("history by me", "history by me"),
        ("changes in dec", "changes in Dec 2024"),
        ("as at 22 Nov 2024 15", "15 as at 22 Nov 2024"),
        ("export overdue", "export overdue xlsx"),
        ("export 15", "export 15 docx"),
        ("overdue excel", "export overdue xlsx"),
        ("15 stalking", "stalking 15"),
        ("15, 16 and 25 in Wales", "15 16 25 wales"),
        ("percentage 15", "15 percent"),
        ("how many 15 complete", "15 complete count"),
        ("overdue?", "overdue"),
        ("history by kim hale 15", "history 15 by kim hale"),
        ("history by @Kim Hale since 1 mar", "history by Kim Hale since 1 Mar 2025"),
        ("history by <@U0KIM|Kim Hale> since 1 mar", "history by U0KIM since 1 Mar 2025"),
        ("contacts by <@U0KIM>", "contacts by U0KIM"),
        ("history by kent", "history kent"),
        ("history by friday", None),
        ("history by month", None),
        ("contacts by email", None),
        ("contacts by region", None),
        ("15 by kim", None),
        ("changes by kim", None),
    ],
)
def test_words_stand_in_any_order_and_a_recording_verb_never_asks(text: str, meant: str | None) -> None:
    if meant is None:
        with pytest.raises(NotUnderstood):
            read(text)
    else:
        assert canonical(read(text)) == meant


def test_a_question_is_plain_data() -> None:
    assert read("15 wales blocked") == Question(
        Scope(recommendations=(Ref(None, "15"),), places=(WALES,)), (AskedState.BLOCKED,)
    )
    assert read("changes mayors since 1 Mar 2025") == Question(
        Scope(places=(Group.MAYORS,)), time=Since(date(2025, 3, 1)), shape=Shape.CHANGES
    )
    assert read("export no news 30d") == Question(conditions=(NoNews(30),), file=File(Format.XLSX))
    assert read("deadlines in Feb 2024").time == Between(date(2024, 2, 1), date(2024, 2, 29))
    assert read("15 as known at 22 Nov 2024").time == AsAt(date(2024, 11, 22), known=True)
    assert read("contacts region London").scope.places == (Region("London"),)
    assert read("body metropolitan").scope.places == (body("metropolitan"),)


def test_equal_questions_are_equal_whatever_the_order() -> None:
    assert read("15 accepted blocked") == read("15 blocked accepted")
    assert read("mayors kent") == read("kent mayors")


def test_a_name_that_is_two_things_is_asked_and_the_rest_is_kept() -> None:
    with pytest.raises(WhichMeaning) as problem:
        read("15 west midlands blocked")
    assert [option.command for option in problem.value.options] == [
        "15 body west-midlands blocked",
        "15 region West Midlands blocked",
    ]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "kent except 16",
            "except 15 blocked",
            "overdue except blocked",
            "15 except",
            "changes except since 1 Mar",
        ),
        *(
            "overdue except",
            "15 except except kent",
            "wales except as at 1 Mar 2025",
            "kent except no news 30d",
        ),
    ],
)
def test_what_cannot_be_taken_away_is_not_what_is_asked_for(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read(text)


@pytest.mark.parametrize(
    "text", ["15 please", "overdue asap", "kent 15 phone", "15 as at nonsense", "chart 15 map"]
)
def test_a_word_that_is_not_known_is_never_passed_over(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read(text)


@pytest.mark.parametrize(
    ("text", "why", "nearest"),
    [
        ("15 since 1 Mar 2025", Why.TIME_OF_SHAPE, ["changes 15 since 1 Mar 2025", "15"]),
        ("15 as at 1 Apr 2025", Why.DAY_TO_COME, ["15"]),
        ("changes blocked", Why.CONDITIONS_OF_SHAPE, ["changes", "blocked"]),
        ("history 15 as at 1 Mar 2025", Why.TIME_OF_SHAPE, ["15 as at 1 Mar 2025", "history 15"]),
        ("map wales", Why.WHICH_RECOMMENDATION, ["wales"]),
        ("15 accepted not accepted", Why.NOT_BOTH, ["15 accepted", "15 not accepted"]),
        (
            "complete 15".replace("complete 15", "15 complete blocked"),
            Why.NOT_BOTH,
            ["15 blocked", "15 complete"],
        ),
        ("kent except kent", Why.NOTHING_LEFT, ["kent"]),
        ("export overdue docx", Why.NO_DOCUMENT, ["export overdue xlsx"]),
        ("export map 15", Why.FILE_OF_SHAPE, ["map 15"]),
        ("changes 15 Jan 2025 to 1 Jan 2025", Why.FIRST_AFTER_LAST, ["changes 1 Jan 2025 to 15 Jan 2025"]),
        ("mine kent", Why.TWO_SCOPES, ["kent", "mine"]),
        ("contacts kent by kim", Why.OF_NO_PERSON, ["history kent by kim", "contacts by kim"]),
        ("history 15 by kim as at 1 Mar 2025", Why.TIME_OF_SHAPE, ["history 15 by kim"]),
        ("15 16 part a", Why.WHICH_RECOMMENDATION, ["15 part a", "16 part a"]),
    ],
)
def test_what_makes_no_sense_says_so_with_the_nearest_that_does(
    text: str, why: Why, nearest: list[str]
) -> None:
    with pytest.raises(MakesNoSense) as problem:
        read(text)
    assert problem.value.why is why
    assert [canonical(question) for question in problem.value.nearest][: len(nearest)] == nearest


def test_each_state_has_its_words_and_its_opposite_leads_back() -> None:
    assert set(STATES) == set(AskedState)
    for state in AskedState:
        opposite = opposite_of(state)
        assert opposite is None or opposite_of(opposite) is state
    words = [word for state, row in STATES.items() for word in (state.value, *row.synonyms)]
    assert len(words) == len(set(words))


def test_a_body_that_is_named_as_a_region_says_that_it_is_a_body() -> None:
    for row in rows():
        text = canonical(Question(Scope(places=(body(row["slug"]),))))
        assert read(text).scope.places == (body(row["slug"]),)
