"""What **Allow publishing** and **Stop publishing** say."""

from bot.domain.questions.receipts import Recorded
from bot.rendering import words
from bot.rendering.blocks.buttons import allow_publishing, stop_publishing
from bot.rendering.screen import Screen, actions, screen, small


def publishing(recorded: Recorded) -> Screen:
    """Say whether the texts may be published now, with the way back."""
    titles = words.both([recommendation.title for recommendation, _, _ in recorded.items])
    about = f"{recorded.body_name}'s text on {titles}"
    seqs = [update.seq for _, _, update in recorded.items]
    if all(update.quotable for _, _, update in recorded.items):
        return screen(
            f"{about} may stand in the published account.",
            small("Everybody in the workspace can now read it here too."),
            actions(stop_publishing(seqs)),
        )
    return screen(
        f"{about} is not published any more.",
        small(
            f"Only {recorded.body_name}'s contacts and the coordinators can read it here now."
            " What was shared or"
            " exported before stays where it is."
        ),
        actions(allow_publishing(seqs)),
    )
