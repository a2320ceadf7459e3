"""How much a proof tries: a short size by default, the full one with `RECBOT_PROVE_SCALE=full`, and the full
one but at most 300 of anything with `RECBOT_PROVE_SCALE=300`."""

import os


def size(short: int, full: int) -> int:
    scale = os.environ.get("RECBOT_PROVE_SCALE", "")
    if scale.isdecimal() and short < full:
        return min(full, int(scale))
    # What is smaller at full size is no count of what is tried: it says how exact it has to be.
    return full if scale.isdecimal() or scale == "full" else short
