"""What cannot be taken back, corrected, published or erased."""

from typing import assert_never

from bot.domain.refusals.taking_back import (
    ChangedSince,
    NoSuchHold,
    NothingToCorrect,
    NothingToErase,
    NothingToQuote,
    NothingToUndo,
    NotYours,
    TooLateToUndo,
    WordsAreHeld,
)
from bot.domain.register.update import UNDO_WINDOW
from bot.rendering import words
from bot.rendering.blocks.buttons import correct
from bot.rendering.blocks.refusals.wording import Wording

TakingBackRefusal = (
    NothingToUndo
    | TooLateToUndo
    | ChangedSince
    | NotYours
    | NothingToCorrect
    | NothingToQuote
    | NothingToErase
    | WordsAreHeld
    | NoSuchHold
)


def wording(refusal: TakingBackRefusal) -> Wording:
    match refusal:
        case NothingToUndo():
            return Wording(
                "You have nothing to take back.",
                f"Only your own last recording can be undone, within {UNDO_WINDOW}.",
            )
        case TooLateToUndo():
            return Wording(
                f"Your last recording is more than {UNDO_WINDOW} old, so it stays.",
                f"You recorded it on {words.moment(refusal.recorded_at)}. Record what is right now:"
                " both stay in the history.",
                buttons=tuple(map(correct, refusal.correctable)),
            )
        case ChangedSince():
            return _changed_since(refusal)
        case NotYours():
            return Wording("Only the person who recorded this can take it back or correct it.")
        case NothingToCorrect():
            return Wording("There is nothing to correct: it was taken back, or its words were erased.")
        case NothingToQuote():
            return Wording("There is no text to quote: it was taken back.")
        case WordsAreHeld():
            held_words = f"The words of {refusal.body_name}" if refusal.body_name else "All words"
            return Wording(
                f"The words of update {refusal.seq} are held, so nothing was erased.",
                f"{held_words} are held since {words.day(refusal.placed_on)} ({refusal.reason})."
                f" Whoever runs recbot can lift the hold: recbot hold --lift {refusal.hold_seq}",
            )
        case NoSuchHold():
            return Wording(
                f"Update {refusal.seq} placed no hold, or it was lifted. recbot hold lists those that stand."
            )
        case NothingToErase():
            return Wording(
                f"Update {refusal.seq} has no words that can be erased.",
                "There is no such update, or its words were erased before, or it never had any of its own.",
            )
        case _:
            assert_never(refusal)


def _changed_since(refusal: ChangedSince) -> Wording:
    author = refusal.by or "Somebody"
    return Wording(
        f"{author} has recorded something newer for {refusal.body_name} on {refusal.recommendation},"
        " so nothing was undone.",
        f"See /recs {refusal.recommendation} {refusal.body_name} for what stands now.",
    )
