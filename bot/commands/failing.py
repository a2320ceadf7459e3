"""How a command of the command line fails."""

import sys


def failed(*problems: str) -> int:
    """Print each problem on a line of the standard error; returns the exit code 1."""
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1


def not_written(path: object, error: OSError) -> str:
    """Say why a file or a folder could not be written."""
    return f"{path} cannot be written: {error.strerror}."
