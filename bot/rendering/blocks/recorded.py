"""What a recording says: for whom it was recorded, what now stands, and the person's own text."""

from bot.domain.lookups import Recorded
from bot.domain.update import UpdateKind
from bot.rendering import words
from bot.rendering.blocks.buttons import allow_quoting, undo
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Screen, actions, as_written, screen, small


def recorded(of: Recorded) -> Screen:
    """The confirmation, with **Undo**, and **Allow quoting** where there is a text."""
    first = of.items[0][2]
    text = first.draft.text
    return screen(
        f"Recorded for {of.body_name}: {_what_stands(of)}.",
        as_written(text, "“", "”") if text else None,
        _small_print(of),
        actions(undo(first.seq), allow_quoting([update.seq for _, _, update in of.items]) if text else None),
    )


def taken_back(of: Recorded) -> Screen:
    stands = words.both(
        [
            f"{recommendation.title} is {addressee.answer} and {words.stage(addressee.stage)}"
            for recommendation, addressee, _ in of.items
        ]
    )
    return screen(
        f"Taken back for {of.body_name}: {stands}, as before.",
        small("Both the recording and its undoing stay in the history."),
    )


def _what_stands(of: Recorded) -> str:
    titles = words.both([recommendation.title for recommendation, _, _ in of.items])
    are = "is" if len(of.items) == 1 else "are"
    addressee, update = of.items[0][1], of.items[0][2]
    if update.draft.kind is UpdateKind.RESPONSE:
        return f"{titles} {are} {addressee.answer}"
    if update.draft.kind is UpdateKind.PROGRESS:
        return f"{titles} {are} {words.stage(addressee.stage)}"
    return f"a note on {titles}"


def _small_print(of: Recorded) -> dict[str, object]:
    update = of.items[0][2]
    by = inert(of.speaker.person.display_name)
    behalf = f" on behalf of {inert(of.body_name)}" if of.on_behalf else ""
    again = " It was recorded already; nothing new was written." if of.again else ""
    return small(f"By {by}{behalf}, {words.moment(update.recorded_at)}, update {update.seq}.{again}")
