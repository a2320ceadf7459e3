"""Row 67: whatever happens between digests, every change is told by exactly one of them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.operations.messages.test_digest import STEPS, must_be_told_once
from tests.prove.size import size

pytestmark = pytest.mark.prove


@settings(max_examples=size(12, 200), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, seed=st.integers(0, 1000))
def test_every_change_is_told_by_exactly_one_digest(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str], seed: int
) -> None:
    must_be_told_once(tmp_path_factory.mktemp("told"), steps, seed)
