"""`/recs history 15`: every update, newest first, with the number it is cited by."""

from bot.domain.questions.answers import UpdateHistory, UpdateView
from bot.domain.register.redaction import can_be_erased
from bot.rendering import words
from bot.rendering.blocks.questions.lists import end_of_page, which_page
from bot.rendering.blocks.questions.subjects import narrowed, places_of
from bot.rendering.blocks.questions.updates import update_line
from bot.rendering.blocks.recording.redact import redact_button
from bot.rendering.screen import Block, Screen, screen

# What the texts of one page may take up together, of the characters that a message with buttons may have.
_ROOM = 7200
_LONGEST = 2900
# The same in bytes, of which an emoji takes 12.
_SIZE = 42_000


def history(result: UpdateHistory) -> Screen:
    return screen(
        _headline(result),
        *(_line(view, result) for view in result.updates),
        *end_of_page(result.typed, result.page),
    )


def _headline(result: UpdateHistory) -> str:
    name = words.capital(_name(result)) or "The register"
    time = _time(result)
    if not result.total:
        return f"{name}: nothing was recorded{time}." if time else f"{name}: nothing has been recorded yet."
    order = ", newest first" if result.total > 1 else ""
    return f"{name}: {words.count(result.total, 'update')}{time}{order}{which_page(result.page)}."


def _name(result: UpdateHistory) -> str:
    """Name what the updates are of: stalking 15, Kent; recorded by Kim Hale; stalking 15, by Kim Hale."""
    name = ", ".join(part for part in (narrowed(result.subject), places_of(result.subject)) if part)
    if not result.by:
        return name
    return f"{name}, by {result.by}" if name else f"recorded by {result.by}"


def _time(result: UpdateHistory) -> str:
    if result.since is None:
        return ""
    if result.until is None:
        return f" since {words.day(result.since)}"
    if result.since == result.until:
        return f" on {words.day(result.since)}"
    return f" from {words.day(result.since)} to {words.day(result.until)}"


def _line(view: UpdateView, result: UpdateHistory) -> Block:
    title = view.recommendation.title if view.recommendation else ""
    about = ", ".join(name for name in (title, view.body_name) if name and name not in result.named_once)
    number = f"update {view.update.seq}"
    texts = sum(bool(view.update.draft.text) for view in result.updates)
    line = update_line(
        view.update,
        f"{number} · {about}" if about else number,
        limit=min(_LONGEST, _ROOM // max(1, texts)),
        size=_SIZE // max(1, texts),
        person_name=view.person_name,
    )
    if result.may_redact and can_be_erased(view.update):
        line["accessory"] = redact_button(view.update.seq)
    return line
