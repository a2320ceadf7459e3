"""The published site: pages that work without a script, and the same as files for programs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import Struct

from bot.domain.language import Language
from bot.domain.messages.digest import ReportStanding
from bot.domain.questions.account import Chapter, Entry
from bot.domain.questions.map import TileMap, laid_out
from bot.domain.questions.over_time import (
    ProgressOn,
    ProgressOverTime,
    Series,
    counted_on,
    ends_of_weeks,
    in_which_it_moved,
)
from bot.domain.questions.published_register import CountsOn, PublishedRegister, months_told
from bot.domain.questions.question_subject import QuestionSubject
from bot.domain.register.addressee import ANSWERS_IN_ORDER, STAGES_IN_ORDER, Addressee
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Report
from bot.domain.values import replace
from bot.rendering.blocks.messages.digest_message import report_line
from bot.rendering.documents import csv, json, sentences
from bot.rendering.origins import heirs
from bot.rendering.pictures import chart as charts
from bot.rendering.pictures import map as maps
from bot.rendering.pictures import sentences as map_sentences
from bot.rendering.pictures.chart_sentences import name_in_short
from bot.rendering.pictures.line_chart import LineChart
from bot.rendering.pictures.svg import SvgCanvas
from bot.rendering.site import addresses, figures, schema
from bot.rendering.site.environment import FOLDER, environment
from bot.rendering.site.news import NewsCollection


class WholeChapter(Struct, frozen=True):
    """One recommendation with all its entries, which a page can go through more than once."""

    chapter: Chapter
    entries: tuple[Entry, ...]
    # The bodies that answered it at the ends of weeks and months, by London date.
    standing_on: Mapping[date, tuple[Addressee, ...]]

    def counts_alone(self) -> "WholeChapter":
        """Return it without the bodies."""
        return WholeChapter(replace(self.chapter, addressees=(), entries=iter(())), (), {})


class ReportPage(Struct, frozen=True):
    """One report: how it stands, where any of its recommendations is live and addressed to a body."""

    report: Report
    chapters: tuple[WholeChapter, ...]
    standing: ReportStanding | None
    sentence: str


class ChartOfPage(Struct, frozen=True):
    """Progress over time as a picture, and the weeks in which a number moved, for the table beside it."""

    svg: str
    weeks: tuple[ProgressOn, ...]


class Withdrawn(Struct, frozen=True):
    """An update that is no longer published in full."""

    entry: Entry
    seq: int


def write(register: PublishedRegister, folder: Path) -> None:
    """Write the whole site into an empty folder. The same register gives the same bytes."""
    _Site(register, folder).write()


class _Site:
    def __init__(self, register: PublishedRegister, folder: Path) -> None:
        self._register = register
        self._folder = folder
        self._bodies = {body.code: body for body in register.bodies}
        self._account = register.account()

    def write(self) -> None:
        reports = self._reports_and_files()
        withdrawn: list[Withdrawn] = []
        news = NewsCollection(self._register.identity)
        for body in self._register.bodies:
            entries = self._body(body)
            news.take(entries)
            withdrawn += [Withdrawn(entry, seq) for entry in entries for seq in entry.withdrawn]
        self._page(
            addresses.FRONT, "front.html", reports=reports, withdrawn=withdrawn, regions=self._regions()
        )
        self._page(addresses.NUMBERS, "numbers.html", withdrawn=withdrawn)
        self._page(addresses.ACCESSIBILITY, "accessibility.html")
        self._page(addresses.FEED, "feed.xml", feed_id=news.feed_id, news=news.newest)
        self._write(addresses.SCHEMA, schema.written(self._account))
        self._write(addresses.STYLE, (FOLDER / "style.css").read_text(encoding="utf-8"))

    def _reports_and_files(self) -> list[ReportPage]:
        """Write the pages of all reports and recommendations, and the files for programs, in one go through
        the register."""
        pages: list[ReportPage] = []
        with csv.rows(self._account, self._folder / addresses.CSV) as write_row:
            passing = replace(self._account, chapters=self._chapters(pages, write_row))
            json.write(passing, self._folder / addresses.JSON)
        return pages

    def _chapters(self, pages: list[ReportPage], write_row: Callable[[Entry], None]) -> Iterator[Chapter]:
        """Yield the recommendations once their pages and rows are written; the page of each report goes into
        `pages`."""
        for report, chapters in self._reports():
            pages.append(self._report(report, chapters))
            for whole in chapters:
                for entry in whole.entries:
                    write_row(entry)
                yield replace(whole.chapter, entries=iter(whole.entries))

    def _reports(self) -> Iterator[tuple[Report, tuple[WholeChapter, ...]]]:
        """Yield the reports with their recommendations, one report at a time."""
        for report, its_chapters in groupby(
            self._account.chapters, key=lambda chapter: chapter.recommendation.report
        ):
            yield report, tuple(self._whole(chapter) for chapter in its_chapters)

    def _whole(self, chapter: Chapter) -> WholeChapter:
        # One after the other, since both come from the same updates.
        entries = tuple(chapter.entries)
        published_on = chapter.recommendation.report.published_on
        days = sorted({*self._months(published_on), *self._weeks(published_on)})
        standing = self._register.standing_on(chapter.recommendation, days)
        return WholeChapter(chapter, entries, dict(zip(days, standing, strict=True)))

    def _months(self, published_on: date) -> tuple[date, ...]:
        return months_told(published_on, self._register.day)

    def _weeks(self, published_on: date) -> tuple[date, ...]:
        return ends_of_weeks(min(published_on, self._register.day), self._register.day)

    def _report(self, report: Report, chapters: tuple[WholeChapter, ...]) -> ReportPage:
        """Write the pages of a report and its recommendations, and return what the first page says of it."""
        day = self._register.day
        live = [
            addressee
            for whole in chapters
            if whole.chapter.recommendation.live
            for addressee in whole.chapter.addressees
        ]
        standing = ReportStanding.of(report.key, live, day) if live else None
        page = ReportPage(report, chapters, standing, report_line(standing, day) if standing else "")
        for whole in chapters:
            self._recommendation(whole)
        weeks = self._weeks(report.published_on)
        in_weeks = [[row for whole in chapters for row in whole.standing_on[week]] for week in weeks]
        names = {code: body.short_name for code, body in self._bodies.items()}
        self._page(
            addresses.report(report),
            "report.html",
            page=page,
            figures=figures.of_report(live),
            names=names,
            chart=_chart(QuestionSubject(report_keys=(report.key,)), weeks, in_weeks),
            responses=self._account.published_responses.get(report.key),
        )
        # The first page needs the counts alone: the bodies of only one report are held at a time.
        return replace(page, chapters=tuple(whole.counts_alone() for whole in chapters))

    def _recommendation(self, whole: WholeChapter) -> None:
        """Write the page of a recommendation."""
        chapter = whole.chapter
        recommendation = chapter.recommendation
        day = self._register.day
        months = self._months(recommendation.report.published_on)
        weeks = self._weeks(recommendation.report.published_on)
        stood = whole.standing_on
        self._page(
            addresses.recommendation(recommendation),
            "recommendation.html",
            chapter=chapter,
            recommendation=recommendation,
            entries=whole.entries,
            sentence=sentences.how_it_stands(chapter),
            heirs=heirs(chapter.origin),
            how_far=sentences.how_far(chapter),
            ended=sentences.ended(recommendation),
            deadlines=sentences.deadlines(recommendation),
            answers=figures.answers(chapter, whole.entries),
            done=figures.done(chapter, whole.entries),
            stages=figures.stages(chapter, whole.entries),
            late=tuple(figures.late(whole.entries)),
            map_svg=self._map(chapter) if chapter.addressees else "",
            over_time=(
                *(CountsOn.of(stood[month], month) for month in months if stood[month]),
                CountsOn.of(chapter.addressees, day),
            ),
            chart=_chart(
                QuestionSubject(recommendations=(recommendation,)), weeks, [stood[week] for week in weeks]
            ),
            answers_in_order=ANSWERS_IN_ORDER,
            stages_in_order=STAGES_IN_ORDER,
        )

    def _body(self, body: PolicingBody) -> list[Entry]:
        """Write the page of a body in its languages, and return what was ever asked of it."""
        account = self._register.account_of(body)
        entries = [entry for chapter in account.chapters for entry in chapter.entries]
        languages = {language: addresses.body(body, language) for language in _languages_of(body)}
        for language, address in languages.items():
            self._page(
                address,
                "body.html",
                language,
                body=body,
                entries=entries,
                responses=account.published_responses,
                languages=list(languages.items()),
                successors=[self._bodies[code] for code in body.heirs if code in self._bodies],
                predecessors=[other for other in self._register.bodies if body.code in other.heirs],
            )
        return entries

    def _regions(self) -> list[tuple[str, list[PolicingBody]]]:
        """Return the bodies by region, the regions and the bodies by name."""
        by_region: dict[str, list[PolicingBody]] = {}
        for body in self._register.bodies:
            by_region.setdefault(body.region, []).append(body)
        return sorted(by_region.items())

    def _map(self, chapter: Chapter) -> str:
        bodies, day = self._bodies.values(), self._register.day
        return _map(laid_out(chapter.recommendation, chapter.addressees, bodies, day, origin=chapter.origin))

    def _page(
        self, address: str, template: str, language: Language = Language.ENGLISH, **values: Any
    ) -> None:
        self._write(
            address,
            environment(language)
            .get_template(template)
            .render(
                root=addresses.root_of(address),
                address=address,
                register=self._register,
                series_in_order=[(series, name_in_short(series)) for series in Series],
                body_at=lambda code: addresses.body(self._bodies[code]),
                **values,
            ),
        )

    def _write(self, address: str, text: str) -> None:
        path = self._folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _languages_of(body: PolicingBody) -> tuple[Language, ...]:
    """Return the languages of a body's page, the first one's at its own address."""
    return (Language.ENGLISH, Language.WELSH) if body.country == "Wales" else (Language.ENGLISH,)


def _map(tile_map: TileMap) -> str:
    canvas = SvgCanvas(*maps.extent(tile_map))
    maps.draw(canvas, tile_map)
    return canvas.svg("map", map_sentences.title(tile_map), map_sentences.alt_text(tile_map))


def _chart(
    subject: QuestionSubject, weeks: Sequence[date], standing: Sequence[Sequence[Addressee]]
) -> ChartOfPage | None:
    """Draw the weeks in which anybody was asked; None where nobody ever was."""
    days = [week for week, rows in zip(weeks, standing, strict=True) if rows]
    if not days:
        return None
    points = counted_on(days, [rows for rows in standing if rows])
    drawn = LineChart.of(ProgressOverTime(subject, points, days[-1], typed=""))
    canvas = SvgCanvas(charts.WIDTH, charts.HEIGHT, charts.variables())
    charts.draw(canvas, drawn)
    return ChartOfPage(canvas.svg("chart", drawn.title, drawn.alt_text), in_which_it_moved(points))
