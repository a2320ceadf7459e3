"""Find e-mail addresses, also as people disguise them, but the shared mailboxes of offices."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.patterns import matches
from bot.domain.personal_data.sentences import Span
from bot.domain.personal_data.word_lists import AREAS, GIVEN_NAMES, INSTITUTIONS, MAILBOXES, OFFICES, TASKS

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
_LIKE_AN_OFFICES = re.compile(r"(?:^|\.)(?:police\.uk|gov\.uk|gov\.wales|llyw\.cymru|parliament\.uk)(?:\.|$)")
_SAYS_ORGANISATION = re.compile(
    r"opcc|pcc|comisiynydd|commissioner|service|support|advoca|charity|trust|foundation|council|victim|refuge"
    r"|helpline|consult|training|elusen|gwasanaeth|cymorth|stalking|safer|partnership|university|survey"
)
_LONGEST_ABBREVIATION = 4
# "stalking.coordinator", "commissioning.team"
_TASK_NAMES = MAILBOXES | AREAS | TASKS | OFFICES | INSTITUTIONS


def emails(text: str) -> Iterator[Span]:
    if "@" in text:
        for match in matches((_ADDRESS, _QUOTED, _SPACED), text):
            if not _is_an_office(match[0].casefold().replace(" ", "")):
                yield match.span()
    for match in _SPELT.finditer(text):
        yield match.span()
    for match in _PLAIN_AT.finditer(text):
        if _HAS_A_SIGN.search(match[0].partition(" ")[0]):
            yield match.span()


def _is_an_office(address: str) -> bool:
    """Return whether it is a mailbox named for a task rather than a person, with police, government or a
    service."""
    name, _, domain = address.partition("@")
    parts = {part for part in re.split(r"[._+-]", name) if part}
    if not any(map(_names_a_task, parts)) or not all(
        _names_a_task(part) or _is_short(part) for part in parts
    ):
        return False
    return bool(_OFFICES.search(domain)) or _is_an_organisation(domain)


def _names_a_task(part: str) -> bool:
    """Return whether it is a word for a task, or two of them written together: "policyteam"."""
    return part in _TASK_NAMES or any(
        part[:length] in _TASK_NAMES and part[length:] in _TASK_NAMES for length in range(2, len(part) - 1)
    )


def _is_short(part: str) -> bool:
    """Return whether it is an abbreviation or a number, and no first name: "vcu.hub"."""
    return len(part) <= _LONGEST_ABBREVIATION and part not in GIVEN_NAMES and len(part) > 1


def _is_an_organisation(domain: str) -> bool:
    """Return whether its name says so: "advocacyservice.example"; one that only begins like an office's is
    none."""
    labels = [part for part in re.split(r"[.-]", domain) if part]
    return not _LIKE_AN_OFFICES.search(domain) and any(
        label in INSTITUTIONS or _SAYS_ORGANISATION.search(label) for label in labels
    )
