"""The whole bench: every path, every case."""

from tests.bench.cases import CASES
from tests.bench.in_process import in_process
from tests.bench.over_http import askers, servers
from tests.bench.register import register
from tests.bench.results import Aims, Results, comparisons, figures, machine
from tests.bench.rounds import interleaved

IN_PROCESS = "in-process"
_IN_PROCESS_AIMS = Aims(floor=7, defaults=0.2)
# Of one connection only: sixteen wait for each other, not for the loop that sleeps.
_HTTP = {1: Aims(floor=2.5, defaults=0.2), 16: Aims(floor=2.5, defaults=None)}


def measure(seconds: float, rounds: int) -> Results:
    """Each case for so many seconds on each path, in so many turns."""
    before = machine()
    with register() as url:
        with in_process(CASES, url) as apps:
            measured = {IN_PROCESS: (interleaved(apps, seconds, rounds), _IN_PROCESS_AIMS)}
        with servers(CASES, url) as ports:
            for connections, aims in _HTTP.items():
                asked = interleaved(askers(ports, connections), seconds, rounds)
                measured[f"HTTP, {connections} at once"] = asked, aims
    return Results(
        before,
        [figure for path, (times, _) in measured.items() for figure in figures(path, times)],
        [one for path, (times, aims) in measured.items() for one in comparisons(path, times, aims)],
    )
