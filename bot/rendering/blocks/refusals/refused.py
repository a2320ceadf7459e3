"""Why not, as a screen: what was missing, what to do, who can help, and the person's own text back.

The words stand in the rooms beside this file, by what is refused. A new refusal joins the union of its room,
and the type checker then asks there for its words."""

import json
from collections.abc import Mapping

from bot.domain.free_text import from_slack
from bot.domain.questions.grammar.problems import Choice
from bot.domain.refusals.refusal import Refusal
from bot.domain.values import replace
from bot.rendering import words
from bot.rendering.blocks.buttons import choose
from bot.rendering.blocks.questions.lists import written
from bot.rendering.blocks.recording.lacking_text import LacksText, asks_first
from bot.rendering.blocks.refusals import (
    addressees,
    approval,
    commands,
    deadlines,
    details,
    endings,
    imports,
    parties,
    parts,
    people,
    published_responses,
    questions,
    recording,
    request,
    taking_back,
)
from bot.rendering.blocks.refusals.wording import DID_YOU_MEAN, HELP, RefusalContext, Wording
from bot.rendering.limits import shortened
from bot.rendering.mrkdwn import cut, escaped, unescaped
from bot.rendering.screen import SECTION, Block, Screen, actions, as_written, screen

# Of what was typed, as many sections and bytes as leave room for the rest of the screen.
_SECTIONS_OF_TEXT = 2
_SIZE_OF_TEXT = 40_000
# Of a command that stands in a sentence instead of on a button, in characters.
_SHORT_COMMAND = 60
# Of a command in what a form carries, whose room is 3000 characters.
_COMMAND_IN_A_FORM = 1_500
# How many reasons are given why nothing can be recorded.
_REASONS = 3
_VERB_FIRST = "Begin with the verb to record something: /recs help shows how."


def refused(refusal: Refusal, context: RefusalContext) -> Screen:
    return shown(in_words(refusal, context), context)


def in_words(refusal: Refusal, context: RefusalContext) -> Wording:
    """Find the words of a refusal. Those that a form shows beside a field have none here but the last."""
    return (
        _of_asking(refusal, context)
        or _of_recording(refusal, context)
        or Wording("That cannot be done.", f"{context.who} can help.")
    )


def _of_asking(refusal: Refusal, context: RefusalContext) -> Wording | None:
    """Word what is refused before it is known what would be recorded, or whoever asks."""
    if isinstance(refusal, request.RequestRefusal):
        return request.wording(refusal, context)
    if isinstance(refusal, commands.CommandRefusal):
        return commands.wording(refusal, context)
    if isinstance(refusal, questions.QuestionRefusal):
        return questions.wording(refusal, context)
    if isinstance(refusal, addressees.AddresseeRefusal):
        return addressees.wording(refusal, context)
    if isinstance(refusal, people.PeopleRefusal):
        return people.wording(refusal, context)
    if isinstance(refusal, imports.ImportRefusal):
        return imports.wording(refusal)
    return None


def _of_recording(refusal: Refusal, context: RefusalContext) -> Wording | None:
    """Word what the register does not take as it stands."""
    if isinstance(refusal, recording.RecordingRefusal):
        return recording.wording(refusal, context)
    if isinstance(refusal, parts.PartRefusal):
        return parts.wording(refusal, context)
    if isinstance(refusal, details.DetailsRefusal):
        return details.wording(refusal)
    if isinstance(refusal, deadlines.DeadlineRefusal):
        return deadlines.wording(refusal, context)
    if isinstance(refusal, approval.ApprovalRefusal):
        return approval.wording(refusal, context)
    if isinstance(refusal, parties.PartyRefusal):
        return parties.wording(refusal)
    if isinstance(refusal, published_responses.PublishedResponseRefusal):
        return published_responses.wording(refusal)
    if isinstance(refusal, endings.EndingsRefusal):
        return endings.wording(refusal)
    if isinstance(refusal, taking_back.TakingBackRefusal):
        return taking_back.wording(refusal)
    return None


def as_it_can_be_used(wording: Wording, refusals: Mapping[str, Refusal], context: RefusalContext) -> Wording:
    """Leave out what would be refused to the reader, as `refusals` of the commands say.

    What lacks nothing but a text stays, and its button asks for it; where nothing stays, it is said why."""
    lacking = {
        command: refusal
        for command, refusal in refusals.items()
        if isinstance(refusal, LacksText) and _fits_in_a_form(command)
    }
    commands = wording.commands
    usable = wording.that_work([text for text in commands if text not in refusals or text in lacking])
    offered = [lacking[option.command] for option in usable.options if option.command in lacking]
    if offered:
        then = usable.then if wording.says_what_is_lacking else f"{usable.then} {asks_first(offered)}".strip()
        return replace(usable, then=then, lacking_text=frozenset(lacking))
    if usable.recordings or not wording.if_none_records or not context.may_record:
        return usable
    return _with_reasons(usable, [refusals[command] for command in wording.recordings], context)


def _fits_in_a_form(command: str) -> bool:
    return len(json.dumps(command)) <= _COMMAND_IN_A_FORM


def _with_reasons(wording: Wording, reasons: list[Refusal], context: RefusalContext) -> Wording:
    """Say to somebody who may record why nothing of it can be."""
    texts = list(dict.fromkeys(in_words(reason, context).first for reason in reasons)) or [_VERB_FIRST]
    then = in_words(reasons[0], context).then if reasons and len(texts) == 1 else "Nothing was recorded."
    if wording.options:
        then = f"{then.removesuffix(DID_YOU_MEAN).removesuffix(HELP).strip()} {DID_YOU_MEAN}".strip()
    return replace(wording, first=" ".join(texts[:_REASONS]), then=then)


def shown(wording: Wording, context: RefusalContext) -> Screen:
    texts = [wording.then] if wording.then else []
    if wording.usage:
        texts.append(f"For example: {wording.usage}")
    first, buttons = wording.first, choose(wording.options, lacking_text=wording.lacking_text)
    commands_offered = [option for option in wording.options if option.command]
    if len(buttons) < len(commands_offered):
        first = wording.if_too_long or first
        texts.append(_instead_of_buttons(wording, commands_offered))
    return screen(
        first,
        *written(texts),
        actions(*buttons, *wording.buttons),
        wording.menu,
        *typed_back(context.typed),
    )


def _instead_of_buttons(wording: Wording, options: list[Choice]) -> str:
    """Name in a sentence the commands whose text is too long for buttons."""
    if wording.if_too_long:
        beginnings = [_in_short(from_slack(option.command)) for option in options]
        return f"Write it after /recs: {words.either(beginnings)}"
    labels = [_in_short(option.label) for option in options]
    return f"The text is too long for buttons. It may be meant as: {words.names(labels)}."


def _in_short(text: str) -> str:
    return unescaped(cut(text, _SHORT_COMMAND))


def typed_back(typed: str) -> list[Block]:
    """Show what was typed, so that it can be copied; nothing where nothing was."""
    text = from_slack(typed)
    if not text:
        return []
    first, *others = _pieces(text)
    return [as_written(first, "You typed: "), *(as_written(piece) for piece in others)]


def _pieces(text: str) -> list[str]:
    """Cut where Slack's limit asks for it; each `&` counts as the five characters it is sent as."""
    shortened_text = unescaped(shortened(escaped(text), _SECTIONS_OF_TEXT * SECTION, _SIZE_OF_TEXT))
    pieces: list[str] = [""]
    size = len("You typed: ")
    for character in shortened_text:
        size += len(escaped(character))
        if size > SECTION:
            pieces.append("")
            size = len(escaped(character))
        pieces[-1] += character
    if shortened_text != text or len(pieces) > _SECTIONS_OF_TEXT:
        return [*pieces[:_SECTIONS_OF_TEXT], "… The rest was too long to show."]
    return pieces
