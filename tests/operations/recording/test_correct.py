"""A recommendation is put right: what it was stays in the history, and every answer follows."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.messages.delivery import Payload
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Extend, Progress
from bot.domain.refusals.recording import NothingChanged
from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.adding import AddresseeScope, RecommendationEntry, Unfit, mark_of
from bot.domain.register.addressee import Addressee, Stage
from bot.domain.register.correcting import (
    CorrectedMeanwhile,
    HasRecorded,
    PartAddressed,
    RecommendationCorrection,
)
from bot.domain.register.guard import MayIdentify
from bot.domain.register.recommendation import Recommendation
from bot.domain.values import replace
from bot.operations.recording import add
from bot.operations.recording import correct as operation
from bot.operations.recording.extend import Messages, extend
from bot.operations.recording.progress import progress
from bot.operations.recording.update import Submitted, update
from bot.operations.recording.update_form import About, form
from bot.operations.register.then import RegisterAt
from bot.operations.request.name_book import NameBook
from storage import addressees, recommendations
from storage.store import Store
from storage.tables.deliveries import deliveries
from storage.verify import Unbroken, verify
from tests.cast import ALICE, CORA, NOW, VIC, accountable_case, occasion
from tests.storage.audit import audit
from tests.storage.register import R15, body

LATER = NOW + timedelta(hours=2)
REF = Ref("stalking", "15")
OLD_DATE, NEW_DATE = date(2025, 3, 27), date(2025, 4, 30)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = accountable_case(database_url)
    yield made.store
    made.store.database.close()


MESSAGES = Messages(
    lambda _request, key: {"text": "asked", "key": key}, lambda _decided, key: {"text": "granted", "key": key}
)


def no_message(_correction: RecommendationCorrection, body_name: str, _by: str, key: str) -> Payload:
    return {"text": f"corrected for {body_name}", "key": key}


def entry(store: Store, **changed: Any) -> RecommendationEntry:
    return replace(operation.opened(store, occasion(CORA), REF).entry, **changed)


def corrected(store: Store, instant: datetime = LATER, **changed: Any) -> RecommendationCorrection:
    """Looked at, and then recorded."""
    entered = entry(store, **changed)
    look = operation.look(store, occasion(CORA, instant), REF, entered)
    return operation.correct(
        store, occasion(CORA, instant, key=f"form:{instant}"), REF, entered, mark_of(look.before), no_message
    )


def standing(store: Store, slug: str = "kent") -> Addressee | None:
    with store.reading() as connection:
        return addressees.get(connection, "stalking-15", body(store, slug).code)


def stated(store: Store) -> Recommendation:
    with store.reading() as connection:
        recommendation = recommendations.get(connection, "stalking-15")
    assert recommendation is not None
    return recommendation


def stood(store: Store, day: date, *, known: bool) -> tuple[Recommendation, Addressee]:
    with store.reading() as connection:
        past = RegisterAt(connection, day, known=known)
        recommendation = past.with_parts(past.find(REF))
        (kent,) = [row for row in past.addressees(recommendation) if row.body_name == "Kent"]
        return recommendation, kent


def is_unbroken(store: Store) -> bool:
    return isinstance(verify(store.database), Unbroken)


def test_the_form_holds_what_stands_and_nothing_is_changed_by_it(store: Store) -> None:
    opened = operation.opened(store, occasion(CORA), REF)
    assert (opened.entry.due_on, len(opened.entry.chosen)) == (OLD_DATE, 43)
    with pytest.raises(NothingChanged):
        corrected(store)


def test_wording_parts_and_joint_addressees_are_put_right_and_the_old_ones_stay(
    store: Store, database_url: str
) -> None:
    before = stated(store)
    corrected(
        store, wording="Close the gaps.", parts="do: close them\nconsider: sharing", joint_with="chiefs"
    )
    after = stated(store)
    assert (after.wording, after.joint_with, len(after.parts)) == ("Close the gaps.", "chiefs", 2)
    rows = [row for row in audit(database_url) if row["kind"] == "recommendation corrected"]
    assert [row["text"] for row in rows][:2] == [before.wording, "Close the gaps."]
    assert "do: close them\nconsider: sharing" in [row["text"] for row in rows]
    assert is_unbroken(store)


def test_a_date_is_put_right_for_all_but_those_that_were_given_their_own(store: Store) -> None:
    granted = Extend(REF, date(2025, 6, 30), body(store, "surrey"), "the provider starts in June")
    extend(store, occasion(CORA), granted, MESSAGES)
    assert corrected(store, due_on=NEW_DATE, respond_by=date(2024, 12, 2)).extended == ("Surrey",)
    kent, surrey = standing(store), standing(store, "surrey")
    assert kent is not None
    assert surrey is not None
    assert (kent.due_on, kent.respond_by) == (NEW_DATE, date(2024, 12, 2))
    assert (surrey.due_on, surrey.respond_by) == (date(2025, 6, 30), date(2024, 12, 2))
    assert is_unbroken(store)


def test_answers_as_at_a_day_follow_and_as_known_at_do_not(store: Store) -> None:
    old = stated(store).wording
    corrected(store, wording="Close the gaps.", due_on=NEW_DATE, respond_by=None)
    day = date(2025, 3, 9)
    recommendation, kent = stood(store, day, known=False)
    assert (recommendation.wording, recommendation.due_on, kent.due_on, kent.respond_by) == (
        "Close the gaps.",
        NEW_DATE,
        NEW_DATE,
        None,
    )
    recommendation, kent = stood(store, day, known=True)
    assert (recommendation.wording, recommendation.due_on, kent.due_on) == (old, OLD_DATE, OLD_DATE)
    assert kent.respond_by == date(2024, 11, 22)
    recommendation, _ = stood(store, LATER.date(), known=True)
    assert recommendation.wording == "Close the gaps."


def test_who_has_recorded_something_stays_addressed(store: Store) -> None:
    with pytest.raises(HasRecorded):
        corrected(store, chosen=(body(store, "kent").code,))


def test_bodies_are_added_and_taken_out_where_they_have_recorded_nothing(store: Store) -> None:
    kent, gwent, surrey = (body(store, slug).code for slug in ("kent", "gwent", "surrey"))
    new = RecommendationEntry("30", "Say who decides.", AddresseeScope.CHOSEN, (kent, gwent), due_on=OLD_DATE)
    add.add_recommendation(store, occasion(CORA), "stalking", new)
    assert is_unbroken(store)
    ref = Ref("stalking", "30")
    opened = operation.opened(store, occasion(CORA, LATER), ref)
    entered = replace(opened.entry, chosen=(kent, surrey))
    mark = mark_of(opened.recommendation)
    request = occasion(CORA, LATER, key="form:1")
    result = operation.correct(store, request, ref, entered, mark, no_message)
    assert (result.added, result.removed) == (("Surrey",), ("Gwent",))
    with store.reading() as connection:
        rows = addressees.of_recommendation(connection, "stalking-30")
        assert [row.body_name for row in rows] == ["Kent", "Surrey"]
        now = RegisterAt(connection, NOW.date())
        assert [row.body_name for row in now.addressees(now.find(ref))] == ["Kent", "Surrey"]
        before = RegisterAt(connection, NOW.date() - timedelta(days=1), known=True)
        assert [row.body_name for row in before.addressees(before.find(ref))] == ["Gwent", "Kent"]
    assert is_unbroken(store)


def test_a_part_that_somebody_has_addressed_stays(store: Store) -> None:
    about = About((REF,), body(store, "kent").code)
    opened = form(store, occasion(ALICE), about)
    addressed = replace(opened.entry, parts={"stalking-15": ("b",)})
    update(store, occasion(ALICE), Submitted(about, (REF,), addressed, opened.as_shown))
    with pytest.raises(PartAddressed):
        corrected(store, parts="do: only one")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"wording": ""}, Unfit),
        ({"due_on": date(2024, 1, 1)}, Unfit),
        ({"chosen": ()}, Unfit),
        ({"wording": "ring her on 07700 900123"}, MayIdentify),
    ],
)
def test_what_cannot_be_so_is_refused(
    store: Store, database_url: str, changed: dict[str, Any], refusal: type[Refusal]
) -> None:
    before = len(audit(database_url))
    with pytest.raises(refusal):
        corrected(store, **changed)
    assert len(audit(database_url)) == before


def test_only_a_coordinator_corrects(store: Store) -> None:
    for who in (ALICE, VIC):
        with pytest.raises(NotACoordinator):
            operation.opened(store, occasion(who), REF)
        entered = entry(store, wording="Close the gaps.")
        with pytest.raises(NotACoordinator):
            operation.correct(store, occasion(who, key="f"), REF, entered, "", no_message)


def test_the_same_sending_again_changes_nothing_and_another_look_is_asked_for(
    store: Store, database_url: str
) -> None:
    entered = entry(store, wording="Close the gaps.")
    stands = mark_of(operation.look(store, occasion(CORA), REF, entered).before)
    request = occasion(CORA, LATER, key="form:1")
    operation.correct(store, request, REF, entered, stands, no_message)
    written = len(audit(database_url))
    operation.correct(store, request, REF, entered, stands, no_message)
    other = replace(entered, wording="Close all gaps.")
    with pytest.raises(CorrectedMeanwhile):
        operation.correct(store, occasion(CORA, LATER, key="form:2"), REF, other, stands, no_message)
    assert len(audit(database_url)) == written


def test_what_a_body_said_stays_and_its_contacts_are_told(store: Store) -> None:
    progress(store, occasion(ALICE), Progress(Stage.IN_PROGRESS, (R15,), text="begun"))
    assert "Kent" in corrected(store, wording="Close the gaps.").answered
    kent = standing(store)
    assert kent is not None
    assert (kent.stage, kent.version) == (Stage.IN_PROGRESS, 2)
    with store.reading() as connection:
        keys = connection.execute(select(deliveries.c.key).where(deliveries.c.key.like("corrected:%")))
        assert [ALICE.user_id in key for key in keys.scalars()].count(True) == 1


def test_parts_that_the_form_cannot_hold_are_not_cut(store: Store) -> None:
    with pytest.raises(Unfit):
        corrected(store, wording="Close the gaps.", parts="do: " + "x" * 3000)


def test_the_official_wording_its_source_and_a_short_form_are_put_in_and_nobody_is_told(store: Store) -> None:
    before = stated(store)
    corrected(
        store,
        wording=before.wording,
        quoted_from="the report, page 14",
        short_form="services for  victims",
        others="CPS;  the Home Office; cps",
    )
    after = stated(store)
    assert (after.quoted_from, after.short_form) == ("the report, page 14", "services for victims")
    assert after.others_addressed == ("CPS", "the Home Office")
    assert is_unbroken(store)
    yesterday = NOW.date() - timedelta(days=1)
    assert stood(store, yesterday, known=False)[0] == after
    assert stood(store, yesterday, known=True)[0] == before
    with store.reading() as connection:
        keys = connection.execute(select(deliveries.c.key).where(deliveries.c.key.like("corrected:%")))
        assert keys.scalars().all() == []


@pytest.mark.parametrize(
    "changed", [{"short_form": "x" * 81}, {"others": ";".join(map(str, range(13)))}, {"others": "x" * 61}]
)
def test_a_short_form_is_short_and_so_are_names(store: Store, changed: dict[str, Any]) -> None:
    with pytest.raises(Unfit):
        corrected(store, **changed)


def test_a_text_that_names_a_victim_is_no_short_form(store: Store) -> None:
    with pytest.raises(MayIdentify):
        corrected(store, short_form="ring her on 07700 900123")


def test_themes_and_a_priority_are_put_in_and_people_can_ask_by_them_at_once(store: Store) -> None:
    book = NameBook(store)
    assert "training" not in book.current().themes
    before = stated(store)
    corrected(store, themes="Training, victims;training", priority=True)
    after = stated(store)
    assert (after.themes, after.priority) == (("training", "victims"), True)
    book.forget()
    assert "training" in book.current().themes
    assert is_unbroken(store)
    yesterday = NOW.date() - timedelta(days=1)
    assert stood(store, yesterday, known=True)[0] == before
    assert stood(store, yesterday, known=False)[0] == after
    corrected(store, LATER + timedelta(hours=1), priority=False)
    assert not stated(store).priority
    assert is_unbroken(store)


@pytest.mark.parametrize("themes", ["15", "a--b", "x" * 31, " ".join(f"theme{n}" for n in range(9)), "é"])
def test_a_theme_is_a_word(store: Store, themes: str) -> None:
    with pytest.raises(Unfit):
        corrected(store, themes=themes)
