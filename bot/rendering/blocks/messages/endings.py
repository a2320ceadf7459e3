"""What contacts read of the end of a body."""

from bot.domain.messages.delivery import Payload
from bot.domain.messages.endings import EndingNotice
from bot.rendering import words
from bot.rendering.blocks.buttons import choose
from bot.rendering.blocks.questions.lists import written
from bot.rendering.delivered import delivered
from bot.rendering.screen import actions, screen


def notice(ending: EndingNotice, key: str) -> Payload:
    """Word the message of the delivery `key`."""
    over = ending.last_day < ending.today
    heirs = words.both(list(ending.heirs))
    stand = "stands" if len(ending.heirs) == 1 else "stand"
    stands = stand if over else "will stand"
    return delivered(
        screen(
            f"{ending.body_name} {'ended' if over else 'ends'} on {words.day(ending.last_day)},"
            f" and {heirs} {stands} in its place.",
            *written(
                [
                    "All that is asked of it passes on the day after, with answers, progress and deadlines."
                    f" What {ending.body_name} said stays, and is shown under its name.",
                    *_what_the_reader_does(ending, heirs),
                ]
            ),
            actions(*choose((("Bodies that end", "bodies"), ("What we owe", "mine")))),
        ),
        key,
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
