"""`recbot bodies show kent`: what a body is called, and was; `rename kent`: what it is from a day on."""

import argparse
from datetime import date, datetime

from bot.commands.bodies import UnknownBody, body_named
from bot.commands.failing import failed
from bot.domain.calendar import london_date
from bot.domain.questions.grammar.typed_recordings import ChangeBody
from bot.domain.questions.names import Body
from bot.domain.register.body_facts import BodyFact, FactsRefused
from bot.domain.register.policing_body import BodyKind
from bot.operations.recording import body_facts
from bot.rendering.blocks.recording.body_facts import lines, stands, what_happens
from bot.rendering.blocks.refusals.endings import facts_refused
from storage.store import Store

_OPTIONS = {
    BodyFact.NAME: "full_name",
    BodyFact.SHORT_NAME: "short_name",
    BodyFact.KIND: "kind",
    BodyFact.CODE: "code",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("rename", "what the body is called, or is, from a day on")
    group.add_argument("--name", dest="full_name", help="its full name: 'Mayor of Kent'")
    group.add_argument("--short-name", help="the name shown in lists")
    group.add_argument("--type", dest="kind", choices=list(BodyKind))
    group.add_argument("--code", help="the code that others give it: E47000020")
    group.add_argument(
        "--from", dest="from_day", type=date.fromisoformat, metavar="DAY", help="today if it is not said"
    )
    group.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")


def run(arguments: argparse.Namespace, store: Store, now: datetime) -> int:
    """Show, or record. Return the exit code; `now` is a UTC instant."""
    try:
        body = body_named(store, " ".join(arguments.body))
        return _show(store, body) if arguments.what == "show" else _rename(arguments, store, now, body)
    except UnknownBody as error:
        return failed(str(error))
    except FactsRefused as refusal:
        return failed(f"{facts_refused(refusal)} Nothing was changed.")


def _show(store: Store, body: Body) -> int:
    view = body_facts.shown_to_operator(store, body)
    print("\n".join([stands(view.body), *lines(view)]))
    return 0


def _rename(arguments: argparse.Namespace, store: Store, now: datetime, body: Body) -> int:
    facts = {fact: getattr(arguments, option) for fact, option in _OPTIONS.items()}
    command = ChangeBody(
        body=body,
        facts=tuple((fact, value.strip()) for fact, value in facts.items() if value),
        from_day=arguments.from_day,
        source=arguments.source,
        is_withdrawn=arguments.withdraw,
        confirmed=True,
    )
    if arguments.dry_run:
        view = body_facts.look_by_operator(store, now, command)
        print("\n".join([*what_happens(command, view, london_date(now)), "Nothing is changed yet."]))
        return 0
    view = body_facts.change_by_operator(store, now, command)
    print("\n".join([f"Recorded: {what_happens(command, view, london_date(now))[0]}", *lines(view)]))
    return 0
