"""`/recs invite|publish|copy custody …`: what was recorded of a published response, and what then stands."""

from bot.domain.register.published_response import StepRecorded
from bot.rendering import published_responses, words
from bot.rendering.blocks.buttons import undo
from bot.rendering.blocks.questions.lists import written
from bot.rendering.blocks.recording.recorded import undoing_stays
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Screen, actions, screen, small


def recorded(result: StepRecorded) -> Screen:
    """Show the receipt with **Undo**, and what is left to do."""
    response = result.published_response
    key, name = response.report.key, response.body_name
    behalf = " on behalf" if result.on_behalf else ""
    return screen(
        f"Recorded for {name}{behalf}: {_what(result)}.",
        *written([_stands(result)]),
        small(
            f"Update {result.seq}. Everybody may read it."
            f" `/recs published {inert(key)}` shows who has published their response."
        ),
        actions(undo(result.seq, f"Undo update {result.seq}: {key}, {name}")),
    )


def taken_back(result: StepRecorded) -> Screen:
    return screen(
        f"Taken back for {result.published_response.body_name}: {_what(result)}.",
        *written([_stands(result)]),
        undoing_stays(),
    )


def _what(result: StepRecorded) -> str:
    return published_responses.step(result.step, result.published_response.report.key)


def _stands(result: StepRecorded) -> str:
    response = result.published_response
    return f"{words.capital(response.report.key)}: {published_responses.stands(response, result.today)}"
