"""A chart as Slack's own block (https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block)."""

from bot.domain.messages.native_chart import BLOCK_KIND
from bot.domain.questions.over_time import Series, thinned
from bot.rendering import words
from bot.rendering.mrkdwn import cut
from bot.rendering.pictures.chart_sentences import name_in_short
from bot.rendering.pictures.line_chart import LineChart
from bot.rendering.screen import Block

# Slack takes no more weeks, and no longer title.
_MOST_WEEKS = 20
_TITLE = 50


def native_chart(chart: LineChart) -> Block:
    """Return the block, with some of the weeks where there are more than Slack takes, the last among them."""
    points = thinned(chart.points, _MOST_WEEKS)
    days = [words.short_day(point.day) for point in points]
    return {
        "type": BLOCK_KIND,
        "title": cut(chart.title, _TITLE),
        "chart": {
            "type": "line",
            "series": [
                {
                    "name": words.capital(name_in_short(series)),
                    "data": [
                        {"label": day, "value": point.counts[series]}
                        for day, point in zip(days, points, strict=True)
                    ],
                }
                for series in Series
            ],
            "axis_config": {"categories": days, "x_label": "Week ending", "y_label": "Bodies"},
        },
    }
