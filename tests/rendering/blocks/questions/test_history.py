"""What is said of the history."""

from datetime import date

import pytest

from bot.domain.questions.answers import UpdateHistory, UpdateView
from bot.domain.questions.pages import Page
from bot.domain.questions.question_subject import QuestionSubject
from bot.domain.register.update import Change, UpdateKind
from bot.rendering.blocks.questions import history
from tests.cast import a_recommendation, an_update
from tests.rendering.screens import assert_valid, read

OF_KENT = QuestionSubject(places=("Kent",))
OF_WALES = QuestionSubject(report_keys=("stalking",), places=("Wales",), excepted=("Gwent",), size=3)


def test_the_history_gives_each_update_the_number_it_is_cited_by() -> None:
    granted = an_update(UpdateKind.GRANT, 130, changes=(Change("contact", "", "T0HOME/U0KIM"),))
    taken_back = an_update(UpdateKind.UNDO, 132, about_seq=131)
    shown = history.history(
        UpdateHistory(
            (
                UpdateView(taken_back, a_recommendation("15"), "Kent"),
                UpdateView(an_update(text="Begun."), a_recommendation("15"), "Kent"),
                UpdateView(granted, None, "Kent", "Kim Hale"),
            ),
            3,
            "history kent",
            OF_KENT,
            named_once=("Kent",),
        )
    )
    assert_valid(shown)
    assert shown.text == "Kent: 3 updates, newest first."
    assert read(shown) == [
        "10 Mar 2025, 10:04 · update 132 · stalking 15 · took back update 131 · Alice Ames",
        "10 Mar 2025, 10:04 · update 131 · stalking 15 · in progress: “Begun.” Alice Ames · not quotable yet",
        "10 Mar 2025, 10:04 · update 130 · made Kim Hale a contact · Alice Ames",
    ]


@pytest.mark.parametrize(
    ("update_history", "says"),
    [
        (UpdateHistory((), 0, "history kent", OF_KENT), "Kent: nothing has been recorded yet."),
        (
            UpdateHistory((), 0, "history by Kim Hale", by="Kim Hale"),
            "Recorded by Kim Hale: nothing has been recorded yet.",
        ),
        (
            UpdateHistory((UpdateView(an_update()),), 1, "", OF_KENT, by="Kim Hale", since=date(2025, 3, 1)),
            "Kent, by Kim Hale: 1 update since 1 March 2025.",
        ),
        (
            UpdateHistory((), 0, "", subject=OF_WALES, since=date(2025, 2, 1), until=date(2025, 2, 28)),
            "The 3 recommendations of stalking, Wales except Gwent: nothing was recorded"
            " from 1 February 2025 to 28 February 2025.",
        ),
        (
            UpdateHistory((), 0, "", since=date(2025, 2, 1), until=date(2025, 2, 1)),
            "The register: nothing was recorded on 1 February 2025.",
        ),
        (UpdateHistory((UpdateView(an_update()),), 1, "history"), "The register: 1 update."),
        (
            UpdateHistory((UpdateView(an_update()),), 11, "history", page=Page(2, 2)),
            "The register: 11 updates, newest first (page 2 of 2).",
        ),
    ],
)
def test_the_history_says_first_how_much_there_is(update_history: UpdateHistory, says: str) -> None:
    assert history.history(update_history).text == says
