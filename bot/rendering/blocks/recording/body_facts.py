"""`/recs bodies kent`: what a body is called, and was; `/recs rename kent …`: what would change, or has."""

from collections.abc import Sequence
from datetime import date

from bot.domain.free_text import for_slack
from bot.domain.questions.grammar.body_facts import written_rename
from bot.domain.questions.grammar.typed_recordings import ChangeBody
from bot.domain.register.body_facts import BodyFact, Facts, FactsView, plan_of
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.update import Change
from bot.rendering import terms, words
from bot.rendering.blocks.buttons import choose
from bot.rendering.blocks.questions.lists import written
from bot.rendering.mrkdwn import escaped
from bot.rendering.screen import BUTTON_VALUE, Screen, actions, screen, small

# As many as fit on one screen.
_SHOWN = 20


def body(view: FactsView) -> Screen:
    """Show all that a body is called, and what it was called until when."""
    return screen(f"{stands(view.body)}.", *written(lines(view)), small(_hint(view.body)))


def lines(view: FactsView) -> list[str]:
    """Say what a body is to be, then what it was, the newest first."""
    texts = [
        *([plan_line(view.body)] if view.plan else []),
        *(_was(view.body, day, change) for day, change in view.changes),
    ]
    if not texts:
        texts = ["It has been called so for as long as recbot knows it."]
    more = len(texts) - _SHOWN
    return [*texts[:_SHOWN], *([f"{more} earlier changes"] if more > 0 else [])]


def stands(body: PolicingBody) -> str:
    """Say what it is called: Kent: Kent Police and Crime Commissioner (Police and Crime Commissioner), code
    E23000032."""
    return f"{body.short_name}: {body.name} ({terms.body_kind(body.kind)}), code {body.shown_code}"


def plan_line(body: PolicingBody) -> str:
    """Say what is planned: From 8 May 2028: Mayor of Kent; mayor. According to the order of 2027."""
    plan = plan_of(body)
    if plan is None:
        return ""
    source = f". According to {body.planned_source}" if body.planned_source else ""
    return f"{body.short_name} from {words.short_day(plan.from_day)}: {_facts(plan.facts)}{source}"


def would_change(command: ChangeBody, view: FactsView, today: date) -> Screen:
    """Show what would change, with the button that records it; a source too long for it is typed again."""
    value = for_slack(written_rename(command))
    by_hand = "To do it, type it again with “anyway” before the colon." if len(value) > BUTTON_VALUE else ""
    return screen(
        f"{_what(command, view, today)} Nothing is changed yet.",
        *written([*_effects(command, view), *([by_hand] if by_hand else [])]),
        actions(*choose(((f"Record {_label(command, view.body.short_name)}", value),))),
    )


def changed(command: ChangeBody, view: FactsView, today: date) -> Screen:
    if command.is_withdrawn:
        return screen(f"Recorded: {view.body.short_name} stays as it is called.", small(_hint(view.body)))
    return screen(f"Recorded: {_what(command, view, today)}", *written(lines(view)), small(_hint(view.body)))


def what_happens(command: ChangeBody, view: FactsView, today: date) -> Sequence[str]:
    """Say in one sentence what changes, then what follows from it, for a terminal."""
    return (_what(command, view, today), *_effects(command, view))


def _what(command: ChangeBody, view: FactsView, today: date) -> str:
    name = view.body.short_name
    if command.is_withdrawn:
        return f"{name} stays as it is called; what was planned is withdrawn."
    day = view.from_day or today
    return f"From {words.day(day)} {name} is: {_facts(view.new or {})}."


def _effects(command: ChangeBody, view: FactsView) -> list[str]:
    if command.is_withdrawn:
        return [plan_line(view.body)]
    return [
        f"Now: {stands(view.body)}.",
        "Earlier days keep what it was called then, and old names and codes are still understood.",
        "What it has said, what is asked of it and who speaks for it stay as they are.",
    ]


def _label(command: ChangeBody, name: str) -> str:
    return f"that {name} stays as it is called" if command.is_withdrawn else f"what {name} is called"


def _facts(facts: Facts) -> str:
    """Mayor of Kent; shown as Kent Mayor; mayor; code E47000020."""
    return "; ".join(terms.body_fact(fact, facts[fact]) for fact in BodyFact if fact in facts)


def _was(body: PolicingBody, day: date, change: Change) -> str:
    """Say what it was before: Since 8 May 2028 mayor, before that Police and Crime Commissioner."""
    fact = BodyFact(change.what)
    # What has no other code goes by the one that the history knows it by.
    now, before = (terms.body_fact(fact, value or body.code) for value in (change.now, change.was))
    return f"Since {words.short_day(day)} {now}, before that {before}"


def _hint(body: PolicingBody) -> str:
    return escaped(
        f"A coordinator changes it: `/recs rename {body.slug} to Mayor of {body.short_name},"
        " type mayor, from 8 May 2028: who says so`."
    )
