"""The inspectorate has closed a recommendation for a body: the coordinator's receipt."""

from bot.domain.questions.receipts import Recorded
from bot.rendering import terms, words
from bot.rendering.blocks.buttons import allow_publishing, undo
from bot.rendering.blocks.recording.recorded import cited
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Screen, actions, as_written, screen, small

_LONGEST = 2500


def closed(recorded: Recorded) -> Screen:
    titles = words.both([recommendation.title for recommendation, _, _ in recorded.items])
    are = "is" if len(recorded.items) == 1 else "are"
    _, addressee, first = recorded.items[0]
    updates = [update for _, _, update in recorded.items]
    on = f" on {words.day(addressee.closed_on)}" if addressee.closed_on else ""
    level = terms.closing_level(addressee.closing_level)
    again = " It was recorded already; nothing new was written." if recorded.again else ""
    return screen(
        f"Closed by the inspectorate{on}{f' ({level})' if level else ''}:"
        f" {titles} {are} closed for {recorded.body_name}.",
        as_written(first.draft.text, "Source: “", "”", limit=_LONGEST),
        small(
            f"By {inert(recorded.actor.person.display_name)}, {words.moment(first.recorded_at)},"
            f" {cited(updates)}. `/recs reopen` opens it again.{again}"
        ),
        actions(undo(first.seq), allow_publishing([update.seq for update in updates])),
    )
