"""Home for a coordinator: how everything stands, who is late, and what waits for them."""

from collections.abc import Sequence

from bot.domain.questions.answers import UpdateView
from bot.domain.questions.home import CoordinatorPart, Topic, Waiting
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


def front(of: CoordinatorPart, *, is_contact: bool) -> list[Block]:
    """To a contact Home says first what they owe; to others how everything stands."""
    return [
        *_banner(of),
        *_live(of, with_headline=is_contact),
        *_late(of),
        *_requests(of.requests, page=1, left=of.more_requests),
        *_texts(of.texts, page=1, left=of.more_texts),
        *_people(of.without_contact),
        *_digest(of),
    ]


def page(of: CoordinatorPart, topic: Topic, number: int, *, is_contact: bool) -> list[Block]:
    """One of the lists alone; nothing for a list that coordinators do not have."""
    match topic:
        case Topic.LIVE:
            return _live(of, with_headline=is_contact)
        case Topic.LATE:
            return _late(of)
        case Topic.REQUESTS:
            return _requests(of.requests, number, left=of.more_requests)
        case Topic.TEXTS:
            return _texts(of.texts, number, left=of.more_texts)
    return []


def _banner(of: CoordinatorPart) -> list[Block]:
    """What a coordinator has to see to before anything else."""
    trouble = digest.trouble(of.digest)
    return [sentence(escaped(trouble))] if trouble else []


def _live(of: CoordinatorPart, *, with_headline: bool) -> list[Block]:
    at = of.live.page
    further = more(Topic.LIVE, at.number + 1, "recommendations", at.more)
    return [
        heading("All recommendations"),
        *([sentence(escaped(overview.headline(of.live)))] if with_headline else []),
        *written(overview.row_lines(of.live)),
        *further,
    ]


def _late(of: CoordinatorPart) -> list[Block]:
    number = of.late.listing.number
    further = more(Topic.LATE, number + 1, "of what is late", of.late.listing.more)
    if not further and overdue.has_more(of.late):
        further = turn(Topic.LATE, number + 1, "of what is late")
    return [
        heading("Late"),
        sentence(escaped(overdue.headline(of.late))),
        *written(overdue.group_lines(of.late)),
        *further,
    ]


def _requests(some: Sequence[UpdateView], page: int, *, left: int) -> list[Block]:
    rows = [block for one in some for block in _request(one)]
    further = more(Topic.REQUESTS, page + 1, "requests", left)
    return [heading("Requests to decide"), *(rows or [small("Nothing waits for a decision.")]), *further]


def _request(of: UpdateView) -> list[Block]:
    title = of.recommendation.title if of.recommendation else ""
    decide = actions(*decision_buttons(of.update.seq, title, of.body_name, until(of.update)))
    return [told_line(of), *([decide] if decide else [])]


def _texts(some: Sequence[Waiting], page: int, *, left: int) -> list[Block]:
    further = more(Topic.TEXTS, page + 1, "texts", left)
    return [
        heading("Texts nobody has agreed to publish yet"),
        *([block for one in some for block in _text(one)] or [small("None.")]),
        *further,
    ]


def _text(of: Waiting) -> list[Block]:
    seq = of.told.update.seq
    if of.asked_at:
        return [
            told_line(of.told),
            small(f"{inert(of.told.body_name)} was asked on {words.moment(of.asked_at)}."),
        ]
    ask = button("Ask", f"{ASK}:{seq}", str(seq), f"Ask {of.told.body_name} about update {seq}")
    return [told_line(of.told, ask)]


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


def _digest(of: CoordinatorPart) -> list[Block]:
    preview = button("Preview", PREVIEW, PREVIEW, "Preview the next digest")
    return [heading("The weekly digest"), sentence(escaped(digest.next_one(of.digest)), preview)]
