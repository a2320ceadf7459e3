"""Recording for a body: one update for each recommendation, all of them or none."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body
from bot.domain.questions.receipts import Recorded, StepBack, StillOpen
from bot.domain.register.addressee import Addressee, Answer, Duty, Stage, is_step_back
from bot.domain.register.approval import needs_approval
from bot.domain.register.details import NO_DETAILS, Details, NoLinkToFollow
from bot.domain.register.guard import must_all_identify_nobody
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.transition import Value
from bot.domain.register.update import Change, Draft, Update, UpdateKind
from bot.domain.values import replace
from bot.operations.request import resolve
from bot.operations.request.writing import Work, writing
from storage import addressees, approvals, earlier_updates, updates
from storage.database import Connection
from storage.store import Store


def record(
    store: Store,
    request: Request,
    kind: UpdateKind,
    refs: Sequence[Ref],
    named_body: Body | None,
    decide: Callable[[Addressee, Recommendation], Addressee],
    *,
    text: str = "",
    details: Details = NO_DETAILS,
    no_victim: bool = False,
    coordinators_only: bool = False,
    changes: Callable[[Addressee], tuple[Change, ...]] = lambda _: (),
    tell: Callable[[Work, Recommendation, Addressee, Update], None] | None = None,
) -> Recorded:
    """Record one update for each recommendation: `decide` turns the addressee as it stands, of a
    recommendation with its parts, into what it becomes; `changes` is what else the update says; `tell` sends
    the messages about it. All of them are recorded or none. The same request again is answered from what it
    wrote.

    Raises MayIdentify unless there is `no_victim` in the text, and what `resolve` raises and of
    `Details.must_be_well_formed`."""
    confirmed = must_all_identify_nobody({"": text, **details.texts}, no_victim)
    with writing(store, request, is_short=True) as work:
        if work.written:
            return recorded_before(work)
        if coordinators_only:
            work.actor.must_coordinate()
        body_code, body_name = resolve.body_to_record_for(work.actor, named_body)
        # What only coordinators may do is never recorded as on behalf of a body.
        on_behalf = not coordinators_only and work.actor.speaks_on_behalf_of(body_code)
        rows = []
        for recommendation in resolve.each_recordable(work.connection, refs):
            details.must_be_well_formed(recommendation.report.published_on, request.today)
            before = work.addressee(recommendation, body_code, body_name)
            _must_follow_a_link(work.connection, before, details)
            draft = _with_details(work.draft(kind, before), details, text, on_behalf=on_behalf)
            draft = replace(draft, changes=(*changes(before), *confirmed, *details.changes))
            now, update = work.record(before, decide(before, recommendation), draft)
            if tell:
                tell(work, recommendation, now, update)
            rows.append((recommendation, now, update))
        recorded = Recorded(work.actor, body_name, on_behalf, tuple(rows))
        return with_what_is_left(work, recorded)


def _with_details(draft: Draft, details: Details, text: str, *, on_behalf: bool) -> Draft:
    return replace(
        draft,
        stands_from=details.decided_on or draft.stands_from,
        on_behalf=on_behalf,
        text=text,
        evidence_url=details.evidence_url,
        evidence_title=details.evidence_title,
        decided_by=details.decided_by,
    )


def _must_follow_a_link(connection: Connection, addressee: Addressee, details: Details) -> None:
    """Raises NoLinkToFollow where the update that is named has no link, or is about another body."""
    if details.follows is None:
        return
    update = updates.get(connection, details.follows)
    draft = update.draft if update else None
    if draft is None or (draft.recommendation_id, draft.body_code) != addressee.key or not draft.evidence_url:
        raise NoLinkToFollow(details.follows)


def with_what_is_left(work: Work, recorded: Recorded) -> Recorded:
    """Add to what was recorded which of it was further before, what else the body has open, and who is asked
    to approve it."""
    connection = work.connection
    steps_back = tuple(
        step
        for recommendation, _, update in recorded.items
        for step in _back(connection, recommendation, update)
    )
    return replace(
        recorded,
        steps_back=steps_back,
        still_open=_still_open(connection, recorded),
        approvers=_approvers(connection, recorded) if work.asks_for_approval or work.written else None,
    )


def _approvers(connection: Connection, recorded: Recorded) -> tuple[str, ...] | None:
    needing = [update.seq for _, row, update in recorded.items if needs_approval(update.draft.kind, row)]
    if not approvals.of_updates(connection, needing):
        return None
    approvers = approvals.approvers(connection, recorded.items[0][1].body_code)
    return tuple(
        approver.display_name
        for approver in approvers
        if approver.is_active and approver.who != recorded.actor.key
    )


def _still_open(connection: Connection, recorded: Recorded) -> StillOpen:
    rows = [row for _, row, _ in recorded.items]
    total, first = addressees.open_of_body(
        connection,
        rows[0].body_code,
        besides={row.recommendation_id for row in rows if any(map(row.owes, Duty))},
        limit=StillOpen.SHOWN,
    )
    return StillOpen(total, first)


def _back(connection: Connection, recommendation: Recommendation, update: Update) -> Iterator[StepBack]:
    for change in update.draft.changes:
        values = _STATES.get(change.what)
        if values and is_step_back(values(change.was), values(change.now)):
            since = earlier_updates.value_since(
                connection, recommendation.id, update.draft.body_code or "", change.what, before=update.seq
            )
            yield StepBack(recommendation, values(change.was), since)


_STATES: Mapping[str, type[Answer] | type[Stage]] = {Value.ANSWER: Answer, Value.STAGE: Stage}


def recorded_before(work: Work) -> Recorded:
    """Answer a request that came a second time."""
    rows = []
    for update in work.written:
        subject = resolve.subject_of(work.connection, update)
        if subject:
            rows.append((*subject, update))
    recorded = Recorded(
        work.actor, rows[0][1].body_name, work.written[0].draft.on_behalf, tuple(rows), again=True
    )
    return with_what_is_left(work, recorded)
