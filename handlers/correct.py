"""`/recs correct 15`: a form with what stands, a look at what it would change, and then it is corrected."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import CorrectRecommendation
from bot.domain.refusals.recording import NothingChanged
from bot.domain.register.adding import AddresseeScope, Field, RecommendationEntry, Unfit, mark_of
from bot.domain.register.correcting import (
    CorrectedMeanwhile,
    HasRecorded,
    PartAddressed,
    RecommendationCorrection,
)
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import Request
from bot.operations.recording import correct as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.recording import correct as blocks
from bot.rendering.form import coming_back
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.forms import open_and_fill
from handlers.recommendation_fields import recommendation_entry
from handlers.replies import Submission, show_errors
from handlers.routes import Routes

Json = dict[str, Any]

routes = Routes()


@routes.verb(CorrectRecommendation, leads_to_writing=True)
def correct(services: Services, request: Request, command: CorrectRecommendation) -> Screen | None:
    """Open the form before anything is read, and fill it after."""
    return open_and_fill(
        services,
        request,
        blocks.CORRECTION.loading(),
        lambda: _filled(services, request, command.recommendation),
    )


@routes.form(blocks.NAME)
def sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    submission = Submission.read(body, view)
    about: Json = json.loads(submission.metadata)
    ref = Ref(about["report"], about["number"])
    entry = recommendation_entry(submission, about["number"], AddresseeScope.CHOSEN)
    mark = mark_of(entry)
    is_seen = about.get("seen") == mark
    no_victim = submission.confirms_no_victim

    def act(again: Request) -> RecommendationCorrection:
        if is_seen:
            return operation.correct(
                services.store, again, ref, entry, about["stood"], blocks.message, no_victim=no_victim
            )
        return operation.look(services.store, again, ref, entry, no_victim=no_victim)

    plan_shown = f"{mark}:{about.get('stood', '')}"
    request = submission.request(services, plan_shown)
    result = run(services, request, lambda again: _beside_its_field(act, again), writes=True)
    match result:
        case RecommendationCorrection() if is_seen:
            _show_corrected(ack, services, submission, result)
        case RecommendationCorrection() | CorrectedMeanwhile():
            preview = result.correction if isinstance(result, CorrectedMeanwhile) else result
            _show_again(ack, services, submission, ref, entry, {**about, "seen": mark}, preview=preview)
        case MayIdentify():
            _show_again(ack, services, submission, ref, entry, {**about, "asked": True}, may_identify=result)
        case Screen():
            show_errors(ack, submission, {Field.WORDING: result.in_one_line})
        case _:
            show_errors(ack, submission, result)


def _beside_its_field(
    act: Callable[[Request], RecommendationCorrection], request: Request
) -> RecommendationCorrection | CorrectedMeanwhile | Json | MayIdentify:
    """Return what comes of it, or the refusals that leave the form as it is: words by field, or what the form
    shows above its fields."""
    try:
        return act(request)
    except (CorrectedMeanwhile, MayIdentify) as refusal:
        return refusal
    except Unfit as unfit:
        return blocks.errors(unfit)
    except NothingChanged:
        return {Field.WORDING: "Nothing was changed yet."}
    except HasRecorded as refusal:
        return {Field.BODIES: f"{refusal.body_name} has recorded something on it, so it stays addressed."}
    except PartAddressed as refusal:
        return {Field.PARTS: f"{refusal.body_name} has called part ({refusal.label}) addressed; keep it."}


def _show_corrected(
    ack: Ack, services: Services, submission: Submission, correction: RecommendationCorrection
) -> None:
    services.names.forget()
    services.changed(services.store.key_of(submission.who), None)
    services.schedule.wake()
    ack(response_action="update", view=blocks.corrected_form(correction))


def _show_again(
    ack: Ack,
    services: Services,
    submission: Submission,
    ref: Ref,
    entry: RecommendationEntry,
    about: Json,
    *,
    preview: RecommendationCorrection | None = None,
    may_identify: MayIdentify | None = None,
) -> None:
    def ask(again: Request) -> Json:
        stands = operation.opened(services.store, again, ref)
        return blocks.correction_form(
            json.dumps({**about, "stood": mark_of(preview.before)} if preview else about),
            stands.recommendation,
            stands.bodies,
            entry,
            preview=preview,
            may_identify=may_identify,
            asks_to_confirm=bool(about.get("asked")),
        )

    new_form = run(services, submission.request(services), ask)
    if isinstance(new_form, Screen):
        show_errors(ack, submission, {Field.WORDING: new_form.in_one_line})
    else:
        ack(response_action="update", view=coming_back(new_form))


def _filled(services: Services, request: Request, ref: Ref) -> Json:
    def ask(again: Request) -> Json:
        stands = operation.opened(services.store, again, ref)
        recommendation = stands.recommendation
        about = {"report": recommendation.report.key, "number": recommendation.number}
        return blocks.correction_form(json.dumps(about), recommendation, stands.bodies, stands.entry)

    new_form = run(services, request, ask)
    return blocks.CORRECTION.showing(new_form) if isinstance(new_form, Screen) else new_form
