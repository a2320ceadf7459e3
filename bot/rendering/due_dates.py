"""A deadline with whatever moved it, and the day on which the body itself expects to be done."""

from collections.abc import Iterator
from datetime import date

from bot.domain.register.addressee import Addressee
from bot.domain.register.part_states import states_of
from bot.rendering import terms, words


def stands(addressee: Addressee) -> str:
    """Say how far the body is: in progress; closed by the inspectorate on 3 Mar 2026 (level 2)."""
    stage = terms.stage(addressee.stage)
    level = terms.closing_level(addressee.closing_level)
    if addressee.closed_on is None:
        return stage
    return f"{stage} on {words.short_day(addressee.closed_on)}{f' ({level})' if level else ''}"


def parts(addressee: Addressee) -> str:
    """Say how far its parts are: part (a) complete, part (b) in progress; empty where none is begun."""
    states = states_of(addressee).items()
    return ", ".join(f"part ({label}) {terms.stage(stage)}" for label, stage in states)


def due(addressee: Addressee, stated: date | None) -> str:
    """Say when it is due: due 30 Apr 2025, was 27 Mar 2025, extended once by 34 days; empty without a
    deadline."""
    if addressee.due_on is None:
        return ""
    return f"due {moved(addressee, addressee.due_on, stated)}"


def moved(addressee: Addressee, due_on: date, stated: date | None) -> str:
    """Say how a deadline was moved: 30 Apr 2025, was 27 Mar 2025, extended once by 34 days."""
    return ", ".join(filter(None, (words.moved_day(due_on, stated), slips(addressee))))


def slips(addressee: Addressee) -> str:
    """Count the extensions: extended once by 34 days; extended 3 times by 94 days in all; empty where it was
    not."""
    if not addressee.slips:
        return ""
    in_all = "" if addressee.slips == 1 else " in all"
    return f"extended {times(addressee.slips)} by {words.days(addressee.slip_days)}{in_all}"


def expects(addressee: Addressee, today: date) -> str:
    """Say when the body expects to be done: expects 30 Jun 2025 (64 days late); empty where no day is
    expected, or nothing is left to be done."""
    day = addressee.expects
    if day is None:
        return ""
    notes = [_how_it_fits(addressee, day)]
    if addressee.expectation_moves:
        notes.append(f"moved later {times(addressee.expectation_moves)}")
    if day < today:
        notes.append("that day has passed")
    noted = "; ".join(filter(None, notes))
    return f"expects {words.short_day(day)}{f' ({noted})' if noted else ''}"


def you_expect(addressee: Addressee, today: date) -> str:
    """Say to the body itself when it expects to be done: you expect 30 June 2025, 64 days late."""
    day = addressee.expects
    if day is None:
        return ""
    if day < today:
        return f"you expected {words.day(day)}, which has passed"
    return ", ".join(filter(None, (f"you expect {words.day(day)}", _how_it_fits(addressee, day))))


def is_expected(addressee: Addressee) -> str:
    """Say after "is" when what was just recorded is expected: expected on 30 June 2025, 64 days after the
    deadline."""
    day = addressee.expected_on
    if day is None:
        return "without an expected day"
    if addressee.due_on is None:
        return f"expected on {words.day(day)}"
    late = (day - addressee.due_on).days
    how = f"{words.days(late)} after the deadline" if late > 0 else "in time"
    return f"expected on {words.day(day)}, {how}"


def dates(addressee: Addressee, stated: date | None, today: date) -> Iterator[str]:
    """Yield the deadline and the expected day, as far as there are any."""
    yield from filter(None, (due(addressee, stated), expects(addressee, today)))


def _how_it_fits(addressee: Addressee, day: date) -> str:
    if addressee.due_on is None:
        return ""
    if addressee.is_expected_late:
        return f"{words.days((day - addressee.due_on).days)} late"
    return "on track"


def times(n: int) -> str:
    """Say how often: once; twice; 3 times."""
    return {1: "once", 2: "twice"}.get(n, f"{n} times")
