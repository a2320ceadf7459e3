"""How plain words were understood: the short form stands under the answer, so that it is learned."""

from bot.domain.values import replace
from bot.rendering.limits import BYTES, Room, bytes_sent, characters_in, fitted
from bot.rendering.mrkdwn import cut
from bot.rendering.screen import BLOCKS, CHARACTERS, HEADLINE, Screen, small

_LONGEST_COMMAND = 300
# In bytes, for what stands around the blocks of an answer.
_AROUND_BLOCKS = 1_500


def understood_as(screen: Screen, command: str) -> Screen:
    """Return the screen with the line that says which command it answers; `command` is plain text."""
    line = small(f"Understood as `/recs {cut(command.replace('`', ' '), _LONGEST_COMMAND)}`.")
    room = Room(
        BLOCKS - 1,
        CHARACTERS - HEADLINE - characters_in(line),
        BYTES - _AROUND_BLOCKS - bytes_sent(screen.text) - bytes_sent(line),
    )
    return replace(screen, blocks=(*fitted(list(screen.blocks), room), line))
