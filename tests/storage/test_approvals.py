"""What the database selects by approval is what the rule of the domain says of each addressee.

Each fate of an answer is beside each fate of a completion and each stage, for an addressee of its own."""

from collections.abc import Sequence
from itertools import product

from sqlalchemy import ColumnElement, Connection, select, true

from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.approval import Approvals, ApprovalState, approvals_by_seq, stands
from bot.domain.register.update import Draft, Update, UpdateKind, Via
from bot.domain.values import replace
from storage import addressees, approvals, updates
from storage.appending import Chain
from storage.tables.addressees import addressees as table
from tests.cast import NOW, TODAY, stalking_case

NUMBERS = ("15", "16", "25")
ASKED, APPROVED, SENT_BACK = UpdateKind.APPROVAL_ASKED, UpdateKind.APPROVED, UpdateKind.SENT_BACK
# What was recorded one after the other, each with what became of its approval. The last stands, or with
# `True` the one before it, as after an undo.
Fate = tuple[tuple[tuple[UpdateKind, ...], ...], bool]
FATES: tuple[Fate, ...] = (
    ((), False),
    (((),), False),
    (((ASKED,),), False),
    (((ASKED, APPROVED),), False),
    (((ASKED, SENT_BACK),), False),
    (((ASKED, APPROVED), (ASKED,)), False),
    (((ASKED, APPROVED), (ASKED,)), True),
)
STAGES = (Stage.COMPLETE, Stage.IN_PROGRESS)
CASES = tuple(product(FATES, FATES, STAGES))
Key = tuple[str, str]


def test_the_database_selects_by_approval_what_the_rule_says(database_url: str) -> None:
    register = stalking_case(database_url)
    with register.store.begin() as connection:
        rows = record_all_cases(connection)
        recorded = sorted(updates.with_names(connection, true()), key=lambda update: update.seq)
        by_seq = approvals_by_seq(recorded)
        of_rows = {row.key: Approvals.of(row, by_seq) for row in rows}
        waiting = [
            update.seq
            for update in recorded
            if update.seq in by_seq
            and by_seq[update.seq].state is ApprovalState.ASKED
            and any(row.key == key_of(update) and stands(update.seq, row) for row in rows)
        ]
        approved_keys = {key for key, of_row in of_rows.items() if of_row.is_given}
        missing_keys = {key for key, of_row in of_rows.items() if of_row.is_missing}

        assert selected(connection, approvals.IS_GIVEN) == approved_keys
        assert selected(connection, approvals.IS_MISSING) == missing_keys
        assert [update.seq for update in approvals.waiting(connection, limit=1000)] == waiting
        assert approvals.count_waiting(connection) == len(waiting)
    assert approved_keys
    assert missing_keys
    assert len(approved_keys) + len(missing_keys) < len(CASES)
    register.store.database.close()


def record_all_cases(connection: Connection) -> list[Addressee]:
    """Record each case with an addressee of its own, and return how they stand."""
    befores = [
        row for number in NUMBERS for row in addressees.of_recommendation(connection, f"stalking-{number}")
    ]
    chain = Chain(connection)
    afters = []
    for before, (answer, completion, stage) in zip(befores, CASES, strict=False):
        after = replace(
            before,
            answer=Answer.ACCEPTED if answer[0] else Answer.AWAITING,
            stage=stage if completion[0] else Stage.NOT_STARTED,
            response_seq=record(chain, before, UpdateKind.RESPONSE, answer),
            progress_seq=record(chain, before, UpdateKind.PROGRESS, completion),
        )
        addressees.save(connection, before, after)
        afters.append(after)
    assert len(afters) == len(CASES)
    return afters


def record(chain: Chain, addressee: Addressee, kind: UpdateKind, fate: Fate) -> int | None:
    """Record what `fate` says, and return the number of the update that stands."""
    recordings, is_undone = fate
    draft = Draft(
        kind,
        TODAY,
        Via.SLACK,
        recommendation_id=addressee.recommendation_id,
        body_code=addressee.body_code,
    )
    seqs = [_recorded(chain, draft, decisions) for decisions in recordings]
    return seqs[-2 if is_undone else -1] if seqs else None


def _recorded(chain: Chain, draft: Draft, decisions: Sequence[UpdateKind]) -> int:
    seq = chain.append(draft, NOW).seq
    for kind in decisions:
        chain.append(replace(draft, kind=kind, about_seq=seq), NOW)
    return seq


def selected(connection: Connection, condition: ColumnElement[bool]) -> set[Key]:
    rows = connection.execute(select(table.c.recommendation_id, table.c.body_code).where(condition))
    return {(recommendation_id, body_code) for recommendation_id, body_code in rows}


def key_of(update: Update) -> Key:
    return update.draft.recommendation_id or "", update.draft.body_code or ""
