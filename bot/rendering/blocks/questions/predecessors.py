"""What bodies that ended had said, with the body that stands in their place."""

from collections.abc import Sequence
from typing import assert_never

from bot.domain.questions.answers import OwingBodies
from bot.domain.questions.grammar.command import command_of
from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.succession import Predecessor
from bot.domain.register.update import Update
from bot.rendering import terms, words
from bot.rendering.blocks.buttons import choose
from bot.rendering.blocks.questions.lists import written
from bot.rendering.blocks.questions.updates import update_line
from bot.rendering.screen import Block

# Of the notes of each: the whole of it is in the history.
_NOTES = 2
_LONGEST = 600


def predecessors(ended_bodies: Sequence[Predecessor]) -> list[Block]:
    """Show each predecessor with how it stood, and below it what it had said."""
    return [
        block
        for predecessor in ended_bodies
        for block in (
            *written([in_one_line(predecessor)]),
            *(update_line(update, limit=_LONGEST) for update in _shown(predecessor)),
        )
    ]


def in_one_line(predecessor: Predecessor) -> str:
    """Say how a predecessor stood: Norfolk, until 30 Apr 2027: accepted since 22 Nov 2024; blocked since 3
    Mar 2027."""
    return f"{named(predecessor)}: {stood(predecessor)}"


def named(predecessor: Predecessor) -> str:
    until = words.short_day(predecessor.last_day)
    return (
        f"{predecessor.name} itself, until {until}"
        if predecessor.is_heir_itself
        else (f"{predecessor.name}, until {until}")
    )


def stood(predecessor: Predecessor) -> str:
    addressee = predecessor.addressee
    return "; ".join(
        f"{state}{_since(update)}"
        for state, update in (
            (terms.answer(addressee.answer), predecessor.response),
            (terms.stage(addressee.stage), predecessor.progress),
        )
    )


def differ(addressee: Addressee, ended_bodies: Sequence[Predecessor]) -> list[str]:
    """Say that predecessors differ and what counts until somebody decides."""
    if not addressee.undecided:
        return []
    names = words.both([predecessor.name for predecessor in ended_bodies]) or "Its predecessors"
    if addressee.passed_to:
        return [f"{names} differed, and {addressee.body_name} never said how it stood."]
    counted = words.both([_counted(addressee, duty) for duty in addressee.undecided])
    return [f"{names} differ. Until {addressee.body_name} says how it stands, it counts as {counted}."]


# More than a row of decisions has: so far apart the rows of one Home count, that no two buttons are alike.
MOST_DECISIONS = 100


def decisions(
    title: str, addressee: Addressee, ended_bodies: Sequence[Predecessor], *, first: int = 1
) -> list[Block]:
    """Return a button to record for the heir what each predecessor had said, with its words; `first` is that
    of `choose`."""
    if not addressee.undecided:
        return []
    options: dict[str, str] = {}
    for predecessor in ended_bodies:
        for duty in addressee.undecided:
            option = _option(title, addressee.body_name, predecessor, duty)
            if option:
                options.setdefault(*option)
    return choose(tuple(options.items()), first=first, about=f"{addressee.body_name}, {title}")


def _option(title: str, heir: str, predecessor: Predecessor, duty: Duty) -> tuple[str, str] | None:
    row = predecessor.addressee
    if duty is Duty.RESPONSE:
        words_of = predecessor.response
        verb = _verb_of(row.answer)
        needs_words, state = row.answer.facts.needs_reason, terms.answer(row.answer)
        typed: tuple[str, ...] = (title, heir)
    else:
        # That it was checked is the association's own word, which a coordinator gives again.
        stage = row.stage if row.stage.facts.is_bodys_word else Stage.COMPLETE
        words_of, verb = predecessor.progress, "progress"
        needs_words, state = stage.is_stuck, terms.stage(stage)
        typed = (title, heir, stage.value)
    text = words_of.draft.text if words_of else ""
    if verb is None or (needs_words and not text):
        return None
    return f"Record {state}", command_of(verb, *typed, text=text)


def _verb_of(answer: Answer) -> str | None:
    """Return the command that records an answer; None where nothing has been answered."""
    match answer:
        case Answer.ACCEPTED:
            return "accept"
        case Answer.ACCEPTED_IN_PART:
            return "partly"
        case Answer.NOT_ACCEPTED:
            return "decline"
        case Answer.AWAITING:
            return None
        case _:
            assert_never(answer)


def those_who_stand_for_others(group: OwingBodies) -> list[str]:
    """Name each heir of a group with what its predecessors had said; how many there are, where many are.

    Norfolk and Suffolk Mayor stands for Norfolk (in progress) and Suffolk (blocked)."""
    if not group.heirs:
        return []
    heir_lines = [
        f"  {row.body_name} stands for {words.both(_briefly(group.predecessors[row.key], group.duty))}."
        for row in group.addressees
        if row.key in group.predecessors
    ]
    if heir_lines:
        return heir_lines
    typed = command_of(group.recommendation.title)
    return [f"  {group.heirs} of these stand for bodies that ended, which /recs {typed} names."]


def _briefly(ended_bodies: Sequence[Predecessor], duty: Duty) -> list[str]:
    return [
        f"{'itself' if ended.is_heir_itself else ended.name} ({_counted(ended.addressee, duty)})"
        for ended in ended_bodies
    ]


def _counted(addressee: Addressee, duty: Duty) -> str:
    return terms.answer(addressee.answer) if duty is Duty.RESPONSE else terms.stage(addressee.stage)


def _since(update: Update | None) -> str:
    return f" since {words.short_day(update.draft.stands_from)}" if update else ""


def _shown(predecessor: Predecessor) -> list[Update]:
    """Return the updates by which it stood as it did, and its last notes, newest first."""
    standing = {update.seq for update in (predecessor.response, predecessor.progress) if update}
    notes = [update.seq for update in predecessor.updates if update.seq not in standing][:_NOTES]
    return [update for update in predecessor.updates if update.seq in standing or update.seq in notes]
