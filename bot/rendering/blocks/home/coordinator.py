"""Home for a coordinator: how everything stands, who is late, and what waits for them."""

from collections.abc import Sequence
from typing import assert_never

from bot.domain.messages.home import CoordinatorPart, Topic, UnquotedText
from bot.domain.questions.answers import UpdateView
from bot.domain.register.extension import until
from bot.rendering import words
from bot.rendering.blocks.home.parts import heading, more, sentence, told_line, turn
from bot.rendering.blocks.messages import digest
from bot.rendering.blocks.questions import overdue, overview
from bot.rendering.blocks.questions.lists import written
from bot.rendering.blocks.recording.extend import decision_buttons
from bot.rendering.blocks.recording.grant import GRANT_ROLE, REVOKE_ROLE
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.screen import Block, actions, button, small

ASK = "ask-quoting"
PREVIEW = "preview-digest"


def front(coordinator_part: CoordinatorPart, *, is_contact: bool) -> list[Block]:
    """Return a coordinator's part of the front. To a contact Home says first what they owe; to others how
    everything stands."""
    return [
        *_banner(coordinator_part),
        *_live(coordinator_part, with_headline=is_contact),
        *_late(coordinator_part),
        *_requests(coordinator_part.requests, page=1, left=coordinator_part.more_requests),
        *_texts(coordinator_part.texts, page=1, left=coordinator_part.more_texts),
        *_people(coordinator_part.without_contact),
        *_digest(coordinator_part),
    ]


def page(coordinator_part: CoordinatorPart, topic: Topic, number: int, *, is_contact: bool) -> list[Block]:
    """Return one of the lists alone; nothing for a list that coordinators do not have."""
    match topic:
        case Topic.LIVE:
            return _live(coordinator_part, with_headline=is_contact)
        case Topic.LATE:
            return _late(coordinator_part)
        case Topic.REQUESTS:
            return _requests(coordinator_part.requests, number, left=coordinator_part.more_requests)
        case Topic.TEXTS:
            return _texts(coordinator_part.texts, number, left=coordinator_part.more_texts)
        case Topic.OWED | Topic.REMINDERS:
            return []
    assert_never(topic)


def _banner(coordinator_part: CoordinatorPart) -> list[Block]:
    """Return what a coordinator has to see to before anything else."""
    trouble = digest.trouble(coordinator_part.digest)
    return [sentence(escaped(trouble))] if trouble else []


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


def _requests(views: Sequence[UpdateView], page: int, *, left: int) -> list[Block]:
    rows = [block for view in views for block in _request(view)]
    further = more(Topic.REQUESTS, page + 1, "requests", left)
    return [heading("Requests to decide"), *(rows or [small("Nothing waits for a decision.")]), *further]


def _request(view: UpdateView) -> list[Block]:
    title = view.recommendation.title if view.recommendation else ""
    decide = actions(*decision_buttons(view.update.seq, title, view.body_name, until(view.update)))
    return [told_line(view), *([decide] if decide else [])]


def _texts(waiting: Sequence[UnquotedText], page: int, *, left: int) -> list[Block]:
    further = more(Topic.TEXTS, page + 1, "texts", left)
    return [
        heading("Texts nobody has agreed to publish yet"),
        *([block for text in waiting for block in _text(text)] or [small("None.")]),
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


def _people(without_contact: Sequence[str]) -> list[Block]:
    if without_contact:
        who = f"{words.bodies(len(without_contact))} without a contact: {', '.join(without_contact)}."
    else:
        who = "Every body has a contact."
    roles = actions(
        button("Grant a role", GRANT_ROLE, GRANT_ROLE), button("Revoke a role", REVOKE_ROLE, REVOKE_ROLE)
    )
    return [
        heading("People"),
        *written([who]),
        *([roles] if roles else []),
        small("`/recs contacts` shows who records for which body."),
    ]


def _digest(coordinator_part: CoordinatorPart) -> list[Block]:
    preview = button("Preview", PREVIEW, PREVIEW, "Preview the next digest")
    return [
        heading("The weekly digest"),
        sentence(escaped(digest.next_one(coordinator_part.digest)), preview),
    ]
