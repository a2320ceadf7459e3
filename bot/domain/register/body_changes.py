"""What an update says of a body that changed, whatever changed it."""

from collections.abc import Iterable

from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.update import Change


def changes_of(before: PolicingBody | None, after: PolicingBody, names: Iterable[str]) -> tuple[Change, ...]:
    """Return the facts, of those named, in which two states of a body differ; a new body had none before."""
    pairs = ((name, _written(getattr(before, name, None)), _written(getattr(after, name))) for name in names)
    return tuple(Change(name, was, now) for name, was, now in pairs if was != now)


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else str(value)
