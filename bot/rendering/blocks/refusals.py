"""Why not, in words: what was missing, what to do, who can help, and the person's own text back."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import singledispatch
from typing import assert_never

from bot.domain import refusals
from bot.domain.free_text import TextTooLong, for_slack, from_slack
from bot.domain.questions.account import Format
from bot.domain.questions.grammar.problems import Choice, NotUnderstood, What, WhichBody, WhichMeaning
from bot.domain.questions.grammar.reader import verb_of
from bot.domain.questions.grammar.samples import Sample
from bot.domain.questions.grammar.verbs import VERB_OF
from bot.domain.questions.plain_words.understanding import (
    About,
    Asked,
    NotAnswered,
    Offered,
    SaidPlainly,
    WhyNot,
)
from bot.domain.questions.question_answer import CannotBeAnswered, ListHasChanged, WhyUnanswered
from bot.domain.questions.sense import MakesNoSense, Why
from bot.domain.questions.written import canonical
from bot.domain.questions.written_dates import NotADate
from bot.domain.refusals import Refusal
from bot.domain.register.addressee import Answer, BlockedOnWhat, NotComplete, NothingToReopen
from bot.domain.register.guard import MayIdentify
from bot.domain.register.imports import NotImportable
from bot.domain.register.redaction import Ground
from bot.domain.register.state_words import STAGES
from bot.domain.register.update import UNDO_WINDOW, excerpt
from bot.rendering import dates, terms, words
from bot.rendering.blocks.buttons import choose, correct, fits_on_a_button
from bot.rendering.blocks.questions.conditions import not_held
from bot.rendering.blocks.questions.lists import written
from bot.rendering.blocks.recording.guard import confirming, found_in_words
from bot.rendering.limits import shortened
from bot.rendering.mrkdwn import cut, escaped, unescaped
from bot.rendering.screen import SECTION, Block, Screen, actions, as_written, screen

# Of what was typed, as many sections and bytes as leave room for the rest of the screen.
_SECTIONS_OF_TEXT = 2
_SIZE_OF_TEXT = 40_000
# Of a command that stands in a sentence instead of on a button, in characters.
_SHORT_COMMAND = 60


@dataclass(frozen=True, slots=True)
class Help:
    """`typed` is the command as Slack sent it; `coordinators` are names; `named` is what examples name."""

    typed: str
    coordinators: tuple[str, ...] = ()
    named: Sample = field(default_factory=Sample)

    @property
    def who(self) -> str:
        """Who can help, as the subject of a sentence."""
        return words.either(self.coordinators[:3]) or "A coordinator of the association"


@dataclass(frozen=True, slots=True)
class Words:
    """The first sentence, more sentences, the right form to copy, and buttons.

    `if_none_records` is the first sentence where none of the buttons that record is for the reader."""

    first: str
    then: str = ""
    usage: str = ""
    options: tuple[Choice, ...] = ()
    buttons: tuple[Block, ...] = ()
    if_none_records: str = ""

    @property
    def commands(self) -> tuple[str, ...]:
        """What the reader is offered to type or to press."""
        return tuple(filter(None, (self.usage, *(option.command for option in self.options))))

    def that_work(self, working: Collection[str]) -> "Words":
        """The same without what would be refused to the reader."""
        options = tuple(option for option in self.options if option.command in working or not option.command)
        usage = self.usage if self.usage in working else ""
        first, then = self.first, self.then
        if self.if_none_records and not any(map(_records, options)):
            first = self.if_none_records
        if self.options and not options:
            first = first.removesuffix(f" {_DID_YOU_MEAN}")
            meant = words.either([option.label for option in self.options[:_OFFERED]])
            then = f"It may mean {meant}, but that would be refused to you."
        if not (options or usage or then) and self.commands:
            then = _HELP
        return replace(self, first=first, then=then, usage=usage, options=options)


# How many of the things that may be meant are named in a sentence.
_OFFERED = 3
_DID_YOU_MEAN = "Did you mean … ?"
_HELP = "/recs help shows all that can be typed."


def refused(refusal: Refusal, help_: Help) -> Screen:
    return shown(in_words(refusal, help_), help_)


def shown(said: Words, help_: Help) -> Screen:
    rest = [said.then] if said.then else []
    if said.usage:
        rest.append(f"For example: {said.usage}")
    commands = [option for option in said.options if option.command]
    offered = choose(said.options)
    if len(offered) < len(commands):
        labels = [unescaped(cut(option.label, _SHORT_COMMAND)) for option in commands]
        rest.append(f"The text is too long for buttons. It may be meant as: {words.names(labels)}.")
    return screen(
        said.first,
        *written(rest),
        actions(*offered, *said.buttons),
        *typed_back(help_.typed),
    )


def typed_back(typed: str) -> list[Block]:
    """What was typed, so that it can be copied; nothing when nothing was."""
    text = from_slack(typed)
    if not text:
        return []
    first, *others = _pieces(text)
    return [as_written(first, "You typed: "), *(as_written(piece) for piece in others)]


def _pieces(text: str) -> list[str]:
    """Cut where Slack's limit asks for it; each `&` counts as the five characters it is sent as."""
    shown = unescaped(shortened(escaped(text), _SECTIONS_OF_TEXT * SECTION, _SIZE_OF_TEXT))
    pieces: list[str] = [""]
    size = len("You typed: ")
    for character in shown:
        size += len(escaped(character))
        if size > SECTION:
            pieces.append("")
            size = len(escaped(character))
        pieces[-1] += character
    if shown != text or len(pieces) > _SECTIONS_OF_TEXT:
        return [*pieces[:_SECTIONS_OF_TEXT], "… The rest was too long to show."]
    return pieces


@singledispatch
def in_words(refusal: Refusal, help_: Help) -> Words:
    return Words("That cannot be done.", f"{help_.who} can help.")


@in_words.register
def _(refusal: refusals.CannotSee, help_: Help) -> Words:
    return Words(
        "You cannot see the register yet.",
        "Guests and people of other organisations need a role first. " + f"{help_.who} can grant you one.",
    )


@in_words.register
def _(refusal: refusals.NotReachable, help_: Help) -> Words:
    return Words(
        "I could not find out who you are, so nothing was done.",
        "Slack did not answer. Please try again in a minute.",
    )


@in_words.register
def _(refusal: refusals.TooMuchAtOnce, help_: Help) -> Words:
    return Words("That is a lot at once: please wait a minute.", "Nothing was saved.")


@in_words.register
def _(refusal: refusals.TooManyFiles, help_: Help) -> Words:
    if refusal.theirs:
        return Words("Your last files are still being made.", "Please ask again when one has arrived.")
    return Words("recbot is making other files.", "Please ask again in a few minutes.")


@in_words.register
def _(refusal: refusals.NotACoordinator, help_: Help) -> Words:
    return Words("Only coordinators can do this.", f"{help_.who} can do it for you.")


@in_words.register
def _(refusal: refusals.NotAContactOf, help_: Help) -> Words:
    own = words.both(refusal.speaks_for)
    if not refusal.body_name:
        return Words(
            "Only contacts can record, and you are not a contact of any body yet.",
            f"{help_.who} can add you.",
        )
    yours = f"You are a contact of {own}." if own else "You are not a contact of any body yet."
    return Words(
        f"Only {refusal.body_name}'s contacts can record for {refusal.body_name}.",
        f"{yours} {help_.who} can add you.",
    )


@in_words.register
def _(refusal: refusals.ReasonRequired, help_: Help) -> Words:
    about = _about(refusal.recommendation_id, refusal.body_name)
    later = words.short_day(help_.named.later) if help_.named.later else ""
    usage = _with_reason(refusal.answer).format(about=about, later=later)
    if refusal.answer == "withdraw":
        usage = help_.named.example("withdraw", usage)
    return Words(
        f"{_NAMED.get(refusal.answer, f'“{words.capital(refusal.answer)}”')} needs a reason,"
        " so nothing was recorded.",
        usage=usage,
    )


_NAMED = {"extend": "More time", "reopen": "Reopening", "withdraw": "Withdrawing", "refuse": "Refusing"}
# An extension is refused in a form, beside whose field a command would be out of place.
_WITH_REASON = {
    "extend": "/recs extend {about} {later}: the provider starts in April",
    "reopen": "/recs reopen {about}: the second contract has lapsed",
    "withdraw": "/recs withdraw 15: the inspectorate has closed it",
}


def _with_reason(what: str) -> str:
    """How a reason is given for a response, or for what else needs one."""
    if what not in tuple(Answer):
        return _WITH_REASON.get(what, "")
    answer = Answer(what)
    match answer:
        case Answer.ACCEPTED_IN_PART:
            return "/recs partly {about}: why"
        case Answer.NOT_ACCEPTED:
            return "/recs decline {about}: why"
        case Answer.ACCEPTED | Answer.AWAITING:
            return ""
    assert_never(answer)


def _about(recommendation_id: str, body_name: str) -> str:
    """stalking 15 kent: what was meant, as it is typed. Whoever may record for it may also name the body."""
    return f"{_title(recommendation_id)} {body_name.lower()}"


def _title(recommendation_id: str) -> str:
    """Stalking 15, from its id."""
    return " ".join(recommendation_id.rsplit("-", 1))


@in_words.register
def _(refusal: NotComplete, help_: Help) -> Words:
    title, body = _title(refusal.recommendation_id), refusal.body_name
    if not refusal.stage.facts.is_bodys_word:
        return Words(f"{words.capital(title)} is checked for {body} already.")
    return Words(
        f"{body} has not called {title} complete, so there is nothing to check.",
        f"It says: {terms.stage(refusal.stage)}.",
    )


@in_words.register
def _(refusal: NothingToReopen, help_: Help) -> Words:
    title, stands = _title(refusal.recommendation_id), terms.stage(refusal.stage)
    return Words(
        f"{words.capital(title)} is not complete for {refusal.body_name}: it is {stands}.",
        "Only what is complete, or checked by the association, can be reopened.",
    )


@in_words.register
def _(refusal: refusals.DateNotLater, help_: Help) -> Words:
    about = f"{words.capital(_title(refusal.recommendation_id))}, {refusal.body_name}"
    if refusal.due_on is None:
        return Words(f"{about}: there is no deadline to extend.")
    return Words(
        f"{about}: it is due {words.day(refusal.due_on)}, and the new date must be later.",
        "Nothing was changed.",
    )


@in_words.register
def _(refusal: refusals.AskedAlready, help_: Help) -> Words:
    return Words(
        f"{refusal.body_name} has asked for more time on {refusal.recommendation} already:"
        f" until {words.day(refusal.until)}.",
        f"It waits for a decision; {help_.who} can decide it. /recs undo takes your own request back"
        f" within {UNDO_WINDOW}.",
    )


@in_words.register
def _(refusal: refusals.NothingToDecide, help_: Help) -> Words:
    return Words("There is nothing to decide: the request was taken back.")


@in_words.register
def _(refusal: refusals.NoSuccessor, help_: Help) -> Words:
    return Words(
        f"{words.capital(refusal.recommendation)} cannot be superseded by {refusal.successor}.",
        "It takes another recommendation that is live.",
    )


@in_words.register
def _(refusal: refusals.DayToCome, help_: Help) -> Words:
    return Words(
        f"{words.day(refusal.day)} is still to come, so nobody knows how it will stand.",
        "Ask for today or an earlier day.",
    )


@in_words.register
def _(refusal: CannotBeAnswered, help_: Help) -> Words:
    texts = list(dict.fromkeys(map(canonical, refusal.nearest)))
    ask_instead = " Ask instead:" if texts else ""
    return Words(
        f"{_why_unanswered(refusal)}{ask_instead}",
        options=tuple(Choice(text, for_slack(text)) for text in texts),
    )


def _why_unanswered(refusal: CannotBeAnswered) -> str:
    match refusal.why:
        case WhyUnanswered.NOT_RECORDED:
            return f"Nothing is recorded of {not_held(refusal.conditions)}, so that cannot be answered."
        case WhyUnanswered.NOT_OF_THE_PAST:
            return "That is known as it is today, and not as it was on an earlier day."
        case WhyUnanswered.PART:
            return "Bodies cannot be listed by a part of a recommendation."
        case WhyUnanswered.SHAPE:
            return "That cannot be shown in this form."
        case WhyUnanswered.SEVERAL:
            return "That is shown of one thing at a time."
        case _:
            assert_never(refusal.why)


@in_words.register
def _(refusal: ListHasChanged, help_: Help) -> Words:
    return Words(
        "The list has changed since it was shown, so nothing was done with it.",
        "Look at it again first.",
        options=(Choice(refusal.typed, for_slack(refusal.typed)),),
    )


@in_words.register
def _(refusal: refusals.NotPublishedYet, help_: Help) -> Words:
    published = words.day(refusal.published_on)
    return Words(
        f"{words.capital(refusal.subject)} was published on {published}, so as at {words.day(refusal.day)}"
        " there is nothing to show.",
        f"Ask for {published} or a later day.",
    )


@in_words.register
def _(refusal: refusals.NoSuchBodyThen, help_: Help) -> Words:
    first, last = refusal.first_day, refusal.last_day
    began = f"It began on {words.day(first)}." if first and refusal.day < first else ""
    ended = f"Its last day was {words.day(last)}." if last and refusal.day > last else ""
    return Words(f"{refusal.body_name} was not a policing body on {words.day(refusal.day)}.", began or ended)


@in_words.register
def _(refusal: BlockedOnWhat, help_: Help) -> Words:
    return Words(
        f"{terms.what_it_waits_on(refusal.stage)}; nothing was recorded yet.",
        usage=f"/recs progress {_about(refusal.recommendation_id, refusal.body_name)} {refusal.stage}:"
        " no provider has bid yet",
    )


@in_words.register
def _(refusal: refusals.TextRequired, help_: Help) -> Words:
    about = _about(refusal.recommendation_id, refusal.body_name)
    return Words(
        "There is no text to record yet.", usage=f"/recs {refusal.verb} {about}: we met the provider"
    )


@in_words.register
def _(refusal: refusals.BodyRequired, help_: Help) -> Words:
    yours = f"You speak for {words.both(refusal.options)}. " if refusal.options else ""
    verb = verb_of(help_.typed) or VERB_OF["accept"]
    named = replace(help_.named, body=refusal.options[0].lower()) if refusal.options else help_.named
    return Words(
        "Say for which body; nothing was recorded yet.",
        f"{yours}Put its name after the number.",
        usage=named.example(verb.name, verb.usage),
    )


@in_words.register
def _(refusal: refusals.UnknownRecommendation, help_: Help) -> Words:
    known = f"There are: {words.names(refusal.live)}." if refusal.live else "The register is empty."
    return Words(f"There is no live recommendation {refusal.asked}.", known)


@in_words.register
def _(refusal: refusals.HasEnded, help_: Help) -> Words:
    """Each may be of another report."""
    return Words(
        f"{words.capital(words.both([_ended(ended) for ended in refusal.ended]))}.",
        " ".join(
            f"{_why_ended(ended)}/recs {ended.recommendation} still shows it." for ended in refusal.ended
        ),
    )


def _ended(ended: refusals.Ended) -> str:
    return f"{ended.recommendation} was {ended.how}{f' on {words.day(ended.on)}' if ended.on else ''}"


def _why_ended(one: refusals.Ended) -> str:
    texts = [one.by, f"“{excerpt(one.reason)}”" if one.reason else ""]
    why = ": ".join(part for part in texts if part)
    return f"{why}. " if why else ""


@in_words.register
def _(refusal: refusals.WhichReport, help_: Help) -> Words:
    titles = [f"{key} {refusal.number}" for key in refusal.options]
    return Words(
        f"Which recommendation {refusal.number} do you mean: {words.either(titles)}?",
        options=tuple(Choice(title, with_report(help_.typed, refusal.number, title)) for title in titles),
    )


def with_report(typed: str, number: str, title: str) -> str:
    """The command with the report named where only the number stood: `#15`, `rec no. 15` or `15`, but not
    115 or 15.1."""
    before = r"(?:(?:#|r(?:ec(?:ommendation)?s?)?\.?|nos?\.?|numbers?)\s*){0,2}"
    alone = rf"(?<![\w-])(?<!\d\.){before}0*{re.escape(number)}(?!\w|\.\d)"
    return re.sub(alone, lambda _: title, typed, count=1, flags=re.IGNORECASE)


@in_words.register
def _(refusal: refusals.NotAddressed, help_: Help) -> Words:
    return Words(f"{words.capital(refusal.recommendation)} is not addressed to {refusal.body_name}.")


@in_words.register
def _(refusal: refusals.NothingToRecord, help_: Help) -> Words:
    if refusal.speaks_for:
        own = words.either(refusal.speaks_for)
        return Words(
            f"Nothing can be recorded yet: no recommendation is addressed to {own}.",
            f"{help_.who} can say when one is.",
        )
    return Words(
        "Nothing can be recorded yet: there is no recommendation.",
        "Type /recs add report to add one with its recommendations, or import them with recbot import.",
    )


@in_words.register
def _(refusal: refusals.NoBodies, help_: Help) -> Words:
    return Words(
        "No recommendation can be added yet: there are no policing bodies to address it to.",
        "Whoever runs recbot adds them from a file with recbot import.",
    )


@in_words.register
def _(refusal: refusals.BodyEnded, help_: Help) -> Words:
    return Words(
        f"{refusal.body_name} has ended, and its open duties have passed on to its successor.",
        "Nothing was recorded. What it did stays in the history.",
    )


@in_words.register
def _(refusal: refusals.NotRecordable, help_: Help) -> Words:
    return Words(
        f"{words.capital(refusal.recommendation)} is the association's own, so no body answers it.",
        f"It rests on the answers to {words.both(refusal.derived_from)}.",
    )


@in_words.register
def _(refusal: refusals.Withdrawn, help_: Help) -> Words:
    return Words(f"{words.capital(refusal.recommendation)} has ended, so nothing more is recorded for it.")


@in_words.register
def _(refusal: refusals.InternalFormRefused, help_: Help) -> Words:
    if not refusal.speaks_for:
        return Words(
            "The internal form is for coordinators, and for a body's contacts about that body.",
            "The published form holds all that may be quoted.",
            "/recs export",
        )
    return Words(
        f"You can have the internal form of {words.either(refusal.speaks_for)} alone.",
        f"{help_.who} can have it of all bodies. The published form holds all that may be quoted.",
        f"/recs export {refusal.speaks_for[0]} internal",
    )


@in_words.register
def _(refusal: refusals.NothingToUndo, help_: Help) -> Words:
    return Words(
        "You have nothing to take back.", f"Only your own last recording can be undone, within {UNDO_WINDOW}."
    )


@in_words.register
def _(refusal: refusals.TooLateToUndo, help_: Help) -> Words:
    return Words(
        f"Your last recording is more than {UNDO_WINDOW} old, so it stays.",
        f"You recorded it on {words.moment(refusal.recorded_at)}. Record what is right now:"
        " both stay in the history.",
        buttons=tuple(map(correct, refusal.correctable)),
    )


@in_words.register
def _(refusal: refusals.NotYours, help_: Help) -> Words:
    return Words("Only the person who recorded this can take it back or correct it.")


@in_words.register
def _(refusal: refusals.NothingToCorrect, help_: Help) -> Words:
    return Words("There is nothing to correct: it was taken back, or its words were erased.")


@in_words.register
def _(refusal: MayIdentify, help_: Help) -> Words:
    findings = [finding for findings in refusal.findings.values() for finding in findings]
    command = confirming(help_.typed, refusal.texts.get("", ""))
    head = from_slack(command).partition(" no victim: ")[0]
    fits = fits_on_a_button(command)
    how = "" if fits else ": type it again with “no victim” before the colon, or use /recs update"
    return Words(
        f"Nothing was recorded yet: this looks like {found_in_words(findings)}.",
        f"Write it in other words, or confirm that no victim can be identified{how}.",
        usage=f"/recs {head} no victim: text" if head else "",
        options=(Choice("No victim can be identified", command),) if fits else (),
    )


@in_words.register
def _(refusal: refusals.ChangedSince, help_: Help) -> Words:
    by = refusal.by or "Somebody"
    return Words(
        f"{by} has recorded something newer for {refusal.body_name} on {refusal.recommendation},"
        " so nothing was undone.",
        f"See /recs {refusal.recommendation} {refusal.body_name} for what stands now.",
    )


@in_words.register
def _(refusal: refusals.NothingToQuote, help_: Help) -> Words:
    return Words("There is no text to quote: it was taken back.")


@in_words.register
def _(refusal: refusals.NothingToErase, help_: Help) -> Words:
    return Words(
        f"Update {refusal.seq} has no words that can be erased.",
        "There is no such update, or its words were erased before, or it never had any of its own.",
    )


@in_words.register
def _(refusal: refusals.UnknownPerson, help_: Help) -> Words:
    return Words(
        f"Slack knows nobody active as {refusal.name}.",
        "Pick the person from the list that Slack shows after @.",
    )


@in_words.register
def _(refusal: refusals.NotAPerson, help_: Help) -> Words:
    return Words(
        f"{refusal.name} is an app, not a person, so nothing was changed.",
        "Pick a person from the list that Slack shows after @.",
    )


@in_words.register
def _(refusal: refusals.HasLeftSlack, help_: Help) -> Words:
    return Words(
        f"{refusal.person} has left Slack, so nothing was changed.",
        "Pick somebody from the list that Slack shows after @.",
    )


@in_words.register
def _(refusal: refusals.AlreadyGranted, help_: Help) -> Words:
    return Words(f"{refusal.person} is {refusal.role} already.")


@in_words.register
def _(refusal: refusals.NothingToRevoke, help_: Help) -> Words:
    return Words(f"{refusal.person} is not {refusal.role}.", "/recs contacts lists who is.")


@in_words.register
def _(refusal: refusals.AlwaysCoordinator, help_: Help) -> Words:
    return Words(
        f"{refusal.person} is a coordinator by recbot's settings.",
        "Whoever runs recbot can take the name out of RECBOT_COORDINATORS.",
    )


@in_words.register
def _(refusal: refusals.NoContact, help_: Help) -> Words:
    return Words(
        f"{refusal.body_name} has no contact who could be asked, so nobody was.",
        "Grant somebody the role first: on Home, or with /recs grant.",
    )


@in_words.register
def _(refusal: refusals.OnlyContact, help_: Help) -> Words:
    return Words(
        f"Nobody else is reminded of what {refusal.body_name} owes, so your reminders go on.",
        f"{help_.who} can add another contact.",
    )


@in_words.register
def _(refusal: refusals.LastContact, help_: Help) -> Words:
    command = f"{help_.typed} anyway"
    return Words(
        f"{refusal.person} is {refusal.body_name}'s last contact, so nothing was changed.",
        "Grant somebody else first, or revoke all the same: nobody would then be reminded.",
        options=(Choice("Revoke all the same", command),),
    )


@in_words.register
def _(refusal: NotImportable, help_: Help) -> Words:
    return Words(refusal.text)


@in_words.register
def _(refusal: TextTooLong, help_: Help) -> Words:
    return Words(
        f"The text is too long: {refusal.length:,} characters of at most {refusal.limit:,}.",
        "Nothing was recorded. Please shorten it, or record it in two notes.",
    )


@in_words.register
def _(refusal: NotADate, help_: Help) -> Words:
    why = dates.what_is_wrong(refusal) or f"I could not read “{refusal.text}” as a date."
    return Words(why, usage="/recs changes since 1 Mar 2025")


@in_words.register
def _(refusal: WhichBody, help_: Help) -> Words:
    options = refusal.options
    if refusal.as_text:
        options = (*options, Choice("None: it is all text", refusal.as_text))
    return _which(refusal.name, refusal.nearly, _example(help_, refusal.usage), options, "body")


@in_words.register
def _(refusal: WhichMeaning, help_: Help) -> Words:
    usage = _example(help_, refusal.usage)
    return _which(refusal.name, refusal.nearly, usage, refusal.options, "name")


def _which(name: str, nearly: bool, usage: str, options: Sequence[Choice], what: str) -> Words:
    if not options:
        return Words(f"I do not know a {what} “{name}”.", usage=usage)
    if nearly and len(options) > 1 and all(_begins(option.label, name) for option in options):
        return Words(f"Several names begin with “{name}”. Which do you mean?", options=tuple(options))
    if nearly:
        return Words(
            f"I could not tell which {what} you mean by “{name}”. Did you mean … ?", options=tuple(options)
        )
    return Words(f"“{name}” can mean more than one thing. Which do you mean?", options=tuple(options))


def _begins(label: str, name: str) -> bool:
    """Whether a word of a button begins so: "yorkshire" in North Yorkshire."""
    return f" {name.casefold()}" in f" {label.casefold()}"


@in_words.register
def _(refusal: NotUnderstood, help_: Help) -> Words:
    first = _NOT_UNDERSTOOD[refusal.what].format(word=refusal.word)
    then = _DID_YOU_MEAN if refusal.suggestions else _HELP
    options = tuple(map(_saying_what_it_does, refusal.suggestions))
    asks = refusal.what in (What.VERB_FIRST, What.NOT_STARTED)
    # How to record it would be the opposite of what is asked, denied or doubted.
    doubted = asks or refusal.what in (What.QUESTION, What.NOT_CERTAIN)
    return Words(
        first,
        then,
        usage="" if doubted else _example(help_, refusal.usage),
        options=options,
        if_none_records="You can see how it stands, but not record it. Nothing was recorded." if asks else "",
    )


@in_words.register
def _(refusal: MakesNoSense, help_: Help) -> Words:
    options = tuple(Choice(text, for_slack(text)) for text in map(canonical, refusal.nearest))
    did_you_mean = f" {_DID_YOU_MEAN}" if options else ""
    return Words(f"{_NO_SENSE[refusal.why]}{did_you_mean}", options=options)


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
    Why.TWO_SCOPES: "These are two questions.",
}


@in_words.register
def _(refusal: SaidPlainly, help_: Help) -> Words:
    options = tuple(Choice(from_slack(command), command) for command in refusal.commands)
    options = tuple(map(_saying_what_it_does, options))
    match refusal.understood:
        case Offered():
            which = "the button" if len(options) == 1 else "a button"
            return Words(
                f"Nothing is done until you press {which}.",
                options=options,
                if_none_records="You can see how it stands, but not record it. Nothing was recorded.",
            )
        case Asked(about=about):
            return Words(
                _WHICH[about], "" if options else "Please say it again with its name.", options=options
            )
        case NotAnswered(why=why, bodies=bodies):
            return _not_answered(why, bodies, options, help_)
        case _:
            assert_never(refusal.understood)


_WHICH = {
    About.RECOMMENDATION: "Which recommendation do you mean?",
    About.REPORT: "Several reports have that number. Which do you mean?",
    About.BODY: "Which policing body do you mean?",
    About.NAME: "Which do you mean?",
    About.DAY: "Which day do you mean?",
    About.ROLE: "For which policing body, or as coordinator?",
}
_KNOWS = "It knows how recommendations stand with each policing body, what is due, and who to ask."


def _not_answered(why: WhyNot, bodies: tuple[str, ...], options: tuple[Choice, ...], help_: Help) -> Words:
    did_you_mean = f" {_DID_YOU_MEAN}" if options else ""
    match why:
        case WhyNot.NOT_KNOWN:
            return Words(f"recbot does not know that.{did_you_mean}", _KNOWS, options=options)
        case WhyNot.NOT_UNDERSTOOD:
            return Words(f"I did not understand that.{did_you_mean}", _HELP, options=options)
        case WhyNot.NOT_YOURS if bodies:
            whose = words.both(bodies)
            first = f"Only {whose}’s contacts can record for {whose}. Nothing was recorded."
            return Words(first, f"{help_.who} can add you.", options=options)
        case WhyNot.NOT_YOURS:
            return Words(
                "You cannot do that. Nothing was recorded.", f"{help_.who} can help.", options=options
            )
        case WhyNot.NOT_CERTAIN:
            return Words("I am not sure that it is so, so nothing was recorded.", options=options)
        case WhyNot.SMALL_TALK:
            return Words("Ask me how a recommendation stands.", usage=_example(help_, "/recs 15 kent"))
        case _:
            assert_never(why)


def _example(help_: Help, usage: str) -> str:
    """The right form with what there is in the register."""
    verb = verb_of(usage)
    return help_.named.example(verb.name if verb else "status", usage)


def _records(option: Choice) -> bool:
    verb = verb_of(option.command)
    return verb is not None and verb.writes


def _saying_what_it_does(option: Choice) -> Choice:
    """A button that records says so."""
    verb = verb_of(option.command)
    if option.label.startswith("Record: ") or verb is None or not verb.writes or verb.name == "digest":
        return option
    if verb.opens_form:
        return option._replace(label=f"Open the form: {option.label}")
    return option._replace(label=f"{_DOES.get(verb.name, 'Record')}: {option.label}")


_DOES = {"remind": "Send", "redact": "Erase", "grant": "Grant", "revoke": "Revoke", "undo": "Take back"}


_NOT_UNDERSTOOD = {
    What.UNKNOWN_VERB: "I do not know “{word}”.",
    What.VERB_FIRST: "Do you want to record that, or see how it stands? Nothing was recorded.",
    What.QUESTION: "That is a question, so nothing was recorded.",
    What.NOT_CERTAIN: "Because of “{word}” I am not sure what is meant, so nothing was recorded.",
    What.NOT_STARTED: "Do you want to record that {word}, or see who has not?",
    What.UNKNOWN_NAME: "I know no recommendation, body, region or report called “{word}”.",
    What.WHICH_RECOMMENDATION: "Say which recommendation, by its number.",
    What.ONE_RECOMMENDATION: "Name one recommendation at a time here.",
    What.ONE_BODY: "Name one body at a time here.",
    What.WHICH_STAGE: f"Say how far it is: {words.either([*dict.fromkeys(STAGES.values())])}.",
    What.NO_TEXT_TAKEN: "“Accept” takes no text: “{word}” was left over, and nothing was recorded.",
    What.COLON_MISSING: "Put a colon before the text.",
    What.LEFT_OVER: "I did not understand “{word}” in this command.",
    What.WHICH_FORMAT: f"There is no account as “{{word}}”. It can be {words.either(list(Format))}.",
    What.WHICH_DATE: "Say until which day, and then why.",
    What.WHICH_REPORT: "Say what to add: a report, or a recommendation in a report that is there.",
    What.WHICH_WORDS: "Say which words to look for.",
    What.WHICH_UPDATE: "Say which update, by its number: the history shows it.",
    What.WHICH_GROUND: f"Say on which ground: {words.either(list(Ground))}.",
    What.NOT_A_DATE: "I could not read “{word}” as a date.",
    What.WHICH_PERSON: "Name a person with @, as Slack suggests them.",
    What.ONE_PERSON: "Name one person at a time here.",
    What.WHICH_ROLE: "Say which role: a body's name for a contact, or coordinator.",
    What.ONE_BY_ONE: "{word} is a region, and a contact's role is for one body: name them one by one."
    " /recs {word} shows which they are.",
}
