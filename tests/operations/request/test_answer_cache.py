"""When an answer may be given again, and when it has to be made anew."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.domain.questions.grammar.typed_recordings import Respond
from bot.domain.refusals.request import CannotSee, NotIntroduced
from bot.domain.register.addressee import Answer
from bot.domain.register.people import Membership, PersonKey, Request, Role
from bot.operations.recording.respond import respond
from bot.operations.request.answer_cache import AnswerCache
from storage.store import Store
from tests.cast import ALICE, CORA, NOW, VIC, occasion
from tests.storage import register
from tests.storage.register import R15


def answers(
    *, meanwhile: Callable[[], object] = lambda: None, made: Iterable[str] = ()
) -> Callable[[Request], str]:
    """Return answers "1", "2" and so on; something happens while each is made."""
    answered = list(made)

    def make(request: Request) -> str:
        assert request.reader is not None
        assert request.reader.key == request.who
        meanwhile()
        answered.append(str(len(answered) + 1))
        return answered[-1]

    return make


def record(store: Store) -> None:
    respond(store, occasion(ALICE), Respond(Answer.ACCEPTED, (R15,), None, ""))


def test_an_answer_is_given_again_until_something_is_recorded(database_url: str) -> None:
    with register.with_contacts(database_url) as store:
        cache, make = AnswerCache[str](), answers()
        assert [cache.answer(store, occasion(VIC), "15", make) for _ in range(2)] == ["1", "1"]
        assert cache.answer(store, occasion(ALICE), "15", make) == "1"
        record(store)
        assert cache.answer(store, occasion(VIC), "15", make) == "2"


def test_a_kept_answer_reads_no_table_where_nothing_was_committed(database_url: str) -> None:
    with register.with_contacts(database_url) as store:
        cache, make = AnswerCache[str](), answers()
        cache.answer(store, occasion(VIC), "15", make)
        statements: list[str] = []
        event.listen(store.database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
        assert cache.answer(store, occasion(VIC), "15", make) == "1"
        assert statements == []
        register.enter(store, VIC, "Vic Park", membership=Membership.DEACTIVATED)
        with pytest.raises(CannotSee):
            cache.answer(store, occasion(VIC), "15", make)


def test_each_question_has_its_own_answer(sqlite_url: str) -> None:
    with register.loaded(sqlite_url) as store:
        cache, make = AnswerCache[str](), answers()
        texts = [cache.answer(store, occasion(VIC), question, make) for question in ("15", "16", "15")]
        assert texts == ["1", "2", "1"]


def test_an_answer_is_for_one_day(sqlite_url: str) -> None:
    with register.loaded(sqlite_url) as store:
        register.enter(store, VIC, "Vic Park", refreshed_at=NOW + timedelta(hours=12))
        cache, make = AnswerCache[str](), answers()
        days = (NOW, NOW + timedelta(days=1))
        assert [cache.answer(store, occasion(VIC, day), "15", make) for day in days] == ["1", "2"]


def test_what_was_made_before_a_recording_is_not_given_after_it(sqlite_url: str) -> None:
    with register.with_contacts(sqlite_url) as store:
        cache = AnswerCache[str]()

        def recorded_and_asked_by_another() -> None:
            record(store)
            cache.answer(store, occasion(VIC), "16", answers())

        make = answers(meanwhile=recorded_and_asked_by_another)
        assert [cache.answer(store, occasion(VIC), "15", make) for _ in range(2)] == ["1", "2"]


def test_a_kept_answer_is_for_nobody_who_may_not_see(database_url: str) -> None:
    with register.with_contacts(database_url) as store:
        cache, make = AnswerCache[str](), answers()
        register.enter(store, ALICE, "Alice Ash", membership=Membership.GUEST)
        cache.answer(store, occasion(ALICE), "15", make)
        register.take(store, ALICE, Role.CONTACT, register.body(store, "kent").code)
        with pytest.raises(CannotSee):
            cache.answer(store, occasion(ALICE), "15", make)


def test_a_kept_answer_is_for_nobody_whom_slack_has_not_told_of_lately(sqlite_url: str) -> None:
    with register.loaded(sqlite_url) as store:
        cache, make = AnswerCache[str](), answers()
        cache.answer(store, occasion(VIC), "15", make)
        with pytest.raises(NotIntroduced):
            cache.answer(store, occasion(ALICE), "15", make)
        with pytest.raises(NotIntroduced):
            cache.answer(store, occasion(VIC, NOW + timedelta(days=1)), "15", make)


def test_a_contact_s_own_answer_is_kept_for_nobody(sqlite_url: str) -> None:
    with register.with_contacts(sqlite_url) as store:
        cache, make = AnswerCache[str](), answers()

        def ask(who: PersonKey) -> str:
            return cache.answer(store, occasion(who), "", make, contacts_too=False)

        assert [ask(VIC), ask(ALICE), ask(VIC), ask(ALICE)] == ["1", "2", "1", "3"]


def test_the_answer_of_somebody_who_becomes_a_contact_meanwhile_is_kept_for_nobody(sqlite_url: str) -> None:
    with register.with_contacts(sqlite_url) as store:
        kent = register.body(store, "kent").code
        cache = AnswerCache[str]()
        become = answers(meanwhile=lambda: register.give(store, VIC, Role.CONTACT, kent))
        assert cache.answer(store, occasion(VIC), "", become, contacts_too=False) == "1"
        make = answers(made=["1"])
        assert cache.answer(store, occasion(CORA), "", make, contacts_too=False) == "2"
