"""`/recs letter`: that it is being made, what it lacks, that it is here, or why it is not."""

from collections.abc import Sequence

from bot.domain.questions.grammar.typed_commands import Letter
from bot.domain.questions.letter import LetterLook, MissingReason
from bot.domain.questions.receipts import Asked
from bot.domain.register.letter_frame import LetterFrame
from bot.rendering import terms, words
from bot.rendering.blocks.buttons import choose
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.screen import Block, Screen, actions, button, lines, screen, small

ASK = "ask-for-reasons"


def being_made(state: LetterLook) -> Screen:
    return screen(
        f"The letter on {state.report.key}, as at {words.day(state.day)}, is being made;"
        " it arrives as a file in a direct message.",
        lines([*remarks(state), *([version(state.frame)] if state.frame.version else [])]),
        actions(*choose((("Change the frame", f"letter frame {state.report.key}"),))),
    )


def not_ready(state: LetterLook, command: Letter) -> Screen:
    """Show what is missing, with a button for each way on."""
    return screen(
        f"The letter on {state.report.key} is not ready to sign.",
        lines(remarks(state)),
        small(f"{version(state.frame)} What is missing stands in square brackets if you make it now."),
        actions(
            _ask(state.missing_reasons),
            *choose(
                (
                    ("Write the frame", f"letter frame {state.report.key}"),
                    ("Make it now", _again(command)),
                )
            ),
        ),
    )


def remarks(state: LetterLook) -> list[str]:
    """Say what is still missing: 2 answers short of acceptance have no reason that may be published: Cumbria
    16, Dorset 25."""
    texts = []
    if state.missing_texts:
        names = words.both([terms.frame_field(name) for name in state.missing_texts])
        texts.append(f"Its {names} {'is' if len(state.missing_texts) == 1 else 'are'} not written yet.")
    if missing_reasons := state.missing_reasons:
        answers = words.count(len(missing_reasons), "answer")
        have = "has" if len(missing_reasons) == 1 else "have"
        text_names = words.names(
            [
                f"{missing_answer.body_name} {missing_answer.recommendation.number}"
                for missing_answer in missing_reasons
            ]
        )
        texts.append(f"{answers} short of acceptance {have} no reason that may be published: {text_names}.")
    return texts


def version(frame: LetterFrame) -> str:
    """Say which frame: Frame: version 3, saved by Cora Lane on 10 Mar 2025, 10:04."""
    if not frame.version or frame.saved_at is None:
        return "Its frame has not been written yet."
    by = f" by {inert(frame.saved_by)}" if frame.saved_by else ""
    return f"Its frame is version {frame.version}, saved{by} on {words.moment(frame.saved_at)}."


def bodies_asked(result: Asked) -> Screen:
    if not result.bodies and not result.without_contact:
        return screen("Nobody had to be asked: nothing is missing any more.")
    without_contact = (
        f"{words.names(result.without_contact)}: no contact who could be asked. /recs grant adds one."
        if result.without_contact
        else ""
    )
    if not result.bodies:
        return screen(without_contact)
    return screen(
        f"{words.names(result.bodies)} {'has' if len(result.bodies) == 1 else 'have'} been asked"
        " whether the reason may be published.",
        lines([without_contact] if without_contact else ["Whoever was asked before is not asked again."]),
    )


def here_it_is(title: str) -> str:
    """Return the text beside the file, escaped."""
    return inert(f"{title}. Please read it before it is signed: it holds only what may be published.")


def _ask(missing_reasons: Sequence[MissingReason]) -> Block | None:
    """Ask those whose reason is recorded and may not be published yet."""
    seqs = [missing_answer.seq for missing_answer in missing_reasons if missing_answer.seq is not None]
    if not seqs:
        return None
    carried = " ".join(map(str, seqs[:_MOST_ASKED]))
    return button("Ask them", ASK, carried, "Ask them whether the reason may be published")


# A button carries 2,000 characters; whoever is left is asked with the next press.
_MOST_ASKED = 150


def _again(command: Letter) -> str:
    then = f" as {'known ' if command.known else ''}at {command.as_at.isoformat()}" if command.as_at else ""
    return escaped(f"letter {command.report.key} anyway{then}")
