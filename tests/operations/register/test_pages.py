"""However much a body holds, its rows come page by page in one order, and as many as the counts say."""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import product

import pytest

from bot.domain.questions.answers import OverdueSummary
from bot.domain.questions.holding import Facts, holds
from bot.domain.questions.model import AskedState, Condition, NoNews
from bot.domain.questions.pages import Listing, Page
from bot.domain.questions.selection import Selection
from bot.domain.register.addressee import Addressee, Answer, Duty, LatestUpdate, Stage
from bot.domain.register.recommendation import place_of_id
from bot.domain.values import replace
from bot.operations.questions import owing
from bot.operations.register.now import RegisterNow
from bot.operations.register.scope import LookupScope
from storage import addressees, recommendations, selecting
from storage import bodies as all_bodies
from tests.cast import NOW, Register, a_recommendation

TODAY = NOW.date()
# More than are read at once, with most of the conditions.
MANY = selecting.FEW + 60
PAGE = 25
THEMES: tuple[tuple[str, ...], ...] = ((), ("training",), ("training", "victims"), ("victims",))
CONDITIONS: tuple[tuple[Condition, ...], ...] = (
    (),
    (AskedState.STARTED,),
    (AskedState.BLOCKED,),
    (AskedState.NOT_COMPLETE, AskedState.ACCEPTED),
    (AskedState.RESPONDED,),
    (AskedState.OVERDUE,),
    (AskedState.NOT_OVERDUE,),
    (AskedState.OVERDUE, AskedState.IN_PROGRESS),
    (AskedState.NOT_OVERDUE, AskedState.NOT_CHECKED),
    (AskedState.CONTACT, AskedState.NOT_COMPLETE),
    (AskedState.NO_CONTACT,),
    (AskedState.EXTENDED,),
    (AskedState.EXTENDED, AskedState.NOT_COMPLETE),
    (AskedState.EXTENSIONS, AskedState.OVERDUE),
    (AskedState.QUOTABLE,),
    (AskedState.NOT_QUOTABLE, AskedState.CONTACT),
    (AskedState.NO_EVIDENCE, AskedState.IN_PROGRESS),
    (AskedState.EVIDENCE,),
    (NoNews(20),),
    (NoNews(20), NoNews(30)),
    (NoNews(20), AskedState.OVERDUE),
    (NoNews(20), AskedState.IN_PROGRESS),
    (AskedState.OVERDUE, AskedState.NOT_OVERDUE),
)
LATEST = LatestUpdate(1, "note", "T0HOME", "U0ALICE", NOW, "We met the provider.", quotable=True)


def filled(register: Register, chance: random.Random) -> list[Addressee]:
    """Return all that is asked of three bodies, and add much to it."""
    slugs = ("essex", "kent", "surrey")
    days = [None, *(TODAY + timedelta(days=days) for days in (-40, -3, 0, 30))]
    with register.store.begin() as connection:
        bodies = [body for body in all_bodies.everyone(connection) if body.slug in slugs]
        for number in range(101, 101 + MANY):
            made = a_recommendation(str(number), respond_by=chance.choice(days), due_on=chance.choice(days))
            made = replace(made, themes=THEMES[number % len(THEMES)])
            recommendations.add(connection, made)
            new = [made.addressed_to(body) for body in bodies]
            addressees.add(
                connection,
                [
                    replace(
                        addressee,
                        answer=chance.choice((Answer.ACCEPTED, Answer.ACCEPTED, Answer.AWAITING)),
                        stage=chance.choice((*Stage, Stage.IN_PROGRESS, Stage.IN_PROGRESS)),
                        moved_on=TODAY - timedelta(days=chance.choice((1, 30))),
                        due_on=chance.choice((addressee.due_on, addressee.due_on, TODAY + timedelta(days=9))),
                        latest_update=chance.choice((None, LATEST, replace(LATEST, quotable=False))),
                    )
                    for addressee in new
                ],
            )
        return list(addressees.of_bodies(connection, [body.code for body in bodies]))


@pytest.mark.parametrize("today", [TODAY, date(2025, 5, 1)], ids=["now", "later"])
def test_pages_are_cut_out_of_one_list_which_the_counts_count(register: Register, today: date) -> None:
    rows = filled(register, random.Random(11))
    rows.sort(key=lambda row: (row.body_name, place_of_id(row.recommendation_id)))
    codes = tuple({row.body_code for row in rows})
    kent = register.body("kent").code
    with register.store.reading() as connection:
        stated = recommendations.by_ids(connection, {row.recommendation_id for row in rows})
        read = RegisterNow(connection, today)
        for conditions in CONDITIONS:
            selection = Selection(
                today, body_codes=codes, conditions=conditions, with_contact=frozenset({kent})
            )
            wanted = [
                row.key
                for row in rows
                if all(
                    holds(
                        condition,
                        row,
                        Facts(stated[row.recommendation_id].due_on, has_contact=row.body_code == kent),
                        today,
                    )
                    for condition in conditions
                )
            ]
            assert sum(share.matching for share in read.shares_of_bodies(selection)) == len(wanted), (
                conditions
            )
            by_themes = read.shares_of_themes(selection)
            stands = {row.key: stated[row.recommendation_id].themes for row in rows}
            assert {themes: share.addressed for themes, share in by_themes.items()} == Counter(
                stands.values()
            )
            assert {
                themes: share.matching for themes, share in by_themes.items() if share.matching
            } == Counter(stands[key] for key in wanted), conditions
            for narrowed in (selection, replace(selection, report_keys=("stalking",))):
                by_report = read.shares_of_reports(narrowed)
                assert [share.key for share in by_report] == ["stalking"]
                assert by_report[0].addressed == len(rows)
                assert by_report[0].matching == len(wanted), conditions
            assert read.selected_keys(selection, len(rows)) == tuple(wanted), conditions
            for offset in {0, 10, selecting.FEW, len(wanted) // 2, max(len(wanted) - PAGE, 0), len(wanted)}:
                page = read.selected(selection, limit=PAGE, offset=offset)
                assert [row.key for row in page] == wanted[offset : offset + PAGE], (conditions, offset)


def test_what_bodies_owe_comes_by_its_deadline_and_then_what_is_done(register: Register) -> None:
    rows = filled(register, random.Random(12))
    codes = [register.body(slug).code for slug in ("kent", "essex")]
    wanted = sorted(
        (row for row in rows if row.body_code in codes),
        key=lambda row: (
            row.owed_by is None,
            row.owed_by or date.max,
            place_of_id(row.recommendation_id),
            row.body_code,
        ),
    )
    with register.store.reading() as connection:
        for offset, limit in product((0, 3, 200, len(wanted) - 5, len(wanted)), (1, 25)):
            page = addressees.page_of_bodies(connection, codes, limit=limit, offset=offset)
            assert [row.key for row in page] == [row.key for row in wanted[offset : offset + limit]]


@pytest.mark.parametrize("today", [TODAY, date(2025, 5, 1)], ids=["now", "later"])
def test_what_several_bodies_owe_is_paged_as_all_of_it_is_counted(register: Register, today: date) -> None:
    filled(register, random.Random(13))
    everybody = [register.body(slug).code for slug in ("kent", "essex", "surrey", "gwent")]
    with register.store.reading() as connection:
        read = RegisterNow(connection, today)
        for codes, (duties, before) in product(
            (everybody, everybody[:1], everybody[1:3], everybody[3:]),
            ((tuple(Duty), today), ((Duty.RESPONSE,), None)),
        ):
            scope = LookupScope(codes=tuple(codes))
            counted = owing.counts(read, scope, duties, before)
            in_order = owing.keys_in_order(counted)
            for number in (1, 2, 3, 9, 60):
                listing, keys, owed = owing.page_of(read, scope, duties, number, before)
                assert (listing, owed) == (Listing.at(number, len(in_order)), sum(counted.values()))
                assert keys == in_order[listing.first : listing.first + listing.size], (codes, number)


def test_what_several_bodies_are_late_with_is_counted_once_for_each_recommendation(
    register: Register,
) -> None:
    filled(register, random.Random(14))
    codes = tuple(register.body(slug).code for slug in ("kent", "essex"))
    today, since = TODAY, TODAY - timedelta(days=10)
    with register.store.reading() as connection:
        read = RegisterNow(connection, today)
        late: dict[str, date] = {}
        for _, deadline, id_ in owing.counts(read, LookupScope(codes=codes), Duty, before=today):
            late[id_] = min(late.get(id_, date.max), deadline or date.max)
        assert read.late_of_bodies(codes, since) == (
            OverdueSummary(len(late), min(late.values())),
            sum(day < since for day in late.values()),
        )


@pytest.mark.parametrize("today", [TODAY, date(2025, 5, 1)], ids=["now", "later"])
def test_deadlines_of_bodies_are_paged_as_all_of_them_are_listed(register: Register, today: date) -> None:
    filled(register, random.Random(15))
    everybody = [register.body(slug).code for slug in ("kent", "essex", "surrey", "gwent")]
    with register.store.reading() as connection:
        read = RegisterNow(connection, today)
        for codes, (first, before) in product(
            (everybody, everybody[:1], everybody[1:3], everybody[3:], []),
            ((today, date.max), (date.min, date.max), (today, today + timedelta(days=20))),
        ):
            selection = Selection(today, body_codes=tuple(codes), with_contact=frozenset(everybody[:1]))
            in_order = read.due_within(selection, first, before)
            for number in (1, 2, 9, 60):
                page, due = read.due_page_within(selection, first, before, number, PAGE)
                assert page == Page.at(number, len(in_order), PAGE)
                assert tuple(due) == tuple(page.of(in_order)), (codes, first, before, number)
