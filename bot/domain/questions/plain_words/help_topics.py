"""Which verb's help a question about recbot is for, by the words in `lists/help.txt`."""

import re
from collections.abc import Mapping
from functools import cache

from bot.domain.questions.plain_words.word_lists import sections

# The section of what is about all of recbot.
_ANYTHING = "anything"


def topic_of(text: str) -> str | None:
    """Return the verb of the first section in the list that has words of the text; empty where it is about all of recbot,
    None where no section has any. `text` is spelt out, in small letters, without marks."""
    words = f" {text} "
    for topic, pattern in _patterns().items():
        if pattern.search(words):
            return "" if topic == _ANYTHING else topic
    return None


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {
        topic: re.compile(f" (?:{'|'.join(map(re.escape, phrases))}) ")
        for topic, phrases in sections("help").items()
    }
