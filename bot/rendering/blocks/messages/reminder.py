"""What contacts are reminded of, and what is said to whoever had them reminded or snoozed a line."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.messages.delivery import Payload
from bot.domain.messages.reminders import (
    SNOOZED_FOR,
    Absence,
    Chased,
    Chasing,
    Leaver,
    NotReminded,
    Owed,
    Reminder,
    Snoozed,
    deadlines,
    news_on,
)
from bot.domain.register.addressee import Addressee, Duty
from bot.rendering import due_dates, published_responses, terms, words
from bot.rendering.blocks.buttons import choose, update, update_all
from bot.rendering.blocks.questions.lists import in_days, written
from bot.rendering.delivered import delivered
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Block, Screen, actions, as_written, button, screen, small

# Leaves one line out: the button of older messages, which had one beside each line.
SNOOZE = "snooze"
SNOOZE_ALL = "snooze-all"

# In characters: each line and what it is about, so that a message has room for all its lines.
_LINE = 400
_ABOUT = 120


def reminder_message(reminder: Reminder, key: str) -> Payload:
    """Word the direct message of the delivery `key`."""
    lines = (_line(line, reminder) for line in reminder.lines)
    with_names = len(reminder.bodies) > 1
    to_publish = written(
        published_responses.lines(reminder.published_responses, reminder.today, with_names=with_names)
    )
    return delivered(
        screen(_headline(reminder), *lines, *to_publish, _buttons(reminder), small(_small_print(reminder))),
        key,
    )


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
    """Tell a contact what is left out of their reminders, and until when."""
    if snooze.recommendation is not None:
        return screen(
            f"Snoozed: no reminders of {snooze.recommendation.title} for {snooze.body_name}"
            f" before {words.day(snooze.until)}.",
            small("It is still open, and `/recs mine` still shows it."),
        )
    weekly = snooze.next_weekly
    then = f" The next weekly reminder comes on {words.day(weekly)}." if weekly else ""
    return screen(
        f"Snoozed: you get no reminders before {words.day(snooze.until)}.",
        small(f"What is open stays open, and `/recs mine` still shows it.{then}"),
    )


def away(absence: Absence) -> Screen:
    """Tell a contact that they are away, and who is reminded meanwhile."""
    until = words.day(absence.until)
    return screen(
        f"You are away until {until}: you get no reminders before then.",
        *written(
            f"{body}: {words.both(names)} {'gets' if len(names) == 1 else 'get'} them meanwhile."
            if names
            else f"{body}: nobody gets them meanwhile. A coordinator can add another contact."
            for body, names in absence.instead.items()
        ),
        actions(*choose((("I am back", "back"),))),
    )


def back() -> Screen:
    return screen("You are back: your reminders come again.")


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
    have = "has" if len(reminder.bodies) == 1 else "have"
    bodies_and_count = f"{words.both(reminder.bodies)} {have} {words.count(reminder.total, 'recommendation')}"
    if reminder.is_eve:
        return f"{bodies_and_count} {_due_next(reminder)}."
    if reminder.total == 1:
        return f"{bodies_and_count} open, {_due(reminder.lines[0].deadline, reminder.today)}."
    return f"{bodies_and_count} open. {_next_due(reminder)}"


def _due_next(reminder: Reminder) -> str:
    due = min(
        deadline
        for line in reminder.lines
        for deadline in deadlines(line.addressee)
        if deadline > reminder.today
    )
    return f"due {in_days(due, reminder.today)}, on {words.day(due)}"


def _next_due(reminder: Reminder) -> str:
    """Say which of several is overdue the longest, and when the next one is due."""
    days = [deadline for line in reminder.lines for deadline in deadlines(line.addressee)]
    late = [day for day in days if day < reminder.today]
    ahead = [day for day in days if day >= reminder.today]
    sentences = []
    if late:
        sentences.append(f"The oldest is overdue by {words.days((reminder.today - min(late)).days)}.")
    if ahead:
        due = min(ahead)
        sentences.append(f"The next is due on {words.day(due)}, {in_days(due, reminder.today)}.")
    return " ".join(sentences) or "None has a deadline."


def _due(deadline: date | None, today: date, stated: date | None = None) -> str:
    """Write as in `due on 27 March 2025, in 7 days`, and `overdue by 7 days (due on 13 March 2025)`; with
    what the report stated where the deadline was moved."""
    if deadline is None:
        return "without a deadline"
    was = f", was {words.day(stated)}" if stated and stated != deadline else ""
    if deadline < today:
        return f"{words.time_left(deadline, today)} (due on {words.day(deadline)}{was})"
    return f"due on {words.day(deadline)}{was}, {in_days(deadline, today)}"


def _line(line: Owed, reminder: Reminder) -> Block:
    """Write what a recommendation is about, and below it how it stands, what was last said and when, and the
    days left."""
    body = f"{line.addressee.body_name}, " if len(reminder.bodies) > 1 else ""
    title = words.capital(f"{body}{line.recommendation.title}")
    pieces = [_state(line.addressee), *_dates(line, reminder.today)]
    about = words.opening(line.recommendation.about, _ABOUT)
    return as_written(f"{title}: {about}\n{words.capital(' · '.join(pieces))}", limit=_LINE)


def _state(addressee: Addressee) -> str:
    """Write as in `in progress, last news on 10 March 2025: “two ISACs start in April”`."""
    awaits_answer = addressee.owes(Duty.RESPONSE)
    state = "awaiting an answer" if awaits_answer else terms.stage(addressee.stage)
    news = news_on(addressee)
    if news is None:
        return f"{state}, no news yet"
    latest = addressee.latest_update
    text = f": “{latest.excerpt}”" if latest and latest.excerpt else ""
    return f"{state}, last news on {words.day(news)}{text}"


def _dates(line: Owed, today: date) -> Iterator[str]:
    addressee = line.addressee
    if addressee.owes(Duty.RESPONSE) and addressee.respond_by:
        yield f"answer {_due(addressee.respond_by, today)}"
    if addressee.owes(Duty.ACTION) and (due_on := addressee.due_on):
        yield _due(due_on, today, line.recommendation.due_on)
    if slips := due_dates.slips(addressee):
        yield slips
    if expected := due_dates.you_expect(addressee, today):
        yield expected
    if line.asked_until:
        yield f"extension asked for until {words.day(line.asked_until)}"


def _buttons(reminder: Reminder) -> Block | None:
    if reminder.total == 1:
        (line,) = reminder.lines
        recommendation, addressee = line.recommendation, line.addressee
        record = update(recommendation.id, addressee.body_code, recommendation.title, addressee.body_name)
    else:
        record = update_all(words.both(reminder.bodies))
    week = words.span(SNOOZED_FOR)
    return actions(
        record, button(f"Snooze {week}", SNOOZE_ALL, SNOOZE_ALL, f"Snooze all your reminders for {week}")
    )


def _small_print(reminder: Reminder) -> str:
    texts = []
    if reminder.more:
        texts.append(f"And {reminder.more} more: `/recs mine`.")
    if reminder.snoozed:
        texts.append(f"Not listed: {reminder.snoozed} more, which you snoozed.")
    texts.append("A reminder comes once a week at most, while something is open that has not moved.")
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
    for why_not, sentence in _SAYS.items():
        texts = [_who(chased) for chased in result.chased if chased.why_not is why_not]
        if texts:
            yield f"{sentence}: {', '.join(texts)}"


_SAYS = {
    None: "Reminded",
    NotReminded.TODAY: "Not again, since they were reminded today already",
    NotReminded.SNOOZED: "Not reminded, since they snoozed it",
    NotReminded.PAUSED: "Not reminded, since they paused reminders and another contact gets them",
    NotReminded.AWAY: "Not reminded, since they are away",
    NotReminded.LEFT: "Not reminded, since they have left Slack",
    NotReminded.NO_CONTACT: "Not reminded, since there is no contact",
}


def _who(chased: Chased) -> str:
    return f"{chased.body_name} ({chased.contact_name})" if chased.contact_name else chased.body_name
