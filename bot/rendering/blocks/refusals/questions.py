"""What cannot be answered."""

from typing import assert_never

from bot.domain.free_text import for_slack
from bot.domain.questions.account import Format, InternalFormRefused
from bot.domain.questions.grammar.problems import Choice
from bot.domain.questions.model import Shape, Theme
from bot.domain.questions.question_answer import CannotBeAnswered, ListHasChanged, WhyUnanswered
from bot.domain.questions.sense import MakesNoSense, Why
from bot.domain.questions.written import canonical
from bot.domain.refusals.questions import DayToCome, NoSuchBodyThen, NotPublishedYet
from bot.rendering import words
from bot.rendering.blocks.questions.conditions import not_held
from bot.rendering.blocks.refusals.wording import DID_YOU_MEAN, RefusalContext, Wording

QuestionRefusal = (
    CannotBeAnswered
    | MakesNoSense
    | DayToCome
    | NotPublishedYet
    | NoSuchBodyThen
    | ListHasChanged
    | InternalFormRefused
)


def wording(refusal: QuestionRefusal, context: RefusalContext) -> Wording:
    match refusal:
        case CannotBeAnswered():
            return _cannot_be_answered(refusal)
        case MakesNoSense():
            return _makes_no_sense(refusal)
        case DayToCome():
            return Wording(
                f"{words.day(refusal.day)} is still to come, so nobody knows how it will stand.",
                "Ask for today or an earlier day.",
            )
        case NotPublishedYet():
            return _not_published_yet(refusal)
        case NoSuchBodyThen():
            return _no_such_body_then(refusal)
        case ListHasChanged():
            return Wording(
                "The list has changed since it was shown, so nothing was done with it.",
                "Look at it again first.",
                options=(Choice(refusal.typed, for_slack(refusal.typed)),),
            )
        case InternalFormRefused():
            return _internal_form_refused(refusal, context)
        case _:
            assert_never(refusal)


def _cannot_be_answered(refusal: CannotBeAnswered) -> Wording:
    texts = list(dict.fromkeys(map(canonical, refusal.nearest)))
    ask_instead = " Ask instead:" if texts else ""
    return Wording(
        f"{_why_unanswered(refusal)}{ask_instead}",
        then=_CALENDAR if _is_of_deadlines(refusal) else "",
        options=tuple(Choice(text, for_slack(text)) for text in texts),
    )


_CALENDAR = "For the deadlines as a file for your own calendar: /recs calendar"


def _is_of_deadlines(refusal: CannotBeAnswered) -> bool:
    return refusal.why is WhyUnanswered.NO_FILE and refusal.nearest[0].shape is Shape.DEADLINES


def _why_unanswered(refusal: CannotBeAnswered) -> str:
    match refusal.why:
        case WhyUnanswered.NOT_RECORDED:
            return f"Nothing is recorded of {not_held(refusal.conditions)}, so that cannot be answered."
        case WhyUnanswered.NOT_OF_THE_PAST:
            return "That is known as it is today, and not as it was on an earlier day."
        case WhyUnanswered.PART:
            return "A part has a progress, and no answer, deadline or history of its own."
        case WhyUnanswered.SHAPE:
            return "That cannot be shown in this form."
        case WhyUnanswered.NO_FILE:
            return f"No file is made of {refusal.nearest[0].shape.value}: a file tells how things stand."
        case WhyUnanswered.MAP:
            return "A map shows one recommendation with all bodies."
        case WhyUnanswered.NO_SUCH_THEME:
            (theme,) = refusal.conditions
            word = theme.word if isinstance(theme, Theme) else ""
            return f"No recommendation that is asked about has the theme “{word}”."
        case WhyUnanswered.NO_PRIORITY:
            return "No recommendation that is asked about is marked as a priority."
        case WhyUnanswered.NOBODY_CALLED:
            return f"Nobody called “{refusal.person}” has a role here, or has recorded anything."
        case WhyUnanswered.WHICH_PERSON:
            return f"Several people are called “{refusal.person}”."
        case _:
            assert_never(refusal.why)


def _makes_no_sense(refusal: MakesNoSense) -> Wording:
    options = tuple(Choice(text, for_slack(text)) for text in map(canonical, refusal.nearest))
    did_you_mean = f" {DID_YOU_MEAN}" if options else ""
    return Wording(f"{_NO_SENSE[refusal.why]}{did_you_mean}", options=options)


_TABLES = [format.value for format in Format if format.is_table]
_NO_SENSE = {
    Why.DAY_TO_COME: "That day has not been yet.",
    Why.TIME_OF_SHAPE: "That cannot be asked for such a time.",
    Why.CONDITIONS_OF_SHAPE: "Deadlines, changes, history and pictures show everything, not one state.",
    Why.FILE_OF_SHAPE: "A picture, a count or a percentage is not made as a file.",
    Why.NO_DOCUMENT: f"A list is made as a table: {words.either(_TABLES)}.",
    Why.WHICH_RECOMMENDATION: "Which recommendation?",
    Why.NOT_BOTH: "Both cannot be so at once.",
    Why.NOTHING_LEFT: "Everything that was named is taken away.",
    Why.FIRST_AFTER_LAST: "The first day is after the last.",
    Why.OF_NO_PERSON: "Of a person I know what they recorded, and for whom they are a contact.",
    Why.TWO_SCOPES: "These are two questions.",
}


def _not_published_yet(refusal: NotPublishedYet) -> Wording:
    published = words.day(refusal.published_on)
    return Wording(
        f"{words.capital(refusal.subject)} was published on {published}, so as at {words.day(refusal.day)}"
        " there is nothing to show.",
        f"Ask for {published} or a later day.",
    )


def _no_such_body_then(refusal: NoSuchBodyThen) -> Wording:
    first, last = refusal.first_day, refusal.last_day
    beginning = f"It began on {words.day(first)}." if first and refusal.day < first else ""
    ended = f"Its last day was {words.day(last)}." if last and refusal.day > last else ""
    return Wording(
        f"{refusal.body_name} was not a policing body on {words.day(refusal.day)}.", beginning or ended
    )


def _internal_form_refused(refusal: InternalFormRefused, context: RefusalContext) -> Wording:
    if not refusal.speaks_for:
        return Wording(
            "The internal form is for coordinators, and for a body's contacts about that body.",
            "The published form holds all that may be quoted.",
            "/recs export",
        )
    return Wording(
        f"You can have the internal form of {words.either(refusal.speaks_for)} alone.",
        f"{context.who} can have it of all bodies. The published form holds all that may be quoted.",
        f"/recs export {refusal.speaks_for[0]} internal",
    )
