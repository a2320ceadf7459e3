"""A new process that runs until it has nothing more to do soon."""

from tests.outbox.rig import Rig

_FAR_TOO_MANY = 200
_SOON = 1.0  # seconds


def comes_to_rest(rig: Rig, far_too_many: int = _FAR_TOO_MANY) -> None:
    """Run a new process until nothing is due soon; real time passes between its rounds. What is older than
    the process is looked for before it is sent."""
    schedule = rig.schedule()
    for _ in range(far_too_many):
        if schedule.tick() > _SOON:
            return
        rig.stopwatch.seconds += _SOON
    raise AssertionError("it does not come to rest")
