"""Responses, progress and notes from a file, each from the day that it stands from.

What the register holds already is not recorded again, so that importing an account that was exported changes
nothing. Nothing is recorded behind what stands from a later day, since it would undo that. Where a row says
something else than the register and is not taken, a notice names the cell."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from bot.domain.free_text import TextTooLong
from bot.domain.questions.names import Body
from bot.domain.refusals.addressees import NotAddressed, NotRecordable, RecommendationEnded
from bot.domain.refusals.recording import ReasonRequired
from bot.domain.register.addressee import Addressee, BlockedOnWhat, ClosedByInspectorate, Duty, Stage
from bot.domain.register.details import Details, GivenInFuture, GivenTooEarly, NotALink
from bot.domain.register.imports import AboutBody, NoteRow, RegisterRow, ReturnRow, Row
from bot.domain.register.part_states import PartsOpen, must_say_why, states_of, with_states
from bot.domain.register.recommendation import (
    Part,
    Recommendation,
    RecommendationKind,
    Report,
    recommendation_id,
)
from bot.domain.register.recommendation_number import parse_number
from bot.domain.register.return_form import RETURNED
from bot.domain.register.state_words import STAGES, plain
from bot.domain.register.transition import drafted, moved
from bot.domain.register.update import MOVES_STAGE, Draft, UpdateKind, Via
from bot.domain.register.update_form import Entry
from bot.domain.values import replace
from bot.operations.imports.differences import name_differences
from bot.operations.imports.picture import ImportedAddressee, Last
from bot.operations.imports.plan import Plan, Planned, other_row
from bot.operations.imports.reports import labels
from storage.imports import fingerprint

_UNNAMED_SOURCE = "an imported file"
# By whether it is the inspectorate's word.
_SAID_IN_SLACK = {
    False: "A coordinator checks in Slack. Import it as complete, then: /recs check 15 kent",
    True: "A coordinator records in Slack what is closed: /recs close 15 kent 22 Nov 2024: source",
}
_BEFORE_EVERYTHING = date.min


class _Statement(Struct, frozen=True):
    """A response, a progress or a note, as a row states it."""

    kind: UpdateKind
    on: date | None  # London, from which it stands
    text: str
    day_column: str
    text_column: str


class _About(Struct, frozen=True):
    """What a row is about, as far as that could be read; `standing` is None where anything is refused."""

    report: Report | None
    recommendation: Recommendation | None
    body: Body | None
    standing: ImportedAddressee | None


def addressee_key(plan: Plan, row: AboutBody) -> tuple[str, Body | None]:
    """Return the recommendation's id and the body that a row names, and refuse nothing."""
    names = plan.names.bodies_exact(row.body_code) or plan.names.bodies_exact(row.body)
    return addressee_id(row), names[0] if len(names) == 1 else None


def plan_standing(plan: Plan, row: RegisterRow) -> None:
    key = plan.new_key(row)
    if key is None:
        return
    faults_before = len(plan.faults)
    about = _about(plan, row)
    response, progress = _new_statements(plan, row, about)
    _check(plan, row, about, response, progress)
    if about.standing is None or row.unread or len(plan.faults) > faults_before:
        return
    if response and row.response:
        answer = row.response
        linked = "" if progress else row.evidence
        _plan(plan, row, key, about, response, linked, lambda now: now.respond(answer, row.response_text))
    if progress and row.progress:
        progressing = _progressing(row, row.progress, _parts_of(about))
        _plan(plan, row, key, about, progress, row.evidence, progressing)
    _plan_expectation(plan, row, key, about, is_alone=not (response or progress))
    if about.recommendation:
        name_differences(plan, row, about.recommendation, about.standing)


def _new_statements(
    plan: Plan, row: RegisterRow, about: _About
) -> tuple[_Statement | None, _Statement | None]:
    """Return the response and the progress of a row, each None where the row changes nothing in it."""
    response = _Statement(
        UpdateKind.RESPONSE, row.response_on, row.response_text, "response_on", "response_text"
    )
    progress = _Statement(
        UpdateKind.PROGRESS, row.progress_on, row.progress_text, "progress_on", "progress_text"
    )
    answers = row.response is not None and row.response.is_given
    moves = row.progress is not None
    if about.standing and about.recommendation:
        answers = answers and not _holds_response(row, about.standing, response)
        moves = _moves(plan, row, about.recommendation, about.standing, progress)
    if not answers and not moves and about.standing is None:
        # The days are checked even where nobody can tell which addressee is meant.
        _must_be_a_day(plan, row, about, response)
        _must_be_a_day(plan, row, about, progress)
    return response if answers else None, progress if moves else None


def _check(
    plan: Plan, row: RegisterRow, about: _About, response: _Statement | None, progress: _Statement | None
) -> None:
    """Note what is wrong with a response and a progress, each None where the row changes nothing in it."""
    if response:
        _must_fit(plan, row, about, response, "" if progress else row.evidence)
        if row.response and row.response.facts.needs_reason and not row.response_text:
            plan.refuse(row, "response_text", "Give the reason.")
    if progress:
        _must_fit(plan, row, about, progress, row.evidence)
        if row.progress and row.progress.is_stuck and not row.progress_text:
            plan.refuse(row, "progress_text", "Say on what.")


def plan_note(plan: Plan, row: NoteRow) -> None:
    key = plan.new_key(row)
    if key is None:
        return
    faults_before = len(plan.faults)
    about = _about(plan, row)
    note = _Statement(UpdateKind.NOTE, row.stands_from, row.text, "stands_from", "text")
    if about.standing and about.standing.notes.has(row.stands_from, row.text) and not row.unread:
        if place := about.standing.notes.place_of(row.stands_from, row.text):
            plan.notice(row, "", f"{other_row(row, place)} is the same note, so this one adds nothing.")
        return
    _must_fit(plan, row, about, note, row.evidence)
    if about.standing and not row.unread and len(plan.faults) == faults_before:
        _plan(plan, row, key, about, note, row.evidence, lambda now: now)


def _progressing(row: RegisterRow, stage: Stage, parts: Sequence[Part]) -> Callable[[Addressee], Addressee]:
    stated = _stated_parts(row)

    def progressed(now: Addressee) -> Addressee:
        # A row that names the parts addressed says nothing of those that are only begun.
        others = {} if row.part_states else dict(now.part_states)
        now = with_states(now, {**others, **stated}) if stated else now
        if row.own_key.startswith(RETURNED):
            must_say_why(now, stage, row.progress_text, parts)
        return now.progress(stage, row.progress_text)

    return progressed


def _parts_of(about: _About) -> tuple[Part, ...]:
    return about.recommendation.parts if about.recommendation else ()


def _stated_parts(row: RegisterRow) -> dict[str, Stage]:
    """Return the states of parts that a row names. Raises ValueError for words that say none."""
    states = dict.fromkeys(labels(row.parts_addressed), Stage.COMPLETE)
    for piece in filter(str.strip, row.part_states.split(";")):
        label, _, words = piece.partition(":")
        stage = STAGES.get(plain(words))
        if stage is None:
            raise ValueError(piece)
        states[label.strip().strip("()").lower()] = stage
    return states


def addressee_id(row: AboutBody | ReturnRow) -> str:
    """Return the id of the recommendation that a row names, whether there is such a recommendation or not."""
    return recommendation_id(row.report, parse_number(row.recommendation) or row.recommendation.lower())


def _about(plan: Plan, row: AboutBody) -> _About:
    report = plan.report(row, row.report)
    recommendation = _recommendation(plan, row, report) if report else None
    body = plan.body(row, row.body_code or row.body, "body_code" if row.body_code else "body")
    if body and row.body_code and row.body:
        _must_be_named_so(plan, row, body)
    if recommendation is None or body is None:
        return _About(report, recommendation, body, None)
    standing = plan.picture.standings.get((recommendation.id, body.code))
    if standing is None:
        plan.refuse(row, "body", NotAddressed(recommendation.title, body.short_name))
    return _About(report, recommendation, body, standing)


def _recommendation(plan: Plan, row: AboutBody, report: Report) -> Recommendation | None:
    id_ = addressee_id(row)
    if plan.is_spoilt(id_):
        return None
    recommendation = plan.picture.recommendations.get(id_)
    if recommendation is None:
        plan.refuse(
            row,
            "recommendation",
            f"The report {report.key} has no {row.recommendation}. Add it to the recommendations.",
        )
    elif recommendation.kind is RecommendationKind.DERIVED:
        refusal = NotRecordable(recommendation.title, recommendation.derived_from)
        plan.refuse(row, "recommendation", refusal)
        return None
    return recommendation


def _must_be_named_so(plan: Plan, row: AboutBody, body: Body) -> None:
    meanings = plan.names.bodies_exact(row.body)
    if meanings and body not in meanings:
        other = meanings[0].short_name
        message = f"The code {row.body_code} is {body.short_name}'s, and not {other}'s. Correct one."
        plan.refuse(row, "body", message)


def _holds_response(row: RegisterRow, standing: ImportedAddressee, response: _Statement) -> bool:
    if response.on is None and row.response is standing.addressee.answer and not response.text:
        return True
    words = standing.answers.get(row.response or "")
    return words is not None and words.has(response.on, response.text)


def _moves(
    plan: Plan,
    row: RegisterRow,
    recommendation: Recommendation,
    standing: ImportedAddressee,
    progress: _Statement,
) -> bool:
    """Tell whether the row states a progress, or parts, that the register does not hold yet."""
    try:
        stated = _stated_parts(row)
    except ValueError:
        plan.refuse(row, "part_states", "Write it as in “a: complete; b: in progress”.")
        stated = {}
    column = "part_states" if row.part_states else "parts_addressed"
    if unknown := set(stated) - {part.label for part in recommendation.parts}:
        labelled = ", ".join(sorted(unknown))
        plan.refuse(row, column, f"{recommendation.title} has no part {labelled}.")
    new_parts = bool(stated) and _begun(stated) != _held_parts(row, standing)
    if row.progress is None:
        if new_parts and not unknown:
            plan.refuse(row, "progress", "Say how far it is, beside the parts that are addressed.")
        return False
    if _holds_progress(row, standing, progress, new_parts):
        return False
    if not row.progress.facts.is_bodys_word:
        plan.refuse(row, "progress", _SAID_IN_SLACK[row.progress.facts.is_inspectorates_word])
        return False
    return True


def _plan_expectation(plan: Plan, row: RegisterRow, key: str, about: _About, *, is_alone: bool) -> None:
    """Plan the day on which the body expects to be done; where it `is_alone` nothing else of the row was
    checked."""
    on = row.progress_on or row.response_on or plan.today
    statement = _Statement(UpdateKind.EXPECTED, on, "", "progress_on", "progress_text")
    if about.standing is None or not _is_expected_anew(row, about.standing, on):
        return
    faults_before = len(plan.faults)
    if is_alone:
        _must_fit(plan, row, about, statement, "")
    if len(plan.faults) == faults_before:
        _plan(plan, row, key, about, statement, "", lambda now: replace(now, expected_on=row.expected_on))


def _begun(states: Mapping[str, Stage]) -> dict[str, Stage]:
    return {label: stage for label, stage in states.items() if stage is not Stage.NOT_STARTED}


def _held_parts(row: RegisterRow, standing: ImportedAddressee) -> dict[str, Stage]:
    """Return the states of parts in the register. A row that names the parts addressed says nothing of parts
    that are only begun, so these are left out."""
    states = states_of(standing.addressee)
    return states if row.part_states else {label: stage for label, stage in states.items() if stage.is_done}


def _is_expected_anew(row: RegisterRow, standing: ImportedAddressee, on: date) -> bool:
    """Tell whether the row states an expected day that the register never held and that no later day has
    replaced, for something that is still to be done."""
    is_known = row.expected_on is None or str(row.expected_on) in standing.expected
    return (
        not is_known
        and standing.addressee.owes(Duty.ACTION)
        and all(day <= on for day in standing.expected.values())
    )


def _holds_progress(
    row: RegisterRow, standing: ImportedAddressee, progress: _Statement, new_parts: bool
) -> bool:
    last = standing.move.on if standing.move else None
    if row.progress is Stage.NOT_STARTED and progress.on is None:
        # Every addressee begins in this state, so the row states nothing new.
        return True
    stands_so = row.progress is standing.addressee.stage and not new_parts and progress.on in (None, last)
    # The register has the same state with the same words. A check has its own day, and no words of the body.
    if stands_so and (standing.move is None or standing.moves.has(None, progress.text)):
        return True
    passed = bool(progress.on and last and progress.on < last)
    words = standing.stages.get(row.progress or "")
    return words is not None and words.has(progress.on, progress.text) and (passed or not new_parts)


def _must_fit(plan: Plan, row: AboutBody, about: _About, statement: _Statement, evidence: str) -> None:
    """Refuse whatever keeps the row from being recorded."""
    if about.recommendation and not about.recommendation.live:
        plan.refuse(row, "recommendation", RecommendationEnded(about.recommendation.title))
    elif about.standing and not about.standing.addressee.live:
        plan.refuse(row, "body", "What this body owed has passed on. Record it for its successor.")
    if statement.on is None and about.standing:
        plan.refuse(row, statement.day_column, "Say from which day this stands, such as 22 November 2024.")
    _must_be_a_day(plan, row, about, statement)
    if about.standing:
        _must_follow(plan, row, about.standing, statement)
    _must_be_well_formed(plan, row, statement, evidence)
    plan.must_be_a_source(row, row.source)
    texts = _texts(row, statement, evidence)
    plan.confirmed(row, texts, may_be_confirmed=row.no_victim_identified)


def _must_be_a_day(plan: Plan, row: Row, about: _About, statement: _Statement) -> None:
    published_on = about.report.published_on if about.report else _BEFORE_EVERYTHING
    try:
        Entry(given_on=statement.on).must_be_well_formed(published_on, plan.today)
    except GivenInFuture:
        plan.refuse(row, statement.day_column, "This day has not come yet. Correct it.")
    except GivenTooEarly:
        why = f"This is before the report was published, on {published_on}. Correct the day."
        plan.refuse(row, statement.day_column, why)


def _must_follow(plan: Plan, row: AboutBody, standing: ImportedAddressee, statement: _Statement) -> None:
    """Refuse a statement that stands from an earlier day than the last one in the register, and a second
    statement for the same day in one file."""
    since = standing.taken_over_on
    if since and statement.on and statement.on < since:
        why = f"The body took over from another on {since}. Give a day from then on, or leave the row out."
        plan.refuse(row, statement.day_column, why)
        return
    last = _last(standing, statement.kind)
    if last is None or statement.on is None:
        return
    if statement.on < last.on:
        earlier = f"{other_row(row, last.place)} is" if last.place else "What stands in the register is"
        advice = "Put the earlier day first." if last.place else "Leave the row out, or correct it."
        plan.refuse(row, statement.day_column, f"{earlier} from {last.on}, which is later. {advice}")
    elif statement.on == last.on and last.place and isinstance(row, RegisterRow):
        now, column, value = (
            (standing.addressee.answer, "response", row.response)
            if statement.kind is UpdateKind.RESPONSE
            else (standing.addressee.stage, "progress", row.progress)
        )
        if now != value:
            why = f"{other_row(row, last.place)} says {now} from the same day. Leave one of them out."
            plan.refuse(row, column, why)


def _last(standing: ImportedAddressee, kind: UpdateKind) -> Last | None:
    if kind is UpdateKind.RESPONSE:
        return standing.last_response
    return standing.move if kind is UpdateKind.PROGRESS else None


def _must_be_well_formed(plan: Plan, row: AboutBody, statement: _Statement, evidence: str) -> None:
    for column, entry in (
        (statement.text_column, Entry(note=statement.text)),
        ("decided_by", Entry(decided_by=row.decided_by)),
        ("evidence", Entry(evidence_url=evidence)),
        ("evidence_title", Entry(evidence_title=row.evidence_title)),
    ):
        try:
            entry.must_be_well_formed(_BEFORE_EVERYTHING, plan.today)
        except TextTooLong as refusal:
            plan.refuse(row, column, refusal)
        except NotALink:
            plan.refuse(row, column, "Give one link that begins with https:// and has no spaces.")
    if evidence and row.evidence_seen_on and row.evidence_seen_on > plan.today:
        plan.refuse(row, "evidence_seen_on", "This day has not come yet. Correct it.")


def _texts(row: AboutBody, statement: _Statement, evidence: str) -> dict[str, str]:
    """Return the free words of an update, by column; what is said of the link goes with it."""
    return {
        statement.text_column: statement.text,
        "evidence": evidence,
        "evidence_title": row.evidence_title if evidence else "",
        "decided_by": row.decided_by,
    }


def _plan(
    plan: Plan,
    row: AboutBody,
    key: str,
    about: _About,
    statement: _Statement,
    evidence: str,
    decide: Callable[[Addressee], Addressee],
) -> None:
    """Plan one update. The caller has checked that it can be recorded."""
    if about.standing is None or about.recommendation is None or statement.on is None:
        return
    standing = about.standing
    before = standing.addressee
    try:
        after = decide(before)
    except (ReasonRequired, BlockedOnWhat, ClosedByInspectorate, PartsOpen) as refusal:
        plan.refuse(row, statement.text_column, refusal)
        return
    draft = _draft(plan, row, before, statement, statement.on, evidence)
    draft = drafted(before, after, plan.drafted(key, draft, item=_place_among(statement.kind)))
    standing.addressee = moved(before, draft)
    place = f"{before.body_name}, {about.recommendation.title}"
    plan.planned.append(Planned(row.place, place, draft, before.key))
    _remember(standing, row, statement, draft, evidence)


def _draft(
    plan: Plan, row: AboutBody, before: Addressee, statement: _Statement, day: date, evidence: str
) -> Draft:
    """Return what a statement of a London day says in an update, without what it changes."""
    texts = _texts(row, statement, evidence)
    return Draft(
        kind=statement.kind,
        stands_from=day,
        via=Via.IMPORT,
        recommendation_id=before.recommendation_id,
        body_code=before.body_code,
        changes=(
            *plan.confirmed(row, texts, may_be_confirmed=row.no_victim_identified),
            *Details(seen_on=row.evidence_seen_on if evidence else None).changes,
        ),
        quotable=row.may_be_quoted,
        source=row.source or _UNNAMED_SOURCE,
        text=statement.text,
        evidence_url=evidence,
        evidence_title=texts["evidence_title"],
        decided_by=row.decided_by,
    )


def _place_among(kind: UpdateKind) -> int:
    """Return the place of an update among those of its row."""
    if kind is UpdateKind.EXPECTED:
        return 2
    return int(kind is UpdateKind.PROGRESS)


def _remember(
    standing: ImportedAddressee, row: AboutBody, statement: _Statement, draft: Draft, evidence: str
) -> None:
    """Keep the statement, so that later rows of the file are compared with it."""
    words = fingerprint(statement.text)
    values = {change.what: change.now for change in draft.changes}
    standing.add(statement.kind, draft.stands_from, words, values, row.place)
    last = Last(draft.stands_from, words, row.place)
    if statement.kind is UpdateKind.RESPONSE:
        standing.response = last
    elif statement.kind in MOVES_STAGE:
        standing.progress = last
    if evidence and statement.kind is not UpdateKind.NOTE:
        standing.evidence.add(evidence)
