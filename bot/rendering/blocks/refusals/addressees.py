"""For whom nothing can be recorded, and on what."""

from typing import assert_never

from bot.domain.questions.grammar.problems import Choice, WhichBodyToRecordFor
from bot.domain.questions.grammar.reader import verb_of
from bot.domain.questions.grammar.unfinished import for_body
from bot.domain.questions.grammar.verbs import VERB_OF
from bot.domain.refusals.addressees import (
    BodyEnded,
    BodyRequired,
    NoBodies,
    NotAContactOf,
    NotAddressed,
    NotAnApproverOf,
    NothingIsOpen,
    NothingToRecord,
    NotRecordable,
    RecommendationEnded,
)
from bot.domain.values import replace
from bot.rendering import words
from bot.rendering.blocks.buttons import fits_on_a_button
from bot.rendering.blocks.recording import which_body
from bot.rendering.blocks.refusals.wording import RefusalContext, Wording

AddresseeRefusal = (
    NotAContactOf
    | NotAnApproverOf
    | BodyRequired
    | WhichBodyToRecordFor
    | NotAddressed
    | NotRecordable
    | RecommendationEnded
    | BodyEnded
    | NothingToRecord
    | NothingIsOpen
    | NoBodies
)


def wording(refusal: AddresseeRefusal, context: RefusalContext) -> Wording:
    match refusal:
        case NotAContactOf():
            return _not_a_contact_of(refusal, context)
        case NotAnApproverOf():
            return Wording(
                f"Only {refusal.body_name}'s approvers can decide this.",
                f"{context.who} can make you one.",
            )
        case BodyRequired():
            return _body_required(refusal, context)
        case WhichBodyToRecordFor():
            return _which_body(refusal)
        case NotAddressed():
            return Wording(
                f"{words.capital(refusal.recommendation)} is not addressed to {refusal.body_name}."
            )
        case NotRecordable():
            return Wording(
                f"{words.capital(refusal.recommendation)} is the association's own, so no body answers it.",
                f"It rests on the answers to {words.both(refusal.derived_from)}.",
            )
        case RecommendationEnded():
            return Wording(
                f"{words.capital(refusal.recommendation)} has ended, so nothing more is recorded for it."
            )
        case BodyEnded():
            heir = refusal.heir_name or "its successor"
            return Wording(
                f"{refusal.body_name} has ended, and its open duties have passed on to {heir}.",
                "Nothing was recorded. What it did stays in the history.",
            )
        case NothingToRecord():
            return _nothing_to_record(refusal, context)
        case NothingIsOpen():
            return Wording(
                f"{refusal.body_name} has nothing open, so there is no form to fill in.",
                "`/recs history` with its name shows what it answered and did.",
            )
        case NoBodies():
            return Wording(
                "No recommendation can be added yet: there are no policing bodies to address it to.",
                "Whoever runs recbot adds them from a file with recbot import.",
            )
        case _:
            assert_never(refusal)


def _not_a_contact_of(refusal: NotAContactOf, context: RefusalContext) -> Wording:
    own = words.both(refusal.speaks_for)
    if not refusal.body_name:
        return Wording(
            "Only contacts can record, and you are not a contact of any body yet.",
            f"{context.who} can add you.",
        )
    your_bodies = f"You are a contact of {own}." if own else "You are not a contact of any body yet."
    return Wording(
        f"Only {refusal.body_name}'s contacts can record for {refusal.body_name}.",
        f"{your_bodies} {context.who} can add you.",
    )


def _body_required(refusal: BodyRequired, context: RefusalContext) -> Wording:
    your_bodies = f"You speak for {words.both(refusal.options)}. " if refusal.options else ""
    verb = verb_of(context.typed) or VERB_OF["accept"]
    examples = (
        replace(context.example_names, body=refusal.options[0].lower())
        if refusal.options
        else context.example_names
    )
    return Wording(
        "Say for which body; nothing was recorded yet.",
        f"{your_bodies}Put its name after the number.",
        usage=examples.example(verb.name, verb.usage),
    )


# So few are buttons, more a menu.
_MOST_BUTTONS = 4


def _which_body(refusal: WhichBodyToRecordFor) -> Wording:
    first, unfinished, choices = "Which policing body do you mean?", refusal.unfinished, refusal.choices
    if not choices:
        return Wording(first, "It is addressed to none for which you can record.")
    commands = [for_body(unfinished, body.slug) for body in choices]
    if len(choices) <= _MOST_BUTTONS and all(map(fits_on_a_button, commands)):
        options = tuple(
            Choice(body.short_name, command) for body, command in zip(choices, commands, strict=True)
        )
        return Wording(first, _NOT_YET, options=options)
    if menu := which_body.menu(unfinished, choices):
        return Wording(first, _NOT_YET, menu=menu)
    if opening := which_body.opening(unfinished, choices):
        return Wording(first, "Nothing was recorded yet.", buttons=(opening,))
    return Wording(first, "Nothing was recorded yet: put its name after the number.")


_NOT_YET = "Nothing is recorded until you choose one."


def _nothing_to_record(refusal: NothingToRecord, context: RefusalContext) -> Wording:
    if refusal.speaks_for:
        own = words.either(refusal.speaks_for)
        return Wording(
            f"Nothing can be recorded yet: no recommendation is addressed to {own}.",
            f"{context.who} can say when one is.",
        )
    return Wording(
        "Nothing can be recorded yet: there is no recommendation.",
        "Type /recs add report to add one with its recommendations, or import them with recbot import.",
    )
