"""Row 27: of the small changes to the code of sending, deliveries, rights, transitions and the reading of
commands, some test notices 95 of 100 at least; those that nothing could notice are named, with the reason."""

import re
import subprocess
import sys

import pytest

from tests.mutants.equivalent import equivalent
from tests.mutants.groups import GROUPS, ROOT, Group
from tests.mutants.mutations import Mutable
from tests.prove.size import size

pytestmark = pytest.mark.prove

_SAMPLE = size(20, 100_000)
_COUNTED = re.compile(r"(\d+) tried: (\d+) killed, (\d+) equivalent, (\d+) left$", re.MULTILINE)


@pytest.mark.parametrize("group", [group for group in GROUPS if group.is_held], ids=lambda group: group.name)
def test_a_change_of_the_code_is_noticed(group: Group) -> None:
    sample = min(_SAMPLE, group.sample or _SAMPLE)
    command = [sys.executable, "-m", "tests.mutants", group.name, "--sample", str(sample)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(ended.stdout, ended.stderr)
    counted = _COUNTED.search(ended.stdout)
    assert counted
    tried, killed, alike, _ = map(int, counted.groups())
    assert tried > 0
    assert killed >= 0.95 * (tried - alike)


def test_each_mutant_that_is_named_can_be_made() -> None:
    known = {
        mutation.name
        for group in GROUPS
        for path in group.paths
        for mutation in Mutable.read(ROOT, path).mutations
    }
    assert equivalent().keys() <= known
