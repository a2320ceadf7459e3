"""`recbot`, and `python -m bot`."""

import gc
import sys

# Nearly all that is made while modules load stays to the end, and looking through it for garbage takes time.
gc.disable()

from bot.cli import main  # noqa: E402

gc.freeze()
gc.enable()

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
