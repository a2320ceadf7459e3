"""`redact 137: wrong person`: which update's words are to be erased, and on what ground."""

import re

from bot.domain.questions.grammar.command import CommandText, choice, command_of
from bot.domain.questions.grammar.problems import What
from bot.domain.questions.grammar.typed_recordings import Redact
from bot.domain.register.redaction import Ground, ground_of

_REDACT = re.compile(r"(?:update\s*)?[#(]?([0-9]{1,9})\)?(\s+anyway)?\s*(?:[:：]|\s|$)\s*(.*)", re.I | re.S)


def read_redact(command: CommandText) -> Redact:
    """Read which update is to be erased, and on which of the few grounds: in one's own words a ground could
    repeat what is to be erased."""
    match = _REDACT.fullmatch(command.rest)
    if match is None:
        raise command.not_understood(What.WHICH_UPDATE)
    seq, confirmed, words = match.groups()
    ground = ground_of(words)
    if words and ground is None:
        choices = [choice(command_of("redact", seq, text=ground)) for ground in Ground]
        raise command.not_understood(What.WHICH_GROUND, words, choices)
    return Redact(int(seq), ground, confirmed is not None)
