"""`make bench`: how fast recbot answers, as ratios to an empty listener measured in the same run.

It measures and does not judge: it ends with 0 whatever the figures are."""

import argparse
import json
import logging

from tests.bench.measuring import measure

_ROUNDS = 10


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="How fast recbot answers.")
    parser.add_argument("--seconds", type=float, default=5, help="for each case on each path (default: 5)")
    parser.add_argument("--json", action="store_true", help="print JSON in place of tables")
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    results = measure(asked.seconds, _ROUNDS)
    print(json.dumps(results.as_json(), indent=1) if asked.json else results.as_text())


if __name__ == "__main__":
    main()
