"""How long one thread may work while others wait for their turn of Python."""

import sys

# In seconds. With Python's own 0.005 whoever writes, or gives a short answer, may wait so long after each
# statement for others who put long lists together; with 0.0005 sixteen who write spend a tenth of their time
# on handing Python on.
_LONGEST_TURN = 0.002


def take_short_turns() -> None:
    """Have the threads of this process hand Python on more often than by default."""
    sys.setswitchinterval(_LONGEST_TURN)
