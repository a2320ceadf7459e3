"""`/recs 15 as at 22 Nov 2024`: what the lookup of that day says, with the day, and how it is known."""

from typing import Any

from bot.domain.free_text import from_slack
from bot.domain.questions.answers import (
    BodyOverview,
    BodyStanding,
    RecommendationStanding,
    RegionOverview,
    RegisterOverview,
)
from bot.domain.questions.as_it_stood import AsItStood
from bot.domain.questions.pages import Page
from bot.rendering import words
from bot.rendering.blocks.questions import overview, standing, status
from bot.rendering.blocks.questions.lists import end_of_page, titles
from bot.rendering.mrkdwn import escaped
from bot.rendering.screen import Screen, screen, small

_FIRST_OF_TWO = Page(1, 2)
_SECOND_OF_TWO = Page(2, 2)


def recommendation(stood: AsItStood[RecommendationStanding]) -> Screen:
    title = stood.result.recommendation.title
    page = _FIRST_OF_TWO if stood.result.addressees else Page()
    return _as_it_stood(stood, status.recommendation(stood.result), title, page)


def every_body(stood: AsItStood[RecommendationStanding]) -> Screen:
    """Return all bodies addressed, one line each: what **More** shows."""
    title = stood.result.recommendation.title
    return _as_it_stood(stood, status.every_body(stood.result), title, _SECOND_OF_TWO)


def with_body(stood: AsItStood[BodyStanding]) -> Screen:
    return _as_it_stood(stood, status.with_body(stood.result), stood.result.recommendation.title)


def recommendations(stood: AsItStood[RegisterOverview]) -> Screen:
    """Return those of a report, or some that were chosen."""
    result = stood.result
    subject = result.report.key if result.report else titles(row.recommendation for row in result.rows)
    return _as_it_stood(stood, overview.overview(result), subject, result.page)


def body(stood: AsItStood[BodyOverview]) -> Screen:
    return _as_it_stood(stood, standing.body(stood.result), stood.result.body_name, stood.result.page)


def region(stood: AsItStood[RegionOverview]) -> Screen:
    return _as_it_stood(stood, standing.region(stood.result), stood.result.name, stood.result.page)


def _as_it_stood(stood: AsItStood[Any], then: Screen, subject: str, page: Page | None = None) -> Screen:
    """Show the screen of a day, `then`, whose first sentence begins with `subject`."""
    # Above all it must be clear that this is not how it stands now.
    sentence = subject + from_slack(then.text)[len(subject) :].removesuffix(".")
    return screen(
        f"{words.capital(_when(stood.known))} {words.day(stood.day)}, {sentence}{_recorded(stood)}.",
        *(block for block in then.blocks[1:] if block["type"] != "actions"),
        small(escaped(_how_known(stood))),
        *end_of_page(f"{stood.subject} {_when(stood.known)} {stood.day.isoformat()}", page or Page()),
    )


def _when(known: bool) -> str:
    return "as known at" if known else "as at"


def _recorded(stood: AsItStood[Any]) -> str:
    if stood.known and not stood.counted:
        return "; nothing had been recorded yet"
    return f"; {stood.recorded_later:,} recorded later" if stood.recorded_later else ""


def _how_known(stood: AsItStood[Any]) -> str:
    other = f"`/recs {stood.subject} {_when(not stood.known)} {words.short_day(stood.day)}`"
    if not stood.known:
        return (
            f"It counts what stands from {words.short_day(stood.day)} or before, whenever it was recorded;"
            f" {other} counts only what had been recorded by then."
        )
    beginning = f" The first update was recorded on {words.day(stood.begun_on)}." if stood.begun_on else ""
    return (
        f"It counts only what had been recorded by the end of {words.day(stood.day)}.{beginning}"
        f" {other} also counts what was recorded later and stands from that day or before."
    )
