"""What cannot be recorded as it stands."""

from typing import assert_never

from bot.domain.free_text import TextTooLong, from_slack
from bot.domain.questions.grammar.problems import Choice
from bot.domain.refusals.recording import NoSuccessor, NothingToAnswer, ReasonRequired, TextRequired
from bot.domain.register.addressee import (
    Answer,
    BlockedOnWhat,
    ClosedByInspectorate,
    NotComplete,
    NothingToReopen,
)
from bot.domain.register.guard import MayIdentify
from bot.domain.register.recommendation import name_of_id
from bot.rendering import terms, words
from bot.rendering.blocks.buttons import fits_on_a_button
from bot.rendering.blocks.recording.guard import confirming, found_in_words
from bot.rendering.blocks.recording.lacking_text import asking_for_text
from bot.rendering.blocks.refusals.wording import RefusalContext, Wording, typed_about

RecordingRefusal = (
    ReasonRequired
    | TextRequired
    | BlockedOnWhat
    | MayIdentify
    | TextTooLong
    | NotComplete
    | ClosedByInspectorate
    | NothingToReopen
    | NothingToAnswer
    | NoSuccessor
)


def wording(refusal: RecordingRefusal, context: RefusalContext) -> Wording:
    match refusal:
        case ReasonRequired():
            return asking_for_text(_reason_required(refusal, context), refusal, context)
        case TextRequired():
            return asking_for_text(_text_required(refusal, context), refusal, context)
        case BlockedOnWhat():
            about = typed_about(refusal.recommendation_id, refusal.body_name)
            return asking_for_text(
                Wording(
                    f"{terms.what_it_waits_on(refusal.stage)}; nothing was recorded yet.",
                    usage=f"/recs progress {about} {refusal.stage}: no provider has bid yet",
                ),
                refusal,
                context,
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
        case NothingToReopen():
            return _nothing_to_reopen(refusal)
        case NothingToAnswer():
            return Wording("There is nothing to answer here any more.")
        case NoSuccessor():
            return Wording(
                f"{words.capital(refusal.recommendation)} cannot be superseded by {refusal.successor}.",
                "It takes another recommendation that is live.",
            )
        case _:
            assert_never(refusal)


def _reason_required(refusal: ReasonRequired, context: RefusalContext) -> Wording:
    about = typed_about(refusal.recommendation_id, refusal.body_name)
    later = words.short_day(context.example_names.later) if context.example_names.later else ""
    usage = _with_reason(refusal.answer).format(about=about, later=later)
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
    "send back": "Sending back",
    "withdraw": "Withdrawing",
    "refuse": "Refusing",
}
# An extension is refused in a form, beside whose field a command would be out of place.
_WITH_REASON = {
    "close": "/recs close {about} 22 Nov 2024: the inspectorate's letter",
    "expect": "/recs expect {about} {later}: the provider starts in April",
    "extend": "/recs extend {about} {later}: the provider starts in April",
    "reopen": "/recs reopen {about}: the second contract has lapsed",
    "withdraw": "/recs withdraw {about}: the inspectorate has closed it",
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


def _text_required(refusal: TextRequired, context: RefusalContext) -> Wording:
    about = typed_about(refusal.recommendation_id, refusal.body_name)
    usage = {
        "ask": f"/recs ask {about}: which service do you mean?",
        # Who reported, and when, stands in what was typed.
        "party": f"/recs {from_slack(context.typed).rstrip(' :：')}: the group has met",
    }.get(refusal.verb, f"/recs {refusal.verb} {about}: we met the provider")
    return Wording("There is no text to record yet.", usage=usage)


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
        if_none_work="Write it in other words.",
    )


def _not_complete(refusal: NotComplete) -> Wording:
    title, body = name_of_id(refusal.recommendation_id).title, refusal.body_name
    if refusal.stage.facts.is_inspectorates_word:
        return Wording(f"{words.capital(title)} is closed by the inspectorate for {body} already.")
    if not refusal.stage.facts.is_bodys_word:
        return Wording(f"{words.capital(title)} is checked for {body} already.")
    return Wording(
        f"{body} has not called {title} complete, so there is nothing to check.",
        f"It says: {terms.stage(refusal.stage)}.",
    )


def _closed(refusal: ClosedByInspectorate, context: RefusalContext) -> Wording:
    title = words.capital(name_of_id(refusal.recommendation_id).title)
    on = f" on {words.day(refusal.closed_on)}" if refusal.closed_on else ""
    return Wording(
        f"{title} is closed by the inspectorate for {refusal.body_name}{on}, so nothing was recorded.",
        f"A note can be added; {context.who} can reopen it.",
    )


def _nothing_to_reopen(refusal: NothingToReopen) -> Wording:
    title, stands = name_of_id(refusal.recommendation_id).title, terms.stage(refusal.stage)
    is_not = f"{words.capital(title)} is not complete for {refusal.body_name}: it is {stands}"
    return Wording(
        f"{is_not}, so there is nothing to reopen.",
        "Only what is complete, checked by the association or closed by the inspectorate can be reopened.",
    )
