"""What stands behind each count of a page: the bodies that were counted, and the updates by which they stand
so."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from bot.domain.messages.digest import by_body
from bot.domain.questions.account import Chapter, Entry
from bot.domain.register.addressee import ANSWERS_IN_ORDER, STAGES_IN_ORDER, Addressee, Answer, Duty, Stage
from bot.domain.register.update import Update
from bot.rendering import terms, words
from bot.rendering.site import addresses


class Counted(Struct, frozen=True):
    """A body that was counted, and the updates by which it stands so; none where it has recorded nothing."""

    entry: Entry
    updates: tuple[Update, ...]


class Figure(Struct, frozen=True):
    """A count of a recommendation. `anchor` is its address in the page."""

    anchor: str
    name: str
    count: int
    bodies: tuple[Counted, ...]


class ReportFigure(Struct, frozen=True):
    """A count of a report: the bodies of which something holds for all that it asks of them."""

    anchor: str
    name: str
    body_codes: tuple[str, ...]


def answers(chapter: Chapter, entries: Sequence[Entry]) -> tuple[Figure, ...]:
    """Return the counts of responses as the register has them, with the bodies behind each."""
    return tuple(
        _figure(
            addresses.figure(answer),
            terms.answer(answer),
            chapter.tally.answers.get(answer, 0),
            (entry for entry in entries if entry.addressee.answer is answer),
            _by_response,
        )
        for answer in ANSWERS_IN_ORDER
    )


def stages(chapter: Chapter, entries: Sequence[Entry]) -> tuple[Figure, ...]:
    """Return the counts of progress likewise."""
    return tuple(
        _figure(
            addresses.figure(stage),
            terms.stage(stage),
            chapter.tally.stages.get(stage, 0),
            (entry for entry in entries if entry.addressee.stage is stage),
            _by_progress,
        )
        for stage in STAGES_IN_ORDER
    )


def done(chapter: Chapter, entries: Sequence[Entry]) -> Figure:
    """Return the count of those that are complete, by whosever word."""
    complete = (entry for entry in entries if entry.addressee.stage.is_done)
    name = "complete, by the body's own word, checked or closed"
    return _figure("done", name, chapter.tally.done, complete, _by_progress)


def late(entries: Sequence[Entry]) -> Iterator[Figure]:
    """Yield the counts of what is overdue, where anything is."""
    for duty in Duty:
        overdue = [entry for entry in entries if entry.overdue_by(duty) is not None]
        if overdue:
            by = _by_response if duty is Duty.RESPONSE else _by_progress
            name = f"{terms.duty(duty)} overdue"
            yield _figure(addresses.figure(duty), name, len(overdue), overdue, by)


def of_report(addressees: Iterable[Addressee]) -> tuple[ReportFigure, ...]:
    """Return the counts in a report's sentence, each with its bodies, by name."""
    groups = by_body(addressees)

    def figure(anchor: str, name: str, is_so: Callable[[Addressee], bool]) -> ReportFigure:
        codes = tuple(code for code, rows in groups.items() if all(map(is_so, rows)))
        return ReportFigure(anchor, name, codes)

    return (
        figure("answered", "answered all of it", lambda row: row.answer.is_given),
        figure("accepted", "accepted all of it", lambda row: row.answer is Answer.ACCEPTED),
        figure("complete", "complete with all of it", lambda row: row.stage.is_done),
        figure(
            "checked", f"{terms.stage(Stage.CHECKED)} on all of it", lambda row: row.stage is Stage.CHECKED
        ),
        figure("closed", f"{terms.stage(Stage.CLOSED)} on all of it", lambda row: row.stage is Stage.CLOSED),
    )


def _figure(
    anchor: str,
    name: str,
    count: int,
    entries: Iterable[Entry],
    updates_of: Callable[[Entry], tuple[Update, ...]],
) -> Figure:
    counted_entries = tuple(Counted(entry, updates_of(entry)) for entry in entries)
    return Figure(anchor, words.capital(name), count, counted_entries)


def _by_response(entry: Entry) -> tuple[Update, ...]:
    return (entry.response,) if entry.response else ()


def _by_progress(entry: Entry) -> tuple[Update, ...]:
    return entry.moves
