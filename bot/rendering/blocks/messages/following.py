"""What is followed: the weekly message about it, and what `/recs follow` and `unfollow` answer."""

from collections.abc import Iterator, Sequence

from bot.domain.messages.delivery import Payload
from bot.domain.messages.digest import Moved, Reported
from bot.domain.messages.following import (
    Channel,
    Followed,
    FollowedChanges,
    Following,
    FollowMessage,
    FollowOutlook,
    NamedSubject,
)
from bot.domain.messages.slots import Slot
from bot.domain.questions.grammar.following import in_channel
from bot.domain.questions.grammar.typed_commands import ChannelMention
from bot.rendering import words
from bot.rendering.blocks.buttons import SHOW
from bot.rendering.blocks.messages.digest import weekday
from bot.rendering.blocks.messages.reports_of_others import counted, how_reported
from bot.rendering.blocks.questions.updates import from_to
from bot.rendering.delivered import delivered
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.screen import Block, Screen, button, lines, screen, small

# As many changes of one subject as are read at a glance, by how many subjects there are.
_MOST_LINES = 60
_LEAST_LINES = 3
_NAMED = 3
# In characters: https://docs.slack.dev/reference/block-kit/block-elements/button-element
_ACTION_ID = 255


def message(changed: FollowMessage, key: str) -> Payload:
    """Word the message of the delivery `key`."""
    lines_of_each = max(_LEAST_LINES, _MOST_LINES // len(changed.changes))
    return delivered(
        screen(
            _headline(changed.changes),
            *(
                _changes(changes, changed.channel, lines_of_each, len(changed.changes))
                for changes in changed.changes
            ),
            small(_late(changed.late_from)) if changed.late_from else None,
            small(_why_here(changed)),
        ),
        key,
    )


def _headline(changes: Sequence[FollowedChanges]) -> str:
    """Write as in `Kent: 2 changes and 1 note since 3 March 2025.`; of several, each in short."""
    if len(changes) == 1:
        (single,) = changes
        return f"{words.capital(single.subject.name)}: {_counted(single)} since {words.day(single.since)}."
    changed_names = [f"{changed.subject.name} ({_counted(changed)})" for changed in changes[:_NAMED]]
    left = len(changes) - _NAMED
    more = [f"{left} more"] if left > 0 else []
    return f"Changed this week: {words.both([*changed_names, *more])}."


def _counted(changed: FollowedChanges) -> str:
    counts = (
        (len(changed.moved), "change"),
        (changed.notes, "note"),
    )
    texts = [words.count(n, name) for n, name in counts if n]
    return words.both([*texts, *([counted(changed.reported)] if changed.reported else [])])


def _changes(changed: FollowedChanges, channel: Channel | None, most: int, subjects: int) -> Block:
    changes = [*map(_move, changed.moved), *map(_report, changed.reported)]
    first_changes = changes[:most]
    left = len(changes) - most
    typed = f"`/recs changes {escaped(changed.subject.typed)}`"
    texts = [
        *([f"*{inert(words.capital(changed.subject.name))}*"] if subjects > 1 else []),
        *first_changes,
        *([f"{left} more: {typed}"] if left > 0 else []),
        *([f"{words.count(changed.notes, 'note')}: {typed}"] if changed.notes else []),
    ]
    return {**lines(texts), "accessory": unfollow(changed.subject, channel)}


def _move(move: Moved) -> str:
    """Write a change as in `Kent: stalking 15 from not started to in progress`."""
    change = from_to(move.values, reopened=move.reopened, taken_back=move.taken_back)
    return f"{inert(move.body_name)}: {inert(move.recommendation.title)} {change}"


def _report(report: Reported) -> str:
    """Write what another reported: `Chief constables: stalking 16 reported by the NPCC on 1 Aug 2025`."""
    name = inert(words.capital(report.standing.name))
    return f"{name}: {inert(report.recommendation.title)} {inert(how_reported(report))}"


def _why_here(message: FollowMessage) -> str:
    if message.channel:
        return "This channel follows it; coordinators can end that."
    return "You follow this. A week in which nothing changes has no message."


def _late(slot: Slot) -> str:
    return f"Posted late: it was to come on {weekday(slot)}."


def unfollow(subject: NamedSubject, channel: Channel | None = None) -> Block:
    """Return the button that ends the following for whoever clicks, or for the channel, by the rights of
    whoever clicks."""
    mention = ChannelMention(channel.id, channel.name) if channel else None
    command = f"unfollow {subject.typed}{in_channel(mention)}"
    in_which = f" in {_name(channel)}" if channel else ""
    return button("Unfollow", f"{SHOW}:{command}"[:_ACTION_ID], command, f"Unfollow {subject.name}{in_which}")


def looking(channel: Channel) -> Screen:
    return screen(f"recbot looks whether it is a member of {_name(channel)}, and then says so here.")


def not_a_member(channel: Channel) -> Screen:
    return screen(
        f"Nothing was recorded: recbot is not a member of {_name(channel)}.",
        lines(["Invite it there with `/invite @recbot`, and type the same again."]),
    )


def cannot_look(channel: Channel) -> Screen:
    return screen(
        f"Nothing was recorded: Slack did not say whether recbot is a member of {_name(channel)}.",
        lines(["Please try again in a minute."]),
    )


def following(result: Following) -> Screen:
    """Say what is followed from now on, or no longer."""
    name, channel = result.subject.name, result.channel
    follower, does, follows = (
        (words.capital(_name(channel)), "does", "follows") if channel else ("You", "do", "follow")
    )
    if not result.is_followed:
        return screen(f"{follower} {does} not follow {name} any longer.")
    return screen(
        f"{follower} {follows} {name}: one message a week, {_when(result.next_slot)}.",
        {
            **lines(["It tells what changed. A week in which nothing changes has no message."]),
            "accessory": unfollow(result.subject, channel),
        },
    )


def followed(result: Followed) -> Screen:
    """List what is followed, each with its button."""
    if not result.own and not result.channels:
        return screen(
            "You follow nothing.",
            lines(
                [
                    "`/recs follow kent` has one message a week come about Kent, `/recs follow 15` about"
                    " recommendation 15. A region or a report can be followed too."
                ]
            ),
        )
    names = [subject.name for subject in result.own]
    return screen(
        f"You follow {words.both(names)}." if names else "You follow nothing yourself.",
        *rows(result.own),
        *(
            {
                **lines([inert(f"{_name(channel)} follows {subject.name}")]),
                "accessory": unfollow(subject, channel),
            }
            for channel, subject in result.channels
        ),
        small(f"What changed of it comes once a week, {_when(result.next_slot)}."),
    )


def rows(subjects: Sequence[NamedSubject]) -> Iterator[Block]:
    """Yield a line for each subject that its reader follows, with its button."""
    for subject in subjects:
        yield {**lines([inert(words.capital(subject.name))]), "accessory": unfollow(subject)}


def outlook(coming: FollowOutlook) -> Block | None:
    """Say who follows anything, for coordinators; None where nobody does."""
    if not (coming.people or coming.channels):
        return None
    followers = [
        *([words.count(coming.people, "person", "people")] if coming.people else []),
        *([words.count(len(coming.channels), "channel")] if coming.channels else []),
    ]
    follow = "follows" if coming.people + len(coming.channels) == 1 else "follow"
    channels = [
        inert(f"{_name(channel)}: {words.both([subject.name for subject in subjects])}")
        for channel, subjects in coming.channels
    ]
    first = f"{words.both(followers)} {follow} something: one message a week, {_when(coming.next_slot)}."
    return lines(["*Followed*", inert(first), *channels])


def _name(channel: Channel) -> str:
    return f"#{channel.name}" if channel.name else f"channel {channel.id}"


def _when(slot: Slot | None) -> str:
    return f"the next on {weekday(slot)}" if slot else "but the digest's rule names no day for it any more"
