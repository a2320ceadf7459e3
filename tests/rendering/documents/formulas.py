"""Texts that a spreadsheet could take for formulas."""

import random

_SIGNS = "=+-@＝＋－＠"
_BEFORE = ("", " ", "  ", "\u00a0")
_AFTER = (
    "1+1",
    'HYPERLINK("http://evil.example","click")',
    "cmd|' /C calc'!A0",
    "SUM(A1:A9)",
    'WEBSERVICE("http://evil.example")',
    "2+5+cmd|' /C calc'!A0",
    "{=1+1}",
    'DDE("cmd";"/C calc";"x")',
    '"",=1+1',
    "1\n=1+1",
    "1;=1+1",
    "-1",
)


def formula_like(how_many: int) -> list[str]:
    """The same each time."""
    chance = random.Random(6)
    return [chance.choice(_BEFORE) + chance.choice(_SIGNS) + chance.choice(_AFTER) for _ in range(how_many)]
