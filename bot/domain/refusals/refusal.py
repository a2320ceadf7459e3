"""Why recbot does not do what it was asked.

The rooms beside this file say what is refused, and the words stand in the room of the same name in
`bot/rendering/blocks/refusals`. A refusal that a single rule of the domain raises stands beside that rule."""


class Refusal(Exception):
    """Nothing was saved, and the person is told why and what to do."""
