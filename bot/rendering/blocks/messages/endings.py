"""What contacts read of the end of a body, and of what became of it."""

from datetime import date

from bot.domain.messages.delivery import Payload
from bot.domain.messages.endings import EndingNotice
from bot.rendering import words
from bot.rendering.blocks.buttons import choose
from bot.rendering.blocks.questions.lists import written
from bot.rendering.delivered import delivered
from bot.rendering.screen import actions, screen

_BUTTONS = (("Bodies that end", "bodies"), ("What we owe", "mine"))


def notice(ending: EndingNotice, key: str) -> Payload:
    """Word the message of the delivery `key`."""
    first, more = _goes_on(ending) if ending.last_day is None else _ends(ending, ending.last_day)
    return delivered(screen(first, *written(more), actions(*choose(_BUTTONS))), key)


def _goes_on(ending: EndingNotice) -> tuple[str, list[str]]:
    """Say that a body does not end, which its readers were told."""
    on_day = f" on {words.day(ending.last_day_told)}" if ending.last_day_told else ""
    return (
        f"{ending.body_name} goes on: its end{on_day}, of which you were told, is no longer decided.",
        ["All that is asked of it stays with it, and those who record for it go on."],
    )


def _ends(ending: EndingNotice, last_day: date) -> tuple[str, list[str]]:
    has_passed = last_day < ending.today
    heirs = words.both(list(ending.heirs))
    stand = "stands" if len(ending.heirs) == 1 else "stand"
    stands, passes = (stand, "passed") if has_passed else ("will stand", "passes")
    day_told, heirs_told = ending.last_day_told, words.both(list(ending.heirs_told))
    not_that_day = f", not on {words.day(day_told)}" if day_told and day_told != last_day else ""
    not_these = f", not {heirs_told}," if heirs_told and heirs_told != heirs else ""
    return (
        f"{ending.body_name} {'ended' if has_passed else 'ends'} on {words.day(last_day)}{not_that_day},"
        f" and {heirs}{not_these} {stands} in its place.",
        [
            f"All that is asked of it {passes} on the day after, with answers, progress and deadlines."
            f" What {ending.body_name} said stays, and is shown under its name.",
            *_what_the_reader_does(ending, heirs),
        ],
    )


def _what_the_reader_does(ending: EndingNotice, heirs: str) -> list[str]:
    if ending.records_for_heir:
        return [f"Where predecessors of {heirs} differ, you will be asked how it stands."]
    if not ending.is_of_body:
        return []
    if ending.goes_along is None:
        return [f"Whether you will record for {heirs} is for a coordinator to say."]
    if ending.goes_along:
        return [f"You will record for {heirs} from then on."]
    return [f"Others will record for {heirs}; what {ending.body_name} said you can still read."]
