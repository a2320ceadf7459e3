"""A year of an association with two or five reports, as it happens in the demo: what 43 bodies answer and do
is dropped on recbot each Sunday as a table, and on Monday the digest comes."""

import csv
import io
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.standin import Post
from bot.standin.cast import CHANNEL
from bot.standin.stage import Stage
from tests.domain.shipped_names import rows
from tests.standin.page.visitor import Visitor

BEGINS = date(2025, 3, 10)
_WEEK = timedelta(weeks=1)
# In seconds; nothing here measures how long it takes.
_PATIENCE = 300
_DRAWN_FROM = 20250310


@dataclass(frozen=True)
class Report:
    """A report that the bodies answer and act on in the year."""

    key: str
    title: str
    publisher: str
    published_on: date
    respond_by: date
    due_on: date
    numbers: tuple[str, ...]


STALKING = Report(
    "stalking",
    "",
    "",
    date(2024, 9, 27),
    date(2024, 11, 22),
    date(2025, 3, 27),
    ("15", "16", "25"),
)
OTHERS = (
    Report(
        "custody",
        "The care of detainees",
        "HMICFRS",
        date(2025, 2, 3),
        date(2025, 3, 31),
        date(2025, 9, 30),
        ("1", "2", "3"),
    ),
    Report(
        "vetting",
        "Vetting, misconduct and misogyny",
        "HMICFRS",
        date(2025, 1, 20),
        date(2025, 3, 17),
        date(2025, 7, 31),
        ("4", "7"),
    ),
    Report(
        "fraud",
        "The police response to fraud",
        "HMICFRS",
        date(2025, 2, 24),
        date(2025, 4, 22),
        date(2025, 12, 19),
        ("1", "2", "6"),
    ),
    Report(
        "roads",
        "Roads policing",
        "HMICFRS",
        date(2025, 3, 3),
        date(2025, 4, 28),
        date(2026, 3, 31),
        ("3", "5"),
    ),
)


class Year:
    """Goes on week by week. `reports` is how many reports there are, the shipped one among them."""

    def __init__(self, stage: Stage, reports: int) -> None:
        self.stage = stage
        self._visitor = Visitor(stage.slack, patience=_PATIENCE)
        self._reports = (STALKING, *OTHERS[: reports - 1])
        self._today = BEGINS
        self._drops("reports.json", json.dumps(_reports(self._reports[1:])).encode())
        self._events = sorted(_events(self._reports, [row["short_name"] for row in rows()]))

    def goes_on_until(self, day: date) -> None:
        """Let weeks pass, with what is recorded in each, until the Monday on or after a day."""
        while self._today < day:
            for _ in range(6):
                self._travels_a_day()
            self._records(self._today, self._today + _WEEK)
            self._travels_a_day()
            self._today += _WEEK

    def digest(self) -> Post:
        """Return the last digest."""
        return [
            post for post in self.stage.slack.posts(CHANNEL) if post.user == self.stage.slack.bot_user_id
        ][-1]

    def _travels_a_day(self) -> None:
        arrived = json.loads(self._visitor.posts("/clock", {"to": "day"}).text)
        assert arrived.keys() == {"told"}, arrived

    def _records(self, begin: date, end: date) -> None:
        recorded = [row for day, row in self._events if begin <= day < end]
        if recorded:
            table = io.StringIO()
            writer = csv.writer(table)
            writer.writerow(_COLUMNS)
            writer.writerows(recorded)
            self._drops("register.csv", table.getvalue().encode())

    def _drops(self, name: str, content: bytes) -> None:
        cora = self.stage.cast["cora"]
        look = cora.drops(name, content, wait=60)
        assert look is not None
        assert "This would record" in look.text, look.all_text
        done = cora.clicks(look, "Record all", wait=60)
        assert done is not None
        assert ": Recorded: " in done.text, done.all_text


_COLUMNS = (
    "report",
    "recommendation",
    "body",
    "response",
    "response_on",
    "response_text",
    "progress",
    "progress_on",
    "progress_text",
)


def _reports(reports: tuple[Report, ...]) -> dict[str, list[dict[str, str]]]:
    return {
        "reports": [
            {
                "key": report.key,
                "title": report.title,
                "publishers": report.publisher,
                "published_on": report.published_on.isoformat(),
            }
            for report in reports
        ],
        "recommendations": [
            {
                "report": report.key,
                "number": number,
                "wording": f"Review how {report.title.lower()} is overseen, and close the gaps.",
                "addressed_to": "all",
                "respond_by": report.respond_by.isoformat(),
                "due_on": report.due_on.isoformat(),
            }
            for report in reports
            for number in report.numbers
        ],
    }


def _events(reports: tuple[Report, ...], bodies: list[str]) -> Iterator[tuple[date, tuple[str, ...]]]:
    """Yield what each body records on which day: its answers around their deadline, then that it has begun,
    and that it is done; some bodies are slow, and some have not finished within the year."""
    chance = random.Random(_DRAWN_FROM)
    for report in reports:
        for body in bodies:
            slow = chance.betavariate(2, 3)
            answered = max(BEGINS, report.respond_by + timedelta(days=round(-20 + 45 * slow**2 * 2)))
            for number in report.numbers:
                if report is not STALKING:
                    partly = chance.random() < 0.06
                    answer = (
                        ("accepted in part", "The force does some of it already.")
                        if partly
                        else ("accepted", "")
                    )
                    yield (
                        answered,
                        (report.key, number, body, answer[0], str(answered), answer[1], "", "", ""),
                    )
                span = (report.due_on - answered).days
                begun = answered + timedelta(days=round(span * chance.uniform(0.1, 0.6)))
                done = report.due_on + timedelta(
                    days=round(-25 + 240 * slow**3 * 2 + chance.uniform(-10, 25))
                )
                begun = min(max(begun, answered + timedelta(days=1)), done - timedelta(days=2))
                for day, stage, text in (
                    (begun, "in progress", "Work has begun."),
                    (done, "complete", "Done."),
                ):
                    if day > answered:
                        yield day, (report.key, number, body, "", "", "", stage, str(day), text)
