"""The form to record in: `/recs update 15`, **Update**, **Correct**, and the shortcut "Record progress"."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from slack_bolt import Ack

from bot.domain.free_text import from_slack
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import UpdateForm
from bot.domain.questions.receipts import Recorded
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.details import read_evidence
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import Request
from bot.domain.register.recommendation import recommendation_id
from bot.domain.register.transition import written_states
from bot.domain.register.update_form import ChangedMeanwhile, Entry, Form, Shown
from bot.domain.values import replace
from bot.operations.recording import update as operation
from bot.operations.recording.update_form import About, form, form_with_entries, ref_of
from bot.operations.request.context import Services
from bot.rendering.blocks import buttons, older
from bot.rendering.blocks.recording import update_form as blocks
from bot.rendering.form import coming_back
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.forms import open_and_fill, open_for_click, refill, tell_directly
from handlers.replies import (
    Click,
    Submission,
    mapping,
    redraw_homes,
    shortcut_request,
    show_errors,
    string,
)
from handlers.routes import Routes

Errors = dict[str, str]
_State = TypeVar("_State", Answer, Stage)

routes = Routes()

_IS_TS = re.compile(r"\d+\.\d+")
_IS_DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]*")

# What is about the whole form stands beside the first of these fields that it has.
_TELLS_ALL = (blocks.BODY, blocks.RECOMMENDATIONS, blocks.PROGRESS)


@routes.verb(UpdateForm, leads_to_writing=True)
def update(services: Services, request: Request, command: UpdateForm) -> Screen | None:
    """`/recs update`, `/recs update 15 and 16`, `/recs progress in progress: text`."""
    about = About(command.recommendations, command.body.code if command.body else None)
    typed = Entry(note=command.note, stage=command.stage)
    return open_and_fill(
        services, request, blocks.loading(), lambda: _filled(services, request, about, typed)
    )


@routes.action(re.compile(rf"^{buttons.UPDATE}(:|$)"))
def update_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Answer **Update**, wherever it stands, by the rights of whoever clicks."""
    click = Click.read(body, action)
    recommendation_id, _, body_code = click.value.partition(" ")
    ref = ref_of(recommendation_id)
    # Who answers a new report chooses; from a digest it is mostly what is due next.
    ticks_next = ref is None and click.action == buttons.UPDATE
    about = About((ref,) if ref else (), body_code or None, is_picking=ref is None, ticks_next=ticks_next)
    _open_for_click(ack, services, click, about)


@routes.action(re.compile(rf"^{buttons.UPDATE_ALL}(:|$)"))
def update_all_clicked(
    ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services
) -> None:
    """Answer **Update all**: everything that a body has open, or the clicker's own bodies have."""
    click = Click.read(body, action)
    body_code = "" if click.value == buttons.UPDATE_ALL else click.value
    _open_for_click(ack, services, click, About(body_code=body_code or None))


@routes.action(re.compile(rf"^{buttons.CORRECT}:\d+$"))
def correct_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    click = Click.read(body, action)
    _open_for_click(ack, services, click, About(corrects=int(click.value)))


@routes.shortcut("record_progress")
def record_progress(ack: Ack, shortcut: Mapping[str, Any], services: Services) -> None:
    """Open the form by the shortcut, which works where slash commands do not."""
    _open_by_shortcut(ack, services, shortcut, None)


@routes.shortcut("record_message")
def record_message(ack: Ack, shortcut: Mapping[str, Any], services: Services) -> None:
    """Open the form with the words of a message, and the link to the message as evidence."""
    message = mapping(shortcut.get("message"))
    words = Entry(note=from_slack(string(message.get("text"))), evidence_url=_permalink(shortcut))
    _open_by_shortcut(ack, services, shortcut, words)


def _open_by_shortcut(ack: Ack, services: Services, shortcut: Mapping[str, Any], typed: Entry | None) -> None:
    request = shortcut_request(services, shortcut)
    # What somebody wrote in a message is hardly about everything that is open.
    about = About(is_picking=typed is not None)
    new_form = open_and_fill(
        services, request, blocks.loading(), lambda: _filled(services, request, about, typed)
    )
    ack()
    if new_form is not None:
        tell_directly(services, request, new_form)


def _permalink(shortcut: Mapping[str, Any]) -> str:
    """Return the address of a shortcut's message, empty where the payload does not say enough.

    It is written as chat.getPermalink writes it (https://docs.slack.dev/reference/methods/chat.getPermalink),
    so that nothing has to be asked before the form opens."""
    message, team = mapping(shortcut.get("message")), mapping(shortcut.get("team"))
    channel, domain = string(mapping(shortcut.get("channel")).get("id")), string(team.get("domain"))
    ts, thread_ts = string(message.get("ts")), string(message.get("thread_ts"))
    if not (_IS_TS.fullmatch(ts) and channel.isalnum() and _IS_DOMAIN.fullmatch(domain)):
        return ""
    address = f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    in_thread = thread_ts != ts and _IS_TS.fullmatch(thread_ts)
    return f"{address}?thread_ts={thread_ts}&cid={channel}" if in_thread else address


@routes.action(blocks.BODY)
def body_chosen(ack: Ack, body: Mapping[str, Any], services: Services) -> None:
    """Show what stands with another body, which was picked in the form."""
    sent = Submission.read(body, body["view"])
    ack()
    about = _picked(sent, _carried(sent)[0]) if _is_of_this_version(sent) else None
    if about:
        refill(services, sent.view_id, lambda: _show_picked(services, sent, about))


@routes.action(blocks.CHANGE_ANSWER)
def change_the_answer(ack: Ack, body: Mapping[str, Any], services: Services) -> None:
    """Show the fields of the response too, and keep what was entered."""
    sent = Submission.read(body, body["view"])
    carried, form_shown = _carried(sent)
    about = replace(carried, recommendations=_ticked(sent, form_shown), is_answering=True)
    ack()
    refill(services, sent.view_id, lambda: _show_more(services, sent, about, form_shown))


@routes.form(blocks.NAME)
def submitted(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    sent = Submission.read(body, view)
    if not _is_of_this_version(sent):
        show_errors(ack, sent, {"": older.form().in_one_line})
        return
    about, form_shown = _carried(sent)
    new_about = _picked(sent, about)
    if not new_about and about.body_code and not _is_whole(sent, about):
        # These always hold something. Without them what stands would be taken back, and nobody wrote that.
        show_errors(ack, sent, {blocks.PROGRESS: blocks.NOT_WHOLE})
        return
    request = sent.request(services)
    recorded: Recorded | Form | Errors | Screen
    if new_about:
        # Sent before what was picked could be shown, and nobody records over what they have not seen.
        recorded = run(services, request, lambda again: form(services.store, again, new_about, _words(sent)))
    else:
        submitted_form = operation.Submitted(about, _ticked(sent, form_shown), _entry(sent), form_shown)
        recorded = run(services, request, lambda again: _record(services, again, submitted_form), writes=True)
    match recorded:
        case Recorded():
            ack(response_action="update", view=blocks.recorded(redraw_homes(services, request, recorded)))
        case Form():
            ack(response_action="update", view=coming_back(blocks.form(recorded)))
        case Screen():
            place = next((field for field in _TELLS_ALL if field in sent.places), "")
            show_errors(ack, sent, {place: recorded.in_one_line})
        case _:
            show_errors(ack, sent, recorded)


def _is_of_this_version(sent: Submission) -> bool:
    """Return whether it carries what this form does: one left open while recbot was replaced says less."""
    return "versions" in json.loads(sent.metadata)


def _is_whole(sent: Submission, about: About) -> bool:
    answered = not about.is_answering or bool(sent.choice(blocks.RESPONSE))
    return answered and bool(sent.choice(blocks.PROGRESS))


def _open_for_click(ack: Ack, services: Services, click: Click, about: About) -> None:
    open_for_click(
        services,
        ack,
        click,
        blocks.loading(),
        lambda: _filled(services, click.request(services), about, None),
    )


def _show_picked(services: Services, sent: Submission, about: About) -> dict[str, Any] | None:
    """Return the form for what was picked. None where it cannot be shown: the form stays with what was
    written in it, and says why when it is sent."""
    new_form = run(
        services, sent.request(services), lambda again: form(services.store, again, about, _words(sent))
    )
    return blocks.form(new_form) if isinstance(new_form, Form) else None


def _show_more(services: Services, sent: Submission, about: About, before: Shown) -> dict[str, Any] | None:
    """Return the form with what was entered in it. None where it cannot be shown."""
    new_form = run(
        services,
        sent.request(services),
        lambda again: form_with_entries(services.store, again, about, _entry(sent), before),
    )
    return blocks.form(new_form) if isinstance(new_form, Form) else None


def _filled(services: Services, request: Request, about: About, typed: Entry | None) -> dict[str, Any]:
    new_form = run(services, request, lambda again: form(services.store, again, about, typed))
    return blocks.refused(new_form) if isinstance(new_form, Screen) else blocks.form(new_form)


def _record(services: Services, request: Request, sent: operation.Submitted) -> Recorded | Form | Errors:
    try:
        return operation.update(services.store, request, sent)
    except ChangedMeanwhile as changed:
        return changed.form
    except MayIdentify as suspected:
        asking = form(services.store, request, replace(sent.about, recommendations=sent.ticked))
        return replace(asking, entry=sent.entry, as_shown=sent.as_shown, findings=suspected.findings)
    except Refusal as refusal:
        beside = blocks.beside(refusal)
        if beside is None:
            raise
        field, words = beside
        return {field: words}


def _carried(sent: Submission) -> tuple[About, Shown]:
    """Read what the form was about and what it showed; it has been in the person's hands and is not
    trusted."""
    carried = json.loads(sent.metadata)
    versions = {
        recommendation_id(key, number): version
        for key, by_number in carried["versions"].items()
        for number, version in by_number.items()
    }
    form_shown = Shown(
        seq=carried["seq"],
        versions=versions,
        answer=Answer(carried["answer"]) if carried["answer"] else None,
        stage=Stage(carried["stage"]) if carried["stage"] else None,
        expected_on=_day(carried.get("expected_on")),
        parts={id_: tuple(labels) for id_, labels in carried["parts"].items()},
        response_seq=carried["response_seq"],
    )
    opened_from = tuple(ref for id_ in carried["asked"] if (ref := ref_of(id_)))
    about = About(
        recommendations=()
        if carried["all"] or carried["picking"]
        else opened_from or _ticked(sent, form_shown),
        is_picking=carried["picking"],
        ticks_next=carried.get("next", False),
        body_code=carried["body"],
        corrects=carried["corrects"],
        is_answering=carried["answering"],
    )
    return about, form_shown


def _day(carried: str | None) -> date | None:
    return date.fromisoformat(carried) if carried else None


def _ticked(sent: Submission, form_shown: Shown) -> tuple[Ref, ...]:
    """Return what is ticked; where there was nothing to tick, the only one that the form showed."""
    ids = (
        sent.choices(blocks.RECOMMENDATIONS) if blocks.RECOMMENDATIONS in sent.places else form_shown.versions
    )
    return tuple(ref for recommendation_id in ids if (ref := ref_of(recommendation_id)))


def _picked(sent: Submission, about: About) -> About | None:
    """Return what the form is about once another body was picked, None where none was."""
    body_code = sent.choice(blocks.BODY)
    return replace(about, body_code=body_code) if body_code and body_code != about.body_code else None


def _words(sent: Submission) -> Entry:
    """Return what is not about one body alone."""
    return replace(_entry(sent), stage=None, expected_on=None)


def _entry(sent: Submission) -> Entry:
    evidence_url, evidence_title = read_evidence(sent.text(blocks.EVIDENCE))
    return Entry(
        answer=_state(Answer, sent.choice(blocks.RESPONSE)),
        reason=sent.text(blocks.REASON),
        stage=_state(Stage, sent.choice(blocks.PROGRESS)),
        expected_on=sent.day(blocks.EXPECTED_ON),
        parts=_parts(sent),
        note=sent.text(blocks.NOTE),
        evidence_url=evidence_url,
        evidence_title=evidence_title,
        given_on=sent.day(blocks.GIVEN_ON),
        decided_by=sent.text(blocks.DECIDED_BY),
        quotable=bool(sent.choices(blocks.QUOTABLE)),
        no_victim=sent.confirms_no_victim,
    )


def _parts(sent: Submission) -> dict[str, tuple[str, ...]]:
    """Return, by recommendation, the state of each part that is begun: a=complete."""
    states: dict[str, dict[str, Stage]] = {}
    for field in sent.places:
        if field.startswith(blocks.PARTS):
            id_, _, label = field.removeprefix(blocks.PARTS).rpartition(":")
            stage = _state(Stage, sent.choice(field)) or Stage.NOT_STARTED
            states.setdefault(id_, {})
            if stage is not Stage.NOT_STARTED:
                states[id_][label] = stage
    return {id_: tuple(written_states(parts).split()) for id_, parts in states.items()}


def _state(kind: type[_State], value: str) -> _State | None:
    """Return what was chosen; None to leave it as each stands."""
    return kind(value) if value not in ("", blocks.AS_EACH_STANDS) else None
