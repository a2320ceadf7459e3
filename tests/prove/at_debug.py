"""`python -m tests.prove.at_debug COMMAND`: recbot with every logger at DEBUG, its own and its libraries'."""

import logging
import sys
from typing import Any

from bot.cli import main

_as_configured = logging.basicConfig


def _at_debug(**arguments: Any) -> None:
    _as_configured(**{**arguments, "level": logging.DEBUG})
    for name in ("slack_sdk", "slack_bolt", "sqlalchemy.engine", "sqlalchemy.pool", "alembic", "asyncio"):
        logging.getLogger(name).setLevel(logging.DEBUG)


if __name__ == "__main__":
    # The program has no setting for it: only the level is changed, not what the log lets through.
    logging.basicConfig = _at_debug
    sys.exit(main(sys.argv[1:]))
