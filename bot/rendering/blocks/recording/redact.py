"""Erasing the words of an update: what would go and on which ground, what went, and messages without them."""

from bot.domain.free_text import for_slack
from bot.domain.messages.delivery import Payload
from bot.domain.register.redaction import ErasableWords, Ground, Redaction
from bot.rendering import words
from bot.rendering.blocks.buttons import CHOOSE, choose
from bot.rendering.blocks.questions.updates import update_line
from bot.rendering.delivered import delivered
from bot.rendering.mrkdwn import escaped
from bot.rendering.screen import Block, Screen, actions, asking_first, button, lines, screen, small

_LONGEST = 2500
_ERASED = "What was written here has been erased."
_WHAT_GOES = "Its text, its evidence link and who decided it go, and cannot be brought back."


def would_erase(redaction: Redaction) -> Screen:
    """Show what would be erased, with a button that does it, or one for each ground where none was given."""
    number = redaction.update.seq
    grounds = [redaction.ground] if redaction.ground else list(Ground)
    options = tuple((_label(redaction, ground), _command(number, ground)) for ground in grounds)
    return screen(
        f"The words of update {number} would be erased for good{_on(redaction.ground)}."
        " Nothing is changed yet.",
        update_line(redaction.update, _about(redaction), limit=_LONGEST),
        lines(map(escaped, _consequences(redaction))),
        None if redaction.ground else lines(["On which ground?"]),
        actions(*(_asking_first(of_ground) for of_ground in choose(options))),
    )


def erased(redaction: Redaction) -> Screen:
    text = (
        f" {_messages(redaction)} {'is' if redaction.messages == 1 else 'are'} being edited."
        if redaction.messages
        else ""
    )
    return screen(
        f"The words of update {redaction.update.seq} are erased{_on(redaction.ground)}.",
        small(
            f"That it was recorded, when and by whom, stays in the history, and so does that you erased it."
            f"{escaped(text)} Answers that somebody shared in a channel have to be deleted there by hand, and"
            " backups made before still hold the words."
        ),
    )


def redact_button(seq: int) -> Block:
    """Show what would be erased, and ask on which ground."""
    return button("Redact", f"{CHOOSE}-{seq}", f"redact {seq}", f"Redact update {seq}")


def message_without(payload: Payload | None, words_: ErasableWords, key: str) -> Payload:
    """Return a message of recbot's as it is after the erasing: the buttons and what says nothing of it
    stay."""
    blocks = payload["blocks"] if payload else ()
    remaining = [block for block in blocks if not words_.stand_in(block)]
    if len(remaining) == len(blocks):
        # It may say it in other words: then only what can be pressed stays.
        remaining = [block for block in blocks if block["type"] == "actions"]
    plain = [{name: value for name, value in block.items() if name != "block_id"} for block in remaining]
    return delivered(screen(_ERASED, *plain), key)


def not_edited(key: str, name: str, why: str) -> Payload:
    """Tell a coordinator that the message `name` still shows erased words; `why` is Slack's code."""
    return delivered(
        screen(
            "A message of mine still shows words that were erased, and Slack does not let me change it.",
            lines([escaped(f"It is {name}; Slack said {why}. Please have whoever received it delete it.")]),
        ),
        key,
    )


def _asking_first(block: Block) -> Block:
    return asking_first(block, "Erase these words for good?", _WHAT_GOES, yes="Erase", no="Keep")


def _on(ground: Ground | None) -> str:
    return f" ({ground})" if ground else ""


def _about(redaction: Redaction) -> str:
    return ", ".join(name for name in (redaction.title, redaction.body_name) if name)


def _label(redaction: Redaction, ground: Ground) -> str:
    return f"Redact update {redaction.update.seq}" if redaction.ground else words.capital(ground)


def _command(seq: int, ground: Ground) -> str:
    return for_slack(f"redact {seq} anyway: {ground}")


def _consequences(redaction: Redaction) -> list[str]:
    texts = [
        _WHAT_GOES,
        "That it was recorded, when, by whom and what it changed stays.",
    ]
    if redaction.messages:
        carry = "carries" if redaction.messages == 1 else "carry"
        texts.append(f"{_messages(redaction)} of mine that {carry} it will be edited.")
    return texts


def _messages(redaction: Redaction) -> str:
    return words.count(redaction.messages, "direct message")
