"""Progress over time as a picture: told apart without colour, nothing over another, the numbers in words."""

import random
import re
from datetime import date, timedelta
from functools import partial
from html import unescape
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image, ImageColor

from bot.domain.questions.over_time import ProgressOn, ProgressOverTime, Series
from bot.domain.questions.question_subject import QuestionSubject
from bot.domain.register.recommendation import RecommendationStatus
from bot.domain.values import replace
from bot.rendering.blocks.native_chart import native_chart
from bot.rendering.blocks.questions import chart as blocks
from bot.rendering.pictures import chart, chart_sentences
from bot.rendering.pictures.canvas import PAPER, Box
from bot.rendering.pictures.line_chart import LineChart
from bot.rendering.pictures.svg import SvgCanvas
from bot.standin.block_kit import block_faults
from tests.bench.counting import calls_of
from tests.cast import a_recommendation
from tests.rendering.pictures.test_map import PHONE, SMALLEST, Read
from tests.rendering.screens import assert_valid, read

FIRST = date(2024, 9, 29)
FIFTEEN = QuestionSubject(recommendations=(a_recommendation("15"),))
LONG = QuestionSubject(
    recommendations=tuple(a_recommendation(str(number)) for number in range(15, 40)),
    places=("Avon and Somerset", "Devon and Cornwall", "Yorkshire and the Humber"),
    excepted=("North Wales", "Greater Manchester", "the West Midlands", "Northumbria"),
)


def progress(
    weeks: int, bodies: int = 43, subject: QuestionSubject = FIFTEEN, seed: int = 1
) -> ProgressOverTime:
    chance = random.Random(seed)
    points, counts = [], dict.fromkeys(Series, 0)
    for week in range(weeks):
        for series in Series:
            counts[series] = min(bodies, counts[series] + chance.choice([0, 0, 1, 3]))
        points.append(ProgressOn(FIRST + timedelta(weeks=week), bodies, dict(counts)))
    return ProgressOverTime(subject, tuple(points), points[-1].day, "chart 15")


CASES = {
    "usual": progress(24),
    "one week": progress(1),
    "two weeks": progress(2),
    "200 weeks": progress(200),
    "ten years": progress(520),
    "nobody": progress(10, bodies=0),
    "one body": progress(10, bodies=1),
    "many bodies": progress(30, bodies=300),
    "long name": progress(24, subject=LONG),
    **{f"by chance {seed}": progress(12, seed=seed) for seed in range(2, 12)},
}


def drawn(shown: ProgressOverTime) -> Read:
    canvas = Read(chart.WIDTH, chart.HEIGHT)
    chart.draw(canvas, LineChart.of(shown))
    return canvas


def overlap(first: Box, second: Box) -> bool:
    # Letters have some room above and below them.
    return (
        first.left < second.right
        and second.left < first.right
        and first.top + 5 < second.bottom
        and second.top + 5 < first.bottom
    )


@pytest.mark.parametrize("shown", CASES.values(), ids=CASES)
def test_no_words_are_cut_off_or_over_each_other(shown: ProgressOverTime) -> None:
    written = drawn(shown).written
    for words in written:
        assert words.box.left >= 0, words
        assert words.box.right <= chart.WIDTH, words
        assert words.box.bottom <= chart.HEIGHT, words
        assert words.size >= SMALLEST
    for first, second in combinations(written, 2):
        assert not overlap(first.box, second.box), (first, second)


@pytest.mark.parametrize("shown", CASES.values(), ids=CASES)
def test_each_line_has_its_number_and_name_at_its_end(shown: ProgressOverTime) -> None:
    written = [words.words for words in drawn(shown).written]
    for series in Series:
        name = "checked" if series is Series.CHECKED else series.value
        assert f"{shown.last.counts[series]} {name}" in written


@pytest.mark.parametrize("shown", CASES.values(), ids=CASES)
def test_it_is_light_enough_for_a_phone(shown: ProgressOverTime) -> None:
    content = chart.picture(LineChart.of(shown))
    assert len(content) < PHONE
    assert Image.open(BytesIO(content)).size == (chart.WIDTH, chart.HEIGHT)


def contrast(first: str, second: str) -> float:
    def luminance(colour: str) -> float:
        channels = [value / 255 for value in ImageColor.getrgb(colour)[:3]]
        linear = [
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_lines_differ_by_dashes_and_their_words_can_be_read() -> None:
    styles = [chart.style_of(series) for series in Series]
    assert len({style.dashes for style in styles}) == len({style.colour for style in styles}) == len(Series)
    assert all(contrast(style.colour, PAPER) >= 4.5 for style in styles)


def as_svg(shown: ProgressOverTime) -> str:
    line_chart = LineChart.of(shown)
    canvas = SvgCanvas(chart.WIDTH, chart.HEIGHT, chart.variables())
    chart.draw(canvas, line_chart)
    return canvas.svg("over-time-chart", line_chart.title, line_chart.alt_text)


def test_as_svg_it_says_its_title_and_numbers_and_takes_the_colours_of_the_page() -> None:
    svg = as_svg(CASES["usual"])
    assert 'aria-labelledby="over-time-chart-title over-time-chart-text"' in svg
    assert '<title id="over-time-chart-title">Stalking 15: progress over time</title>' in svg
    (description,) = re.findall('<desc id="over-time-chart-text">(.*?)</desc>', svg)
    assert unescape(description) == chart_sentences.alt_text(CASES["usual"])
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg))
    assert colours - {"none"}
    assert all(colour == "none" or colour.startswith("var(--") for colour in colours), colours
    assert svg.count("stroke-dasharray") == len(Series) - 1
    assert as_svg(CASES["usual"]) == svg


@pytest.mark.parametrize("shown", CASES.values(), ids=CASES)
def test_the_alt_text_says_the_numbers_and_is_as_short_as_slack_wants(shown: ProgressOverTime) -> None:
    text = chart_sentences.alt_text(shown)
    assert len(text) <= 1000
    if shown.subject is FIFTEEN:
        for series in Series:
            assert str(shown.last.counts[series]) in text


def test_what_it_says_in_words() -> None:
    shown = CASES["usual"]
    assert chart_sentences.sentence(shown) == (
        "Stalking 15: 24 of 43 accepted, 25 in progress, 25 complete (24 checked by the association),"
        " 32 overdue"
    )
    assert chart_sentences.before(shown) == (
        "On 9 February 2025: 22 accepted, 24 in progress, 24 complete, 20 checked, 32 overdue."
    )
    assert chart_sentences.before(CASES["two weeks"]) == ""
    assert chart_sentences.below_title(shown) == "43 bodies, by week, 29 Sep 2024 to 9 Mar 2025"
    assert chart_sentences.below_title(CASES["one week"]) == "43 bodies on 29 Sep 2024"
    assert chart_sentences.file_name(shown) == "chart-stalking-15-2025-03-09.png"
    known = replace(shown, looks_back=True, known=True)
    assert chart_sentences.sentence(known).endswith("32 overdue, as known at 9 March 2025")
    assert chart_sentences.below_title(known).endswith("9 Mar 2025, as known then")
    assert chart_sentences.alt_text(CASES["two weeks"]) == (
        "Line chart of stalking 15, by week, 29 September 2024 to 6 October 2024, of 43 bodies. Accepted: 0"
        " on 29 Sep 2024, 3 on 6 Oct 2024. In progress: 0 on 29 Sep 2024, 3 on 6 Oct 2024. Complete: 1 on"
        " 29 Sep 2024, 4 on 6 Oct 2024. Checked: 0 throughout. Overdue: 3 throughout."
    )


@pytest.mark.parametrize("shown", CASES.values(), ids=CASES)
def test_slacks_own_chart_has_the_first_and_the_last_week(shown: ProgressOverTime) -> None:
    block = native_chart(LineChart.of(shown))
    assert block_faults([block]) == []
    accepted = block["chart"]["series"][0]
    assert accepted["name"] == "Accepted"
    assert (accepted["data"][0]["value"], accepted["data"][-1]["value"]) == (
        shown.points[0].counts[Series.ACCEPTED],
        shown.last.counts[Series.ACCEPTED],
    )
    assert len(accepted["data"]) == min(len(shown.points), 20)


@pytest.mark.parametrize("shown", CASES.values(), ids=CASES)
def test_its_screens_are_valid(shown: ProgressOverTime) -> None:
    for screen in (blocks.arriving(shown), blocks.drawn_by_slack(shown), blocks.nobody_asked(shown)):
        assert_valid(screen)


def test_that_a_recommendation_has_ended_is_said() -> None:
    withdrawn = a_recommendation("15", status=RecommendationStatus.WITHDRAWN)
    ended = replace(CASES["usual"], looks_back=True, ended=withdrawn)
    assert "Stalking 15 is withdrawn: it is counted until then." in read(blocks.arriving(ended))
    assert not any("until then" in text for text in read(blocks.arriving(CASES["usual"])))


def svg_of(shown: ProgressOverTime) -> str:
    canvas = SvgCanvas(chart.WIDTH, chart.HEIGHT, chart.variables())
    chart.draw(canvas, LineChart.of(shown))
    return canvas.svg("chart", "", "")


def standing_still(shown: ProgressOverTime, weeks: int) -> ProgressOverTime:
    """The same with weeks after it in which nothing moves."""
    later = [replace(shown.last, day=shown.last.day + timedelta(weeks=week)) for week in range(1, weeks + 1)]
    return replace(shown, points=(*shown.points, *later), day=later[-1].day)


def test_weeks_in_which_nothing_moves_make_a_picture_no_longer() -> None:
    shown = progress(24)
    assert len(svg_of(standing_still(shown, 500))) < len(svg_of(standing_still(shown, 100))) * 1.1


def test_ten_years_take_ten_times_as_long_to_draw_as_one() -> None:
    year, decade = (calls_of(partial(svg_of, progress(52 * years))) for years in (1, 10))
    assert decade < 10 * year
