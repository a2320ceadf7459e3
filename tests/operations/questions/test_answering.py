"""Any question has one answer: as it stands and as at today, on both databases, counted by its rule."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.questions.holding import NOT_OF_THE_PAST, is_recorded
from bot.domain.questions.model import (
    AsAt,
    AskedState,
    Condition,
    Group,
    NoNews,
    Now,
    Priority,
    Question,
    Scope,
    Shape,
    Theme,
)
from bot.domain.questions.names import Region, ReportName
from bot.domain.questions.question_answer import Answered, CannotBeAnswered, WhyUnanswered
from bot.domain.questions.sense import MakesNoSense
from bot.domain.refusals.addressees import NotAContactOf, NotRecordable
from bot.domain.refusals.commands import UnknownRecommendation
from bot.domain.refusals.request import CannotSee
from bot.domain.register.people import PersonKey, Role
from bot.domain.register.update import UpdateKind
from bot.domain.values import replace
from bot.operations.questions import answering, history
from bot.operations.recording import quoting
from bot.operations.request import actors
from bot.operations.request.name_book import read_names
from handlers import recs
from storage import people, recommendations
from tests.cast import ALICE, BOB, CORA, ED, GUS, NOW, VIC, Register, occasion
from tests.operations.years import write

TODAY = NOW.date()
LATE = date(2025, 4, 8)
WALES = Region("Wales")
LETTER = date(2024, 11, 22)


def ask(register: Register, typed: str, who: PersonKey = VIC) -> Answered:
    with register.store.reading() as connection:
        names = read_names(connection)
    return answering.answer(register.store, occasion(who), read_question(typed, names, TODAY))


def types(register: Register, who: PersonKey, text: str, instant: datetime) -> None:
    recs.ask(register.services(), occasion(who, instant), text)


def lively(register: Register) -> None:
    register.says(ALICE, "progress 15 blocked: no provider", NOW - timedelta(days=3))
    register.says(ALICE, "complete 16: all of it", NOW - timedelta(days=2))
    types(register, ALICE, "extend 15 30 Apr 2025: no staff", NOW - timedelta(days=2))
    seq = register.says(BOB, "decline 15: no such service", NOW - timedelta(days=2))
    quoting.allow_quoting(register.store, occasion(BOB), [seq])
    types(register, CORA, "check 16 kent", NOW - timedelta(days=1))
    types(register, ALICE, "expect 15 25 30 May 2025: no staff", NOW - timedelta(days=1))
    types(register, ALICE, "expect 25 20 Mar 2025", NOW - timedelta(hours=3))
    types(register, CORA, "expect 25 surrey 30 Jun 2025: agreed with Bob", NOW - timedelta(hours=3))
    types(register, CORA, "extend 25 surrey 1 May 2025: agreed", NOW - timedelta(days=1))
    register.says(ED, "partly 16: one of two", NOW - timedelta(days=1))
    write(
        register,
        ("stalking-25", register.body("gwent").code),
        UpdateKind.NOTE,
        lambda addressee: addressee,
        instant=NOW - timedelta(hours=4),
        evidence_url="https://gwent.example.org/report",
    )
    register.says(ED, "complete 25: all", NOW - timedelta(hours=2))
    register.says(ED, "undo", NOW - timedelta(hours=2) + timedelta(minutes=5))


def scopes(register: Register) -> list[Scope]:
    kent, surrey, essex = (register.body(slug) for slug in ("kent", "surrey", "essex"))
    stalking = ReportName("stalking", "")
    return [
        Scope(),
        Scope((Ref(None, "15"),)),
        Scope((Ref(None, "15"), Ref(None, "25"))),
        Scope(reports=(stalking,)),
        Scope(places=(kent, surrey)),
        Scope((Ref(None, "16"),), places=(WALES, kent), excepted=(essex,)),
        Scope(excepted=(WALES, Group.MAYORS)),
        Scope(reports=(stalking,), places=(Group.ENGLAND,), excepted=(kent,)),
    ]


def conditions() -> Iterable[tuple[Condition, ...]]:
    yield from ((), (), (), ())
    yield from ((state,) for state in AskedState if is_recorded(state))
    yield from ((NoNews(days),) for days in (1, 2, 60))
    yield (AskedState.ACCEPTED, AskedState.NOT_STARTED)
    yield (Theme("victims"), AskedState.NOT_STARTED)


def contents(answered: Answered) -> object:
    return (
        answered.measures,
        [
            (line.recommendation.id, line.addressee.body_code, line.since, line.update)
            for line in answered.lines
        ],
        [(line.asked_until, line.contacts, line.addressee.due_on) for line in answered.lines],
        answered.page,
    )


@pytest.mark.thorough
@pytest.mark.parametrize("today", [TODAY, LATE], ids=["before the deadline", "after it"])
def test_every_question_has_one_answer_now_and_as_at_today(register: Register, today: date) -> None:
    lively(register)
    instant = NOW + (today - TODAY)
    all_scopes = scopes(register)
    for place, chosen in enumerate(conditions()):
        scope = all_scopes[place % len(all_scopes)]
        question = Question(scope, chosen, shape=Shape.BY_REPORT if place % 4 == 0 else Shape.LIST)
        now = answering.answer(register.store, occasion(CORA, instant), question)
        held = len(answering_keys(register, question, instant))
        assert held == (now.measures[0].matching if chosen else now.measures[0].addressed)
        if set(chosen) & NOT_OF_THE_PAST:
            continue
        past = replace(question, time=AsAt(today))
        assert contents(answering.answer(register.store, occasion(CORA, instant), past)) == contents(now), (
            question
        )


def answering_keys(register: Register, question: Question, instant: datetime) -> tuple[object, ...]:
    with register.store.reading() as connection:
        request = occasion(CORA, instant)
        actor = actors.load(connection, register.store, request)
        return answering.Answering(connection, actor, request, question).all_keys()


OPPOSITES = (
    (AskedState.NOT_STARTED, AskedState.STARTED),
    (AskedState.BLOCKED, AskedState.NOT_BLOCKED),
    (AskedState.COMPLETE, AskedState.NOT_COMPLETE),
    (AskedState.ACCEPTED, AskedState.NOT_YET_ACCEPTED),
    (AskedState.WAITING, AskedState.RESPONDED),
    (AskedState.OVERDUE, AskedState.NOT_OVERDUE),
    (AskedState.EVIDENCE, AskedState.NO_EVIDENCE),
    (AskedState.CONTACT, AskedState.NO_CONTACT),
)


def test_a_state_and_its_opposite_are_all_that_is_asked(register: Register) -> None:
    lively(register)
    for state, opposite in OPPOSITES:
        of_both = [
            answering.answer(register.store, occasion(VIC), Question(conditions=(condition,))).measures[0]
            for condition in (state, opposite)
        ]
        assert sum(measure.matching for measure in of_both) == 129, state
        assert {measure.addressed for measure in of_both} == {129}


def bodies_and_numbers(answered: Answered) -> list[tuple[str, str]]:
    return [(line.addressee.body_name, line.recommendation.number) for line in answered.lines]


LISTED = {
    "blocked": [("Kent", "15")],
    "kent surrey begun": [("Kent", "15"), ("Kent", "16")],
    "16 checked": [("Kent", "16")],
    "15 not accepted": [("Surrey", "15")],
    "in part": [("Essex", "16")],
    "extended": [("Surrey", "25")],
    "asked for time": [("Kent", "15")],
    "extensions": [("Kent", "15"), ("Surrey", "25")],
    "evidence 25": [("Gwent", "25")],
    "quotable": [("Surrey", "15")],
    "not quotable 15": [("Kent", "15")],
    "blocked except kent": [],
    "blocked wales kent": [("Kent", "15")],
    "25 essex surrey not started": [("Essex", "25"), ("Surrey", "25")],
}


def test_a_condition_is_of_what_it_says(register: Register) -> None:
    lively(register)
    assert {typed: bodies_and_numbers(ask(register, typed)) for typed in LISTED} == LISTED


def test_groups_of_bodies_count_by_what_they_are(register: Register) -> None:
    counts = {
        typed: len(ask(register, f"15 not started {typed}").measures[0].bodies)
        for typed in ("mayors", "commissioners", "fire commissioners", "england", "wales", "england wales")
    }
    assert counts == {
        "mayors": 5,
        "commissioners": 37,
        "fire commissioners": 4,
        "england": 39,
        "wales": 4,
        "england wales": 43,
    }


def test_a_reason_is_read_by_the_readers_rights(register: Register) -> None:
    register.says(ALICE, "progress 15 blocked: no provider")
    readers = {who: ask(register, "15 blocked", who).lines[0].update for who in (ALICE, CORA, BOB, VIC)}
    texts = {who: update.draft.text for who, update in readers.items() if update}
    assert texts == {ALICE: "no provider", CORA: "no provider", BOB: "", VIC: ""}
    shared = answering.answer(
        register.store,
        occasion(CORA, for_everybody=True),
        Question(Scope((Ref(None, "15"),)), (AskedState.BLOCKED,)),
    )
    assert shared.lines[0].update
    assert shared.lines[0].update.draft.text == ""
    assert not shared.may_remind


def test_ones_own_bodies_are_those_of_ones_grants(register: Register) -> None:
    assert {line.addressee.body_name for line in ask(register, "mine not started", ALICE).lines} == {"Kent"}
    assert ask(register, "mine not started", ALICE).subject.places == ("Kent",)
    with pytest.raises(NotAContactOf):
        ask(register, "mine not started", VIC)


def test_who_to_ask_is_named_with_each_body(register: Register) -> None:
    lines = ask(register, "15 not started").lines
    assert {line.addressee.body_name: line.contacts for line in lines if line.contacts} == {
        "Essex": ("Ed Moss",),
        "Kent": ("Alice Ames",),
    } | {line.addressee.body_name: line.contacts for line in lines if line.addressee.body_name == "Surrey"}
    assert [share.name for share in ask(register, "no contact 15").measures[0].holding].count("Kent") == 0


def test_it_stood_otherwise_on_an_earlier_day(register: Register) -> None:
    as_at, known = (ask(register, f"waiting {when} 22 Nov 2024") for when in ("as at", "as known at"))
    assert (as_at.measures[0].matching, known.measures[0].matching) == (0, 129)
    assert (as_at.looks_back, known.known, as_at.may_remind) == (True, True, False)
    register.says(ALICE, "complete 15: all")
    assert ask(register, "15 complete").measures[0].matching == 1
    assert ask(register, "15 complete as at 9 Mar 2025").measures[0].matching == 0


def test_a_list_is_paged_and_its_fingerprint_is_of_all_of_it(register: Register) -> None:
    first, second = ask(register, "15 not started"), ask(register, "15 not started page 2")
    assert (len(first.lines), len(second.lines)) == (25, 18)
    assert first.fingerprint == second.fingerprint != ""
    assert not {line.addressee.body_code for line in first.lines} & {
        line.addressee.body_code for line in second.lines
    }
    register.says(BOB, "note 15: we met the provider")
    assert ask(register, "15 not started").fingerprint == first.fingerprint
    register.says(BOB, "progress 15 in progress: begun")
    assert ask(register, "15 not started").fingerprint != first.fingerprint


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (Question(conditions=(AskedState.DONE_LATE, AskedState.WAITING)), WhyUnanswered.NOT_RECORDED),
        (Question(conditions=(AskedState.DONE_LATE, AskedState.BLOCKED)), WhyUnanswered.NOT_RECORDED),
        (Question(conditions=(AskedState.DONE_LATE,)), WhyUnanswered.NOT_RECORDED),
        (Question(conditions=(AskedState.NO_CONTACT,), time=AsAt(LETTER)), WhyUnanswered.NOT_OF_THE_PAST),
        (Question(conditions=(AskedState.QUOTABLE,), time=AsAt(LETTER)), WhyUnanswered.NOT_OF_THE_PAST),
        (Question(Scope((Ref(None, "15"),), part="a"), (AskedState.OVERDUE,)), WhyUnanswered.PART),
        (Question(Scope(reports=(ReportName("stalking", ""),)), shape=Shape.MAP), WhyUnanswered.MAP),
    ],
)
def test_what_cannot_be_told_is_refused_with_what_can(
    register: Register, question: Question, why: WhyUnanswered
) -> None:
    with pytest.raises(CannotBeAnswered) as refusal:
        answering.answer(register.store, occasion(VIC), question)
    assert refusal.value.why is why
    for nearest in refusal.value.nearest:
        answering.answer(register.store, occasion(VIC), nearest)


def test_questions_without_sense_or_subject_are_refused(register: Register) -> None:
    for question, refusal in (
        (Question(conditions=(AskedState.BLOCKED, AskedState.COMPLETE)), MakesNoSense),
        (Question(time=AsAt(TODAY + timedelta(days=1))), MakesNoSense),
        (Question(Scope((Ref(None, "27"),)), (AskedState.BLOCKED,)), NotRecordable),
        (Question(Scope((Ref(None, "99"),)), (AskedState.BLOCKED,)), UnknownRecommendation),
    ):
        with pytest.raises(refusal):
            answering.answer(register.store, occasion(VIC), question)
    with pytest.raises(CannotSee):
        answering.answer(
            register.store, occasion(GUS), Question(conditions=(AskedState.BLOCKED,), time=Now())
        )


def question(register: Register, typed: str) -> Question:
    with register.store.reading() as connection:
        return read_question(typed, read_names(connection), TODAY)


def test_changes_are_told_of_what_is_asked_and_of_the_days_asked(register: Register) -> None:
    register.says(ALICE, "progress 15 blocked: no provider", NOW - timedelta(days=3))
    register.says(ALICE, "note 16: a word", NOW - timedelta(days=2))
    register.says(BOB, "progress 15 in progress: begun", NOW - timedelta(days=1))

    def told_of(typed: str, who: PersonKey = ALICE) -> tuple[list[str], int, int]:
        change_list = answering.changes_of(register.store, occasion(who), question(register, typed))
        return (
            [change.view.body_name for change in change_list.changes],
            change_list.notes,
            change_list.hidden,
        )

    assert told_of("changes kent") == (["Kent", "Kent"], 1, 0)
    assert told_of("changes kent", VIC) == (["Kent"], 1, 1)
    assert told_of("changes mine") == (["Kent", "Kent"], 1, 0)
    assert told_of("changes 15") == (["Surrey", "Kent"], 0, 0)
    assert told_of("changes wales") == ([], 0, 0)
    assert told_of("changes kent surrey since 9 Mar 2025") == (["Surrey"], 0, 0)
    assert told_of("changes kent surrey 7 Mar 2025 to 8 Mar 2025") == (["Kent", "Kent"], 1, 0)
    assert told_of("changes kent surrey 7 Mar 2025 to 10 Mar 2025")[0] == ["Surrey", "Kent", "Kent"]


def test_deadlines_are_those_of_what_is_asked_and_of_the_days_asked(register: Register) -> None:
    register.says(ALICE, "complete 16: all")
    types(register, CORA, "extend 15 kent 30 Apr 2025: agreed", NOW)

    def owed(typed: str) -> list[tuple[str, str, int, int]]:
        deadline_list = answering.deadlines_in(register.store, occasion(VIC), question(register, typed))
        return [
            (row.recommendation.number, row.on.isoformat(), row.owed, row.addressed)
            for row in deadline_list.rows
        ]

    assert owed("deadlines kent") == [("25", "2025-03-27", 1, 1), ("15", "2025-04-30", 1, 1)]
    assert owed("deadlines in Apr 2025") == [("15", "2025-04-30", 1, 1)]
    assert owed("deadlines in Mar 2025") == [
        ("15", "2025-03-27", 42, 42),
        ("16", "2025-03-27", 42, 43),
        ("25", "2025-03-27", 43, 43),
    ]
    assert owed("deadlines mayors from 1 Apr 2025") == []
    assert owed("deadlines 15 wales 90d") == [("15", "2025-03-27", 4, 4)]
    everything, all_bodies = (
        owed("deadlines from 1 Jan 2025"),
        owed("deadlines england wales from 1 Jan 2025"),
    )
    assert everything == all_bodies


def test_contacts_are_those_of_the_bodies_that_are_meant(register: Register) -> None:
    register.says(ALICE, "complete 15: all")

    def named(typed: str) -> list[str]:
        contact_list = answering.contacts_of(register.store, occasion(VIC), question(register, typed))
        return [body.body_name for body in contact_list.bodies if body.has_one]

    assert named("contacts 15 not started") == ["Essex", "Surrey"]
    assert named("contacts kent surrey") == ["Kent", "Surrey"]
    assert named("contacts 15 complete") == ["Kent"]
    with pytest.raises(CannotBeAnswered):
        named("contacts 15 as at 22 Nov 2024")


def test_however_far_back_or_ahead_is_asked_there_is_an_answer(register: Register) -> None:
    for chosen in (NoNews(0), NoNews(9_999_999)):
        for time in (Now(), AsAt(TODAY)):
            drawn = Question(conditions=(chosen,), time=time)
            assert answering.answer(register.store, occasion(VIC), drawn).measures[0].addressed == 129


def told_of(register: Register, typed: str, who: PersonKey) -> tuple[str, list[str]]:
    """Return what asks for the same again, and the texts of the updates that were told."""
    with register.store.reading() as connection:
        read = read_question(typed, read_names(connection), TODAY)
    shown = history.history(register.store, occasion(who), read)
    assert len(shown.updates) == min(10, shown.total)
    return shown.typed, [view.update.draft.text for view in shown.updates if view.update.draft.text]


def test_the_history_of_ones_own_bodies(register: Register) -> None:
    register.says(ALICE, "note 15: a word")
    assert told_of(register, "history mine", ALICE) == ("history kent", ["a word"])
    assert told_of(register, "history 15 mine", ALICE) == ("history stalking 15 kent", ["a word"])
    assert told_of(register, "history mine", BOB) == ("history surrey", [])
    assert told_of(register, "history mine in Feb 2025", ALICE) == ("history kent in Feb 2025", [])
    with register.store.begin() as connection:
        people.grant(connection, ALICE, Role.CONTACT, register.body("essex").code, NOW)
    register.says(CORA, "note 15 essex: of Essex", NOW + timedelta(minutes=1))
    assert told_of(register, "history mine", ALICE) == ("history mine", ["of Essex", "a word"])
    with pytest.raises(NotAContactOf):
        told_of(register, "history mine", VIC)
    with pytest.raises(NotAContactOf):
        told_of(register, "history mine since 1 Mar 2025", VIC)


def test_the_history_of_any_scope_and_time_holds_just_that(register: Register) -> None:
    register.says(ALICE, "note 15: an old word", NOW - timedelta(days=20))
    register.says(ALICE, "note 16: of 16", NOW - timedelta(days=9))
    register.says(BOB, "note 15: of Surrey", NOW - timedelta(days=1))
    everything = ["of Surrey", "of 16", "an old word"]
    for typed, texts in (
        ("history since 1 Jan 2025", everything),
        ("history stalking", everything),
        ("history kent surrey", everything),
        ("history stalking 15 stalking 16", everything),
        ("history region South East", everything),
        ("history except surrey", ["of 16", "an old word"]),
        ("history wales", []),
        ("history stalking 25 stalking 27", []),
        ("history stalking 15 kent surrey", ["of Surrey", "an old word"]),
        ("history kent since 1 Mar 2025", ["of 16"]),
        ("history 1 Mar 2025 to 8 Mar 2025", ["of 16"]),
        ("history in Feb 2025", ["an old word"]),
        ("history 9 Mar 2025 to 10 Mar 2025", ["of Surrey"]),
    ):
        assert told_of(register, typed, CORA) == (typed, texts), typed


def test_what_alone_is_asked_about_is_named_once_and_not_with_each_update(register: Register) -> None:
    with register.store.reading() as connection:
        names = read_names(connection)
    for typed, named_once in (
        ("history 15 kent since 1 Jan 2025", ("stalking 15", "Kent")),
        ("history kent in Feb 2025", ("Kent",)),
        ("history 15 16 kent", ("Kent",)),
        ("history 15 kent surrey", ("stalking 15",)),
        # A region is called as one of its bodies is.
        ("history region West Midlands", ()),
    ):
        question = read_question(typed, names, TODAY)
        assert history.history(register.store, occasion(CORA), question).named_once == named_once, typed


def test_what_somebody_recorded_is_told_by_their_name(register: Register) -> None:
    register.says(ALICE, "note 15: by Alice")
    register.says(BOB, "note 15: by Bob")
    register.says(CORA, "note 15 kent: by Cora")
    typed, texts = told_of(register, "history by alice", CORA)
    assert (typed, texts) == ("history by Alice Ames", ["by Alice"])
    assert told_of(register, f"history by {ALICE.user_id}", CORA)[1] == ["by Alice"]
    assert told_of(register, "history 15 kent by cora", CORA)[1] == ["by Cora"]
    assert told_of(register, "history 16 by cora", CORA)[1] == []
    # Another reads the words that may be quoted alone.
    assert told_of(register, "history by alice", BOB)[1] == []
    for typed in ("history by zelda", "history by vic"):
        with pytest.raises(CannotBeAnswered) as refusal:
            told_of(register, typed, CORA)
        assert refusal.value.why is WhyUnanswered.NOBODY_CALLED


def marked(register: Register, number: str = "16") -> None:
    """As a correction leaves it."""
    with register.store.begin() as connection:
        stands = recommendations.get(connection, f"stalking-{number}")
        assert stands
        recommendations.correct(connection, replace(stands, priority=True))


@pytest.mark.parametrize(("typed", "same"), [("victims", "15 16"), ("partners", "16 25"), ("priority", "16")])
@pytest.mark.parametrize("rest", ["not started", "complete wales", "as at 9 Mar 2025", "kent not started"])
def test_a_theme_or_a_priority_is_the_recommendations_that_have_it(
    register: Register, typed: str, same: str, rest: str
) -> None:
    marked(register)
    register.says(ALICE, "complete 16: all of it")
    chosen, named = ask(register, f"{typed} {rest}"), ask(register, f"{same} {rest}")
    assert chosen.measures == named.measures
    assert (chosen.lines, chosen.page, chosen.fingerprint) == (named.lines, named.page, named.fingerprint)


def test_two_themes_are_the_recommendations_that_have_both(register: Register) -> None:
    both = ask(register, "theme victims theme partners not started")
    assert both.measures == ask(register, "16 not started").measures


def test_by_theme_counts_a_recommendation_in_each_of_its_themes(register: Register) -> None:
    register.says(ALICE, "complete 16: all of it")
    (measure,) = ask(register, "stage complete by theme").measures
    assert [(share.name, share.addressed, share.matching) for share in measure.themes] == [
        ("partners", 86, 1),
        ("victims", 86, 1),
    ]
    assert measure.addressed == 129


@pytest.mark.parametrize(
    ("conditions", "why"),
    [
        ((Theme("training"), AskedState.OVERDUE), WhyUnanswered.NO_SUCH_THEME),
        ((Priority(),), WhyUnanswered.NO_PRIORITY),
    ],
)
def test_what_no_recommendation_has_is_said_with_what_there_is(
    register: Register, conditions: tuple[Condition, ...], why: WhyUnanswered
) -> None:
    with pytest.raises(CannotBeAnswered) as refused:
        answering.answer(register.store, occasion(VIC), Question(conditions=conditions))
    assert refused.value.why is why
    for nearest in refused.value.nearest:
        answering.answer(register.store, occasion(VIC), nearest)


def test_deadlines_and_changes_are_of_a_theme_too(register: Register) -> None:
    due = answering.deadlines_in(
        register.store, occasion(VIC), Question(conditions=(Theme("victims"),), shape=Shape.DEADLINES)
    )
    assert [row.recommendation.number for row in due.rows] == ["15", "16"]
    register.says(ALICE, "complete 25: all of it")
    register.says(ALICE, "complete 15: all of it")
    question = Question(conditions=(Theme("victims"),), shape=Shape.CHANGES)
    changed = answering.changes_of(register.store, occasion(VIC), question).changes
    assert [change.view.recommendation.number for change in changed if change.view.recommendation] == ["15"]
