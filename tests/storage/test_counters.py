"""Whatever is recorded and taken back in whatever order, the kept counts are what counting again gives."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Note, Progress, Respond
from bot.domain.questions.names import Body
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.adding import mark_of
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.people import PersonKey, Request
from bot.domain.values import replace
from bot.operations.recording import correct
from bot.operations.recording.note import note
from bot.operations.recording.progress import progress
from bot.operations.recording.respond import respond
from bot.operations.recording.undo import undo
from storage.database import FOR_WORK, Database
from storage.store import Store
from tests.cast import ALICE, BOB, CORA, HOME, NOW, occasion
from tests.storage import register
from tests.storage.audit import audit
from tests.storage.register import R15, R16, R25

ANSWERS = (Answer.ACCEPTED, Answer.ACCEPTED_IN_PART, Answer.NOT_ACCEPTED)
# What a coordinator may make the themes of a recommendation.
THEMES = ("", "training", "training victims")
STAGES = (Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.BLOCKED, Stage.COMPLETE)


@dataclass(frozen=True)
class Step:
    """Some minutes after the step before, somebody records something, or takes their last recording back."""

    who: PersonKey
    what: Answer | Stage | str
    refs: tuple[Ref, ...]
    minutes: int


STEPS = st.lists(
    st.builds(
        Step,
        who=st.sampled_from([ALICE, BOB, CORA]),
        what=st.sampled_from([*ANSWERS, *STAGES, "note", "undo", "undo", "undo", *THEMES]),
        refs=st.sampled_from([(R15,), (R15, R16), (R25, R15, R16)]),
        # Undone is within ten minutes; several hours bring another day.
        minutes=st.sampled_from([0, 1, 4, 11, 400]),
    ),
    min_size=1,
    max_size=20,
)


@settings(max_examples=15, derandomize=True, database=None)
@given(STEPS)
def test_counts_and_standing_follow_every_order_of_recordings_and_undos(
    template: tuple[Path, Body], steps: list[Step]
) -> None:
    must_add_up(template, steps)


@pytest.mark.prove
@settings(max_examples=100, database=None)
@given(STEPS)
def test_so_they_do_in_many_more_orders(template: tuple[Path, Body], steps: list[Step]) -> None:
    must_add_up(template, steps)


def must_add_up(template: tuple[Path, Body], steps: list[Step]) -> None:
    """Take these steps in a copy of the template, and count anew what the database has counted."""
    fresh, kent = template[0].with_name("fresh.db"), template[1]
    for old in fresh.parent.glob("fresh.db*"):
        old.unlink()
    shutil.copy(template[0], fresh)
    database = Database(f"sqlite:///{fresh}", FOR_WORK)
    store = Store(database, HOME, frozenset({CORA.user_id}))
    instant = NOW
    for step in steps:
        instant += timedelta(minutes=step.minutes)
        with suppress(Refusal):
            take(store, step, occasion(step.who, instant), kent if step.who == CORA else None)
    database.close()
    audit(f"sqlite:///{fresh}")


def take(store: Store, step: Step, when: Request, body: Body | None) -> None:
    if isinstance(step.what, Answer):
        respond(store, when, Respond(step.what, step.refs, body, "why"))
    elif isinstance(step.what, Stage):
        progress(store, when, Progress(step.what, step.refs, body, "on what"))
    elif step.what == "note":
        note(store, when, Note(step.refs[0], body, "we met the provider"))
    elif step.what == "undo":
        undo(store, when)
    else:
        opened = correct.opened(store, when, step.refs[0])
        entry = replace(opened.entry, themes=step.what)
        correct.correct(store, when, step.refs[0], entry, mark_of(opened.recommendation), lambda *_: {})


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Body]:
    """Give a loaded register to copy, and Kent in it: Alice's body, for which Cora records too."""
    file = tmp_path_factory.mktemp("counters") / "template.db"
    with register.with_contacts(f"sqlite:///{file}") as store:
        for who in (ALICE, BOB, CORA):
            register.enter(store, who, who.user_id, refreshed_at=NOW + timedelta(days=365))
        return file, register.body(store, "kent")
