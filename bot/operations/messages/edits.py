"""Posts that are to be edited because their words were erased, and payloads that are forgotten with time."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.messages.delivery import Payload
from bot.operations.messages.direct_messages import enqueue
from storage import people, redaction
from storage.redaction import Post
from storage.store import Store


def next_post(store: Store, real_now: datetime) -> Post | None:
    """The post whose turn it is, at a UTC instant of real time."""
    with store.reading() as connection:
        return redaction.to_be_edited(connection, real_now)


def settle(
    store: Store, post: Post, error: str, render: Callable[[str, str, str], Payload], instant: datetime
) -> None:
    """It is edited; or with Slack's code `error`, the coordinators are told that it never will be."""
    with store.begin() as connection:
        redaction.edited(connection, post, error)
        if not error:
            return
        for person in people.coordinators(connection, store):
            key = f"not-edited:{post.key}:{person.key.user_id}"
            enqueue(
                connection, key=key, who=person.key, payload=render(key, post.key, error), instant=instant
            )


def later(store: Store, post: Post, instant: datetime) -> None:
    with store.begin() as connection:
        redaction.edit_later(connection, post.key, instant)


def forget_payloads(store: Store, now: datetime) -> int:
    """What was sent or passed over more than a week ago keeps the hash of what it said; how many forgot.

    Also looks for posts that should have been edited, so it is worth doing every hour."""
    with store.begin() as connection:
        redaction.mark_unedited(connection)
        return redaction.forget_payloads(connection, now)
