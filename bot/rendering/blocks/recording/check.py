"""The association has checked what a body calls complete."""

from bot.domain.questions.receipts import Recorded
from bot.rendering import words
from bot.rendering.blocks.buttons import undo
from bot.rendering.blocks.recording.recorded import cited
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Screen, actions, screen, small


def checked(recorded: Recorded) -> Screen:
    titles = words.both([recommendation.title for recommendation, _, _ in recorded.items])
    are = "is" if len(recorded.items) == 1 else "are"
    updates = [update for _, _, update in recorded.items]
    again = " It was recorded already; nothing new was written." if recorded.again else ""
    return screen(
        f"Checked by the association: {titles} {are} complete for {recorded.body_name}.",
        small(
            f"By {inert(recorded.actor.person.display_name)}, {words.moment(updates[0].recorded_at)},"
            f" {cited(updates)}.{again}"
        ),
        actions(undo(updates[0].seq)),
    )
