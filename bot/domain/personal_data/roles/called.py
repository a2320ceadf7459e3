"""Find names that a text itself calls so: "the victim is called Anna", "her name is Anna", "V: Anna North"."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.names import can_be_told
from bot.domain.personal_data.patterns import any_of
from bot.domain.personal_data.sentences import Span
from bot.domain.personal_data.word_lists import GIVEN_NAMES, ROLES

# Anybody whom a text may call by name.
_SOMEBODY = any_of(phrase for phrase, number, _ in ROLES if number == "one")
_SOME_NAME = r"[^\W\d_a-z][\w'-]{1,30}(?: [^\W\d_a-z][\w'-]{1,30}){0,2}"
# "neighbours the Hallorans", "the Pattersons next door"
_BY_FAMILY = (
    r"\b(?i:neighbours?|neighbors?|family|couple),? the (?P<family>[A-Z][a-z]{3,15}s)\b"
    r"|\b[Tt]he (?P<near>[A-Z][a-z]{3,15}s),? (?:next door|opposite|at (?:number|no)|across the road|upstairs|downstairs|on the corner|over the road|down the road|at the end|two doors)\b"
    r"|\b[Tt]he (?P<siblings>[A-Z][a-z]{3,15}) (?:twins|siblings|triplets)\b"
)
_TOLD_NAME = re.compile(
    rf"\b(?:{_SOMEBODY}|woman|man|lady|dynes|menyw|dyn|bachgen)"
    rf"(?:,? (?:is|was|who is))?,? (?:called|named|known as|nicknamed|aka|o'r enw) (?P<called>{_SOME_NAME})"
    rf"|\b(?:[Hh]er|[Hh]is|[Tt]heir|[Vv]ictim(?:'s)?|[Ss]urvivor's|[Cc]omplainant's|[Ss]uspect's|(?i:{_SOMEBODY})'s) "
    rf"(?:full |first |real )?name(?: is| was|:| -|) (?P<given>{_SOME_NAME})"
    # "V: Anna North", as forms have it
    rf"|(?<![\w.&/])(?:V|S|W|IP|AP) ?[:=] ?(?P<lettered>{_SOME_NAME})"
    # The first victim, the second suspect.
    rf"|\b(?:V|S|W|IP|AP)\d{{1,2}}[ :,=-]{{1,3}}(?P<numbered>{_SOME_NAME})"
    rf"|{_BY_FAMILY}"
    rf"|\b(?:[Ee]i|[Ee]u) h?enw(?: hi| ef)?(?: yw| ydy| oedd|:) (?P<enw>{_SOME_NAME})"
)
# What is in all of them: to look for this alone is quicker, and most texts have none of it.
_MAY_TELL = re.compile(rf"called|name|known as|aka|enw|[VSWP] ?[:=]|[VSWP]\d|{_BY_FAMILY}")


def names_called(text: str) -> Iterator[Span]:
    if not _MAY_TELL.search(text):
        return
    for match in _TOLD_NAME.finditer(text):
        span = match.span(match.lastgroup or 0)
        name = text[slice(*span)]
        is_sure = match.lastgroup != "lettered" or name.split()[0].casefold() in GIVEN_NAMES
        if is_sure and can_be_told(name):
            yield span
