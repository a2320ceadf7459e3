"""How far the responses to reports are that ask for published ones, now or as it stood on a day."""

from collections.abc import Collection, Mapping
from datetime import date

from bot.domain.register.fold import counting
from bot.domain.register.published_response import PublishedResponse, latest_steps, published_response_of
from bot.domain.register.recommendation import Report
from storage import published_responses
from storage.database import Connection


def published_responses_now(
    connection: Connection,
    today: date,
    codes: Collection[str] | None = None,
    report_keys: Collection[str] | None = None,
) -> tuple[PublishedResponse, ...]:
    """Return how published responses stand on a London date, to some reports or all, of some bodies or of
    all."""
    asking = published_responses.asking(connection)
    reports = {key: asking[key] for key in asking if report_keys is None or key in report_keys}
    if not reports:
        return ()
    addressed = published_responses.bodies_asked(connection, reports.keys(), codes)
    return published_responses_of(connection, reports, addressed, today)


def published_responses_of(
    connection: Connection,
    reports: Mapping[str, Report],
    addressed: Mapping[str, Mapping[str, str]],
    day: date,
    *,
    known: bool = False,
) -> tuple[PublishedResponse, ...]:
    """Return the response of each body asked, nearest deadline first, by name. `addressed` are short names by
    code, by report; the day is London's, with `known` as the register had it then."""
    if not any(addressed.values()):
        return ()
    ended = published_responses.ended_by(connection, addressed.keys(), day)
    codes = {code for bodies in addressed.values() for code in bodies} | {row.body_code for row in ended}
    steps = latest_steps(counting(published_responses.history(connection, codes), day, known=known))
    rows = [
        published_response_of(reports[key], code, name, steps, ended)
        for key, bodies in addressed.items()
        for code, name in bodies.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.publish_by, row.report.key, row.body_name)))
