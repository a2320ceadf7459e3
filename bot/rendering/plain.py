"""What the command line prints of the register, in plain text."""

from collections.abc import Iterable, Iterator

from bot.domain.messages.digest import Digest
from bot.domain.questions.answers import BodyContacts, Contact
from bot.rendering.blocks.messages.digest_message import message, thread
from bot.rendering.mrkdwn import unescaped
from bot.rendering.screen import Screen


def contacts(contacts_of_bodies: Iterable[BodyContacts]) -> Iterator[str]:
    for body in contacts_of_bodies:
        names = ", ".join(map(_contact, body.contacts))
        yield f"{body.body_name}: {names or 'no contact'}"


def _contact(contact: Contact) -> str:
    # Until Slack has told the name, the id is all that tells whom the file of contacts meant.
    id_ = f"{contact.user_id}, " if contact.membership is None else ""
    return f"{contact.name} ({id_}{contact.kind})"


def digest(digest: Digest) -> str:
    """Return the message and its thread."""
    return "\n\n".join(_text(screen) for screen in (message(digest), *thread(digest)))


def _text(screen: Screen) -> str:
    texts = [
        part["text"]
        for block in screen.blocks
        if block["type"] in ("section", "context")
        for part in (block.get("text"), *block.get("elements", ()))
        if part
    ]
    return unescaped("\n".join(texts).replace("*", "").replace("`", ""))
