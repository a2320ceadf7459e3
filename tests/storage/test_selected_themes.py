"""What has a theme is counted by themes to the same as recommendation by recommendation."""

from contextlib import closing
from datetime import date

from bot.domain.questions.holding import NOT_RECORDED
from bot.domain.questions.model import AskedState, Condition, NoNews
from bot.domain.questions.selection import Selection
from bot.domain.values import replace
from storage import recommendations, selecting
from storage.database import Connection
from tests.cast import ALICE, BOB, ED, stalking_case

TODAY = date(2025, 4, 8)
TYPED = (
    (ALICE, "progress 15 blocked: no provider"),
    (ALICE, "complete 16: all of it"),
    (BOB, "decline 15: no such service"),
    (BOB, "expect 16 30 May 2025: the provider needs longer"),
    (ED, "partly 16: one of two"),
    (ED, "progress 15 in progress"),
)


def test_what_has_a_theme_is_selected_the_same_by_themes_and_one_by_one(database_url: str) -> None:
    register = stalking_case(database_url)
    with closing(register.store.database):
        for who, typed in TYPED:
            register.says(who, typed)
        codes = tuple(sorted(register.body(slug).code for slug in ("kent", "surrey", "essex", "gwent")))
        for theme in ("victims", "partners"):
            with register.store.reading() as connection:
                chosen = recommendations.live_with_theme(connection, theme)
            by_themes = Selection(
                TODAY,
                ids=tuple(stated.id for stated in chosen),
                themes=tuple(sorted({stated.themes for stated in chosen})),
                with_contact=frozenset(codes[:2]),
            )
            states = [state for state in AskedState if state not in NOT_RECORDED]
            several: tuple[tuple[Condition, ...], ...] = (
                (),
                (NoNews(9),),
                (AskedState.OVERDUE, AskedState.BLOCKED),
            )
            for conditions in (*several, *((state,) for state in states)):
                for body_codes in (None, codes):
                    selection = replace(by_themes, conditions=conditions, body_codes=body_codes)
                    with register.store.reading() as connection:
                        one_by_one = selected(connection, replace(selection, themes=None))
                        assert selected(connection, selection) == one_by_one, conditions


def selected(connection: Connection, selection: Selection) -> object:
    shares = selecting.shares_of_bodies(connection, selection)
    return (
        shares,
        selecting.keys(connection, selection, shares, 50),
        selecting.page(connection, selection, shares, limit=5, offset=1),
        selecting.due_within(connection, selection, date(2025, 1, 1), date(2026, 1, 1)),
    )
