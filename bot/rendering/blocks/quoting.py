"""What **Allow quoting** says."""

from bot.domain.lookups import Recorded
from bot.rendering import words
from bot.rendering.screen import Screen, screen, small


def allowed(of: Recorded) -> Screen:
    titles = words.both([recommendation.title for recommendation, _, _ in of.items])
    return screen(
        f"{of.body_name}'s text on {titles} may be quoted in the published account.",
        small("Everybody in the workspace can now read it here too."),
    )
