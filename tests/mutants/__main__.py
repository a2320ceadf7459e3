"""`make mutants`: change the code in small ways, and see whether a test notices each change.

It prints each mutant that is left, and counts. With `--all` it prints how each of them ended."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.mutants.equivalent import equivalent
from tests.mutants.groups import GROUPS, Group
from tests.mutants.mutations import Mutation
from tests.mutants.trials import Outcome, Trials


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("groups", nargs="*", help="by name (default: all)")
    parser.add_argument(
        "--sample", type=int, help="how many mutants of each group (default: the group's own)"
    )
    parser.add_argument("--those", type=Path, help="only those whose names are in a file, one a line")
    parser.add_argument("--tests", nargs="+", help="by which they are judged (default: the group's own)")
    parser.add_argument("--all", action="store_true", help="print how each mutant ended, and by which test")
    arguments = parser.parse_args()
    names = arguments.those and frozenset(arguments.those.read_text(encoding="utf-8").splitlines())
    for group in GROUPS:
        if not arguments.groups or group.name in arguments.groups:
            tried = replace(group, tests=tuple(arguments.tests or group.tests))
            sample = arguments.sample or (None if names else group.sample)
            try_group(tried, sample, names, prints_all=arguments.all)


def try_group(group: Group, sample: int | None, names: frozenset[str] | None, *, prints_all: bool) -> None:
    """Try a group's mutants, and print what is left of them."""
    reasons = equivalent()
    os.environ.update(group.environment)
    # Where the trials are, the output of the tests goes nowhere.
    output = os.fdopen(os.dup(1), "w", buffering=1)

    def say(outcome: Outcome) -> None:
        name = outcome.mutation.name
        if prints_all or not (outcome.is_noticed or name in reasons):
            output.write(f"{outcome.verdict}\t{name}\t{outcome.test}\n")

    trials = Trials(group, say)
    known = {mutation.name for mutation in trials.mutations}
    chosen = [mutation for mutation in trials.mutations if names is None or mutation.name in names]
    outcomes = trials.try_all(by_lot(chosen, sample))
    noticed = sum(outcome.is_noticed for outcome in outcomes)
    alike = sum(not outcome.is_noticed and outcome.mutation.name in reasons for outcome in outcomes)
    left = len(outcomes) - noticed - alike
    counted = f"{len(outcomes)} tried: {noticed} killed, {alike} equivalent, {left} left"
    output.write(f"{group.name}: of {len(known)} mutants {counted}\n")


def by_lot(mutations: Sequence[Mutation], sample: int | None) -> list[Mutation]:
    """Return so many of them, in the order in which they stand."""
    drawn = set(sorted(mutation.lot for mutation in mutations)[:sample])
    return [mutation for mutation in mutations if mutation.lot in drawn]


if __name__ == "__main__":
    main()
