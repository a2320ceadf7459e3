"""Home for a contact: what their bodies owe, what they recorded last, and their reminders."""

from collections.abc import Sequence

from bot.domain.messages.following import NamedSubject
from bot.domain.messages.home import ContactPart, Own, Remedy, Reminding, Topic
from bot.domain.questions.answers import OwnOverview, UpdateView
from bot.domain.register.approval import ForApproval
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import UNDO_WINDOW
from bot.rendering import words
from bot.rendering.blocks.buttons import correct, undo, update_all
from bot.rendering.blocks.home.parts import heading, more, sentence, told_line
from bot.rendering.blocks.messages import following
from bot.rendering.blocks.questions import mine
from bot.rendering.blocks.questions.lists import titles
from bot.rendering.blocks.questions.updates import what_changed
from bot.rendering.blocks.recording.approve import decision_buttons, recordings
from bot.rendering.blocks.recording.ask_body import answer_button
from bot.rendering.mrkdwn import escaped
from bot.rendering.screen import Block, actions, button, small

PAUSE = "pause-reminders"
RESUME = "resume-reminders"

# As many as leave room for the rest of Home.
_FOLLOWED = 10
# Of a text in a list, in characters: the whole of it is in the history.
_LONGEST = 300


def owed(contact_part: ContactPart) -> list[Block]:
    """Return the list of what is owed; nothing where nothing is, since the first sentence says so."""
    ended = mine.ended_bodies(contact_part.owed)
    rows = mine.row_blocks(contact_part.owed)
    if not rows:
        return ended
    page = contact_part.owed.page
    further = more(Topic.OWED, page.number + 1, "of what is owed", page.more)
    all_at_once = _update_all(contact_part.owed) if page.number == 1 else None
    return [*ended, heading("What is owed"), *([all_at_once] if all_at_once else []), *rows, *further]


def to_publish(contact_part: ContactPart) -> list[Block]:
    """Return what is open of published responses to reports; nothing where nothing is."""
    rows = mine.blocks_of_responses(contact_part.owed)
    return [heading("Responses to publish"), *rows] if rows else []


def _update_all(owed: OwnOverview) -> Block | None:
    """Offer one form for all of them, where there is more than one to record."""
    if owed.sums.owing <= 1:
        return None
    only_body = owed.rows[0].addressee.body_code if len(owed.bodies) == 1 else ""
    return actions(update_all(words.both(owed.bodies), only_body))


def approvals(contact_part: ContactPart) -> list[Block]:
    """Return what waits for the reader's yes, each with its buttons; nothing where nothing waits."""
    if not contact_part.approvals:
        return []
    rows = [block for recordings in contact_part.approvals for block in _for_approval(recordings)]
    left = contact_part.more_approvals
    further = [small(f"… {left:,} more: `/recs for approval` lists all.")] if left else []
    return [heading("For your approval"), *rows, *further]


def _for_approval(waiting: Sequence[ForApproval]) -> list[Block]:
    first = waiting[0].update
    by = f"Recorded by {first.author_name}, {words.moment(first.recorded_at)}."
    texts = dict.fromkeys(recording.update.draft.text for recording in waiting if recording.update.draft.text)
    quoted = "".join(f" “{words.opening(text, _LONGEST)}”" for text in texts)
    row = actions(*decision_buttons(waiting))
    about = escaped(f"{waiting[0].body_name}: {recordings(waiting)}.{quoted} {by}")
    return [sentence(about), *([row] if row else [])]


def questions(contact_part: ContactPart) -> list[Block]:
    """Return what the association asks, each with its button; nothing where nothing waits."""
    if not contact_part.questions:
        return []
    return [heading("Questions to answer"), *map(_question, contact_part.questions)]


def _question(view: UpdateView) -> Block:
    title = view.recommendation.title if view.recommendation else ""
    return told_line(view, answer_button(view.update.seq, title, view.body_name))


def recent(owns: Sequence[Own]) -> list[Block]:
    if not owns:
        return []
    return [
        heading("What you recorded last"),
        *(block for own in owns for block in _own(own)),
        small(f"Within {UNDO_WINDOW} you can take it back; after that you can correct it, and both stay."),
    ]


def follows(followed: Sequence[NamedSubject]) -> list[Block]:
    """Return what the reader follows, each with its button; nothing where that is nothing."""
    if not followed:
        return []
    left = len(followed) - _FOLLOWED
    more_of_them = [small(f"And {left} more: `/recs unfollow`.")] if left > 0 else []
    return [heading("What you follow"), *following.rows(followed[:_FOLLOWED]), *more_of_them]


def reminders(contact_part: ContactPart) -> list[Block]:
    if not contact_part.reminders:
        return []
    page = contact_part.reminders_page
    further = more(Topic.REMINDERS, page.number + 1, "reminders", page.more)
    return [heading("Reminders"), *_away(contact_part), *map(_reminding, contact_part.reminders), *further]


def _away(contact_part: ContactPart) -> list[Block]:
    until = contact_part.away_until
    if until is None:
        return []
    return [
        sentence(
            f"You are away until {words.day(until)}: no reminders come before then. /recs back ends that."
        )
    ]


def _own(own: Own) -> list[Block]:
    """Return an update beside its button; what was recorded together has one button, above all of it."""
    if not own.together:
        return [told_line(own.view, _remedy(own))]
    recorded = words.both(_recorded(own.together))
    all_of_them = "both" if len(own.together) == 2 else f"all {len(own.together)}"
    numbers = words.both([str(view.update.seq) for view in own.together])
    button = undo(own.view.update.seq, f"Undo updates {numbers}")
    return [
        sentence(escaped(f"Recorded together: {recorded}. Undo takes back {all_of_them}."), button),
        told_line(own.view),
    ]


def _recorded(together: Sequence[UpdateView]) -> list[str]:
    """Write what was recorded together as in `stalking 15 and 16 accepted in part`; what was recorded alike
    is one piece."""
    alike: dict[str, list[Recommendation]] = {}
    for view in together:
        if view.recommendation:
            alike.setdefault(what_changed(view.update), []).append(view.recommendation)
    return [f"{titles(recommendations)} {change}" for change, recommendations in alike.items()]


def _remedy(own: Own) -> Block | None:
    if own.remedy is None:
        return None
    return undo(own.view.update.seq) if own.remedy is Remedy.UNDO else correct(own.view.update.seq)


def _reminding(reminding: Reminding) -> Block:
    name, code = reminding.body_name, reminding.body_code
    if reminding.paused:
        resume = button("Resume reminders", f"{RESUME}:{code}", code, f"Resume reminders for {name}")
        goes_on = "" if reminding.can_pause else " They come all the same, since nobody else is reminded."
        return sentence(f"{escaped(name)}: you have paused the reminders.{goes_on}", resume)
    if reminding.can_pause:
        pause = button("Pause reminders", f"{PAUSE}:{code}", code, f"Pause reminders for {name}")
        return sentence(f"{escaped(name)}: you are reminded of what is open.", pause)
    alone = (
        f"You are {escaped(name)}'s only contact"
        if reminding.is_only_contact
        else (f"The other contacts of {escaped(name)} have paused theirs")
    )
    return sentence(f"{alone}, so its reminders cannot be paused.")
