"""What was typed that is not understood, is not there, or can mean several things."""

from collections.abc import Sequence
from typing import assert_never

from bot.domain.free_text import from_slack
from bot.domain.questions.account import Format
from bot.domain.questions.grammar.problems import Choice, NotUnderstood, What, WhichBody, WhichMeaning
from bot.domain.questions.plain_words.understanding import (
    About,
    Asked,
    NotAnswered,
    Offered,
    SaidPlainly,
    WhyNot,
)
from bot.domain.questions.which_report import with_report
from bot.domain.questions.written_dates import NotADate
from bot.domain.refusals.commands import (
    Ended,
    FollowsEnough,
    HasEnded,
    NotFollowed,
    UnknownRecommendation,
    WhichReport,
)
from bot.domain.register.redaction import Ground
from bot.domain.register.state_words import STAGES
from bot.domain.register.update import excerpt
from bot.rendering import dates, words
from bot.rendering.blocks.refusals.wording import (
    CANNOT_RECORD,
    DID_YOU_MEAN,
    HELP,
    RefusalContext,
    Wording,
    offer,
    saying_what_it_does,
)

CommandRefusal = (
    NotUnderstood
    | SaidPlainly
    | WhichBody
    | WhichMeaning
    | WhichReport
    | UnknownRecommendation
    | HasEnded
    | NotADate
    | NotFollowed
    | FollowsEnough
)


def wording(refusal: CommandRefusal, context: RefusalContext) -> Wording:
    match refusal:
        case NotUnderstood():
            return _not_understood(refusal, context)
        case SaidPlainly():
            return _said_plainly(refusal, context)
        case WhichBody():
            return _which_body(refusal, context)
        case WhichMeaning():
            return _which_meaning(refusal, context)
        case WhichReport():
            return _which_report(refusal, context)
        case UnknownRecommendation():
            return _unknown_recommendation(refusal)
        case HasEnded():
            return _has_ended(refusal)
        case NotADate():
            return _not_a_date(refusal)
        case NotFollowed(number=number):
            return Wording(
                f"It is not clear which “{number}” is to be followed no longer.",
                "/recs unfollow shows all that is followed.",
                usage=context.example("/recs unfollow"),
            )
        case FollowsEnough(most=most):
            return Wording(
                f"No more than {most} can be followed.", "/recs unfollow shows what is, and ends it."
            )
        case _:
            assert_never(refusal)


def _not_understood(refusal: NotUnderstood, context: RefusalContext) -> Wording:
    first = _NOT_UNDERSTOOD[refusal.what].format(word=refusal.word)
    then = DID_YOU_MEAN if refusal.suggestions else HELP
    options = tuple(map(saying_what_it_does, refusal.suggestions))
    asks = refusal.what in (What.VERB_FIRST, What.NOT_STARTED, What.QUOTED)
    # How to record it would be the opposite of what is asked, denied or doubted.
    doubted = asks or refusal.what in (What.QUESTION, What.NOT_CERTAIN, What.NOT_MEANT)
    return Wording(
        first,
        then,
        usage="" if doubted else context.example(refusal.usage),
        options=options,
        if_none_records=CANNOT_RECORD if asks else "",
    )


_NOT_UNDERSTOOD = {
    What.UNKNOWN_VERB: "I do not know “{word}”.",
    What.VERB_FIRST: "Do you want to record that, or see how it stands? Nothing was recorded.",
    What.QUESTION: "That is a question, so nothing was recorded.",
    What.NOT_CERTAIN: "Because of “{word}” I am not sure what is meant, so nothing was recorded.",
    What.NOT_STARTED: "Do you want to record that {word}, or see who has not?",
    What.IN_A_SENTENCE: "Nothing was recorded. Put the number first, without “{word}”.",
    What.QUOTED: "Do you want to record that, or only to quote it? Nothing was recorded.",
    What.SAYS_NOTHING: "“{word}” says nothing that others could read, so nothing was recorded.",
    What.NOT_MEANT: "“{word}” says that it is not meant, so nothing was recorded.",
    What.OTHER_PLACE: "“{word}” is no policing body that I know, so nothing was recorded."
    " Name the body itself.",
    What.UNKNOWN_NAME: "I know no recommendation, body, region or report called “{word}”.",
    What.WHICH_RECOMMENDATION: "Say which recommendation, by its number.",
    What.ONE_RECOMMENDATION: "Name one recommendation at a time here.",
    What.ONE_BODY: "Name one body at a time here.",
    What.WHICH_STAGE: f"Say how far it is: {words.either([*dict.fromkeys(STAGES.values())])}.",
    What.NO_TEXT_TAKEN: "“Accept” takes no text: “{word}” was left over, and nothing was recorded.",
    What.COLON_MISSING: "Put a colon before the text.",
    What.WHICH_DETAILS: "I could not read “{word}”, so nothing was recorded. Before the colon it is:"
    " evidence with a whole address, https://example.org/minutes; decided by the Commissioner on 4 March.",
    What.LEFT_OVER: "I did not understand “{word}” in this command.",
    What.WHICH_FORMAT: f"There is no account as “{{word}}”. It can be {words.either(list(Format))}.",
    What.WHICH_DATE: "Say until which day, and then why.",
    What.WHO_REPORTED: "Say who reported, and on which day.",
    What.WHICH_REPORT_IS_MEANT: "Say which report, by the word it goes by.",
    What.WHICH_DAY: "Say by which day.",
    What.WHICH_ADDRESS: "Give the whole address where the response was published; it begins with https://.",
    What.AWAY_UNTIL: "Say until which day you are away, a day after today.",
    What.WHICH_REPORT: "Say what to add: a report, or a recommendation in a report that is there.",
    What.WHICH_LETTER: "Say which report the letter answers.",
    What.WHICH_RETURN: "Say which body the form is for.",
    What.WHICH_WORDS: "Say which words to look for.",
    What.WHICH_UPDATE: "Say which update, by its number: the history shows it.",
    What.WHICH_GROUND: f"Say on which ground: {words.either(list(Ground))}.",
    What.NOT_A_DATE: "I could not read “{word}” as a date.",
    What.WHICH_PERSON: "Name a person with @, as Slack suggests them.",
    What.ONE_PERSON: "Name one person at a time here.",
    What.TOO_MANY_PEOPLE: "Name at most 6 people at a time here. /recs import takes a longer list.",
    What.WHICH_ROLE: "Say which role: a body's name for a contact, or coordinator.",
    What.WHICH_SUBJECT: "Say what: a recommendation, a body, a region or a report.",
    What.ONE_SUBJECT: "Name one at a time here: a recommendation, a body, a region or a report.",
    What.WHICH_CHANNEL: "Choose the channel from the list that Slack shows as you type #.",
    What.ONE_BY_ONE: "{word} is a region, and a contact's role is for one body: name them one by one."
    " /recs {word} shows which they are.",
}


def _said_plainly(refusal: SaidPlainly, context: RefusalContext) -> Wording:
    options = tuple(Choice(from_slack(command), command) for command in refusal.commands)
    options = tuple(map(saying_what_it_does, options))
    match refusal.understood:
        case Offered():
            return offer(refusal.commands)
        case Asked(about=about):
            return _asked(about, options)
        case NotAnswered(why=why, bodies=bodies):
            return _not_answered(why, bodies, options, context)
        case _:
            assert_never(refusal.understood)


# More choices than that are no help; the others can be said.
_MOST_CHOICES = 10


def _asked(about: About, options: tuple[Choice, ...]) -> Wording:
    further = len(options) - _MOST_CHOICES
    if not options:
        return Wording(_WHICH[about], "Please say it again with its name.")
    if further > 0:
        then = f"There are {further} more: say it again with its name."
        return Wording(_WHICH[about], then, options=options[:_MOST_CHOICES])
    return Wording(_WHICH[about], options=options)


_WHICH = {
    About.RECOMMENDATION: "Which recommendation do you mean?",
    About.REPORT: "Several reports have that number. Which do you mean?",
    About.BODY: "Which policing body do you mean?",
    About.NAME: "Which do you mean?",
    About.DAY: "Which day do you mean?",
    About.ROLE: "For which policing body, or as coordinator?",
    About.QUESTION: "That is two questions. Which first?",
    About.STATE: "I can ask each of these by itself, and not at once. Which first?",
}
_KNOWS = "It knows how recommendations stand with each policing body, what is due, and who to ask."


def _not_answered(
    why: WhyNot, bodies: tuple[str, ...], options: tuple[Choice, ...], context: RefusalContext
) -> Wording:
    did_you_mean = f" {DID_YOU_MEAN}" if options else ""
    match why:
        case WhyNot.NOT_KNOWN:
            return Wording(f"recbot does not know that.{did_you_mean}", _KNOWS, options=options)
        case WhyNot.NOT_UNDERSTOOD:
            return Wording(f"I did not understand that.{did_you_mean}", HELP, options=options)
        case WhyNot.NOT_YOURS if bodies:
            names = words.both(bodies)
            first = f"Only {names}’s contacts can record for {names}. Nothing was recorded."
            return Wording(first, f"{context.who} can add you.", options=options)
        case WhyNot.NOT_YOURS:
            return Wording(
                "You cannot do that. Nothing was recorded.", f"{context.who} can help.", options=options
            )
        case WhyNot.NOT_CERTAIN:
            return Wording("I am not sure that it is so, so nothing was recorded.", options=options)
        case WhyNot.SMALL_TALK:
            return Wording("Ask me how a recommendation stands.", usage=context.example("/recs 15 kent"))
        case _:
            assert_never(why)


def _which_body(refusal: WhichBody, context: RefusalContext) -> Wording:
    options = refusal.options
    if refusal.as_text:
        options = (*options, Choice("None: it is all text", refusal.as_text))
    return _which(refusal.name, refusal.nearly, context.example(refusal.usage), options, "body")


def _which(name: str, nearly: bool, usage: str, options: Sequence[Choice], noun: str) -> Wording:
    if not options:
        return Wording(f"I do not know a {noun} “{name}”.", usage=usage)
    if nearly and len(options) > 1 and all(_begins(option.label, name) for option in options):
        return Wording(f"Several names begin with “{name}”. Which do you mean?", options=tuple(options))
    if nearly:
        return Wording(
            f"I could not tell which {noun} you mean by “{name}”. Did you mean … ?", options=tuple(options)
        )
    return Wording(f"“{name}” can mean more than one thing. Which do you mean?", options=tuple(options))


def _begins(label: str, name: str) -> bool:
    """Whether a word of a button begins so: "yorkshire" in North Yorkshire."""
    return f" {name.casefold()}" in f" {label.casefold()}"


def _which_meaning(refusal: WhichMeaning, context: RefusalContext) -> Wording:
    usage = context.example(refusal.usage)
    return _which(refusal.name, refusal.nearly, usage, refusal.options, "name")


def _which_report(refusal: WhichReport, context: RefusalContext) -> Wording:
    titles = [f"{key} {refusal.number}" for key in refusal.options]
    commands = refusal.commands or [with_report(context.typed, refusal.number, title) for title in titles]
    recordings = (saying_what_it_does(Choice(from_slack(text), text)) for text in refusal.recordings)
    return Wording(
        f"Which recommendation {refusal.number} do you mean: {words.either(titles)}?",
        options=(*recordings, *map(Choice, titles, commands)),
    )


def _unknown_recommendation(refusal: UnknownRecommendation) -> Wording:
    known = f"There are: {words.names(refusal.live)}." if refusal.live else "The register is empty."
    return Wording(f"There is no live recommendation {refusal.ref}.", known)


def _has_ended(refusal: HasEnded) -> Wording:
    """Word that recommendations have ended; each may be of another report."""
    return Wording(
        f"{words.capital(words.both([_ended(ended) for ended in refusal.ended]))}.",
        " ".join(
            f"{_why_ended(ended)}/recs {ended.recommendation} still shows it." for ended in refusal.ended
        ),
    )


def _ended(ended: Ended) -> str:
    return f"{ended.recommendation} was {ended.how}{f' on {words.day(ended.on)}' if ended.on else ''}"


def _why_ended(ended: Ended) -> str:
    texts = [ended.by, f"“{excerpt(ended.reason)}”" if ended.reason else ""]
    why = ": ".join(part for part in texts if part)
    return f"{why}. " if why else ""


def _not_a_date(refusal: NotADate) -> Wording:
    why = dates.what_is_wrong(refusal) or f"I could not read “{refusal.text}” as a date."
    return Wording(why, usage="/recs changes since 1 Mar 2025")
