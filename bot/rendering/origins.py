"""Of whom a count is, since bodies ended: the same words in Slack, in files and on maps."""

from collections.abc import Iterable

from bot.domain.register.succession import Handover, Origin
from bot.rendering import words


def origin(of_whom: Origin | None) -> str:
    """Say of whom the count is: 43 accepted on 22 November 2024; 42 bodies now stand in their place."""
    if of_whom is None:
        return ""
    if of_whom.answered_on is None:
        accepted = f"{words.bodies(of_whom.addressed)} had not answered"
    else:
        preposition = "on" if of_whom.on_one_day else "by"
        of_all = "" if of_whom.accepted == of_whom.addressed else f" of {of_whom.addressed}"
        accepted = f"{of_whom.accepted}{of_all} accepted {preposition} {words.day(of_whom.answered_on)}"
    stand = "body now stands" if of_whom.bodies == 1 else "bodies now stand"
    return f"{accepted}; {of_whom.bodies} {stand} in their place"


def explained(of_whom: Origin | None) -> str:
    """Put it in brackets behind a number; nothing where no body has ended."""
    sentence = origin(of_whom)
    return f" ({sentence})" if sentence else ""


def heirs(of_whom: Origin | None) -> list[str]:
    """Name in whose place each heir stands: Norfolk and Suffolk Mayor stands for Norfolk and Suffolk."""
    if of_whom is None:
        return []
    return [f"{heir} stands for {words.both(names)}." for heir, names in of_whom.heirs]


def how_many_ended(handovers: Iterable[Handover]) -> str:
    """Count the bodies whose duties passed on: 2 bodies ended; empty where none did."""
    names = {name for taken_over in handovers for name in taken_over.predecessors}
    return f"{words.bodies(len(names))} ended" if names else ""


def handover(taken_over: Handover) -> str:
    """Say who took over: Norfolk and Suffolk Mayor stands in the place of Norfolk and Suffolk since 1 May
    2027."""
    names = [f"{name} (in part)" if name in taken_over.in_part else name for name in taken_over.predecessors]
    since = words.short_day(taken_over.since)
    return f"{taken_over.heir} stands in the place of {words.both(names)} since {since}"
