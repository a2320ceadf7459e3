"""Where a row of the register says something else than the register holds, and is not taken: each cell."""

from collections.abc import Iterator
from datetime import date

from bot.domain.register.imports import RegisterRow
from bot.domain.register.recommendation import Recommendation
from bot.operations.imports.picture import ImportedAddressee, Last
from bot.operations.imports.plan import Plan
from bot.operations.imports.reports import labels


def name_differences(
    plan: Plan, row: RegisterRow, recommendation: Recommendation, standing: ImportedAddressee
) -> None:
    """Name the cells that differ from what is held. Empty ones are skipped, and texts are not repeated."""
    for column, in_file, in_register in (
        *_of_response(row, standing),
        *_of_progress(row, standing),
        *_of_parts(row, standing),
        *_of_deadlines(row, recommendation, standing),
        *_of_body(plan, row, standing),
    ):
        difference = f"The file says {in_file}, the register {in_register}." if in_file else in_register
        plan.notice(row, column, f"{difference} The register's was kept.")


# A column, what the file says in it (empty for a text) and what the register holds.
_Differences = Iterator[tuple[str, str, str]]


def _of_response(row: RegisterRow, standing: ImportedAddressee) -> _Differences:
    answer = standing.addressee.answer
    if row.response and row.response is not answer:
        since = f" from {standing.last_response.on}" if standing.last_response else ""
        yield "response", row.response, answer + (since if answer.is_given else "")
        return
    day, last = row.response_on, standing.response
    if answer.is_given:
        yield from _of_day("response_on", day, last.on if last else None)
    elif day:
        yield "response_on", str(day), "awaits the response"
    yield from _of_text("response_text", row.response_text, last)


def _of_progress(row: RegisterRow, standing: ImportedAddressee) -> _Differences:
    stage, move = standing.addressee.stage, standing.move
    if row.progress and row.progress is not stage:
        yield "progress", row.progress, stage + (f" from {move.on}" if move else "")
        return
    yield from _of_day("progress_on", row.progress_on, move.on if move else None)
    yield from _of_text("progress_text", row.progress_text, standing.progress)


def _of_day(column: str, in_file: date | None, in_register: date | None) -> _Differences:
    if in_file and in_file != in_register:
        yield column, str(in_file), str(in_register) if in_register else "no day"


def _of_text(column: str, in_file: str, last: Last | None) -> _Differences:
    if in_file and not (last and last.may_have_been(in_file)):
        yield column, "", "The register has another text." if last else "The register has no text."


def _of_parts(row: RegisterRow, standing: ImportedAddressee) -> _Differences:
    in_file, in_register = set(labels(row.parts_addressed)), set(standing.addressee.parts_addressed)
    if row.part_states:
        in_file = set()
    if in_file and in_file != in_register:
        yield "parts_addressed", " ".join(sorted(in_file)), " ".join(sorted(in_register)) or "none"
    if row.evidence and not set(row.evidence.split()) <= standing.evidence:
        yield (
            "evidence",
            "",
            "The register has another link." if standing.evidence else "The register has no link.",
        )


def _of_deadlines(
    row: RegisterRow, recommendation: Recommendation, standing: ImportedAddressee
) -> _Differences:
    for column, in_file, in_register in (
        ("respond_by", row.respond_by, standing.addressee.respond_by),
        ("due_on", row.due_on, standing.addressee.due_on),
        ("due_on_stated", row.due_on_stated, recommendation.due_on),
        ("expected_on", row.expected_on, standing.addressee.expected_on),
    ):
        yield from _of_day(column, in_file, in_register)
    status = row.recommendation_status.casefold()
    if status and status != recommendation.status:
        yield "recommendation_status", status, recommendation.status


def _of_body(plan: Plan, row: RegisterRow, standing: ImportedAddressee) -> _Differences:
    body = plan.picture.bodies[standing.addressee.body_code]
    successor = plan.picture.bodies.get(body.successor_code or "")
    for column, in_file, in_register in (
        ("body_name", row.body_name, body.name),
        ("region", row.region, body.region),
        ("country", row.country, body.country),
        ("successor", row.successor, successor.short_name if successor else ""),
    ):
        # What a body was called before is no difference.
        if in_file and in_file != in_register and in_file not in body.aliases:
            yield column, f"“{in_file}”", f"“{in_register}”" if in_register else "nothing"
    yield from _of_day("body_last_day", row.body_last_day, body.last_day)
