"""What a map says in sentences: over it, beside it, and to those who do not see it."""

from bot.domain.questions.map import TileMap
from bot.domain.register.addressee import ANSWERS_IN_ORDER, STAGES_IN_ORDER
from bot.rendering import terms, words
from bot.rendering.origins import origin

# Slack takes no longer one (https://docs.slack.dev/reference/methods/files.getUploadURLExternal).
LONGEST_ALT_TEXT = 1000
_NAMES_SHOWN = 8


def title(tile_map: TileMap) -> str:
    """Say who accepted: Stalking 15: 41 of 43 accepted."""
    recommendation, tally = tile_map.recommendation, tile_map.tally
    accepted = f"{tally.accepted} of {tally.addressed}"
    if recommendation.live:
        return f"{words.capital(recommendation.title)}: {accepted} accepted"
    ended = terms.status(recommendation.status)
    return f"{words.capital(recommendation.title)}, {ended}: {accepted} had accepted"


def picture_title(tile_map: TileMap) -> str:
    """Say who accepted, above the picture; where the squares show how far all are: Stalking 15: all 43
    accepted, 8 complete."""
    if not tile_map.shows_progress or not tile_map.recommendation.live:
        return title(tile_map)
    tally = tile_map.tally
    accepted = f"all {tally.addressed} accepted, {tally.done} complete"
    return f"{words.capital(tile_map.recommendation.title)}: {accepted}"


def below_title(tile_map: TileMap) -> str:
    """Say of which day it is, and the deadline: As at 10 March 2025, due 27 March 2025."""
    due_on = tile_map.recommendation.due_on
    of_whom = origin(tile_map.origin)
    explained = f". {of_whom}" if of_whom else ""
    return when(tile_map) + (f", due {words.day(due_on)}" if due_on else "") + explained


def when(tile_map: TileMap) -> str:
    """Say of which day it is: As at 10 March 2025."""
    return f"As {'known ' if tile_map.known else ''}at {words.day(tile_map.day)}"


def alt_text(tile_map: TileMap) -> str:
    """Name those that stand apart. In full even where the picture has room for a short name alone."""
    text = (
        f"Map of {words.count(len(tile_map.tiles), 'area')} for {tile_map.recommendation.title}:"
        f" {responses(tile_map)}."
        f" Progress: {progress(tile_map)}. {when(tile_map)}."
    )
    if tile_map.origin:
        stands = (f"{heir} for {words.both(names)}" for heir, names in tile_map.origin.heirs)
        text += f" {words.capital(origin(tile_map.origin))}: {'; '.join(stands)}."
    return text if len(text) <= LONGEST_ALT_TEXT else f"{text[: LONGEST_ALT_TEXT - 1]}…"


def responses(tile_map: TileMap) -> str:
    """Count the responses: 41 accepted; 1 accepted in part (Essex); 1 awaiting (Gwent)."""
    counts = []
    for answer in ANSWERS_IN_ORDER:
        texts = [addressee.body_name for addressee in tile_map.addressees if addressee.answer is answer]
        body_names = f" ({words.names(texts, _NAMES_SHOWN)})" if answer.facts.is_named else ""
        counts += [f"{len(texts)} {terms.answer(answer)}{body_names}"] if texts else []
    counts += [f"{tile_map.not_asked} not asked"] if tile_map.not_asked else []
    return "; ".join(counts)


def progress(tile_map: TileMap) -> str:
    """Count the progress: 3 complete; 1 blocked (Hampshire); 39 not started."""
    counts = []
    for stage in STAGES_IN_ORDER:
        texts = [addressee.body_name for addressee in tile_map.addressees if addressee.stage is stage]
        body_names = f" ({words.names(texts, _NAMES_SHOWN)})" if stage.facts.is_named else ""
        counts += [f"{len(texts)} {terms.stage(stage)}{body_names}"] if texts else []
    return "; ".join(counts)
