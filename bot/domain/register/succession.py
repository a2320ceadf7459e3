"""When a policing body ends, what it still owes passes to its successor on the day after its last one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.policing_body import PolicingBody


def ended_before(everyone: Iterable[PolicingBody], today: date) -> list[PolicingBody]:
    """The bodies that have a successor and are no more on a London date, the first to end first: a successor
    may have ended since."""
    gone = (body for body in everyone if body.successor_code and body.last_day and body.last_day < today)
    return sorted(gone, key=lambda body: (body.last_day or today, body.code))


def passes_on(body: PolicingBody) -> date:
    """The London date from which the successor owes what an ended body owed."""
    if body.last_day is None:
        raise ValueError(body.code)
    return body.last_day + timedelta(days=1)


def is_open(addressee: Addressee) -> bool:
    return any(addressee.owes(duty) for duty in Duty)


def inherit(heir: Addressee, ended: Addressee) -> Addressee:
    """The heir, owing also what the ended body owed. What it owes by itself stays as it is."""
    if ended.owes(Duty.ACTION) and not heir.owes(Duty.ACTION):
        return replace(heir, answer=ended.answer, stage=ended.stage)
    if ended.owes(Duty.RESPONSE) and not heir.owes(Duty.RESPONSE):
        return replace(heir, answer=ended.answer)
    return heir


def new_heir(blank: Addressee, ended: Addressee) -> Addressee:
    """A successor that is not addressed yet stands where the ended body stood."""
    return replace(
        blank,
        answer=ended.answer,
        stage=ended.stage,
        parts_addressed=ended.parts_addressed,
        due_on=ended.due_on,
    )
