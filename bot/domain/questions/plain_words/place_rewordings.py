"""Turns of speech about parts of the country that say the same as the names of regions: `rewording.py` puts those in
their place."""

from bot.domain.questions.plain_words.rewording_parts import Replacement

_NORTH = "the North West region, North East region and Yorkshire and The Humber region"

PLACES: tuple[tuple[str, Replacement], ...] = (
    # "15 in both Midlands regions"
    (
        r"\b(?:both(?: of)?|the two|either of)(?: the)? midlands\b(?: regions?| areas?)?",
        "the East Midlands region and West Midlands region",
    ),
    # "The east or west midlands"
    (
        r"\b(?P<first>north|south|east|west) (?P<joins>and|or|&) (?P<second>north|south|east|west) (?P<place>midlands|yorkshire|wales)\b",
        r"\g<first> \g<place> \g<joins> \g<second> \g<place>",
    ),
    # "16 across the north, both sides of the Pennines"
    (
        r"\b(?:across|throughout|all over|right across|all across)(?: all| the whole)?(?: of)? the north\b(?! (?:east|west|wales|yorkshire|sea|of wales)\b)(?: of england)?(?:,? (?:on )?(?:both|either) sides? of the pennines)?",
        f"in {_NORTH}",
    ),
    (
        r"\b(?:the north of england|northern england|(?:on )?(?:both|either) sides? of the pennines)\b",
        _NORTH,
    ),
)
