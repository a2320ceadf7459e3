"""What cannot be recorded as it stands."""

from typing import assert_never

from bot.domain.free_text import TextTooLong, from_slack
from bot.domain.questions.grammar.problems import Choice
from bot.domain.refusals.recording import (
    ApprovalOutdated,
    AskedAlready,
    NoSuccessor,
    NothingToAnswer,
    NothingToApprove,
    NothingToDecide,
    OwnRecording,
    ReasonRequired,
    TextRequired,
)
from bot.domain.register.addressee import (
    Answer,
    BlockedOnWhat,
    ClosedByInspectorate,
    DateNotLater,
    ExpectedInThePast,
    NotComplete,
    NothingToExpect,
    NothingToReopen,
    Stage,
)
from bot.domain.register.details import (
    GivenInFuture,
    GivenTooEarly,
    NoLinkToFollow,
    NotALink,
    SaidBeforeTakingOver,
)
from bot.domain.register.ending_plan import EndingProblem, EndingRefused
from bot.domain.register.guard import MayIdentify
from bot.domain.register.part_states import NoSuchPart, PartsOpen
from bot.domain.register.party import NoOthersAddressed, NotACorrection, ReportedAtWrongTime, WhichParty
from bot.domain.register.update import UNDO_WINDOW
from bot.rendering import terms, words
from bot.rendering.blocks.buttons import fits_on_a_button
from bot.rendering.blocks.recording.guard import confirming, found_in_words
from bot.rendering.blocks.refusals.wording import RefusalContext, Wording, title_of, typed_about

RecordingRefusal = (
    ReasonRequired
    | TextRequired
    | BlockedOnWhat
    | MayIdentify
    | TextTooLong
    | NotComplete
    | ClosedByInspectorate
    | NothingToReopen
    | NoSuchPart
    | PartsOpen
    | DateNotLater
    | NothingToExpect
    | ExpectedInThePast
    | AskedAlready
    | NothingToAnswer
    | NothingToDecide
    | NothingToApprove
    | ApprovalOutdated
    | OwnRecording
    | NoSuccessor
    | NoOthersAddressed
    | WhichParty
    | NotACorrection
    | ReportedAtWrongTime
    | NotALink
    | NoLinkToFollow
    | GivenInFuture
    | EndingRefused
    | SaidBeforeTakingOver
    | GivenTooEarly
)


def wording(refusal: RecordingRefusal, context: RefusalContext) -> Wording:  # noqa: PLR0912 - a table
    match refusal:
        case SaidBeforeTakingOver():
            since = words.day(refusal.since)
            return Wording(
                f"{refusal.body_name} took over from another body on {since}; nothing was recorded.",
                "Say how it stands from that day or later, or add a note without a day.",
            )
        case EndingRefused():
            return Wording(f"{ending_refused(refusal)} Nothing was changed.")
        case ReasonRequired():
            return _reason_required(refusal, context)
        case TextRequired():
            return _text_required(refusal)
        case BlockedOnWhat():
            about = typed_about(refusal.recommendation_id, refusal.body_name)
            return Wording(
                f"{terms.what_it_waits_on(refusal.stage)}; nothing was recorded yet.",
                usage=f"/recs progress {about} {refusal.stage}: no provider has bid yet",
            )
        case NoOthersAddressed():
            return Wording(
                f"{words.capital(refusal.recommendation)} is addressed to bodies alone.",
                "Nothing was recorded. If it is addressed to others too, name them first.",
                usage=f"/recs correct {refusal.recommendation}",
            )
        case WhichParty():
            return Wording(
                f"{words.capital(refusal.recommendation)} is addressed to {words.both(refusal.parties)},"
                f" not to {refusal.named}.",
                "Nothing was recorded. Say for which of them it was reported.",
                usage=f"/recs party {refusal.recommendation} {refusal.named} reported on 3 Mar 2025"
                f" for {refusal.parties[0]}: what it says",
            )
        case NotACorrection():
            return Wording(
                f"Update {refusal.seq} is no report on {refusal.recommendation}.",
                "Nothing was recorded. The history has the numbers.",
                usage=f"/recs history {refusal.recommendation}",
            )
        case ReportedAtWrongTime():
            return Wording(
                f"Nobody can have reported on {words.day(refusal.on)}, so nothing was recorded.",
                f"The report was published on {words.day(refusal.published_on)}; the day must not lie before,"
                " nor be still to come.",
            )
        case MayIdentify():
            return _may_identify(refusal, context)
        case TextTooLong():
            return Wording(
                f"The text is too long: {refusal.length:,} characters of at most {refusal.limit:,}.",
                "Nothing was recorded. Please shorten it, or record it in two notes.",
            )
        case NotComplete():
            return _not_complete(refusal)
        case ClosedByInspectorate():
            return _closed(refusal, context)
        case NoSuchPart():
            labels = words.both([f"({label})" for label in refusal.labels])
            has = f"It has {labels}." if labels else "It has no parts."
            return Wording(
                f"{words.capital(refusal.recommendation)} has no part ({refusal.label});"
                " nothing was recorded.",
                has,
            )
        case PartsOpen():
            return _parts_open(refusal)
        case NothingToReopen():
            return _nothing_to_reopen(refusal)
        case DateNotLater():
            return _date_not_later(refusal)
        case NothingToExpect():
            return _nothing_to_expect(refusal)
        case ExpectedInThePast():
            return Wording(
                f"{words.day(refusal.day)} has passed, so it cannot be expected; nothing was recorded.",
                "Type a day that is still to come.",
            )
        case AskedAlready():
            return Wording(
                f"{refusal.body_name} has asked for more time on {refusal.recommendation} already:"
                f" until {words.day(refusal.until)}.",
                f"It waits for a decision; {context.who} can decide it."
                f" /recs undo takes your own request back within {UNDO_WINDOW}.",
            )
        case NothingToAnswer():
            return Wording("There is nothing to answer here any more.")
        case NothingToDecide():
            return Wording("There is nothing to decide: the request was taken back.")
        case NothingToApprove():
            return Wording(
                "Nothing waits for approval here.", "It was decided, or taken back, or nobody asked for it."
            )
        case ApprovalOutdated():
            return Wording(
                f"Nothing was decided: {refusal.recommendation} has changed for {refusal.body_name} since.",
                f"See /recs {refusal.recommendation} {refusal.body_name} for what stands now.",
            )
        case OwnRecording():
            return Wording(
                f"You recorded {refusal.recommendation} for {refusal.body_name} yourself,"
                " so somebody else has to approve it.",
                f"Another approver of {refusal.body_name} can, or {context.who}.",
            )
        case NotALink():
            return Wording(
                "The evidence is no whole address, so nothing was recorded.",
                "It begins with https:// or http://.",
            )
        case NoLinkToFollow():
            return Wording(
                f"Update {refusal.seq} has no link that another can stand in place of.",
                "Nothing was recorded. Name an update with a link of this body on this recommendation;"
                " the history has the numbers.",
            )
        case GivenInFuture():
            return Wording("The day of the decision has not come yet, so nothing was recorded.")
        case GivenTooEarly():
            return Wording(
                "The day of the decision is before the report was published, so nothing was recorded.",
                f"It was published on {words.day(refusal.published_on)}.",
            )
        case NoSuccessor():
            return Wording(
                f"{words.capital(refusal.recommendation)} cannot be superseded by {refusal.successor}.",
                "It takes another recommendation that is live.",
            )
        case _:
            assert_never(refusal)


def _reason_required(refusal: ReasonRequired, context: RefusalContext) -> Wording:
    about = typed_about(refusal.recommendation_id, refusal.body_name)
    later = words.short_day(context.named.later) if context.named.later else ""
    usage = _with_reason(refusal.answer).format(about=about, later=later)
    if refusal.answer == "withdraw":
        usage = context.named.example("withdraw", usage)
    return Wording(
        f"{_NAMED.get(refusal.answer, f'“{words.capital(refusal.answer)}”')}"
        f" needs {'its source' if refusal.answer == 'close' else 'a reason'},"
        " so nothing was recorded.",
        usage=usage,
    )


_NAMED = {
    "expect": "A day after the deadline, or later than before,",
    "close": "Closing",
    "extend": "More time",
    "reopen": "Reopening",
    "withdraw": "Withdrawing",
    "refuse": "Refusing",
}
# An extension is refused in a form, beside whose field a command would be out of place.
_WITH_REASON = {
    "close": "/recs close {about} 22 Nov 2024: the inspectorate's letter",
    "expect": "/recs expect {about} {later}: the provider starts in April",
    "extend": "/recs extend {about} {later}: the provider starts in April",
    "reopen": "/recs reopen {about}: the second contract has lapsed",
    "withdraw": "/recs withdraw 15: the inspectorate has closed it",
}


def _with_reason(answer_or_act: str) -> str:
    """Return the command with which a reason is given, for a response or another act."""
    if answer_or_act not in tuple(Answer):
        return _WITH_REASON.get(answer_or_act, "")
    answer = Answer(answer_or_act)
    match answer:
        case Answer.ACCEPTED_IN_PART:
            return "/recs partly {about}: why"
        case Answer.NOT_ACCEPTED:
            return "/recs decline {about}: why"
        case Answer.ACCEPTED | Answer.AWAITING:
            return ""
    assert_never(answer)


def _text_required(refusal: TextRequired) -> Wording:
    about = typed_about(refusal.recommendation_id, refusal.body_name)
    text = "which service do you mean?" if refusal.verb == "ask" else "we met the provider"
    return Wording("There is no text to record yet.", usage=f"/recs {refusal.verb} {about}: {text}")


def _may_identify(refusal: MayIdentify, context: RefusalContext) -> Wording:
    findings = [finding for findings in refusal.findings.values() for finding in findings]
    command = confirming(context.typed, refusal.texts.get("", ""))
    head = from_slack(command).partition(" no victim: ")[0]
    fits = fits_on_a_button(command)
    advice = "" if fits else ": type it again with “no victim” before the colon, or use /recs update"
    return Wording(
        f"Nothing was recorded yet: this looks like {found_in_words(findings)}.",
        f"Write it in other words, or confirm that no victim can be identified{advice}.",
        usage=f"/recs {head} no victim: text" if head else "",
        options=(Choice("No victim can be identified", command),) if fits else (),
    )


def _not_complete(refusal: NotComplete) -> Wording:
    title, body = title_of(refusal.recommendation_id), refusal.body_name
    if refusal.stage.facts.is_inspectorates_word:
        return Wording(f"{words.capital(title)} is closed by the inspectorate for {body} already.")
    if not refusal.stage.facts.is_bodys_word:
        return Wording(f"{words.capital(title)} is checked for {body} already.")
    return Wording(
        f"{body} has not called {title} complete, so there is nothing to check.",
        f"It says: {terms.stage(refusal.stage)}.",
    )


def _closed(refusal: ClosedByInspectorate, context: RefusalContext) -> Wording:
    title = words.capital(title_of(refusal.recommendation_id))
    on = f" on {words.day(refusal.closed_on)}" if refusal.closed_on else ""
    return Wording(
        f"{title} is closed by the inspectorate for {refusal.body_name}{on}, so nothing was recorded.",
        f"A note can be added; {context.who} can reopen it.",
    )


def _parts_open(refusal: PartsOpen) -> Wording:
    about = typed_about(refusal.recommendation_id, refusal.body_name)
    title = words.capital(title_of(refusal.recommendation_id))
    part = "Part" if len(refusal.labels) == 1 else "Parts"
    are = "is" if len(refusal.labels) == 1 else "are"
    named = words.both([f"({label})" for label in refusal.labels])
    return Wording(
        f"{title}: {part.lower()} {named} {are} still open for {refusal.body_name}, so nothing was recorded.",
        f"{part} {named} {are} to be done. Record it first, or say why it is complete all the same.",
        usage=f"/recs complete {about} part {refusal.labels[0]}: two services have opened",
    )


def _nothing_to_reopen(refusal: NothingToReopen) -> Wording:
    title, stands = title_of(refusal.recommendation_id), terms.stage(refusal.stage)
    return Wording(
        f"{words.capital(title)} is not complete for {refusal.body_name}: it is {stands}.",
        "Only what is complete, checked by the association or closed by the inspectorate can be reopened.",
    )


def _nothing_to_expect(refusal: NothingToExpect) -> Wording:
    title = words.capital(title_of(refusal.recommendation_id))
    stands = refusal.stage if refusal.answer.facts.asks_for_action else refusal.answer
    state = terms.stage(stands) if isinstance(stands, Stage) else terms.answer(stands)
    return Wording(
        f"{title} is {state} for {refusal.body_name}, so nothing is expected any more.",
        "Nothing was recorded.",
    )


def _date_not_later(refusal: DateNotLater) -> Wording:
    about = f"{words.capital(title_of(refusal.recommendation_id))}, {refusal.body_name}"
    if refusal.due_on is None:
        return Wording(f"{about}: there is no deadline to extend.")
    return Wording(
        f"{about}: it is due {words.day(refusal.due_on)}, and the new date must be later.",
        "Nothing was changed.",
    )


def ending_refused(refusal: EndingRefused) -> str:
    name, other = refusal.body_name, refusal.other
    day = words.day(refusal.day) if refusal.day else ""
    match refusal.problem:
        case EndingProblem.ITSELF:
            return f"{name} cannot follow itself."
        case EndingProblem.HAS_ENDED:
            return f"{name} ended on {day}, and what was asked of it has passed on."
        case EndingProblem.HEIR_ENDS:
            return f"{other} ends on {day}, and so cannot follow {name}."
        case EndingProblem.HEIR_BEGINS_LATER:
            return f"{other} begins on {day}, so nobody would stand in {name}'s place until then."
        case EndingProblem.FOLLOWS_ANOTHER:
            return f"{name} is to follow {other}, which ends on {day}."
        case EndingProblem.BEFORE_IT_BEGAN:
            return f"{name} began on {day}."
        case EndingProblem.NOTHING_PLANNED:
            return f"No end is recorded for {name}. Give its last day and who follows."
        case EndingProblem.SOURCE_MISSING:
            return f"Say after a colon who says that {name} ends."
        case EndingProblem.NOT_ADDRESSED:
            return f"{words.capital(other)} asks nothing of {name}."
    assert_never(refusal.problem)
