"""Parts of the patterns of turns of speech: who is named, the number of a recommendation, the end of a sentence."""

import re
from collections.abc import Callable

Replacement = str | Callable[[re.Match[str]], str]

WHO = r"[\w&' -]{1,40}?"
NUMBER = r"(?:rec(?:ommendation)?s? )?(?:no\.? )?#?\d+\w?"
END = r"[\s.!?]*$"
