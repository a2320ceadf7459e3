"""What a body's contacts are asked before a text of theirs is quoted."""

from bot.domain.messages.delivery import Payload
from bot.domain.questions.answers import UpdateView
from bot.rendering.blocks.buttons import allow_publishing
from bot.rendering.blocks.questions.updates import when
from bot.rendering.delivered import delivered
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Screen, actions, as_written, screen, small


def message(view: UpdateView, key: str) -> Payload:
    return delivered(_question(view), key)


def _question(view: UpdateView) -> Screen:
    update, title = view.update, view.recommendation.title if view.recommendation else "a recommendation"
    by = f" by {inert(update.author_name)}" if update.author_name else ""
    return screen(
        f"The association would like to quote {view.body_name} on {title} in its published account.",
        as_written(update.draft.text, "“", "”"),
        small(
            f"Recorded{by}, {when(update)}, update {update.seq}. With your leave everybody in the workspace"
            " can read it here too. Without an answer it is not quoted."
        ),
        actions(allow_publishing([update.seq])),
    )
