"""The form that puts a recommendation right, the look at what that changes, and what the bodies are told."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.domain.messages.delivery import Payload
from bot.domain.register.adding import Field, RecommendationEntry, Unfit
from bot.domain.register.correcting import RecommendationCorrection, TextField
from bot.domain.register.guard import MayIdentify
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation
from bot.rendering import words
from bot.rendering.blocks.recording import add
from bot.rendering.delivered import delivered
from bot.rendering.form import (
    FormFrame,
    choices_field,
    date_field,
    no_victim_field,
    paragraph,
    text_field,
    what_was_found,
)
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Block, as_written, screen, small

NAME = "correct-recommendation"

CORRECTION = FormFrame("Correct", NAME)
_SHOWN = 900
_CALLED = {
    TextField.WORDING: "Wording",
    TextField.PARTS: "Parts",
    TextField.JOINT_WITH: "Jointly with",
    TextField.QUOTED_FROM: "Quoted from",
    TextField.SHORT_FORM: "In short",
    TextField.OTHERS: "Also addressed to",
    TextField.THEMES: "Themes",
}


def correction_form(
    metadata: str,
    recommendation: Recommendation,
    bodies: tuple[PolicingBody, ...],
    entry: RecommendationEntry,
    *,
    preview: RecommendationCorrection | None = None,
    may_identify: MayIdentify | None = None,
    asks_to_confirm: bool = False,
) -> dict[str, Any]:
    """Return the form filled with what stands, or with what was entered and a look at what that would
    change."""
    title = words.capital(recommendation.title)
    first = [paragraph(f"{title} as it stands. What it says now stays in the history too.")]
    if may_identify:
        first.append(paragraph(what_was_found(may_identify)))
    if preview:
        first += list(_changes(preview, done=False))
    confirm = [no_victim_field()] if may_identify or asks_to_confirm else []
    return CORRECTION.holding(
        [*first, *_fields(entry, bodies), *confirm],
        submit="Correct" if preview else "Preview",
        metadata=metadata,
    )


def corrected_form(correction: RecommendationCorrection) -> dict[str, Any]:
    """Show in the place of the form what was changed."""
    return CORRECTION.holding(list(_changes(correction, done=True)))


def errors(unfit: Unfit) -> dict[str, str]:
    """Return the words beside each field."""
    return add.errors(unfit)


def message(correction: RecommendationCorrection, body_name: str, by: str, key: str) -> Payload:
    """Word the message to a contact of a body that had answered."""
    title = correction.after.title
    return delivered(
        screen(
            f"{words.capital(title)} was put right after {body_name} had answered it.",
            *_what_changed(correction),
            small(
                f"By {inert(by)} of the association. What {inert(body_name)} said stays as it is:"
                f" `/recs {inert(title)} {inert(body_name)}` shows it."
            ),
        ),
        key,
    )


def _changes(correction: RecommendationCorrection, *, done: bool) -> Iterator[Block]:
    title = words.capital(correction.after.title)
    if done and not correction.changes_anything:
        yield paragraph(f"{title} is corrected.")
        return
    would = f"{title} would be corrected. Nothing is changed yet."
    yield paragraph(f"{title} is corrected." if done else would)
    yield from _what_changed(correction)
    if correction.answered and correction.changes_what_is_asked:
        are = "are" if done else "will be"
        answered_by = words.names(correction.answered)
        yield paragraph(
            f"{words.bodies(len(correction.answered))} answered it and {are} told: {answered_by}."
        )


def _what_changed(correction: RecommendationCorrection) -> Iterator[Block]:
    before, after = correction.before, correction.after
    for field, stood, right in correction.texts:
        yield as_written(stood or "nothing", f"{_CALLED[field]} was: “", "”", limit=_SHOWN)
        yield as_written(right or "nothing", f"{_CALLED[field]} is: “", "”", limit=_SHOWN)
    if before.respond_by != after.respond_by:
        yield paragraph(f"Answers are due on {_moved(after.respond_by, before.respond_by)}.")
    if before.due_on != after.due_on:
        yield paragraph(f"It is due on {_moved(after.due_on, before.due_on)}.")
    if correction.moves_priority:
        yield paragraph("It is marked as a priority." if after.priority else "It is no longer a priority.")
    if correction.extended:
        yield paragraph(f"These keep the date that they were given: {words.names(correction.extended)}.")
    if correction.added:
        yield paragraph(f"Addressed to {words.names(correction.added)} too.")
    if correction.removed:
        yield paragraph(f"No longer addressed to {words.names(correction.removed)}.")


def _moved(now: date | None, was: date | None) -> str:
    before = f"was {words.day(was)}" if was else "had no date"
    return f"{words.day(now) if now else 'no date'} ({before})"


def _fields(entry: RecommendationEntry, bodies: tuple[PolicingBody, ...]) -> list[Block]:
    by_country: dict[str, list[tuple[str, str]]] = {}
    for body in bodies:
        by_country.setdefault(body.country, []).append((body.code, body.short_name))
    return [
        *add.fields_of_words(entry),
        choices_field(Field.BODIES, "Addressed to", by_country, entry.chosen),
        date_field(Field.RESPOND_BY, "Respond by", entry.respond_by, optional=True),
        date_field(Field.DUE_ON, "Due on", entry.due_on, optional=True),
        *add.fields_of_others(entry),
        text_field(
            Field.PARTS,
            "Parts",
            entry.parts,
            lines=True,
            hint="One a line: “do: close the gaps” or “consider: sharing services”.",
            optional=True,
        ),
        *add.fields_of_groups(entry),
    ]
