"""Posts that are to be edited because their words were erased, and payloads that are forgotten with time."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.messages.delivery import Payload
from bot.operations.request.direct_messages import enqueue
from storage import people, redaction
from storage.redaction import Post
from storage.store import Store

# Words a notice that a post cannot be edited, from its key, the post's, and Slack's code.
RenderNotEdited = Callable[[str, str, str], Payload]


def next_post(store: Store, real_now: datetime) -> Post | None:
    """Return the post whose turn it is, at a UTC instant of real time. Raises Busy."""
    with store.reading() as connection:
        return redaction.to_be_edited(connection, real_now)


def record_edit(store: Store, post: Post, error: str, render: RenderNotEdited, instant: datetime) -> None:
    """Record that a post was edited; or with Slack's code `error`, tell the coordinators that it never will
    be. Raises Busy."""
    with store.begin() as connection:
        redaction.edited(connection, post, error)
        if not error:
            return
        for person in people.coordinators(connection, store):
            key = f"not-edited:{post.key}:{person.key.user_id}"
            enqueue(
                connection, key=key, person=person.key, payload=render(key, post.key, error), instant=instant
            )


def postpone(store: Store, post: Post, instant: datetime) -> None:
    """Leave a post until an instant of real time. Raises Busy."""
    with store.begin() as connection:
        redaction.edit_later(connection, post.key, instant)


def forget_payloads(store: Store, now: datetime) -> int:
    """Forget what messages said that were sent or passed over more than a week ago; their hashes stay. Return
    how many were forgotten. Raises Busy.

    Also finds posts that should have been edited, so it is worth doing every hour."""
    with store.begin() as connection:
        redaction.mark_unedited(connection)
        return redaction.forget_payloads(connection, now)
