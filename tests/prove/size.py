"""How much a proof tries: a short size by default, the full one with `RECBOT_PROVE_SCALE=full`."""

import os


def size(short: int, full: int) -> int:
    return full if os.environ.get("RECBOT_PROVE_SCALE") == "full" else short
