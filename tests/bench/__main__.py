"""`make bench`: how fast recbot answers, as ratios to an empty listener measured in the same run.

It measures and does not judge: it ends with 0 whatever the figures are."""

import argparse
import json
import logging

from tests.bench.measuring import measure
from tests.bench.register import LARGE, MIDDLE, SMALL

_ROUNDS = 10
_STARTS = 5


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="How fast recbot answers.")
    parser.add_argument("--seconds", type=float, default=2, help="for each case on each path (default: 2)")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[SMALL, MIDDLE, LARGE], help="how many recommendations"
    )
    parser.add_argument("--databases", nargs="+", default=["SQLite", "PostgreSQL"])
    parser.add_argument("--json", action="store_true", help="print JSON in place of tables")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    results = measure(arguments.seconds, _ROUNDS, sorted(arguments.sizes), arguments.databases, _STARTS)
    print(json.dumps(results.as_json(), indent=1) if arguments.json else results.as_text())


if __name__ == "__main__":
    main()
