"""`party 16 NPCC reported on 1 Aug 2025: text`: what one of the others reported whom it is addressed to."""

import re

from bot.domain.free_text import checked
from bot.domain.questions.grammar.command import CommandText, choice, command_of
from bot.domain.questions.grammar.problems import What
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import ReportOfParty
from bot.domain.questions.grammar.words import NO_VICTIM, Kind, at_colon, pieces_of
from bot.domain.questions.written_dates import NotADate, day
from bot.domain.register.party import LONGEST_NAME

# Who reported, on which day, for whom, and which report is put right by it.
_SAID = re.compile(
    r"(?:the\s+)?(?P<by>\S.*?)\s+report(?:s|ed)?\s+(?:on\s+)?(?P<day>\S.*?)"
    r"(?:\s+for\s+(?:the\s+)?(?P<party>\S.*?))?"
    r"(?:[,\s]+correcting\s+(?P<corrects>[0-9]{1,9}))?",
    re.IGNORECASE,
)


def read_party(command: CommandText) -> ReportOfParty:
    """Read what another reported. Raises NotUnderstood with what is missing."""
    head, text = at_colon(command.rest)
    if text is None:
        raise command.not_understood(What.COLON_MISSING)
    confirmed = NO_VICTIM.search(head)
    head = head[: confirmed.start()] if confirmed else head
    ref, after = _first_ref(command, head)
    match = _SAID.fullmatch(" ".join(after.split()))
    if match is None or len(match["by"]) > LONGEST_NAME or command.details.details.decided_by:
        raise command.not_understood(What.WHO_REPORTED, suggestions=[choice(command_of(ref))])
    try:
        reported_on = day(match["day"], command.today, "past")
    except NotADate:
        raise command.not_understood(What.NOT_A_DATE, match["day"]) from None
    return ReportOfParty(
        recommendation=ref,
        reported_by=match["by"],
        on=reported_on,
        text=checked(text, "text"),
        party=match["party"] or "",
        corrects=int(match["corrects"]) if match["corrects"] else None,
        no_victim=confirmed is not None,
        details=command.details.details,
    )


def _first_ref(command: CommandText, head: str) -> tuple[Ref, str]:
    """Return the recommendation that the words begin with, and what follows it."""
    pieces = pieces_of(head, command.names)
    if not pieces or pieces[0].kind is not Kind.REF or pieces[0].ref is None:
        raise command.not_understood(What.WHICH_RECOMMENDATION)
    return pieces[0].ref, head[pieces[0].end :].strip(" ,;")
