"""What a map says in sentences: over it, beside it, and to those who do not see it."""

from bot.domain.questions.map import TileMap
from bot.domain.register.addressee import ANSWERS_IN_ORDER, STAGES_IN_ORDER, Answer, Stage
from bot.rendering import words

# Slack takes no longer one (https://docs.slack.dev/reference/methods/files.getUploadURLExternal).
_LONGEST_ALT_TEXT = 1000
_NAMES_SHOWN = 8
# In the order in which they are told.


def title(of: TileMap) -> str:
    """Stalking 15: 41 of 43 accepted."""
    one, tally = of.recommendation, of.tally
    accepted = f"{tally.accepted} of {tally.addressed}"
    if one.live:
        return f"{words.capital(one.title)}: {accepted} accepted"
    return f"{words.capital(one.title)}, {one.status}: {accepted} had accepted"


def when(of: TileMap) -> str:
    """As at 10 March 2025."""
    return f"As {'known ' if of.known else ''}at {words.day(of.day)}"


def alt_text(of: TileMap) -> str:
    """Names those that stand apart. In full even where the picture has room for a short name alone."""
    text = (
        f"Map of {words.count(len(of.tiles), 'area')} for {of.recommendation.title}: {responses(of)}."
        f" Progress: {progress(of)}. {when(of)}."
    )
    return text if len(text) <= _LONGEST_ALT_TEXT else f"{text[: _LONGEST_ALT_TEXT - 1]}…"


def responses(of: TileMap) -> str:
    """41 accepted; 1 accepted in part (Essex); 1 awaiting (Gwent)."""
    counts = []
    for answer in ANSWERS_IN_ORDER:
        some = [one.body_name for one in of.addressees if one.answer is answer]
        named = f" ({words.names(some, _NAMES_SHOWN)})" if answer is not Answer.ACCEPTED else ""
        counts += [f"{len(some)} {answer}{named}"] if some else []
    counts += [f"{of.not_asked} not asked"] if of.not_asked else []
    return "; ".join(counts)


def progress(of: TileMap) -> str:
    """3 complete; 1 blocked (Hampshire); 39 not started."""
    counts = []
    for stage in STAGES_IN_ORDER:
        some = [one.body_name for one in of.addressees if one.stage is stage]
        named = f" ({words.names(some, _NAMES_SHOWN)})" if stage is Stage.BLOCKED else ""
        counts += [f"{len(some)} {words.stage(stage)}{named}"] if some else []
    return "; ".join(counts)
