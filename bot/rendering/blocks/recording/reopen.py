"""What was complete is under way again: the coordinator's reply, and what the body's contacts are told."""

from bot.domain.messages.delivery import Payload
from bot.domain.questions.receipts import Recorded
from bot.domain.register.reopening import Reopening
from bot.rendering import words
from bot.rendering.blocks.buttons import undo
from bot.rendering.blocks.questions.lists import written
from bot.rendering.blocks.recording.recorded import steps_back
from bot.rendering.delivered import delivered
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Screen, actions, as_written, screen, small

_LONGEST = 2500


def reopened(recorded: Recorded) -> Screen:
    recommendation, _, update = recorded.items[0]
    again = " It was recorded already; nothing new was written." if recorded.again else ""
    return screen(
        f"Reopened for {recorded.body_name}: {recommendation.title} is in progress again.",
        *written(steps_back(recorded.steps_back)),
        as_written(update.draft.text, "“", "”", limit=_LONGEST),
        small(
            f"By {inert(recorded.actor.person.display_name)}, {words.moment(update.recorded_at)},"
            f" update {update.seq}. {inert(recorded.body_name)}'s contacts are told.{again}"
        ),
        actions(undo(update.seq)),
    )


def message(reopening: Reopening, key: str) -> Payload:
    """Word the message to a contact of the body."""
    title = reopening.recommendation.title
    return delivered(
        screen(
            f"{words.capital(title)} is reopened for {reopening.body_name}: it is in progress again.",
            as_written(reopening.reason, "“", "”", limit=_LONGEST),
            small(
                f"By {inert(reopening.by)} of the association, update {reopening.seq}."
                f" `/recs {inert(title)} {inert(reopening.body_name)}` shows how it stands."
            ),
        ),
        key,
    )
