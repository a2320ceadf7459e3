"""What the parts of Home are made of."""

from bot.domain.messages.home import Place, Topic
from bot.domain.questions.answers import UpdateView
from bot.rendering.blocks.questions.updates import update_line
from bot.rendering.screen import Block, actions, button, small

PAGE = "home-page"

# Of a text in a list, in characters: the whole of it is in the history.
_LONGEST = 500


def heading(words: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": words, "emoji": False}}


def sentence(text: str, beside: Block | None = None) -> Block:
    """Plain text, escaped already, with a button beside it."""
    made: Block = {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}
    return made | {"accessory": beside} if beside else made


def told_line(view: UpdateView, beside: Block | None = None) -> Block:
    """An update with its number, by which it can be cited."""
    title = view.recommendation.title if view.recommendation else ""
    about = ", ".join(name for name in (view.body_name, title) if name)
    made = update_line(view.update, f"update {view.update.seq} · {about}", limit=_LONGEST)
    return made | {"accessory": beside} if beside else made


def more(topic: Topic, page: int, of: str, left: int) -> list[Block]:
    """How many are left after this page, and the next page of a list, with Home drawn anew; `of` says which
    list. Nothing where none is left."""
    return [small(f"… {left:,} more."), *turn(topic, page, of)] if left else []


def turn(topic: Topic, page: int, name: str) -> list[Block]:
    """The button for another page of a list."""
    row = actions(button("More", f"{PAGE}:{topic}", Place(topic, page).name, f"More {name}: page {page}"))
    return [row] if row else []


def back() -> list[Block]:
    row = actions(button("Back to Home", f"{PAGE}:front", "front"))
    return [row] if row else []
