"""What the parts of Home are made of."""

from bot.domain.messages.home import HomePlace, Topic
from bot.domain.questions.answers import UpdateView
from bot.rendering.blocks.questions.updates import update_line
from bot.rendering.screen import Block, actions, button, small

PAGE = "home-page"

# Of a text in a list, in characters: the whole of it is in the history.
_LONGEST = 500


def heading(words: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": words, "emoji": False}}


def sentence(text: str, accessory: Block | None = None) -> Block:
    """Return plain text, escaped already, with a button beside it."""
    section: Block = {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}
    return section | {"accessory": accessory} if accessory else section


def told_line(view: UpdateView, accessory: Block | None = None) -> Block:
    """Return an update with its number, by which it can be cited."""
    title = view.recommendation.title if view.recommendation else ""
    about = ", ".join(name for name in (view.body_name, title) if name)
    line = update_line(view.update, f"update {view.update.seq} · {about}", limit=_LONGEST)
    return line | {"accessory": accessory} if accessory else line


def more(topic: Topic, page: int, name: str, left: int, most: int | None = None) -> list[Block]:
    """Say how many are left after this page, with a button for the next page, which has Home drawn anew;
    nothing where none is left. `name` is what the list is of, `most` how far they were counted."""
    how_many = f"{left:,}" if most is None or left <= most else f"over {most:,}"
    return [small(f"… {how_many} more."), *turn(topic, page, name)] if left else []


def turn(topic: Topic, page: int, name: str) -> list[Block]:
    """Return the button for another page of a list."""
    row = actions(button("More", f"{PAGE}:{topic}", HomePlace(topic, page).name, f"More {name}: page {page}"))
    return [row] if row else []


def back() -> list[Block]:
    row = actions(button("Back to Home", f"{PAGE}:front", "front"))
    return [row] if row else []
