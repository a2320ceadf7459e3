"""`/recs chart 15`: that the chart comes, and what it says in words."""

from bot.domain.questions.over_time import ProgressOverTime
from bot.rendering.blocks.native_chart import native_chart
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.pictures import chart_sentences as sentences
from bot.rendering.pictures.line_chart import LineChart
from bot.rendering.screen import Block, Screen, lines, screen, small


def arriving(progress: ProgressOverTime) -> Screen:
    return screen(
        f"{sentences.sentence(progress)}; the chart arrives in a direct message.",
        _further(progress),
        small("Each week is counted as at the end of its Sunday."),
    )


def nobody_asked(progress: ProgressOverTime) -> Screen:
    return screen(f"{sentences.nobody_asked(progress)}, so there is nothing to chart.")


def here_it_is(progress: ProgressOverTime) -> str:
    """Return the text beside the picture, escaped."""
    return inert(f"{sentences.sentence(progress)}.")


def drawn_by_slack(progress: ProgressOverTime) -> Screen:
    """Return the message in which Slack draws the chart itself, with its numbers in words."""
    return with_native_chart(progress, None)


def with_native_chart(progress: ProgressOverTime, buttons: Block | None) -> Screen:
    """Return a message with Slack's own chart, the same in words, and a row of buttons."""
    chart = LineChart.of(progress)
    return screen(
        f"{sentences.sentence(progress)}.",
        _further(progress),
        native_chart(chart),
        small(escaped(chart.alt_text)),
        buttons,
    )


def _further(progress: ProgressOverTime) -> Block | None:
    """Say how it stood before, and that it has ended; None where there is nothing to say."""
    further = [text for text in (sentences.before(progress), sentences.ended(progress)) if text]
    return lines(map(escaped, further)) if further else None
