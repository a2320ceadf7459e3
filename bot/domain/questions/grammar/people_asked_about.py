"""`history by kim hale`, `contacts by @sam`: a person asked about by name, or as Slack resolved them."""

import re
from collections.abc import Sequence
from itertools import takewhile

from bot.domain.questions.account import Form, Format
from bot.domain.questions.grammar.grants import MENTION
from bot.domain.questions.grammar.words import Word
from bot.domain.questions.written_dates import month_named

_LONGEST_NAME = 5
_USER_ID = re.compile(r"[UW][A-Z0-9]{2,30}")
# What stands after a name, and what is no name of a person.
_NO_NAMES = frozenset(
    (
        *(
            "since",
            "between",
            "from",
            "before",
            "after",
            "in",
            "on",
            "until",
            "till",
            "to",
            "as",
            "at",
            "for",
        ),
        *("except", "and", "or", "last", "next", "this", "today", "yesterday", "now", "page", "export"),
        *("us", "them", "whom", "who", "everybody", "everyone", "all", "anybody", "anyone", "then"),
        *(
            "body",
            "bodies",
            "force",
            "forces",
            "area",
            "region",
            "report",
            "theme",
            "number",
            "name",
            "email",
        ),
        *("phone", "day", "date", "week", "month", "year", "rec", "recommendation", "type", "kind"),
        *(format.value for format in Format),
        *(form.value for form in Form),
        *("excel", "word"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    )
)


def person_after_by(raw: str, text: str, words: Sequence[Word]) -> tuple[str, int]:
    """Return the person whom the first of `words` name, and how many words that takes; "" and 0 for nobody.

    Slack's user id stands for somebody who is mentioned: `raw` is Slack's own text, `text` the plain one."""
    if not words:
        return "", 0
    first = text[words[0].start : words[0].end]
    if first.startswith("@") and (mention := MENTION.search(raw)):
        # The name by which Slack calls them may have several words.
        name = (mention[2] or mention[1]).split()
        return mention[1], min(len(name), len(words)) or 1
    if _USER_ID.fullmatch(first):
        return first, 1
    name_words = list(takewhile(_can_be_a_name, words[:_LONGEST_NAME]))
    if not name_words:
        return "", 0
    return text[name_words[0].start : name_words[-1].end].strip("@?.,;!"), len(name_words)


def _can_be_a_name(word: Word) -> bool:
    is_in_words = bool(word.key) and not any(character.isdigit() for character in word.key)
    return is_in_words and word.key not in _NO_NAMES and not month_named(word.key)
