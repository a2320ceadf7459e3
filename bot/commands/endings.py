"""`recbot bodies plan`: which bodies end; with a body, its end recorded, changed, divided or withdrawn.
`show` and `rename` are of `body_facts`."""

import argparse
from collections.abc import Sequence
from datetime import date, datetime

from bot.commands import body_facts
from bot.commands.bodies import UnknownBody, body_named
from bot.commands.failing import failed
from bot.domain.calendar import london_date
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import ChangeEnding
from bot.domain.refusals.commands import UnknownRecommendation
from bot.domain.register.ending_plan import EndingRefused, EndingView
from bot.domain.register.policing_body import Sureness
from bot.domain.register.recommendation import name_of_id
from bot.operations.recording import endings
from bot.operations.recording.body_facts import all_planned
from bot.rendering.blocks.recording.body_facts import plan_line
from bot.rendering.blocks.recording.endings import view_lines
from bot.rendering.blocks.refusals.endings import ending_refused
from storage.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["plan", "show", "rename"])
    parser.add_argument(
        "body", nargs="*", metavar="BODY", help="any name of the body; without one, lists all"
    )
    parser.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="its last day: 2027-04-30")
    parser.add_argument(
        "--to", default="", metavar="BODY", help="who stands in its place from the next day on"
    )
    parser.add_argument("--sure", choices=list(Sureness), help="only what is decided takes effect on its day")
    parser.add_argument("--source", default="", help="who says so, and when")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="REC", help="of its duties, these alone pass to that body"
    )
    parser.add_argument(
        "--contacts", choices=["pass", "stay"], help="whether its contacts become the other's"
    )
    parser.add_argument("--withdraw", action="store_true", help="it goes on: take the plan back")
    body_facts.add_arguments(parser)


def run(arguments: argparse.Namespace, store: Store, now: datetime) -> int:
    """List, or record. Return the exit code; `now` is a UTC instant."""
    name = " ".join(arguments.body)
    if arguments.what != "plan":
        return body_facts.run(arguments, store, now)
    if not name:
        with store.reading() as connection:
            _print(endings.all_of(connection), london_date(now))
            for body in all_planned(connection):
                print(plan_line(body))
        return 0
    try:
        view = endings.change_by_operator(store, now, _command(arguments, store, name))
    except UnknownBody as error:
        return failed(str(error))
    except EndingRefused as refusal:
        return failed(f"{ending_refused(refusal)} Nothing was changed.")
    except UnknownRecommendation as refusal:
        return failed(f"No live recommendation is called {refusal.ref}. Nothing was changed.")
    if arguments.withdraw:
        print(f"Recorded: {view.body.short_name} goes on.")
    else:
        _print([view], london_date(now))
    return 0


def _command(arguments: argparse.Namespace, store: Store, name: str) -> ChangeEnding:
    return ChangeEnding(
        body=body_named(store, name),
        last_day=arguments.on,
        heir=body_named(store, arguments.to) if arguments.to else None,
        sureness=Sureness(arguments.sure) if arguments.sure else None,
        source=arguments.source,
        refs=tuple(map(_ref, arguments.only)),
        is_withdrawn=arguments.withdraw,
        contacts_pass=None if arguments.contacts is None else arguments.contacts == "pass",
        confirmed=True,
    )


def _ref(text: str) -> Ref:
    """Read `15` or `stalking-15`."""
    name = name_of_id(text)
    return Ref(name.report_key or None, name.number)


def _print(views: Sequence[EndingView], today: date) -> None:
    for view in views:
        print("\n".join(view_lines(view, today)))
    if not views:
        print("No body is known to end.")
