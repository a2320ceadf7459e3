"""`/recs 15`: one recommendation; `/recs 15 wales`: one region; `/recs 15 kent`: one body."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import assert_never

from bot.domain.calendar import london_date
from bot.domain.questions.answers import BodyStanding, RecommendationStanding
from bot.domain.register.addressee import ANSWERS_IN_ORDER, STAGES_IN_ORDER, Addressee, Answer, Duty
from bot.domain.register.approval import Approval, ApprovalState
from bot.domain.register.part_states import open_duties, state_of, states_of
from bot.domain.register.party import PartyStanding
from bot.domain.register.recommendation import Part, PartKind, Recommendation, RecommendationKind
from bot.domain.register.update import Update, UpdateKind, excerpt
from bot.rendering import due_dates, terms, wordings, words
from bot.rendering.blocks.buttons import share, stop_publishing, update
from bot.rendering.blocks.questions.lists import list_buttons, written
from bot.rendering.blocks.questions.predecessors import decisions, differ, in_one_line, predecessors
from bot.rendering.blocks.questions.updates import details, evidence, update_line
from bot.rendering.blocks.recording.ask_body import answer_button
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.origins import heirs, origin
from bot.rendering.screen import Block, Screen, actions, as_written, screen, small

# In characters: what is longer is read in the history.
_OF_A_PARTY = 1000


def recommendation(standing: RecommendationStanding) -> Screen:
    recommendation = standing.recommendation
    if recommendation.kind is RecommendationKind.DERIVED:
        return _derived(standing)
    return screen(
        _headline(standing),
        *_wording(recommendation),
        *_parts(recommendation),
        *written(
            [
                _responses(standing),
                _progress(standing),
                *_overdue(standing),
                *_expected_late(standing),
                *heirs(standing.origin),
            ]
        ),
        *parties(standing.parties),
        small(
            _source(
                recommendation,
                f"{_for_one_body(standing)}`/recs history {recommendation.title}` for all updates.",
            )
        ),
        list_buttons(recommendation.title, has_more=True),
    )


def every_body(standing: RecommendationStanding) -> Screen:
    """Show all bodies addressed, one line each: what **More** shows."""
    recommendation = standing.recommendation
    return screen(
        _headline(standing),
        *written([_body_line(standing, addressee) for addressee in standing.addressees]),
        list_buttons(recommendation.title, 2),
    )


def in_region(standing: RecommendationStanding) -> Screen:
    """Show the bodies of one region: how many stand where, and a line for each."""
    recommendation = standing.recommendation
    return screen(
        _headline(standing),
        *written([_responses(standing), _progress(standing), *_overdue(standing)]),
        *written(_body_lines(standing)),
        small(_source(recommendation, f"`/recs {recommendation.title}` for all bodies.")),
        list_buttons(f"{recommendation.title} region {standing.region}"),
    )


def _body_lines(standing: RecommendationStanding) -> Iterator[str]:
    """Yield a line for each body, and below an heir one for each body in whose place it stands."""
    for addressee in standing.addressees:
        yield _body_line(standing, addressee)
        for ended in standing.predecessors.get(addressee.key, ()):
            yield f"  {in_one_line(ended)}"


def with_body(standing: BodyStanding) -> Screen:
    recommendation, addressee = standing.recommendation, standing.addressee
    typed = f"{recommendation.title} {addressee.body_name}"
    answer = f"{terms.answer(addressee.answer)}{_aside(standing.approvals.answer)}"
    state = f"{answer}; {due_dates.stands(addressee)}{_aside(standing.approvals.completion)}"
    stands = f"{state}{_due(recommendation, addressee, standing)}"
    ended_bodies = standing.predecessors
    decide = decisions(recommendation.title, addressee, ended_bodies) if standing.may_record else []
    return screen(
        f"{words.capital(recommendation.title)}, {addressee.body_name}: {stands}{_ended(standing)}.",
        *written(
            [
                *differ(addressee, ended_bodies),
                *_parts_with_body(standing),
                *_approvals(standing),
                *_unanswered(standing),
            ]
        ),
        *predecessors(ended_bodies),
        *map(update_line, _shown(standing)),
        small(_source(recommendation, _history(standing, typed))),
        actions(*decide, _update(standing), _answer(standing), _stop_publishing(standing), share(typed)),
    )


def _ended(standing: BodyStanding) -> str:
    """Say that a body ended, as the end of a sentence: ; it ended on 30 April 2027, and Norfolk and Suffolk
    Mayor stands in its place."""
    ending = standing.ending
    if ending is None:
        return ""
    return f"; it ended on {words.day(ending.last_day)}, and {ending.heir_name} stands in its place"


def _parts_with_body(standing: BodyStanding) -> list[str]:
    """Return how far the body is with each part, once it has begun any."""
    addressee, parts = standing.addressee, standing.recommendation.parts
    if states_of(addressee):
        return [_part_line(standing, part) for part in parts]
    still_open = open_duties(addressee, parts) if addressee.stage.is_done else ()
    return [_part_line(standing, part) for part in parts if part.label in still_open]


def _part_line(standing: BodyStanding, part: Part) -> str:
    """Say how a part stands: Part (a), to do: in progress since 3 Mar 2025 · “two services start in April” ·
    evidence: https://…"""
    update = standing.parts.get(part.label)
    since = f" since {words.short_day(update.draft.stands_from)}" if update else ""
    stage = terms.stage(state_of(standing.addressee, part.label))
    pieces = [f"Part ({part.label}), {terms.part_kind(part.kind)}: {stage}{since}"]
    if update and update.draft.kind is UpdateKind.PART:
        pieces += [f"“{excerpt(update.draft.text)}”"] if update.draft.text else []
        pieces += details(update)
    return " · ".join(pieces)


def _approvals(standing: BodyStanding) -> list[str]:
    """Say how far approval is: Its answer is for approval; its completion was approved by Pat Quinn on 4 Mar
    2025."""
    approvals = (("answer", standing.approvals.answer), ("completion", standing.approvals.completion))
    return [f"The {duty_name} {_how_approved(approval)}." for duty_name, approval in approvals if approval]


def _aside(approval: Approval | None) -> str:
    """Write as in `accepted (for approval)`; nothing where it is approved, or need not be."""
    if approval is None or approval.state is ApprovalState.APPROVED:
        return ""
    return f" ({approval.state})"


def _how_approved(approval: Approval) -> str:
    decided = (
        f" by {approval.by} on {words.short_day(london_date(approval.decided_at))}"
        if approval.decided_at
        else ""
    )
    match approval.state:
        case ApprovalState.ASKED:
            return "is for approval"
        case ApprovalState.APPROVED:
            return f"is approved{decided}"
        case ApprovalState.SENT_BACK:
            return f"was sent back{decided}"
    assert_never(approval.state)


def _unanswered(standing: BodyStanding) -> list[str]:
    """Say what waits for the body's answer; the questions themselves stand among the updates."""
    if not standing.unanswered:
        return []
    first = words.short_day(london_date(standing.unanswered[0].recorded_at))
    waiting = words.count(len(standing.unanswered), "question")
    return [f"{words.capital(waiting)} without an answer, since {first}."]


def _answer(standing: BodyStanding) -> Block | None:
    """Offer the way to answer the oldest question."""
    if not standing.may_record or not standing.unanswered:
        return None
    seq = standing.unanswered[0].seq
    return answer_button(seq, standing.recommendation.title, standing.addressee.body_name)


def _history(standing: BodyStanding, typed: str) -> str:
    """Say what is not shown here, and where it is."""
    if standing.earlier:
        return f"{standing.earlier} earlier: `/recs history {typed}`."
    return f"`/recs history {typed}` for all updates."


def _update(standing: BodyStanding) -> Block | None:
    recommendation, addressee = standing.recommendation, standing.addressee
    if not standing.may_record:
        return None
    return update(recommendation.id, addressee.body_code, recommendation.title, addressee.body_name)


def _stop_publishing(standing: BodyStanding) -> Block | None:
    """Offer the way back, for the texts of the body that are shown here and may be published."""
    if not standing.may_record:
        return None
    published = [update.seq for update in _shown(standing) if update.is_published]
    return stop_publishing(published) if published else None


def _shown(standing: BodyStanding) -> list[Update]:
    """Return the latest updates, and the response that stands where they no longer show it."""
    response = standing.own_response
    beside = [response] if response and response not in standing.updates else []
    update_views = [*standing.updates, *beside]
    # That approval is asked for is told above.
    return [update for update in update_views if update.draft.kind is not UpdateKind.APPROVAL_ASKED]


def _for_one_body(standing: RecommendationStanding) -> str:
    """Give an example with a body that the recommendation is addressed to, one with a short name."""
    names = sorted([addressee.body_name for addressee in standing.addressees])
    name = min(names, key=len, default="").lower()
    return f"`/recs {standing.recommendation.title} {name}` for one body, " if name else ""


def _headline(standing: RecommendationStanding) -> str:
    recommendation, tally = standing.recommendation, standing.tally
    title = f"{words.capital(recommendation.title)}{f', {standing.region}' if standing.region else ''}"
    if not recommendation.live:
        return (
            f"{title} is {recommendation.how_it_ended}: {tally.accepted} of {tally.addressed} had accepted."
        )
    of_whom = origin(standing.origin)
    accepted = f"{title}: {tally.accepted} of {tally.addressed} accepted{f' ({of_whom})' if of_whom else ''}"
    if recommendation.due_on is None:
        return f"{accepted}, no date given for the action."
    late = standing.overdue(Duty.ACTION)
    if late:
        earliest = min([addressee.due_on or recommendation.due_on for addressee in late])
        left = f"{words.time_left(earliest, standing.today)} with {words.bodies(len(late))}"
    elif tally.done == tally.addressed:
        left = "done by all"
    elif recommendation.due_on < standing.today:
        left = "nobody is overdue"
    else:
        left = words.time_left(recommendation.due_on, standing.today)
    return f"{accepted}, due {words.day(recommendation.due_on)} ({left})."


def _wording(recommendation: Recommendation) -> list[Block]:
    before, after = wordings.around(recommendation)
    source = [small(f"Quoted from {inert(recommendation.quoted_from)}.")] if recommendation.is_quoted else []
    return [as_written(recommendation.wording, before, after), *source, *written(_others(recommendation))]


def _others(recommendation: Recommendation) -> list[str]:
    """Say who else it is addressed to."""
    joint, others = recommendation.joint_with, recommendation.others_addressed
    return [
        *([f"Addressed jointly with {joint}."] if joint else []),
        *([f"Also addressed to {words.both(others)}."] if others else []),
        *_groups(recommendation),
    ]


def _groups(recommendation: Recommendation) -> list[str]:
    """Say by what it can be asked for together with others: Priority · themes: training and victims"""
    themes = words.both(recommendation.themes)
    pieces = ["priority" if recommendation.priority else "", f"themes: {themes}" if themes else ""]
    line = " · ".join(piece for piece in pieces if piece)
    return [words.capital(line)] if line else []


def parties(standings: Sequence[PartyStanding]) -> list[Block]:
    """Show what was last reported of the others, each with its words and where they stand."""
    if not standings:
        return []
    return [*written(["Others addressed, who are counted with no body:"]), *map(_party, standings)]


def _party(standing: PartyStanding) -> Block:
    """Say what one of the others reported: Chief constables: the NPCC reported on 1 August 2025: “…” ·
    evidence: …"""
    update = standing.update
    if update is None:
        return as_written("", f"{words.capital(standing.name)}: nothing reported yet")
    by = f"{standing.reporter} reported on {words.day(update.draft.stands_from)}"
    name = "" if standing.reported_itself else f"{words.capital(standing.name)}: "
    head = f"{name}{by}" if name else words.capital(by)
    if update.words_erased:
        return as_written("", f"{head} · text erased")
    after = "".join(f" · {piece}" for piece in evidence(update))
    return as_written(update.draft.text, f"{head}: “", f"”{after}", limit=_OF_A_PARTY)


def _parts(recommendation: Recommendation) -> list[Block]:
    text = []
    for kind in PartKind:
        parts = [part for part in recommendation.parts if part.kind is kind]
        if parts:
            text.append(f"{words.capital(terms.part_kind(kind))}:")
            text += [f"  ({part.label}) {part.text}" for part in parts]
    return written(text)


def _responses(standing: RecommendationStanding) -> str:
    pieces = []
    for answer in ANSWERS_IN_ORDER:
        addressees = standing.with_answer(answer)
        if addressees:
            late = "" if answer.is_given else _late(standing, Duty.RESPONSE)
            body_names = f" ({_names(addressees)}{late})" if answer.facts.is_named else ""
            pieces.append(f"{len(addressees)} {terms.answer(answer)}{body_names}")
    deadline = standing.recommendation.respond_by
    by = f", by {words.day(deadline)}" if deadline and standing.with_answer(Answer.AWAITING) else ""
    return f"Responses{by}: {' · '.join(pieces)}"


def _late(standing: RecommendationStanding, duty: Duty) -> str:
    deadline = standing.recommendation.deadline(duty)
    if deadline is None or not standing.overdue(duty):
        return ""
    return f", {words.time_left(deadline, standing.today)}"


def _progress(standing: RecommendationStanding) -> str:
    pieces = []
    for stage in STAGES_IN_ORDER:
        addressees = standing.at_stage(stage)
        if addressees:
            body_names = f" ({_names(addressees)})" if stage.facts.is_named else ""
            pieces.append(f"{len(addressees)} {terms.stage(stage)}{body_names}")
    return f"Progress: {' · '.join(pieces)}"


def _overdue(standing: RecommendationStanding) -> list[str]:
    by_date: dict[date, list[Addressee]] = {}
    for addressee in sorted(standing.overdue(Duty.ACTION), key=attrgetter("body_name")):
        if addressee.due_on:
            by_date.setdefault(addressee.due_on, []).append(addressee)
    return [
        f"{words.capital(words.time_left(due_on, standing.today))}: {_names(addressees)}"
        for due_on, addressees in sorted(by_date.items())
    ]


def _expected_late(standing: RecommendationStanding) -> list[str]:
    """Say who says itself that it will be late, and when it expects to be done."""
    late = [
        f"{addressee.body_name} ({words.short_day(addressee.expects)})"
        for addressee in standing.addressees
        if addressee.is_expected_late and addressee.expects
    ]
    return [f"Expected late: {words.names(late)}"] if late else []


def _derived(standing: RecommendationStanding) -> Screen:
    recommendation = standing.recommendation
    sources = [
        f"{words.capital(source.title)}: {tally.responded} of {tally.addressed} answered,"
        f" {tally.accepted} accepted"
        for source, tally in standing.derived_from
    ]
    for_one = f"`/recs {standing.derived_from[0][0].title}` for one of them." if standing.derived_from else ""
    answers_in = f"{standing.answers_in} of {standing.answers_expected} answers are in"
    return screen(
        f"{words.capital(recommendation.title)}: {answers_in}.",
        *_wording(recommendation),
        *written(["It is the association's own duty, so nobody records it. It rests on:", *sources]),
        small(_source(recommendation, for_one)),
        list_buttons(recommendation.title),
    )


def _body_line(standing: RecommendationStanding, addressee: Addressee) -> str:
    dates = due_dates.dates(addressee, standing.recommendation.due_on, standing.today)
    return f"{addressee.body_name}: " + " · ".join(
        [terms.answer(addressee.answer), due_dates.stands(addressee), *dates]
    )


def _due(recommendation: Recommendation, addressee: Addressee, standing: BodyStanding) -> str:
    if not recommendation.live:
        return f"; {recommendation.how_it_ended}"
    if addressee.due_on is None:
        return ""
    notes = []
    if recommendation.due_on and recommendation.due_on != addressee.due_on:
        notes.append(f"was {words.day(recommendation.due_on)}")
    if slips := due_dates.slips(addressee):
        notes.append(slips)
    if addressee.owes(Duty.ACTION):
        notes.append(words.time_left(addressee.due_on, standing.today))
    more = f" ({'; '.join(notes)})" if notes else ""
    asked_until = standing.asked_until
    extension = f"; extension asked for, until {words.day(asked_until)}" if asked_until else ""
    expected = due_dates.expects(addressee, standing.today)
    return f"; due {words.day(addressee.due_on)}{more}{extension}{f'; {expected}' if expected else ''}"


def _source(recommendation: Recommendation, hint: str) -> str:
    report = recommendation.report
    return f"{inert(report.publishers)}, {words.day(report.published_on)}. {escaped(hint)}"


def _names(addressees: Iterable[Addressee]) -> str:
    return words.names([addressee.body_name for addressee in addressees])
