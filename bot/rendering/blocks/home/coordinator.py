"""Home for a coordinator: what waits for them, then how everything stands."""

from collections.abc import Sequence
from typing import assert_never

from bot.domain.messages.digest import ExpectedLate
from bot.domain.messages.home import MOST_TEXTS, CoordinatorPart, HomePlace, Topic, UnquotedText
from bot.domain.questions.answers import StandingRow, UpdateView
from bot.domain.register.extension import until
from bot.rendering import words
from bot.rendering.blocks.buttons import update
from bot.rendering.blocks.home.parts import PAGE, heading, more, sentence, told_line, turn
from bot.rendering.blocks.messages import digest
from bot.rendering.blocks.messages.digest_message import report_line
from bot.rendering.blocks.questions import overdue, overview, predecessors
from bot.rendering.blocks.questions.lists import written
from bot.rendering.blocks.recording.extend import decision_buttons
from bot.rendering.blocks.recording.grant import GRANT_ROLE, REVOKE_ROLE
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.screen import Block, actions, button, small

_EXPECTED_SHOWN = 5
# Behind those of what the reader's own bodies owe.
_FIRST_DECISION = 10_001

ASK = "ask-quoting"
PREVIEW = "preview-digest"


def waiting(coordinator_part: CoordinatorPart) -> list[Block]:
    """Return what waits for a coordinator on the front; what does not is left out."""
    return [
        *_banner(coordinator_part),
        *_requests(coordinator_part.requests, page=1, left=coordinator_part.more_requests),
        *_questions(coordinator_part.questions, page=1, left=coordinator_part.more_questions),
        *_differing(coordinator_part, page=1),
        *_endings(coordinator_part.endings_to_answer),
        *_for_approval(coordinator_part.for_approval),
        *(_late(coordinator_part) if coordinator_part.late.late.recommendations else []),
        *_expected_late(coordinator_part.expected_late),
        *_no_contact(coordinator_part.without_contact),
        *_texts(coordinator_part.texts, page=1, left=coordinator_part.more_texts),
    ]


def state(coordinator_part: CoordinatorPart, *, with_headline: bool) -> list[Block]:
    """Return how everything stands and what comes next; `with_headline` where Home does not begin with it."""
    return [*_reports(coordinator_part, with_headline=with_headline), *_digest(coordinator_part)]


def page(coordinator_part: CoordinatorPart, topic: Topic, number: int, *, is_contact: bool) -> list[Block]:
    """Return one of the lists alone; nothing for a list that coordinators do not have."""
    match topic:
        case Topic.LIVE:
            return _live(coordinator_part, with_headline=is_contact)
        case Topic.LATE:
            return _late(coordinator_part)
        case Topic.REQUESTS:
            return _requests(coordinator_part.requests, number, left=coordinator_part.more_requests)
        case Topic.NO_CONTACT:
            return _names_without_contact(coordinator_part.without_contact)
        case Topic.TEXTS:
            return _texts(coordinator_part.texts, number, left=coordinator_part.more_texts)
        case Topic.QUESTIONS:
            return _questions(coordinator_part.questions, number, left=coordinator_part.more_questions)
        case Topic.DIFFERING:
            return _differing(coordinator_part, number)
        case Topic.OWED | Topic.REMINDERS:
            return []
    assert_never(topic)


def _banner(coordinator_part: CoordinatorPart) -> list[Block]:
    """Return what a coordinator has to see to before anything else."""
    trouble = digest.trouble(coordinator_part.digest)
    return [sentence(escaped(trouble))] if trouble else []


def _reports(coordinator_part: CoordinatorPart, *, with_headline: bool) -> list[Block]:
    """Return a line for each report, and the button that shows its recommendations one by one."""
    if not coordinator_part.live.rows:
        return []
    today = coordinator_part.live.today
    show = button(
        "Show", f"{PAGE}:{Topic.LIVE}", HomePlace(Topic.LIVE).name, "Show all recommendations one by one"
    )
    headline = [overview.headline(coordinator_part.live)] if with_headline else []
    row = actions(show)
    return [
        heading("All recommendations"),
        *written([*headline, *(report_line(report, today) for report in coordinator_part.reports)]),
        *([row] if row else []),
    ]


def _live(coordinator_part: CoordinatorPart, *, with_headline: bool) -> list[Block]:
    page = coordinator_part.live.page
    further = more(Topic.LIVE, page.number + 1, "recommendations", page.more)
    return [
        heading("All recommendations"),
        *([sentence(escaped(overview.headline(coordinator_part.live)))] if with_headline else []),
        *written(overview.row_lines(coordinator_part.live)),
        *further,
    ]


def _late(coordinator_part: CoordinatorPart) -> list[Block]:
    number = coordinator_part.late.listing.number
    further = more(Topic.LATE, number + 1, "of what is late", coordinator_part.late.listing.more)
    if not further and overdue.has_more(coordinator_part.late):
        further = turn(Topic.LATE, number + 1, "of what is late")
    return [
        heading("Late"),
        sentence(escaped(overdue.headline(coordinator_part.late))),
        *written(overdue.group_lines(coordinator_part.late)),
        *further,
    ]


def _for_approval(waiting: int) -> list[Block]:
    if not waiting:
        return []
    wait = "waits" if waiting == 1 else "wait"
    return [
        heading("For approval"),
        sentence(f"{words.count(waiting, 'recording')} {wait} for the approvers of bodies."),
        small("`/recs for approval` lists them; `/recs approve 15 kent` approves on behalf of a body."),
    ]


def _differing(coordinator_part: CoordinatorPart, page: int) -> list[Block]:
    """Return the bodies whose predecessors differ, each with buttons to record what one of them had said."""
    if not coordinator_part.differing:
        return []
    further = more(Topic.DIFFERING, page + 1, "of these", coordinator_part.more_differing)
    return [
        heading("Predecessors differ"),
        *(block for place, row in enumerate(coordinator_part.differing) for block in _differs(row, place)),
        *further,
    ]


def _differs(row: StandingRow, place: int) -> list[Block]:
    # No two buttons of a Home may have the same name.
    first = _FIRST_DECISION + place * predecessors.MOST_DECISIONS
    addressee, title = row.addressee, row.recommendation.title
    lines = [f"{addressee.body_name}, {title}", *predecessors.differ(addressee, row.predecessors)]
    lines += map(predecessors.in_one_line, row.predecessors)
    buttons = actions(
        *predecessors.decisions(title, addressee, row.predecessors, first=first),
        update(row.recommendation.id, addressee.body_code, title, addressee.body_name),
    )
    return [*written(lines), *([buttons] if buttons else [])]


def _endings(to_answer: int) -> list[Block]:
    if not to_answer:
        return []
    contacts_go = "its contacts go" if to_answer == 1 else "their contacts go"
    end = "ends or has ended" if to_answer == 1 else "end or have ended"
    return [
        sentence(f"{words.bodies(to_answer)} {end}, and nobody has said whether {contacts_go} along."),
        small("`/recs bodies` shows them; `/recs ending kent contacts pass` or `stay` answers."),
    ]


def _expected_late(groups: Sequence[ExpectedLate]) -> list[Block]:
    """Say who expects to be late before it is; the first few by name."""
    if not groups:
        return []
    bodies = {name for group in groups for name, _ in group.bodies}
    expect = "expects" if len(bodies) == 1 else "expect"
    about = words.count(len(groups), "recommendation")
    return [
        heading("Expected late"),
        sentence(f"{words.bodies(len(bodies))} {expect} to be late with {about}."),
        *written(map(_expecting, groups[:_EXPECTED_SHOWN])),
        small("`/recs expected late` shows all, `/recs moved twice` who has moved a date twice."),
    ]


def _expecting(group: ExpectedLate) -> str:
    dated_names = [f"{name} ({words.short_day(day)})" for name, day in group.bodies]
    return f"{words.capital(group.recommendation.title)}: {words.names(dated_names)}"


def _requests(views: Sequence[UpdateView], page: int, *, left: int) -> list[Block]:
    if not views:
        return []
    rows = [block for view in views for block in _request(view)]
    further = more(Topic.REQUESTS, page + 1, "requests", left)
    return [heading("Requests to decide"), *rows, *further]


def _request(view: UpdateView) -> list[Block]:
    title = view.recommendation.title if view.recommendation else ""
    decide = actions(*decision_buttons(view.update.seq, title, view.body_name, until(view.update)))
    return [told_line(view), *([decide] if decide else [])]


def _questions(views: Sequence[UpdateView], page: int, *, left: int) -> list[Block]:
    if not views:
        return []
    further = more(Topic.QUESTIONS, page + 1, "questions", left)
    return [heading("Questions without an answer"), *map(told_line, views), *further]


def _texts(waiting: Sequence[UnquotedText], page: int, *, left: int) -> list[Block]:
    if not waiting:
        return []
    further = more(Topic.TEXTS, page + 1, "texts", left, MOST_TEXTS)
    return [
        heading("Texts nobody has agreed to publish yet"),
        *(block for text in waiting for block in _text(text)),
        *further,
    ]


def _text(waiting: UnquotedText) -> list[Block]:
    seq = waiting.view.update.seq
    if waiting.asked_at:
        return [
            told_line(waiting.view),
            small(f"{inert(waiting.view.body_name)} was asked on {words.moment(waiting.asked_at)}."),
        ]
    ask = button("Ask", f"{ASK}:{seq}", str(seq), f"Ask {waiting.view.body_name} about update {seq}")
    return [told_line(waiting.view, ask)]


def _no_contact(names: Sequence[str]) -> list[Block]:
    """Say for how many bodies nobody records, with the button that shows their names."""
    if not names:
        return []
    verb = "has" if len(names) == 1 else "have"
    show = button(
        "Show",
        f"{PAGE}:{Topic.NO_CONTACT}",
        HomePlace(Topic.NO_CONTACT).name,
        "Show the bodies without a contact",
    )
    return [
        heading("Bodies without a contact"),
        sentence(f"{words.bodies(len(names))} {verb} no contact: nobody there can record.", show),
    ]


def _names_without_contact(names: Sequence[str]) -> list[Block]:
    if not names:
        return []
    return [
        heading("Bodies without a contact"),
        *written([", ".join(names)]),
        small("“Grant a role” makes somebody a contact, and so does `/recs grant @user kent`."),
    ]


def people() -> list[Block]:
    roles = actions(
        button("Grant a role", GRANT_ROLE, GRANT_ROLE), button("Revoke a role", REVOKE_ROLE, REVOKE_ROLE)
    )
    return [
        heading("People"),
        *([roles] if roles else []),
        small("`/recs contacts` shows who records for which body."),
    ]


def _digest(coordinator_part: CoordinatorPart) -> list[Block]:
    preview = button("Preview", PREVIEW, PREVIEW, "Preview the next digest")
    return [
        heading("The weekly digest"),
        sentence(escaped(digest.next_one(coordinator_part.digest)), preview),
    ]
