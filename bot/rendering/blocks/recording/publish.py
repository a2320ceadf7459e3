"""`/recs invite|publish|copy custody …`: what was recorded of a published response, and what then stands."""

from bot.domain.register.publication import StepRecorded
from bot.rendering import publications, words
from bot.rendering.blocks.buttons import undo
from bot.rendering.blocks.questions.lists import written
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Screen, actions, screen, small


def recorded(result: StepRecorded) -> Screen:
    """Show the receipt with **Undo**, and what is left to do."""
    publication = result.publication
    key, name = publication.report.key, publication.body_name
    behalf = " on behalf" if result.on_behalf else ""
    return screen(
        f"Recorded for {name}{behalf}: {_what(result)}.",
        *written([f"{words.capital(key)}: {publications.stands(publication, result.today)}"]),
        small(
            f"Update {result.seq}. Everybody may read it."
            f" `/recs published {inert(key)}` shows who has published their response."
        ),
        actions(undo(result.seq, f"Undo update {result.seq}: {key}, {name}")),
    )


def taken_back(result: StepRecorded) -> Screen:
    publication = result.publication
    return screen(
        f"Taken back for {publication.body_name}: {_what(result)}.",
        *written(
            [f"{words.capital(publication.report.key)}: {publications.stands(publication, result.today)}"]
        ),
        small("Both the recording and its undoing stay in the history."),
    )


def _what(result: StepRecorded) -> str:
    return publications.step(result.step, result.publication.report.key)
