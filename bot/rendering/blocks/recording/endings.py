"""`/recs bodies`: which bodies end; `/recs ending kent …`: what an end would change, and what it changed."""

from collections.abc import Sequence
from datetime import date

from bot.domain.free_text import for_slack
from bot.domain.questions.grammar.endings import written_ending
from bot.domain.questions.grammar.typed_recordings import ChangeEnding
from bot.domain.register.ending_plan import EndingView
from bot.domain.register.policing_body import PolicingBody
from bot.rendering import words
from bot.rendering.blocks.buttons import choose
from bot.rendering.blocks.questions.lists import written
from bot.rendering.blocks.recording.body_facts import plan_line
from bot.rendering.mrkdwn import escaped
from bot.rendering.screen import BUTTON_VALUE, Screen, actions, screen, small

# As many as fit on one screen.
_SHOWN = 30


def endings(views: Sequence[EndingView], today: date, renamed: Sequence[PolicingBody] = ()) -> Screen:
    """List those to come first, then those that have been, each with its source and how sure it is; last, the
    bodies that are to be called otherwise."""
    ahead = [view for view in views if not view.has_passed]
    past = [view for view in views if view.has_passed]
    if not views:
        return screen("No body is known to end.", *written(list(map(plan_line, renamed))), small(_hint()))
    first = (
        f"{words.bodies(len(ahead))} {'is' if len(ahead) == 1 else 'are'} to end"
        if ahead
        else "None is to end"
    )
    ended_count = f"; {len(past)} {'has' if len(past) == 1 else 'have'} ended" if past else ""
    views_shown = [*ahead, *past][:_SHOWN]
    more = len(views) - len(views_shown)
    return screen(
        f"{first}{ended_count}.",
        *written([line for view in views_shown for line in view_lines(view, today)]),
        small(f"{more} more: `recbot bodies plan` lists all.") if more else None,
        *written(list(map(plan_line, renamed))),
        small(_hint()),
    )


def view_lines(view: EndingView, today: date) -> list[str]:
    """Say how a body ends, who says so, and what is still to be answered."""
    body = view.body
    day = words.short_day(body.last_day) if body.last_day else ""
    end = f"ended on {day}" if view.has_passed else f"ends on {day} ({view.sureness})"
    lines = [f"{body.short_name} {end}, then {_heirs(view)}"]
    if body.ending_source:
        lines.append(f"  According to {body.ending_source}")
    if not view.has_passed and not view.sureness.takes_effect and body.last_day and body.last_day < today:
        lines.append("  The day has passed and it is not decided, so the body goes on.")
    if body.takes_contacts_along is None:
        if view.waits_for_answer:
            names = words.names(view.contacts)
            lines.append(f"  Not answered yet: do its contacts ({names}) become the successor's?")
    else:
        become = "become" if body.takes_contacts_along else "do not become"
        lines.append(f"  Its contacts {become} the successor's.")
    return lines


def would_change(command: ChangeEnding, view: EndingView, today: date) -> Screen:
    """Show what would change, with the button that records it; a source too long for it is typed again."""
    name = view.body.short_name
    value = for_slack(written_ending(command))
    by_hand = "To do it, type it again with “anyway” before the colon." if len(value) > BUTTON_VALUE else ""
    if command.is_withdrawn:
        texts = [f"{name} goes on. What was planned stays in the history."]
    else:
        texts = [*view_lines(view, today), *_effects(view, today)]
    return screen(
        f"{_what(command, view)} Nothing is changed yet.",
        *written([*texts, *([by_hand] if by_hand else [])]),
        actions(*choose(((f"Record {_label(command, name)}", value),))),
    )


def changed(command: ChangeEnding, view: EndingView, today: date) -> Screen:
    if command.is_withdrawn:
        return screen(f"Recorded: {view.body.short_name} goes on.", small(_hint()))
    return screen(
        f"Recorded: {_label(command, view.body.short_name)}.",
        *written(view_lines(view, today)),
        small(_hint()),
    )


def _what(command: ChangeEnding, view: EndingView) -> str:
    name = view.body.short_name
    if command.is_withdrawn:
        return f"{name} would go on."
    if command.refs:
        heir = command.heir.short_name if command.heir else "its successor"
        return f"{len(command.refs)} of what is asked of {name} would pass to {heir}."
    if command.contacts_pass is not None:
        become = "would become" if command.contacts_pass else "would not become"
        return f"{name}'s contacts {become} contacts of its successor."
    day = words.day(view.body.last_day) if view.body.last_day else ""
    return f"{name} would end on {day}, and {_heirs(view)} would stand in its place."


def _label(command: ChangeEnding, name: str) -> str:
    if command.is_withdrawn:
        return f"that {name} goes on"
    if command.refs:
        return f"how {name}'s duties are divided"
    if command.contacts_pass is not None:
        return f"the answer on {name}'s contacts"
    return f"the end of {name}"


def _effects(view: EndingView, today: date) -> list[str]:
    if not view.sureness.takes_effect:
        return ["It is only kept in view: nothing happens on the day unless it is recorded as decided."]
    last_day = view.body.last_day
    if not view.has_passed and last_day is not None and last_day < today:
        pass_on = f"{words.count(view.addressed, 'recommendation')} asked of {view.body.short_name} pass on"
        return [
            f"That day has passed, so at once {pass_on} with answers, progress and deadlines."
            " What it said stays, under its name. This cannot be taken back.",
        ]
    return [
        f"On the day after, {words.count(view.addressed, 'recommendation')} asked of {view.body.short_name}"
        " pass on with answers, progress and deadlines; what it said stays, under its name.",
        "Until then it can be changed and withdrawn.",
    ]


def _heirs(view: EndingView) -> str:
    """Name who follows, with what passes to each: Essex (stalking 15) and Surrey."""
    names = [f"{name} ({words.both(titles)})" if titles else name for name, titles in view.heirs]
    return words.both(names) or "nobody"


def _hint() -> str:
    return escaped(
        "A coordinator records one: `/recs ending kent 30 Apr 2027 to surrey, announced: who says so`."
    )
