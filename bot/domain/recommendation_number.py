"""A recommendation's number as reports print it: 15, 3a, 4.1, 8.2b.

It is read, checked and put in order here and nowhere else."""

import re

NUMBER = r"[1-9][0-9]{0,2}(?:\.[0-9]{1,2}){0,2}[a-z]?"
"""The pattern of a number in small letters, to build other patterns from; it has no groups."""

LONGEST_NUMBER = len("999.99.99z")

_WRITTEN = re.compile(f"0*({NUMBER})")
_PIECES = re.compile(r"[0-9]+|[a-z]")


def parse_number(text: str) -> str | None:
    """Return the number as the register holds it ("015" is 15, "3A" is 3a), or None for what is no number."""
    match = _WRITTEN.fullmatch(text.strip().lower())
    return match[1] if match else None


def number_order(number: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key that puts numbers in the order of a report: 1, 1a, 1b, 2, 4.1, 4.2, 4.10, 10.

    What is no number comes last, by its letters."""
    if parse_number(number) is None:
        return ((_LAST, number),)
    return tuple((int(piece), "") if piece.isdigit() else (0, piece) for piece in _PIECES.findall(number))


_LAST = 1_000_000
