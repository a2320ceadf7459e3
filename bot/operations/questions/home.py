"""What a person's Home shows, by the roles they hold at this moment."""

from collections.abc import Sequence

from bot.domain.messages.following import NamedSubject
from bot.domain.messages.home import (
    MOST_TEXTS,
    ContactPart,
    CoordinatorPart,
    Home,
    HomePlace,
    Own,
    Remedy,
    Topic,
    UnquotedText,
)
from bot.domain.questions.answers import StandingRow
from bot.domain.questions.pages import Page
from bot.domain.register.approval import ForApproval, asked_together
from bot.domain.register.following import Reader
from bot.domain.register.people import Actor, Request
from bot.domain.register.update import CORRECTABLE, Update
from bot.operations.messages import digest as digests
from bot.operations.messages.approvals import for_approval
from bot.operations.messages.digest_contents import expecting_to_be_late
from bot.operations.questions import overdue, overview, standing
from bot.operations.questions.mine import page_of_mine
from bot.operations.questions.update_views import update_views
from bot.operations.recording import endings
from bot.operations.recording.follow import named_subjects
from bot.operations.recording.pause import remindings
from bot.operations.recording.undo import can_be_taken_back
from bot.operations.register.now import RegisterNow
from bot.operations.register.scope import LookupScope
from bot.operations.request import actors
from bot.operations.request.schedule_plan import SchedulePlan
from storage import approvals, bodies, follows, open_requests, snoozes, succession, updates
from storage import digest as figures
from storage.database import Connection
from storage.store import Store

# As many of each as leave room for all the others in one Home.
_OWED = 12
_RECENT = 10
_REMINDERS = 10
_REQUESTS = 5
_TEXTS = 5
_QUESTIONS = 5
_DIFFERING = 4
_APPROVALS = 5


def home(store: Store, request: Request, place: HomePlace, plan: SchedulePlan) -> Home:
    """Return what the asker's Home shows. Raises CannotSee, NotIntroduced."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        if not actor.is_contact and not actor.is_coordinator:
            live = overview.of_all(RegisterNow(connection, request.today), place.page_of(Topic.LIVE))
            return Home(
                place if place.topic is Topic.LIVE else HomePlace(),
                live=live,
                follows=_follows(connection, actor),
            )
        return Home(
            place=place,
            contact=_contact(connection, actor, request, place) if actor.is_contact else None,
            coordinator=(
                _coordinator(connection, actor, request, place, plan) if actor.is_coordinator else None
            ),
            recent=_recent(connection, actor, request),
            follows=_follows(connection, actor),
        )


def _contact(connection: Connection, actor: Actor, request: Request, place: HomePlace) -> ContactPart:
    codes = sorted(actor.speaks_for, key=lambda code: actor.speaks_for[code])
    waiting, more_approvals = _approvals(connection, actor)
    reminded = [code for code in codes if code not in actor.approves_for | actor.ended]
    reminders = Page.at(place.page_of(Topic.REMINDERS), len(reminded), _REMINDERS)
    return ContactPart(
        owed=page_of_mine(connection, actor, request, place.page_of(Topic.OWED), _OWED, done_too=False),
        reminders=remindings(connection, actor, reminders.of(reminded)),
        reminders_page=reminders,
        away_until=snoozes.away_until(connection, actor.key, request.today),
        questions=update_views(
            connection, open_requests.unanswered(connection, body_codes=codes, limit=_QUESTIONS), actor
        ),
        approvals=waiting,
        more_approvals=more_approvals,
    )


def _follows(connection: Connection, actor: Actor) -> tuple[NamedSubject, ...]:
    return named_subjects(connection, follows.followed_by(connection, Reader.of_person(actor.key)))


def _approvals(connection: Connection, actor: Actor) -> tuple[tuple[tuple[ForApproval, ...], ...], int]:
    """Return what waits for an approver, as it was recorded together, and how much more there is."""
    if not actor.approves_for:
        return (), 0
    codes = actor.approves_for
    first = approvals.waiting(connection, limit=_APPROVALS, body_codes=codes)
    recordings = [recording for update in first if (recording := for_approval(connection, update))]
    more = approvals.count_waiting(connection, codes) - len(first)
    return tuple(map(tuple, asked_together(recordings).values())), more


def _recent(connection: Connection, actor: Actor, request: Request) -> tuple[Own, ...]:
    own_updates = updates.last_recordings_by(connection, actor.key, _RECENT)
    recent = []
    for place, view in enumerate(update_views(connection, own_updates, actor)):
        remedy = _remedy(own_updates[place], own_updates[:place], request)
        together = _together(connection, own_updates[place]) if remedy is Remedy.UNDO else ()
        recent.append(Own(view, remedy, update_views(connection, together, actor)))
    return tuple(recent)


def _together(connection: Connection, update: Update) -> tuple[Update, ...]:
    """Return the updates of one request, where there are several, also those too old to be in the list."""
    request = update.draft.request
    recorded = updates.of_request(connection, request.key) if request else ()
    return recorded if len(recorded) > 1 else ()


def _remedy(update: Update, newer: Sequence[Update], request: Request) -> Remedy | None:
    """Return how an update can be taken back or put right. Undoing takes back a whole request, and is offered
    beside its newest update."""
    if can_be_taken_back(update) and update.may_still_be_undone(request.instant):
        key = update.draft.request
        of_same = key and any(later.draft.request and later.draft.request.key == key.key for later in newer)
        return None if of_same else Remedy.UNDO
    can_be_corrected = update.draft.kind in CORRECTABLE and not update.undone and not update.words_erased
    return Remedy.CORRECT if can_be_corrected else None


def _texts(connection: Connection, actor: Actor, page: int) -> tuple[tuple[UnquotedText, ...], int]:
    """Return a page of the texts that might be quoted, and how many more there are."""
    texts, more = open_requests.might_be_quoted(
        connection, limit=_TEXTS, offset=(page - 1) * _TEXTS, count_to=MOST_TEXTS + 1
    )
    requests = open_requests.asked_to_quote(connection, (update.seq for update in texts))
    views = update_views(connection, texts, actor)
    return tuple(
        UnquotedText(view, requests[view.update.seq].recorded_at if view.update.seq in requests else None)
        for view in views
    ), more


def _coordinator(
    connection: Connection, actor: Actor, request: Request, place: HomePlace, plan: SchedulePlan
) -> CoordinatorPart:
    requests, more_requests = _requests(connection, place.page_of(Topic.REQUESTS))
    texts, more_texts = _texts(connection, actor, place.page_of(Topic.TEXTS))
    questions, more_questions = _questions(connection, place.page_of(Topic.QUESTIONS))
    differing, more_differing = _differing(connection, actor, request, place.page_of(Topic.DIFFERING))
    return CoordinatorPart(
        reports=figures.report_standings(connection, request.today),
        live=overview.of_all(RegisterNow(connection, request.today), place.page_of(Topic.LIVE)),
        late=overdue.within(RegisterNow(connection, request.today), LookupScope(), place.page_of(Topic.LATE)),
        without_contact=bodies.without_contact(connection, request.today),
        requests=update_views(connection, requests, actor),
        more_requests=more_requests,
        texts=texts,
        more_texts=more_texts,
        digest=digests.outlook_in(connection, plan, request.instant, last=1),
        questions=update_views(connection, questions, actor),
        more_questions=more_questions,
        for_approval=approvals.count_waiting(connection),
        expected_late=expecting_to_be_late(connection),
        differing=differing,
        more_differing=more_differing,
        endings_to_answer=sum(view.waits_for_answer for view in endings.all_of(connection)),
    )


def _differing(
    connection: Connection, actor: Actor, request: Request, page: int
) -> tuple[tuple[StandingRow, ...], int]:
    """Return a page of bodies whose predecessors differ, and how many come after it."""
    current_page = Page(page, total=succession.count_undecided(connection), size=_DIFFERING)
    rows = succession.undecided(connection, limit=_DIFFERING, offset=(page - 1) * _DIFFERING)
    return standing.standings(RegisterNow(connection, request.today), rows, actor), current_page.more


def _requests(connection: Connection, page: int) -> tuple[tuple[Update, ...], int]:
    """Return a page of requests for more time, and how many come after it."""
    undecided = open_requests.undecided(connection, limit=page * _REQUESTS)
    current_page = Page(page, total=open_requests.count_undecided(connection), size=_REQUESTS)
    return undecided[(page - 1) * _REQUESTS :], current_page.more


def _questions(connection: Connection, page: int) -> tuple[tuple[Update, ...], int]:
    """Return a page of unanswered questions to bodies, and how many come after it."""
    unanswered = open_requests.unanswered(connection, limit=page * _QUESTIONS)
    current_page = Page(page, total=open_requests.count_unanswered(connection), size=_QUESTIONS)
    return unanswered[(page - 1) * _QUESTIONS :], current_page.more
