"""Find e-mail addresses, also as people disguise them, but the shared mailboxes of offices."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.sentences import Span
from bot.domain.personal_data.word_lists import AREAS, MAILBOXES

_LABEL = r"[^\W_](?:[\w-]{0,62})"
_ADDRESS = re.compile(
    rf"(?<![\w.%+-])[\w.%+'-]{{1,64}}@{_LABEL}(?:\.[\w-]{{1,63}})*\.(?=[^\W\d_])[\w-]{{2,63}}"
)
_QUOTED = re.compile(rf"(?:\"[^\"\n@]{{1,64}}\"|'[^'\n@]{{1,64}}') ?@ ?{_LABEL}(?:\.[\w-]{{1,63}}){{1,8}}")
_TOP = (
    r"(?:com|org|net|info|biz|uk|eu|io|me|ie|wales|cymru|scot|london|example|invalid|test|gov|edu|ac|email|mail"
    r"|online|fr|de|pl|in|pk|icu|live|co)"
)
# With spaces around the sign or the full stops, only before an ending that addresses have.
_SPACED = re.compile(
    rf"(?<![\w.%+-])[\w.%+-]{{1,64}} {{0,2}}@ {{0,2}}{_LABEL}(?: ?\. ?[\w-]{{1,63}}){{0,4}} ?\. ?{_TOP}\b",
    re.IGNORECASE,
)
_AT = r"(?: ?[\[({<] ?at ?[\])}>] ?| at | ?@ ?)"
_DOT = r"(?: ?[\[({<] ?(?:dot|\.) ?[\])}>] ?| dot | ?\. ?)"
# "anna at example dot org", "anna (at) example.org"; "look at example.org" is none.
_SPELT = re.compile(
    r"(?<![\w.%+-])[\w.%+-]{1,64}(?:"
    rf"(?: ?[\[({{<] ?at ?[\])}}>] ?){_LABEL}(?:{_DOT}[\w-]{{1,63}}){{1,4}}"
    rf"|{_AT}{_LABEL}(?:{_DOT}[\w-]{{1,63}}){{0,3}}(?: dot | ?[\[({{<] ?dot ?[\])}}>] ?){_TOP}\b"
    r")",
    re.IGNORECASE,
)
# "anna.north at example.org"
_PLAIN_AT = re.compile(
    rf"(?<![\w.%+-])[a-z]{{1,30}}[._]?(?:[a-z]{{2,30}}|\d{{1,4}}) at {_LABEL}(?:\.[\w-]{{1,63}}){{0,3}}\.{_TOP}\b",
    re.IGNORECASE,
)
_HAS_A_SIGN = re.compile(r"[._\d]")
# cjsm.net is the secure mail of criminal justice and stands behind the office's own domain.
_OFFICES = re.compile(
    r"(?:^|\.)(?:police\.uk|gov\.uk|gov\.wales|llyw\.cymru|parliament\.uk)(?:\.cjsm\.net)?$"
)


def emails(text: str) -> Iterator[Span]:
    if "@" in text:
        for pattern in (_ADDRESS, _QUOTED, _SPACED):
            for match in pattern.finditer(text):
                if not _is_an_office(match[0].casefold().replace(" ", "")):
                    yield match.span()
    for match in _SPELT.finditer(text):
        yield match.span()
    for match in _PLAIN_AT.finditer(text):
        if _HAS_A_SIGN.search(match[0].partition(" ")[0]):
            yield match.span()


def _is_an_office(address: str) -> bool:
    """Whether it is a mailbox named for a task rather than a person, with police or government."""
    name, _, domain = address.partition("@")
    parts = {part for part in re.split(r"[._+-]", name) if part}
    return bool(_OFFICES.search(domain)) and bool(parts & MAILBOXES) and parts <= MAILBOXES | AREAS
