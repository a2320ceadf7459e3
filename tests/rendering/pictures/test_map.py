"""The map as a picture: readable in grey, nothing cut or spilt, light enough for a phone."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image, ImageColor, ImageStat

from bot.domain.questions.map import Tile, TileMap, laid_out
from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import RecommendationStatus
from bot.domain.values import replace
from bot.rendering.blocks.questions import map as blocks
from bot.rendering.pictures import map, sentences, tile
from bot.rendering.pictures.canvas import INK, Box, Canvas, writable
from bot.rendering.pictures.fills import NOT_ASKED, Fill, fill_of, fill_of_stage, paint
from tests.cast import TODAY, a_recommendation, an_addressee
from tests.domain.shipped_names import rows
from tests.rendering.screens import assert_valid, read

PHONE = 60 * 1024
SMALLEST = 16
BODIES = [
    PolicingBody(
        row["code"],
        row["slug"],
        row["short_name"],
        row["force_name"],
        row["area_name"],
        row["body_name"],
        row["body_type"],
        row["region"],
        row["country"],
        int(row["tile_row"]),
        int(row["tile_col"]),
    )
    for row in rows()
]
LONG_NAMES = (
    "Llanfairpwllgwyngyll",
    "Hampshire and the Isle of Wight",
    "Bath-and-North-East-Somerset",
    "Devon, Cornwall and the Isles of Scilly",
    "W" * 60,
)


def addressed(body: PolicingBody, answer: Answer, stage: Stage) -> Addressee:
    return replace(an_addressee(body.short_name, answer=answer, stage=stage), body_code=body.code)


def a_map(answers: dict[str, Answer], stages: dict[str, Stage] | None = None) -> TileMap:
    """By slug; everybody else has accepted and not started."""
    stages = stages or {}
    addressees = [
        addressed(body, answers.get(body.slug, Answer.ACCEPTED), stages.get(body.slug, Stage.NOT_STARTED))
        for body in BODIES
    ]
    return laid_out(a_recommendation(), addressees, BODIES, TODAY)


def of_wales() -> TileMap:
    addressees = [
        addressed(body, Answer.ACCEPTED, Stage.COMPLETE) for body in BODIES if body.country == "Wales"
    ]
    return laid_out(a_recommendation("3"), addressees, BODIES, TODAY)


@dataclass(frozen=True)
class Written:
    words: str
    size: float
    box: Box


class Read(Canvas):
    """A canvas that remembers what was written on it, and where."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height)
        self.written: list[Written] = []

    def text(
        self,
        left: float,
        baseline: float,
        words: str,
        size: float,
        *,
        colour: str = INK,
        bold: bool = False,
        halo: str = "",
    ) -> None:
        super().text(left, baseline, words, size, colour=colour, bold=bold, halo=halo)
        box = Box(left, baseline - size, self.text_width(words, size, bold=bold), size * 1.25)
        self.written.append(Written(words, size, box))


def drawn(tile_map: TileMap) -> Read:
    sheet = map.sheet(tile_map)
    canvas = Read(sheet.width, sheet.height)
    map.draw(canvas, tile_map)
    return canvas


def words_on(square: Tile) -> list[str]:
    canvas = Read(200, 200)
    tile.draw(canvas, square, 0, 0)
    return [written.words for written in canvas.written]


def within(inner: Box, outer: Box) -> bool:
    return (
        outer.left <= inner.left
        and inner.right <= outer.right
        and outer.top <= inner.top
        and inner.bottom <= outer.bottom
    )


@pytest.mark.parametrize("answer", Answer)
@pytest.mark.parametrize("stage", Stage)
def test_a_square_says_name_response_and_progress_in_words(answer: Answer, stage: Stage) -> None:
    kent = next(body for body in BODIES if body.slug == "kent")
    text = {Answer.ACCEPTED_IN_PART: "in part"}.get(answer, answer.value)
    assert words_on(Tile(kent, addressed(kent, answer, stage))) == ["Kent", text, stage.value]


def test_every_body_has_a_square_of_its_own_with_its_words() -> None:
    tile_map = a_map({"essex": Answer.ACCEPTED_IN_PART, "gwent": Answer.AWAITING}, {"kent": Stage.BLOCKED})
    words = Counter(written.words for written in drawn(tile_map).written)
    assert (words["accepted"], words["in part"], words["awaiting"]) == (41, 1, 1)
    assert (words["not started"], words["blocked"]) == (42, 1)
    canvas = Canvas(1, 1)
    for body in BODIES:
        for row in tile.name_lines(canvas, body.short_name):
            assert words[row] >= 1, body.short_name


def test_no_two_names_look_alike() -> None:
    canvas = Canvas(1, 1)
    assert len({tuple(tile.name_lines(canvas, body.short_name)) for body in BODIES}) == 43
    assert tile.name_lines(canvas, "Nottinghamshire") == ["Notts"]
    assert tile.name_lines(canvas, "Greater Manchester") == ["Greater", "Manchester"]
    assert tile.name_lines(canvas, "Dyfed-Powys") == ["Dyfed-", "Powys"]


@pytest.mark.thorough
@pytest.mark.parametrize("name", [body.short_name for body in BODIES] + list(LONG_NAMES))
def test_no_word_sticks_out_of_its_square(name: str) -> None:
    body = replace(BODIES[0], short_name=name)
    for answer in Answer:
        for stage in Stage:
            canvas = Read(200, 200)
            tile.draw(canvas, Tile(body, addressed(body, answer, stage)), 10, 10)
            square = Box(10, 10, tile.WIDTH, tile.HEIGHT).inset(2)
            assert all(within(written.box, square) for written in canvas.written), canvas.written
    assert len(tile.name_lines(canvas, name)) <= 2
    assert all(tile.name_lines(canvas, name))


def test_between_the_squares_is_nothing_but_paper() -> None:
    picture = image(a_map({"kent": Answer.NOT_ACCEPTED, "essex": Answer.ACCEPTED_IN_PART}))
    suffolk_to_essex = picture.crop((888, 100, 892, picture.height - 40))
    assert suffolk_to_essex.getcolors() is not None
    west_of_norfolk = picture.crop((14 + 5 * 122 - 2, 104 + 5 * 116, 14 + 5 * 122, 104 + 5 * 116 + 112))
    assert west_of_norfolk.getcolors() == [(2 * 112, (255, 255, 255))]


def test_every_word_is_large_enough_and_on_the_sheet() -> None:
    long = replace(a_map({}), recommendation=a_recommendation("123a", due_on=date(2025, 12, 31)))
    for tile_map in (a_map({}), a_map({"kent": Answer.NOT_ACCEPTED}), of_wales(), long):
        canvas = drawn(tile_map)
        sheet = Box(0, 0, canvas.width, canvas.height)
        assert 950 <= canvas.width <= 1100
        assert all(written.size >= SMALLEST for written in canvas.written)
        assert all(within(written.box, sheet) for written in canvas.written)


def test_the_key_covers_no_square() -> None:
    crowded = [replace(body, tile_col=body.tile_col + 4 * (body.tile_row == 0)) for body in BODIES]
    addressees = [addressed(body, Answer.ACCEPTED, Stage.CHECKED) for body in BODIES]
    shown = {row for body in BODIES for row in tile.name_lines(Canvas(1, 1), body.short_name)}
    all_answered = laid_out(a_recommendation(), addressees, crowded, TODAY)
    for tile_map in (a_map({}), a_map({"kent": Answer.AWAITING}), all_answered):
        written = drawn(tile_map).written
        counts = ("43 ", "42 ", "1 ", "0 ", "Response", "Progress")
        key = [text for text in written if text.words.startswith(counts)]
        names = [text for text in written if text.words in shown]
        assert len(key) == (7 if tile_map.shows_progress else 12)
        for text, name in ((written, name) for written in key for name in names):
            apart = text.box.left > name.box.right + 4 or text.box.bottom < name.box.top - 20
            assert apart or text.box.top > name.box.bottom + 20 or text.box.right < name.box.left


def test_title_counts_and_day_stand_in_the_picture() -> None:
    words = [
        written.words for written in drawn(a_map({"gwent": Answer.AWAITING}, {"kent": Stage.CHECKED})).written
    ]
    assert words[:2] == ["Stalking 15: 42 of 43 accepted", "As at 10 March 2025, due 27 March 2025"]
    for counted in ("42 accepted", "0 accepted in part", "0 not accepted", "1 awaiting"):
        assert counted in words
    assert "1 checked by the association" in words
    assert "42 not started" in words
    assert not [word for word in words if "not asked" in word]


def test_who_was_not_asked_is_empty_and_says_so() -> None:
    words = [written.words for written in drawn(of_wales()).written]
    assert words.count("not asked") == 39
    assert "39 not asked" in words
    assert words[0] == "Stalking 3: all 4 accepted, 4 complete"
    assert (words.count("accepted"), words.count("complete")) == (0, 4)


def test_once_all_have_accepted_the_squares_show_how_far_they_are() -> None:
    tile_map = a_map({}, {"kent": Stage.COMPLETE, "essex": Stage.BLOCKED, "surrey": Stage.CHECKED})
    words = [written.words for written in drawn(tile_map).written]
    assert words[:2] == [
        "Stalking 15: all 43 accepted, 2 complete",
        "As at 10 March 2025, due 27 March 2025",
    ]
    assert "accepted" not in words
    for counted in ("1 complete", "1 checked by the association", "1 blocked", "40 not started"):
        assert counted in words
    there = {colour for _, colour in image(tile_map).getcolors() or ()}
    for stage in (Stage.COMPLETE, Stage.CHECKED, Stage.BLOCKED):
        assert ImageColor.getrgb(fill_of_stage(stage).ground) in there
    assert ImageColor.getrgb(fill_of(Answer.ACCEPTED).ground) not in there


@pytest.mark.parametrize("answers", [{}, {"gwent": Answer.NOT_ACCEPTED}])
def test_names_can_be_read_where_a_phone_shows_the_picture_360_pixels_wide(
    answers: dict[str, Answer],
) -> None:
    """Most names in letters of 8 pixels or more, none below 6."""
    canvas = drawn(a_map(answers))
    names = {row for body in BODIES for row in tile.name_lines(Canvas(1, 1), body.short_name)}
    sizes = [written.size * 360 / canvas.width for written in canvas.written if written.words in names]
    assert min(sizes) >= 6.8
    assert sum(size >= 7.9 for size in sizes) >= len(sizes) * 0.8


def luminance(colour: str) -> float:
    """As WCAG 2 defines it: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    channels = [value / 255 for value in ImageColor.getrgb(colour)[:3]]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(name: str, other: str) -> float:
    darker, lighter = sorted((luminance(name), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    "fill", [*(fill_of(answer) for answer in Answer), *(fill_of_stage(stage) for stage in Stage), NOT_ASKED]
)
def test_words_stand_out_from_ground_and_pattern(fill: Fill) -> None:
    # A little below 4.5 is not readable to many people; the ground is what stands around the letters.
    assert contrast(fill.ink, fill.ground) >= 4.5
    assert contrast(fill.ink, fill.mark) >= 4.5


def test_progress_stands_out_from_what_it_stands_on() -> None:
    for ground in (tile.strip_colour(stage) for stage in Stage):
        assert contrast(INK, ground) >= 7


def in_grey(fill: Fill) -> Image.Image:
    canvas = Canvas(88, 66)
    paint(canvas, Box(0, 0, 88, 66), fill)
    return opened(canvas.png()).convert("L")


def test_every_response_has_a_pattern_that_tells_it_apart_in_grey() -> None:
    fills = [*(fill_of(answer) for answer in Answer), NOT_ASKED]
    assert len({fill.pattern for fill in fills}) == len(fills)
    stats = [ImageStat.Stat(in_grey(fill)) for fill in fills]
    for first, second in combinations(stats, 2):
        apart = abs(first.mean[0] - second.mean[0]) + abs(first.stddev[0] - second.stddev[0])
        assert apart > 20


def test_every_stage_has_a_fill_that_tells_it_apart_in_grey() -> None:
    stats = [ImageStat.Stat(in_grey(fill_of_stage(stage))) for stage in Stage]
    for stat, other in combinations(stats, 2):
        assert abs(stat.mean[0] - other.mean[0]) + abs(stat.stddev[0] - other.stddev[0]) > 20


def test_every_stage_has_a_symbol_that_tells_it_apart_without_colour() -> None:
    seen = []
    for stage in Stage:
        canvas = Canvas(18, 18)
        tile.symbol(canvas, Box(0, 0, 18, 18), stage)
        seen.append(opened(canvas.png()).convert("1").tobytes())
    assert len(set(seen)) == len(Stage)


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png))


def image(tile_map: TileMap) -> Image.Image:
    return opened(map.picture(tile_map)).convert("RGB")


def test_colours_are_not_changed_to_save_room() -> None:
    colours = image(a_map({"kent": Answer.NOT_ACCEPTED}, {"essex": Stage.BLOCKED})).getcolors()
    there = {colour for _, colour in colours or ()}
    kent = fill_of(Answer.NOT_ACCEPTED)
    for colour in (kent.ground, kent.mark, tile.strip_colour(Stage.BLOCKED), fill_of(Answer.ACCEPTED).ground):
        assert ImageColor.getrgb(colour) in there


@pytest.mark.thorough
@pytest.mark.parametrize("answers", [*((answer,) for answer in Answer), tuple(Answer)])
def test_it_is_light_enough_for_a_phone(answers: tuple[Answer, ...]) -> None:
    chance = random.Random(15)
    drawn_answers = {body.slug: chance.choice(answers) for body in BODIES}
    stages = {body.slug: chance.choice(list(Stage)) for body in BODIES}
    png = map.picture(a_map(drawn_answers, stages))
    assert png.startswith(b"\x89PNG")
    assert len(png) <= PHONE


def test_the_alt_text_says_what_it_shows() -> None:
    tile_map = a_map(
        {"essex": Answer.ACCEPTED_IN_PART, "gwent": Answer.AWAITING},
        {"hampshire": Stage.BLOCKED, "kent": Stage.COMPLETE, "surrey": Stage.CHECKED},
    )
    assert sentences.alt_text(tile_map) == (
        "Map of 43 areas for stalking 15: 41 accepted; 1 accepted in part (Essex); 1 awaiting (Gwent)."
        " Progress: 1 complete; 1 checked by the association; 1 blocked (Hampshire); 40 not started."
        " As at 10 March 2025."
    )
    assert sentences.alt_text(of_wales()) == (
        "Map of 43 areas for stalking 3: 4 accepted; 39 not asked. Progress: 4 complete. As at 10 March 2025."
    )


def test_the_alt_text_is_never_longer_than_slack_takes() -> None:
    three = [Answer.ACCEPTED_IN_PART, Answer.NOT_ACCEPTED, Answer.AWAITING]
    tile_map = a_map(
        {body.slug: three[n % 3] for n, body in enumerate(BODIES)}, dict.fromkeys(slugs(), Stage.BLOCKED)
    )
    assert "… 7 more" in sentences.alt_text(tile_map)
    assert len(sentences.alt_text(tile_map)) <= 1000
    longest = [replace(body, short_name=f"{body.short_name} {'x' * 60}") for body in BODIES]
    addressees = [addressed(body, Answer.AWAITING, Stage.BLOCKED) for body in longest]
    text = sentences.alt_text(laid_out(a_recommendation(), addressees, longest, TODAY))
    assert len(text) == 1000
    assert text.endswith("…")


def slugs() -> list[str]:
    return [body.slug for body in BODIES]


def test_an_earlier_day_and_an_end_are_said() -> None:
    tile_map = replace(a_map({}), day=date(2024, 11, 22), known=True)
    assert sentences.when(tile_map) == "As known at 22 November 2024"
    ended = replace(a_map({}), recommendation=a_recommendation(status=RecommendationStatus.WITHDRAWN))
    assert sentences.title(ended) == "Stalking 15, withdrawn: 43 of 43 had accepted"


def test_a_body_that_counts_and_is_not_drawn_is_named() -> None:
    tile_map = replace(a_map({}), elsewhere=(an_addressee("Old Body"),))
    assert "Counted, and on no square of their own: Old Body." in [
        written.words for written in drawn(tile_map).written
    ]


@pytest.mark.parametrize(
    ("name", "written"),
    [("Ynys Môn", "Ynys Mon"), ("Dyfed–Powys", "Dyfed-Powys"), ("St Mary’s", "St Mary's")],
)
def test_what_the_font_has_no_letter_for_is_written_plainly(name: str, written: str) -> None:
    assert writable(name) == written


def test_the_answer_says_in_words_what_the_map_will_show() -> None:
    shown = blocks.arriving(a_map({"gwent": Answer.AWAITING}))
    assert_valid(shown)
    assert shown.text == ("Stalking 15: 42 of 43 accepted; the map arrives as a picture in a direct message.")
    assert read(shown) == [
        "Responses: 42 accepted; 1 awaiting (Gwent)",
        "Progress: 43 not started",
        "As at 10 March 2025.",
    ]
