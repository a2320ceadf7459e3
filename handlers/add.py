"""`/recs add report`, `/recs add stalking`: a form, a look at what it would add, and then it is added."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from slack_bolt import Ack

from bot.domain.questions.grammar.typed_recordings import AddRecommendation, AddReport
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.adding import (
    Addition,
    AddresseeScope,
    Field,
    RecommendationEntry,
    ReportEntry,
    Unfit,
    mark_of,
)
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Report
from bot.operations.recording import add as operation
from bot.operations.request import actors
from bot.operations.request.context import Services
from bot.rendering import form
from bot.rendering.blocks.recording import add as blocks
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.forms import open_and_fill, refill
from handlers.recommendation_fields import recommendation_entry
from handlers.replies import Submission, show_errors
from handlers.routes import Routes

Json = dict[str, Any]
Made = TypeVar("Made")
Wrong = TypeVar("Wrong", bound=Refusal)

routes = Routes()


@routes.verb(AddReport, leads_to_writing=True)
def add_report(services: Services, request: Request, _command: AddReport) -> Screen | None:
    """Open the form before anything is read, and fill it after."""
    return open_and_fill(services, request, blocks.loading_report(), lambda: _empty_report(services, request))


@routes.verb(AddRecommendation, leads_to_writing=True)
def add_recommendation(services: Services, request: Request, command: AddRecommendation) -> Screen | None:
    metadata = json.dumps({"report": command.report.key})
    return open_and_fill(
        services,
        request,
        blocks.loading_recommendation(),
        lambda: _empty_recommendation(services, request, metadata),
    )


@routes.form(blocks.REPORT)
def report_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    sent = Submission.read(body, view)
    entry = ReportEntry(
        key=sent.text(Field.KEY),
        title=sent.text(Field.TITLE),
        publishers=sent.text(Field.PUBLISHERS),
        published_on=sent.day(Field.PUBLISHED),
        url=sent.text(Field.URL),
    )
    seen = mark_of(entry)
    is_seen = _about(sent).get("seen") == seen
    act = operation.add_report if is_seen else operation.look_at_report
    result = run(
        services,
        sent.request(services, seen),
        lambda again: _unless(Unfit, lambda: act(services.store, again, entry)),
        writes=True,
    )
    if isinstance(result, Unfit):
        show_errors(ack, sent, blocks.errors(result))
    elif isinstance(result, Report):
        if is_seen:
            _added(services, sent)
        new_form = blocks.report_form(json.dumps({"seen": seen}), entry, result)
        ack(response_action="update", view=blocks.report_added(result) if is_seen else new_form)
    else:
        show_errors(ack, sent, {Field.TITLE: result.in_one_line})


@routes.form(blocks.RECOMMENDATION)
def recommendation_sent(
    ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services
) -> None:
    sent = Submission.read(body, view)
    about = _about(sent)
    scope = AddresseeScope(sent.choice(blocks.SCOPE))
    entry = recommendation_entry(sent, sent.text(Field.NUMBER), scope)
    seen = mark_of(entry)
    is_seen = about.get("seen") == seen
    no_victim = sent.confirms_no_victim
    request = sent.request(services, seen)
    act = operation.add_recommendation if is_seen else operation.look_at_recommendation

    def ask(again: Request) -> Addition:
        return act(services.store, again, about["report"], entry, no_victim=no_victim)

    result = run(
        services,
        request,
        lambda again: _unless(MayIdentify, lambda: _unless(Unfit, lambda: ask(again))),
        writes=True,
    )
    match result:
        case Unfit():
            show_errors(ack, sent, blocks.errors(result))
        case Addition() if is_seen:
            _added(services, sent)
            metadata = json.dumps({"report": about["report"], "rest": _rest(entry)})
            ack(response_action="update", view=blocks.recommendation_added(result, metadata))
        case Addition():
            metadata = json.dumps({**about, "seen": seen})
            _show_again(ack, sent, _form(services, request, metadata, entry, preview=result))
        case MayIdentify():
            metadata = json.dumps({"report": about["report"], "asked": True})
            _show_again(ack, sent, _form(services, request, metadata, entry, may_identify=result))
        case Screen():
            _show_again(ack, sent, result)


@routes.action(blocks.ADD_ANOTHER)
def add_another(ack: Ack, body: Mapping[str, Any], services: Services) -> None:
    """Show the form anew for the next recommendation; whom it is addressed to and the dates are kept."""
    sent = Submission.read(body, body["view"])
    about = _about(sent)
    metadata = json.dumps({"report": about["report"]})
    entry = _next_entry(about["rest"])

    def show() -> Json:
        new_form = _form(services, sent.request(services), metadata, entry)
        return blocks.recommendation_message(new_form) if isinstance(new_form, Screen) else new_form

    ack()
    refill(services, sent.view_id, show)


def _rest(entry: RecommendationEntry) -> Json:
    """Return what the next recommendation of the report is likely to have in common with this one."""
    return {
        "scope": entry.scope,
        "chosen": list(entry.chosen),
        "respond_by": str(entry.respond_by or ""),
        "due_on": str(entry.due_on or ""),
        "joint_with": entry.joint_with,
        "others": entry.others,
        "themes": entry.themes,
    }


def _next_entry(rest: Json) -> RecommendationEntry:
    return RecommendationEntry(
        number="",
        wording="",
        scope=AddresseeScope(rest["scope"]),
        chosen=tuple(rest["chosen"]),
        respond_by=date.fromisoformat(rest["respond_by"]) if rest["respond_by"] else None,
        due_on=date.fromisoformat(rest["due_on"]) if rest["due_on"] else None,
        joint_with=rest["joint_with"],
        others=rest.get("others", ""),
        themes=rest.get("themes", ""),
    )


def _show_again(ack: Ack, sent: Submission, new_form: Json | Screen) -> None:
    """Show the form anew; a screen, which says what went wrong, stands beside the form as it was sent."""
    if isinstance(new_form, Screen):
        show_errors(ack, sent, {Field.WORDING: new_form.in_one_line})
    else:
        ack(response_action="update", view=form.coming_back(new_form))


def _empty_report(services: Services, request: Request) -> Json:
    def ask(again: Request) -> Json:
        actors.must_coordinate(services.store, again)
        return blocks.report_form("")

    new_form = run(services, request, ask)
    return blocks.report_message(new_form) if isinstance(new_form, Screen) else new_form


def _empty_recommendation(services: Services, request: Request, metadata: str) -> Json:
    new_form = _form(services, request, metadata, None)
    return blocks.recommendation_message(new_form) if isinstance(new_form, Screen) else new_form


def _form(
    services: Services,
    request: Request,
    metadata: str,
    entry: RecommendationEntry | None,
    *,
    preview: Addition | None = None,
    may_identify: MayIdentify | None = None,
) -> Json | Screen:
    """Return the form with what was entered in it, or a screen that says why it cannot be shown."""

    def ask(again: Request) -> Json:
        report, bodies = operation.choice_of_bodies(services.store, again, json.loads(metadata)["report"])
        return blocks.recommendation_form(
            metadata, report, bodies, entry, preview=preview, may_identify=may_identify
        )

    return run(services, request, ask)


def _unless(wrong: type[Wrong], act: Callable[[], Made]) -> Made | Wrong:
    """Return a refusal of the type `wrong`, which leaves the form as it is; others take its place."""
    try:
        return act()
    except wrong as refusal:
        return refusal


def _added(services: Services, sent: Submission) -> None:
    """Read names anew, since what they mean has changed, and draw the Homes that show it."""
    services.names.forget()
    services.changed(services.store.key_of(sent.who), None)


def _about(sent: Submission) -> Json:
    about: Json = json.loads(sent.metadata or "{}")
    return about
