"""`redact 137: wrong person`: which update's words are to be erased, and on what ground."""

import re

from bot.domain.redaction import ground_of
from bot.domain.typed.command import Said
from bot.domain.typed.problems import What
from bot.domain.typed.requests import Redact

_REDACT = re.compile(r"(?:update\s*)?[#(]?([0-9]{1,9})\)?(\s+anyway)?\s*(?:[:：]|\s|$)\s*(.*)", re.I | re.S)


def read_redact(said: Said) -> Redact:
    """A ground in one's own words is not kept, which could repeat what is to be erased: it is asked for."""
    found = _REDACT.fullmatch(said.rest)
    if found is None:
        raise said.not_understood(What.WHICH_UPDATE)
    seq, confirmed, ground = found.groups()
    return Redact(int(seq), ground_of(ground), confirmed is not None)
