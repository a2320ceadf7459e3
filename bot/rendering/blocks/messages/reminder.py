"""What contacts are reminded of, and what is said to whoever had them reminded or snoozed a line."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.messages.delivery import Payload
from bot.domain.messages.reminders import (
    DAYS_BEFORE,
    SNOOZED_FOR,
    Chased,
    Chasing,
    Leaver,
    NotReminded,
    Owed,
    Reminder,
    Snoozed,
)
from bot.domain.register.addressee import Duty
from bot.rendering import terms, words
from bot.rendering.blocks.buttons import update
from bot.rendering.blocks.questions.lists import in_days, open_with, written
from bot.rendering.delivered import delivered
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Block, Screen, actions, as_written, button, screen, small

SNOOZE = "snooze"

# In characters, so that every line of a message has room with its buttons.
_LINE = 250


def reminder_message(reminder: Reminder, key: str) -> Payload:
    """Word the direct message of the delivery `key`."""
    blocks = [block for line in reminder.lines for block in _line(line, reminder)]
    return delivered(screen(_headline(reminder), *blocks, small(_small_print(reminder))), key)


def leaver_message(leaver: Leaver, key: str) -> Payload:
    """Tell a coordinator of a contact who has left Slack."""
    bodies = words.both(list(leaver.remaining))
    alone = [name for name, others in leaver.remaining.items() if not others]
    have = "has" if len(alone) == 1 else "have"
    then = f"{words.both(alone)} {have} no active contact" if alone else f"{bodies} still has a contact"
    others = [
        f"{name}: {words.both(contacts)} can still record."
        for name, contacts in leaver.remaining.items()
        if contacts
    ]
    return delivered(
        screen(
            f"{leaver.name} has left Slack; {then}.",
            *written(others),
            small(
                f"Nothing more is sent to {inert(leaver.name)}."
                f" `/recs grant @user {inert((alone or list(leaver.remaining))[0].lower())}`"
                " names somebody new,"
                " `/recs contacts` shows who records for whom."
            ),
        ),
        key,
    )


def snoozed(snooze: Snoozed) -> Screen:
    """Tell a contact that a line is left out of their reminders."""
    return screen(
        f"Snoozed: no reminders of {snooze.recommendation.title} for {snooze.body_name}"
        f" before {words.day(snooze.until)}.",
        small("It is still owed, and `/recs mine` still shows it."),
    )


def chasing(result: Chasing) -> Screen:
    """Tell a coordinator who is reminded, and who is not and why."""
    again = "You asked for this before; nobody is reminded twice." if result.is_repeat else ""
    return screen(
        _chasing_headline(result), *written(_chasing_lines(result)), small(again) if again else None
    )


def chasing_listed(chasings: Sequence[Chasing]) -> Screen:
    """Say to the coordinator who is reminded of what was listed, and who is not and why."""
    if len(chasings) == 1:
        return chasing(chasings[0])
    chased = [contact for result in chasings for contact in result.chased]
    people = {contact.contact_name for contact in chased if contact.why_not is None}
    bodies = {contact.body_name for contact in chased}
    if not chased:
        return screen("Nothing is owed there any more, so nobody is reminded.")
    are = "is" if len(people) == 1 else "are"
    reminded = words.count(len(people), "contact") if people else "Nobody"
    again = "You asked for this before; nobody is reminded twice." if chasings[0].is_repeat else ""
    lines = [
        f"{words.capital(result.recommendation.title)} · {line}"
        for result in chasings
        for line in _chasing_lines(result)
    ]
    owing = f"of the {words.bodies(len(bodies))} that owe what was listed"
    return screen(
        f"{reminded} {are if people else 'is'} reminded, {owing}.",
        *written(lines),
        small(again) if again else None,
    )


def _headline(reminder: Reminder) -> str:
    return f"{open_with(reminder.bodies, reminder.total)}{_when(reminder.lines[0].deadline, reminder)}."


def _when(first: date | None, reminder: Reminder) -> str:
    if first is None:
        return ", without a deadline"
    late = first < reminder.today
    how = words.time_left(first, reminder.today) if late else in_days(first, reminder.today)
    if reminder.total == 1:
        return f", due on {words.day(first)} ({how})"
    return f", the {'oldest due' if late else 'nearest'} on {words.day(first)} ({how})"


def _line(line: Owed, reminder: Reminder) -> Iterator[Block]:
    recommendation, addressee = line.recommendation, line.addressee
    body = f"{addressee.body_name}, " if len(reminder.bodies) > 1 else ""
    about = words.capital(f"{body}{recommendation.title}")
    pieces = [f"{about}: {_to_do(line)}", *_dates(line, reminder.today)]
    yield as_written(" · ".join(pieces), limit=_LINE)
    key = (recommendation.id, addressee.body_code)
    buttons = actions(
        update(*key, recommendation.title, addressee.body_name),
        _snooze(*key, recommendation.title, addressee.body_name),
    )
    if buttons:
        yield buttons


def _to_do(line: Owed) -> str:
    if line.addressee.owes(Duty.RESPONSE):
        return "say whether you accept"
    if line.addressee.stage.is_stuck:
        return f"{terms.stage(line.addressee.stage)}; say whether it still is"
    return "say how far you are"


def _dates(line: Owed, today: date) -> Iterator[str]:
    addressee = line.addressee
    if addressee.owes(Duty.RESPONSE) and addressee.respond_by:
        yield f"respond by {words.day(addressee.respond_by)}{_late(addressee.respond_by, today)}"
    if addressee.owes(Duty.ACTION) and (due_on := addressee.due_on):
        stated = line.recommendation.due_on
        was = f", was {words.day(stated)}" if stated and stated != due_on else ""
        yield f"due {words.day(due_on)}{was}{_late(due_on, today)}"
    if line.asked_until:
        yield f"extension asked for until {words.day(line.asked_until)}"


def _late(deadline: date, today: date) -> str:
    return f" ({words.time_left(deadline, today)})" if deadline < today else ""


def _snooze(recommendation_id: str, body_code: str, title: str, body_name: str) -> Block:
    return button(
        f"Snooze {words.span(SNOOZED_FOR)}",
        f"{SNOOZE}:{recommendation_id}:{body_code}",
        f"{recommendation_id} {body_code}",
        f"Snooze {title} for {body_name} for {words.span(SNOOZED_FOR)}",
    )


def _small_print(reminder: Reminder) -> str:
    texts = []
    if reminder.more:
        texts.append(f"And {reminder.more} more: `/recs mine`.")
    if reminder.snoozed:
        texts.append(f"Not listed: {reminder.snoozed} more, which you snoozed.")
    days = words.both([str(days) for days in DAYS_BEFORE])
    texts.append(f"Reminders come {days} days before a deadline, then weekly, then monthly.")
    return " ".join(texts)


def _chasing_headline(result: Chasing) -> str:
    title = result.recommendation.title
    if not result.chased:
        owes = f"{result.body_name} owes nothing" if result.body_name else "Nobody owes anything"
        return f"{owes} on {title}, so nobody is reminded."
    bodies = {chased.body_name for chased in result.chased}
    reminded = [chased for chased in result.chased if chased.why_not is None]
    if not reminded:
        owe = "owes" if len(bodies) == 1 else "owe"
        owing = result.body_name or words.bodies(len(bodies))
        return f"Nobody is reminded about {title}, which {owing} still {owe}."
    people = words.count(len({chased.contact_name for chased in reminded}), "contact")
    are = "is" if people.startswith("1 ") else "are"
    of_bodies = (
        f"{len({chased.body_name for chased in reminded})} of the {words.bodies(len(bodies))} that owe it"
    )
    return f"{words.capital(title)}: {people} {are} reminded, for {result.body_name or of_bodies}."


def _chasing_lines(result: Chasing) -> Iterator[str]:
    for why_not, says in _SAYS.items():
        texts = [_who(chased) for chased in result.chased if chased.why_not is why_not]
        if texts:
            yield f"{says}: {', '.join(texts)}"


_SAYS = {
    None: "Reminded",
    NotReminded.TODAY: "Not again, since they were reminded today already",
    NotReminded.SNOOZED: "Not reminded, since they snoozed it",
    NotReminded.PAUSED: "Not reminded, since they paused reminders and another contact gets them",
    NotReminded.LEFT: "Not reminded, since they have left Slack",
    NotReminded.NO_CONTACT: "Not reminded, since there is no contact",
}


def _who(chased: Chased) -> str:
    return f"{chased.body_name} ({chased.contact_name})" if chased.contact_name else chased.body_name
